"""Questions about people and places."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import func, select

from reemploi.errors import NotFound
from reemploi.extensions import db
from reemploi.ground.models import SettingValue
from reemploi.ground.tenancy import across_associations
from reemploi.people.models import Account, Association, Member, Organisation, Place, RoleGrant, Site
from reemploi.roles import Role
from reemploi.sentences import N_

Row = TypeVar("Row", Member, Organisation, Site, Place)


def account_by_email(email: str) -> Account | None:
    """The open account with this address, whatever the association."""
    account = account_of_any_state(email)
    return account if account and not account.closed else None


def account_of_any_state(email: str) -> Account | None:
    """The account with this address, closed ones included."""
    return db.session.scalars(select(Account).where(Account.email == email.strip().lower())).first()


def memberships(account_id: int, association_id: int | None = None) -> list[Member]:
    """Whom an account is now, in every association or in one, oldest first."""
    wanted = select(Member).where(Member.account_id == account_id, Member.left_at.is_(None)).order_by(Member.id)
    if association_id is not None:
        wanted = wanted.where(Member.association_id == association_id)
    with across_associations():
        return list(db.session.scalars(wanted))


def is_shared(account_id: int) -> bool:
    """True when several named people of one association share the account's mailbox."""
    counted = (
        select(func.count())
        .where(Member.account_id == account_id, Member.left_at.is_(None))
        .group_by(Member.association_id)
    )
    with across_associations():
        return any(count > 1 for count in db.session.scalars(counted))


def association(association_id: int) -> Association:
    """The association in scope."""
    return db.session.get_one(Association, association_id)


def association_names(ids: set[int]) -> dict[int, str]:
    """Names of associations by their number, for whoever must choose between their own."""
    rows = db.session.execute(select(Association.id, Association.name).where(Association.id.in_(ids)))
    return {association_id: str(name) for association_id, name in rows}


def holders(role: Role) -> list[Member]:
    """Present members who hold a role, oldest first."""
    return list(
        db.session.scalars(
            select(Member)
            .join(RoleGrant, RoleGrant.member_id == Member.id)
            .where(RoleGrant.role == role.value, RoleGrant.ended_at.is_(None), Member.left_at.is_(None))
            .order_by(Member.id)
        )
    )


def donors() -> list[Organisation]:
    """Organisations that give equipment, by name."""
    return organisations_of("donor")


def organisations_of(*qualities: str) -> list[Organisation]:
    """Organisations offered in lists that have one of the qualities, by name."""
    wanted = select(Organisation).where(Organisation.archived.is_(False)).order_by(Organisation.name)
    return [row for row in db.session.scalars(wanted) if set(row.qualities) & set(qualities)]


def sites() -> list[Site]:
    """Open sites, by name."""
    return list(db.session.scalars(select(Site).where(Site.archived.is_(False)).order_by(Site.name)))


def places() -> list[Place]:
    """Open places with their site, by name."""
    return list(db.session.scalars(select(Place).where(Place.archived.is_(False)).order_by(Place.name)))


def all_sites() -> list[Site]:
    """Every site, open ones first, by name."""
    return list(db.session.scalars(select(Site).order_by(Site.archived, Site.name)))


def places_by_site() -> dict[int, list[Place]]:
    """Every place, open ones first, by name, under its site's number."""
    found: dict[int, list[Place]] = {}
    for place in db.session.scalars(select(Place).order_by(Place.archived, Place.name)):
        found.setdefault(place.site_id, []).append(place)
    return found


def site_of(member: Member) -> Site | None:
    """The site where a member usually acts."""
    return db.session.get(Site, member.site_id) if member.site_id else None


def members_of(organisation: Organisation) -> list[Member]:
    """Present members who act for an organisation, by name."""
    wanted = select(Member).where(Member.organisation_id == organisation.id, Member.left_at.is_(None))
    return list(db.session.scalars(wanted.order_by(Member.name, Member.id)))


@dataclass(frozen=True)
class Change:
    """A value a setting took, when, and by whom."""

    value: Any
    at: datetime
    by: str | None


def settings_history() -> dict[str, list[Change]]:
    """The values each setting took, newest first."""
    rows = db.session.execute(
        select(SettingValue, Member.name)
        .outerjoin(Member, Member.id == SettingValue.set_by)
        .order_by(SettingValue.valid_from.desc(), SettingValue.id.desc())
    )
    found: dict[str, list[Change]] = {}
    for row, name in rows:
        found.setdefault(row.name, []).append(Change(row.value["value"], row.valid_from, name))
    return found


def member_names(ids: set[int]) -> dict[int, str]:
    """Names of members by their number, for the timeline and the papers."""
    rows = db.session.execute(select(Member.id, Member.name).where(Member.id.in_(ids)))
    return {member_id: str(name) for member_id, name in rows}


def member(address: str) -> Member:
    """A member of the association in scope; raises NotFound."""
    return _one(Member, address, N_("Ce membre n'existe pas ici. Revenez à la liste."))


def organisation(address: str) -> Organisation:
    """An organisation of the association in scope; raises NotFound."""
    return _one(Organisation, address, N_("Cet organisme n'existe pas ici. Revenez à la liste."))


def site(address: str) -> Site:
    """A site of the association in scope; raises NotFound."""
    return _one(Site, address, N_("Ce site n'existe pas ici. Revenez à la liste."))


def place(address: str) -> Place:
    """A place of the association in scope; raises NotFound."""
    return _one(Place, address, N_("Cet emplacement n'existe pas ici. Revenez à la liste."))


def _one(table: type[Row], address: str, sentence: str) -> Row:
    wanted = select(table).where(table.address == address)
    found = db.session.scalars(wanted).first() if address.isprintable() else None
    if found is None:
        raise NotFound(sentence, code="unknown")
    return found
