"""The pages that gather: search leads to the device, whose page tells its state, its story and its next moves."""

from collections.abc import Callable

import pytest

from reemploi.ground.acting import Acting
from reemploi.ground.database import writing
from reemploi.journey import actions, facts
from reemploi.journey.models import Device
from reemploi.roles import Role
from tests.conftest import ActingAs, SignIn

Enter = Callable[..., Device]


@pytest.fixture
def enter(acting_as: ActingAs) -> Enter:
    """A device that has just come through the door."""

    def enter_one(acting: Acting | None = None, **known: object) -> Device:
        with writing():
            return actions.enter_device(
                acting=acting or acting_as(Role.VOLUNTEER),
                **{
                    "category": "laptop",
                    "entered_as": "donation",
                    "legal_origin": "company_gift",
                    "charger": "with_it",
                    "maker": "Dell",
                    "model": "Latitude E6440",
                    "facts": {"delivery": "ARR-2026-0001"},
                    **known,
                },
            )

    return enter_one


def test_a_full_tag_opens_its_device(enter: Enter, sign_in: SignIn) -> None:
    device = enter()
    answer = sign_in(Role.VOLUNTEER).get("/recherche", query_string={"q": device.tag})
    assert answer.status_code == 302
    assert answer.location.endswith(f"/appareils/{device.tag}")


@pytest.mark.parametrize("words", ["7TK2QN2", "7tk2qn2", "latitude dell", "E6440", "7TK2"])
def test_a_device_is_found_by_what_one_remembers(enter: Enter, sign_in: SignIn, words: str) -> None:
    device = enter(serial="7TK2QN2")
    enter(serial="OTHER01", model="OptiPlex 3050", category="desktop")
    answer = sign_in(Role.VOLUNTEER).get("/recherche", query_string={"q": words})
    assert answer.location.endswith(f"/appareils/{device.tag}")


def test_four_digits_list_every_device_they_end(enter: Enter, sign_in: SignIn) -> None:
    device = enter(serial="7TK2QN2")
    answer = sign_in(Role.VOLUNTEER).get("/recherche", query_string={"q": device.tag[-4:]})
    assert answer.location.endswith(f"/appareils/{device.tag}")


@pytest.mark.parametrize("words", ["", "%", "_", "' OR 1=1 --", "\x00", "🖥️", "‮abc", "a" * 10_000, "<script>"])
def test_any_words_get_an_answer(enter: Enter, sign_in: SignIn, words: str) -> None:
    enter(model="Latitude")
    answer = sign_in(Role.VOLUNTEER).get("/recherche", query_string={"q": words})
    assert answer.status_code == 200
    assert "Latitude" not in answer.text


def test_the_neighbours_devices_do_not_exist(
    enter: Enter, sign_in: SignIn, acting_as: ActingAs, other_association: object
) -> None:
    theirs = enter(acting_as(Role.VOLUNTEER, association=other_association), serial="THEIRS1")  # type: ignore[arg-type]
    mine = sign_in(Role.VOLUNTEER)
    assert mine.get(f"/appareils/{theirs.tag}").status_code == 404
    assert theirs.tag not in mine.get("/recherche", query_string={"q": "THEIRS1"}).text


def test_the_page_tells_state_story_and_what_bars_the_way(enter: Enter, sign_in: SignIn, acting_as: ActingAs) -> None:
    device = enter()
    technician = acting_as(Role.TECHNICIAN)
    with writing():
        facts.see_medium(
            device, acting=technician, kind="ssd", model="Crucial MX500", serial="20112B4D5E6F", size=10**9
        )
    page = sign_in(Role.TECHNICIAN).get(f"/appareils/{device.tag}").text
    assert "1 support attend son effacement." in page
    assert "Support vu : Crucial MX500 20112B4D5E6F." in page.replace("\xa0", " ")
    assert "pas encore effacé" in page
    assert "n&#39;a pas d&#39;effacement accepté" in page


def test_a_move_made_from_the_page_is_in_the_journal(enter: Enter, sign_in: SignIn, acting_as: ActingAs) -> None:
    device = enter(category="monitor")
    with writing():
        actions.settle(device, acting=acting_as(Role.TECHNICIAN))
    browser = sign_in(Role.TECHNICIAN)
    answer = browser.post(f"/appareils/{device.tag}/passage/start_repair", follow_redirects=True)
    assert "Mis en réparation." in answer.text
    assert "en réparation" in answer.text


def test_a_move_that_is_barred_says_why_and_changes_nothing(enter: Enter, sign_in: SignIn) -> None:
    device = enter()
    browser = sign_in(Role.TECHNICIAN)
    answer = browser.post(f"/appareils/{device.tag}/passage/make_available")
    assert answer.status_code == 409
    assert "Rendre disponible" in answer.text
    assert "reçu" in browser.get(f"/appareils/{device.tag}").text


@pytest.mark.parametrize("name", ["lend", "clear", "nothing"])
def test_moves_made_elsewhere_are_not_made_here(enter: Enter, sign_in: SignIn, name: str) -> None:
    device = enter()
    assert sign_in(Role.COORDINATOR).post(f"/appareils/{device.tag}/passage/{name}").status_code == 404


def test_a_volunteer_does_not_make_a_technicians_move(enter: Enter, sign_in: SignIn) -> None:
    device = enter()
    answer = sign_in(Role.VOLUNTEER).post(f"/appareils/{device.tag}/passage/start_repair")
    assert answer.status_code == 403


def test_the_list_is_filtered_and_pages_to_its_end(enter: Enter, sign_in: SignIn) -> None:
    tags = {enter(serial=f"SERIAL{number:03d}").tag for number in range(55)}
    enter(category="monitor")
    browser = sign_in(Role.VOLUNTEER)
    first = browser.get("/appareils/", query_string={"category": "laptop"}).text
    older = first.split("before=")[1].split('"')[0].split("&")[0]
    second = browser.get("/appareils/", query_string={"category": "laptop", "before": older}).text
    assert {tag for tag in tags if f"/appareils/{tag}" in first + second} == tags
    assert "before=" not in second.split('rel="next"')[-1] or 'rel="next"' not in second


@pytest.mark.parametrize("key", ["x", "1", "-", "99999999999999-1", "1-99999999999999999999"])
def test_a_broken_page_key_shows_the_first_page(enter: Enter, sign_in: SignIn, key: str) -> None:
    device = enter()
    assert device.tag in sign_in(Role.VOLUNTEER).get("/appareils/", query_string={"before": key}).text


def test_the_home_page_counts_what_waits(enter: Enter, sign_in: SignIn) -> None:
    for number in range(3):
        enter(serial=f"WAIT{number}")
    page = sign_in(Role.TECHNICIAN).get("/").text
    assert "Reçus, à trier" in page
    assert '<span class="card-count">3</span>' in page
