"""The migrations and the models draw the same schema, on both engines, to the last constraint."""

import re
import sqlite3
from pathlib import Path

import psycopg
import pytest
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import create_engine, inspect
from sqlalchemy.dialects import postgresql

from reemploi.extensions import Base, db, migrate
from reemploi.ground.triggers import create_triggers
from tests.support.stores import PostgresStore, SqliteStore, Store

Drawing = dict[str, set[str]]


def plain(sql: str) -> str:
    """A statement without what only looks different."""
    return re.sub(r"\s+", " ", sql.replace('"', "").replace("( ", "(").replace(" )", ")")).strip()


def parts(body: str) -> set[str]:
    """The columns and constraints of a CREATE TABLE, whatever their order."""
    found, depth, current = [], 0, ""
    for sign in body:
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 0:
            found.append(current)
            current = ""
        else:
            current += sign
    return {plain(part) for part in (*found, current)}


def sqlite_drawing(connection: sqlite3.Connection) -> Drawing:
    """Every table, index and trigger as SQLite keeps it."""
    rows = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    drawing: Drawing = {}
    for kind, name, sql in rows:
        if name in ("alembic_version", "sqlite_sequence"):
            continue
        body = sql[sql.index("(") + 1 : sql.rindex(")")] if kind == "table" else ""
        drawing[f"{kind} {name}"] = parts(body) if kind == "table" else {plain(sql)}
    return drawing


CATALOGUE = {
    "columns": """SELECT table_name, column_name || ' ' || data_type
        || coalesce('(' || character_maximum_length || ')', '') || ' ' || is_nullable
        || ' ' || coalesce(column_default, '')
        FROM information_schema.columns WHERE table_schema = current_schema()""",
    "constraints": """SELECT conrelid::regclass::text, conname || ' ' || pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = current_schema()::regnamespace""",
    "indexes": "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = current_schema()",
    "triggers": """SELECT tgrelid::regclass::text, pg_get_triggerdef(pg_trigger.oid) FROM pg_trigger
        JOIN pg_class ON pg_class.oid = tgrelid
        WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace""",
}


def postgresql_drawing(connection: psycopg.Connection) -> Drawing:
    """Every column, constraint, index and trigger as PostgreSQL keeps it."""
    drawing: Drawing = {}
    for kind, question in CATALOGUE.items():
        for table, text in connection.execute(question.encode()).fetchall():
            name = str(table).rpartition(".")[2].strip('"')
            if name != "alembic_version":
                drawing.setdefault(f"{kind} of {name}", set()).add(re.sub(r"\b(public|models)\.", "", str(text)))
    return drawing


def drawn_by_models(store: Store, folder: Path) -> Drawing:
    """What `create_all` makes in a database of its own."""
    if isinstance(store, SqliteStore):
        engine = create_engine(f"sqlite:///{folder / 'models.db'}")
        with engine.begin() as connection:
            Base.metadata.create_all(connection)
            create_triggers(connection)
        with sqlite3.connect(folder / "models.db") as raw:
            return sqlite_drawing(raw)
    assert isinstance(store, PostgresStore)
    engine = create_engine(store.url, connect_args={"options": "-c search_path=models"})
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA IF EXISTS models CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA models")
        Base.metadata.create_all(connection)
        create_triggers(connection)
        drawing = postgresql_drawing(connection.connection.dbapi_connection)  # type: ignore[arg-type]
        connection.exec_driver_sql("DROP SCHEMA models CASCADE")
    engine.dispose()
    return drawing


def drawn_by_migrations(store: Store) -> Drawing:
    """What the migrated database holds."""
    with db.engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        return sqlite_drawing(raw) if isinstance(store, SqliteStore) else postgresql_drawing(raw)  # type: ignore[arg-type]


def test_models_and_migrations_draw_the_same_schema(engine: str, app: Flask, store: Store, tmp_path: Path) -> None:
    migrated, wanted = drawn_by_migrations(store), drawn_by_models(store, tmp_path)
    differing = {
        name: {"only in the models": sorted(wanted.get(name, set()) - migrated.get(name, set())),
               "only in the migrations": sorted(migrated.get(name, set()) - wanted.get(name, set()))}
        for name in sorted(set(migrated) | set(wanted))
        if migrated.get(name) != wanted.get(name)
    }  # fmt: skip
    assert not differing, f"write a migration for what the models say: {differing}"
    assert len(wanted) > 40, "the comparison compares nothing"


def test_the_chain_of_migrations_has_one_head_and_goes_forward_only(app: Flask) -> None:
    config = migrate.get_config()
    script = ScriptDirectory.from_config(config)
    assert len(script.get_heads()) == 1, "two migrations follow the same one: renumber yours"
    for revision in script.walk_revisions():
        assert re.fullmatch(r"\d{4}", revision.revision), "migrations are numbered: 0002, 0003…"
        assert not hasattr(revision.module, "downgrade"), "forward only: take `downgrade` away"


@pytest.mark.parametrize("table", sorted(Base.metadata.tables))
def test_every_constraint_and_index_has_a_name_both_engines_accept(table: str) -> None:
    drawn = Base.metadata.tables[table]
    names = [str(one.name) for one in drawn.constraints if one.name] + [str(one.name) for one in drawn.indexes]
    limit = postgresql.dialect().max_identifier_length
    assert all(one.name for one in drawn.constraints if type(one).__name__ != "PrimaryKeyConstraint")
    assert not [name for name in names if len(name) > limit], "give it a shorter name of its own"


def test_the_engine_in_use_is_old_enough_to_serve_everybody(app: Flask) -> None:
    assert sqlite3.sqlite_version_info >= (3, 40)
    assert inspect(db.engine).has_table("event")
