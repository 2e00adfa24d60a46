"""Which device of ours does a capture speak of? The scanned tag, else maker and serial, else the serial alone.

A tag that contradicts the captured serial is refused, never followed: two labels may have been exchanged.
"""

from sqlalchemy import select

from reemploi.bench.capture import Capture
from reemploi.errors import Refused
from reemploi.extensions import db
from reemploi.ground.numbering import in_groups
from reemploi.journey.identity import fold_maker, serial_key
from reemploi.journey.models import Device, StorageMedium
from reemploi.journey.rules import CATEGORIES, COMPUTERS, LOCKABLE, STATUSES
from reemploi.sentences import N_, Sentence


def device_of(capture: Capture, scanned: Device | None) -> tuple[Device | None, bool]:
    """The device of a machine's capture, or None; and whether the machine itself says so, not only the tag.

    Raises Refused when the scanned tag and the captured serial disagree.
    """
    known = _by_identity(capture) or _by_serial(capture)
    if scanned is None or known is None:
        found = scanned or known
        if scanned is not None:
            _refuse_other_serial(capture, scanned)
        return found, known is not None
    if known.id != scanned.id:
        raise swapped(scanned, known)
    return known, True


def _by_identity(capture: Capture) -> Device | None:
    if capture.identity is None:
        return None
    return db.session.scalars(select(Device).where(Device.identity == capture.identity)).first()


def _by_serial(capture: Capture) -> Device | None:
    key = serial_key(capture.serial)
    if key is None:
        return None
    maker = fold_maker(capture.maker)
    found = [
        device
        for device in db.session.scalars(select(Device).where(Device.serial_folded == key).limit(3))
        if None in (maker, fold_maker(device.maker)) or fold_maker(device.maker) == maker
    ]
    return found[0] if len(found) == 1 else None


def swapped(scanned: Device, known: Device) -> Refused:
    """The refusal when a file speaks of another device of ours than the scanned one."""
    return Refused(
        N_(
            "Étiquettes échangées ? Vous avez scanné %(scanned)s, mais ce fichier est celui de %(known)s. "
            "Vérifiez l'étiquette des deux appareils, puis déposez à nouveau."
        ),
        code="swapped",
        scanned=in_groups(scanned.tag),
        known=in_groups(known.tag),
    )


def _refuse_other_serial(capture: Capture, device: Device) -> None:
    seen, ours = serial_key(capture.serial), serial_key(device.serial)
    if seen and ours and seen != ours:
        raise Refused(
            N_(
                "Étiquettes échangées ? La machine dit son numéro de série %(seen)s, la fiche de %(tag)s dit %(ours)s. "
                "Vérifiez l'étiquette, puis déposez à nouveau."
            ),
            code="swapped",
            seen=capture.serial,
            ours=device.serial,
            tag=in_groups(device.tag),
        )


def refuse_away(device: Device) -> None:
    """Raise Refused when the device is in somebody's hands or has its end."""
    status = STATUSES[device.status]
    if status.in_hands or status.ended:
        raise Refused(
            N_("%(tag)s est « %(status)s » : reprenez-le d'abord, puis recommencez."),
            code="not_here",
            tag=in_groups(device.tag),
            status=Sentence(status.label),
        )


def refuse_unfit(device: Device) -> None:
    """Raise Refused when a computer's capture cannot be of this device: away, ended, or no computer."""
    refuse_away(device)
    if device.category not in COMPUTERS | LOCKABLE:
        raise Refused(
            N_("Étiquettes échangées ? Ce fichier décrit un ordinateur, %(tag)s est « %(category)s »."),
            code="swapped",
            tag=in_groups(device.tag),
            category=Sentence(CATEGORIES[device.category]),
        )


def medium_with_serial(serial: str | None) -> StorageMedium | None:
    """The medium of ours that bears this serial, whatever its device."""
    key = serial_key(serial)
    if key is None:
        return None
    return db.session.scalars(select(StorageMedium).where(StorageMedium.serial_folded == key)).first()
