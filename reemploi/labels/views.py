"""Pages of labels: print them, follow a large run, and the open page their QR code leads to."""

from typing import Any

from flask import Blueprint, current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from reemploi import roles
from reemploi.errors import NotFound, Refused
from reemploi.ground.database import writing
from reemploi.intake.queries import delivery_by_address, devices_of
from reemploi.journey.models import Device
from reemploi.journey.rules import CATEGORIES
from reemploi.journey.scan import Kind, read_scan
from reemploi.labels.actions import AT_ONCE, Printing, ask_run, refuse_number
from reemploi.labels.forms import USUAL, PrintForm
from reemploi.labels.printing import print_at_once
from reemploi.labels.queries import devices_tagged, named_by, prints_of, run_by_address
from reemploi.papers.printing import pdf
from reemploi.sentences import N_
from reemploi.web.access import open_to, open_to_everyone
from reemploi.web.acting import acting
from reemploi.web.border import Page, own_transactions
from reemploi.web.menu import Entry

blueprint = Blueprint("labels", __name__)
BLUEPRINTS = (blueprint,)
MENU = (Entry("workshop", "labels.new_run", N_("Étiquettes"), "tags", "e"),)
SHOWN = 12
CHOICES = "label_printing"


@blueprint.route("/etiquettes/", methods=["GET", "POST"])
@open_to(*roles.INTAKE)
@own_transactions
def new_run() -> ResponseReturnValue | Page:
    """Labels of a delivery, of chosen devices or of one."""
    address = request.args.get("arrivage", "")
    delivery = delivery_by_address(address) if address else None
    devices = devices_of(delivery) if delivery else []
    printed = prints_of(devices)
    form = PrintForm(which=_which(devices, printed), data={"format": USUAL, "dpi": "300", **_usual(), **_asked_tags()})
    page = Page("labels/new_run.html", form=form, delivery=delivery, devices=devices, printed=printed).kept()
    if not form.validate_on_submit():
        return page
    if delivery is None:
        devices = _typed(form.tags.data or "")
    elif form.which.data == "new":
        devices = [device for device in devices if device.id not in printed]
    session[CHOICES] = {name: form[name].data for name in ("format", "dpi", "offset_x", "offset_y")}
    return redirect(url_for("labels.run", address=_start(devices, form.printing())))


def _which(devices: list[Device], printed: dict[int, int]) -> dict[str, str]:
    fresh = len(devices) - len(printed)
    named = {"all": ngettext("L'étiquette", "Toutes : %(num)s étiquettes", len(devices))}
    if printed and fresh:
        named = {"new": ngettext("La seule jamais imprimée", "Les %(num)s jamais imprimées", fresh), **named}
    return named


def _usual() -> dict[str, Any]:
    """What was chosen last on this computer: the printer is the same."""
    kept = session.get(CHOICES)
    return kept if isinstance(kept, dict) else {}


def _asked_tags() -> dict[str, str]:
    tags = request.args.getlist("numero")[:1000]
    return {"tags": "\n".join(tag[:40] for tag in tags)} if tags else {}


def _typed(text: str) -> list[Device]:
    """The devices named by the lines of a text; raises Refused with the first line that names none."""
    tags = []
    for line in filter(None, text.splitlines()):
        found = next((reading.value for reading in read_scan(line) if reading.kind is Kind.DEVICE), None)
        if found is None:
            raise _unknown(line)
        tags.append(found)
    devices = devices_tagged(tags)
    known = {device.tag for device in devices}
    for tag in tags:
        if tag not in known:
            raise _unknown(tag)
    return devices


def _unknown(line: str) -> Refused:
    return Refused(
        N_("« %(line)s » n'est le numéro d'aucun appareil d'ici. Corrigez la ligne."), code="unknown", line=line[:40]
    )


def _start(devices: list[Device], printing: Printing) -> str:
    ids = [device.id for device in devices]
    refuse_number(len(ids))
    if len(ids) <= AT_ONCE:
        return print_at_once(ids, printing, acting=acting()).address
    hand = acting()
    with writing():
        return ask_run(ids, printing, acting=hand).address


@blueprint.get("/etiquettes/impressions/<address>")
@open_to(*roles.INTAKE)
def run(address: str) -> Page:
    """A print run: how far it is, then its file."""
    return Page("labels/run.html", run=run_by_address(address))


@blueprint.get("/etiquettes/impressions/<address>/pdf")
@open_to(*roles.INTAKE)
def run_pdf(address: str) -> ResponseReturnValue:
    """The labels as a file."""
    shown = run_by_address(address)
    if not shown.result:
        raise NotFound(N_("Ces étiquettes ne sont pas encore dessinées. Attendez un instant."), code="not_drawn")
    content = current_app.extensions["files"].get(shown.result["file"])
    return pdf(content, f"etiquettes-{shown.asked_at:%Y%m%d-%H%M}.pdf")


@blueprint.get("/a/<token>")
@open_to_everyone(reason="whoever finds a device learns whose it is; the address is random and tells of no person")
def open_page(token: str) -> Page:
    """Whose device this is, and how to reach them."""
    return Page("labels/open_page.html", named=named_by(token), categories=CATEGORIES, title=gettext("Cet appareil"))
