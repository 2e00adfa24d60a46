"""Prescriptions through their pages: written in minutes, decided, waiting in order, proposed, appointed."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.ground.database import reading, writing
from reemploi.ground.models import AccessLog
from reemploi.ground.tenancy import within
from reemploi.journey import actions as journey
from reemploi.journey import facts
from reemploi.journey.models import Device
from reemploi.people.models import Organisation
from reemploi.prescription.models import Household, Prescription
from reemploi.roles import Role
from tests.conftest import ActingAs, SignIn
from tests.support.cast import Home
from tests.support.clock import Clock
from tests.support.inspecting import InspectingClient

MARKER = "Zorglonde Quetzalmarque"
ANSWERS = {
    "name": MARKER,
    "channel": "06 99 88 77 66",
    "municipality": "Saint-Exemple",
    "neighbourhood": "yes",
    "adults": "2",
    "schooled_children": "1",
    "category": "laptop",
    "for_whom": "child",
    "need": "school",
    "urgency": "month",
    "criterion": "low_quotient",
    "agreed": "y",
}


def send(browser: InspectingClient, **changes: str) -> str:
    """Write and send a prescription; the address of its page."""
    answer = browser.post("/prescriptions/nouvelle", data={**ANSWERS, **changes})
    assert answer.status_code == 302, answer.text
    return str(answer.location)


def available(acting: Acting, category: str = "laptop", gigabytes: int = 8) -> Device:
    """A device ready to be proposed."""
    technician = Acting(acting.association_id, acting.now, acting.member_id, frozenset({Role.TECHNICIAN}))
    with writing():
        device = journey.enter_device(
            acting=technician, category=category, entered_as="donation", legal_origin="bought", charger="with_it"
        )
        facts.describe(device, acting=technician, memory_bytes=gigabytes * 2**30)
        facts.declare_no_storage(device, acting=technician)
        facts.give_grade(device, "B", acting=technician)
        facts.install_system(
            device, acting=technician, name="Mint", version="22", language="fr", happened_at=technician.now
        )
        journey.move([device], "make_available", acting=technician)
    return device


def test_six_answers_are_enough_and_twelve_fields_are_in_sight(sign_in: SignIn) -> None:
    page = sign_in(Role.PRESCRIBER).get("/prescriptions/nouvelle").text
    form = page[page.index('<form class="form"') :].split("<details")[0]
    names = set(re.findall(r'name="(\w+)"', form)) - {"csrf_token"}
    assert 6 <= len(names) <= 12
    answer = sign_in(Role.PRESCRIBER).post("/prescriptions/nouvelle", data={})
    assert answer.text.count("Choisissez une réponse.") + answer.text.count("Remplissez ce champ.") >= 5
    least = {name: ANSWERS[name] for name in ("name", "municipality", "category", "need", "criterion", "agreed")}
    assert sign_in(Role.PRESCRIBER).post("/prescriptions/nouvelle", data=least).status_code == 302


def test_the_whole_path_to_an_appointment(
    sign_in: SignIn, acting_as: ActingAs, clock: Clock, association: Home
) -> None:
    device = available(acting_as(Role.TECHNICIAN))
    prescriber, coordinator = sign_in(Role.PRESCRIBER), sign_in(Role.COORDINATOR)
    address = send(prescriber)
    assert MARKER not in coordinator.get(address).text
    coordinator.post(f"{address}/decision/accept")
    assert MARKER in coordinator.get(address).text
    listed = coordinator.get("/prescriptions/attente").text
    assert "Échéance dans le mois" in listed
    answer = coordinator.post(f"{address}/lignes/1/proposition", data={"tag": device.tag}, follow_redirects=True)
    assert "Appareil réservé" in answer.text
    with within(association.id), reading():
        assert db.session.scalars(select(Device.status).where(Device.id == device.id)).one() == "reserved"
    form = coordinator.get(address).text
    site = re.findall(r'<option[^>]*value="([^"]{22})"', form)[0]
    when = (clock.now + timedelta(days=3)).strftime("%Y-%m-%dT14:30")
    coordinator.post(f"{address}/rendez-vous", data={"site": site, "at": when})
    assert "Rendez-vous le" in prescriber.get(address).text
    coordinator.post(f"{address}/lignes/1/retrait")
    with within(association.id), reading():
        assert db.session.scalars(select(Device.status).where(Device.id == device.id)).one() == "available"
    assert "en attente" in prescriber.get(address).text


def test_a_case_stays_with_its_prescriber(sign_in: SignIn) -> None:
    address = send(sign_in(Role.PRESCRIBER))
    colleague = sign_in(Role.PRESCRIBER, who=2)
    assert colleague.get(address).status_code == 404
    assert MARKER not in colleague.get("/prescriptions/").text
    assert "Personne ne correspond" in colleague.post("/prescriptions/recherche", data={"name": MARKER}).text
    assert colleague.post(f"{address}/annulation").status_code == 404


def test_a_structure_that_shares_opens_its_cases_to_colleagues(sign_in: SignIn, association: Home) -> None:
    address = send(sign_in(Role.PRESCRIBER))
    with within(association.id), writing() as session:
        session.get_one(Organisation, association.structure_id).shares_cases = True
    assert MARKER in sign_in(Role.PRESCRIBER, who=2).get(address).text


def test_a_coordinator_who_also_prescribes_reads_no_name_before_acceptance(sign_in: SignIn) -> None:
    address = send(sign_in(Role.PRESCRIBER))
    both = sign_in(Role.COORDINATOR, Role.PRESCRIBER)
    assert MARKER not in both.get(address).text
    assert MARKER not in both.get("/prescriptions/").text
    assert "Personne ne correspond" in both.post("/prescriptions/recherche", data={"name": MARKER}).text


@pytest.mark.parametrize("words", ["quetzalmarque", "ZORGLONDE", "zorglonde quetzalmarque"])
def test_a_name_is_found_by_whole_words(sign_in: SignIn, words: str) -> None:
    browser = sign_in(Role.PRESCRIBER)
    send(browser)
    assert MARKER in browser.post("/prescriptions/recherche", data={"name": words}).text


def test_reading_a_household_leaves_a_line_committed_before_the_answer(sign_in: SignIn, association: Home) -> None:
    browser = sign_in(Role.PRESCRIBER)
    address = send(browser)
    browser.get(address)
    with within(association.id), reading():
        purposes = db.session.scalars(select(AccessLog.purpose)).all()
    assert list(purposes) == ["case"]


def test_nothing_personal_lies_open_in_the_database(sign_in: SignIn, association: Home) -> None:
    send(sign_in(Role.PRESCRIBER), note="Elle s'appelle Zorglonde, rappelle le soir.")
    with within(association.id), reading():
        raw = db.session.connection().exec_driver_sql("SELECT * FROM household").fetchall()
        raw += db.session.connection().exec_driver_sql("SELECT * FROM prescription").fetchall()
        raw += db.session.connection().exec_driver_sql("SELECT * FROM household_word").fetchall()
    assert b"Zorglonde" not in repr(raw).encode()
    assert "99 88" not in repr(raw)


@pytest.mark.parametrize(
    ("note", "word"),
    [
        ("son numéro est 1 85 05 78 006 084 91", "sécurité sociale"),
        ("virer sur FR14 2004 1010 0505 0001 3M02 606", "compte bancaire"),
    ],
)
def test_secret_numbers_are_politely_refused(sign_in: SignIn, note: str, word: str) -> None:
    answer = sign_in(Role.PRESCRIBER).post("/prescriptions/nouvelle", data={**ANSWERS, "note": note})
    assert answer.status_code == 200
    assert word in answer.text
    assert MARKER in answer.text


def test_the_shown_points_are_the_order(sign_in: SignIn, clock: Clock) -> None:
    prescriber, coordinator = sign_in(Role.PRESCRIBER), sign_in(Role.COORDINATOR)
    calm = send(prescriber, urgency="none", schooled_children="0")
    clock.move(days=3)
    prescriber, coordinator = sign_in(Role.PRESCRIBER), sign_in(Role.COORDINATOR)
    pressed = send(prescriber, urgency="week", schooled_children="2")
    for address in (calm, pressed):
        coordinator.post(f"{address}/decision/accept")
    listed = coordinator.get("/prescriptions/attente").text
    assert listed.index(pressed) < listed.index(calm)


def test_two_lines_cannot_take_the_same_device(sign_in: SignIn, acting_as: ActingAs) -> None:
    device = available(acting_as(Role.TECHNICIAN))
    prescriber, coordinator = sign_in(Role.PRESCRIBER), sign_in(Role.COORDINATOR)
    first, second = send(prescriber), send(prescriber)
    for address in (first, second):
        coordinator.post(f"{address}/decision/accept")
    coordinator.post(f"{first}/lignes/1/proposition", data={"tag": device.tag})
    answer = coordinator.post(f"{second}/lignes/1/proposition", data={"tag": device.tag})
    assert answer.status_code == 409
    assert "réservé" in answer.text


def test_a_refusal_needs_a_reason_that_the_prescriber_reads(sign_in: SignIn) -> None:
    prescriber, coordinator = sign_in(Role.PRESCRIBER), sign_in(Role.COORDINATOR)
    address = send(prescriber)
    assert coordinator.post(f"{address}/decision/refuse").status_code == 409
    coordinator.post(f"{address}/decision/refuse", data={"reason": "already_equipped"})
    assert "déjà équipé" in prescriber.get(address).text


def test_households_of_two_associations_never_meet(sign_in: SignIn, association: Home, other_association: Home) -> None:
    address = send(sign_in(Role.PRESCRIBER))
    assert sign_in(Role.COORDINATOR, association=other_association).get(address).status_code == 404
    with within(association.id), reading():
        assert len(db.session.scalars(select(Household)).all()) == 1
    with within(other_association.id), reading():
        assert not db.session.scalars(select(Household)).all()
        assert not db.session.scalars(select(Prescription.number)).all()
