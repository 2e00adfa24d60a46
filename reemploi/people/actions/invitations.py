"""Invitations: a new member receives a link to choose a password, or word that their account opens one more door."""

from typing import Any

from reemploi.errors import Refused
from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.people import mails
from reemploi.people.actions.members import add_member
from reemploi.people.links import make_link, void_links
from reemploi.people.models import Association, Member
from reemploi.people.queries import memberships
from reemploi.people.rules import INVITATION_LASTS, may_enter_by_link
from reemploi.roles import Role
from reemploi.sentences import N_


def invite_member(*, acting: Acting, **details: Any) -> Member:
    """Add a member (as `add_member` does) and send the invitation."""
    member = add_member(acting=acting, **details)
    send_invitation(member, acting=acting)
    return member


def invite_again(member: Member, *, acting: Acting) -> None:
    """Send another invitation to who has not come yet; the former link ends."""
    acting.require(Role.ADMINISTRATOR)
    if member.left_at is not None:
        raise Refused(N_("Cette personne n'est plus membre."), code="left")
    if member.account.password_hash:
        raise Refused(
            N_("Cette personne a déjà un mot de passe. Elle peut en demander un nouveau à la page de connexion."),
            code="has_password",
        )
    void_links(member.account_id, "invitation", now=acting.now)
    send_invitation(member, acting=acting)


def send_invitation(member: Member, *, acting: Acting) -> str:
    """Write the invitation's mail; returns the address it holds, for the host to hand over where no mail leaves."""
    association = db.session.get_one(Association, member.association_id)
    letter, link = "invitation_known", mails.page_address("people.sign_in")
    if may_choose_password(member):
        secret = make_link("invitation", member.account_id, member_id=member.id, now=acting.now, lasts=INVITATION_LASTS)
        letter, link = "invitation", mails.page_address("links.open_link", secret=secret)
    elif _enters_by_link(member):
        link = mails.page_address("people.ask_one_time_link")
    mails.write(letter, member.account, acting=acting, association=association.name, link=link)
    return link


def may_choose_password(member: Member) -> bool:
    """True when the invitation lets its reader set the account's password.

    Not when the account already has one, nor when it opens another door: whoever can read this association's outbox
    must not gain what the account opens elsewhere. A shared mailbox has no password.
    """
    return member.account.password_hash is None and len(memberships(member.account_id)) == 1


def _enters_by_link(member: Member) -> bool:
    return member.account.password_hash is None and may_enter_by_link(member.roles)
