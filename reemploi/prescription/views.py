"""Pages of prescriptions: write one, follow one's own; decide, wait in order, propose, fix an appointment."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from reemploi.errors import NotFound
from reemploi.ground.access_log import log_reading
from reemploi.journey.queries import device_by_tag
from reemploi.journey.rules import CATEGORIES
from reemploi.people.queries import sites
from reemploi.prescription import actions, queries
from reemploi.prescription.forms import AppointmentForm, DecisionForm, PrescriptionForm
from reemploi.prescription.models import Prescription, PrescriptionLine
from reemploi.prescription.rules import CRITERIA, FOR_WHOM, NEEDS, REASONS, URGENCIES
from reemploi.roles import CASES, Role
from reemploi.sentences import N_, sentence
from reemploi.web.access import open_to
from reemploi.web.acting import acting
from reemploi.web.border import Page, reads_only
from reemploi.web.flashes import tell
from reemploi.web.menu import Entry

blueprint = Blueprint("prescription", __name__, url_prefix="/prescriptions")
BLUEPRINTS = (blueprint,)
MENU = (
    Entry("families", "prescription.write", N_("Nouvelle prescription"), "pencil-square", "n"),
    Entry("families", "prescription.mine", N_("Mes prescriptions"), "people", "m"),
    Entry("families", "prescription.inbox", N_("À décider"), "inbox", "d"),
    Entry("families", "prescription.waiting", N_("Liste d'attente"), "hourglass-split", "l"),
)
WORDS = {"categories": CATEGORIES, "for_whom": FOR_WHOM, "needs": NEEDS, "criteria": CRITERIA}


@blueprint.route("/nouvelle", methods=["GET", "POST"])
@open_to(Role.PRESCRIBER)
def write() -> ResponseReturnValue:
    """Write and send a prescription."""
    form = PrescriptionForm()
    page = Page("prescription/write.html", form=form, bands=queries.stock_bands(), categories=CATEGORIES).kept()
    if not form.validate_on_submit():
        return page
    who = acting()
    values = form.values()
    for name in ("category", "for_whom", "second_category", "second_for_whom", "agreed", "criterion_seen_on"):
        values.pop(name)
    written = actions.prescribe(
        acting=who,
        lines=form.wanted(),
        criterion_seen_at=form.seen_at(who),
        **{**values, "adults": values["adults"] or 0, "schooled_children": values["schooled_children"] or 0},
    )
    tell(sentence(N_("%(number)s envoyée. Le coordinateur vous répondra ici."), number=written.number))
    return redirect(url_for("prescription.show", address=written.address))


@blueprint.get("/")
@open_to(Role.PRESCRIBER)
def mine() -> ResponseReturnValue:
    """My cases, with where each stands."""
    who = acting()
    cases = queries.own_cases(acting=who)
    log_readings(cases, "own_cases")
    ranks = {one.prescription.id: one.rank for one in queries.waiting_list(acting=who)}
    return Page("prescription/mine.html", cases=cases, ranks=ranks, names=queries.names(cases), **WORDS)


@blueprint.post("/recherche")
@open_to(*CASES)
@reads_only
def search() -> ResponseReturnValue:
    """Cases by the person's name, which never enters an address."""
    who = acting()
    name = request.form.get("name", "")[:200]
    cases = queries.cases_named(name, acting=who)
    log_readings(cases, "search")
    return Page("prescription/search.html", name=name, cases=cases, names=queries.names(cases), **WORDS)


@blueprint.get("/a-decider")
@open_to(Role.COORDINATOR)
def inbox() -> ResponseReturnValue:
    """What was sent and waits for a decision, the oldest first."""
    return Page("prescription/inbox.html", cases=queries.to_decide(acting=acting()), **WORDS)


@blueprint.get("/attente")
@open_to(Role.COORDINATOR)
def waiting() -> ResponseReturnValue:
    """The waiting list, each place explained."""
    return Page("prescription/waiting.html", listed=queries.waiting_list(acting=acting()), **WORDS)


@blueprint.get("/<address>")
@open_to(*CASES)
def show(address: str) -> ResponseReturnValue:
    """One case: its state, its lines, what may be done; names only to those who may."""
    who = acting()
    case = queries.prescription_at(address, acting=who)
    named = queries.may_read_name(case, who)
    if named:
        log_readings([case], "case")
    return Page(
        "prescription/show.html",
        case=case,
        named=named,
        decides=Role.COORDINATOR in who.roles,
        rank=queries.rank_of(case, acting=who),
        suggestions=queries.suggestions_for(case, acting=who) if Role.COORDINATOR in who.roles else {},
        appointment=queries.open_appointment(case),
        decision=DecisionForm(),
        appointing=_appointing(),
        reasons=REASONS,
        urgencies=URGENCIES,
        **WORDS,
    )


@blueprint.post("/<address>/decision/<name>")
@open_to(Role.COORDINATOR)
def decide(address: str, name: str) -> ResponseReturnValue:
    """Accept, refuse, redirect, or ask for information."""
    who = acting()
    case = queries.prescription_at(address, acting=who)
    if name not in ("accept", "refuse", "redirect", "ask_information"):
        raise NotFound(N_("Cette décision n'existe pas."), code="no_such_decision")
    actions.decide(case, name, acting=who, reason=request.form.get("reason", ""))
    tell(sentence(N_("Décision enregistrée pour %(number)s."), number=case.number))
    return redirect(url_for("prescription.show", address=address))


@blueprint.post("/<address>/annulation")
@open_to(*CASES)
def cancel(address: str) -> ResponseReturnValue:
    """The case is no longer needed."""
    who = acting()
    case = queries.prescription_at(address, acting=who)
    actions.step(case, "cancel", acting=who)
    tell(sentence(N_("%(number)s annulée."), number=case.number))
    return redirect(url_for("prescription.show", address=address))


@blueprint.post("/<address>/lignes/<int:position>/proposition")
@open_to(Role.COORDINATOR)
def propose(address: str, position: int) -> ResponseReturnValue:
    """Reserve a device for a line."""
    who = acting()
    case = queries.prescription_at(address, acting=who)
    actions.propose(_line(case, position), device_by_tag(request.form.get("tag", "")), acting=who)
    tell(N_("Appareil réservé. Fixez maintenant le rendez-vous."))
    return redirect(url_for("prescription.show", address=address))


@blueprint.post("/<address>/lignes/<int:position>/retrait")
@open_to(Role.COORDINATOR)
def withdraw(address: str, position: int) -> ResponseReturnValue:
    """Take a proposal back; the rank is kept."""
    who = acting()
    case = queries.prescription_at(address, acting=who)
    actions.withdraw(_line(case, position), acting=who)
    tell(N_("Proposition retirée : l'appareil est de nouveau disponible, le rang est gardé."))
    return redirect(url_for("prescription.show", address=address))


@blueprint.post("/<address>/rendez-vous")
@open_to(Role.COORDINATOR)
def appoint(address: str) -> ResponseReturnValue:
    """Fix or move the appointment."""
    who = acting()
    case = queries.prescription_at(address, acting=who)
    form = _appointing()
    page = Page("prescription/appoint.html", 422, case=case, form=form).kept()
    if not form.validate_on_submit():
        return page
    site = next(site for site in sites() if site.address == form.site.data)
    actions.fix_appointment(case, acting=who, site_id=site.id, at=form.instant(who))
    tell(N_("Rendez-vous fixé. Le prescripteur le voit dans son suivi."))
    return redirect(url_for("prescription.show", address=address))


def _appointing() -> AppointmentForm:
    form = AppointmentForm()
    form.site.offer((site.address, site.name) for site in sites())
    return form


def _line(case: Prescription, position: int) -> PrescriptionLine:
    if not 1 <= position <= len(case.lines):
        raise NotFound(N_("Cette ligne n'existe pas."), code="no_such_line")
    return case.lines[position - 1]


def log_readings(cases: list[Prescription], purpose: str) -> None:
    """Leave a line in the access log for each household about to be shown."""
    if cases:
        log_reading(sorted({case.household_id for case in cases}), purpose, acting=acting())
