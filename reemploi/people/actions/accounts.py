"""What a person does with their own account: links asked for, password, name, language."""

from datetime import datetime

from sqlalchemy import update

from reemploi.errors import Refused
from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.ground.tenancy import within
from reemploi.people import mails
from reemploi.people.links import make_link, use_link, void_links
from reemploi.people.models import Account, Member, SignedLink
from reemploi.people.queries import account_by_email, is_shared, memberships
from reemploi.people.rules import NEW_PASSWORD_LASTS, ONE_TIME_LASTS, may_enter_by_link
from reemploi.people.sessions import end_all_sessions
from reemploi.sentences import N_

OVER = N_("Ce lien a déjà servi ou n'est plus valable. Demandez-en un autre.")
SHARED = N_("Plusieurs personnes partagent cette adresse : chacune entre par un lien reçu par courriel.")


def send_one_time_link(email: str, *, now: datetime) -> None:
    """Send a sign-in link to who holds a structure's roles only; silent for anybody else."""
    account = account_by_email(email)
    members = [member for member in memberships(account.id) if may_enter_by_link(member.roles)] if account else []
    if account and members:
        _send_link("one_time", account, members[0], now=now)


def send_new_password_link(email: str, *, now: datetime, by_mail: bool) -> None:
    """Send a link to choose a password; silent for an unknown address.

    Without a mail server (`by_mail` False) administrators read the outbox and hand links over: then an account that
    opens several associations gets its link from the host only. A shared mailbox gets a one-time link instead.
    """
    account = account_by_email(email)
    members = memberships(account.id) if account else []
    if not account or not members:
        return
    if is_shared(account.id):
        send_one_time_link(email, now=now)
    elif not by_mail and len(members) > 1:
        with within(members[0].association_id):
            mails.write("ask_the_host", account, acting=_service(members[0], now))
    else:
        _send_link("new_password", account, members[0], now=now)


def new_password_address(account: Account, *, now: datetime) -> str:
    """A link to choose a password, for the host to hand over."""
    secret = make_link("new_password", account.id, now=now, lasts=NEW_PASSWORD_LASTS)
    return mails.page_address("links.open_link", secret=secret)


def _send_link(purpose: str, account: Account, member: Member, *, now: datetime) -> None:
    lasts = ONE_TIME_LASTS if purpose == "one_time" else NEW_PASSWORD_LASTS
    secret = make_link(purpose, account.id, now=now, lasts=lasts)
    with within(member.association_id):
        link = mails.page_address("links.open_link", secret=secret)
        mails.write(purpose, account, acting=_service(member, now), link=link)


def _service(member: Member, now: datetime) -> Acting:
    return Acting(association_id=member.association_id, now=now)


def choose_password_by_link(link: SignedLink, password_hash: str, *, now: datetime) -> Account:
    """Set the password a link was sent for; the link, the others of its kind and every open session end.

    Raises Refused when the link just served or the mailbox is shared.
    """
    if not use_link(link, now=now):
        raise Refused(OVER, code="link_over")
    account = db.session.get_one(Account, link.account_id)
    if is_shared(account.id):
        raise Refused(SHARED, code="shared")
    account.password_hash = password_hash
    db.session.flush()
    void_links(account.id, "invitation", "new_password", now=now)
    end_all_sessions(account.id, now=now)
    return account


def change_password(password_hash: str, *, account_id: int, acting: Acting, kept_session: str) -> None:
    """Change one's own password: other sessions and waiting links end, and a mail says so."""
    account = db.session.get_one(Account, account_id)
    if is_shared(account.id):
        raise Refused(SHARED, code="shared")
    account.password_hash = password_hash
    db.session.flush()
    void_links(account.id, "new_password", "one_time", "choice", now=acting.now)
    end_all_sessions(account.id, now=acting.now, except_secret=kept_session)
    mails.write("password_changed", account, acting=acting, link=mails.page_address("people.ask_new_password"))


def rename_oneself(name: str, *, acting: Acting) -> None:
    """Change the name others read; raises Refused when the same mailbox already has that name."""
    member = db.session.get_one(Member, acting.member_id)
    if any(
        other.name == name.strip()
        for other in memberships(member.account_id, acting.association_id)
        if other.id != member.id
    ):
        raise Refused(N_("Cette adresse a déjà un membre de ce nom."), code="member_known")
    member.name = name.strip()
    db.session.flush()


def keep_language(account_id: int, language: str) -> None:
    """Remember the language somebody chose by hand."""
    db.session.execute(
        update(Account)
        .where(Account.id == account_id)
        .values(language=language)
        .execution_options(synchronize_session=False)
    )
