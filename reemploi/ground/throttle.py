"""Throttles kept in the database, so that they hold over processes and restarts."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from reemploi.ground.columns import upsert
from reemploi.ground.crypto import keyed_digest, keys
from reemploi.ground.models import Attempt


def _subject(text: str) -> str:
    return keyed_digest(keys().links, "throttle", text.strip().casefold())


def too_many(session: Session, purpose: str, subject: str, *, limit: int, window: timedelta, now: datetime) -> bool:
    """True when `limit` attempts were counted for this subject within the window that is running."""
    row = session.execute(
        select(Attempt.count, Attempt.window_start).where(
            Attempt.purpose == purpose, Attempt.subject == _subject(subject)
        )
    ).first()
    if row is None:
        return False
    made, window_start = row
    return made >= limit and window_start > now - window


def count_attempt(session: Session, purpose: str, subject: str, *, window: timedelta, now: datetime) -> None:
    """Count one attempt; a window that has passed starts again at one."""
    digest = _subject(subject)
    session.execute(
        delete(Attempt).where(
            Attempt.purpose == purpose, Attempt.subject == digest, Attempt.window_start <= now - window
        )
    )
    session.execute(
        upsert(session, Attempt)
        .values(purpose=purpose, subject=digest, window_start=now, count=1)
        .on_conflict_do_update(index_elements=["purpose", "subject"], set_={"count": Attempt.count + 1})
    )


def forget_attempts(session: Session, purpose: str, subject: str) -> None:
    """Clear the count after a success."""
    session.execute(delete(Attempt).where(Attempt.purpose == purpose, Attempt.subject == _subject(subject)))
