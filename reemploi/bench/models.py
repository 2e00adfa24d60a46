"""Tables of the bench: captures read from the tools, checklist lines, repairs."""

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from reemploi.extensions import Base
from reemploi.ground.columns import FACTS, Code, Digest, Facts, Instant, Line, tenant_key
from reemploi.ground.tenancy import Tenant, tenant_table


class CapturedFile(Tenant, Base):
    """A tool's file as kept: without personal data, under its digest, read again by better readers later."""

    __tablename__ = "captured_file"

    digest: Mapped[Digest]
    kind: Mapped[Code]
    name: Mapped[Line]
    size: Mapped[int]
    received_at: Mapped[Instant]
    received_by: Mapped[int | None]
    source: Mapped[Code]

    __table_args__ = tenant_table(
        tenant_key("member", "received_by"),
        CheckConstraint("source IN ('upload', 'stick', 'demo')", name="source"),
        UniqueConstraint("association_id", "digest"),
    )


class Capture(Tenant, Base):
    """What one reading of a file said about one device; the same file read twice for a device is one row."""

    __tablename__ = "capture"

    device_id: Mapped[int]
    file_id: Mapped[int]
    tool: Mapped[Line]
    facts: Mapped[Facts] = mapped_column(FACTS)
    read_at: Mapped[Instant]

    __table_args__ = tenant_table(
        tenant_key("device"),
        tenant_key("captured_file", "file_id"),
        UniqueConstraint("device_id", "file_id"),
    )


class CheckedLine(Tenant, Base):
    """One line of a checklist for one device: its latest outcome, by whom and when."""

    __tablename__ = "checked_line"

    device_id: Mapped[int]
    line: Mapped[Code]
    outcome: Mapped[Code]
    checked_at: Mapped[Instant]
    checked_by: Mapped[int | None]

    __table_args__ = tenant_table(
        tenant_key("device"),
        tenant_key("member", "checked_by"),
        CheckConstraint("outcome IN ('pass', 'fail', 'not_tested', 'not_applicable')", name="outcome"),
        UniqueConstraint("device_id", "line"),
    )


class Repair(Tenant, Base):
    """A repair opened by a failed line or by hand; cost in cents, time in minutes."""

    __tablename__ = "repair"

    device_id: Mapped[int]
    line: Mapped[Code | None]
    fault: Mapped[str] = mapped_column(String(280))
    opened_at: Mapped[Instant]
    opened_by: Mapped[int | None]
    done_at: Mapped[Instant | None]
    work: Mapped[str] = mapped_column(String(280), default="")
    cost_cents: Mapped[int] = mapped_column(default=0)
    minutes: Mapped[int] = mapped_column(default=0)

    __table_args__ = tenant_table(
        tenant_key("device"),
        tenant_key("member", "opened_by"),
        CheckConstraint("cost_cents >= 0 AND minutes >= 0", name="measures"),
        Index("ix_repair_device", "association_id", "device_id"),
    )
