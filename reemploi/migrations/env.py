"""Migrations: one chain for both engines, foreign keys off while tables are rebuilt, triggers re-created at the end."""

from typing import Any, Literal

from alembic import context
from flask import current_app
from sqlalchemy import JSON, Connection

from reemploi.extensions import Base, db
from reemploi.ground.columns import UTCDateTime
from reemploi.ground.database import writing
from reemploi.ground.triggers import create_triggers


def _rendered(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Migrations name plain SQL types, so that they outlive this code."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, JSON):
        return "sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')"
    return False


def _migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=False,
        compare_type=True,
        render_item=_rendered,
        transaction_per_migration=False,
    )
    context.run_migrations()
    create_triggers(connection)


def _check_foreign_keys(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise RuntimeError(f"the migration leaves broken references: {broken[:5]}")


def run() -> None:
    """Migrate the database of the current application in one transaction."""
    sqlite = db.engine.dialect.name == "sqlite"
    with writing(), db.engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        if sqlite and raw is not None:
            raw.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                _migrate(connection)
                if sqlite:
                    _check_foreign_keys(connection)
        finally:
            if sqlite and raw is not None:
                raw.execute("PRAGMA foreign_keys=ON")


assert current_app
run()
