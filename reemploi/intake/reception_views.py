"""Pages at the door: receive in one line, settle what waits for a person, correct a device, give one back."""

from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from reemploi import roles
from reemploi.ground.columns import new_address
from reemploi.ground.numbering import in_groups
from reemploi.intake import lists, queries, reception
from reemploi.intake.forms import DeviceForm, ReceptionForm
from reemploi.intake.models import Delivery, ReceivedScan
from reemploi.intake.reception import Kept
from reemploi.intake.rules import CHOICES, COUNTED, SCANS
from reemploi.journey.actions import may_hold_data, move, settle
from reemploi.journey.facts import describe
from reemploi.journey.queries import device_by_tag
from reemploi.journey.rules import CATEGORIES, storage_cleared
from reemploi.roles import Role
from reemploi.sentences import N_, Sentence, sentence
from reemploi.web.access import open_to
from reemploi.web.acting import acting
from reemploi.web.border import Page
from reemploi.web.cleaning import search_words
from reemploi.web.flashes import tell

blueprint = Blueprint("reception", __name__)
SHOWN_LAST = 30
FIRST = Kept(category="laptop", charger="with_it")


@blueprint.route("/arrivages/<address>/recevoir", methods=["GET", "POST"])
@open_to(*roles.INTAKE)
def receive(address: str) -> ResponseReturnValue | Page:
    """One code, Enter, the next: the machine is received with what is kept from the one before."""
    delivery = queries.delivery_by_address(address, to_change=request.method == "POST")
    form = ReceptionForm(data=_kept_before(delivery))
    page = _page(delivery, form).kept()
    if not form.validate_on_submit():
        return page
    text = "" if "without_serial" in request.form else form.scan.data or ""
    if not text and "without_serial" not in request.form:
        form.scan.errors = [*form.scan.errors, gettext(NOTHING)]
        return page
    scan = reception.receive(delivery, text, acting=acting(), scan_id=form.scan_id.data or "", kept=form.kept())
    return redirect(_next(delivery, form.kept(), scan))


NOTHING = N_("Scannez un code, ou choisissez « Recevoir sans numéro de série ».")


def _kept_before(delivery: Delivery) -> dict[str, object]:
    """What the address keeps of the series, else what the last machine of this delivery was."""
    kept = FIRST
    if "categorie" in request.args:
        weight = request.args.get("poids", "")
        kept = Kept(
            category=request.args["categorie"],
            charger=request.args.get("chargeur", ""),
            maker=search_words(request.args.get("marque"), 100),
            model=search_words(request.args.get("modele")),
            weight_grams=int(weight) if weight.isascii() and weight.isdigit() and len(weight) < 9 else None,
            layout=search_words(request.args.get("clavier"), 40),
        )
    elif last := queries.last_arrival(delivery):
        device = last.device
        kept = Kept(device.category, device.charger, device.maker, device.model, device.weight_grams)
    return {
        "category": kept.category,
        "charger": kept.charger,
        "maker": kept.maker,
        "model": kept.model,
        "weight": kept.weight_grams,
        "layout": kept.layout,
        "scan_id": new_address(),
    }


def _next(delivery: Delivery, kept: Kept, scan: ReceivedScan) -> str:
    """The page again, ready for the next code, with the answer to this one."""
    values = {
        "categorie": kept.category,
        "chargeur": kept.charger,
        "marque": kept.maker,
        "modele": kept.model,
        "poids": str(kept.weight_grams or ""),
        "clavier": kept.layout,
    }
    filled: dict[str, Any] = {name: value for name, value in values.items() if value}
    return url_for("reception.receive", address=delivery.address, lu=scan.scan_id, **filled)


def _page(delivery: Delivery, form: ReceptionForm) -> Page:
    answered = queries.scan_by_id(delivery, search_words(request.args.get("lu"), 40))
    device = answered.device if answered and answered.outcome in COUNTED else None
    return Page(
        "intake/receive.html",
        delivery=delivery,
        form=form,
        answered=answered,
        open_scans=queries.open_scans(delivery),
        run=queries.same_run(device) if device and not device.model else None,
        listed=lists.page_of_arrivals(delivery, per_page=SHOWN_LAST),
        received=queries.count_received(delivery),
        announced=queries.count_announced(delivery),
        models=queries.known_models(),
        categories=CATEGORIES,
        scans=SCANS,
        choices=CHOICES,
        told=told,
    )


def told(scan: ReceivedScan) -> Sentence:
    """The answer to a scan as a sentence."""
    return Sentence(SCANS[scan.outcome].sentence, reception.answer_params(scan))


@blueprint.post("/arrivages/<address>/recevoir/<scan_id>")
@open_to(*roles.INTAKE)
def settle_scan(address: str, scan_id: str) -> ResponseReturnValue:
    """Settle a row that waits for a person."""
    delivery = queries.delivery_by_address(address, to_change=True)
    scan = queries.scan_asked(delivery, scan_id)
    choice = request.form.get("choice", "")
    reading = reception.mangled_reading(scan.read) if choice == "as_read" else None
    settled = reception.settle_scan(delivery, scan, choice, acting=acting())
    layout = reading.layout if reading else str(scan.kept.get("layout", ""))
    kept = Kept(**{**scan.kept, "layout": layout})
    return redirect(_next(delivery, kept, settled))


@blueprint.post("/arrivages/<address>/recevoir/<scan_id>/modele")
@open_to(*roles.INTAKE)
def same_model(address: str, scan_id: str) -> ResponseReturnValue:
    """Give a machine the maker and model that its whole run has."""
    delivery = queries.delivery_by_address(address)
    scan = queries.scan_asked(delivery, scan_id)
    known = queries.same_run(scan.device) if scan.device else None
    if scan.device is None or known is None:
        return redirect(url_for("reception.receive", address=address))
    describe(scan.device, acting=acting(), source="same_run", maker=known.maker, model=known.model)
    kept = Kept(**{**scan.kept, "maker": known.maker, "model": known.model})
    return redirect(_next(delivery, kept, scan))


@blueprint.route("/appareils/<tag>/corriger", methods=["GET", "POST"])
@open_to(*roles.INTAKE)
def correct_device(tag: str) -> ResponseReturnValue | Page:
    """Correct what was noted of a device at the door."""
    device = device_by_tag(tag)
    form = DeviceForm(device)
    page = Page("intake/correct_device.html", device=device, form=form).kept()
    if not form.validate_on_submit():
        return page
    hand = acting()
    device = describe(device, acting=hand, source="typed", **form.values())
    if may_hold_data(device):
        settle(device, acting=hand)
    tell(sentence(N_("%(tag)s corrigé."), tag=in_groups(tag)))
    return redirect(url_for("overview.device", tag=tag))


@blueprint.post("/appareils/<tag>/rendre-au-donateur")
@open_to(Role.COORDINATOR)
def give_back(tag: str) -> ResponseReturnValue:
    """Give a device back to its donor; the journal says whether it was erased."""
    device = device_by_tag(tag)
    erased = storage_cleared(device.facts) is None
    move([device], "give_back", acting=acting(), facts={"erasure": "Effacé." if erased else "Non effacé."})
    tell(sentence(N_("%(tag)s rendu au donateur."), tag=in_groups(tag)))
    return redirect(url_for("overview.device", tag=tag))
