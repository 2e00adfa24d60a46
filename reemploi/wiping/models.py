"""Evidence of erasure: one row per medium and per judgement, never changed; a correction is a new row."""

from sqlalchemy import CheckConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from reemploi.extensions import Base
from reemploi.ground.columns import FACTS, Code, Digest, Facts, Instant, Line, tenant_key
from reemploi.ground.tenancy import Tenant, tenant_table


class WipeEvidence(Tenant, Base):
    """What was shown for one medium, and what it is worth.

    `accepted` with its level and method, or not, with the refusals as sentences (`[{msgid, params}]`). `medium_id` is
    None when no medium of ours bears the serial. `source` says how it came: uploaded, posted by the stick, typed.
    """

    __tablename__ = "wipe_evidence"

    medium_id: Mapped[int | None]
    device_id: Mapped[int | None]
    file_id: Mapped[int | None]
    file_digest: Mapped[Digest | None]
    run: Mapped[int] = mapped_column(default=0)
    source: Mapped[Code]
    tool: Mapped[Line]
    serial: Mapped[Line]
    method: Mapped[Line]
    level: Mapped[Code | None]
    verification: Mapped[Line]
    result: Mapped[Code]
    started_at: Mapped[Instant | None]
    ended_at: Mapped[Instant | None]
    operator_id: Mapped[int | None]
    verifier_id: Mapped[int | None]
    accepted: Mapped[bool]
    refusals: Mapped[list[Facts]] = mapped_column(FACTS)
    recorded_at: Mapped[Instant]

    __table_args__ = tenant_table(
        tenant_key("storage_medium", "medium_id"),
        tenant_key("device"),
        tenant_key("captured_file", "file_id"),
        tenant_key("member", "operator_id"),
        tenant_key("member", "verifier_id"),
        CheckConstraint("source IN ('upload', 'stick', 'manual', 'third_party')", name="source"),
        CheckConstraint("result IN ('erased', 'removed', 'destroyed', 'refused')", name="result"),
        CheckConstraint("level IS NULL OR level IN ('clear', 'purge', 'destroy')", name="level"),
        CheckConstraint("NOT accepted OR medium_id IS NOT NULL", name="accepted_for_a_medium"),
        Index("ix_wipe_evidence_medium", "association_id", "medium_id", "recorded_at"),
        Index("uq_wipe_evidence_file", "association_id", "file_digest", "run", "medium_id", unique=True,
              sqlite_where=text("accepted AND file_digest IS NOT NULL"),
              postgresql_where=text("accepted AND file_digest IS NOT NULL")),
        Index("ix_wipe_evidence_device", "association_id", "device_id"),
    )  # fmt: skip


class PendingManualWipe(Tenant, Base):
    """A manual erasure, removal or destruction declared by a first person, waiting for the second."""

    __tablename__ = "pending_manual_wipe"

    medium_id: Mapped[int]
    method: Mapped[Code]
    note: Mapped[str] = mapped_column(String(280), default="")
    photo_digest: Mapped[Digest | None]
    happened_at: Mapped[Instant]
    declared_by: Mapped[int]
    declared_at: Mapped[Instant]
    settled_at: Mapped[Instant | None]
    settled_by: Mapped[int | None]
    confirmed: Mapped[bool | None]

    __table_args__ = tenant_table(
        tenant_key("storage_medium", "medium_id"),
        tenant_key("member", "declared_by"),
        tenant_key("member", "settled_by"),
        CheckConstraint("settled_by IS NULL OR NOT confirmed OR settled_by <> declared_by", name="two_people"),
        Index("uq_pending_manual_wipe_open", "medium_id", unique=True,
              sqlite_where=text("settled_at IS NULL"), postgresql_where=text("settled_at IS NULL")),
    )  # fmt: skip
