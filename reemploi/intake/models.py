"""Tables of intake: what donors offer, what arrives, what is sorted at the door, which device came when."""

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reemploi.extensions import Base
from reemploi.ground.columns import FACTS, Addressed, Code, Facts, Instant, Line, tenant_key
from reemploi.ground.tenancy import Tenant, tenant_table
from reemploi.journey.models import Device
from reemploi.people.models import Organisation


class Offer(Addressed, Tenant, Base):
    """What a donor proposes; one offer, n deliveries."""

    __tablename__ = "offer"

    donor_id: Mapped[int]
    number: Mapped[Line]
    offered_at: Mapped[Instant]
    note: Mapped[str] = mapped_column(String(280), default="")
    decision: Mapped[Code] = mapped_column(default="open")
    decided_at: Mapped[Instant | None]
    decision_reason: Mapped[str] = mapped_column(String(280), default="")
    donor: Mapped[Organisation] = relationship(viewonly=True, lazy="joined", innerjoin=True)
    lines: Mapped[list["OfferLine"]] = relationship(viewonly=True, order_by="OfferLine.id")

    __table_args__ = tenant_table(
        tenant_key("organisation", "donor_id"),
        CheckConstraint("decision IN ('open', 'accepted', 'refused')", name="decision"),
        UniqueConstraint("association_id", "number"),
        Index("ix_offer_decision", "association_id", "decision", "offered_at", "id"),
    )


class OfferLine(Tenant, Base):
    """So many devices of a category, as the donor announces them."""

    __tablename__ = "offer_line"

    offer_id: Mapped[int]
    category: Mapped[Code]
    count: Mapped[int]

    __table_args__ = tenant_table(
        tenant_key("offer"), CheckConstraint("count BETWEEN 1 AND 10000", name="count"),
        UniqueConstraint("offer_id", "category"),
    )  # fmt: skip


class Delivery(Addressed, Tenant, Base):
    """A van, a box, one PC on a Saturday: what came from one donor at one time, to one site."""

    __tablename__ = "delivery"

    number: Mapped[Line]
    donor_id: Mapped[int]
    offer_id: Mapped[int | None]
    site_id: Mapped[int]
    arrived_at: Mapped[Instant]
    entered_as: Mapped[Code]
    legal_origin: Mapped[Code]
    signatory: Mapped[Line] = mapped_column(default="")
    collector: Mapped[Line] = mapped_column(default="")
    reservations: Mapped[str] = mapped_column(String(280), default="")
    closed_at: Mapped[Instant | None]
    received_by: Mapped[int | None]
    donor: Mapped[Organisation] = relationship(viewonly=True, lazy="joined", innerjoin=True)
    sorting: Mapped[list["SortingLine"]] = relationship(viewonly=True, order_by="SortingLine.id")

    __table_args__ = tenant_table(
        tenant_key("organisation", "donor_id"),
        tenant_key("offer"),
        tenant_key("site"),
        tenant_key("member", "received_by"),
        CheckConstraint("entered_as IN ('donation', 'waste')", name="entered_as"),
        UniqueConstraint("association_id", "number"),
        Index("ix_delivery_arrived", "association_id", "arrived_at", "id"),
        Index("ix_delivery_donor", "association_id", "donor_id", "arrived_at", "id"),
        Index("ix_delivery_offer", "association_id", "offer_id"),
    )


class SortingLine(Tenant, Base):
    """What was counted at the door: so many of a category, kept or not, and their weight in grams."""

    __tablename__ = "sorting_line"

    delivery_id: Mapped[int]
    category: Mapped[Code]
    outcome: Mapped[Code]
    count: Mapped[int]
    weight_grams: Mapped[int | None]
    recorded_at: Mapped[Instant]
    recorded_by: Mapped[int | None]

    __table_args__ = tenant_table(
        tenant_key("delivery"),
        tenant_key("member", "recorded_by"),
        CheckConstraint("outcome IN ('kept', 'waste', 'parts', 'given_back', 'refused')", name="outcome"),
        CheckConstraint("count BETWEEN 1 AND 10000", name="count"),
        CheckConstraint("weight_grams IS NULL OR weight_grams > 0", name="weight"),
        UniqueConstraint("delivery_id", "category", "outcome"),
    )


class Arrival(Tenant, Base):
    """A device that came with a delivery; a device that comes back later has a second row."""

    __tablename__ = "arrival"

    delivery_id: Mapped[int]
    device_id: Mapped[int]
    received_at: Mapped[Instant]
    device: Mapped[Device] = relationship(viewonly=True)
    delivery: Mapped[Delivery] = relationship(viewonly=True)

    __table_args__ = tenant_table(
        tenant_key("delivery"),
        tenant_key("device"),
        UniqueConstraint("delivery_id", "device_id"),
        Index("ix_arrival_delivery", "association_id", "delivery_id", "id"),
        Index("ix_arrival_device", "association_id", "device_id"),
    )


class ReceivedScan(Tenant, Base):
    """One code given to the reception of a delivery and what came of it: the same `scan_id` sent again changes nothing.

    `read` is the code as it arrived, `kept` what stayed the same during the series. A row that needs a person stays
    open until `settled_at`.
    """

    __tablename__ = "received_scan"

    scan_id: Mapped[str] = mapped_column(String(40))
    delivery_id: Mapped[int]
    device_id: Mapped[int | None]
    read: Mapped[str] = mapped_column(String(120))
    outcome: Mapped[Code]
    kept: Mapped[Facts] = mapped_column(FACTS)
    recorded_at: Mapped[Instant]
    recorded_by: Mapped[int | None]
    settled_at: Mapped[Instant | None]
    device: Mapped[Device | None] = relationship(viewonly=True)

    __table_args__ = tenant_table(
        tenant_key("delivery"),
        tenant_key("device"),
        tenant_key("member", "recorded_by"),
        UniqueConstraint("association_id", "scan_id"),
        Index("ix_received_scan_open", "association_id", "delivery_id", "settled_at", "id"),
    )
