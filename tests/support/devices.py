"""Devices in any status, brought there by the real actions."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from reemploi.ground.acting import Acting
from reemploi.journey.actions import enter_device, move, settle
from reemploi.journey.facts import clear_medium, confirm_locks_off, give_grade, install_system, see_medium
from reemploi.journey.models import Device, StorageMedium
from reemploi.journey.rules import COMPUTERS, HOLDS_DATA, LOCKABLE, MAY_HOLD_DATA, STATUSES

SERIALS = count(1)
ONE_MINUTE, ONE_HOUR = timedelta(minutes=1), timedelta(hours=1)
PATHS: dict[str, tuple[str, ...]] = {
    "announced": (),
    "received": (),
    "to_wipe": (),
    "wiped": (),
    "in_repair": ("start_repair",),
    "available": ("make_available",),
    "reserved": ("make_available", "reserve"),
    "in_transit": ("make_available", "send"),
    "lent": ("make_available", "lend"),
    "assigned": ("make_available", "assign"),
    "returned": ("make_available", "lend", "take_back"),
    "given": ("make_available", "give"),
    "sold": ("make_available", "sell"),
    "for_parts": ("dismantle",),
    "waste": ("discard",),
    "lost": ("lose",),
    "given_back": ("give_back",),
    "ceded": ("cede",),
}
assert set(PATHS) == set(STATUSES), "say by which moves a device comes to each status"


def new_device(acting: Acting, category: str = "laptop", **details: Any) -> Device:
    """A device just received, of an invented model and a serial of its own; inside `writing()`."""
    known = {
        "entered_as": "donation",
        "legal_origin": "company_gift",
        "charger": "with_it",
        "maker": "Lenovo",
        "model": "ThinkPad L480",
        "serial": f"PF{next(SERIALS):06d}",
        **details,
    }
    return enter_device(acting=acting, category=category, **known)


def new_medium(device: Device, acting: Acting, serial: str = "") -> StorageMedium:
    """A disk seen in the device: it is to wipe now."""
    serial = serial or f"S3Z9NB{next(SERIALS):06d}"
    return see_medium(
        device,
        acting=acting,
        kind="ssd",
        model="Samsung 860 EVO",
        serial=serial,
        size=256_060_514_304,
        source="capture",
    )


def clear(medium: StorageMedium, acting: Acting, cleared_at: datetime | None = None) -> None:
    """An accepted erasure of the medium, now; it must be later than the device's last time in hands."""
    clear_medium(
        medium, acting=acting, cleared_at=cleared_at or acting.now, evidence_id=1, level="clear", method="zero fill"
    )


def ready(device: Device, acting: Acting) -> Device:
    """The device graded and with a system, all that it needs to become available once it is wiped."""
    give_grade(device, "B", acting=acting)
    if device.category in COMPUTERS:
        install_system(device, acting=acting, name="Debian", version="13", language="fr", happened_at=acting.now)
    return device


def device_in(status: str, acting: Acting, category: str = "laptop", **details: Any) -> Device:
    """A device that came to this status by the rule book's moves within the last hour; inside `writing()`.

    The service did it, before `acting.now`, so that what the test does next comes later.
    """
    service = Acting(association_id=acting.association_id, now=acting.now - ONE_HOUR)
    entry = "announced" if status == "announced" else "received"
    device = new_device(service, category, status=entry, **details)
    service = service.at(service.now + ONE_MINUTE)
    if status in ("announced", "received"):
        return device
    if category in HOLDS_DATA | MAY_HOLD_DATA:
        medium = new_medium(device, service)
        if status == "to_wipe":
            return device
        clear(medium, service)
    if category in LOCKABLE:
        confirm_locks_off(device, acting=service, checks={"account": "off", "reset": "seen", "cards": "out"})
    ready(settle(device, acting=service), service)
    for number, name in enumerate(PATHS[status], 1):
        (device,) = move([device], name, acting=service.at(service.now + number * ONE_MINUTE))
    assert device.status == status, f"{category} came to {device.status} instead of {status}"
    return device
