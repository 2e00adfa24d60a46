"""What can happen to a device. `move` is the only writer of its status."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from reemploi.errors import NotAllowed, NotFound, Refused
from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.ground.columns import Facts
from reemploi.ground.numbering import Family, draw_tag, in_groups
from reemploi.journey.identity import identity_of, serial_key
from reemploi.journey.journal import record
from reemploi.journey.models import Device
from reemploi.journey.rules import HOLDS_DATA, MAY_HOLD_DATA, MOVES, Barred, Move, barred
from reemploi.sentences import N_, Sentence

CLOCK_TOLERANCE = timedelta(minutes=5)


def lock(ids: Iterable[int]) -> list[Device]:
    """The devices, locked in the order of their ids and read afresh; raises NotFound when one is not in scope."""
    wanted = sorted(set(ids))
    devices = list(
        db.session.scalars(
            select(Device)
            .where(Device.id.in_(wanted))
            .order_by(Device.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    )
    if len(devices) != len(wanted):
        raise NotFound(N_("Cet appareil n'existe pas ici. Vérifiez le numéro."), code="unknown_device")
    return devices


def move(
    devices: Sequence[Device],
    name: str,
    *,
    acting: Acting,
    happened_at: datetime | None = None,
    facts: Facts | None = None,
) -> list[Device]:
    """Make one move of the rule book with one or many devices, all or none.

    `happened_at` may be past, in each device's own order. Raises Refused with the first reason, NotAllowed when the
    role does not open the move.
    """
    chosen = MOVES[name]
    if chosen.roles and not acting.has_one_of(tuple(chosen.roles)):  # type: ignore[arg-type]
        raise NotAllowed(
            N_("« %(move)s » n'est pas ouvert à votre rôle. Demandez à votre coordinateur."),
            code="role",
            move=Sentence(chosen.label),
        )
    when = happened_at or acting.now
    locked = lock(device.id for device in devices)
    for device in locked:
        _refuse_date(device, when, acting)
        if reason := barred(chosen, device.status, device.facts):
            raise refusal(device, reason)
    for device in locked:
        _apply(device, chosen, when, acting, facts)
    return locked


def _apply(device: Device, chosen: Move, when: datetime, acting: Acting, facts: Facts | None) -> None:
    before = device.status
    device.status = chosen.target
    device.moved_at = when
    if chosen.from_hands:
        device.in_hands_at = when
    record(device, chosen.name, acting=acting, happened_at=when, facts=facts, path=(before, chosen.target))


def _refuse_date(device: Device, when: datetime, acting: Acting) -> None:
    refuse_future(when, acting=acting)
    if when < device.moved_at:
        raise Refused(
            N_("%(tag)s : cette date est avant le dernier passage de l'appareil (%(moved_at)s). Corrigez-la."),
            code="out_of_order",
            tag=in_groups(device.tag),
            moved_at=device.moved_at,
        )


def refuse_future(when: datetime, *, acting: Acting) -> None:
    """Raise Refused for a fact dated after now; five minutes are left to clocks that differ."""
    if when > acting.now + CLOCK_TOLERANCE:
        raise Refused(N_("La date est dans le futur. Corrigez-la."), code="future")


def refusal(device: Device, reason: Barred) -> Refused:
    """A barred move as the sentence for the person, with the device's tag in front."""
    params = {key: Sentence(value) if key in ("move", "status") else value for key, value in reason.params.items()}
    return Refused(
        N_("%(tag)s : %(reason)s"), code=reason.code, tag=in_groups(device.tag), reason=Sentence(reason.reason, params)
    )


def enter_device(
    *,
    acting: Acting,
    category: str,
    entered_as: str,
    legal_origin: str,
    charger: str,
    serial: str = "",
    maker: str = "",
    model: str = "",
    weight_grams: int | None = None,
    status: str = "received",
    happened_at: datetime | None = None,
    facts: Facts | None = None,
) -> Device:
    """A new device with a tag drawn for it, `received` or only `announced`; weight in grams.

    Raises Refused when the same machine (maker and serial) is known already, or for a date in the future.
    """
    when = happened_at or acting.now
    refuse_future(when, acting=acting)
    identity = identity_of(maker, serial, "")
    refuse_known_identity(identity)
    device = Device(
        association_id=acting.association_id,
        tag=draw_tag(Family.DEVICE),
        category=category,
        status=status,
        entered_as=entered_as,
        legal_origin=legal_origin,
        charger=charger,
        serial=serial,
        serial_folded=serial_key(serial),
        identity=identity,
        maker=maker,
        model=model,
        weight_grams=weight_grams,
        moved_at=when,
        entered_at=when,
        in_hands_at=when,
        version=0,
        head="",
    )
    db.session.add(device)
    db.session.flush()
    record(device, "enter", acting=acting, happened_at=when, facts=facts, path=(None, status))
    return device


def refuse_known_identity(identity: str | None, *, except_id: int | None = None) -> None:
    """Raise Refused when another device already bears this identity (maker and serial)."""
    if identity is None:
        return
    known = db.session.scalars(select(Device).where(Device.identity == identity, Device.id != (except_id or 0))).first()
    if known is not None:
        raise Refused(
            N_("Cette machine est déjà connue sous le numéro %(tag)s. Reprenez-la sous ce numéro."),
            code="known_machine",
            tag=in_groups(known.tag),
        )


def may_hold_data(device: Device) -> bool:
    """True when the category always or possibly holds somebody's data."""
    return device.category in HOLDS_DATA | MAY_HOLD_DATA


def settle(device: Device, *, acting: Acting) -> Device:
    """Let the facts speak: to `wiped` when every medium is cleared, to `to_wipe` when one is not any more.

    Called after each fact about storage; makes no move when the status already says it.
    """
    cleared = barred(MOVES["clear"], "to_wipe", device.facts) is None
    if cleared and device.status in MOVES["clear"].sources:
        return move([device], "clear", acting=acting)[0]
    if not cleared and device.status in ("received", "returned", "wiped", "available") and may_hold_data(device):
        return move([device], "send_to_wipe", acting=acting)[0]
    return device
