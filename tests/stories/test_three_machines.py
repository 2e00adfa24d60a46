"""From the donor's van to the shelf and the family: three machines, each step by whose it is, through pages only."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from reemploi.roles import Role
from tests.support.people_at_screens import Person
from tests.support.service import Service

pytestmark = pytest.mark.browser

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
DESKTOP, LAPTOP, THIN = "CZC8196TQB", "PF11X7KQ", "YMBK004718"
CAPTURED = ("hp-elitedesk-800-g3", "lenovo-thinkpad-t470", "fujitsu-futro-s740")
ARRIVED = "2026-11-16"

People = Callable[..., Person]


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    """Everybody's colours: the whole story is walked in light, then in dark."""
    return str(request.param)


def test_three_machines_walk_from_the_van_to_a_family(person: People, service: Service, scheme: str) -> None:
    volunteer = person(Role.VOLUNTEER, scheme=scheme)
    tags = receive(volunteer)
    labels_are_printed(volunteer)

    technician = person(Role.TECHNICIAN, scheme=scheme)
    read_captures(technician, tags)
    erase(technician, tags)
    has_no_storage(technician, tags[THIN])
    for tag in (tags[DESKTOP], tags[THIN]):
        make_ready(technician, tag)
    assert badge(technician, tags[LAPTOP]) == "à effacer"
    coordinator = person(Role.COORDINATOR, scheme=scheme)
    certified(technician, coordinator, tags[DESKTOP])

    prescriber = person(Role.PRESCRIBER, scheme=scheme)
    case = prescribe(prescriber)
    propose(coordinator, case, tags[DESKTOP])
    prescriber.go(case)
    assert "Rendez-vous le" in prescriber.page.inner_text("main")
    assert badge(coordinator, tags[DESKTOP]) == "réservé"


def test_another_association_sees_none_of_it(person: People, service: Service) -> None:
    neighbour = person(Role.COORDINATOR, home=service.homes[1])
    neighbour.go("/appareils/")
    assert "Aucun appareil" in neighbour.page.inner_text("main")
    neighbour.go("/prescriptions/attente")
    assert "Personne n'attend" in neighbour.page.inner_text("main").replace("\u2019", "'")


def receive(volunteer: Person) -> dict[str, str]:
    """One delivery, three machines by their serials, typed as a scanner does; their tags by serial."""
    page = volunteer.page
    volunteer.go("/arrivages/nouveau")
    page.select_option("[name=donor]", label="Papeterie Aubin")
    page.fill("[name=arrived_on]", ARRIVED)
    page.click("main form .button-primary")
    page.wait_for_url("**/recevoir*")
    volunteer.look()
    tags = {}
    for serial, category in ((DESKTOP, "desktop"), (LAPTOP, "laptop"), (THIN, "desktop")):
        page.select_option("[name=category]", category)
        page.type("[name=scan]", serial)
        with page.expect_navigation():
            page.press("[name=scan]", "Enter")
        row = page.locator("main table tbody tr", has_text=serial).first
        tags[serial] = re.sub(r"\D", "", row.locator("td").first.inner_text())
        assert len(tags[serial]) == 10
    volunteer.go(page.url.split("/recevoir")[0])
    assert "Papeterie Aubin" in page.inner_text("main")
    return tags


def labels_are_printed(volunteer: Person) -> None:
    """The delivery's labels come as a PDF."""
    page = volunteer.page
    page.click("main a[href*='/etiquettes/']")
    volunteer.look()
    page.click("main form .button-primary")
    page.wait_for_url("**/etiquettes/impressions/*")
    volunteer.look()
    assert volunteer.fetch("main a[href$='/pdf']").startswith(b"%PDF-")


def drop(technician: Person, *files: str) -> str:
    """Drop files of the tools; what the results page says."""
    page = technician.page
    technician.go("/atelier/depot")
    page.set_input_files("[name=files]", [str(FIXTURES / file) for file in files])
    with page.expect_navigation():
        page.click("main form .button-primary")
    technician.look()
    return page.inner_text("main")


def read_captures(technician: Person, tags: dict[str, str]) -> None:
    """The tools' own files say what each machine is, and which media it holds."""
    drop(technician, *(f"captures/{name}.lshw.json" for name in CAPTURED))
    technician.go(f"/atelier/{tags[DESKTOP]}")
    words = technician.page.inner_text("main")
    assert "Z9AXK3M7" in words
    assert "50026B7684D1C3F2" in words
    assert words.count("pas encore effacé") == 2
    technician.go(f"/atelier/{tags[LAPTOP]}")
    assert "S35ENX1J904417" in technician.page.inner_text("main")


def erase(technician: Person, tags: dict[str, str]) -> None:
    """Two disks proven by one log; a log without verification proves nothing, and says why."""
    drop(technician, "nwipe/hp-elitedesk-800-g3.log", "nwipe/lenovo-thinkpad-t470-unverified.log")
    assert badge(technician, tags[DESKTOP]) == "effacé"
    technician.go(f"/atelier/{tags[LAPTOP]}")
    words = technician.page.inner_text("main")
    assert "Preuve refusée" in words
    assert "vérif" in words


def has_no_storage(technician: Person, tag: str) -> None:
    """A named person found no medium inside."""
    page = technician.page
    technician.go(f"/atelier/{tag}")
    page.locator("summary", has_text="Aucun support dedans").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Je l'ai constaté").click()
    assert badge(technician, tag) == "effacé"


def make_ready(technician: Person, tag: str) -> None:
    """Everything works, grade B, a system: available."""
    page = technician.page
    technician.go(f"/atelier/{tag}/controle")
    with page.expect_navigation():
        page.get_by_role("button", name="Tout fonctionne").click()
    technician.go(f"/atelier/{tag}/controle")
    page.check("[name=grade][value=B]")
    with page.expect_navigation():
        page.get_by_role("button", name="Enregistrer").click()
    technician.go(f"/atelier/{tag}/systeme")
    page.fill("[name=name]", "Linux Mint")
    page.fill("[name=version]", "22.2")
    with page.expect_navigation():
        page.click("main form .button-primary")
    technician.go(f"/atelier/{tag}")
    with page.expect_navigation():
        page.get_by_role("button", name="Rendre disponible").click()
    assert badge(technician, tag) == "disponible"


def certified(technician: Person, coordinator: Person, tag: str) -> None:
    """Who erased does not certify; somebody else does, and the certificate is a PDF."""
    ask_for_certificate(technician, tag)
    assert "une autre personne vérifie" in technician.page.inner_text("main")
    ask_for_certificate(coordinator, tag)
    assert "établi." in coordinator.page.inner_text("main")
    coordinator.look()
    assert coordinator.fetch("main a[href$='.pdf']").startswith(b"%PDF-")


def ask_for_certificate(somebody: Person, tag: str) -> None:
    """Press the button of the certificate's page."""
    somebody.go(f"/certificats/appareil/{tag}")
    with somebody.page.expect_navigation():
        somebody.page.click("main form .button-primary")


def prescribe(prescriber: Person) -> str:
    """A social worker, a family in front of them; the address of the case."""
    page = prescriber.page
    prescriber.go("/prescriptions/nouvelle")
    page.fill("[name=name]", "Famille Inventée-Sorbier")
    page.fill("[name=municipality]", "Saint-Exemple")
    for name, value in (("category", "desktop"), ("need", "school"), ("criterion", "low_quotient")):
        page.select_option(f"[name={name}]", value)
    page.check("[name=agreed]")
    with page.expect_navigation():
        page.click("main form .button-primary")
    prescriber.look()
    return page.url.removeprefix(prescriber.service.url)


def propose(coordinator: Person, case: str, tag: str) -> None:
    """Accepted, first on the list, the fitting device proposed, a date fixed."""
    page = coordinator.page
    coordinator.go("/prescriptions/a-decider")
    coordinator.go(case)
    assert "Sorbier" not in page.inner_text("main")
    with page.expect_navigation():
        page.get_by_role("button", name="Accepter").click()
    coordinator.go("/prescriptions/attente")
    coordinator.go(case)
    assert "Sorbier" in page.inner_text("main")
    row = page.locator("tr", has_text=tag[-4:]).first
    with page.expect_navigation():
        row.get_by_role("button", name="Proposer").click()
    page.fill("[name=at]", (datetime.now() + timedelta(days=4)).strftime("%Y-%m-%dT14:30"))
    with page.expect_navigation():
        page.get_by_role("button", name="Fixer le rendez-vous").click()
    coordinator.look()


def badge(somebody: Person, tag: str) -> str:
    """The status a device's page shows."""
    somebody.go(f"/appareils/{tag}")
    return somebody.page.locator("main .page-header .badge").first.inner_text().strip()
