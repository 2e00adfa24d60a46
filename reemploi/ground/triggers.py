"""Triggers that keep the journal append-only, on both engines; re-created after every migration.

SQLite's `INSERT OR REPLACE` fires delete triggers only with `recursive_triggers=ON`, set on every connection.
"""

from sqlalchemy import Connection

APPEND_ONLY = ("event", "wipe_evidence", "issued_tag")


def create_triggers(connection: Connection) -> None:
    """Drop and create every trigger; tables that do not exist yet are left for a later migration."""
    present = [table for table in APPEND_ONLY if _exists(connection, table)]
    create = _sqlite if connection.dialect.name == "sqlite" else _postgresql
    for table in present:
        for statement in create(table):
            connection.exec_driver_sql(statement)


def _exists(connection: Connection, table: str) -> bool:
    return connection.dialect.has_table(connection, table)


def _sqlite(table: str) -> list[str]:
    statements = []
    for verb in ("UPDATE", "DELETE"):
        name = f"keep_{table}_{verb.lower()}"
        statements += [
            f"DROP TRIGGER IF EXISTS {name}",
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
        ]
    return statements


def _postgresql(table: str) -> list[str]:
    return [
        "CREATE OR REPLACE FUNCTION keep_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '%% is append-only', TG_TABLE_NAME; END $$",
        f"DROP TRIGGER IF EXISTS keep_{table}_rows ON {table}",
        f"CREATE TRIGGER keep_{table}_rows BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION keep_append_only()",
        f"DROP TRIGGER IF EXISTS keep_{table}_whole ON {table}",
        f"CREATE TRIGGER keep_{table}_whole BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION keep_append_only()",
    ]
