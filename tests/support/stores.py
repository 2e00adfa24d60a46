"""A migrated, filled database per engine and session, put back as it was after each test.

Savepoints do not isolate (the border commits for real) and the journal's triggers refuse deletion: SQLite copies the
whole template back, PostgreSQL truncates with its triggers silenced and inserts the template's rows again.
"""

import os
import sqlite3
from abc import ABC, abstractmethod
from pathlib import Path

import psycopg
from flask import Flask
from flask_migrate import upgrade
from psycopg import sql
from sqlalchemy import inspect, make_url, text

from reemploi import create_app
from reemploi.config import load_settings
from reemploi.extensions import db
from tests.support import cast
from tests.support.inspecting import InspectingClient

ENGINES = ("sqlite", "postgresql")
POSTGRES = "REEMPLOI_TEST_POSTGRES"
WITHOUT_POSTGRES = (
    f"{POSTGRES} is not set: run scripts/test, which starts a temporary server "
    "(or set REEMPLOI_ALLOW_NO_POSTGRES=1 to pass over the tests that need one)"
)
SEQUENCES = """
SELECT table_name, pg_get_serial_sequence(quote_ident(table_name), column_name)
FROM information_schema.columns
WHERE table_schema = 'public' AND column_name = 'id' AND (is_identity = 'YES' OR column_default LIKE 'nextval%')
"""


class Store(ABC):
    """One application on one engine, with what it holds before each test."""

    def __init__(self, folder: Path, database_url: str) -> None:
        self.app = self._application(folder, database_url)
        with self.app.app_context():
            upgrade(revision="head")
            self._keep_empty()
            self.homes = cast.fill()
            self._keep_filled()

    def _application(self, folder: Path, database_url: str) -> Flask:
        settings = load_settings(
            {"REEMPLOI_MODE": "test", "REEMPLOI_INSTANCE": str(folder), "REEMPLOI_DATABASE_URL": database_url}
        )
        app = create_app(settings)
        app.testing = True
        app.test_client_class = InspectingClient
        return app

    @abstractmethod
    def _keep_empty(self) -> None:
        """Remember the migrated database without any row of ours."""

    @abstractmethod
    def _keep_filled(self) -> None:
        """Remember the database with both associations."""

    @abstractmethod
    def restore(self, *, empty: bool = False) -> None:
        """Put everything back, with both associations or with nothing but the migrated schema."""

    def close(self) -> None:
        """End the connections; the folder and the temporary server go with the session."""
        with self.app.app_context():
            db.engine.dispose()


class SqliteStore(Store):
    """A file, in memory where the machine can, because requests use several connections."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "reemploi.db"
        super().__init__(folder, f"sqlite:///{self.path}")

    def _copy(self) -> sqlite3.Connection:
        template = sqlite3.connect(":memory:")
        with sqlite3.connect(self.path) as source:
            source.backup(template)
        source.close()
        return template

    def _keep_empty(self) -> None:
        self._empty = self._copy()

    def _keep_filled(self) -> None:
        self._filled = self._copy()
        self._target = sqlite3.connect(self.path)
        self._target.execute("PRAGMA synchronous=OFF")

    def restore(self, *, empty: bool = False) -> None:
        """Copy the template's pages over the file."""
        (self._empty if empty else self._filled).backup(self._target)


class PostgresStore(Store):
    """A database of its own on the temporary server."""

    def __init__(self, folder: Path, server: str, name: str) -> None:
        self._restoring: dict[str, list[str]] = {}
        url = make_url(server)
        with psycopg.connect(_plain(server), autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        self.url = url.set(database=name).render_as_string(hide_password=False)
        super().__init__(folder, self.url)

    def _keep_empty(self) -> None:
        self._keep("empty")

    def _keep_filled(self) -> None:
        self._keep("filled")

    def _keep(self, schema: str) -> None:
        """Copy every table into a schema aside, and write down the statements that bring it back."""
        with db.engine.connect() as connection, connection.begin():
            connection.execute(text("SET TRANSACTION READ WRITE"))
            connection.execute(text(f"CREATE SCHEMA {schema}"))
            tables = [name for name in inspect(connection).get_table_names() if name != "alembic_version"]
            for name in tables:
                connection.execute(text(f'CREATE TABLE {schema}."{name}" AS TABLE public."{name}"'))
            held = [name for name in tables if connection.execute(text(f'SELECT 1 FROM "{name}" LIMIT 1')).first()]
            counted = [(name, sequence) for name, sequence in connection.execute(text(SEQUENCES)) if name in held]
        self._restoring[schema] = [
            "TRUNCATE " + ", ".join(f'"{name}"' for name in tables) + " RESTART IDENTITY CASCADE",
            *(f'INSERT INTO "{name}" SELECT * FROM {schema}."{name}"' for name in held),
            *(f"SELECT setval('{sequence}', max(id)) FROM \"{name}\"" for name, sequence in counted),
        ]

    def restore(self, *, empty: bool = False) -> None:
        """Truncate every table, insert the kept rows again, set the sequences after them."""
        with self.app.app_context(), db.engine.connect() as connection, connection.begin():
            connection.execute(text("SET TRANSACTION READ WRITE"))
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            for statement in self._restoring["empty" if empty else "filled"]:
                connection.execute(text(statement))


def _plain(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def open_store(engine: str, folder: Path, worker: str) -> Store:
    """The store of an engine; raises RuntimeError when PostgreSQL is asked for and absent."""
    if engine == "sqlite":
        return SqliteStore(folder)
    if not os.environ.get(POSTGRES):
        raise RuntimeError(WITHOUT_POSTGRES)
    return PostgresStore(folder, os.environ[POSTGRES], f"test_{worker}")
