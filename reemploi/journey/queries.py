"""Questions about devices, all bounded by the association in scope."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import selectinload

from reemploi.errors import NotFound
from reemploi.extensions import db
from reemploi.ground.numbering import is_device_tag
from reemploi.journey.identity import serial_key
from reemploi.journey.models import Device, DeviceAlias, Event
from reemploi.sentences import N_

ENOUGH = 100


def device_by_tag(tag: str) -> Device:
    """The device with this tag, its media loaded; raises NotFound."""
    device = db.session.scalars(select(Device).where(Device.tag == tag).options(selectinload(Device.media))).first()
    if device is None:
        raise NotFound(N_("Aucun appareil ne porte ce numéro. Vérifiez l'étiquette."), code="unknown_device")
    return device


def devices_named(code: str) -> list[Device]:
    """Devices that a code names exactly: tag, alias, serial, or the last four digits of a tag."""
    wanted = code.strip()
    found: Sequence[Device] = ()
    if is_device_tag(wanted):
        found = db.session.scalars(select(Device).where(Device.tag == wanted)).all()
    if not found:
        found = db.session.scalars(
            select(Device)
            .join(DeviceAlias, DeviceAlias.device_id == Device.id)
            .where(DeviceAlias.code == wanted.upper())
        ).all()
    if not found and (folded := serial_key(wanted)):
        found = db.session.scalars(select(Device).where(Device.serial_folded == folded)).all()
    if not found and len(wanted) == 4 and wanted.isdigit():
        found = db.session.scalars(select(Device).where(func.substr(Device.tag, 7) == wanted)).all()
    return list(found)


def history(device: Device) -> list[Event]:
    """The journal rows of a device, newest first."""
    return list(db.session.scalars(select(Event).where(Event.device_id == device.id).order_by(Event.seq.desc())))


def count_by_status(statuses: Iterable[str]) -> dict[str, int]:
    """How many devices stand in each of these statuses, counted no further than 100: the same cost at any stock."""
    wanted = tuple(statuses)
    counts = tuple(db.session.execute(_counting(wanted)).one())
    return dict(zip(wanted, counts, strict=True))


@lru_cache(maxsize=32)
def _counting(statuses: tuple[str, ...]) -> Select[Any]:
    return select(
        *(
            select(func.count())
            .select_from(select(Device.id).where(Device.status == status).limit(ENOUGH).subquery())
            .scalar_subquery()
            for status in statuses
        )
    )


def statuses_from_journal() -> dict[int, str]:
    """Each device's status as its last journal row of a move tells it: must equal the table (promise 4)."""
    last = (
        select(Event.device_id, func.max(Event.seq).label("seq"))
        .where(Event.to_status.is_not(None))
        .group_by(Event.device_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Event.device_id, Event.to_status).join(
            last, (last.c.device_id == Event.device_id) & (last.c.seq == Event.seq)
        )
    ).all()
    return {device_id: str(status) for device_id, status in rows}
