"""The reception page in a real browser, at a scanner's speed: nothing is lost, glued together or counted twice."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Route

from reemploi.roles import Role
from tests.support.people_at_screens import Person
from tests.support.service import Service, running_service

pytestmark = pytest.mark.browser

People = Callable[..., Person]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """One service for all of these tests; each opens a delivery of its own."""
    with running_service(tmp_path_factory.mktemp("service")) as running:
        yield running


@pytest.fixture
def volunteer(person: People) -> Person:
    """Somebody before a delivery that has just been opened."""
    somebody = person(Role.VOLUNTEER)
    somebody.go("/arrivages/nouveau")
    somebody.page.select_option("[name=donor]", label="Papeterie Aubin")
    somebody.page.click("main form .button-primary")
    somebody.page.wait_for_url("**/recevoir*")
    return somebody


def scan(somebody: Person, *codes: str) -> None:
    """Twenty codes a second and more: the keys of each, then Enter, without waiting for anything."""
    for code in codes:
        somebody.page.keyboard.insert_text(code)
        somebody.page.keyboard.press("Enter")


def received(somebody: Person, count: int) -> list[str]:
    """The serials in the list once so many are counted."""
    somebody.page.wait_for_selector(f"[data-count=received]:text-is('{count}')", timeout=20_000)
    somebody.page.wait_for_selector("#reception-state", state="hidden")
    return somebody.page.locator("#reception-list tbody td:nth-child(3)").all_inner_texts()


def test_a_burst_of_scans_is_received_whole_and_in_order(volunteer: Person) -> None:
    codes = [f"P1{number:06d}" for number in range(25)]
    scan(volunteer, *codes)
    assert received(volunteer, 25) == codes[::-1]
    assert volunteer.page.evaluate("document.activeElement.id") == "scan"
    assert volunteer.page.input_value("#scan") == ""
    volunteer.look()


def test_what_stays_the_same_goes_with_each_code_of_its_moment(volunteer: Person) -> None:
    volunteer.page.fill("#maker", "Dell")
    volunteer.page.focus("#scan")
    scan(volunteer, "KX2QN2", "KX2QN3")
    volunteer.page.fill("#maker", "Lenovo")
    volunteer.page.focus("#scan")
    scan(volunteer, "P2000001")
    received(volunteer, 3)
    shown = volunteer.page.locator("#reception-list tbody td:nth-child(2)").all_inner_texts()
    assert shown == ["Portable · Lenovo", "Portable · Dell", "Portable · Dell"]


def test_a_network_that_goes_and_comes_back_loses_nothing(volunteer: Person) -> None:
    scan(volunteer, "P3000001")
    received(volunteer, 1)
    volunteer.context.set_offline(True)
    scan(volunteer, "P3000002", "P3000003")
    volunteer.page.wait_for_selector("#reception-state:visible")
    assert "en attente : 2" in volunteer.page.inner_text("#reception-state").replace("\u00a0", " ")
    volunteer.context.set_offline(False)
    assert received(volunteer, 3) == ["P3000003", "P3000002", "P3000001"]
    volunteer.complaints.clear()


def test_an_answer_that_is_lost_counts_once(volunteer: Person) -> None:
    lost: list[Any] = []

    def swallow(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch())
            route.abort()
        else:
            route.continue_()

    volunteer.page.route("**/recevoir", swallow)
    scan(volunteer, "P4000001", "P4000002")
    assert received(volunteer, 2) == ["P4000002", "P4000001"]
    assert lost[0].status in (200, 302)
    volunteer.complaints.clear()


def test_codes_scanned_after_the_session_ended_wait_for_a_new_one(volunteer: Person) -> None:
    cookies = volunteer.context.cookies()
    volunteer.context.clear_cookies()
    scan(volunteer, "P5000001")
    volunteer.page.wait_for_selector("#reception-state:visible")
    assert "Votre session est terminée" in volunteer.page.inner_text("#reception-state")
    volunteer.context.add_cookies(cookies)
    scan(volunteer, "P5000002")
    assert received(volunteer, 2) == ["P5000002", "P5000001"]


def test_a_refused_form_gives_the_code_back(volunteer: Person) -> None:
    volunteer.page.fill("#weight", "lourd")
    volunteer.page.focus("#scan")
    scan(volunteer, "P6000001")
    volunteer.page.wait_for_selector("[data-error-summary]")
    assert volunteer.page.input_value("#scan") == "P6000001"
    volunteer.page.fill("#weight", "2,1")
    volunteer.page.focus("#scan")
    volunteer.page.keyboard.press("Enter")
    assert received(volunteer, 1) == ["P6000001"]


def test_a_doubt_is_settled_without_leaving_the_series(volunteer: Person) -> None:
    scan(volunteer, "èTKéANé")
    volunteer.page.click("text=Oui, et pour toute la série")
    volunteer.page.wait_for_load_state()
    volunteer.page.focus("#scan")
    scan(volunteer, "èTKéANè")
    assert received(volunteer, 2) == ["7TK2QN7", "7TK2QN2"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_each_page_of_intake_and_labels_is_clear_to_everybody(
    person: People,
    scheme: str,
    width: int,
) -> None:
    somebody = person(Role.COORDINATOR, scheme=scheme, width=width)
    somebody.go("/arrivages/nouveau")
    somebody.page.select_option("[name=donor]", label="Papeterie Aubin")
    somebody.page.click("main form .button-primary")
    somebody.page.wait_for_url("**/recevoir*")
    code = f"AX{scheme[0].upper()}{width}"
    scan(somebody, code, "450G3EA#ABF", code)
    received(somebody, 1)
    place = somebody.page.url.split("/recevoir")[0]
    somebody.seen.clear()
    for path in ("/recevoir", "", "/tri", "/corriger"):
        somebody.go(place + path)
    address = place.rpartition("/")[2]
    for path in ("/arrivages/", "/propositions/", "/propositions/nouvelle", f"/etiquettes/?arrivage={address}"):
        somebody.go(path)
