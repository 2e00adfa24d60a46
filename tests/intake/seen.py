"""What the database holds after a page, read in the first association's scope; statements counted."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import event, func, select

from reemploi.extensions import db
from reemploi.ground.database import reading
from reemploi.ground.tenancy import within
from reemploi.people.models import Organisation
from tests.support.cast import Home
from tests.support.inspecting import InspectingClient
from tests.support.pages import Page

FIRST = 1


def rows(table: type[Any]) -> list[Any]:
    """All rows of a table."""
    with within(FIRST), reading():
        return list(db.session.scalars(select(table).order_by(table.id).execution_options(populate_existing=True)))


def only(table: type[Any]) -> Any:
    """The one row of a table."""
    (row,) = rows(table)
    return row


def counts(*tables: type[Any]) -> tuple[int, ...]:
    """How many rows each table holds."""
    with within(FIRST), reading():
        return tuple(db.session.scalar(select(func.count(table.id))) or 0 for table in tables)


def donor_address(association: Home) -> str:
    """The address of the donor every test finds."""
    with within(association.id), reading():
        return db.session.get_one(Organisation, association.donor_id).address


def filled(browser: InspectingClient, url: str, **values: Any) -> dict[str, Any]:
    """The page's form as it stands, with some fields typed."""
    shown = {name: value[0] for name, value in Page.of(browser.get(url)).form().fields().items() if value}
    shown.pop("csrf_token", None)
    return {**shown, **values}


@dataclass
class Count:
    """How many statements ran."""

    total: int = 0


@contextmanager
def statements() -> Iterator[Count]:
    """Count the statements of the block."""
    count = Count()

    def one(*_: Any) -> None:
        count.total += 1

    event.listen(db.engine, "before_cursor_execute", one)
    try:
        yield count
    finally:
        event.remove(db.engine, "before_cursor_execute", one)
