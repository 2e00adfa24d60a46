"""Rows of both associations in every tenant table, written below the service so that no action has to exist first."""

from typing import Any

from sqlalchemy import JSON, Boolean, Connection, Date, Integer, LargeBinary, Table, create_engine, event
from sqlalchemy.types import TypeEngine

from reemploi.extensions import Base
from reemploi.ground.columns import UTCDateTime
from reemploi.ground.tenancy import Tenant
from reemploi.people.models import Account
from tests.support.clock import START
from tests.support.stores import SqliteStore, Store

TENANTS: dict[str, Any] = {
    str(mapper.local_table): mapper.class_
    for mapper in sorted(Base.registry.mappers, key=lambda one: str(one.local_table))
    if issubclass(mapper.class_, Tenant)
}


def fill_every_table(store: Store) -> dict[str, dict[int, int]]:
    """One row more for each association in each tenant table: table → association → the row's number.

    Checks and foreign keys are switched off: the rows need no sense, only an owner.
    """
    assert isinstance(store, SqliteStore)
    engine = create_engine(f"sqlite:///{store.path}")
    event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA ignore_check_constraints=ON"))
    with engine.begin() as connection:
        written = {
            name: {home.id: _insert(connection, model.__table__, home.id, 900 + home.id) for home in store.homes}
            for name, model in TENANTS.items()
        }
        for home in store.homes:
            row = invented(Account.__table__, id=900 + home.id, email=f"invented@{home.domain}")  # type: ignore[arg-type]
            connection.execute(Account.__table__.insert(), row)  # type: ignore[attr-defined]
    engine.dispose()
    return written


def _insert(connection: Connection, table: Table, association_id: int, number: int) -> int:
    connection.execute(table.insert(), invented(table, id=number, association_id=association_id))
    return number


def invented(table: Table, **known: Any) -> dict[str, Any]:
    """Values for every column that needs one: what is known, and something of the right type for the rest."""
    number = known.get("id", 900)
    return known | {
        column.name: _value(column.type, number)
        for column in table.columns
        if column.name not in known and not column.nullable and column.name != "id"
    }


def _value(kind: TypeEngine[Any], number: int) -> Any:
    known = (
        (JSON, {}),
        (Boolean, False),
        (Integer, number),
        (UTCDateTime, START),
        (Date, START.date()),
        (LargeBinary, b"sealed"),
    )
    for one, value in known:
        if isinstance(kind, one):
            return value
    return f"invented {number}"
