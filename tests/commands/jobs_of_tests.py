"""Jobs made for the tests: some count, some break; what each did is written down."""

from collections.abc import Iterator

import pytest

from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.ground.database import reading, writing
from reemploi.ground.jobs import REGISTRY, Step, ask
from reemploi.ground.models import Job

COUNTING = "counting_of_tests"


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Step]]:
    """Kinds of jobs added for one test."""
    monkeypatch.setattr("reemploi.ground.jobs.REGISTRY", known := dict(REGISTRY))
    monkeypatch.setattr("reemploi.commands.job_running.REGISTRY", known)
    yield known


def counting(job: Job, _acting: Acting) -> Iterator[None]:
    """One step per unit; `done` is the progress a next taker starts from."""
    while job.done < job.total:
        job.done += 1
        job.result = {"steps": [*(job.result or {}).get("steps", []), job.done]}
        yield


def asked(kind: str, acting: Acting, *, total: int = 3) -> int:
    """The number of a job put in the queue."""
    with writing():
        return ask(kind, {}, acting=acting, total=total).id


def job(number: int) -> Job:
    """A job as the database holds it now."""
    with reading():
        db.session.expire_all()
        found = db.session.get_one(Job, number)
        db.session.refresh(found)
        db.session.expunge(found)
    return found
