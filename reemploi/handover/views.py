"""Pages of the table: who comes today, hand over, sign, take back, renew, undo."""

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from reemploi.errors import NotFound, Refused
from reemploi.ground.access_log import log_reading
from reemploi.ground.settings import setting
from reemploi.handover import actions, queries
from reemploi.handover.actions import Terms
from reemploi.handover.agreement import Signing
from reemploi.handover.forms import HandoverForm, PaperForm, RenewalForm, TagForm, UndoForm, form_for
from reemploi.handover.models import Handover
from reemploi.handover.returning import blueprint as returning
from reemploi.handover.rules import ACCESSORIES, KINDS, OUTCOMES, UNDO_WITHIN, months_later, state_shown
from reemploi.journey.models import Device
from reemploi.journey.queries import device_by_tag
from reemploi.journey.rules import CATEGORIES
from reemploi.papers.models import Document
from reemploi.papers.printing import issue, pdf_answer
from reemploi.papers.signatures import read_signature
from reemploi.people.queries import sites
from reemploi.prescription.models import Prescription
from reemploi.roles import RETURNS, TABLE, Role
from reemploi.sentences import N_, sentence
from reemploi.web.access import open_to
from reemploi.web.acting import acting
from reemploi.web.border import Page, own_transactions, reads_only
from reemploi.web.flashes import tell
from reemploi.web.menu import Entry

blueprint = Blueprint("handover", __name__, url_prefix="/remises")
BLUEPRINTS = (blueprint, returning)
MENU = (
    Entry("today", "handover.table", N_("Remises du jour"), "calendar-check", "j"),
    Entry("families", "handover.loans", N_("Prêts en cours"), "person-check", "p"),
    Entry("families", "returning.find", N_("Retour de prêt"), "arrow-return-left", "r"),
)
WORDS = {"accessories": ACCESSORIES, "kinds": KINDS, "outcomes": OUTCOMES, "categories": CATEGORIES}


@blueprint.get("/")
@open_to(*TABLE)
def table() -> Page:
    """Who comes today, and the papers that wait for a signature."""
    who = acting()
    expected = queries.expected_today(acting=who)
    if expected:
        log_reading(sorted({one.prescription.household_id for one in expected}), "table", acting=who)
    return Page(
        "handover/table.html",
        expected=expected,
        names=queries.household_names({one.prescription.household_id for one in expected}),
        waiting=queries.prepared(),
        form=TagForm(),
        **WORDS,
    )


@blueprint.post("/numero")
@open_to(*RETURNS)
@reads_only
def find() -> ResponseReturnValue | Page:
    """The page of a handover by the number on its paper."""
    form = TagForm()
    page = Page("handover/find.html", 422, form=form).kept()
    if not form.validate_on_submit():
        return page
    return redirect(url_for("handover.show", address=queries.handover_named(form.code.data).address))


@blueprint.get("/prets")
@open_to(*RETURNS)
def loans() -> Page:
    """Running loans, the overdue ones first; numbers and devices, no household."""
    day = queries.today(acting())
    rows = [(one, state_shown(one.state, one.due_on, day)) for one in queries.running_loans()]
    return Page("handover/loans.html", rows=rows, form=TagForm(), **WORDS)


@blueprint.route("/nouvelle/<address>", methods=["GET", "POST"])
@open_to(*TABLE)
@own_transactions
def new(address: str) -> ResponseReturnValue | Page:
    """Hand devices over to the household of a prescription, now or on a paper to be signed later."""
    who = acting()
    case = queries.case_at(address, acting=who)
    log_reading([case.household_id], "handover", acting=who)
    devices = _devices(case)
    form = _form(case, devices)
    page = Page("handover/new.html", form=form, case=case, devices=devices, **WORDS).kept()
    if not form.validate_on_submit():
        return page
    later = "later" in request.form
    if not later and not form.signature.data:
        raise Refused(N_("La signature est vide. Signez dans le cadre, ou choisissez « Signer plus tard »."))
    drawing = None if later else read_signature(form.signature.data)
    signing = Signing(form.borrower.data, form.signatory.data, drawing)
    items, terms = form.items(), Terms(form.kind.data, _site_id(form.site.data), form.due())

    made: list[Handover] = []

    def make() -> Document:
        made.append(actions.hand_over(case, items, acting=who, terms=terms, signing=signing))
        return queries.document_of(made[0])

    number, place = issue(make).number, made[0].address
    tell(
        sentence(N_("%(number)s préparée. Imprimez-la, faites-la signer, puis enregistrez la remise."), number=number)
        if later
        else sentence(N_("%(number)s : appareil remis. Imprimez un exemplaire pour chacun."), number=number)
    )
    return redirect(url_for("handover.show", address=place))


@blueprint.get("/<address>")
@open_to(*RETURNS)
def show(address: str) -> Page:
    """One handover: devices and dates to all; the household to those with the right, each reading logged."""
    who = acting()
    found = queries.handover_at(address)
    named = queries.may_read_household(found, acting=who)
    if named:
        log_reading([found.household_id], "handover", acting=who)
    return Page("handover/show.html", **_shown(found, named))


@blueprint.get("/<address>/papier.pdf")
@open_to(*TABLE)
def pdf(address: str) -> Response:
    """The agreement or certificate, to those who may read the household."""
    who = acting()
    found = _readable(address)
    log_reading([found.household_id], "paper", acting=who)
    return pdf_answer(queries.document_of(found))


@blueprint.post("/<address>/papier-signe")
@open_to(*TABLE)
def close(address: str) -> ResponseReturnValue | Page:
    """The paper is signed by hand: the devices leave."""
    found = queries.handover_at(address)
    form = PaperForm()
    page = Page("handover/show.html", **{**_shown(found, named=False), "paper": form}).kept()
    if not form.validate_on_submit():
        return page
    actions.close_on_paper(found, acting=acting(), happened_at=form.handed_at.data)
    tell(sentence(N_("%(number)s : appareil remis, papier signé."), number=found.number))
    return redirect(url_for("handover.show", address=address))


@blueprint.post("/<address>/refus")
@open_to(*TABLE)
def decline(address: str) -> ResponseReturnValue:
    """Declined at the table: nothing left."""
    found = actions.decline(queries.handover_at(address), acting=acting())
    tell(sentence(N_("%(number)s refusée : l'appareil est de nouveau disponible, le rang est gardé."),
                  number=found.number))  # fmt: skip
    return redirect(url_for("handover.show", address=address))


@blueprint.post("/<address>/annulation")
@open_to(*TABLE)
def undo(address: str) -> ResponseReturnValue | Page:
    """Undo what never left the counter."""
    found = queries.handover_at(address)
    form = UndoForm()
    page = Page("handover/show.html", **{**_shown(found, named=False), "undoing": form}).kept()
    if not form.validate_on_submit():
        return page
    actions.undo(found, acting=acting())
    tell(sentence(N_("%(number)s annulée : l'appareil est de nouveau disponible."), number=found.number))
    return redirect(url_for("handover.show", address=address))


@blueprint.post("/<address>/prolongation")
@open_to(Role.COORDINATOR)
def renew(address: str) -> ResponseReturnValue | Page:
    """Another due date."""
    found = queries.handover_at(address)
    form = RenewalForm()
    page = Page("handover/show.html", **{**_shown(found, named=False), "renewal": form}).kept()
    if not form.validate_on_submit():
        return page
    actions.renew(found, acting=acting(), due_on=form.due_on.data)
    tell(sentence(N_("%(number)s prolongée jusqu'au %(due_on)s."), number=found.number, due_on=form.due_on.data))
    return redirect(url_for("handover.show", address=address))


def _shown(found: Handover, named: bool) -> dict[str, object]:
    who = acting()
    recent = found.recorded_at is not None and who.now - found.recorded_at <= UNDO_WITHIN
    return {
        "handover": found,
        "state": state_shown(found.state, found.due_on, queries.today(who)),
        "household": queries.household_of(found) if named else None,
        "at_table": who.has_one_of(TABLE),
        "decides": Role.COORDINATOR in who.roles,
        "undoable": recent and found.state in ("running", "done"),
        "paper": PaperForm(formdata=None),
        "undoing": UndoForm(formdata=None),
        "renewal": RenewalForm(formdata=None),
        **WORDS,
    }


def _readable(address: str) -> Handover:
    found = queries.handover_at(address)
    if not queries.may_read_household(found, acting=acting()):
        raise NotFound(queries.UNKNOWN, code="unknown")
    return found


def _devices(case: Prescription) -> list[Device]:
    """The devices proposed on the lines, then those added by their number."""
    devices = [line.device for line in case.lines if line.device and line.state == "proposed"]
    for tag in dict.fromkeys(request.args.getlist("avec")):
        added = device_by_tag("".join(tag.split()))
        if added not in devices:
            devices.append(added)
    return devices


def _form(case: Prescription, devices: list[Device]) -> HandoverForm:
    who = acting()
    places = sites()
    expected = queries.appointment_site(case)
    form = form_for(
        devices,
        due_on=months_later(queries.today(who), setting("loan_months", acting=who)),
        gift=case.as_gift,
        site=next((site.address for site in places if site.id == expected), None),
        borrower=queries.household_of(case).name,
    )
    form.site.offer((site.address, site.name) for site in places)
    return form


def _site_id(address: str) -> int:
    return next(site.id for site in sites() if site.address == address)
