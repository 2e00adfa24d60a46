"""Documents: a number, the data frozen when it was made, and the digest that a reprint must give again."""

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from reemploi.extensions import Base
from reemploi.ground.columns import Addressed, Code, Digest, Instant, Line, tenant_key
from reemploi.ground.crypto import Sealed, sealed_column
from reemploi.ground.tenancy import Tenant, tenant_table


class Document(Addressed, Tenant, Base):
    """A paper of the service, rendered again from its sealed frozen data; `subject` like "delivery:12"."""

    __tablename__ = "document"

    kind: Mapped[Code]
    number: Mapped[Line]
    subject: Mapped[Line] = mapped_column(index=True)
    template: Mapped[Code]
    template_version: Mapped[int]
    language: Mapped[Code]
    frozen_sealed: Mapped[bytes] = sealed_column()
    digest: Mapped[Digest]
    made_at: Mapped[Instant]
    made_by: Mapped[int | None]
    cancelled_at: Mapped[Instant | None]
    prints: Mapped[int] = mapped_column(default=0)
    frozen = Sealed()

    __table_args__ = tenant_table(tenant_key("member", "made_by"), UniqueConstraint("association_id", "number"))
