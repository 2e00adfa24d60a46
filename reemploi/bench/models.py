"""Tables of the bench: dropped files and what became of each, captures, checklist lines, repairs."""

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reemploi.extensions import Base
from reemploi.ground.columns import FACTS, Addressed, Code, Digest, Facts, Instant, Line, tenant_key
from reemploi.ground.tenancy import Tenant, tenant_table
from reemploi.journey.models import Device


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


class FileDrop(Addressed, Tenant, Base):
    """Files dropped together by one person; `device_id` is the device scanned with them, if any."""

    __tablename__ = "file_drop"

    device_id: Mapped[int | None]
    dropped_at: Mapped[Instant]
    dropped_by: Mapped[int | None]
    parts: Mapped[list["DroppedPart"]] = relationship(viewonly=True, order_by="DroppedPart.id")

    __table_args__ = tenant_table(
        tenant_key("device"),
        tenant_key("member", "dropped_by"),
        Index("ix_file_drop_dropped", "association_id", "dropped_at", "id"),
    )


class DroppedPart(Addressed, Tenant, Base):
    """What became of one part of a dropped file: a machine, a drive, one erasure of a log.

    `part` counts them inside the file. `serial_folded` names the machine or medium the part speaks of. The outcome
    `unknown` waits for the tag of its device; `sentences` are `[{msgid, params, plural}]`.
    """

    __tablename__ = "dropped_part"

    drop_id: Mapped[int]
    file_id: Mapped[int | None]
    name: Mapped[Line]
    kind: Mapped[Code] = mapped_column(default="")
    part: Mapped[int] = mapped_column(default=0)
    serial_folded: Mapped[str | None] = mapped_column(String(100))
    device_id: Mapped[int | None]
    outcome: Mapped[Code]
    sentences: Mapped[list[Facts]] = mapped_column(FACTS)
    settled_at: Mapped[Instant | None]
    drop: Mapped[FileDrop] = relationship(viewonly=True)
    device: Mapped[Device | None] = relationship(viewonly=True)

    __table_args__ = tenant_table(
        tenant_key("file_drop", "drop_id"),
        tenant_key("captured_file", "file_id"),
        tenant_key("device"),
        CheckConstraint("outcome IN ('done', 'attention', 'refused', 'unknown', 'same')", name="outcome"),
        Index("ix_dropped_part_drop", "association_id", "drop_id"),
        Index("ix_dropped_part_unknown", "association_id", "outcome", "serial_folded"),
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


class Repair(Addressed, Tenant, Base):
    """A repair opened by a failed line (`line`) or by hand (`fault`); cost in cents, time in minutes."""

    __tablename__ = "repair"

    device_id: Mapped[int]
    line: Mapped[Code | None]
    fault: Mapped[str] = mapped_column(String(280), default="")
    opened_at: Mapped[Instant]
    opened_by: Mapped[int | None]
    done_at: Mapped[Instant | None]
    done_by: Mapped[int | None]
    work: Mapped[str] = mapped_column(String(280), default="")
    cost_cents: Mapped[int] = mapped_column(default=0)
    minutes: Mapped[int] = mapped_column(default=0)

    __table_args__ = tenant_table(
        tenant_key("device"),
        tenant_key("member", "opened_by"),
        tenant_key("member", "done_by"),
        CheckConstraint("line IS NOT NULL OR fault <> ''", name="some_reason"),
        CheckConstraint("cost_cents >= 0 AND minutes >= 0", name="measures"),
        Index("ix_repair_device", "association_id", "device_id"),
    )
