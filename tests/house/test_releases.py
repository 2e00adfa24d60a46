"""Every released database still opens: upgraded to today's schema, same as a new one, its journal proving itself."""

import gzip
import os
import sqlite3
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from flask_migrate import upgrade
from psycopg import sql
from sqlalchemy import func, inspect, make_url, select

from reemploi import create_app
from reemploi.config import load_settings
from reemploi.extensions import Base, db
from reemploi.ground.database import reading
from reemploi.ground.tenancy import across_associations
from reemploi.journey.journal import breaks
from reemploi.journey.models import Device, Event
from reemploi.journey.queries import statuses_from_journal

RELEASES = Path(__file__).resolve().parents[1] / "releases"
DUMPS = sorted(RELEASES.glob("*.sql.gz"))
POSTGRES = "REEMPLOI_TEST_POSTGRES"


def application(folder: Path, url: str) -> Flask:
    """The service on a restored database."""
    return create_app(
        load_settings({"REEMPLOI_MODE": "test", "REEMPLOI_INSTANCE": str(folder), "REEMPLOI_DATABASE_URL": url})
    )


def restored_sqlite(dump: Path, folder: Path) -> str:
    """The address of a SQLite file holding the dump."""
    path = folder / "reemploi.db"
    connection = sqlite3.connect(path)
    connection.executescript(gzip.decompress(dump.read_bytes()).decode())
    connection.close()
    return f"sqlite:///{path}"


def restored_postgresql(dump: Path) -> str:
    """The address of a PostgreSQL database holding the dump."""
    server = make_url(os.environ[POSTGRES])
    name = f"release_{os.getpid()}"
    plain = server.set(drivername="postgresql")
    with psycopg.connect(plain.render_as_string(hide_password=False), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    lines = gzip.decompress(dump.read_bytes()).decode().splitlines()
    text = "\n".join(line for line in lines if not line.startswith("\\"))
    with psycopg.connect(plain.set(database=name).render_as_string(hide_password=False), autocommit=True) as connection:
        connection.execute(text.encode())
    return server.set(database=name).render_as_string(hide_password=False)


def test_there_is_a_dump_of_each_engine() -> None:
    assert {dump.name.split(".")[-3] for dump in DUMPS} == {"sqlite", "postgresql"}


@pytest.mark.parametrize("dump", [dump for dump in DUMPS if ".sqlite." in dump.name], ids=lambda dump: dump.name)
def test_a_released_sqlite_database_upgrades(dump: Path, tmp_path: Path) -> None:
    proves_itself(application(tmp_path, restored_sqlite(dump, tmp_path)))


@pytest.mark.postgres
@pytest.mark.parametrize("dump", [dump for dump in DUMPS if ".postgresql." in dump.name], ids=lambda dump: dump.name)
def test_a_released_postgresql_database_upgrades(dump: Path, tmp_path: Path) -> None:
    proves_itself(application(tmp_path, restored_postgresql(dump)))


def proves_itself(app: Flask) -> None:
    """Upgrade, then: every table of the models is there, statuses follow from the journal, no chain is broken."""
    with app.app_context():
        upgrade(revision="head")
        tables = set(inspect(db.engine).get_table_names())
        assert set(Base.metadata.tables) <= tables
        with across_associations(), reading() as session:
            rows = session.execute(select(Device.id, Device.status))
            table = {row.id: row.status for row in rows}
            assert table, "the dump holds no device"
            assert statuses_from_journal() == table
            assert session.scalar(select(func.count()).select_from(Event))
            assert not list(breaks())
        db.session.remove()
        db.engine.dispose()
