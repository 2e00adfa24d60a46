"""The tests' own ground: what one test writes, the next does not find; people act and sign in."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from reemploi.extensions import db
from reemploi.ground.database import reading, writing
from reemploi.ground.tenancy import current_association
from reemploi.journey.actions import enter_device
from reemploi.journey.journal import breaks, record
from reemploi.journey.models import Event, StatusCode
from reemploi.journey.rules import STATUSES
from reemploi.people.models import Member
from reemploi.roles import Role
from tests.conftest import ActingAs, SignIn
from tests.support.cast import PASSWORD, Home
from tests.support.devices import device_in
from tests.support.inspecting import InspectingClient


def count(table: type) -> int:
    """Rows of a table in scope."""
    with reading() as session:
        return int(session.scalar(select(func.count()).select_from(table)) or 0)


@pytest.mark.parametrize("time", [1, 2])
def test_what_a_test_writes_is_gone_for_the_next_on_both_engines(time: int, engine: str, acting_as: ActingAs) -> None:
    acting = acting_as(Role.TECHNICIAN)
    with writing():
        device = enter_device(
            acting=acting, category="laptop", entered_as="donation", legal_origin="company_gift", charger="with_it"
        )
    assert db.engine.dialect.name == engine
    assert (count(Event), device.id, count(StatusCode)) == (1, 1, len(STATUSES))


def test_an_empty_database_holds_the_statuses_and_nobody(engine: str, empty_app: Flask) -> None:
    assert (count(Member), count(StatusCode)) == (0, len(STATUSES))


def test_a_person_of_several_roles_is_the_same_at_each_call_and_another_one_is_not(acting_as: ActingAs) -> None:
    both = acting_as(Role.TECHNICIAN, Role.SHIFT)
    assert acting_as(Role.SHIFT, Role.TECHNICIAN).member_id == both.member_id
    assert acting_as(Role.TECHNICIAN, Role.SHIFT, who=2).member_id != both.member_id


def test_the_members_of_the_cast_can_sign_in_with_the_shared_password(
    client: InspectingClient, association: Home
) -> None:
    answer = client.post("/connexion", data={"email": association.email(Role.TECHNICIAN), "password": PASSWORD})
    assert answer.status_code == 302
    with client.session_transaction() as session:
        assert "_user_id" in session


def test_somebody_signed_in_need_not_sign_in_again(sign_in: SignIn) -> None:
    assert sign_in(Role.TECHNICIAN).get("/connexion").status_code == 302


@pytest.mark.parametrize("status", STATUSES)
def test_a_device_can_be_had_in_every_status(status: str, acting_as: ActingAs) -> None:
    acting = acting_as(Role.COORDINATOR)
    for category in ("laptop", "smartphone", "monitor") if status != "to_wipe" else ("laptop", "printer"):
        with writing():
            device_in(status, acting, category)
    with reading():
        assert not list(breaks())


def test_signing_in_and_asking_for_pages_leave_the_tests_own_scope(
    sign_in: SignIn, client: InspectingClient, association: Home
) -> None:
    sign_in(Role.TECHNICIAN)
    client.get("/connexion")
    client.get("/nulle-part")
    assert current_association() == association.id


def test_a_status_written_elsewhere_than_in_move_is_seen(acting_as: ActingAs) -> None:
    acting = acting_as(Role.TECHNICIAN)
    with writing():
        device = device_in("received", acting)
    with pytest.raises(AssertionError, match=r"journey\.actions\.move"):
        device.status = "available"
    with pytest.raises(AssertionError, match="stories"), writing():
        record(device, "teleported", acting=acting)
