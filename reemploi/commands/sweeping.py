"""What the worker clears away once a day: files no row names, links and sessions that are over, old throttles, mails.

Sent mails are a technical log: kept twelve months.
"""

from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import delete, func

from reemploi.commands.kept_files import possibly_named
from reemploi.extensions import db
from reemploi.ground.database import reading, writing
from reemploi.ground.models import Attempt, Mail
from reemploi.ground.tenancy import across_associations
from reemploi.people.models import SignedLink, SignInSession

EVERY = timedelta(days=1)
LINKS_KEPT = timedelta(days=1)
SESSIONS_KEPT = timedelta(days=7)
SENT_KEPT = timedelta(days=365)
ATTEMPTS_KEPT = timedelta(days=1)


def sweep(now: datetime) -> None:
    """Delete what is over; each kind in a short transaction of its own."""
    for row in (
        delete(SignedLink).where(SignedLink.expires_at < now - LINKS_KEPT),
        delete(SignInSession).where(func.coalesce(SignInSession.ended_at, SignInSession.seen_at) < now - SESSIONS_KEPT),
        delete(Attempt).where(Attempt.window_start < now - ATTEMPTS_KEPT),
        delete(Mail).where(Mail.sent_at < now - SENT_KEPT),
    ):
        with across_associations(), writing():
            db.session.execute(row.execution_options(synchronize_session=False))
    with reading():
        named = possibly_named()
    current_app.extensions["files"].sweep(named)
    db.session.remove()
