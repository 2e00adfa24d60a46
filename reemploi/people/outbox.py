"""The outbox: what waits, what left, what failed; the text only where no mail server would carry it."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from reemploi.extensions import db
from reemploi.ground.jobs import MAX_ATTEMPTS
from reemploi.ground.models import Mail
from reemploi.sentences import N_

PER_PAGE = 20
STATES: Mapping[str, str] = {
    "waiting": N_("En attente"),
    "sent": N_("Partis"),
    "failed": N_("Abandonnés"),
}


@dataclass(frozen=True)
class Outbox:
    """One page of mails, newest first, and the key of the next one, if any."""

    mails: list[Mail]
    next_key: str | None


def state_of(mail: Mail) -> str:
    """waiting, sent or failed."""
    if mail.sent_at is not None:
        return "sent"
    return "failed" if mail.attempts >= MAX_ATTEMPTS else "waiting"


def counts() -> dict[str, int]:
    """How many mails wait, left, failed."""
    waiting = Mail.sent_at.is_(None) & (Mail.attempts < MAX_ATTEMPTS)
    failed = Mail.sent_at.is_(None) & (Mail.attempts >= MAX_ATTEMPTS)
    row = db.session.execute(
        select(
            func.count().filter(waiting), func.count().filter(Mail.sent_at.is_not(None)), func.count().filter(failed)
        ).select_from(Mail)
    ).one()
    return dict(zip(STATES, (int(count) for count in row), strict=True))


def newest(before: str = "", *, only_failed: bool = False, per_page: int = PER_PAGE) -> Outbox:
    """Mails by date; `before` is the address of the last one shown."""
    wanted = select(Mail).order_by(Mail.id.desc()).limit(per_page + 1)
    if only_failed:
        wanted = wanted.where(Mail.sent_at.is_(None), Mail.failure.is_not(None))
    if before and before.isprintable():
        last = db.session.scalars(select(Mail.id).where(Mail.address == before)).first()
        wanted = wanted.where(Mail.id < last) if last else wanted
    rows = list(db.session.scalars(wanted))
    return Outbox(rows[:per_page], rows[per_page - 1].address if len(rows) > per_page else None)
