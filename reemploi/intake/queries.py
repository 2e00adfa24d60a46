"""Questions about offers, deliveries, and the devices that came with them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, exists, func, select
from sqlalchemy.orm import joinedload, selectinload

from reemploi.errors import NotFound
from reemploi.extensions import db
from reemploi.intake.models import Arrival, Delivery, Offer, OfferLine, ReceivedScan, SortingLine
from reemploi.journey.identity import serial_key
from reemploi.journey.models import Device, Event
from reemploi.people.models import Organisation, Site
from reemploi.sentences import N_

MOST_OPEN = 50
MOST_SUGGESTED = 40
RUN_TAIL = 3
SHORTEST_RUN = 4


def delivery_by_address(address: str, *, to_change: bool = False) -> Delivery:
    """The delivery with this address, locked when it is about to change; raises NotFound."""
    wanted = select(Delivery).where(Delivery.address == address)
    if to_change:
        wanted = wanted.with_for_update(of=Delivery).execution_options(populate_existing=True)
    delivery = db.session.scalars(wanted).first()
    if delivery is None:
        raise NotFound(N_("Cet arrivage n'existe pas ici. Vérifiez son numéro."), code="unknown_delivery")
    return delivery


def offer_by_address(address: str) -> Offer:
    """The offer with this address and its lines; raises NotFound."""
    offer = db.session.scalars(select(Offer).where(Offer.address == address).options(selectinload(Offer.lines))).first()
    if offer is None:
        raise NotFound(N_("Cette proposition n'existe pas ici. Vérifiez son numéro."), code="unknown_offer")
    return offer


def donor_by_address(address: str) -> Organisation:
    """The donor with this address; raises NotFound."""
    donor = db.session.scalars(
        select(Organisation).where(Organisation.address == address, Organisation.is_donor.is_(True))
    ).first()
    if donor is None:
        raise NotFound(N_("Ce donateur n'existe pas ici. Choisissez-le dans la liste."), code="unknown_donor")
    return donor


def site_by_address(address: str) -> Site:
    """The open site with this address; raises NotFound."""
    site = db.session.scalars(select(Site).where(Site.address == address, Site.archived.is_(False))).first()
    if site is None:
        raise NotFound(N_("Ce site n'existe pas ici. Choisissez-le dans la liste."), code="unknown_site")
    return site


def site_of(delivery: Delivery) -> Site:
    """Where a delivery arrived."""
    return db.session.get_one(Site, delivery.site_id)


def offer_of(delivery: Delivery) -> Offer | None:
    """The offer a delivery answers, with its lines."""
    if delivery.offer_id is None:
        return None
    return db.session.get_one(Offer, delivery.offer_id, options=[selectinload(Offer.lines)])


@dataclass(frozen=True)
class Progress:
    """How far a delivery has come, in devices: announced by the donor, sorted, received, erased, made available."""

    announced: int
    sorted: int
    kept: int
    received: int
    erased: int
    available: int


def progress(delivery: Delivery) -> Progress:
    """The delivery's counts. Erased and available: reached at least once since this arrival, whatever came after."""
    received, erased, available = db.session.execute(
        select(func.count(), _reached("wiped"), _reached("available"))
        .select_from(Arrival)
        .where(Arrival.delivery_id == delivery.id)
    ).one()
    total, kept = db.session.execute(
        select(
            func.coalesce(func.sum(SortingLine.count), 0),
            func.coalesce(func.sum(case((SortingLine.outcome == "kept", SortingLine.count), else_=0)), 0),
        ).where(SortingLine.delivery_id == delivery.id)
    ).one()
    announced = count_announced(delivery)
    return Progress(announced, int(total), int(kept), int(received), int(erased), int(available))


def _reached(status: str) -> ColumnElement[int]:
    reached = exists().where(
        Event.device_id == Arrival.device_id, Event.to_status == status, Event.happened_at >= Arrival.received_at
    )
    return func.coalesce(func.sum(case((reached, 1), else_=0)), 0)


def devices_of(delivery: Delivery) -> list[Device]:
    """All devices that came with a delivery, in the order of their reception."""
    return list(
        db.session.scalars(
            select(Device)
            .join(Arrival, Arrival.device_id == Device.id)
            .where(Arrival.delivery_id == delivery.id)
            .order_by(Arrival.id)
        )
    )


def count_received(delivery: Delivery) -> int:
    """How many devices came with a delivery."""
    return int(db.session.scalar(select(func.count()).where(Arrival.delivery_id == delivery.id)) or 0)


def count_announced(delivery: Delivery) -> int:
    """How many devices the donor had announced in the offer this delivery answers."""
    announced = db.session.scalar(select(func.sum(OfferLine.count)).where(OfferLine.offer_id == delivery.offer_id))
    return int(announced or 0)


def received_by_category(delivery: Delivery) -> dict[str, tuple[int, int]]:
    """For each category, how many devices came and their known weight in grams."""
    rows = db.session.execute(
        select(Device.category, func.count(), func.sum(Device.weight_grams))
        .join(Arrival, Arrival.device_id == Device.id)
        .where(Arrival.delivery_id == delivery.id)
        .group_by(Device.category)
    )
    return {category: (int(count), int(weight or 0)) for category, count, weight in rows}


def last_arrival(delivery: Delivery) -> Arrival | None:
    """The device received last, to keep its category, charger and model for the next."""
    return db.session.scalars(
        select(Arrival)
        .where(Arrival.delivery_id == delivery.id)
        .options(joinedload(Arrival.device))
        .order_by(Arrival.id.desc())
        .limit(1)
    ).first()


def scan_by_id(delivery: Delivery, scan_id: str) -> ReceivedScan | None:
    """One scan of a delivery, with its device."""
    return db.session.scalars(
        select(ReceivedScan)
        .where(ReceivedScan.scan_id == scan_id, ReceivedScan.delivery_id == delivery.id)
        .options(joinedload(ReceivedScan.device))
    ).first()


def scan_asked(delivery: Delivery, scan_id: str) -> ReceivedScan:
    """One scan of a delivery; raises NotFound."""
    scan = scan_by_id(delivery, scan_id)
    if scan is None:
        raise NotFound(N_("Cette ligne n'existe pas dans cet arrivage."), code="unknown_scan")
    return scan


def open_scans(delivery: Delivery) -> list[ReceivedScan]:
    """The scans that wait for a person, oldest first."""
    return list(
        db.session.scalars(
            select(ReceivedScan)
            .where(ReceivedScan.delivery_id == delivery.id, ReceivedScan.settled_at.is_(None))
            .options(joinedload(ReceivedScan.device))
            .order_by(ReceivedScan.id)
            .limit(MOST_OPEN)
        )
    )


@dataclass(frozen=True)
class Description:
    """What identical machines share: never a serial."""

    category: str
    maker: str
    model: str


def same_run(device: Device) -> Description | None:
    """What is known of machines whose serial differs in the last three signs only, when they all agree."""
    folded = device.serial_folded or ""
    start = folded[:-RUN_TAIL]
    if len(start) < SHORTEST_RUN:
        return None
    rows = db.session.execute(
        select(Device.category, Device.maker, Device.model)
        .where(
            Device.serial_folded.between(start, start + "Z" * (RUN_TAIL + 1)),
            Device.serial_folded.startswith(start, autoescape=True),
            func.length(Device.serial_folded) == len(folded),
            Device.id != device.id,
            Device.model != "",
        )
        .distinct()
        .limit(2)
    ).all()
    return Description(*rows[0]) if len(rows) == 1 else None


def known_models() -> list[tuple[str, str]]:
    """The makers and models most met lately, to complete what is being typed."""
    recent = (
        select(Device.maker, Device.model).where(Device.model != "").order_by(Device.id.desc()).limit(500).subquery()
    )
    rows = db.session.execute(
        select(recent.c.maker, recent.c.model)
        .group_by(recent.c.maker, recent.c.model)
        .order_by(func.count().desc(), recent.c.maker, recent.c.model)
        .limit(MOST_SUGGESTED)
    )
    return [(maker, model) for maker, model in rows]


def known_by_serial(values: Sequence[str]) -> list[Device]:
    """The devices that bear one of these serials."""
    folded = {key for value in values if (key := serial_key(value))}
    return list(db.session.scalars(select(Device).where(Device.serial_folded.in_(folded)).order_by(Device.id).limit(5)))


def offers(state: str) -> list[Offer]:
    """The offers in a state of decision, the newest first, at most a hundred."""
    return list(
        db.session.scalars(
            select(Offer)
            .where(Offer.decision == state)
            .options(selectinload(Offer.lines))
            .order_by(Offer.offered_at.desc(), Offer.id.desc())
            .limit(100)
        )
    )


def deliveries_of_offer(offer: Offer) -> list[Delivery]:
    """The deliveries that answered an offer, oldest first."""
    return list(
        db.session.scalars(
            select(Delivery).where(Delivery.offer_id == offer.id).order_by(Delivery.arrived_at, Delivery.id)
        )
    )


def counted_for_offer(offer: Offer) -> dict[str, int]:
    """For each category, what arrived for an offer: as sorted where it was sorted, else the devices received."""
    deliveries = select(Delivery.id).where(Delivery.offer_id == offer.id)
    sorted_ = db.session.execute(
        select(SortingLine.delivery_id, SortingLine.category, func.sum(SortingLine.count))
        .where(SortingLine.delivery_id.in_(deliveries))
        .group_by(SortingLine.delivery_id, SortingLine.category)
    )
    received = db.session.execute(
        select(Arrival.delivery_id, Device.category, func.count())
        .join(Device, Device.id == Arrival.device_id)
        .where(Arrival.delivery_id.in_(deliveries))
        .group_by(Arrival.delivery_id, Device.category)
    )
    by_delivery = {(delivery, category): int(count) for delivery, category, count in received}
    by_delivery |= {(delivery, category): int(count) for delivery, category, count in sorted_}
    counted: dict[str, int] = {}
    for (_delivery, category), count in by_delivery.items():
        counted[category] = counted.get(category, 0) + count
    return counted
