"""Rows of both associations in every tenant table, written below the service so that no action has to exist first."""

import sqlite3
from typing import Any

from sqlalchemy import JSON, Boolean, DateTime, Integer, LargeBinary, Table
from sqlalchemy.types import TypeDecorator, TypeEngine

from reemploi.extensions import Base
from reemploi.ground.tenancy import Tenant
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
    written: dict[str, dict[int, int]] = {name: {} for name in TENANTS}
    with sqlite3.connect(store.path) as connection:
        connection.execute("PRAGMA ignore_check_constraints=ON")
        for number, _ in enumerate(store.homes, 901):
            account = (number, f"invented{number}@example.org", "2026-11-23 09:00:00.000000")
            connection.execute(
                "INSERT INTO account (id, email, created_at, language, closed) VALUES (?, ?, ?, 'fr', 0)", account
            )
        for name, model in TENANTS.items():
            for number, home in enumerate(store.homes, 1):
                values = _invented(model.__table__, home.id, 900 + number)
                places = ", ".join("?" * len(values))
                columns = ", ".join(f'"{column}"' for column in values)
                connection.execute(f'INSERT INTO "{name}" ({columns}) VALUES ({places})', list(values.values()))
                written[name][home.id] = 900 + number
    connection.close()
    return written


def _invented(table: Table, association_id: int, number: int) -> dict[str, Any]:
    given = {"id": number, "association_id": association_id}
    return given | {
        column.name: _value(column.type, number)
        for column in table.columns
        if column.name not in given and not column.nullable
    }


def _value(kind: TypeEngine[Any], number: int) -> Any:
    kind = kind.impl_instance if isinstance(kind, TypeDecorator) else kind
    for one, value in (
        (JSON, "{}"),
        (Boolean, 0),
        (Integer, number),
        (DateTime, "2026-11-23 09:00:00.000000"),
        (LargeBinary, b"sealed"),
    ):
        if isinstance(kind, one):
            return value
    return f"invented {number}"
