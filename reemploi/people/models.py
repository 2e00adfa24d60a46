"""Tables of people and places: associations, organisations, sites, members, sign-in.

An account is a way to sign in and belongs to nobody in particular; a member is that person inside one association,
the opaque number by which the journal names them.
"""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from reemploi.extensions import Base
from reemploi.ground.columns import FACTS, Addressed, Code, Digest, Facts, Instant, Key, Line, tenant_key
from reemploi.ground.crypto import folded_words
from reemploi.ground.tenancy import Tenant, tenant_table
from reemploi.people.rules import QUALITIES, SMALL_WORDS
from reemploi.roles import Role


def folded_name(name: str) -> str:
    """The words of a name without case, accent, order or small words: what is searched, and recognised when twice."""
    words = folded_words(name)
    return " ".join([word for word in words if word not in SMALL_WORDS] or words)[:200]


class Association(Addressed, Base):
    """The tenant: everything else belongs to one. Created by the host's command."""

    __tablename__ = "association"

    id: Mapped[Key]
    name: Mapped[Line] = mapped_column(unique=True)
    siren: Mapped[str | None] = mapped_column(String(9))
    rna: Mapped[str | None] = mapped_column(String(10))
    address_lines: Mapped[str] = mapped_column(Text, default="")
    telephone: Mapped[str] = mapped_column(String(30), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    zone: Mapped[Code] = mapped_column(default="Europe/Paris")
    is_demo: Mapped[bool] = mapped_column(default=False)
    opened_at: Mapped[Instant]

    __table_args__ = ({"sqlite_autoincrement": True},)


class Organisation(Addressed, Tenant, Base):
    """A structure that prescribes, a donor, a funder or a partner: one row may be several of them.

    `folded` holds the words of the name by which a second entry of the same organisation is recognised.
    """

    __tablename__ = "organisation"

    name: Mapped[Line]
    kind: Mapped[Code]
    folded: Mapped[Line]
    siret: Mapped[str | None] = mapped_column(String(14))
    rna: Mapped[str | None] = mapped_column(String(10))
    contact: Mapped[str] = mapped_column(String(200), default="")
    postal_address: Mapped[str] = mapped_column(Text, default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    telephone: Mapped[str] = mapped_column(String(30), default="")
    is_structure: Mapped[bool] = mapped_column(default=False)
    is_donor: Mapped[bool] = mapped_column(default=False)
    is_funder: Mapped[bool] = mapped_column(default=False)
    is_partner: Mapped[bool] = mapped_column(default=False)
    shares_cases: Mapped[bool] = mapped_column(default=False)
    archived: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[Instant]

    __table_args__ = tenant_table(
        UniqueConstraint("association_id", "name"),
        Index("ix_organisation_folded", "association_id", "folded"),
        Index("uq_organisation_siret", "association_id", "siret", unique=True,
              sqlite_where=text("siret IS NOT NULL"), postgresql_where=text("siret IS NOT NULL")),
        CheckConstraint(
            "kind IN ('association', 'company', 'public_body', 'school', 'social_action', 'individual', 'other')",
            name="kind",
        ),
        CheckConstraint("is_structure OR is_donor OR is_funder OR is_partner", name="some_quality"),
    )  # fmt: skip

    @validates("name")
    def _fold(self, _key: str, name: str) -> str:
        self.folded = folded_name(name)
        return name

    @property
    def qualities(self) -> tuple[str, ...]:
        """What the organisation is to the association, as codes of `rules.QUALITIES`."""
        return tuple(code for code in QUALITIES if getattr(self, f"is_{code}"))


class Site(Addressed, Tenant, Base):
    """A building where devices are kept or handed over."""

    __tablename__ = "site"

    name: Mapped[Line]
    municipality_code: Mapped[str] = mapped_column(String(5), default="")
    postal_address: Mapped[str] = mapped_column(Text, default="")
    opening_hours: Mapped[str] = mapped_column(Text, default="")
    archived: Mapped[bool] = mapped_column(default=False)

    __table_args__ = tenant_table(UniqueConstraint("association_id", "name"))


class Place(Addressed, Tenant, Base):
    """A shelf, room or trolley inside a site; its tag is printed on it."""

    __tablename__ = "place"

    site_id: Mapped[int]
    name: Mapped[Line]
    tag: Mapped[str] = mapped_column(String(10), unique=True)
    archived: Mapped[bool] = mapped_column(default=False)
    site: Mapped[Site] = relationship(viewonly=True, lazy="joined", innerjoin=True)

    __table_args__ = tenant_table(tenant_key("site"), UniqueConstraint("association_id", "site_id", "name"))


class Account(Base):
    """A way to sign in: an address and, unless one-time links are used, a password's hash.

    `language` is the one chosen by hand, None before.
    """

    __tablename__ = "account"

    id: Mapped[Key]
    email: Mapped[str] = mapped_column(String(254), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    language: Mapped[str | None] = mapped_column(String(2))
    closed: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[Instant]

    __table_args__ = (
        CheckConstraint("email = lower(email)", name="email_lower"),
        {"sqlite_autoincrement": True},
    )


class Member(Addressed, Tenant, Base):
    """A person inside one association; `organisation_id` for those who belong to a structure or a funder.

    Several named people of a structure may share one mailbox, hence one account.
    """

    __tablename__ = "member"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    name: Mapped[Line]
    folded: Mapped[Line]
    function: Mapped[str] = mapped_column(String(200), default="")
    organisation_id: Mapped[int | None]
    site_id: Mapped[int | None]
    joined_at: Mapped[Instant]
    left_at: Mapped[Instant | None]
    seen_at: Mapped[Instant | None]
    account: Mapped[Account] = relationship(lazy="joined", innerjoin=True)
    organisation: Mapped[Organisation | None] = relationship(viewonly=True)
    grants: Mapped[list["RoleGrant"]] = relationship(
        viewonly=True,
        lazy="selectin",
        primaryjoin="and_(foreign(RoleGrant.member_id) == Member.id, RoleGrant.ended_at.is_(None))",
        order_by="RoleGrant.id",
    )

    __table_args__ = tenant_table(
        tenant_key("organisation"),
        tenant_key("site"),
        UniqueConstraint("association_id", "account_id", "name"),
    )

    @validates("name")
    def _fold(self, _key: str, name: str) -> str:
        self.folded = folded_name(name)
        return name

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles held now."""
        return tuple(Role(grant.role) for grant in self.grants)


class RoleGrant(Tenant, Base):
    """A role given to a member by another; ended, never deleted."""

    __tablename__ = "role_grant"

    member_id: Mapped[int]
    role: Mapped[Code]
    granted_by: Mapped[int | None]
    granted_at: Mapped[Instant]
    ended_at: Mapped[Instant | None]

    __table_args__ = tenant_table(
        tenant_key("member"),
        tenant_key("member", "granted_by"),
        CheckConstraint("granted_by IS NULL OR granted_by <> member_id", name="not_to_oneself"),
        Index(
            "uq_role_grant_open",
            "member_id",
            "role",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )


class SignInSession(Addressed, Base):
    """One open browser of one member; ended by sign-out, idleness, or from another browser.

    `browser` says which one in two words, for its owner to recognise; `opened_by`: a password or a link.
    """

    __tablename__ = "sign_in_session"

    id: Mapped[Key]
    digest: Mapped[Digest] = mapped_column(unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    association_id: Mapped[int] = mapped_column(ForeignKey("association.id"))
    desk: Mapped[str | None] = mapped_column(String(40))
    browser: Mapped[str] = mapped_column(String(80), default="")
    opened_by: Mapped[Code]
    opened_at: Mapped[Instant]
    seen_at: Mapped[Instant]
    ended_at: Mapped[Instant | None]

    __table_args__ = (CheckConstraint("opened_by IN ('password', 'link')", name="opened_by"),)


class SignedLink(Base):
    """A link sent by mail (invitation, new password, one-time sign-in), or the choice that follows a sign-in.

    Its secret is stored as a keyed digest; it serves once, before `expires_at`.
    """

    __tablename__ = "signed_link"

    id: Mapped[Key]
    digest: Mapped[Digest] = mapped_column(unique=True)
    purpose: Mapped[Code]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    facts: Mapped[Facts] = mapped_column(FACTS)
    made_at: Mapped[Instant]
    expires_at: Mapped[Instant]
    used_at: Mapped[Instant | None]

    __table_args__ = (
        CheckConstraint("purpose IN ('invitation', 'new_password', 'one_time', 'choice')", name="purpose"),
        Index("ix_signed_link_account", "account_id", "purpose"),
    )
