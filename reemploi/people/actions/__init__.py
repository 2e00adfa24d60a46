"""What can happen to associations, members, organisations, sites and places, and to one's own account."""

from reemploi.people.actions.associations import create_association, describe_association
from reemploi.people.actions.invitations import invite_again, invite_member
from reemploi.people.actions.members import (
    add_member,
    change_member,
    close_account,
    end_membership,
    grant_role,
    withdraw_role,
)
from reemploi.people.actions.organisations import add_organisation, archive_organisation, describe_organisation
from reemploi.people.actions.places import add_place, add_site, archive_site, describe_place, describe_site

__all__ = [
    "add_member",
    "add_organisation",
    "add_place",
    "add_site",
    "archive_organisation",
    "archive_site",
    "change_member",
    "close_account",
    "create_association",
    "describe_association",
    "describe_organisation",
    "describe_place",
    "describe_site",
    "end_membership",
    "grant_role",
    "invite_again",
    "invite_member",
    "withdraw_role",
]
