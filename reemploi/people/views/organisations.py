"""Organisations: structures, donors, funders, partners, each entered once."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from reemploi.people import actions, queries
from reemploi.people.forms import ConfirmForm, OrganisationForm
from reemploi.people.lists import Chosen, organisations, organisations_by_quality
from reemploi.people.rules import KINDS, QUALITIES, QUALITIES_MANY
from reemploi.roles import Role
from reemploi.sentences import N_
from reemploi.web.access import open_to
from reemploi.web.acting import acting
from reemploi.web.border import Page, reads_only
from reemploi.web.cleaning import search_words
from reemploi.web.flashes import tell

blueprint = Blueprint("organisations", __name__)
MAY_OPEN = (Role.ADMINISTRATOR, Role.COORDINATOR)


@blueprint.get("/organismes")
@open_to(*MAY_OPEN)
def index() -> Page:
    """Organisations by name, by quality."""
    return _list(Chosen.read(request.args))


@blueprint.post("/organismes/recherche")
@open_to(*MAY_OPEN)
@reads_only
def search() -> Page:
    """Organisations by a part of the name or the SIRET; a private donor's name stays out of the page's address."""
    return _list(Chosen().searching(search_words(request.form.get("q"))))


def _list(chosen: Chosen) -> Page:
    return Page(
        "people/organisations.html",
        chosen=chosen,
        listed=organisations(chosen),
        counts=organisations_by_quality(),
        kinds=KINDS,
        qualities=QUALITIES,
        tabs_of=QUALITIES_MANY,
    )


@blueprint.route("/organismes/nouveau", methods=["GET", "POST"])
@open_to(*MAY_OPEN)
def create() -> ResponseReturnValue | Page:
    """Enter an organisation; a known one is recognised by its name or SIRET."""
    form = OrganisationForm(qualities=[code for code in QUALITIES if code == request.args.get("quality")])
    page = Page("people/new_organisation.html", form=form).kept()
    if not form.validate_on_submit():
        return page
    row = actions.add_organisation(acting=acting(), **form.values())
    tell(N_("L'organisme est enregistré."))
    return redirect(url_for("organisations.show", address=row.address))


@blueprint.get("/organismes/<address>")
@open_to(*MAY_OPEN)
def show(address: str) -> Page:
    """An organisation and the members who act for it."""
    row = queries.organisation(address)
    return Page(
        "people/organisation.html",
        organisation=row,
        members=queries.members_of(row),
        kinds=KINDS,
        qualities=QUALITIES,
    )


@blueprint.route("/organismes/<address>/modifier", methods=["GET", "POST"])
@open_to(*MAY_OPEN)
def edit(address: str) -> ResponseReturnValue | Page:
    """Change an organisation."""
    row = queries.organisation(address)
    form = OrganisationForm(obj=row)
    page = Page("people/edit_organisation.html", form=form, organisation=row).kept()
    if not form.validate_on_submit():
        return page
    actions.describe_organisation(row, acting=acting(), **form.values())
    tell(N_("La fiche est enregistrée."))
    return redirect(url_for("organisations.show", address=address))


@blueprint.post("/organismes/<address>/archiver")
@open_to(*MAY_OPEN)
def archive(address: str) -> ResponseReturnValue:
    """Archive an organisation, or take it out again."""
    row = queries.organisation(address)
    if ConfirmForm().validate_on_submit():
        actions.archive_organisation(row, acting=acting(), archived=not row.archived)
        tell(N_("L'organisme est archivé.") if row.archived else N_("L'organisme est de nouveau proposé."))
    return redirect(url_for("organisations.show", address=address))
