"""Devices received one scan after the other: what a code means here, and what comes of it.

The scan's row is written first: the same scan sent again, by a tired finger or a network that came back, answers the
same and changes nothing.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from reemploi.errors import NotFound, Refused
from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.ground.columns import upsert
from reemploi.ground.models import IssuedTag
from reemploi.intake.actions import attach, refuse_closed
from reemploi.intake.models import Arrival, Delivery, ReceivedScan
from reemploi.intake.queries import known_by_serial
from reemploi.intake.rules import SCANS
from reemploi.journey.actions import enter_device, may_hold_data, move, settle
from reemploi.journey.identity import is_placeholder, is_usable_serial, maker_name
from reemploi.journey.models import Device, DeviceAlias
from reemploi.journey.queries import devices_named
from reemploi.journey.rules import CATEGORIES, CHARGERS
from reemploi.journey.scan import FAMILIES, Kind, Reading, read_scan
from reemploi.roles import INTAKE
from reemploi.sentences import N_

LONGEST_READ = 120


@dataclass(frozen=True)
class Kept:
    """What stays the same from one machine to the next; weight in grams.

    `layout`: the keyboard through which the person said the scanner types.
    """

    category: str
    charger: str
    maker: str = ""
    model: str = ""
    weight_grams: int | None = None
    layout: str = ""


@dataclass(frozen=True)
class Meant:
    """What a code means here: an outcome already clear, or the devices it names, or the serial of a new one."""

    outcome: str = ""
    devices: tuple[Device, ...] = ()
    by_tag: bool = False
    serial: str = ""
    maker: str = ""
    model: str = ""


def receive(delivery: Delivery, text: str, *, acting: Acting, scan_id: str, kept: Kept) -> ReceivedScan:
    """Receive the device a code names or announces; an empty text is a device without a serial.

    The outcome is in the row, one of `rules.SCANS`; those that need a person stay open. Raises Refused when the
    delivery is closed.
    """
    acting.require(*INTAKE)
    _refuse_unknown_codes(kept)
    scan, is_new = _write_first(delivery, text, acting, scan_id, kept)
    if not is_new:
        return scan
    refuse_closed(delivery)
    outcome, device = _carry_out(delivery, meaning(text, kept), kept, acting, text)
    return _close(scan, outcome, device, acting)


def _refuse_unknown_codes(kept: Kept) -> None:
    if kept.category not in CATEGORIES or kept.charger not in CHARGERS:
        raise Refused(N_("Choisissez la catégorie et le chargeur."), code="kept")


def _write_first(delivery: Delivery, text: str, acting: Acting, scan_id: str, kept: Kept) -> tuple[ReceivedScan, bool]:
    written = db.session.scalar(
        upsert(db.session(), ReceivedScan)
        .values(
            association_id=acting.association_id,
            scan_id=scan_id,
            delivery_id=delivery.id,
            read=text[:LONGEST_READ],
            outcome="received",
            kept=asdict(kept),
            recorded_at=acting.now,
            recorded_by=acting.member_id,
        )
        .on_conflict_do_nothing(index_elements=["association_id", "scan_id"])
        .returning(ReceivedScan.id)
    )
    row = db.session.scalars(select(ReceivedScan).where(ReceivedScan.scan_id == scan_id)).one()
    return row, written is not None


def _close(scan: ReceivedScan, outcome: str, device: Device | None, acting: Acting) -> ReceivedScan:
    scan.outcome = outcome
    scan.device_id = device.id if device else None
    scan.settled_at = None if SCANS[outcome].choices else acting.now
    db.session.flush()
    db.session.expire(scan, ["device"])
    return scan


def meaning(text: str, kept: Kept) -> Meant:
    """What a code means in this stock: a tag first, then a device with that serial, then the serial of a new one."""
    if not text.strip():
        return Meant(outcome="without_serial")
    readings = read_scan(text)
    return _as_tag(text, readings) or _as_serial(text, readings, kept)


def _as_tag(text: str, readings: Sequence[Reading]) -> Meant | None:
    for reading in readings:
        if reading.kind is Kind.LINK:
            return Meant(outcome="link")
        if reading.kind in FAMILIES.values() and _was_issued(reading.value):
            if reading.kind is not Kind.DEVICE:
                return Meant(outcome="not_a_device")
            found = tuple(devices_named(reading.value))
            return Meant(devices=found, by_tag=True) if found else Meant(outcome="unknown_tag")
    alias = db.session.scalars(
        select(Device)
        .join(DeviceAlias, DeviceAlias.device_id == Device.id)
        .where(DeviceAlias.code == text.strip().upper())
    ).first()
    return Meant(devices=(alias,), by_tag=True) if alias else None


def _was_issued(tag: str) -> bool:
    return db.session.get(IssuedTag, tag) is not None


def _as_serial(text: str, readings: Sequence[Reading], kept: Kept) -> Meant:
    serials = [reading for reading in readings if reading.kind in (Kind.IMEI, Kind.SERIAL)]
    plain = [reading for reading in serials if not reading.repaired or reading.kind is Kind.IMEI]
    if (len(text.strip()) > 1 and is_placeholder(text)) or (plain and not is_usable_serial(plain[0].value)):
        return Meant(outcome="nameless")
    if any(reading.kind is Kind.LAST_FOUR for reading in readings) and (ends := devices_named(text.strip())):
        return Meant(outcome="several", devices=tuple(ends))
    for candidates in (plain, serials):
        if found := known_by_serial([reading.value for reading in candidates]):
            return Meant(devices=tuple(found))
    if plain:
        return _new(_most_likely(plain, kept))
    if kept.layout and (through := [reading for reading in serials if reading.layout == kept.layout]):
        return _new(through[0])
    if serials:
        return Meant(outcome="mangled")
    return Meant(outcome="product" if any(one.kind is Kind.PRODUCT for one in readings) else "unreadable")


def _most_likely(plain: Sequence[Reading], kept: Kept) -> Reading:
    """A format two makers may share counts only when the machine is of that maker."""
    if kept.maker and (same := [one for one in plain if one.maker and one.maker == maker_name(kept.maker)]):
        return same[0]
    return plain[0]


def _new(reading: Reading) -> Meant:
    return Meant(serial=reading.value, maker=reading.maker, model=reading.model)


def _carry_out(delivery: Delivery, meant: Meant, kept: Kept, acting: Acting, text: str) -> tuple[str, Device | None]:
    if meant.outcome in ("without_serial", "nameless"):
        return meant.outcome, _enter(delivery, Meant(), kept, acting)
    if meant.outcome or len(meant.devices) > 1:
        return meant.outcome or "several", meant.devices[0] if len(meant.devices) == 1 else None
    if not meant.devices:
        return "received", _enter(delivery, meant, kept, acting)
    return _meet(delivery, meant.devices[0], acting, sure=meant.by_tag)


def _enter(delivery: Delivery, meant: Meant, kept: Kept, acting: Acting) -> Device:
    same_maker = not meant.maker or meant.maker == maker_name(kept.maker)
    when = _when(delivery, acting)
    device = enter_device(
        acting=acting,
        category=kept.category,
        entered_as=delivery.entered_as,
        legal_origin=delivery.legal_origin,
        charger=kept.charger,
        serial=meant.serial,
        maker=meant.maker or maker_name(kept.maker) or "",
        model=meant.model or (kept.model if same_maker else ""),
        weight_grams=kept.weight_grams,
        happened_at=when,
        facts={"delivery": delivery.number},
    )
    return _arrived(delivery, device, acting, when)


def _arrived(delivery: Delivery, device: Device, acting: Acting, when: datetime) -> Device:
    attach(delivery, device.id, acting=acting, received_at=when)
    return settle(device, acting=acting) if may_hold_data(device) else device


def _when(delivery: Delivery, acting: Acting) -> datetime:
    """Now during the day of the arrival; for a paper typed later, the day it says."""
    same_day = delivery.arrived_at.astimezone(acting.zone).date() == acting.now.astimezone(acting.zone).date()
    return acting.now if same_day else delivery.arrived_at


def _meet(delivery: Delivery, device: Device, acting: Acting, *, sure: bool) -> tuple[str, Device]:
    """A device we know is at the door; `sure` when its own label says so."""
    here = select(Arrival.id).where(Arrival.delivery_id == delivery.id, Arrival.device_id == device.id)
    if db.session.scalar(here) is not None:
        return "already", device
    if device.status == "lost":
        return "lost", device
    if device.state.in_hands:
        return "in_hands", device
    if device.state.in_stock:
        return "in_house", device
    if device.status != "announced" and not sure:
        return "ended", device
    return _take(delivery, device, acting)


def _take(delivery: Delivery, device: Device, acting: Acting) -> tuple[str, Device]:
    when = _when(delivery, acting)
    if when < device.moved_at:
        return "too_early", device
    name, outcome = ("receive", "announced") if device.status == "announced" else ("re_enter", "again")
    (device,) = move([device], name, acting=acting, happened_at=when, facts={"delivery": delivery.number})
    return outcome, _arrived(delivery, device, acting, when)


def settle_scan(delivery: Delivery, scan: ReceivedScan, choice: str, *, acting: Acting) -> ReceivedScan:
    """A person decides an open scan: one of the choices its outcome offers.

    Raises Refused when the choice is not offered, or the row is settled already by somebody else.
    """
    acting.require(*INTAKE)
    if scan.settled_at is not None:
        raise Refused(N_("Cette ligne est déjà réglée."), code="settled")
    if choice not in SCANS[scan.outcome].choices:
        raise Refused(N_("Ce choix n'est pas proposé pour cette ligne."), code="choice")
    if choice == "seen":
        scan.settled_at = acting.now
        db.session.flush()
        return scan
    refuse_closed(delivery)
    kept = Kept(**scan.kept)
    if choice == "again":
        if scan.device is None:
            raise NotFound(N_("Cet appareil n'existe pas ici. Vérifiez le numéro."), code="unknown_device")
        outcome, device = _take(delivery, scan.device, acting)
        return _close(scan, outcome, device, acting)
    reading = _serial_of(scan.read, through=choice == "as_read")
    return _close(scan, "received", _enter(delivery, _new(reading), kept, acting), acting)


def mangled_reading(text: str) -> Reading | None:
    """The serial that a text typed through another keyboard most likely meant."""
    return next((one for one in read_scan(text) if one.kind is Kind.SERIAL and one.repaired), None)


def _serial_of(text: str, *, through: bool) -> Reading:
    readings = [one for one in read_scan(text) if one.kind in (Kind.IMEI, Kind.SERIAL) and one.repaired == through]
    if not readings:
        raise Refused(N_("Ce code ne contient pas de numéro de série. Scannez celui du fabricant."), code="no_serial")
    return readings[0]


def answer_params(scan: ReceivedScan) -> dict[str, Any]:
    """What the sentence of a scan's outcome names: the device's status, the serial as it was understood."""
    reading = mangled_reading(scan.read) if scan.outcome == "mangled" else None
    return {
        "status": scan.device.state.label if scan.device else "",
        "serial": reading.value if reading else scan.read,
    }
