"""Questions about people and places."""

from sqlalchemy import select

from reemploi.extensions import db
from reemploi.ground.tenancy import across_associations
from reemploi.people.models import Account, Association, Member, Organisation, Place, Site


def account_by_email(email: str) -> Account | None:
    """The open account with this address, whatever the association."""
    return db.session.scalars(
        select(Account).where(Account.email == email.strip().lower(), Account.closed.is_(False))
    ).first()


def memberships(account_id: int) -> list[Member]:
    """The associations in which an account is a member now, oldest first."""
    with across_associations():
        return list(
            db.session.scalars(
                select(Member).where(Member.account_id == account_id, Member.left_at.is_(None)).order_by(Member.id)
            )
        )


def association(association_id: int) -> Association:
    """The association in scope."""
    return db.session.get_one(Association, association_id)


def donors() -> list[Organisation]:
    """Organisations that give equipment, by name."""
    return list(
        db.session.scalars(
            select(Organisation)
            .where(Organisation.is_donor.is_(True), Organisation.archived.is_(False))
            .order_by(Organisation.name)
        )
    )


def sites() -> list[Site]:
    """Open sites, by name."""
    return list(db.session.scalars(select(Site).where(Site.archived.is_(False)).order_by(Site.name)))


def places() -> list[Place]:
    """Open places with their site, by name."""
    return list(db.session.scalars(select(Place).where(Place.archived.is_(False)).order_by(Place.name)))


def member_names(ids: set[int]) -> dict[int, str]:
    """Names of members by their number, for the timeline and the papers."""
    rows = db.session.execute(select(Member.id, Member.name).where(Member.id.in_(ids)))
    return {member_id: str(name) for member_id, name in rows}
