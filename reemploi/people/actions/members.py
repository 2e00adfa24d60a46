"""What can happen to members and their roles."""

from sqlalchemy import select, update

from reemploi.errors import Refused
from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.people import mails
from reemploi.people.links import void_links_of_member
from reemploi.people.models import Account, Association, Member, Organisation, RoleGrant
from reemploi.people.queries import account_of_any_state, holders, memberships
from reemploi.people.rules import QUALITIES, may_enter_by_link, needed_quality
from reemploi.people.sessions import end_all_sessions, end_sessions_of_member
from reemploi.roles import Role
from reemploi.sentences import N_, sentence

Roles = tuple[Role, ...]


def add_member(
    *,
    acting: Acting,
    email: str,
    name: str,
    roles: Roles,
    organisation_id: int | None = None,
    site_id: int | None = None,
    function: str = "",
    password_hash: str | None = None,
    shared_mailbox: bool = False,
) -> Member:
    """A member with roles; the account behind the address is made when there is none.

    Raises Refused when a member has this address, unless they left (they come back) or several named people of a
    structure share the mailbox, which then has no password any more.
    """
    acting.require(Role.ADMINISTRATOR)
    account = _account(email, password_hash, acting=acting)
    member = _returning(account, name, roles, shared_mailbox) or Member(
        association_id=acting.association_id, account_id=account.id, account=account, name=name.strip()
    )
    member.joined_at, member.left_at = acting.now, None
    db.session.add(member)
    _describe(member, name, function, organisation_id, site_id, roles)
    for role in roles:
        grant_role(member, role, acting=acting)
    return member


def _account(email: str, password_hash: str | None, *, acting: Acting) -> Account:
    account = account_of_any_state(email)
    if account is None:
        account = Account(email=email.strip().lower(), password_hash=password_hash, created_at=acting.now)
        db.session.add(account)
        db.session.flush()
    elif account.closed:
        account.closed, account.password_hash = False, password_hash
    return account


def _returning(account: Account, name: str, roles: Roles, shared_mailbox: bool) -> Member | None:
    known = list(db.session.scalars(select(Member).where(Member.account_id == account.id).order_by(Member.id)))
    present = [member for member in known if member.left_at is None]
    if present and not shared_mailbox:
        raise Refused(N_("Cette adresse est déjà celle d'un membre."), code="member_known")
    if any(not may_enter_by_link(held) for held in (roles, *(member.roles for member in present)) if present):
        raise Refused(N_("Seules des personnes d'une structure peuvent partager une adresse."), code="not_shared")
    if any(member.name == name.strip() for member in present):
        raise Refused(N_("Cette personne est déjà membre à cette adresse."), code="member_known")
    if present:
        account.password_hash = None
    gone = [member for member in known if member.left_at is not None]
    return next((member for member in gone if member.name == name.strip()), None)


def change_member(
    member: Member,
    *,
    acting: Acting,
    name: str,
    roles: Roles,
    organisation_id: int | None = None,
    site_id: int | None = None,
    function: str = "",
) -> None:
    """Change what an administrator keeps about a member, roles included; nobody changes their own roles."""
    acting.require(Role.ADMINISTRATOR)
    if set(roles) != set(member.roles) and acting.member_id == member.id:
        raise Refused(OWN_ROLE, code="own_role")
    _describe(member, name, function, organisation_id, site_id, roles)
    for role in set(member.roles) - set(roles):
        withdraw_role(member, role, acting=acting)
    for role in sorted(set(roles) - set(member.roles)):
        grant_role(member, role, acting=acting)
    db.session.refresh(member, ["grants"])


def _describe(
    member: Member, name: str, function: str, organisation_id: int | None, site_id: int | None, roles: Roles
) -> None:
    _refuse_roles(roles, organisation_id)
    twin = select(Member.id).where(
        Member.account_id == member.account_id, Member.name == name.strip(), Member.id != (member.id or 0)
    )
    with db.session.no_autoflush:
        if db.session.scalars(twin).first() is not None:
            raise Refused(N_("Cette adresse a déjà un membre de ce nom."), code="member_known")
    member.name, member.function = name.strip(), function.strip()
    member.organisation_id, member.site_id = organisation_id, site_id
    db.session.flush()


def _refuse_roles(roles: Roles, organisation_id: int | None) -> None:
    if not roles:
        raise Refused(N_("Cochez au moins un rôle."), code="no_role")
    organisation = db.session.get(Organisation, organisation_id) if organisation_id else None
    for quality in sorted(needed_quality(roles)):
        if organisation is None or quality not in organisation.qualities:
            raise Refused(
                N_("Ce rôle s'exerce pour un organisme : choisissez une fiche de qualité « %(quality)s »."),
                code="organisation_needed",
                quality=sentence(QUALITIES[quality]),
            )


OWN_ROLE = N_("Personne ne se donne un rôle. Demandez à un autre administrateur.")


def grant_role(member: Member, role: Role, *, acting: Acting) -> None:
    """Give a role; nobody gives one to themself. Does nothing when the role is held already.

    A coordinator given by a person is announced to the referents by mail: that role reads families' contact data.
    """
    acting.require(Role.ADMINISTRATOR)
    if acting.member_id == member.id:
        raise Refused(OWN_ROLE, code="own_role")
    if _open_grant(member, role) is not None:
        return
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
    if role is Role.COORDINATOR and not acting.is_service:
        _announce_coordinator(member, acting=acting)


def _announce_coordinator(member: Member, *, acting: Acting) -> None:
    association = db.session.get_one(Association, member.association_id)
    for referent in holders(Role.REFERENT):
        mails.write("new_coordinator", referent.account, acting=acting, name=member.name, association=association.name)


def withdraw_role(member: Member, role: Role, *, acting: Acting) -> None:
    """End a role; does nothing when it is not held. The last administrator keeps theirs."""
    acting.require(Role.ADMINISTRATOR)
    if role is Role.ADMINISTRATOR:
        _refuse_last_administrator(member)
    _end_grants(member, acting=acting, role=role)


def end_membership(member: Member, *, acting: Acting) -> None:
    """A member leaves: roles, sessions and links end, and the account closes when it opens nothing else."""
    acting.require(Role.ADMINISTRATOR)
    if acting.member_id == member.id:
        raise Refused(N_("Demandez à un autre administrateur de mettre fin à votre accès."), code="own_leaving")
    _refuse_last_administrator(member)
    _end_grants(member, acting=acting)
    member.left_at = acting.now
    db.session.flush()
    end_sessions_of_member(member.id, now=acting.now)
    void_links_of_member(member.id, now=acting.now)
    if not memberships(member.account_id):
        close_account(member.account, acting=acting)


def close_account(account: Account, *, acting: Acting) -> None:
    """Close an account: nobody signs in with it any more, and its open sessions end."""
    account.closed = True
    end_all_sessions(account.id, now=acting.now)
    db.session.flush()


def _refuse_last_administrator(member: Member) -> None:
    if [holder.id for holder in holders(Role.ADMINISTRATOR)] == [member.id]:
        raise Refused(
            N_("C'est le dernier administrateur : donnez d'abord ce rôle à une autre personne."), code="last_admin"
        )


def _end_grants(member: Member, *, acting: Acting, role: Role | None = None) -> None:
    ended = update(RoleGrant).where(RoleGrant.member_id == member.id, RoleGrant.ended_at.is_(None))
    if role is not None:
        ended = ended.where(RoleGrant.role == role.value)
    db.session.execute(ended.values(ended_at=acting.now).execution_options(synchronize_session=False))


def _open_grant(member: Member, role: Role) -> int | None:
    return db.session.scalars(
        select(RoleGrant.id).where(
            RoleGrant.member_id == member.id, RoleGrant.role == role.value, RoleGrant.ended_at.is_(None)
        )
    ).first()
