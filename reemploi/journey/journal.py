"""The journal: append-only rows, numbered and chained per device by a keyed digest.

A plain digest can be recomputed by whoever edits a row; the key lives outside the database.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.ground.columns import Facts
from reemploi.ground.crypto import keyed_digest, keys
from reemploi.journey.models import Device, Event


def digest_of(event: Event, previous: str) -> str:
    """The keyed digest of a row chained to the one before."""
    content = [
        event.association_id,
        event.device_id,
        event.seq,
        event.kind,
        event.from_status,
        event.to_status,
        event.happened_at.isoformat(),
        event.recorded_at.isoformat(),
        event.actor_id,
        event.desk,
        event.facts,
    ]
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return keyed_digest(keys().journal, previous, text)


def record(
    device: Device,
    kind: str,
    *,
    acting: Acting,
    happened_at: datetime | None = None,
    facts: Facts | None = None,
    path: tuple[str | None, str] | None = None,
) -> Event:
    """Write one row about a device and move its head; the device row is updated first, which locks it.

    `path` is (status before, status after) when the row is a change of status, which `actions.move` alone makes.
    Raises StaleDataError when somebody else wrote about this device since it was read.
    """
    event = Event(
        association_id=device.association_id,
        device_id=device.id,
        seq=device.version + 1,
        kind=kind,
        from_status=path[0] if path else None,
        to_status=path[1] if path else None,
        happened_at=happened_at or acting.now,
        recorded_at=acting.now,
        actor_id=acting.member_id,
        desk=acting.desk,
        facts=facts or {},
    )
    event.digest = digest_of(event, device.head)
    device.version = event.seq
    device.head = event.digest
    db.session.flush()
    db.session.add(event)
    db.session.flush()
    return event


@dataclass(frozen=True)
class Break:
    """Where the journal does not prove itself: the device, the row's number, and what is wrong."""

    tag: str
    seq: int
    fault: str


def breaks(device_ids: list[int] | None = None) -> Iterator[Break]:
    """Walk every chain in scope and tell each break: altered row, missing row, other head, other status."""
    devices = select(Device).order_by(Device.id)
    if device_ids is not None:
        devices = devices.where(Device.id.in_(device_ids))
    for device in db.session.scalars(devices):
        yield from _breaks_of(device)


def _breaks_of(device: Device) -> Iterator[Break]:
    previous, seq, status = "", 0, None
    rows = select(Event).where(Event.device_id == device.id).order_by(Event.seq)
    for event in db.session.scalars(rows):
        seq += 1
        if event.seq != seq:
            yield Break(device.tag, seq, "missing row")
            seq = event.seq
        if event.digest != digest_of(event, previous):
            yield Break(device.tag, seq, "altered row")
        if event.to_status:
            if event.from_status != status:
                yield Break(device.tag, seq, "status out of chain")
            status = event.to_status
        previous = event.digest
    if (seq, previous) != (device.version, device.head):
        yield Break(device.tag, seq, "other head")
    if status != device.status:
        yield Break(device.tag, seq, "other status")
