"""The demonstration: an invented association, alive with devices in every status; refused beside a real one."""

from sqlalchemy import select

from reemploi.extensions import db
from reemploi.ground.database import reading
from reemploi.people.models import Association


def demo_when_empty() -> None:
    """Fill an empty database; raises Refused when it holds a real association, does nothing when the demo is there."""
