"""Members: who is here, with which roles; invitations and leavings."""

from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from reemploi.people import actions, queries
from reemploi.people.forms import ConfirmForm, InviteForm, MemberForm
from reemploi.people.lists import STATES, Chosen, members
from reemploi.people.models import Member
from reemploi.people.rules import ROLE_HELP
from reemploi.roles import LABELS, Role
from reemploi.sentences import N_
from reemploi.web.access import open_to
from reemploi.web.acting import acting
from reemploi.web.border import Page, reads_only
from reemploi.web.cleaning import search_words
from reemploi.web.flashes import tell
from reemploi.web.wording import say

blueprint = Blueprint("members", __name__)
READ = (Role.ADMINISTRATOR, Role.COORDINATOR)


@blueprint.get("/membres")
@open_to(*READ)
def index() -> Page:
    """Members by name, by role, the invited and the gone."""
    return _list(Chosen.read(request.args))


@blueprint.post("/membres/recherche")
@open_to(*READ)
@reads_only
def search() -> Page:
    """Members by a part of their name or address, which stays out of the page's address."""
    return _list(Chosen().searching(search_words(request.form.get("q"))))


def _list(chosen: Chosen) -> Page:
    return Page("people/members.html", chosen=chosen, listed=members(chosen), states=STATES, roles=list(Role))


@blueprint.route("/membres/inviter", methods=["GET", "POST"])
@open_to(Role.ADMINISTRATOR)
def invite() -> ResponseReturnValue | Page:
    """Invite somebody, with one or several roles."""
    form = _with_lists(InviteForm())
    page = Page("people/invite.html", form=form).kept()
    if not form.validate_on_submit():
        return page
    member = actions.invite_member(acting=acting(), **_values(form))
    tell(N_("Invitation écrite. Elle est dans la boîte d'envoi jusqu'à son départ."))
    return redirect(url_for("members.show", address=member.address))


@blueprint.get("/membres/<address>")
@open_to(*READ)
def show(address: str) -> Page:
    """A member: roles, structure, last seen."""
    return _record(queries.member(address))


def _record(member: Member) -> Page:
    return Page(
        "people/member.html",
        member=member,
        site=queries.site_of(member),
        givers=queries.member_names({grant.granted_by for grant in member.grants if grant.granted_by}),
        shared=queries.is_shared(member.account_id),
        own=member.id == current_user.member_id,
        labels=LABELS,
        role_help=ROLE_HELP,
    )


@blueprint.route("/membres/<address>/modifier", methods=["GET", "POST"])
@open_to(Role.ADMINISTRATOR)
def edit(address: str) -> ResponseReturnValue | Page:
    """Change a member's name, function, roles, organisation and site."""
    member = queries.member(address)
    form = _with_lists(
        MemberForm(
            name=member.name,
            function=member.function,
            roles=list(member.roles),
            organisation=member.organisation.address if member.organisation else "",
            site=site.address if (site := queries.site_of(member)) else "",
        ),
        member,
    )
    page = Page("people/edit_member.html", form=form, member=member, own=member.id == current_user.member_id).kept()
    if not form.validate_on_submit():
        return page
    actions.change_member(member, acting=acting(), **_values(form))
    tell(N_("La fiche est enregistrée."))
    return redirect(url_for("members.show", address=address))


@blueprint.post("/membres/<address>/inviter")
@open_to(Role.ADMINISTRATOR)
def invite_again(address: str) -> ResponseReturnValue:
    """Send the invitation again."""
    member = queries.member(address)
    _record(member).kept()
    actions.invite_again(member, acting=acting())
    tell(N_("Nouvelle invitation écrite. Le lien précédent ne sert plus."))
    return redirect(url_for("members.show", address=address))


@blueprint.route("/membres/<address>/partir", methods=["GET", "POST"])
@open_to(Role.ADMINISTRATOR)
def leave(address: str) -> ResponseReturnValue | Page:
    """End a membership: roles and sessions end at once."""
    member = queries.member(address)
    form = ConfirmForm()
    page = Page("people/leave.html", form=form, member=member).kept()
    if not form.validate_on_submit():
        return page
    actions.end_membership(member, acting=acting())
    tell(N_("L'accès est fermé : rôles et connexions ont pris fin."))
    return redirect(url_for("members.show", address=address))


def _with_lists(form: MemberForm, member: Member | None = None) -> MemberForm:
    form.roles.offer(
        (role.value, _("%(role)s : %(help)s", role=say(role.label), help=say(ROLE_HELP[role]))) for role in Role
    )
    organisations = queries.organisations_of("structure", "funder")
    if member is not None and member.organisation is not None and member.organisation not in organisations:
        organisations = [member.organisation, *organisations]
    form.organisation.offer((row.address, row.name) for row in organisations)
    form.site.offer((row.address, row.name) for row in queries.sites())
    return form


def _values(form: MemberForm) -> dict[str, Any]:
    values = form.values()
    organisation, site = values.pop("organisation"), values.pop("site")
    return {
        **values,
        "roles": tuple(Role(role) for role in values["roles"]),
        "organisation_id": queries.organisation(organisation).id if organisation else None,
        "site_id": queries.site(site).id if site else None,
    }
