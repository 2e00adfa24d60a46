"""The door: who may enter, at what pace, and how a browser becomes a session.

Each function opens its own short transactions, because a password is checked outside any. Unknown and wrong get the
same sentence at the same cost; a request for a link gets no different answer whether or not the address is known.
"""

from datetime import datetime, timedelta

from flask import session as browser_session
from flask_login import current_user, login_user

from reemploi.errors import Refused
from reemploi.ground.database import reading, writing
from reemploi.ground.throttle import count_attempt, forget_attempts, too_many
from reemploi.people.actions.accounts import keep_language
from reemploi.people.browsers import browser_name
from reemploi.people.links import make_link
from reemploi.people.models import Account, Member
from reemploi.people.passwords import matches
from reemploi.people.queries import account_by_email, association, memberships
from reemploi.people.rules import CHOICE_LASTS, may_enter_by_link
from reemploi.people.sessions import end_session, open_session
from reemploi.people.signed_in import SignedIn
from reemploi.sentences import N_

WINDOW = timedelta(minutes=15)
TRIES_PER_ACCOUNT, TRIES_PER_SOURCE = 8, 40
LINKS_PER_ACCOUNT, LINKS_PER_SOURCE = 3, 20
WRONG = N_("Adresse ou mot de passe inconnu. Vérifiez les deux, ou demandez un nouveau mot de passe.")
TOO_MANY = N_("Trop d'essais. Attendez un quart d'heure, ou demandez un nouveau mot de passe.")
WRONG_CURRENT = N_("Le mot de passe actuel n'est pas celui-là.")
TOO_MANY_LINKS = N_("Trop de demandes depuis cette connexion. Attendez un quart d'heure.")


def check_password(email: str, password: str, *, source: str, now: datetime) -> int:
    """The number of the account behind an address and its password; raises Refused."""
    subjects = (("sign_in_account", email, TRIES_PER_ACCOUNT), ("sign_in_source", source, TRIES_PER_SOURCE))
    with reading() as session:
        if any(too_many(session, name, who, limit=limit, window=WINDOW, now=now) for name, who, limit in subjects):
            raise Refused(TOO_MANY, code="too_many")
        account = account_by_email(email)
        account_id, stored = (account.id, account.password_hash) if account else (0, None)
        known = bool(account and doors(account.id, by="password"))
    if not matches(stored, password) or not known:
        with writing() as session:
            for name, who, _limit in subjects:
                count_attempt(session, name, who, window=WINDOW, now=now)
        raise Refused(WRONG, code="wrong")
    with writing() as session:
        forget_attempts(session, "sign_in_account", email)
    return account_id


def check_own_password(account_id: int, password: str, *, now: datetime) -> None:
    """Ask for the current password before a new one, at the same pace as the door; raises Refused."""
    with reading() as session:
        if too_many(session, "own_password", str(account_id), limit=TRIES_PER_ACCOUNT, window=WINDOW, now=now):
            raise Refused(TOO_MANY, code="too_many")
        stored = session.get_one(Account, account_id).password_hash
    if not matches(stored, password):
        with writing() as session:
            count_attempt(session, "own_password", str(account_id), window=WINDOW, now=now)
        raise Refused(WRONG_CURRENT, code="wrong")


def may_ask_for_link(purpose: str, email: str, *, source: str, now: datetime) -> bool:
    """Count a request for a link; False when this address was asked too often.

    Raises Refused when this source did, which says nothing about any address.
    """
    with writing() as session:
        by_source = too_many(session, "link_source", source, limit=LINKS_PER_SOURCE, window=WINDOW, now=now)
        by_account = too_many(session, purpose, email, limit=LINKS_PER_ACCOUNT, window=WINDOW, now=now)
        count_attempt(session, "link_source", source, window=WINDOW, now=now)
        count_attempt(session, purpose, email, window=WINDOW, now=now)
    if by_source:
        raise Refused(TOO_MANY_LINKS, code="too_many")
    return not by_account


def doors(account_id: int, *, by: str) -> list[Member]:
    """Whom an account may enter as: a link alone opens a structure's roles only."""
    return [
        member
        for member in memberships(account_id)
        if member.roles and (by == "password" or may_enter_by_link(member.roles))
    ]


def enter(member: Member, *, by: str, user_agent: str, now: datetime) -> None:
    """Open a session for a member in this browser, in the open writing transaction; the former one ends."""
    if current_user.is_authenticated:
        end_session(current_user.secret, now=now)
    _agree_on_language(member)
    secret = open_session(member, now=now, browser=browser_name(user_agent), by=by)
    browser_session.pop("choice", None)
    login_user(SignedIn(secret, member, association(member.association_id), by=by))


def ask_which(account_id: int, *, by: str, now: datetime) -> None:
    """Let the browser remember for ten minutes that this account is about to choose whom to enter as."""
    browser_session["choice"] = make_link("choice", account_id, now=now, lasts=CHOICE_LASTS, facts={"by": by})


def _agree_on_language(member: Member) -> None:
    chosen = browser_session.get("language")
    if chosen:
        keep_language(member.account_id, chosen)
    elif member.account.language:
        browser_session["language"] = member.account.language
