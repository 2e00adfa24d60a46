"""The worker and its jobs: order, steps, progress, failures, take-overs, stops."""

import signal
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from reemploi.commands import job_running
from reemploi.commands.job_running import AGAIN, GIVEN_UP, LEASE, UNKNOWN, run_one
from reemploi.commands.work import work
from reemploi.errors import Refused
from reemploi.extensions import db
from reemploi.ground import tenancy
from reemploi.ground.acting import Acting
from reemploi.ground.database import aside, writing
from reemploi.ground.jobs import MAX_ATTEMPTS, Step
from reemploi.ground.models import Job, SettingValue
from reemploi.ground.tenancy import current_association
from reemploi.ground.throttle import count_attempt
from reemploi.people.models import Organisation
from reemploi.roles import Role
from tests.commands.jobs_of_tests import COUNTING, asked, counting, job, register
from tests.conftest import ActingAs
from tests.support.cast import Home
from tests.support.clock import Clock

__all__ = ["register"]


def never() -> bool:
    return False


def run_all() -> int:
    """How many turns the worker had something to do."""
    turns = 0
    while run_one(never):
        turns += 1
    return turns


@pytest.mark.usefixtures("engine")
def test_a_job_is_carried_out_step_by_step(register: dict[str, Step], acting_as: ActingAs, clock: Clock) -> None:
    register[COUNTING] = counting
    number = asked(COUNTING, acting_as(Role.TECHNICIAN))
    assert run_one(never) and not run_one(never)
    ended = job(number)
    assert (ended.state, ended.done, ended.result) == ("done", 3, {"steps": [1, 2, 3]})
    assert (ended.attempts, ended.finished_at, ended.error) == (1, clock.now, None)


def test_the_command_works_off_what_waits_and_ends(app: Flask, register: dict[str, Step], acting_as: ActingAs) -> None:
    register[COUNTING] = counting
    numbers = [asked(COUNTING, acting_as()) for _ in range(3)]
    before = signal.getsignal(signal.SIGTERM)
    answer = app.test_cli_runner().invoke(work, ["--once"])
    assert answer.exit_code == 0, answer.output
    assert [job(number).state for number in numbers] == ["done"] * 3
    assert signal.getsignal(signal.SIGTERM) is before


@pytest.mark.usefixtures("engine")
def test_a_job_acts_inside_its_own_association_as_whoever_asked(
    register: dict[str, Step], association: Home, other_association: Home, acting_as: ActingAs
) -> None:
    seen: list[tuple[int | None, int, int | None, frozenset[Role], list[str]]] = []

    def look(_job: Job, acting: Acting) -> Iterator[None]:
        names = list(db.session.scalars(select(Organisation.name).where(Organisation.id == association.donor_id)))
        seen.append((current_association(), acting.association_id, acting.member_id, acting.roles, names))
        yield

    register["looking"] = look
    asked("looking", acting_as(Role.TECHNICIAN, association=other_association))
    asked("looking", acting_as(association=association))
    tenancy.enter(None)
    assert run_all() == 2
    other_member = other_association.members[Role.TECHNICIAN]
    assert seen[0] == (other_association.id, other_association.id, other_member, frozenset({Role.TECHNICIAN}), [])
    assert seen[1] == (association.id, association.id, None, frozenset(), ["Papeterie Aubin"])
    assert current_association() is None


def test_older_jobs_first_and_none_before_its_time(
    register: dict[str, Step], acting_as: ActingAs, clock: Clock
) -> None:
    order: list[int] = []

    def note(one: Job, _acting: Acting) -> Iterator[None]:
        order.append(one.id)
        yield

    register["noting"] = note
    acting = acting_as()
    later = asked("noting", acting.at(clock.now + timedelta(minutes=5)))
    first, second = asked("noting", acting), asked("noting", acting)
    run_all()
    assert order == [first, second]
    clock.move(minutes=5)
    run_all()
    assert order == [first, second, later]


@pytest.mark.usefixtures("engine")
def test_a_step_that_breaks_is_undone_and_the_job_goes_on_from_its_progress_after_a_pause(
    register: dict[str, Step], acting_as: ActingAs, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    breaking = [True]

    def half(one: Job, acting: Acting) -> Iterator[None]:
        while one.done < 4:
            db.session.add(
                SettingValue(
                    association_id=acting.association_id, name=f"step{one.done}", value={}, valid_from=acting.now
                )
            )
            one.done += 1
            db.session.flush()
            if one.done == 3 and breaking:
                raise ValueError("Claire Dupont, 06 00 00 00 00")
            yield

    register["half"] = half
    number = asked("half", acting_as())
    assert run_all() == 1
    broken = job(number)
    assert (broken.state, broken.done, broken.attempts, broken.error) == ("waiting", 2, 1, AGAIN)
    told = capsys.readouterr().err
    assert "ValueError" in told and "test_work_jobs.py" in told and "Dupont" not in told, "no personal data in the log"
    breaking.clear()
    clock.move(seconds=59)
    assert run_all() == 0
    clock.move(seconds=1)
    assert run_all() == 1
    ended = job(number)
    assert (ended.state, ended.done, ended.attempts, ended.error) == ("done", 4, 2, None)
    steps = db.session.scalars(select(SettingValue.name).order_by(SettingValue.id)).all()
    assert steps == ["step0", "step1", "step2", "step3"], "no step was done twice, none was lost"


@pytest.mark.usefixtures("engine")
def test_a_job_that_always_breaks_is_given_up_after_growing_pauses(
    register: dict[str, Step], acting_as: ActingAs, clock: Clock
) -> None:
    def broken(_job: Job, _acting: Acting) -> Iterator[None]:
        raise ValueError
        yield

    register["broken"] = broken
    number = asked("broken", acting_as())
    pauses = []
    for _ in range(MAX_ATTEMPTS - 1):
        run_all()
        pauses.append((job(number).not_before - clock.now).seconds // 60)
        clock.set(job(number).not_before)
    run_all()
    assert pauses == [1, 4, 9, 16]
    assert (job(number).state, job(number).error) == ("failed", GIVEN_UP)
    clock.move(days=2)
    assert run_all() == 0


def test_a_refusal_ends_the_job_at_once_with_its_sentence(register: dict[str, Step], acting_as: ActingAs) -> None:
    def refuse(_job: Job, _acting: Acting) -> Iterator[None]:
        yield
        raise Refused("Le fichier n'a pas de colonne « %(name)s ».", name="Série")

    register["refusing"] = refuse
    number, unknown = asked("refusing", acting_as()), asked("of_another_version", acting_as())
    run_all()
    assert (job(number).state, job(number).error) == ("failed", "Le fichier n'a pas de colonne « Série ».")
    assert (job(unknown).state, job(unknown).error) == ("failed", UNKNOWN)


def test_a_stop_finishes_the_step_and_hands_the_job_back_unblamed(
    register: dict[str, Step], acting_as: ActingAs
) -> None:
    register[COUNTING] = counting
    number = asked(COUNTING, acting_as(), total=5)
    answers = iter([False, True])
    assert run_one(lambda: next(answers))
    stopped = job(number)
    assert (stopped.state, stopped.done, stopped.attempts) == ("waiting", 2, 0)
    run_all()
    assert (job(number).state, job(number).result) == ("done", {"steps": [1, 2, 3, 4, 5]})


def test_a_signal_stops_the_command_between_two_steps(
    app: Flask, register: dict[str, Step], acting_as: ActingAs
) -> None:
    def endless(one: Job, _acting: Acting) -> Iterator[None]:
        while True:
            one.done += 1
            if one.done == 3:
                signal.raise_signal(signal.SIGTERM)
            yield

    register["endless"] = endless
    number = asked("endless", acting_as())
    answer = app.test_cli_runner().invoke(work, [])
    assert answer.exit_code == 0, answer.output
    assert (job(number).state, job(number).done) == ("waiting", 3)


@pytest.mark.usefixtures("engine")
def test_a_worker_that_died_leaves_its_job_to_another_after_the_lease(
    register: dict[str, Step], acting_as: ActingAs, clock: Clock
) -> None:
    register[COUNTING] = counting
    number = asked(COUNTING, acting_as())
    assert job_running._take(clock.now) is not None
    assert run_all() == 0
    clock.move(seconds=LEASE.total_seconds())
    assert run_all() == 1
    assert (job(number).state, job(number).attempts) == ("done", 2)


def test_a_job_that_kills_its_worker_each_time_is_given_up(
    register: dict[str, Step], acting_as: ActingAs, clock: Clock
) -> None:
    register[COUNTING] = counting
    number = asked(COUNTING, acting_as())
    for _ in range(MAX_ATTEMPTS):
        assert job_running._take(clock.now) is not None
        clock.move(seconds=LEASE.total_seconds())
    run_all()
    assert (job(number).state, job(number).error, job(number).done) == ("failed", GIVEN_UP, 0)


@pytest.mark.usefixtures("engine")
def test_a_worker_that_was_only_slow_finds_itself_overtaken_and_undoes_its_step(
    register: dict[str, Step], acting_as: ActingAs, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    def slow(one: Job, _acting: Acting) -> Iterator[None]:
        one.done += 1
        yield
        with_other_worker.append(one.id)
        db.session.rollback()
        with writing():
            other = db.session.get_one(Job, one.id)
            other.attempts += 1
        one.done = 99
        yield

    with_other_worker: list[int] = []
    register["slow"] = slow
    number = asked("slow", acting_as())
    run_one(never)
    assert with_other_worker == [number]
    assert (job(number).done, job(number).state) == (1, "running")
    assert "another worker has it" in capsys.readouterr().err


@pytest.mark.usefixtures("engine")
def test_two_workers_share_the_queue_and_no_job_is_done_twice(
    app: Flask, register: dict[str, Step], acting_as: ActingAs
) -> None:
    register[COUNTING] = counting
    acting = acting_as()
    numbers = [asked(COUNTING, acting) for _ in range(12)]
    start, faults = threading.Barrier(2), []

    def worker() -> None:
        try:
            with app.app_context():
                start.wait(10)
                run_all()
        except Exception as fault:  # a thread's failure must reach the test
            faults.append(fault)

    threads = [threading.Thread(target=worker) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert not faults
    for number in numbers:
        ended = job(number)
        assert (ended.state, ended.attempts, ended.result) == ("done", 1, {"steps": [1, 2, 3]})


def test_a_step_that_asks_nothing_of_the_database_holds_no_lock(
    register: dict[str, Step], acting_as: ActingAs, clock: Clock
) -> None:
    """Rendering and hashing take seconds: on SQLite others must be able to write meanwhile."""

    def heavy(_job: Job, _acting: Acting) -> Iterator[None]:
        yield
        with aside() as session:
            count_attempt(session, "somebody_else", "writes", window=timedelta(minutes=1), now=clock.now)
        yield

    register["heavy"] = heavy
    number = asked("heavy", acting_as())
    run_all()
    assert job(number).state == "done"
