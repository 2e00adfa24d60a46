"""The demonstration's sign-ins, shown on its own sign-in page and nowhere else."""

from dataclasses import dataclass

from sqlalchemy import select

from reemploi.extensions import db
from reemploi.ground.tenancy import across_associations
from reemploi.people.models import Account, Association, Member
from reemploi.roles import Role

PASSWORD = "atelier du canal"
DOMAIN = "@demo.example"


@dataclass(frozen=True)
class DemoPerson:
    """One invented person and what they may do."""

    name: str
    email: str
    roles: tuple[Role, ...]


def demo_people() -> list[DemoPerson]:
    """The demonstration's people in the order of their roles; empty beside a real association."""
    wanted = (
        select(Member)
        .join(Account, Account.id == Member.account_id)
        .join(Association, Association.id == Member.association_id)
        .where(
            Association.is_demo.is_(True),
            Member.left_at.is_(None),
            Account.closed.is_(False),
            Account.email.like(f"%{DOMAIN}"),
        )
        .order_by(Member.id)
    )
    with across_associations():
        members = db.session.scalars(wanted).all()
    return [DemoPerson(member.name, member.account.email, member.roles) for member in members if member.roles]


def keeps_password(email: str) -> bool:
    """True for the demonstration's own people: their common password must go on working for the next visitor."""
    return email.endswith(DOMAIN)
