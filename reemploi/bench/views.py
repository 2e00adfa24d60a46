"""Pages of one device at the bench: control and grade, system, repairs, safety stop, moves.

The page that shows them together, beside the erasures, is the workbench (`wiping.workbench`).
"""

from datetime import UTC, date, datetime, time

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from reemploi import roles
from reemploi.bench import actions, queries
from reemploi.bench.forms import EndRepairForm, RepairForm, SystemForm, check_form
from reemploi.ground.acting import Acting
from reemploi.ground.numbering import in_groups
from reemploi.journey.actions import move
from reemploi.journey.models import Device
from reemploi.journey.queries import device_by_tag
from reemploi.journey.rules import CATEGORIES, MOVES
from reemploi.sentences import N_, Sentence, sentence
from reemploi.web.access import open_to
from reemploi.web.acting import acting
from reemploi.web.border import Page
from reemploi.web.flashes import tell
from reemploi.web.menu import Entry

blueprint = Blueprint("bench", __name__)
BLUEPRINTS = (blueprint,)
MENU: tuple[Entry, ...] = ()

MADE_HERE = frozenset({"make_available", "withdraw", "dismantle", "discard", "end_repair", "end_repair_unwiped"})
"""Moves of the rule book that the workbench makes with one press."""


def shown(template: str, device: Device, **more: object) -> Page:
    """A page about one device, with what its head needs; kept should the action be refused."""
    return Page(template, device=device, category=CATEGORIES[device.category], **more).kept()


def back(device: Device) -> ResponseReturnValue:
    """To the device's page at the bench."""
    return redirect(url_for("workbench.device", tag=device.tag))


@blueprint.route("/atelier/<tag>/controle", methods=["GET", "POST"])
@open_to(*actions.HELPERS)
def check(tag: str) -> ResponseReturnValue | Page:
    """The checklist and the grade; « tout fonctionne » answers every line left."""
    device = device_by_tag(tag)
    checklist = queries.checklist(device)
    form = check_form(checklist, device.grade)
    page = shown("bench/check.html", device, form=form, checklist=checklist)
    if not form.validate_on_submit():
        return page
    hand = acting()
    if form.all_works.data:
        faults = {code: outcome for code, outcome in form.outcomes().items() if outcome != "not_tested"}
        device = actions.all_works(device, acting=hand, except_for=faults)
    else:
        device = actions.save_checks(device, form.outcomes(), acting=hand)
    if form.grade.data and hand.has_one_of(roles.BENCH) and _is_new_grade(device, form.grade.data):
        device = actions.grade(device, form.grade.data, acting=hand)
    _tell_what_is_left(device)
    return back(device)


def _is_new_grade(device: Device, letter: str) -> bool:
    is_current = device.graded_at is not None and device.graded_at >= device.in_hands_at
    return letter != device.grade or not is_current


def _tell_what_is_left(device: Device) -> None:
    after = queries.checklist(device)
    if after.untested:
        tell(sentence(N_("Contrôle enregistré. Il reste des lignes obligatoires à tester.")), category="attention")
    elif after.failed:
        tell(sentence(N_("Contrôle enregistré. Une réparation est ouverte pour chaque défaut.")), category="attention")
    else:
        tell(sentence(N_("Contrôle enregistré, tout est bon.")))


@blueprint.route("/atelier/<tag>/systeme", methods=["GET", "POST"])
@open_to(*actions.HELPERS)
def system(tag: str) -> ResponseReturnValue | Page:
    """The system installed; the last one installed here is proposed."""
    device = device_by_tag(tag)
    form = SystemForm(data=queries.last_system())
    page = shown("bench/system.html", device, form=form)
    if not form.validate_on_submit():
        return page
    hand = acting()
    values = form.values()
    actions.install(device, acting=hand, happened_at=_instant(values.pop("installed_on"), hand), **values)
    tell(sentence(N_("%(tag)s : système enregistré."), tag=in_groups(tag)))
    return back(device)


def _instant(day: date, hand: Acting) -> datetime:
    """Now for today, noon for a day that has passed."""
    if day == hand.now.astimezone(hand.zone).date():
        return hand.now
    return datetime.combine(day, time(12), hand.zone).astimezone(UTC)


@blueprint.route("/atelier/<tag>/reparation", methods=["GET", "POST"])
@open_to(*roles.BENCH)
def repair(tag: str) -> ResponseReturnValue | Page:
    """Open a repair; the device leaves the other lists until it ends."""
    device = device_by_tag(tag)
    form = RepairForm()
    page = shown("bench/repair.html", device, form=form)
    if not form.validate_on_submit():
        return page
    actions.open_repair(device, acting=acting(), **form.values())
    tell(sentence(N_("%(tag)s est en réparation."), tag=in_groups(tag)))
    return back(device)


@blueprint.post("/atelier/<tag>/reparer")
@open_to(*roles.BENCH)
def start_repair(tag: str) -> ResponseReturnValue:
    """Take the device in hand for the repairs its faults opened."""
    device = device_by_tag(tag)
    move([device], "start_repair", acting=acting())
    tell(sentence(N_("%(tag)s est en réparation."), tag=in_groups(tag)))
    return back(device)


@blueprint.route("/atelier/<tag>/reparations/<address>/fin", methods=["GET", "POST"])
@open_to(*roles.BENCH)
def end_repair(tag: str, address: str) -> ResponseReturnValue | Page:
    """What was done, what it cost, how long it took."""
    device = device_by_tag(tag)
    one = queries.repair_at(device, address)
    form = EndRepairForm()
    page = shown("bench/end_repair.html", device, form=form, fault=fault_of(device, one.line, one.fault))
    if not form.validate_on_submit():
        return page
    values = form.values()
    device = actions.end_repair(
        one, acting=acting(), work=values["work"], cost_cents=values["cost_cents"] or 0, minutes=values["minutes"] or 0
    )
    tell(sentence(N_("Réparation terminée. L'appareil est « %(status)s »."), status=Sentence(device.state.label)))
    return back(device)


def fault_of(device: Device, line: str | None, fault: str) -> Sentence:
    """The fault of a repair: what was typed, or the checklist's line."""
    labels = {one.line.code: one.line.label for one in queries.checklist(device).controls}
    return Sentence("%(fault)s", {"fault": Sentence(labels[line]) if line in labels else fault or line or ""})


@blueprint.post("/atelier/<tag>/arret")
@open_to(*actions.HELPERS)
def stop(tag: str) -> ResponseReturnValue:
    """Stop a dangerous device, or lift the stop."""
    device = device_by_tag(tag)
    if request.form.get("lift"):
        actions.lift_stop(device, acting=acting())
        tell(sentence(N_("%(tag)s : arrêt de sécurité levé."), tag=in_groups(tag)))
    else:
        actions.stop(device, acting=acting())
        tell(sentence(N_("%(tag)s est à l'arrêt : il ne circule plus."), tag=in_groups(tag)), category="attention")
    return back(device)


@blueprint.post("/atelier/<tag>/passage/<name>")
@open_to(*roles.BENCH)
def make_move(tag: str, name: str) -> ResponseReturnValue:
    """Make one move of the rule book from the workbench."""
    device = device_by_tag(tag)
    if name not in MADE_HERE:
        raise queries.no_such_move()
    (device,) = move([device], name, acting=acting())
    tell(sentence(N_("%(tag)s : %(story)s"), tag=in_groups(tag), story=Sentence(MOVES[name].story)))
    return back(device)
