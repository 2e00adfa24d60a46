"""Column types and small mixins shared by every table."""

from datetime import UTC, datetime
from secrets import token_urlsafe
from typing import Annotated, Any

from sqlalchemy import JSON, DateTime, ForeignKeyConstraint, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.types import TypeDecorator


class UTCDateTime(TypeDecorator[datetime]):
    """An instant: aware in Python, stored in UTC on both engines; a naive value is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store in UTC; SQLite keeps no zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Read back as an aware instant in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


FACTS = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
Facts = dict[str, Any]

Key = Annotated[int, mapped_column(primary_key=True)]
Instant = Annotated[datetime, mapped_column(UTCDateTime)]
Code = Annotated[str, mapped_column(String(40))]
Line = Annotated[str, mapped_column(String(200))]
Digest = Annotated[str, mapped_column(String(64))]


def new_address() -> str:
    """A random 128-bit identifier for addresses, 22 signs, safe in a URL."""
    return token_urlsafe(16)


class Addressed:
    """A row reached through a random address; the address is known before the row is inserted."""

    address: Mapped[str] = mapped_column(String(22), default=new_address, unique=True)

    def __init__(self, **values: Any) -> None:
        values.setdefault("address", new_address())
        super().__init__(**values)


def tenant_key(table: str, column: str | None = None, *, use_alter: bool = False) -> ForeignKeyConstraint:
    """A foreign key that cannot cross associations: (association_id, <column>) → <table>(association_id, id)."""
    column = column or f"{table}_id"
    return ForeignKeyConstraint(
        ["association_id", column],
        [f"{table}.association_id", f"{table}.id"],
        use_alter=use_alter,
    )


def upsert(session: Session, table: type) -> Any:
    """An INSERT that knows ON CONFLICT, in the dialect of the session's engine."""
    insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
    return insert(table)
