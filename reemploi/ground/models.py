"""Tables of the ground: jobs, outgoing mail, throttles, access log, number series, dated settings."""

from sqlalchemy import CheckConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from reemploi.extensions import Base
from reemploi.ground.columns import FACTS, Addressed, Code, Digest, Facts, Instant, Key, Line, tenant_key
from reemploi.ground.crypto import Sealed, sealed_column
from reemploi.ground.tenancy import Tenant, tenant_table


class Job(Addressed, Tenant, Base):
    """Work done behind the page by `flask work`; progress is shown on the page that asked."""

    __tablename__ = "job"

    kind: Mapped[Code]
    payload: Mapped[Facts] = mapped_column(FACTS)
    state: Mapped[Code] = mapped_column(default="waiting")
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    result: Mapped[Facts | None] = mapped_column(FACTS)
    error: Mapped[str | None] = mapped_column(Text)
    attempts: Mapped[int] = mapped_column(default=0)
    asked_by: Mapped[int | None]
    asked_at: Mapped[Instant]
    not_before: Mapped[Instant]
    finished_at: Mapped[Instant | None]

    __table_args__ = tenant_table(
        CheckConstraint("state IN ('waiting', 'running', 'done', 'failed')", name="state"),
        Index("ix_job_next", "state", "not_before"),
        tenant_key("member", "asked_by"),
    )


class Mail(Addressed, Tenant, Base):
    """A mail to send, written in the transaction that causes it; text and addressee are sealed."""

    __tablename__ = "mail"

    to_sealed: Mapped[bytes] = sealed_column()
    subject: Mapped[Line]
    text_sealed: Mapped[bytes] = sealed_column()
    written_at: Mapped[Instant]
    not_before: Mapped[Instant]
    sent_at: Mapped[Instant | None]
    attempts: Mapped[int] = mapped_column(default=0)
    failure: Mapped[str | None] = mapped_column(String(200))
    to = Sealed()
    text = Sealed()

    __table_args__ = tenant_table(Index("ix_mail_next", "sent_at", "not_before"))


class Attempt(Base):
    """Failed or costly attempts in a window, by purpose and keyed subject (never the address itself)."""

    __tablename__ = "attempt"

    id: Mapped[Key]
    purpose: Mapped[Code]
    subject: Mapped[Digest]
    window_start: Mapped[Instant]
    count: Mapped[int] = mapped_column(default=0)

    __table_args__ = (UniqueConstraint("purpose", "subject"),)


class AccessLog(Tenant, Base):
    """Who read which household's data, when and why; ids only."""

    __tablename__ = "access_log"

    member_id: Mapped[int]
    household_id: Mapped[int]
    purpose: Mapped[Code]
    at: Mapped[Instant]

    __table_args__ = tenant_table(
        tenant_key("member"), Index("ix_access_log_household", "association_id", "household_id", "at")
    )


class NumberSeries(Tenant, Base):
    """The last number given in a series of papers, without a gap, per association and year."""

    __tablename__ = "number_series"

    series: Mapped[Code]
    year: Mapped[int]
    last: Mapped[int] = mapped_column(default=0)

    __table_args__ = tenant_table(UniqueConstraint("association_id", "series", "year"))


class IssuedTag(Base):
    """Every ten-digit tag ever drawn on this instance: a tag is never given twice."""

    __tablename__ = "issued_tag"

    tag: Mapped[str] = mapped_column(String(10), primary_key=True)


class SettingValue(Tenant, Base):
    """One dated value of a setting; the newest one in force counts."""

    __tablename__ = "setting_value"

    name: Mapped[Code]
    value: Mapped[Facts] = mapped_column(FACTS)
    valid_from: Mapped[Instant]
    set_by: Mapped[int | None]

    __table_args__ = tenant_table(
        tenant_key("member", "set_by"), Index("ix_setting_value_name", "association_id", "name", "valid_from")
    )
