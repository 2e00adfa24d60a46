"""Pages of intake: offers, deliveries, their sorting and documents. Devices are received in `reception_views`."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from reemploi import roles
from reemploi.intake import actions, lists, queries
from reemploi.intake.forms import (
    CorrectDeliveryForm,
    DecisionForm,
    DeliveryForm,
    OfferForm,
    SortingForm,
    WithDonor,
)
from reemploi.intake.models import Delivery, Offer
from reemploi.intake.reception_views import blueprint as reception
from reemploi.intake.rules import CONSEQUENCES, DECISIONS, ENTERED_AS, OUTCOMES
from reemploi.intake.slip import make_slip as freeze_slip
from reemploi.intake.slip import subject_of
from reemploi.journey.rules import CATEGORIES, LEGAL_ORIGINS
from reemploi.papers.printing import issue, pdf_answer
from reemploi.papers.queries import document_about, documents_of
from reemploi.papers.rules import TITLES
from reemploi.people.models import Organisation
from reemploi.people.queries import donors, member_names, sites
from reemploi.people.rules import KINDS
from reemploi.roles import Role
from reemploi.sentences import N_, sentence
from reemploi.web.access import open_to
from reemploi.web.acting import acting
from reemploi.web.border import Page, own_transactions
from reemploi.web.fields import today
from reemploi.web.flashes import tell
from reemploi.web.menu import Entry

blueprint = Blueprint("intake", __name__)
BLUEPRINTS = (blueprint, reception)
MENU = (
    Entry("workshop", "intake.deliveries", N_("Arrivages"), "truck", "v"),
    Entry("workshop", "intake.offers", N_("Propositions de don"), "gift", "d"),
)
DECIDERS = (Role.COORDINATOR, Role.STOREKEEPER)


@blueprint.get("/arrivages/")
@open_to(*roles.INTAKE)
def deliveries() -> Page:
    """All deliveries, the latest first, by donor, state or words."""
    chosen = lists.Chosen.read(request.args)
    return Page(
        "intake/deliveries.html", chosen=chosen, listed=lists.page_of_deliveries(chosen), donors=donors(), **TABLES
    )


@blueprint.route("/arrivages/nouveau", methods=["GET", "POST"])
@open_to(*roles.INTAKE)
def new_delivery() -> ResponseReturnValue | Page:
    """Open a delivery, perhaps in answer to an offer."""
    offer = _offer_asked()
    form = DeliveryForm(donors(), sites(), data=_usual(offer))
    page = Page("intake/new_delivery.html", form=form, offer=offer).kept()
    if not form.validate_on_submit():
        return page
    delivery = actions.open_delivery(
        _donor_of(form),
        acting=acting(),
        site_id=queries.site_by_address(form.site.data).id,
        offer=offer,
        **form.facts(),
    )
    tell(sentence(N_("Arrivage %(number)s ouvert. Scannez le premier appareil."), number=delivery.number))
    return redirect(url_for("reception.receive", address=delivery.address))


def _usual(offer: Offer | None) -> dict[str, str]:
    """What a new delivery begins with: the offer's donor, one's own site and name."""
    own = [site.address for site in sites() if site.id == current_user.site_id]
    return {
        "donor": offer.donor.address if offer else "",
        "collector": current_user.name,
        **({"site": own[0]} if own else {}),
    }


def _offer_asked() -> Offer | None:
    address = request.args.get("proposition", "")
    return queries.offer_by_address(address) if address else None


def _donor_of(form: WithDonor) -> Organisation:
    if form.new_name.data:
        return actions.add_donor(
            form.new_name.data, form.new_kind.data, acting=acting(), is_another=form.is_another.data
        )
    return queries.donor_by_address(form.donor.data)


@blueprint.get("/arrivages/<address>")
@open_to(*roles.INTAKE)
def delivery(address: str) -> Page:
    """A delivery: how far it has come, what was sorted, its devices, its documents."""
    shown = queries.delivery_by_address(address)
    return Page(
        "intake/delivery.html",
        delivery=shown,
        progress=queries.progress(shown),
        offer=queries.offer_of(shown),
        site=queries.site_of(shown),
        receiver=member_names({shown.received_by}).get(shown.received_by, "") if shown.received_by else "",
        listed=lists.page_of_arrivals(shown, request.args.get("avant", "")),
        documents=documents_of(subject_of(shown)),
        titles=TITLES,
        may_close=_holds(roles.STOCK),
        **TABLES,
    )


@blueprint.route("/arrivages/<address>/corriger", methods=["GET", "POST"])
@open_to(*roles.INTAKE)
def correct_delivery(address: str) -> ResponseReturnValue | Page:
    """Correct what was written of a delivery."""
    hand = acting()
    shown = queries.delivery_by_address(address, to_change=request.method == "POST")
    arrived_on = shown.arrived_at.astimezone(hand.zone).date()
    form = CorrectDeliveryForm(shown, sites(), queries.site_of(shown), arrived_on)
    page = Page("intake/correct_delivery.html", delivery=shown, form=form).kept()
    if not form.validate_on_submit():
        return page
    site_id = queries.site_by_address(form.site.data).id
    actions.correct_delivery(shown, acting=hand, site_id=site_id, **form.facts())
    tell(N_("Arrivage corrigé."))
    return redirect(url_for("intake.delivery", address=address))


@blueprint.route("/arrivages/<address>/tri", methods=["GET", "POST"])
@open_to(*roles.INTAKE)
def sorting(address: str) -> ResponseReturnValue | Page:
    """What was counted at the door, typed in one table."""
    shown = queries.delivery_by_address(address, to_change=request.method == "POST")
    form = SortingForm.of(shown)
    page = Page("intake/sorting.html", delivery=shown, form=form).kept()
    if not form.validate_on_submit():
        return page
    actions.sort_delivery(shown, form.sorted, acting=acting())
    tell(N_("Tri enregistré."))
    return redirect(url_for("intake.delivery", address=address))


@blueprint.post("/arrivages/<address>/clore")
@open_to(*roles.STOCK)
def close(address: str) -> ResponseReturnValue:
    """Say that everything is recorded."""
    shown = _changed(address)
    actions.close_delivery(shown, acting=acting())
    tell(sentence(N_("Arrivage %(number)s clos."), number=shown.number))
    return redirect(url_for("intake.delivery", address=address))


@blueprint.post("/arrivages/<address>/rouvrir")
@open_to(*roles.STOCK)
def reopen(address: str) -> ResponseReturnValue:
    """Open a closed delivery again."""
    shown = _changed(address)
    actions.reopen_delivery(shown, acting=acting())
    tell(sentence(N_("Arrivage %(number)s rouvert."), number=shown.number))
    return redirect(url_for("intake.delivery", address=address))


def _changed(address: str) -> Delivery:
    return queries.delivery_by_address(address, to_change=True)


@blueprint.post("/arrivages/<address>/bon")
@open_to(*roles.INTAKE)
@own_transactions
def make_slip(address: str) -> ResponseReturnValue:
    """Make the collection slip as the delivery stands now."""
    hand = acting()
    document = issue(lambda: freeze_slip(queries.delivery_by_address(address), acting=hand))
    tell(sentence(N_("Bon %(number)s établi. Ouvrez-le plus bas, puis imprimez-le."), number=document.number))
    return redirect(url_for("intake.delivery", address=address, _anchor="documents"))


@blueprint.get("/arrivages/<address>/documents/<document>")
@open_to(*roles.INTAKE)
def document(address: str, document: str) -> ResponseReturnValue:
    """The printed file of one of the delivery's documents."""
    return pdf_answer(document_about(subject_of(queries.delivery_by_address(address)), document))


@blueprint.get("/propositions/")
@open_to(*roles.INTAKE)
def offers() -> Page:
    """Offers by state: first those that wait for a decision."""
    state = request.args.get("etat", "")
    state = state if state in DECISIONS else "open"
    return Page("intake/offers.html", state=state, offers=queries.offers(state), **TABLES)


@blueprint.route("/propositions/nouvelle", methods=["GET", "POST"])
@open_to(*roles.INTAKE)
def new_offer() -> ResponseReturnValue | Page:
    """Write down what a donor proposes."""
    form = OfferForm(donors())
    page = Page("intake/new_offer.html", form=form).kept()
    if not form.validate_on_submit():
        return page
    offer = actions.record_offer(
        _donor_of(form),
        form.counted,
        acting=acting(),
        offered_on=form.offered_on.data or today(),
        note=form.note.data or "",
    )
    tell(sentence(N_("Proposition %(number)s enregistrée."), number=offer.number))
    return redirect(url_for("intake.offer", address=offer.address))


@blueprint.get("/propositions/<address>")
@open_to(*roles.INTAKE)
def offer(address: str) -> Page:
    """An offer: what was announced, what came."""
    return _offer_page(queries.offer_by_address(address), DecisionForm())


def _offer_page(shown: Offer, form: DecisionForm) -> Page:
    return Page(
        "intake/offer.html",
        offer=shown,
        form=form,
        may_decide=_holds(DECIDERS),
        counted=queries.counted_for_offer(shown),
        deliveries=queries.deliveries_of_offer(shown),
        **TABLES,
    )


@blueprint.post("/propositions/<address>")
@open_to(*DECIDERS)
def decide(address: str) -> ResponseReturnValue | Page:
    """Accept or refuse an offer."""
    shown = queries.offer_by_address(address)
    form = DecisionForm()
    page = _offer_page(shown, form).kept()
    if not form.validate_on_submit():
        return page
    actions.decide_offer(shown, form.decision.data, acting=acting(), reason=form.reason.data or "")
    tell(N_("Décision enregistrée."))
    return redirect(url_for("intake.offer", address=address))


def _holds(wanted: tuple[Role, ...]) -> bool:
    return not frozenset(current_user.roles).isdisjoint(wanted)


TABLES = {
    "categories": CATEGORIES,
    "origins": LEGAL_ORIGINS,
    "consequences": CONSEQUENCES,
    "donor_kinds": KINDS,
    "entered_as": ENTERED_AS,
    "outcomes": OUTCOMES,
    "decisions": DECISIONS,
}
