"""Open browsers in a table: opened at sign-in, ended by sign-out, idleness, or from anywhere else."""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from reemploi.extensions import db
from reemploi.ground.crypto import new_secret, secret_digest
from reemploi.ground.database import aside, mode
from reemploi.ground.tenancy import across_associations
from reemploi.people.models import Account, Association, Member, SignInSession

SEEN_EVERY = timedelta(minutes=1)


def open_session(member: Member, *, now: datetime) -> str:
    """Open a session for a member and return its secret, known to the browser alone."""
    secret = new_secret()
    db.session.add(
        SignInSession(
            digest=secret_digest(secret),
            account_id=member.account_id,
            member_id=member.id,
            association_id=member.association_id,
            opened_at=now,
            seen_at=now,
        )
    )
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
        _write_seen(db.session(), session_row.id, now)
        return
    with aside() as session:
        _write_seen(session, session_row.id, now)


def _write_seen(session: Session, session_id: int, now: datetime) -> None:
    session.execute(
        update(SignInSession)
        .where(SignInSession.id == session_id)
        .values(seen_at=now)
        .execution_options(synchronize_session=False)
    )


def end_session(secret: str, *, now: datetime) -> None:
    """End one session."""
    db.session.execute(update(SignInSession).where(SignInSession.digest == secret_digest(secret)).values(ended_at=now))


def end_all_sessions(account_id: int, *, now: datetime, except_secret: str | None = None) -> int:
    """End every open session of an account, but perhaps the one that asks; returns how many."""
    kept = secret_digest(except_secret) if except_secret else ""
    ended = db.session.execute(
        update(SignInSession)
        .where(
            SignInSession.account_id == account_id,
            SignInSession.ended_at.is_(None),
            SignInSession.digest != kept,
        )
        .values(ended_at=now)
    )
    return int(ended.rowcount)  # type: ignore[attr-defined]
