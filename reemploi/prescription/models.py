"""Households and prescriptions: names, channels and free text are sealed; each household is its structure's own."""

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reemploi.extensions import Base
from reemploi.ground.columns import Addressed, Code, Digest, Instant, Line, tenant_key
from reemploi.ground.crypto import Sealed, sealed_column
from reemploi.ground.tenancy import Tenant, tenant_table
from reemploi.journey.models import Device
from reemploi.people.models import Organisation, Site
from reemploi.prescription.rules import STATES, State


class Household(Addressed, Tenant, Base):
    """A family or a person: what is needed to hand over and follow, nothing more."""

    __tablename__ = "household"

    organisation_id: Mapped[int]
    name_sealed: Mapped[bytes] = sealed_column()
    channel_sealed: Mapped[bytes | None] = sealed_column(nullable=True)
    municipality: Mapped[Line]
    neighbourhood: Mapped[Code]
    adults: Mapped[int] = mapped_column(default=1)
    schooled_children: Mapped[int] = mapped_column(default=0)
    devices_at_home: Mapped[int | None]
    created_at: Mapped[Instant]
    created_by: Mapped[int | None]
    anonymised_at: Mapped[Instant | None]
    name = Sealed()
    channel = Sealed()

    __table_args__ = tenant_table(
        tenant_key("organisation"),
        tenant_key("member", "created_by"),
        CheckConstraint("neighbourhood IN ('yes', 'no', 'unknown')", name="neighbourhood"),
        CheckConstraint("adults BETWEEN 0 AND 20 AND schooled_children BETWEEN 0 AND 20", name="composition"),
    )


class HouseholdWord(Tenant, Base):
    """One keyed word of a household's name, for the search; removed when the household is anonymised."""

    __tablename__ = "household_word"

    household_id: Mapped[int]
    digest: Mapped[Digest]

    __table_args__ = tenant_table(
        tenant_key("household"),
        UniqueConstraint("household_id", "digest"),
        Index("ix_household_word_digest", "association_id", "digest"),
    )


class Prescription(Addressed, Tenant, Base):
    """What a social worker asks for a household; `status` is written by `actions.step` alone."""

    __tablename__ = "prescription"

    number: Mapped[Line]
    household_id: Mapped[int]
    organisation_id: Mapped[int]
    prescriber_id: Mapped[int]
    status: Mapped[Code]
    need: Mapped[Code]
    urgency: Mapped[Code]
    criterion: Mapped[Code]
    criterion_seen_at: Mapped[Instant]
    agreed_at: Mapped[Instant]
    as_gift: Mapped[bool] = mapped_column(default=False)
    note_sealed: Mapped[bytes | None] = sealed_column(nullable=True)
    written_at: Mapped[Instant]
    submitted_at: Mapped[Instant | None]
    decided_at: Mapped[Instant | None]
    decided_by: Mapped[int | None]
    reason: Mapped[Code | None]
    note = Sealed()
    household: Mapped[Household] = relationship(viewonly=True)
    organisation: Mapped[Organisation] = relationship(viewonly=True)
    lines: Mapped[list["PrescriptionLine"]] = relationship(viewonly=True, order_by="PrescriptionLine.id")

    __table_args__ = tenant_table(
        tenant_key("household"),
        tenant_key("organisation"),
        tenant_key("member", "prescriber_id"),
        tenant_key("member", "decided_by"),
        UniqueConstraint("association_id", "number"),
        CheckConstraint(f"status IN {tuple(STATES)}", name="status"),
        Index("ix_prescription_status", "association_id", "status", "submitted_at"),
        Index("ix_prescription_structure", "association_id", "organisation_id", "id"),
    )

    @property
    def state(self) -> State:
        """The status with its label, tone and icon."""
        return STATES[self.status]


class PrescriptionLine(Tenant, Base):
    """One kind of equipment for one person of the household; proposed, declined, served or ended alone."""

    __tablename__ = "prescription_line"

    prescription_id: Mapped[int]
    category: Mapped[Code]
    for_whom: Mapped[Code]
    state: Mapped[Code] = mapped_column(default="waiting")
    device_id: Mapped[int | None]
    proposed_at: Mapped[Instant | None]
    proposed_by: Mapped[int | None]
    declined_reason: Mapped[Code | None]
    device: Mapped[Device | None] = relationship(viewonly=True)

    __table_args__ = tenant_table(
        tenant_key("prescription"),
        tenant_key("device"),
        tenant_key("member", "proposed_by"),
        CheckConstraint("state IN ('waiting', 'proposed', 'served', 'ended')", name="state"),
        CheckConstraint("(state IN ('proposed', 'served')) = (device_id IS NOT NULL)", name="device_when_proposed"),
        Index("uq_prescription_line_device", "device_id", unique=True,
              sqlite_where=text("state = 'proposed'"), postgresql_where=text("state = 'proposed'")),
        Index("ix_prescription_line_prescription", "association_id", "prescription_id"),
    )  # fmt: skip


class Appointment(Addressed, Tenant, Base):
    """When and where the household comes; the outcome is written afterwards."""

    __tablename__ = "appointment"

    prescription_id: Mapped[int]
    site_id: Mapped[int]
    at: Mapped[Instant]
    fixed_at: Mapped[Instant]
    fixed_by: Mapped[int | None]
    outcome: Mapped[str | None] = mapped_column(String(10))
    site: Mapped[Site] = relationship(viewonly=True)

    __table_args__ = tenant_table(
        tenant_key("prescription"),
        tenant_key("site"),
        tenant_key("member", "fixed_by"),
        CheckConstraint("outcome IS NULL OR outcome IN ('kept', 'absent', 'moved')", name="outcome"),
        Index("uq_appointment_open", "prescription_id", unique=True,
              sqlite_where=text("outcome IS NULL"), postgresql_where=text("outcome IS NULL")),
        Index("ix_appointment_at", "association_id", "at"),
    )  # fmt: skip
