"""Evidence of erasure: one row per medium and per judgement, never changed; a correction is a new row."""

from sqlalchemy import CheckConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reemploi.extensions import Base
from reemploi.ground.columns import FACTS, Addressed, Code, Digest, Facts, Instant, Line, tenant_key
from reemploi.ground.tenancy import Tenant, tenant_table
from reemploi.journey.models import Device, StorageMedium


class WipeEvidence(Tenant, Base):
    """What was shown for one medium, and what it is worth.

    `accepted` with its level and method, or not, with the refusals as sentences (`[{msgid, params, plural}]`).
    `medium_id` is None when no medium of ours bears the serial. `source` says how it came: uploaded, posted by the
    stick, declared by people, a provider's certificate. `method` is the tool's own word, or a code of `methods.py`;
    `one_person` tells that the verifier was allowed to be the operator. `fingerprint` names one run of a log, whatever
    file repeats it: nwipe appends its runs to one file.
    """

    __tablename__ = "wipe_evidence"

    medium_id: Mapped[int | None]
    device_id: Mapped[int | None]
    file_id: Mapped[int | None]
    file_digest: Mapped[Digest | None]
    run: Mapped[int] = mapped_column(default=0)
    fingerprint: Mapped[Digest | None]
    source: Mapped[Code]
    tool: Mapped[Line] = mapped_column(default="")
    tool_version: Mapped[Line] = mapped_column(default="")
    serial: Mapped[Line] = mapped_column(default="")
    method: Mapped[Line]
    rounds: Mapped[int | None]
    level: Mapped[Code | None]
    verification: Mapped[Code] = mapped_column(default="")
    result: Mapped[Code]
    started_at: Mapped[Instant | None]
    ended_at: Mapped[Instant | None]
    operator_id: Mapped[int | None]
    verifier_id: Mapped[int | None]
    one_person: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(String(280), default="")
    photo_digest: Mapped[Digest | None]
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
        CheckConstraint("NOT accepted OR ended_at IS NOT NULL", name="accepted_dated"),
        CheckConstraint("accepted = (result <> 'refused')", name="accepted_result"),
        CheckConstraint("NOT accepted OR source NOT IN ('manual', 'third_party') OR one_person OR "
                        "operator_id <> verifier_id", name="two_people"),
        Index("ix_wipe_evidence_medium", "association_id", "medium_id", "recorded_at"),
        Index("uq_wipe_evidence_fingerprint", "association_id", "fingerprint", unique=True,
              sqlite_where=text("accepted AND fingerprint IS NOT NULL"),
              postgresql_where=text("accepted AND fingerprint IS NOT NULL")),
        Index("ix_wipe_evidence_device", "association_id", "device_id"),
        Index("ix_wipe_evidence_run", "association_id", "fingerprint"),
    )  # fmt: skip


class PendingWipe(Addressed, Tenant, Base):
    """What one person declared or dropped about a medium, and what waits for a second one; one open at a time.

    `kind`: `declared` (method of `methods.py`), or `log` (a run of a kept file, frozen in `facts`, whose judgement
    leaves a `doubt`: `zone` or `clock`). `one_person` is the setting in force when it was settled.
    """

    __tablename__ = "pending_wipe"

    medium_id: Mapped[int]
    device_id: Mapped[int]
    kind: Mapped[Code]
    method: Mapped[Line]
    note: Mapped[str] = mapped_column(String(280), default="")
    photo_digest: Mapped[Digest | None]
    file_id: Mapped[int | None]
    run: Mapped[int] = mapped_column(default=0)
    fingerprint: Mapped[Digest | None]
    doubt: Mapped[Code] = mapped_column(default="")
    facts: Mapped[Facts] = mapped_column(FACTS)
    happened_at: Mapped[Instant]
    declared_by: Mapped[int]
    declared_at: Mapped[Instant]
    settled_at: Mapped[Instant | None]
    settled_by: Mapped[int | None]
    confirmed: Mapped[bool | None]
    one_person: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(String(280), default="")
    medium: Mapped[StorageMedium] = relationship(viewonly=True, lazy="joined", innerjoin=True)
    device: Mapped[Device] = relationship(viewonly=True, lazy="joined", innerjoin=True)

    __table_args__ = tenant_table(
        tenant_key("storage_medium", "medium_id"),
        tenant_key("device"),
        tenant_key("captured_file", "file_id"),
        tenant_key("member", "declared_by"),
        tenant_key("member", "settled_by"),
        CheckConstraint("kind IN ('declared', 'log')", name="kind"),
        CheckConstraint("doubt IN ('', 'zone', 'clock')", name="doubt"),
        CheckConstraint("(settled_at IS NULL) = (settled_by IS NULL) AND (settled_at IS NULL) = (confirmed IS NULL)",
                        name="settled_whole"),
        CheckConstraint("settled_by IS NULL OR NOT confirmed OR one_person OR settled_by <> declared_by",
                        name="two_people"),
        Index("uq_pending_wipe_open", "medium_id", unique=True,
              sqlite_where=text("settled_at IS NULL"), postgresql_where=text("settled_at IS NULL")),
        Index("ix_pending_wipe_waiting", "association_id", "settled_at", "declared_at", "id"),
        Index("ix_pending_wipe_device", "association_id", "device_id"),
    )  # fmt: skip


class LockCheck(Tenant, Base):
    """One control of a phone's or tablet's locks: each line's outcome, its IMEI or why it cannot be read."""

    __tablename__ = "lock_check"

    device_id: Mapped[int]
    lines: Mapped[Facts] = mapped_column(FACTS)
    imei: Mapped[str] = mapped_column(String(64), default="")
    imei_reason: Mapped[str] = mapped_column(String(280), default="")
    off: Mapped[bool]
    checked_at: Mapped[Instant]
    checked_by: Mapped[int | None]

    __table_args__ = tenant_table(
        tenant_key("device"),
        tenant_key("member", "checked_by"),
        Index("ix_lock_check_device", "association_id", "device_id", "id"),
    )
