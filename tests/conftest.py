"""Fixtures of every test: one application per engine, put back after each test; people who act and sign in."""

import inspect
import os
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import pytest
from flask import Flask
from sqlalchemy import select

from reemploi.extensions import db
from reemploi.ground import tenancy
from reemploi.ground.acting import Acting
from reemploi.ground.database import begin_as, reading, writing
from reemploi.ground.tenancy import within
from reemploi.people.models import Account, Member
from reemploi.people.sessions import open_session
from reemploi.roles import Role
from scripts.catalogue_tools import compile_catalogues
from tests.support import cast, guards
from tests.support.browsers import chromium, person  # noqa: F401 - fixtures of every browser test
from tests.support.cast import Home
from tests.support.clock import Clock, standing_still
from tests.support.inspecting import InspectingClient
from tests.support.stores import ENGINES, POSTGRES, Store, open_store
from tests.support.wording_inspection import SOURCE

guards.watch()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run on both engines the tests that name the `engine` fixture, in their arguments or by `usefixtures`."""
    used = {name for mark in metafunc.definition.iter_markers("usefixtures") for name in mark.args}
    if "engine" in used | set(inspect.signature(metafunc.function).parameters):
        allowed = [
            name if name == "sqlite" else pytest.param(name, marks=pytest.mark.postgres)
            for name in ENGINES
            if name == "sqlite" or os.environ.get(POSTGRES) or not os.environ.get("REEMPLOI_ALLOW_NO_POSTGRES")
        ]
        metafunc.parametrize("engine", allowed, indirect=True)


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> str:
    """The engine of this test: `sqlite`, or both in turn when the test names this fixture."""
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture(scope="session")
def stores() -> Iterator[Callable[[str], Store]]:
    """The store of an engine, opened when first asked for."""
    opened: list[Store] = []
    tried: set[str] = set()
    compile_catalogues(SOURCE)
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main") + f"_{os.getpid()}"
    memory = Path("/dev/shm")
    with TemporaryDirectory(prefix="reemploi-", dir=memory if os.access(memory, os.W_OK) else None) as folder:

        @cache
        def store(engine: str) -> Store:
            if engine in tried:
                raise RuntimeError(f"the store of {engine} did not open: see the first error")
            tried.add(engine)
            place = Path(folder) / engine
            place.mkdir()
            opened.append(open_store(engine, place, worker))
            return opened[-1]

        yield store
        for one in opened:
            one.close()


@pytest.fixture
def store(stores: Callable[[str], Store], engine: str) -> Store:
    """The database of this test's engine."""
    return stores(engine)


@pytest.fixture
def clock() -> Iterator[Clock]:
    """The clock, stopped at `tests.support.clock.START` until the test moves it."""
    with standing_still() as clock:
        yield clock


@pytest.fixture
def app(store: Store, clock: Clock) -> Iterator[Flask]:
    """The application, its context open and the first association in scope; the database is put back afterwards."""
    with store.app.app_context():
        tenancy.enter(store.homes[0].id)
        try:
            yield store.app
        finally:
            db.session.remove()
            tenancy.enter(None)
            begin_as("read")
            store.restore()


@pytest.fixture
def empty_app(store: Store, app: Flask) -> Flask:
    """The application on a database that holds no association yet."""
    store.restore(empty=True)
    tenancy.enter(None)
    return app


@pytest.fixture
def association(store: Store, app: Flask) -> Home:
    """« Les Ordis du Coin (essai) »."""
    return store.homes[0]


@pytest.fixture
def other_association(store: Store, app: Flask) -> Home:
    """The neighbour, whose rows nobody of the first may see."""
    return store.homes[1]


@pytest.fixture
def client(app: Flask) -> InspectingClient:
    """A browser in which nobody is signed in; every page it fetches is inspected."""
    return browser(app)


def browser(app: Flask) -> InspectingClient:
    """A new browser."""
    client = app.test_client()
    assert isinstance(client, InspectingClient)
    return client


class ActingAs(Protocol):
    """What the `acting_as` fixture gives."""

    def __call__(self, *roles: Role, association: Home | None = None, who: int = 1) -> Acting: ...


class SignIn(Protocol):
    """What the `sign_in` fixture gives."""

    def __call__(self, *roles: Role, association: Home | None = None, who: int = 1) -> InspectingClient: ...


@pytest.fixture
def acting_as(app: Flask, clock: Clock, association: Home) -> ActingAs:
    """`acting_as(Role.TECHNICIAN)`: a member's hand now, their association put in scope.

    Several roles make one person who holds them all; `who=2` is another person; no role is the service itself.
    """
    default = association

    def act(*roles: Role, association: Home | None = None, who: int = 1) -> Acting:
        home = association or default
        tenancy.enter(home.id)
        member = member_of(home, roles, who, clock) if roles else None
        return Acting(association_id=home.id, now=clock.now, member_id=member, roles=frozenset(roles))

    return act


@pytest.fixture
def sign_in(app: Flask, clock: Clock, association: Home) -> SignIn:
    """`sign_in(Role.TECHNICIAN)`: a browser in which a member is signed in, without the sign-in page's cost."""
    default = association

    def signed_in(*roles: Role, association: Home | None = None, who: int = 1) -> InspectingClient:
        home = association or default
        member_id = member_of(home, roles, who, clock)
        with writing(), within(home.id):
            secret = open_session(db.session.get_one(Member, member_id), now=clock.now)
        client = browser(app)
        with client.session_transaction() as session:
            session["_user_id"], session["_fresh"] = secret, True
        client.roles = frozenset(roles)
        return client

    return signed_in


def member_of(home: Home, roles: tuple[Role, ...], who: int, clock: Clock) -> int:
    """The number of the association's member who holds exactly these roles, made when there is none yet."""
    if len(roles) == 1 and who == 1:
        return home.members[roles[0]]
    known = select(Member.id).join(Account).where(Account.email == home.email(*roles, who=who))
    with within(home.id):
        with reading() as session:
            from_before = session.scalars(known).first()
        if from_before is not None:
            return from_before
        with writing():
            return cast.new_member(Acting(association_id=home.id, now=clock.now), home, roles, who)
