"""The administrator's office: the association's own data, its settings, the outbox."""

from flask import Blueprint, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from reemploi.ground.settings import SETTINGS, change_setting, setting
from reemploi.people import actions, outbox, queries
from reemploi.people.forms import AssociationForm
from reemploi.people.settings_form import settings_form
from reemploi.roles import Role
from reemploi.sentences import N_, counted
from reemploi.web.access import open_to
from reemploi.web.acting import acting
from reemploi.web.border import Page
from reemploi.web.flashes import tell

blueprint = Blueprint("office", __name__)


@blueprint.route("/association", methods=["GET", "POST"])
@open_to(Role.ADMINISTRATOR)
def association() -> ResponseReturnValue | Page:
    """The association's own data, as papers and mails show it."""
    form = AssociationForm(obj=queries.association(acting().association_id))
    page = Page("people/association.html", form=form).kept()
    if not form.validate_on_submit():
        return page
    actions.describe_association(acting=acting(), **form.values())
    tell(N_("Les données de l'association sont enregistrées."))
    return redirect(url_for("office.association"))


@blueprint.route("/reglages", methods=["GET", "POST"])
@open_to(Role.ADMINISTRATOR)
def settings() -> ResponseReturnValue | Page:
    """Settings in force, each with its history; a change counts from now on."""
    hand = acting()
    now = {name: setting(name, acting=hand) for name in SETTINGS}
    form = settings_form(now)
    history = queries.settings_history()
    page = Page("people/settings.html", form=form, settings=SETTINGS, history=history).kept()
    if not form.validate_on_submit():
        return page
    changed = [name for name, value in form.values().items() if value != now[name]]
    for name in changed:
        change_setting(name, form.values()[name], acting=hand)
    tell(counted(N_("%(n)d réglage changé."), N_("%(n)d réglages changés."), len(changed)))
    return redirect(url_for("office.settings"))


@blueprint.get("/boite-d-envoi")
@open_to(Role.ADMINISTRATOR)
def mails() -> Page:
    """Mails that wait, left, failed; their text where no mail server carries them."""
    shown = current_app.extensions["settings"]
    reads_text = shown.mail is None or shown.mode in ("demo", "development")
    return Page(
        "people/outbox.html",
        counts=outbox.counts(),
        listed=outbox.newest(request.args.get("before", ""), only_failed=not reads_text),
        reads_text=reads_text,
        has_server=shown.mail is not None,
        states=outbox.STATES,
        state_of=outbox.state_of,
        before=request.args.get("before", ""),
    )
