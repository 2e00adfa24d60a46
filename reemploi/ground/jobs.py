"""Jobs and outgoing mail: rows in the causing transaction, carried out by `flask work`.

A job's function is given the job and yields after each step; every step is a transaction of its own, so that the
write lock is never held long and progress is seen. A job that dies is taken up again from its recorded progress.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta

from sqlalchemy import select

from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.ground.columns import Facts
from reemploi.ground.models import Job, Mail

MAX_ATTEMPTS = 5
Step = Callable[[Job, Acting], Iterator[None]]
REGISTRY: dict[str, Step] = {}


def job(kind: str) -> Callable[[Step], Step]:
    """Register the function that carries out a kind of job."""

    def register(step: Step) -> Step:
        REGISTRY[kind] = step
        return step

    return register


def ask(kind: str, payload: Facts, *, acting: Acting, total: int = 0) -> Job:
    """Put a job in the queue, in the open transaction."""
    row = Job(
        association_id=acting.association_id,
        kind=kind,
        payload=payload,
        total=total,
        asked_by=acting.member_id,
        asked_at=acting.now,
        not_before=acting.now,
    )
    db.session.add(row)
    db.session.flush()
    return row


def post(to: str, subject: str, text: str, *, acting: Acting) -> Mail:
    """Put a mail in the outbox, in the open transaction; the subject must name nobody."""
    mail = Mail(
        association_id=acting.association_id,
        subject=subject,
        written_at=acting.now,
        not_before=acting.now,
    )
    mail.to = to
    mail.text = text
    db.session.add(mail)
    db.session.flush()
    return mail


def next_job(acting: Acting) -> Job | None:
    """The oldest job that may run now."""
    return db.session.scalars(
        select(Job)
        .where(Job.state.in_(("waiting", "running")), Job.not_before <= acting.now)
        .order_by(Job.not_before, Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).first()


def waiting_mails(acting: Acting, limit: int = 20) -> list[Mail]:
    """Mails to send now, oldest first."""
    return list(
        db.session.scalars(
            select(Mail)
            .where(Mail.sent_at.is_(None), Mail.not_before <= acting.now, Mail.attempts < MAX_ATTEMPTS)
            .order_by(Mail.not_before, Mail.id)
            .limit(limit)
        )
    )


def delay_after(attempts: int) -> timedelta:
    """How long to wait before the next try: 1, 4, 9, 16 minutes."""
    return timedelta(minutes=attempts * attempts)
