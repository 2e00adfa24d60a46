"""Facts about a device that the guards read: each writer is one action, each leaves one journal row."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from reemploi.errors import Refused
from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.journey.actions import lock, refuse_future, refuse_known_identity, settle
from reemploi.journey.identity import identity_of, serial_key
from reemploi.journey.journal import record
from reemploi.journey.models import Device, StorageMedium
from reemploi.journey.rules import STATUSES
from reemploi.sentences import N_

DESCRIPTION = ("category", "maker", "model", "serial", "processor", "memory_bytes", "weight_grams", "charger")


def describe(device: Device, *, acting: Acting, board_serial: str = "", source: str = "typed", **known: Any) -> Device:
    """Complete what is known of a device; only what changes is recorded, nothing happens when nothing does.

    Raises Refused when the serial is that of another device.
    """
    (device,) = lock([device.id])
    changed = {
        name: value for name, value in known.items() if name in DESCRIPTION and value and value != getattr(device, name)
    }
    identity = identity_of(
        str(changed.get("maker", device.maker)), str(changed.get("serial", device.serial)), board_serial
    )
    if not changed and identity == device.identity:
        return device
    refuse_known_identity(identity, except_id=device.id)
    for name, value in changed.items():
        setattr(device, name, value)
    device.serial_folded = serial_key(device.serial)
    device.identity = identity or device.identity
    record(device, "described", acting=acting, facts={"fields": sorted(changed), "source": source})
    return device


def see_medium(
    device: Device,
    *,
    acting: Acting,
    kind: str,
    bus: str = "",
    model: str = "",
    serial: str = "",
    size: int | None = None,
    source: str = "capture",
) -> StorageMedium:
    """A storage medium seen in a device; one unknown so far, or back from elsewhere, blocks the device again.

    `size` in bytes. The same medium seen twice is one row: by its serial, else by model and size in this device.
    """
    (device,) = lock([device.id])
    folded = serial_key(serial)
    medium = _known_medium(device, folded, model, size)
    if medium is not None and medium.device_id == device.id and medium.ended_at is None:
        return medium
    if medium is None:
        medium = StorageMedium(
            association_id=device.association_id,
            kind=kind,
            bus=bus,
            model=model,
            serial=serial,
            serial_folded=folded,
            bytes=size,
            seen_at=acting.now,
        )
        db.session.add(medium)
    else:
        medium.seen_at = acting.now
        medium.ended_at = medium.ended_how = None
    medium.device_id = device.id
    db.session.flush()
    record(device, "medium_seen", acting=acting, facts={"medium": medium.id, "name": medium.name, "source": source})
    _settle_afresh(device, acting)
    return medium


def _known_medium(device: Device, folded: str | None, model: str, size: int | None) -> StorageMedium | None:
    if folded:
        return db.session.scalars(select(StorageMedium).where(StorageMedium.serial_folded == folded)).first()
    return db.session.scalars(
        select(StorageMedium).where(
            StorageMedium.device_id == device.id,
            StorageMedium.serial_folded.is_(None),
            StorageMedium.model == model,
            or_(StorageMedium.bytes == size, StorageMedium.bytes.is_(None)),
        )
    ).first()


def clear_medium(
    medium: StorageMedium, *, acting: Acting, cleared_at: datetime, evidence_id: int, level: str, method: str
) -> None:
    """An erasure of this medium was accepted; the device moves on when it was the last one waiting."""
    (device,) = lock([_device_of(medium)])
    refuse_future(cleared_at, acting=acting)
    if medium.cleared_at is None or cleared_at > medium.cleared_at:
        medium.cleared_at = cleared_at
    facts = {"medium": medium.id, "name": medium.name, "evidence": evidence_id, "level": level, "method": method}
    record(device, "medium_cleared", acting=acting, happened_at=cleared_at, facts=facts)
    _settle_afresh(device, acting)


def end_medium(medium: StorageMedium, how: str, *, acting: Acting, happened_at: datetime, evidence_id: int) -> None:
    """A medium was removed or destroyed ('removed', 'destroyed'): it blocks its device no more."""
    (device,) = lock([_device_of(medium)])
    refuse_future(happened_at, acting=acting)
    if medium.ended_at is not None:
        raise Refused(N_("Ce support a déjà sa fin enregistrée."), code="medium_ended")
    medium.ended_at, medium.ended_how = happened_at, how
    facts = {"medium": medium.id, "name": medium.name, "evidence": evidence_id}
    record(device, f"medium_{how}", acting=acting, happened_at=happened_at, facts=facts)
    _settle_afresh(device, acting)


def _device_of(medium: StorageMedium) -> int:
    if medium.device_id is None:
        raise Refused(N_("Ce support n'est rattaché à aucun appareil."), code="loose_medium")
    return medium.device_id


def declare_no_storage(device: Device, *, acting: Acting) -> Device:
    """A named person checked that the device has no storage medium; refused while one is known."""
    (device,) = lock([device.id])
    if any(medium.ended_at is None for medium in device.media):
        raise Refused(
            N_("Un support est connu dans cet appareil. Enregistrez d'abord son retrait ou son effacement."),
            code="medium_known",
        )
    device.no_storage_at, device.no_storage_by = acting.now, acting.member_id
    record(device, "no_storage", acting=acting, facts={"checked_by": acting.member_id})
    return settle(device, acting=acting)


def confirm_locks_off(device: Device, *, acting: Acting, checks: Mapping[str, str]) -> Device:
    """Account locks off, factory reset seen, SIM and card out (phones and tablets); `checks` are codes by line."""
    return _write_fact(device, "locks_off", acting, dict(checks), locks_off_at=acting.now, then_settle=True)


def give_grade(device: Device, grade: str, *, acting: Acting) -> Device:
    """Cosmetic grade A to D, given once the checklist is complete."""
    return _write_fact(device, "graded", acting, {"grade": grade}, grade=grade, graded_at=acting.now)


def install_system(
    device: Device, *, acting: Acting, name: str, version: str, language: str, happened_at: datetime
) -> Device:
    """A system was installed: name, version, language, when; who is the one acting."""
    refuse_future(happened_at, acting=acting)
    facts = {"name": name, "version": version, "language": language}
    return _write_fact(
        device,
        "system_installed",
        acting,
        facts,
        happened_at=happened_at,
        system=f"{name} {version} ({language})".replace("  ", " "),
        system_installed_at=happened_at,
    )


def set_safety_stop(device: Device, stopped: bool, *, acting: Acting) -> Device:
    """Stop a dangerous device (swollen battery), or lift the stop."""
    return _write_fact(device, "safety_stop" if stopped else "safety_lifted", acting, {}, safety_stop=stopped)


def _write_fact(
    device: Device,
    kind: str,
    acting: Acting,
    facts: dict[str, Any],
    *,
    happened_at: datetime | None = None,
    then_settle: bool = False,
    **columns: Any,
) -> Device:
    (device,) = lock([device.id])
    if STATUSES[device.status].ended or STATUSES[device.status].in_hands:
        raise Refused(
            N_("L'appareil n'est plus à l'atelier (%(status)s). Reprenez-le d'abord."),
            code="not_here",
            status=STATUSES[device.status].label,
        )
    for name, value in columns.items():
        setattr(device, name, value)
    record(device, kind, acting=acting, happened_at=happened_at, facts=facts)
    return settle(device, acting=acting) if then_settle else device


def _settle_afresh(device: Device, acting: Acting) -> None:
    db.session.expire(device, ["media"])
    settle(device, acting=acting)
