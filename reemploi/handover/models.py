"""Handovers and their lines: who has which device since when, under which paper; names are read through the household.

The journal names a handover by its number alone.
"""

from datetime import date

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reemploi.extensions import Base
from reemploi.ground.columns import FACTS, Addressed, Code, Instant, Line, tenant_key
from reemploi.ground.crypto import Sealed, sealed_column
from reemploi.ground.tenancy import Tenant, tenant_table
from reemploi.handover.rules import KINDS, STATES
from reemploi.journey.models import Device
from reemploi.papers.models import Document
from reemploi.people.models import Site
from reemploi.prescription.models import Prescription


class Handover(Addressed, Tenant, Base):
    """One or several devices handed to a household under one paper; `due_on` is None for a loan without term.

    `handed_at` is when the devices changed hands, `recorded_at` when that was written down; both None while prepared.
    """

    __tablename__ = "handover"

    number: Mapped[Line]
    kind: Mapped[Code]
    state: Mapped[Code]
    prescription_id: Mapped[int]
    household_id: Mapped[int]
    site_id: Mapped[int]
    document_id: Mapped[int | None]
    due_on: Mapped[date | None]
    prepared_at: Mapped[Instant]
    prepared_by: Mapped[int | None]
    handed_at: Mapped[Instant | None]
    recorded_at: Mapped[Instant | None]
    handed_by: Mapped[int | None]
    signed_how: Mapped[str | None] = mapped_column(String(10))
    ended_at: Mapped[Instant | None]
    site: Mapped[Site] = relationship(viewonly=True)
    prescription: Mapped[Prescription] = relationship(viewonly=True)
    document: Mapped[Document | None] = relationship(viewonly=True)
    lines: Mapped[list["HandoverLine"]] = relationship(
        viewonly=True,
        primaryjoin="and_(foreign(HandoverLine.handover_id) == Handover.id, "
        "HandoverLine.association_id == Handover.association_id)",
        order_by="HandoverLine.id",
    )

    __table_args__ = tenant_table(
        tenant_key("prescription"),
        tenant_key("household"),
        tenant_key("site"),
        tenant_key("document"),
        tenant_key("member", "prepared_by"),
        tenant_key("member", "handed_by"),
        UniqueConstraint("association_id", "number"),
        CheckConstraint(f"kind IN {tuple(KINDS)}", name="kind"),
        CheckConstraint(f"state IN {tuple(STATES)}", name="state"),
        CheckConstraint("signed_how IS NULL OR signed_how IN ('screen', 'paper')", name="signed_how"),
        CheckConstraint("state NOT IN ('prepared', 'running') OR ended_at IS NULL", name="ended_when_over"),
        CheckConstraint("state NOT IN ('running', 'done', 'returned') OR handed_at IS NOT NULL", name="handed"),
        Index("ix_handover_running", "association_id", "state", "due_on"),
        Index("ix_handover_household", "association_id", "household_id"),
        Index("ix_handover_prescription", "association_id", "prescription_id"),
    )


class HandoverLine(Addressed, Tenant, Base):
    """One device of a handover: accessories and condition out and in; open until `ended_at`."""

    __tablename__ = "handover_line"

    handover_id: Mapped[int]
    device_id: Mapped[int]
    prescription_line_id: Mapped[int | None]
    accessories_out: Mapped[list[str]] = mapped_column(FACTS)
    accessories_back: Mapped[list[str] | None] = mapped_column(FACTS)
    condition_out_sealed: Mapped[bytes | None] = sealed_column(nullable=True)
    condition_in_sealed: Mapped[bytes | None] = sealed_column(nullable=True)
    ended_at: Mapped[Instant | None]
    ended_by: Mapped[int | None]
    outcome: Mapped[str | None] = mapped_column(String(10))
    condition_out = Sealed()
    condition_in = Sealed()
    device: Mapped[Device] = relationship(viewonly=True)

    __table_args__ = tenant_table(
        tenant_key("handover"),
        tenant_key("device"),
        tenant_key("prescription_line"),
        tenant_key("member", "ended_by"),
        CheckConstraint(
            "outcome IS NULL OR outcome IN ('given', 'returned', 'declined', 'undone')", name="outcome"
        ),
        CheckConstraint("(ended_at IS NULL) = (outcome IS NULL)", name="ended_whole"),
        Index("uq_handover_line_open", "device_id", unique=True,
              sqlite_where=text("ended_at IS NULL"), postgresql_where=text("ended_at IS NULL")),
        Index("ix_handover_line_handover", "association_id", "handover_id"),
    )  # fmt: skip


class HandoverReminder(Tenant, Base):
    """A step of the reminders already sent for a due date: never twice."""

    __tablename__ = "handover_reminder"

    handover_id: Mapped[int]
    due_on: Mapped[date]
    step: Mapped[Code]
    sent_at: Mapped[Instant]

    __table_args__ = tenant_table(
        tenant_key("handover"),
        UniqueConstraint("handover_id", "due_on", "step"),
    )
