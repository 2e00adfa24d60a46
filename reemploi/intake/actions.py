"""What can happen at the door: offers, deliveries, sorting. Devices are received in `reception`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import delete, select

from reemploi.errors import Refused
from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.ground.numbering import next_number
from reemploi.intake.models import Arrival, Delivery, Offer, OfferLine, SortingLine
from reemploi.intake.queries import count_received
from reemploi.intake.rules import ORIGIN_OF_DONOR, OUTCOMES
from reemploi.journey.rules import CATEGORIES, LEGAL_ORIGINS
from reemploi.people.actions.organisations import add_organisation
from reemploi.people.models import Organisation
from reemploi.roles import INTAKE, STOCK, Role
from reemploi.sentences import N_

NOON = time(12)
OLDEST = date(1990, 1, 1)


def instant_of(day: date, *, acting: Acting) -> datetime:
    """A day written on paper as an instant: now for today, noon in the association's zone for a day past.

    Raises Refused for a day to come or before 1990.
    """
    today = acting.now.astimezone(acting.zone).date()
    if day > today:
        raise Refused(N_("La date est dans le futur. Corrigez-la."), code="future")
    if day < OLDEST:
        raise Refused(N_("Cette date est trop ancienne. Vérifiez l'année."), code="too_old")
    return acting.now if day == today else datetime.combine(day, NOON, acting.zone)


def add_donor(name: str, kind: str, *, acting: Acting, is_another: bool = False) -> Organisation:
    """A donor made on the fly; an organisation known in another quality (a structure, a funder) becomes one too.

    Raises Refused when a donor has that name, or, unless `is_another`, when the name resembles a known one.
    """
    acting.require(*INTAKE)
    if not name.strip():
        raise Refused(N_("Donnez le nom du donateur."), code="donor_name")
    known = db.session.scalars(select(Organisation).where(Organisation.name == name.strip())).first()
    if known is not None and not known.is_donor:
        known.is_donor = True
        db.session.flush()
        return known
    return add_organisation(acting=acting, name=name, kind=kind, is_another=is_another, is_donor=True)


def record_offer(
    donor: Organisation, lines: Mapping[str, int], *, acting: Acting, offered_on: date, note: str = ""
) -> Offer:
    """What a donor proposes, as category × count; raises Refused when there is nothing in it."""
    acting.require(*INTAKE)
    _refuse_counts(lines)
    offer = Offer(
        association_id=acting.association_id,
        donor_id=donor.id,
        number=next_number("OFF", acting=acting),
        offered_at=instant_of(offered_on, acting=acting),
        note=note.strip(),
        decision="open",
    )
    db.session.add(offer)
    db.session.flush()
    db.session.add_all(
        OfferLine(association_id=acting.association_id, offer_id=offer.id, category=category, count=count)
        for category, count in lines.items()
    )
    db.session.flush()
    return offer


def _refuse_counts(lines: Mapping[str, int]) -> None:
    if not lines:
        raise Refused(N_("Inscrivez au moins un appareil."), code="no_line")
    for category, count in lines.items():
        if category not in CATEGORIES or not 1 <= count <= 10000:
            raise Refused(N_("Un nombre d'appareils va de 1 à 10 000. Corrigez la ligne."), code="count")


def decide_offer(offer: Offer, decision: str, *, acting: Acting, reason: str = "") -> Offer:
    """Accept or refuse an offer; a refusal says why. May be decided again until something has arrived."""
    acting.require(Role.COORDINATOR, Role.STOREKEEPER)
    if decision not in ("accepted", "refused"):
        raise Refused(N_("Acceptez la proposition ou refusez-la."), code="decision")
    if decision == "refused" and not reason.strip():
        raise Refused(N_("Dites pourquoi : le donateur le demandera."), code="reason")
    arrived = db.session.scalars(select(Delivery.id).where(Delivery.offer_id == offer.id).limit(1)).first()
    if decision == "refused" and arrived is not None:
        raise Refused(N_("Un arrivage répond déjà à cette proposition : elle reste acceptée."), code="arrived")
    offer.decision = decision
    offer.decided_at = acting.now
    offer.decision_reason = reason.strip()
    db.session.flush()
    return offer


def open_delivery(
    donor: Organisation,
    *,
    acting: Acting,
    site_id: int,
    arrived_on: date,
    entered_as: str = "donation",
    legal_origin: str = "",
    signatory: str = "",
    collector: str = "",
    reservations: str = "",
    offer: Offer | None = None,
) -> Delivery:
    """Open a delivery; the day may be past. Without a legal origin, the donor's kind tells it.

    Raises Refused for a day to come, and for an offer refused or made by somebody else.
    """
    acting.require(*INTAKE)
    if offer is not None:
        _answer_offer(offer, donor, acting)
    delivery = Delivery(
        association_id=acting.association_id,
        number=next_number("ARR", acting=acting),
        donor_id=donor.id,
        offer_id=offer.id if offer else None,
        site_id=site_id,
        arrived_at=instant_of(arrived_on, acting=acting),
        entered_as=entered_as,
        legal_origin=_origin(legal_origin, donor),
        signatory=signatory.strip(),
        collector=collector.strip(),
        reservations=reservations.strip(),
        received_by=acting.member_id,
    )
    db.session.add(delivery)
    db.session.flush()
    return delivery


def _origin(legal_origin: str, donor: Organisation) -> str:
    if legal_origin and legal_origin not in LEGAL_ORIGINS:
        raise Refused(N_("Choisissez l'origine légale dans la liste."), code="legal_origin")
    return legal_origin or ORIGIN_OF_DONOR[donor.kind]


def _answer_offer(offer: Offer, donor: Organisation, acting: Acting) -> None:
    if offer.donor_id != donor.id:
        raise Refused(N_("Cette proposition vient d'un autre donateur. Corrigez l'un ou l'autre."), code="other_donor")
    if offer.decision == "refused":
        raise Refused(N_("Cette proposition a été refusée. Faites-la d'abord accepter."), code="refused_offer")
    if offer.decision == "open":
        offer.decision, offer.decided_at = "accepted", acting.now


def correct_delivery(
    delivery: Delivery,
    *,
    acting: Acting,
    arrived_on: date,
    site_id: int,
    entered_as: str,
    legal_origin: str,
    signatory: str,
    collector: str,
    reservations: str,
) -> Delivery:
    """Correct what was written of an open delivery.

    Once devices came with it, their day and the law they bear are theirs: date, kind of entry and legal origin stay.
    """
    acting.require(*INTAKE)
    refuse_closed(delivery)
    arrived_at = delivery.arrived_at
    if arrived_on != arrived_at.astimezone(acting.zone).date():
        arrived_at = instant_of(arrived_on, acting=acting)
    legal_origin = _origin(legal_origin, delivery.donor)
    fixed = (delivery.arrived_at, delivery.entered_as, delivery.legal_origin)
    if (arrived_at, entered_as, legal_origin) != fixed and count_received(delivery):
        raise Refused(
            N_("Des appareils sont déjà reçus : la date, l'entrée et l'origine légale ne changent plus."),
            code="devices_received",
        )
    delivery.arrived_at, delivery.entered_as, delivery.legal_origin = arrived_at, entered_as, legal_origin
    delivery.site_id = site_id
    delivery.signatory, delivery.collector = signatory.strip(), collector.strip()
    delivery.reservations = reservations.strip()
    db.session.flush()
    return delivery


def refuse_closed(delivery: Delivery) -> None:
    """Raise Refused when the delivery is closed."""
    if delivery.closed_at is not None:
        raise Refused(
            N_("L'arrivage %(number)s est clos. Rouvrez-le pour y ajouter quelque chose."),
            code="closed",
            number=delivery.number,
        )


def refuse_empty(delivery: Delivery) -> None:
    """Raise Refused when nothing was received nor counted in a delivery: there is nothing to write on a slip."""
    if not delivery.sorting and not count_received(delivery):
        raise Refused(
            N_("Rien n'est encore reçu ni compté dans l'arrivage %(number)s. Commencez par là."),
            code="empty",
            number=delivery.number,
        )


def close_delivery(delivery: Delivery, *, acting: Acting) -> None:
    """Say that everything of this delivery is recorded; does nothing when it is said already."""
    acting.require(*STOCK)
    delivery.closed_at = delivery.closed_at or acting.now
    db.session.flush()


def reopen_delivery(delivery: Delivery, *, acting: Acting) -> None:
    """Open a closed delivery again."""
    acting.require(*STOCK)
    delivery.closed_at = None
    db.session.flush()


@dataclass(frozen=True)
class Sorted:
    """One line counted at the door; weight in grams, for all of the line."""

    category: str
    outcome: str
    count: int
    weight_grams: int | None = None


def sort_delivery(delivery: Delivery, lines: Sequence[Sorted], *, acting: Acting) -> None:
    """Replace the sorting of an open delivery by these lines.

    Raises Refused for a line twice, a count out of bounds, a category or an outcome that does not exist.
    """
    acting.require(*INTAKE)
    refuse_closed(delivery)
    if len({(line.category, line.outcome) for line in lines}) != len(lines):
        raise Refused(N_("Deux lignes ont la même catégorie et le même tri. Réunissez-les."), code="line_twice")
    for line in lines:
        _refuse_counts({line.category: line.count})
        if line.outcome not in OUTCOMES:
            raise Refused(N_("Choisissez ce que deviennent les appareils de la ligne."), code="outcome")
    db.session.execute(delete(SortingLine).where(SortingLine.delivery_id == delivery.id))
    db.session.add_all(
        SortingLine(
            association_id=acting.association_id,
            delivery_id=delivery.id,
            category=line.category,
            outcome=line.outcome,
            count=line.count,
            weight_grams=line.weight_grams,
            recorded_at=acting.now,
            recorded_by=acting.member_id,
        )
        for line in lines
    )
    db.session.flush()
    db.session.expire(delivery, ["sorting"])


def attach(delivery: Delivery, device_id: int, *, acting: Acting, received_at: datetime) -> Arrival:
    """Write that a device came with a delivery."""
    arrival = Arrival(
        association_id=acting.association_id, delivery_id=delivery.id, device_id=device_id, received_at=received_at
    )
    db.session.add(arrival)
    db.session.flush()
    return arrival
