"""One line, Enter, the next: the reception page as a volunteer uses it, without any script."""

from typing import Any

import pytest

from reemploi.extensions import db
from reemploi.ground.database import writing
from reemploi.ground.tenancy import within
from reemploi.intake import actions
from reemploi.intake.models import Arrival, Delivery, ReceivedScan
from reemploi.journey.models import Device
from reemploi.people.models import Organisation
from reemploi.roles import Role
from tests.conftest import ActingAs, SignIn
from tests.intake.seen import FIRST, counts, only, rows, statements
from tests.support.cast import Home
from tests.support.clock import START
from tests.support.devices import device_in
from tests.support.inspecting import InspectingClient
from tests.support.pages import Page


class Door:
    """A volunteer before the page: types, presses Enter, reads."""

    def __init__(self, browser: InspectingClient, delivery: Delivery) -> None:
        self.browser = browser
        self.url = f"/arrivages/{delivery.address}/recevoir"
        self.sent: dict[str, Any] = {}
        self.page = Page.of(browser.get(self.url))

    def enter(self, scan: str, /, **changed: str) -> Page:
        shown = {name: value[0] for name, value in self.page.form(self._form).fields().items() if value}
        shown.pop("csrf_token")
        self.sent = {**shown, "scan": scan, **changed}
        return self.replay()

    _form = "Recevoir sans numéro de série"

    def replay(self) -> Page:
        self.page = Page.of(self.browser.post(self.url, data=self.sent, follow_redirects=True))
        return self.page

    def choose(self, words: str) -> Page:
        form = self.page.form(words)
        data = {name: value[0] for name, value in form.fields().items()}
        self.page = Page.of(self.browser.post(form.action, data=data, follow_redirects=True))
        return self.page

    def kept(self) -> dict[str, str]:
        fields = self.page.form(self._form).fields()
        return {name: (fields[name] or [""])[0] for name in ("scan", "category", "charger", "maker", "model", "weight")}


@pytest.fixture
def delivery(acting_as: ActingAs, association: Home) -> Delivery:
    hand = acting_as(Role.VOLUNTEER)
    with writing():
        donor = db.session.get_one(Organisation, association.donor_id)
        return actions.open_delivery(donor, acting=hand, site_id=association.site_id, arrived_on=START.date())


@pytest.fixture
def door(sign_in: SignIn, delivery: Delivery) -> Door:
    return Door(sign_in(Role.VOLUNTEER), delivery)


def test_thirty_machines_scan_after_scan(door: Door) -> None:
    door.enter("PF000001", category="desktop", charger="none_needed", maker="Lenovo", model="M720q", weight="1,3")
    for number in range(2, 31):
        page = door.enter(f"PF{number:06d}")
    assert counts(Device, Arrival, ReceivedScan) == (30, 30, 30)
    assert door.kept() == {
        "scan": "",
        "category": "desktop",
        "charger": "none_needed",
        "maker": "Lenovo",
        "model": "M720q",
        "weight": "1,3",
    }
    assert "Reçus 30" in page.text
    assert {(row.category, row.maker, row.model, row.weight_grams) for row in rows(Device)} == {
        ("desktop", "Lenovo", "M720q", 1300)
    }
    assert page.text.index("PF000030") < page.text.index("PF000029")


def test_the_field_has_the_focus_and_enter_receives(door: Door) -> None:
    field = door.page.by_id["scan"]
    assert "autofocus" in field.attrib
    form = door.page.form(Door._form)
    first = next(one for one in form._own("button") if one.attrib.get("type", "submit") == "submit")
    assert "name" not in first.attrib


def test_a_form_sent_twice_counts_once(door: Door) -> None:
    door.enter("7TK2QN2")
    door.replay()
    assert counts(Device, Arrival, ReceivedScan) == (1, 1, 1)


def test_the_machine_without_serial_needs_its_own_button(door: Door) -> None:
    assert "Recevoir sans numéro de série" in door.enter("").text
    assert counts(Device, Arrival, ReceivedScan) == (0, 0, 0)
    assert "sans numéro de série" in door.enter("", without_serial="1").text
    assert counts(Device, Arrival, ReceivedScan) == (1, 1, 1)


def test_a_doubtful_code_stays_on_the_page_until_it_is_settled(door: Door) -> None:
    door.enter("èTKéANé", maker="Dell")
    page = door.enter("450G3EA#ABF")
    assert "Nous lisons 7TK2QN2" in page.text
    assert "numéro de produit" in page.text
    page = door.choose("Oui, et pour toute la série")
    assert counts(Device, Arrival) == (1, 1)
    page = door.enter("èTKéANè")
    assert {row.serial for row in rows(Device)} == {"7TK2QN2", "7TK2QN7"}
    assert "À régler 1" in page.text
    assert "À régler 0" in door.choose("Vu, ranger la ligne").text


def test_a_device_that_left_comes_back_by_its_label_in_one_scan(
    door: Door, delivery: Delivery, acting_as: ActingAs
) -> None:
    with within(FIRST), writing():
        device = device_in("given", acting_as(Role.COORDINATOR))
    page = door.enter(device.tag)
    assert "Reçu à nouveau, sous le même numéro." in page.text
    assert "déjà reçu dans cette série" in door.enter(device.tag).text.lower()
    assert counts(Device, Arrival) == (1, 1)


def test_a_serial_of_a_device_that_left_asks(door: Door, acting_as: ActingAs) -> None:
    with within(FIRST), writing():
        device = device_in("sold", acting_as(Role.COORDINATOR))
    assert "Est-ce la même ?" in door.enter(device.serial).text
    assert "sous le même numéro" in door.choose("Recevoir à nouveau").text
    assert counts(Device, Arrival) == (1, 1)


@pytest.mark.parametrize("status", ["available", "lent", "lost"])
def test_a_device_that_cannot_arrive_is_told_with_its_tag(door: Door, acting_as: ActingAs, status: str) -> None:
    with within(FIRST), writing():
        device = device_in(status, acting_as(Role.COORDINATOR))
    page = door.enter(device.tag)
    assert f"/appareils/{device.tag}" in page.links()
    assert "À régler 1" in page.text
    assert counts(Device, Arrival) == (1, 0)


def test_the_neighbours_of_a_run_suggest_their_model(door: Door) -> None:
    door.enter("5CG1234ABC", maker="HP", model="EliteBook 840 G3")
    page = door.enter("5CG1234XYZ", maker="", model="")
    assert "HP EliteBook 840 G3" in page.text
    page = door.choose("Oui, noter ce modèle")
    assert {row.model for row in rows(Device)} == {"EliteBook 840 G3"}
    assert door.kept()["model"] == "EliteBook 840 G3"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("category", "fusée"), ("charger", ""), ("maker", "x" * 101), ("model", "x" * 201), ("weight", "lourd"),
        ("weight", "-1"), ("weight", "0"), ("scan_id", ""), ("scan_id", "x" * 41), ("scan_id", "é" * 20),
        ("scan", "x" * 301), ("scan", "\x00"),
    ],
)  # fmt: skip
def test_bad_input_is_a_sentence_and_creates_nothing(door: Door, field: str, value: str) -> None:
    page = door.enter("7TK2QN2", **{field: value})
    assert "Il reste quelque chose à corriger" in page.text
    assert counts(Device, Arrival, ReceivedScan) == (0, 0, 0)


@pytest.mark.parametrize(
    "scan", ["'; DROP TABLE device; --", "%", "_" * 50, "𝟙𝟚𝟛𝟜", "٠١٢٣٤٥٦٧٨٩", "\u202e1234", "🦊🦊🦊🦊", "é" * 300]
)
def test_any_text_has_an_answer(door: Door, scan: str) -> None:
    assert door.enter(scan).title == "Recevoir"


@pytest.mark.parametrize(
    "query",
    [
        "categorie=x&chargeur=y&poids=z",
        "poids=999999999999",
        "lu=inconnu",
        "clavier=x",
        "categorie=&marque=%00",
        "lu=%00",
    ],
)
def test_any_address_has_a_page(door: Door, query: str) -> None:
    assert door.browser.get(f"{door.url}?{query}").status_code == 200


def test_a_choice_that_is_not_offered_is_a_sentence(door: Door) -> None:
    door.enter("450G3EA#ABF")
    scan_id = only(ReceivedScan).scan_id
    for choice in ("again", "", "x"):
        assert door.browser.post(f"{door.url}/{scan_id}", data={"choice": choice}).status_code == 409
    assert door.browser.post(f"{door.url}/inconnu", data={"choice": "seen"}).status_code == 404
    assert door.browser.post(f"{door.url}/inconnu/modele").status_code == 404


def test_every_outcome_reads_in_english_too(door: Door, acting_as: ActingAs) -> None:
    with within(FIRST), writing():
        hand = acting_as(Role.COORDINATOR)
        codes = [device_in(status, hand).tag for status in ("available", "lent", "lost", "given")]
        codes.append(device_in("sold", hand).serial)
    for code in (*codes, "7TK2QN2", "7TK2QN2", "N/A", "èTKéANé", "450G3EA#ABF", "é", codes[0][6:]):
        door.enter(code)
    answer = door.browser.get(door.url, headers={"Accept-Language": "en"})
    assert answer.status_code == 200


def test_the_page_costs_the_same_for_three_devices_and_for_thirty(door: Door) -> None:
    for number in range(3):
        door.enter(f"PF00000{number}")
    with statements() as few:
        door.browser.get(door.url)
    for number in range(27):
        door.enter(f"PG0000{number:02d}")
    with statements() as many:
        door.browser.get(door.url)
    assert many.total == few.total <= 16
