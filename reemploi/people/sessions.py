"""Open browsers in a table: opened at sign-in, ended by sign-out, idleness, or from anywhere else."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from reemploi.extensions import db
from reemploi.ground.crypto import new_secret, secret_digest
from reemploi.ground.database import aside, mode
from reemploi.ground.tenancy import across_associations
from reemploi.people.models import Account, Association, Member, SignInSession

SEEN_EVERY = timedelta(minutes=1)


def open_session(member: Member, *, now: datetime, browser: str = "", by: str = "password") -> str:
    """Open a session for a member and return its secret, known to the browser alone; `by`: "password" or "link"."""
    secret = new_secret()
    db.session.add(
        SignInSession(
            digest=secret_digest(secret),
            account_id=member.account_id,
            member_id=member.id,
            association_id=member.association_id,
            browser=browser,
            opened_by=by,
            opened_at=now,
            seen_at=now,
        )
    )
    _write_member_seen(db.session(), member.id, now)
    db.session.flush()
    return secret


def live_session(secret: str, *, now: datetime, idle: timedelta) -> tuple[SignInSession, Member, Association] | None:
    """The session behind a secret with its member and association, while it is open, fresh, and the account too."""
    with across_associations():
        row = db.session.execute(
            select(SignInSession, Member, Association)
            .join(Member, Member.id == SignInSession.member_id)
            .join(Account, Account.id == Member.account_id)
            .join(Association, Association.id == SignInSession.association_id)
            .where(
                SignInSession.digest == secret_digest(secret),
                SignInSession.ended_at.is_(None),
                SignInSession.seen_at > now - idle,
                Member.left_at.is_(None),
                Account.closed.is_(False),
            )
        ).first()
    return None if row is None else (row[0], row[1], row[2])


def note_seen(session_row: SignInSession, *, now: datetime) -> None:
    """Remember that the session was used, once a minute."""
    if now - session_row.seen_at < SEEN_EVERY:
        return
    if mode() == "write":
        _write_seen(db.session(), session_row, now)
        return
    with aside() as session:
        _write_seen(session, session_row, now)


def _write_seen(session: Session, session_row: SignInSession, now: datetime) -> None:
    session.execute(
        update(SignInSession)
        .where(SignInSession.id == session_row.id)
        .values(seen_at=now)
        .execution_options(synchronize_session=False)
    )
    _write_member_seen(session, session_row.member_id, now)


def _write_member_seen(session: Session, member_id: int, now: datetime) -> None:
    with across_associations():
        session.execute(
            update(Member)
            .where(Member.id == member_id)
            .values(seen_at=now)
            .execution_options(synchronize_session=False)
        )


def why_closed(secret: str, *, now: datetime, idle: timedelta) -> str | None:
    """Why a browser that was signed in no longer is: "idle", "ended" (elsewhere), or None when it never was."""
    row = db.session.scalars(select(SignInSession).where(SignInSession.digest == secret_digest(secret))).first()
    if row is None:
        return None
    return "ended" if row.ended_at is not None else "idle" if row.seen_at <= now - idle else None


@dataclass(frozen=True)
class OpenBrowser:
    """One of a person's open browsers, for them to recognise and close."""

    address: str
    browser: str
    opened_at: datetime
    seen_at: datetime
    is_this_one: bool


def open_browsers(
    account_id: int, secret: str, *, now: datetime, idle: timedelta, member_id: int | None = None
) -> list[OpenBrowser]:
    """The open browsers of an account, this one first, then the last used.

    `secret` is that of this one; `member_id` keeps those of one person when several share a mailbox.
    """
    wanted = select(SignInSession).where(
        SignInSession.account_id == account_id,
        SignInSession.ended_at.is_(None),
        SignInSession.seen_at > now - idle,
    )
    if member_id is not None:
        wanted = wanted.where(SignInSession.member_id == member_id)
    rows = db.session.scalars(wanted.order_by(SignInSession.seen_at.desc(), SignInSession.id.desc()))
    own = secret_digest(secret)
    found = [OpenBrowser(row.address, row.browser, row.opened_at, row.seen_at, row.digest == own) for row in rows]
    return sorted(found, key=lambda one: not one.is_this_one)


def end_session(secret: str, *, now: datetime) -> None:
    """End one session."""
    _end(now, SignInSession.digest == secret_digest(secret))


def end_browser(account_id: int, address: str, *, now: datetime) -> bool:
    """End one open session of an account by its address; False when there is none."""
    if not address.isprintable():
        return False
    return _end(now, SignInSession.account_id == account_id, SignInSession.address == address) == 1


def end_sessions_of_member(member_id: int, *, now: datetime) -> int:
    """End every open session of a member; returns how many."""
    return _end(now, SignInSession.member_id == member_id)


def end_all_sessions(
    account_id: int, *, now: datetime, except_secret: str | None = None, member_id: int | None = None
) -> int:
    """End every open session of an account, or of one person of a shared mailbox, but perhaps the one that asks."""
    kept = secret_digest(except_secret) if except_secret else ""
    which = [SignInSession.account_id == account_id, SignInSession.digest != kept]
    return _end(now, *which, *([SignInSession.member_id == member_id] if member_id else []))


def _end(now: datetime, *which: Any) -> int:
    ended = db.session.execute(
        update(SignInSession)
        .where(*which, SignInSession.ended_at.is_(None))
        .values(ended_at=now)
        .execution_options(synchronize_session=False)
    )
    return int(ended.rowcount)  # type: ignore[attr-defined]
