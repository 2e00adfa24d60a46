"""The transaction border and the engines: reading is the rule, writing is asked for.

A transaction begins read-only unless `writing` says otherwise, enforced by the connection itself: SQLite's
`query_only`, PostgreSQL's `READ ONLY`. On SQLite a writing transaction takes the write lock at once (`BEGIN
IMMEDIATE`): a deferred one loses updates or fails half-way.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Literal

from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session

from reemploi.extensions import db

Mode = Literal["read", "write"]
_mode: ContextVar[Mode] = ContextVar("mode", default="read")


def engine_options(url: str) -> dict[str, Any]:
    """Options for the engine behind `url`: the driver never begins a transaction by itself."""
    if url.startswith("sqlite"):
        return {"connect_args": {"isolation_level": None, "timeout": 20, "check_same_thread": False}}
    return {"pool_pre_ping": True, "connect_args": {"options": "-c timezone=UTC"}}


def install(engine: Engine) -> None:
    """Give the engine its habits; once per engine."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _sqlite_connection)
        event.listen(engine, "begin", _sqlite_begin)
    else:
        event.listen(engine, "begin", _postgresql_begin)


def _sqlite_connection(connection: Any, _record: Any) -> None:
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "recursive_triggers=ON",
        "busy_timeout=20000",
        "temp_store=MEMORY",
        "cache_size=-16000",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _sqlite_begin(connection: Connection) -> None:
    mode = _mode.get()
    if connection.info.get("mode") != mode:
        connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if mode == 'write' else 'ON'}")
        connection.info["mode"] = mode
    connection.exec_driver_sql("BEGIN IMMEDIATE" if mode == "write" else "BEGIN")


def _postgresql_begin(connection: Connection) -> None:
    if _mode.get() == "read":
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")


def mode() -> Mode:
    """The mode in which the next transaction of this request or job begins."""
    return _mode.get()


def begin_as(mode: Mode) -> None:
    """Set the mode for what follows in this request; used by the web border alone."""
    _mode.set(mode)


@contextmanager
def writing() -> Iterator[Session]:
    """One writing transaction on the shared session: committed at the end, rolled back by any exception."""
    with _transaction("write", db.session()) as session:
        yield session


@contextmanager
def reading() -> Iterator[Session]:
    """One reading transaction on the shared session, ended at once so that no lock outlives it."""
    with _transaction("read", db.session()) as session:
        yield session


@contextmanager
def aside() -> Iterator[Session]:
    """A short writing transaction beside a reading one: access log, last seen, throttles, quotas.

    Raises RuntimeError inside a writing transaction, which would wait for itself on SQLite.
    """
    if _mode.get() == "write" and db.session().in_transaction():
        raise RuntimeError("a writing transaction is open: write in it instead")
    session = db.session.session_factory()
    try:
        with _transaction("write", session):
            yield session
    finally:
        session.close()


@contextmanager
def _transaction(mode: Mode, session: Session) -> Iterator[Session]:
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("unsaved work is pending: finish the open transaction first")
    if _mode.get() == "write" and session.in_transaction():
        raise RuntimeError("a writing transaction is open: do it inside, a second one would undo the first")
    session.rollback()
    token = _mode.set(mode)
    try:
        yield session
        if mode == "write":
            session.commit()
        else:
            session.rollback()
    except BaseException:
        session.rollback()
        raise
    finally:
        _mode.reset(token)
