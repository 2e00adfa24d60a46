"""What the tests of drops share: fixtures as they are dropped, devices received before their logs."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from flask import Flask

from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.ground.database import reading, writing
from reemploi.ground.tenancy import across_associations
from reemploi.journey.models import Device
from reemploi.journey.queries import device_by_tag
from reemploi.wiping.drops import Dropped, drop_files
from tests.support.devices import new_device

FIXTURES = Path(__file__).parents[1] / "fixtures"
BEFORE_THE_LOGS = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
DELL = {"maker": "Dell", "serial": "7QK4MN2", "model": ""}
HP = {"maker": "HP", "serial": "CZC8196TQB", "model": ""}
LENOVO = {"maker": "Lenovo", "serial": "PF11X7KQ", "model": ""}


def content(name: str) -> bytes:
    """The bytes of a fixture."""
    return (FIXTURES / ("nwipe" if name.endswith(".log") else "captures") / name).read_bytes()


def upload(name: str) -> tuple[BytesIO, str]:
    """A fixture as a form sends it."""
    return BytesIO(content(name)), name


def received(acting: Acting, category: str = "laptop", at: datetime = BEFORE_THE_LOGS, **known: str) -> Device:
    """A device received before the logs of the fixtures were written."""
    service = Acting(association_id=acting.association_id, now=at)
    with writing():
        return new_device(service, category, **known)


def drop(app: Flask, acting: Acting, *names: str) -> None:
    """Drop fixtures."""
    drop_files([Dropped(name, content(name)) for name in names], None, acting=acting, store=app.extensions["files"])


def fresh(device: Device) -> Device:
    """The device as the database holds it now."""
    with across_associations(), reading():
        db.session.expire_all()
        return device_by_tag(device.tag)
