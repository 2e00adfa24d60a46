"""One association never sees another: the scope is set once at the border and bounds every query.

Outside a scope a tenant table answers nothing and takes nothing; `across_associations` is for the host's commands.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint, event
from sqlalchemy.orm import (
    Mapped,
    ORMExecuteState,
    Session,
    UOWTransaction,
    declared_attr,
    mapped_column,
    with_loader_criteria,
)
from sqlalchemy.orm.attributes import get_history

from reemploi.extensions import TransactionSession

NOBODY = -1
_EVERYBODY = 0
_scope: ContextVar[int] = ContextVar("association", default=NOBODY)


class Tenant:
    """A table that belongs to one association; ids are never given twice."""

    id: Mapped[int] = mapped_column(primary_key=True)

    @declared_attr
    def association_id(cls) -> Mapped[int]:
        return mapped_column(ForeignKey("association.id"), active_history=True)

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:
        return tenant_table()


def tenant_table(*constraints: Any) -> tuple[Any, ...]:
    """Arguments of a tenant table: its own constraints, the pair other tables point at, ids never reused."""
    return (*constraints, UniqueConstraint("association_id", "id"), {"sqlite_autoincrement": True})


def current_association() -> int | None:
    """The association in scope, or None outside any."""
    scope = _scope.get()
    return scope if scope > 0 else None


@contextmanager
def within(association_id: int) -> Iterator[None]:
    """Work inside one association."""
    token = _scope.set(association_id)
    try:
        yield
    finally:
        _scope.reset(token)


def enter(association_id: int | None) -> None:
    """Set the scope for the rest of this request or job; None leaves it."""
    _scope.set(association_id or NOBODY)


@contextmanager
def across_associations() -> Iterator[None]:
    """Lift the scope: sign-in, the host's commands and the worker, before the association is known."""
    token = _scope.set(_EVERYBODY)
    try:
        yield
    finally:
        _scope.reset(token)


@event.listens_for(TransactionSession, "do_orm_execute")
def _bound_by_scope(state: ORMExecuteState) -> None:
    scope = _scope.get()
    if scope == _EVERYBODY or state.is_column_load or state.is_relationship_load:
        return
    state.statement = state.statement.options(
        with_loader_criteria(Tenant, lambda table: table.association_id == scope, include_aliases=True)
    )


@event.listens_for(TransactionSession, "before_flush")
def _owned_by_scope(session: Session, _context: UOWTransaction, _instances: object) -> None:
    scope = _scope.get()
    if scope == _EVERYBODY:
        return
    for row in session.new:
        if isinstance(row, Tenant) and row.association_id is None:
            row.association_id = scope
    for row in (*session.new, *session.dirty, *session.deleted):
        if isinstance(row, Tenant) and (row.association_id != scope or get_history(row, "association_id").deleted):
            raise RuntimeError(f"{type(row).__name__} belongs to another association than the one in scope")


def _visible(row: object) -> bool:
    scope = _scope.get()
    return scope == _EVERYBODY or not isinstance(row, Tenant) or row.association_id == scope


TransactionSession.visible = staticmethod(_visible)  # type: ignore[assignment]
