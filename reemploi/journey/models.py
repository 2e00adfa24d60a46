"""Tables of the journey: device, its aliases, its storage media, and the journal that proves its path."""

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reemploi.extensions import Base
from reemploi.ground.columns import FACTS, Addressed, Code, Digest, Facts, Instant, tenant_key
from reemploi.ground.tenancy import Tenant, tenant_table
from reemploi.journey.rules import STATUSES, DeviceFacts, MediumFacts, Status


class StatusCode(Base):
    """The statuses that exist: a device's status is a foreign key to one of them."""

    __tablename__ = "status"

    code: Mapped[Code] = mapped_column(primary_key=True)


class Device(Tenant, Base):
    """One machine with its tag, from the donor's van to its end.

    `version` and `head` are the number and digest of its last journal row; only `journal.record` moves them, and only
    `actions.move` writes `status`. Weight in grams. `in_hands_at`: the last instant it was in someone's hands.
    """

    __tablename__ = "device"

    tag: Mapped[str] = mapped_column(String(10), ForeignKey("issued_tag.tag"), unique=True)
    category: Mapped[Code]
    status: Mapped[Code] = mapped_column(ForeignKey("status.code"))
    version: Mapped[int] = mapped_column(default=0)
    head: Mapped[Digest] = mapped_column(default="")
    moved_at: Mapped[Instant]
    entered_at: Mapped[Instant]
    in_hands_at: Mapped[Instant]

    maker: Mapped[str] = mapped_column(String(100), default="")
    model: Mapped[str] = mapped_column(String(200), default="")
    serial: Mapped[str] = mapped_column(String(100), default="")
    serial_folded: Mapped[str | None] = mapped_column(String(100))
    identity: Mapped[str | None] = mapped_column(String(220))
    processor: Mapped[str] = mapped_column(String(200), default="")
    memory_bytes: Mapped[int | None] = mapped_column(BigInteger)

    entered_as: Mapped[Code]
    legal_origin: Mapped[Code]
    weight_grams: Mapped[int | None]
    charger: Mapped[Code]
    place_id: Mapped[int | None]

    no_storage_at: Mapped[Instant | None]
    no_storage_by: Mapped[int | None]
    declared_erased_at: Mapped[Instant | None]
    locks_off_at: Mapped[Instant | None]
    grade: Mapped[str | None] = mapped_column(String(1))
    graded_at: Mapped[Instant | None]
    system: Mapped[str] = mapped_column(String(200), default="")
    system_installed_at: Mapped[Instant | None]
    safety_stop: Mapped[bool] = mapped_column(default=False)

    media: Mapped[list["StorageMedium"]] = relationship(
        viewonly=True,
        primaryjoin="and_(foreign(StorageMedium.device_id) == Device.id, "
        "StorageMedium.association_id == Device.association_id)",
        order_by="StorageMedium.id",
    )

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}
    __table_args__ = tenant_table(
        tenant_key("place"),
        tenant_key("member", "no_storage_by"),
        CheckConstraint("entered_as IN ('donation', 'waste')", name="entered_as"),
        CheckConstraint("charger IN ('with_it', 'from_stock', 'missing', 'none_needed')", name="charger"),
        CheckConstraint("grade IS NULL OR grade IN ('A', 'B', 'C', 'D')", name="grade"),
        CheckConstraint("weight_grams IS NULL OR weight_grams > 0", name="weight"),
        CheckConstraint("(no_storage_at IS NULL) = (no_storage_by IS NULL)", name="no_storage_named"),
        Index("uq_device_identity", "association_id", "identity", unique=True,
              sqlite_where=text("identity IS NOT NULL"), postgresql_where=text("identity IS NOT NULL")),
        Index("ix_device_serial", "association_id", "serial_folded"),
        Index("ix_device_status", "association_id", "status", "moved_at", "id"),
        Index("ix_device_last_four", "association_id", text("substr(tag, 7)")),
    )  # fmt: skip

    @property
    def name(self) -> str:
        """Maker and model, or the category when nothing is known yet."""
        return " ".join(part for part in (self.maker, self.model) if part)

    @property
    def state(self) -> Status:
        """The status with its label, tone and icon."""
        return STATUSES[self.status]

    @property
    def facts(self) -> DeviceFacts:
        """What the rule book's guards read."""
        return DeviceFacts(
            category=self.category,
            in_hands_at=self.in_hands_at,
            media=tuple(medium.facts for medium in self.media),
            no_storage_at=self.no_storage_at,
            declared_erased_at=self.declared_erased_at,
            locks_off_at=self.locks_off_at,
            graded_at=self.graded_at,
            system_installed_at=self.system_installed_at,
            safety_stop=self.safety_stop,
        )


class DeviceAlias(Tenant, Base):
    """Another code that names the device: an old tag, a label of another system. One code, one device."""

    __tablename__ = "device_alias"

    device_id: Mapped[int]
    code: Mapped[str] = mapped_column(String(100))
    added_at: Mapped[Instant]

    __table_args__ = tenant_table(tenant_key("device"), UniqueConstraint("association_id", "code"))


class StorageMedium(Addressed, Tenant, Base):
    """A disk, SSD or memory, with its own history; `device_id` is where it is now, or was last."""

    __tablename__ = "storage_medium"

    device_id: Mapped[int | None]
    kind: Mapped[Code]
    bus: Mapped[Code] = mapped_column(default="")
    model: Mapped[str] = mapped_column(String(200), default="")
    serial: Mapped[str] = mapped_column(String(100), default="")
    serial_folded: Mapped[str | None] = mapped_column(String(100))
    bytes: Mapped[int | None] = mapped_column(BigInteger)
    seen_at: Mapped[Instant]
    cleared_at: Mapped[Instant | None]
    ended_at: Mapped[Instant | None]
    ended_how: Mapped[Code | None]

    __table_args__ = tenant_table(
        tenant_key("device"),
        CheckConstraint("kind IN ('hdd', 'ssd', 'nvme', 'emmc', 'internal', 'other')", name="kind"),
        CheckConstraint("ended_how IS NULL OR ended_how IN ('removed', 'destroyed')", name="ended_how"),
        CheckConstraint("(ended_at IS NULL) = (ended_how IS NULL)", name="ended_whole"),
        Index("ix_storage_medium_device", "association_id", "device_id"),
        Index("uq_storage_medium_serial", "association_id", "serial_folded", unique=True,
              sqlite_where=text("serial_folded IS NOT NULL"), postgresql_where=text("serial_folded IS NOT NULL")),
    )  # fmt: skip

    @property
    def name(self) -> str:
        """Model and serial, as the person reads them on the medium."""
        return " ".join(part for part in (self.model or self.kind, self.serial) if part)

    @property
    def facts(self) -> MediumFacts:
        """What the rule book's guards read."""
        return MediumFacts(self.name, self.cleared_at, self.ended_at)


class Event(Tenant, Base):
    """One row of the journal, in the past tense; never changed, never deleted (triggers on both engines).

    No household id, no free text: handovers, households and accounts appear as opaque numbers only.
    """

    __tablename__ = "event"

    device_id: Mapped[int]
    seq: Mapped[int]
    kind: Mapped[Code]
    from_status: Mapped[Code | None] = mapped_column(ForeignKey("status.code"))
    to_status: Mapped[Code | None] = mapped_column(ForeignKey("status.code"))
    happened_at: Mapped[Instant]
    recorded_at: Mapped[Instant]
    actor_id: Mapped[int | None]
    desk: Mapped[str | None] = mapped_column(String(40))
    facts: Mapped[Facts] = mapped_column(FACTS)
    digest: Mapped[Digest]

    __table_args__ = tenant_table(
        tenant_key("device"),
        tenant_key("member", "actor_id"),
        UniqueConstraint("device_id", "seq"),
        Index("ix_event_happened", "association_id", "happened_at"),
    )
