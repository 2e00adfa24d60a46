"""What a certificate of erasure may say of a lot: a delivery's devices, or one device; medium by medium.

For a delivery the donor's data is what counts: the first accepted erasure after the device came, whatever happened
later. For one device, the newest one since it was last in hands.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from reemploi.bench.models import Capture
from reemploi.extensions import db
from reemploi.ground.numbering import in_groups
from reemploi.intake.models import Arrival, Delivery
from reemploi.journey.models import Device, Event, StorageMedium
from reemploi.journey.rules import HOLDS_DATA, LOCKABLE, MAY_HOLD_DATA
from reemploi.sentences import N_, Sentence, sentence
from reemploi.wiping.models import LockCheck, WipeEvidence


@dataclass(frozen=True)
class Stay:
    """A device of the lot, from its coming to its coming back with a later delivery, if it did."""

    device: Device
    since: datetime
    until: datetime | None = None

    def holds(self, moment: datetime | None) -> bool:
        """Whether an instant lies in this stay."""
        return moment is not None and moment > self.since and (self.until is None or moment <= self.until)


@dataclass(frozen=True)
class Proved:
    """One medium of the lot with the evidence that ended its data; both None for a device shown to have no medium."""

    device: Device
    medium: StorageMedium | None = None
    evidence: WipeEvidence | None = None
    locks: LockCheck | None = None
    still_holds: bool = False

    @property
    def is_phone(self) -> bool:
        """Whether it is told among the phones: the inner memory of a phone or tablet, reset."""
        return (
            self.device.category in LOCKABLE
            and self.medium is not None
            and self.medium.kind == "internal"
            and self.evidence is not None
            and self.evidence.result == "erased"
        )


@dataclass
class Lot:
    """What is proved, and what is missing, in sentences."""

    proved: list[Proved] = field(default_factory=list)
    missing: list[Sentence] = field(default_factory=list)


def lot_of_delivery(delivery: Delivery) -> Lot:
    """The lot that came with a delivery."""
    rows = db.session.execute(
        select(Arrival, Device)
        .join(Device, Device.id == Arrival.device_id)
        .where(Arrival.delivery_id == delivery.id)
        .order_by(Device.tag)
    ).all()
    ids = [device.id for _arrival, device in rows]
    later = db.session.execute(
        select(Arrival.device_id, Arrival.id, Arrival.received_at)
        .where(Arrival.device_id.in_(ids))
        .order_by(Arrival.id)
    ).all()
    stays = [
        Stay(
            device,
            arrival.received_at,
            next((at for owner, number, at in later if owner == device.id and number > arrival.id), None),
        )
        for arrival, device in rows
    ]
    return _lot(stays, newest=False)


def lot_of_device(device: Device) -> Lot:
    """One device as it is now."""
    return _lot([Stay(device, device.in_hands_at)], newest=True)


def _lot(stays: Sequence[Stay], *, newest: bool) -> Lot:
    holding = [stay for stay in stays if stay.device.category in HOLDS_DATA | MAY_HOLD_DATA]
    media = _media_of(holding)
    evidence = _evidence_of(one.id for of_device in media.values() for one in of_device)
    locks = _locks_of(holding)
    lot = Lot()
    for stay in holding:
        own = media[stay.device.id]
        if not own:
            _without_medium(lot, stay)
        for medium in own:
            shown = [row for row in evidence[medium.id] if stay.holds(row.ended_at)]
            _prove(lot, stay, medium, list(reversed(shown)) if newest else shown, locks)
    return lot


def _prove(
    lot: Lot, stay: Stay, medium: StorageMedium, shown: Sequence[WipeEvidence], locks: dict[int, LockCheck]
) -> None:
    """The evidence that counts: an erasure or a destruction before a mere removal, which leaves the data there."""
    ended = next((row for row in shown if row.result in ("erased", "destroyed")), None)
    best = ended or next(iter(shown), None)
    if best is None:
        lot.missing.append(
            sentence(N_("%(tag)s : %(medium)s sans effacement accepté."), tag=_tag(stay), medium=medium.name)
        )
        return
    lot.proved.append(Proved(stay.device, medium, best, locks.get(stay.device.id), still_holds=ended is None))


def _without_medium(lot: Lot, stay: Stay) -> None:
    device = stay.device
    if stay.holds(device.no_storage_at):
        lot.proved.append(Proved(device))
    elif device.declared_erased_at is not None:
        lot.missing.append(
            sentence(N_("%(tag)s : déclaré effacé avant la reprise, cela n'entre pas ici."), tag=_tag(stay))
        )
    else:
        lot.missing.append(sentence(N_("%(tag)s : aucun support connu, ni absence constatée."), tag=_tag(stay)))


def _tag(stay: Stay) -> str:
    return in_groups(stay.device.tag)


def _media_of(stays: Sequence[Stay]) -> dict[int, list[StorageMedium]]:
    """The media each device came with: those seen in it during its stay, but those that moved in from elsewhere."""
    ids = [stay.device.id for stay in stays]
    events = db.session.execute(
        select(Event.device_id, Event.recorded_at, Event.facts).where(
            Event.device_id.in_(ids), Event.kind == "medium_seen"
        )
    ).all()
    moved_in = _moved_in(ids)
    named: dict[int, set[int]] = defaultdict(set)
    windows = {stay.device.id: stay for stay in stays}
    for device_id, recorded_at, facts in events:
        stay = windows[device_id]
        if recorded_at >= stay.since and (stay.until is None or recorded_at <= stay.until):
            named[device_id].add(facts["medium"])
    current = db.session.scalars(select(StorageMedium).where(StorageMedium.device_id.in_(ids))).all()
    for medium in current:
        if windows[medium.device_id or 0].until is None:
            named[medium.device_id or 0].add(medium.id)
    wanted = {number for numbers in named.values() for number in numbers}
    rows = {row.id: row for row in db.session.scalars(select(StorageMedium).where(StorageMedium.id.in_(wanted)))}
    return {
        device_id: [rows[number] for number in sorted(named[device_id] - moved_in[device_id]) if number in rows]
        for device_id in ids
    }


def _moved_in(ids: Sequence[int]) -> dict[int, set[int]]:
    """Media that a capture found in a device although they came from another one."""
    found: dict[int, set[int]] = defaultdict(set)
    for device_id, facts in db.session.execute(
        select(Capture.device_id, Capture.facts).where(Capture.device_id.in_(ids))
    ):
        found[device_id] |= {one["medium"] for one in facts.get("media", ()) if one.get("came_from")}
    return found


def _evidence_of(media: Iterable[int]) -> dict[int, list[WipeEvidence]]:
    """Accepted evidence by medium, in the order in which the erasures ended."""
    found: dict[int, list[WipeEvidence]] = defaultdict(list)
    for row in db.session.scalars(
        select(WipeEvidence)
        .where(WipeEvidence.medium_id.in_(list(media)), WipeEvidence.accepted.is_(True))
        .order_by(WipeEvidence.ended_at, WipeEvidence.id)
    ):
        found[row.medium_id or 0].append(row)
    return found


def _locks_of(stays: Sequence[Stay]) -> dict[int, LockCheck]:
    """The newest control of locks during each stay."""
    windows = {stay.device.id: stay for stay in stays if stay.device.category in LOCKABLE}
    rows = db.session.scalars(select(LockCheck).where(LockCheck.device_id.in_(list(windows))).order_by(LockCheck.id))
    return {row.device_id: row for row in rows if windows[row.device_id].holds(row.checked_at)}
