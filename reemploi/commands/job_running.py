"""Carrying jobs out: one at a time, step by step, each step a transaction; safe beside other workers.

A job is taken under a lease that each step renews. A worker that dies leaves its lease to run out, and another takes
the job up again from its recorded progress; one that was only slow finds itself overtaken and undoes its step. What a
step does before it first asks the database holds no lock.
"""

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import click
from sqlalchemy import update

from reemploi.errors import Refused
from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.ground.clock import utc_now
from reemploi.ground.database import reading, writing
from reemploi.ground.jobs import MAX_ATTEMPTS, REGISTRY, delay_after, next_job
from reemploi.ground.models import Job
from reemploi.ground.tenancy import across_associations, within
from reemploi.people.models import Association, Member
from reemploi.sentences import N_

LEASE = timedelta(minutes=5)
AGAIN = N_("La tâche s'est arrêtée sur une erreur. Elle sera essayée de nouveau.")
GIVEN_UP = N_("La tâche a échoué plusieurs fois. Prévenez la personne qui héberge le service.")
UNKNOWN = N_("Cette version du service ne connaît pas cette tâche.")


class Overtaken(Exception):
    """Another worker took the job while this one was thought dead."""


@dataclass(frozen=True)
class Taken:
    """A job this worker holds; `attempt` tells its hold from that of another."""

    id: int
    association_id: int
    kind: str
    attempt: int


def run_one(stopping: Callable[[], bool]) -> bool:
    """Take the next job and carry it out, until its end or, between two steps, until `stopping`; False when none."""
    taken = _take(utc_now())
    if taken is None:
        return False
    with within(taken.association_id):
        try:
            _carry_out(taken, stopping)
        except Overtaken:
            click.echo(f"job {taken.id} {taken.kind}: another worker has it", err=True)
        except Refused as refused:
            _put_down(taken, str(refused), final=True)
        except Exception as error:
            _tell(taken, error)
            _put_down(taken, AGAIN if taken.attempt < MAX_ATTEMPTS else GIVEN_UP, final=taken.attempt >= MAX_ATTEMPTS)
    db.session.remove()
    return True


def _take(now: datetime) -> Taken | None:
    with across_associations(), writing():
        job = next_job(Acting(association_id=0, now=now))
        if job is None:
            return None
        if job.attempts >= MAX_ATTEMPTS:
            job.state, job.error, job.finished_at = "failed", GIVEN_UP, now
            return None
        job.state, job.error = "running", None
        job.attempts += 1
        job.not_before = now + LEASE
        return Taken(job.id, job.association_id, job.kind, job.attempts)


def _carry_out(taken: Taken, stopping: Callable[[], bool]) -> None:
    with reading():
        job = db.session.get_one(Job, taken.id)
        acting = _hand(job)
    if taken.kind not in REGISTRY:
        raise Refused(UNKNOWN, code="unknown_job")
    steps = REGISTRY[taken.kind](job, acting)
    while True:
        with writing():
            ended = _is_over(steps)
            now = utc_now()
            _hold(taken, **({"state": "done", "finished_at": now} if ended else {"not_before": now + LEASE}))
        if ended:
            return
        if stopping():
            with writing():
                _hold(taken, state="waiting", not_before=utc_now(), attempts=taken.attempt - 1)
            return


def _is_over(steps: object) -> bool:
    return next(steps, _END) is _END  # type: ignore[call-overload]


_END = object()


def _hand(job: Job) -> Acting:
    """Whoever asked, with the roles they hold now; the service itself when nobody did."""
    association = db.session.get_one(Association, job.association_id)
    member = db.session.get(Member, job.asked_by) if job.asked_by else None
    return Acting(
        association_id=job.association_id,
        now=utc_now(),
        member_id=member.id if member else None,
        roles=frozenset(member.roles) if member else frozenset(),
        zone=ZoneInfo(association.zone),
    )


def _hold(taken: Taken, **values: object) -> None:
    db.session.flush()
    held = db.session.execute(
        update(Job)
        .where(Job.id == taken.id, Job.state == "running", Job.attempts == taken.attempt)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    if held.rowcount != 1:  # type: ignore[attr-defined]
        raise Overtaken


def _put_down(taken: Taken, sentence: str, *, final: bool) -> None:
    now = utc_now()
    with writing():
        if final:
            _hold_softly(taken, state="failed", error=sentence, finished_at=now)
        else:
            _hold_softly(taken, state="waiting", error=sentence, not_before=now + delay_after(taken.attempt))


def _hold_softly(taken: Taken, **values: object) -> None:
    try:
        _hold(taken, **values)
    except Overtaken:
        click.echo(f"job {taken.id} {taken.kind}: another worker has it", err=True)


def _tell(taken: Taken, error: Exception) -> None:
    """Say where it broke, without the error's own words, which may hold a person's data."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{last.filename.rpartition('/reemploi/')[2]}:{last.lineno}"
    click.echo(f"job {taken.id} {taken.kind}, try {taken.attempt}: {type(error).__name__} at {place}", err=True)
