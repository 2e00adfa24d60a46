"""A stock of any size for measures: the demonstration's association, then devices and journal rows in bulk."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import count

from sqlalchemy import insert, select
from stdnum import damm

from reemploi.commands.demo import demo_when_empty
from reemploi.extensions import db
from reemploi.ground.clock import utc_now
from reemploi.ground.database import writing
from reemploi.ground.models import IssuedTag
from reemploi.ground.tenancy import across_associations
from reemploi.journey.models import Device, Event
from reemploi.people.models import Association

STATUSES = ("received", "to_wipe", "wiped", "available", "lent", "given")
ROWS_A_DEVICE = 6
CHUNK = 2_000


def fill(devices: int) -> None:
    """The demonstration, and so many devices beside it, each with six journal rows."""
    demo_when_empty()
    with across_associations(), writing() as session:
        association = session.scalars(select(Association.id)).one()
        first = (session.scalars(select(Device.id).order_by(Device.id.desc()).limit(1)).first() or 0) + 1
        tags = _tags(set(session.scalars(select(IssuedTag.tag))))
        for start in range(first, first + devices, CHUNK):
            numbers = range(start, min(start + CHUNK, first + devices))
            rows = [_device(association, number, next(tags)) for number in numbers]
            session.execute(insert(IssuedTag), [{"tag": row["tag"]} for row in rows])
            session.execute(insert(Device), rows)
            session.execute(insert(Event), [event for row in rows for event in _events(row)])
    db.session.remove()


def _tags(taken: set[str]) -> Iterator[str]:
    for number in count(20_000_000):
        body = f"2{number:08d}"
        tag = body + damm.calc_check_digit(body)
        if tag not in taken:
            yield tag


def _device(association: int, number: int, tag: str) -> dict[str, object]:
    moved = utc_now() - timedelta(minutes=number)
    return {
        "id": number,
        "association_id": association,
        "tag": tag,
        "category": "laptop",
        "status": STATUSES[number % len(STATUSES)],
        "version": ROWS_A_DEVICE,
        "head": "0" * 64,
        "moved_at": moved,
        "entered_at": moved,
        "in_hands_at": moved,
        "maker": "Dell",
        "model": f"Latitude E{number % 97:04d}",
        "serial": f"BENCH{number:07d}",
        "serial_folded": f"BENCH{number:07d}",
        "identity": f"DELL|BENCH{number:07d}",
        "processor": "",
        "system": "",
        "safety_stop": False,
        "entered_as": "donation",
        "legal_origin": "company_gift",
        "charger": "with_it",
    }


def _events(device: dict[str, object]) -> list[dict[str, object]]:
    return [
        {
            "association_id": device["association_id"],
            "device_id": device["id"],
            "seq": seq,
            "kind": "graded",
            "happened_at": device["moved_at"],
            "recorded_at": device["moved_at"],
            "facts": {"grade": "B"},
            "digest": "0" * 64,
        }
        for seq in range(1, ROWS_A_DEVICE + 1)
    ]
