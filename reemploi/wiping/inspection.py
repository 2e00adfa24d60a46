"""What a person looked at and answers for: an empty bay, a medium no tool reads, the locks of a phone."""

from collections.abc import Mapping

from reemploi.bench.actions import HELPERS
from reemploi.bench.kept_sentences import listed
from reemploi.bench.matching import refuse_away
from reemploi.errors import Refused
from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.journey import facts
from reemploi.journey.actions import lock
from reemploi.journey.identity import is_usable_serial
from reemploi.journey.journal import record
from reemploi.journey.models import Device, StorageMedium
from reemploi.journey.rules import LOCKABLE
from reemploi.roles import BENCH
from reemploi.sentences import N_, Sentence, sentence
from reemploi.wiping.locks import LOCKS, OUTCOMES, still_locked
from reemploi.wiping.models import LockCheck

ALWAYS_HOLDS = LOCKABLE | {"basic_phone"}
"""What always has a memory of its own, even when nobody can take it out."""


def declare_no_storage(device: Device, *, acting: Acting) -> Device:
    """The person acting looked, and the device has no storage medium; refused for what always has a memory."""
    acting.require(*BENCH)
    refuse_away(device)
    if device.category in ALWAYS_HOLDS:
        raise Refused(
            N_("Un téléphone ou une tablette a toujours une mémoire : déclarez plutôt sa réinitialisation."),
            code="always_holds",
        )
    return facts.declare_no_storage(device, acting=acting)


def add_medium(
    device: Device, *, acting: Acting, kind: str, model: str = "", serial: str = "", size: int | None = None
) -> StorageMedium:
    """A medium found by hand, when no tool can read it; `size` in bytes. It waits for its erasure like any other."""
    acting.require(*BENCH)
    refuse_away(device)
    if serial and not is_usable_serial(serial):
        raise Refused(N_("Ce numéro de série n'en est pas un. Relevez-le sur l'étiquette du support."), code="serial")
    return facts.see_medium(
        device, acting=acting, kind=kind, model=model.strip(), serial=serial.strip(), size=size, source="typed"
    )


def check_locks(
    device: Device, lines: Mapping[str, str], *, acting: Acting, imei: str = "", imei_reason: str = ""
) -> LockCheck:
    """Record a control of a phone's or tablet's locks; when none is left that blocks, the device may go on.

    Raises Refused for another category, a line without answer, or a smartphone with neither IMEI nor reason.
    """
    acting.require(*HELPERS)
    (device,) = lock([device.id])
    refuse_away(device)
    refuse_not_lockable(device)
    if missing := [one.label for one in LOCKS if lines.get(one.code) not in OUTCOMES]:
        raise Refused(N_("Répondez à chaque ligne : %(lines)s."), code="unanswered", lines=listed(missing))
    if device.category == "smartphone" and not imei and not imei_reason.strip():
        raise Refused(N_("Donnez l'IMEI (composez *#06#), ou dites pourquoi il est illisible."), code="no_imei")
    left = still_locked(lines)
    check = LockCheck(
        association_id=device.association_id,
        device_id=device.id,
        lines={one.code: lines[one.code] for one in LOCKS},
        imei=imei,
        imei_reason=imei_reason.strip(),
        off=not left,
        checked_at=acting.now,
        checked_by=acting.member_id,
    )
    db.session.add(check)
    db.session.flush()
    if left:
        record(device, "locks_found", acting=acting, facts={"lines": [one.code for one in left]})
    else:
        facts.confirm_locks_off(device, acting=acting, checks=check.lines)
    return check


def refuse_not_lockable(device: Device) -> None:
    """Raise Refused for what has no account lock to look at."""
    if device.category not in LOCKABLE:
        raise Refused(N_("Le contrôle des verrous est celui des téléphones et des tablettes."), code="not_lockable")


def locks_left(check: LockCheck) -> Sentence:
    """What still blocks after a control."""
    return sentence(N_("Reste à lever : %(lines)s."), lines=listed(one.label for one in still_locked(check.lines)))
