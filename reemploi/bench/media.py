"""Storage media as captures find them: known ones completed, moved ones followed, never one counted twice."""

from dataclasses import dataclass, replace

from reemploi.bench.capture import Health, SeenMedium
from reemploi.bench.matching import medium_with_serial
from reemploi.errors import Refused
from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.ground.columns import Facts
from reemploi.ground.numbering import in_groups
from reemploi.journey.actions import lock, settle
from reemploi.journey.facts import see_medium
from reemploi.journey.identity import serial_key
from reemploi.journey.journal import record
from reemploi.journey.models import Device, StorageMedium
from reemploi.journey.rules import STATUSES
from reemploi.sentences import N_

KINDS = frozenset({"hdd", "ssd", "nvme", "emmc", "internal"})
LONGEST_SERIAL = 100
"""A longer text is no serial, whatever the tool says."""


@dataclass(frozen=True)
class Placed:
    """A medium of ours behind a seen one; `came_from` is the device it was in before, when it moved."""

    medium: StorageMedium
    seen: SeenMedium
    came_from: int | None = None

    @property
    def facts(self) -> Facts:
        """What the capture keeps of it."""
        return {
            "medium": self.medium.id,
            "name": self.medium.name,
            "came_from": self.came_from,
            "health": health_facts(self.seen.health),
        }


def health_facts(health: Health) -> Facts:
    """What a drive says of itself, without what it does not say."""
    return {name: value for name, value in vars(health).items() if value is not None}


def place_medium(device: Device, seen: SeenMedium, *, acting: Acting, source: str, sure: bool) -> Placed:
    """The row of a medium seen in a device.

    `sure`: the machine itself was recognised. A medium known in another device is then followed here; else it is
    refused, since two labels may have been exchanged. An erasure older than its last device's return, or of a device
    that is still out, does not follow it (promise 1).
    """
    if len(seen.serial or "") > LONGEST_SERIAL:
        seen = replace(seen, serial=None)
    known = medium_with_serial(seen.serial)
    came_from = None
    if known is not None and known.device_id not in (None, device.id):
        if not sure and known.ended_at is None:
            raise _known_elsewhere(known)
        came_from = known.device_id
        _leave(known, device, acting)
    if known is None and serial_key(seen.serial):
        _give_serial(device, seen)
    medium = see_medium(
        device,
        acting=acting,
        kind=kind_of(seen),
        bus=seen.bus or "",
        model=seen.model or "",
        serial=seen.serial or "",
        size=seen.bytes,
        source=source,
    )
    complete(medium, seen, acting=acting)
    if came_from is not None:
        _look_again(came_from, acting)
    return Placed(medium, seen, came_from)


def kind_of(seen: SeenMedium) -> str:
    """The kind as media have it."""
    return seen.kind if seen.kind in KINDS else "other"


def complete(medium: StorageMedium, seen: SeenMedium, *, acting: Acting) -> None:
    """Fill in what was unknown of a medium, or cut short (lshw cuts a model after sixteen signs); the rest stays."""
    before = (medium.model, medium.bytes, medium.bus, medium.kind)
    if (seen.model or "").startswith(medium.model):
        medium.model = seen.model or ""
    medium.bytes = medium.bytes or seen.bytes
    medium.bus = medium.bus or seen.bus or ""
    if medium.kind == "other":
        medium.kind = kind_of(seen)
    if (medium.model, medium.bytes, medium.bus, medium.kind) != before and medium.device_id is not None:
        (device,) = lock([medium.device_id])
        record(device, "described", acting=acting, facts={"fields": ["medium"], "medium": medium.id})


def _give_serial(device: Device, seen: SeenMedium) -> None:
    """A medium that one tool saw without its serial is the one another tool reads it from: one row, not two."""
    blank = next((medium for medium in device.media if _may_be(medium, seen)), None)
    if blank is not None:
        blank.serial = seen.serial or ""
        blank.serial_folded = serial_key(seen.serial)
        db.session.flush()


def _may_be(medium: StorageMedium, seen: SeenMedium) -> bool:
    """Whether this row without serial may be the medium seen; one that has evidence or an end keeps to itself."""
    return (
        medium.serial_folded is None
        and medium.cleared_at is None
        and medium.ended_at is None
        and medium.kind in (kind_of(seen), "other")
        and (not medium.model or not seen.model or medium.model == seen.model)
        and (medium.bytes is None or seen.bytes is None or medium.bytes == seen.bytes)
    )


def _leave(medium: StorageMedium, device: Device, acting: Acting) -> None:
    """The medium leaves the device it was known in; its erasure follows only if newer than that device's return."""
    owner = next(one for one in lock([medium.device_id or 0, device.id]) if one.id == medium.device_id)
    status = STATUSES[owner.status]
    is_out = medium.ended_at is None and (status.in_hands or status.ended)
    if medium.cleared_at is not None and (is_out or medium.cleared_at <= owner.in_hands_at):
        medium.cleared_at = None
    record(owner, "medium_left", acting=acting, facts={"medium": medium.id, "name": medium.name})


def _look_again(device_id: int, acting: Acting) -> None:
    """The device a medium left: without a medium known it is no longer shown to hold nothing."""
    (owner,) = lock([device_id])
    db.session.expire(owner, ["media"])
    settle(owner, acting=acting)


def _known_elsewhere(medium: StorageMedium) -> Refused:
    owner = db.session.get_one(Device, medium.device_id)
    return Refused(
        N_(
            "Étiquettes échangées ? Le disque %(name)s est connu dans %(tag)s. S'il a vraiment changé de machine, "
            "déclarez d'abord son retrait de %(tag)s."
        ),
        code="medium_elsewhere",
        name=medium.name,
        tag=in_groups(owner.tag),
    )


def waits(device: Device, medium: StorageMedium) -> bool:
    """Whether a medium still bars its device: neither ended nor erased since its last time in hands."""
    return medium.ended_at is None and (medium.cleared_at is None or medium.cleared_at <= device.in_hands_at)
