"""Tables of labels: the random name of each device's open page, and how often its label was printed."""

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reemploi.extensions import Base
from reemploi.ground.columns import Instant, tenant_key
from reemploi.ground.tenancy import Tenant, tenant_table
from reemploi.journey.models import Device


class LabelToken(Tenant, Base):
    """What the QR code of a device's label names: 100 random bits, never the tag, so that no page can be guessed."""

    __tablename__ = "label_token"

    device_id: Mapped[int]
    token: Mapped[str] = mapped_column(String(20), unique=True)
    prints: Mapped[int] = mapped_column(default=0)
    printed_at: Mapped[Instant | None]
    device: Mapped[Device] = relationship(viewonly=True)

    __table_args__ = tenant_table(tenant_key("device"), UniqueConstraint("association_id", "device_id"))
