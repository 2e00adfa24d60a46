"""The journal keeps its rows, whoever asks and however, on both engines."""

import pytest
from flask import Flask
from sqlalchemy import insert, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from reemploi.extensions import db
from reemploi.ground.database import reading, writing
from reemploi.ground.triggers import APPEND_ONLY, create_triggers
from reemploi.journey.journal import breaks
from reemploi.roles import Role
from reemploi.wiping.models import WipeEvidence
from tests.conftest import ActingAs
from tests.support.devices import device_in
from tests.support.tenants import invented

EVERYWHERE = {
    "update": "UPDATE {table} SET {column} = {column}",
    "update of one": "UPDATE {table} SET {column} = {column} WHERE {column} = (SELECT min({column}) FROM {table})",
    "delete": "DELETE FROM {table}",
}
BY_ENGINE = {
    "sqlite": {
        "replace": "REPLACE INTO {table} SELECT * FROM {table}",
        "insert or replace": "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
        "upsert": "INSERT INTO {table} SELECT * FROM {table} WHERE true ON CONFLICT DO UPDATE SET {column} = {column}",
        "update or ignore": "UPDATE OR IGNORE {table} SET {column} = {column}",
    },
    "postgresql": {
        "truncate": "TRUNCATE {table}",
        "truncate cascade": "TRUNCATE {table} CASCADE",
        "truncate from afar": "TRUNCATE association CASCADE",
        "upsert": "INSERT INTO {table} SELECT * FROM {table} ON CONFLICT ({column}) DO UPDATE SET {column} = DEFAULT",
    },
}
TRIGGERS = {
    "sqlite": "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :name",
    "postgresql": "SELECT count(*) FROM pg_trigger WHERE tgrelid = CAST(:name AS regclass) AND NOT tgisinternal",
}


def key_of(table: str) -> str:
    return str(inspect(db.engine).get_pk_constraint(table)["constrained_columns"][0])


@pytest.fixture
def kept(app: Flask, acting_as: ActingAs) -> None:
    """A row in each table that only grows."""
    acting = acting_as(Role.COORDINATOR)
    with writing() as session:
        device_in("available", acting)
        known = {"source": "upload", "result": "refused", "refusals": [], "association_id": acting.association_id}
        session.execute(insert(WipeEvidence).values(invented(WipeEvidence.__table__, **known)))  # type: ignore[arg-type]


def content(session: Session, table: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in session.execute(text(f"SELECT * FROM {table} ORDER BY 1"))]


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("table", APPEND_ONLY)
def test_no_way_changes_or_removes_a_row(engine: str, table: str) -> None:
    with reading() as session:
        before = content(session, table)
    assert before, "the fixture `kept` writes a row in each of these tables"
    for way, statement in {**EVERYWHERE, **BY_ENGINE[engine]}.items():
        asked = statement.format(table=table, column=key_of(table))
        with pytest.raises(DBAPIError, match="append-only|referenced in a foreign key"), writing() as session:
            session.execute(text(asked))
            pytest.fail(f"{way}: {asked} went through")
    with reading() as session:
        assert content(session, table) == before


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_every_table_that_only_grows_has_its_triggers_after_the_migrations(engine: str, app: Flask, table: str) -> None:
    with reading() as session:
        found = session.execute(text(TRIGGERS[engine]), {"name": table}).scalar()
    assert found == 2, "ground.triggers.create_triggers runs at the end of every migration"


def test_the_triggers_can_be_made_again_over_themselves(engine: str, app: Flask) -> None:
    with writing() as session:
        create_triggers(session.connection())
        create_triggers(session.connection())


def test_every_connection_fires_triggers_for_replaced_rows(app: Flask) -> None:
    with reading() as session:
        asked = {name: session.execute(text(f"PRAGMA {name}")).scalar() for name in PRAGMAS}
    assert asked == PRAGMAS


PRAGMAS = {"recursive_triggers": 1, "foreign_keys": 1, "journal_mode": "wal", "synchronous": 2, "secure_delete": 1}


@pytest.mark.usefixtures("kept")
def test_the_kept_rows_still_prove_themselves(engine: str) -> None:
    with reading():
        assert not list(breaks())
