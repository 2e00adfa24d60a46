"""What can happen to associations, members and roles."""

from sqlalchemy import select, update

from reemploi.errors import Refused
from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.ground.numbering import Family, draw_tag
from reemploi.people.models import Account, Association, Member, Organisation, Place, RoleGrant, Site
from reemploi.people.queries import account_by_email
from reemploi.roles import Role
from reemploi.sentences import N_


def create_association(name: str, *, acting: Acting, is_demo: bool = False) -> Association:
    """A new tenant, by the host's command; raises Refused when the name is taken."""
    taken = db.session.scalars(select(Association.id).where(Association.name == name)).first()
    if taken is not None:
        raise Refused(N_("Une association porte déjà ce nom."), code="name_taken")
    association = Association(name=name, opened_at=acting.now, is_demo=is_demo)
    db.session.add(association)
    db.session.flush()
    return association


def add_member(
    *,
    acting: Acting,
    email: str,
    name: str,
    roles: tuple[Role, ...],
    organisation_id: int | None = None,
    site_id: int | None = None,
    function: str = "",
    password_hash: str | None = None,
) -> Member:
    """A member with roles; the account behind the address is made when there is none."""
    account = account_by_email(email)
    if account is None:
        account = Account(email=email.strip().lower(), password_hash=password_hash, created_at=acting.now)
        db.session.add(account)
        db.session.flush()
    known = db.session.scalars(select(Member).where(Member.account_id == account.id)).first()
    if known is not None:
        raise Refused(N_("Cette adresse est déjà celle d'un membre."), code="member_known")
    member = Member(
        association_id=acting.association_id,
        account_id=account.id,
        name=name.strip(),
        function=function.strip(),
        organisation_id=organisation_id,
        site_id=site_id,
        joined_at=acting.now,
    )
    db.session.add(member)
    db.session.flush()
    for role in roles:
        grant_role(member, role, acting=acting)
    return member


def grant_role(member: Member, role: Role, *, acting: Acting) -> None:
    """Give a role; nobody gives one to themself. Does nothing when the role is held already."""
    if acting.member_id == member.id:
        raise Refused(N_("Personne ne se donne un rôle. Demandez à un autre administrateur."), code="own_role")
    if _open_grant(member, role) is None:
        db.session.add(
            RoleGrant(
                association_id=member.association_id,
                member_id=member.id,
                role=role.value,
                granted_by=acting.member_id,
                granted_at=acting.now,
            )
        )
        db.session.flush()


def withdraw_role(member: Member, role: Role, *, acting: Acting) -> None:
    """End a role; does nothing when it is not held."""
    db.session.execute(
        update(RoleGrant)
        .where(RoleGrant.member_id == member.id, RoleGrant.role == role.value, RoleGrant.ended_at.is_(None))
        .values(ended_at=acting.now)
    )


def _open_grant(member: Member, role: Role) -> int | None:
    return db.session.scalars(
        select(RoleGrant.id).where(
            RoleGrant.member_id == member.id, RoleGrant.role == role.value, RoleGrant.ended_at.is_(None)
        )
    ).first()


def add_organisation(*, acting: Acting, name: str, kind: str, **details: object) -> Organisation:
    """A structure, donor, funder or partner; raises Refused when the name is taken."""
    taken = db.session.scalars(select(Organisation.id).where(Organisation.name == name.strip())).first()
    if taken is not None:
        raise Refused(N_("« %(name)s » existe déjà. Ouvrez sa fiche."), code="name_taken", name=name.strip())
    row = Organisation(
        association_id=acting.association_id, name=name.strip(), kind=kind, created_at=acting.now, **details
    )
    db.session.add(row)
    db.session.flush()
    return row


def add_site(*, acting: Acting, name: str, **details: object) -> Site:
    """A site; raises Refused when the name is taken."""
    taken = db.session.scalars(select(Site.id).where(Site.name == name.strip())).first()
    if taken is not None:
        raise Refused(N_("« %(name)s » existe déjà. Ouvrez sa fiche."), code="name_taken", name=name.strip())
    row = Site(association_id=acting.association_id, name=name.strip(), **details)
    db.session.add(row)
    db.session.flush()
    return row


def add_place(site: Site, name: str, *, acting: Acting) -> Place:
    """A place inside a site, with a tag of its own to print."""
    row = Place(association_id=acting.association_id, site_id=site.id, name=name.strip(), tag=draw_tag(Family.PLACE))
    db.session.add(row)
    db.session.flush()
    return row
