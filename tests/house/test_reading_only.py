"""Reading is the rule: a page that reads cannot write, whatever it tries, on both engines."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import delete, insert, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from reemploi.extensions import db
from reemploi.ground.database import aside, begin_as, reading, writing
from reemploi.people.models import Organisation, Place
from reemploi.roles import Role
from reemploi.web.access import open_to_signed_in
from tests.conftest import SignIn
from tests.support.addresses import filled
from tests.support.cast import Home
from tests.support.clock import Clock
from tests.support.routes import Route, address_of, routes
from tests.support.snapshot import snapshot
from tests.support.stores import Store

REFUSAL = r"(?i)read-?only"
READS = [route for route in routes() if route.method == "GET"]
Attempt = Callable[[Session, Home], object]


def _flush(session: Session, home: Home) -> None:
    session.add(Place(association_id=home.id, site_id=home.site_id, name="X", tag="5000000000"))
    session.flush()


ATTEMPTS: dict[str, Attempt] = {
    "a new row": _flush,
    "an update": lambda session, home: session.execute(update(Organisation).values(contact="X")),
    "a deletion": lambda session, home: session.execute(delete(Place)),
    "an insert": lambda session, home: session.execute(
        insert(Place).values(association_id=home.id, site_id=home.site_id, name="X", tag="5000000000", address="x")
    ),
    "raw SQL": lambda session, home: session.execute(text("UPDATE place SET name = 'X'")),
    "a new table": lambda session, home: session.execute(text("CREATE TABLE smuggled (id INTEGER)")),
    "an emptied table": lambda session, home: session.execute(text("DELETE FROM role_grant")),
    "a late change of mind": lambda session, home: (
        session.execute(text("SELECT 1")), begin_as("write"), session.execute(text("UPDATE place SET name = 'X'"))
    ),
}  # fmt: skip


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_the_connection_refuses_to_write_while_reading(engine: str, association: Home, attempt: str) -> None:
    with pytest.raises(DBAPIError, match=REFUSAL), reading() as session:
        ATTEMPTS[attempt](session, association)
    begin_as("read")
    with reading() as session:
        assert session.get_one(Place, association.place_id).name == "Étagère A"


def test_outside_any_transaction_reading_is_the_rule(engine: str, association: Home) -> None:
    with pytest.raises(DBAPIError, match=REFUSAL):
        db.session.execute(text("UPDATE place SET name = 'X'"))


def test_a_view_that_reads_cannot_write(
    engine: str, app: Flask, sign_in: SignIn, association: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    @open_to_signed_in
    def rogue() -> str:
        db.session.execute(update(Organisation).values(contact="X"))
        return "done"

    monkeypatch.setitem(app.view_functions, "home.index", rogue)
    with pytest.raises(DBAPIError, match=REFUSAL):
        sign_in(Role.TECHNICIAN).get("/")
    with reading() as session:
        assert session.get_one(Organisation, association.donor_id).contact == ""


def test_a_connection_that_wrote_reads_only_again(engine: str, association: Home) -> None:
    for _ in range(3):
        with writing() as session:
            session.execute(update(Organisation).values(contact="Y"))
        with pytest.raises(DBAPIError, match=REFUSAL), reading() as session:
            session.execute(update(Organisation).values(contact="Z"))


def test_what_is_written_beside_a_reading_is_there_at_once_and_the_reading_goes_on(
    engine: str, association: Home
) -> None:
    with reading() as session:
        before = session.get_one(Organisation, association.donor_id).contact
        with aside() as other:
            other.execute(update(Organisation).values(contact="noted"))
        with pytest.raises(DBAPIError, match=REFUSAL):
            session.execute(update(Organisation).values(contact="Z"))
    with reading() as session:
        assert (before, session.get_one(Organisation, association.donor_id).contact) == ("", "noted")


def test_nothing_is_written_beside_a_writing(association: Home) -> None:
    with writing() as session:
        session.execute(update(Organisation).values(contact="Y"))
        with pytest.raises(RuntimeError, match="write in it instead"), aside():
            pass


@pytest.mark.parametrize("inner", [reading, writing])
def test_a_transaction_inside_a_writing_one_is_refused_and_undoes_nothing(
    engine: str, association: Home, inner: Callable[[], Callable[..., object]]
) -> None:
    with writing() as session:
        session.execute(update(Organisation).values(contact="kept"))
        with pytest.raises(RuntimeError, match="do it inside"), inner():  # type: ignore[attr-defined]
            pass
    with reading() as session:
        assert session.get_one(Organisation, association.donor_id).contact == "kept"


@pytest.mark.parametrize("route", READS, ids=str)
def test_every_page_leaves_the_database_as_it_was(
    route: Route, sign_in: SignIn, association: Home, clock: Clock, store: Store, app: Flask
) -> None:
    arguments = filled(route, association, clock)
    client = sign_in(*Role)
    before = snapshot(store)
    client.get(address_of(app, route, arguments))
    assert snapshot(store) == before, "GET only reads: make it a POST, or write through `aside` what ASIDE names"
