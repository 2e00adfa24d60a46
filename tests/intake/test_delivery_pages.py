"""Offers, deliveries and their sorting, through the pages a volunteer uses."""

import pytest

from reemploi.extensions import db
from reemploi.ground.database import writing
from reemploi.ground.tenancy import within
from reemploi.intake import actions
from reemploi.intake.models import Delivery, Offer, SortingLine
from reemploi.journey.models import Device
from reemploi.papers.models import Document
from reemploi.people.models import Organisation
from reemploi.roles import INTAKE, Role
from tests.conftest import ActingAs, SignIn
from tests.intake.seen import counts, donor_address, filled, only
from tests.support.cast import Home
from tests.support.clock import START
from tests.support.inspecting import InspectingClient
from tests.support.pages import Page

TODAY = START.date()


@pytest.fixture
def desk(sign_in: SignIn) -> InspectingClient:
    return sign_in(Role.VOLUNTEER)


@pytest.fixture
def delivery(acting_as: ActingAs, association: Home) -> Delivery:
    hand = acting_as(Role.VOLUNTEER)
    with writing():
        donor = db.session.get_one(Organisation, association.donor_id)
        return actions.open_delivery(donor, acting=hand, site_id=association.site_id, arrived_on=TODAY)


def test_a_delivery_is_opened_in_one_form_and_leads_to_the_scanner(desk: InspectingClient, association: Home) -> None:
    url = "/arrivages/nouveau"
    answer = desk.post(url, data=filled(desk, url, donor=donor_address(association)))
    row = only(Delivery)
    assert answer.headers["Location"] == f"/arrivages/{row.address}/recevoir"
    assert (row.number, row.legal_origin, row.entered_as) == ("ARR-2026-0001", "company_gift", "donation")
    assert row.arrived_at == START
    page = Page.of(desk.get(answer.headers["Location"]))
    assert "Arrivage ARR-2026-0001 ouvert" in page.text


@pytest.mark.parametrize(
    ("kind", "origin"),
    [("public_body", "public_free_transfer"), ("individual", "private_gift"), ("company", "company_gift"),
     ("school", "public_free_transfer")],
)  # fmt: skip
def test_a_donor_named_on_the_spot_brings_the_law_of_its_kind(desk: InspectingClient, kind: str, origin: str) -> None:
    url = "/arrivages/nouveau"
    typed = filled(desk, url, new_name="Mairie d'Exemple-sur-Loire", new_kind=kind)
    answer = desk.post(url, data=typed, follow_redirects=True)
    assert answer.status_code == 200
    row = only(Delivery)
    assert row.legal_origin == origin
    assert row.donor.name == "Mairie d'Exemple-sur-Loire"
    assert "cédé gratuitement" in desk.get(f"/arrivages/{row.address}").text or origin != "public_free_transfer"


def test_saturdays_paper_typed_on_monday(desk: InspectingClient, association: Home) -> None:
    url = "/arrivages/nouveau"
    desk.post(url, data=filled(desk, url, donor=donor_address(association), arrived_on="2026-11-21"))
    assert only(Delivery).arrived_at.date().isoformat() == "2026-11-21"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("donor", "", "Choisissez le donateur"),
        ("donor", "inconnu", "Choisissez dans la liste"),
        ("new_name", "Un autre aussi", "pas les deux"),
        ("arrived_on", "2026-11-24", "pas encore passée"),
        ("arrived_on", "0021-11-24", "trop ancienne"),
        ("arrived_on", "hier", "n'existe pas"),
        ("site", "ailleurs", "Choisissez dans la liste"),
        ("entered_as", "autre", "Choisissez dans la liste"),
        ("legal_origin", "volé", "Choisissez dans la liste"),
        ("reservations", "x" * 281, "280"),
        ("signatory", "\x00", "signe invisible"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(
    desk: InspectingClient, association: Home, field: str, value: str, sentence: str
) -> None:
    url = "/arrivages/nouveau"
    typed = {**filled(desk, url, donor=donor_address(association)), field: value}
    answer = desk.post(url, data=typed)
    assert answer.status_code in (200, 422)
    assert sentence in Page.of(answer).text
    assert counts(Delivery) == (0,)


def test_a_new_donor_needs_a_kind(desk: InspectingClient) -> None:
    url = "/arrivages/nouveau"
    answer = desk.post(url, data=filled(desk, url, new_name="Mairie d'Exemple"))
    assert "Choisissez le type de donateur." in Page.of(answer).text
    assert counts(Delivery) == (0,)


def test_a_donor_whose_name_resembles_another_asks_once(desk: InspectingClient) -> None:
    url = "/arrivages/nouveau"
    typed = filled(desk, url, new_name="papeterie AUBIN", new_kind="company")
    answer = desk.post(url, data=typed)
    assert answer.status_code == 422
    assert "ressemble" in Page.of(answer).text
    assert "papeterie AUBIN" in answer.text
    assert desk.post(url, data={**typed, "is_another": "y"}).status_code == 302


def test_the_offer_becomes_a_delivery_and_tells_the_difference(
    desk: InspectingClient, sign_in: SignIn, association: Home
) -> None:
    url = "/propositions/nouvelle"
    lines = {"lines-laptop": "12", "lines-monitor": "4"}
    answer = desk.post(url, data=filled(desk, url, donor=donor_address(association), **lines))
    offer = only(Offer)
    assert (offer.number, offer.decision) == ("OFF-2026-0001", "open")
    assert "12" in desk.get(answer.headers["Location"]).text
    coordinator = sign_in(Role.COORDINATOR)
    assert "dites" in coordinator.post(answer.headers["Location"], data={"decision": "refused"}).text.lower()
    done = coordinator.post(answer.headers["Location"], data={"decision": "accepted"}, follow_redirects=True)
    assert "Acceptée le" in Page.of(done).text
    url = f"/arrivages/nouveau?proposition={offer.address}"
    desk.post(url, data=filled(desk, url))
    row = only(Delivery)
    assert row.offer_id == offer.id
    sorting = {"lines-0-category": "laptop", "lines-0-outcome": "kept", "lines-0-count": "10",
               "lines-1-category": "monitor", "lines-1-outcome": "waste", "lines-1-count": "5",
               "lines-1-weight": "22,5"}  # fmt: skip
    desk.post(f"/arrivages/{row.address}/tri", data=sorting)
    page = Page.of(desk.get(f"/propositions/{offer.address}"))
    assert "Portable 12 10 −2" in page.text
    assert "Écran 4 5 +1" in page.text
    assert "Annoncés : 16 ; comptés : 15." in Page.of(desk.get(f"/arrivages/{row.address}")).text


def test_only_those_who_decide_see_the_decision_form(desk: InspectingClient, association: Home) -> None:
    url = "/propositions/nouvelle"
    answer = desk.post(url, data=filled(desk, url, donor=donor_address(association), **{"lines-laptop": "1"}))
    assert "Enregistrer la décision" not in desk.get(answer.headers["Location"]).text
    assert desk.post(answer.headers["Location"], data={"decision": "accepted"}).status_code == 403


@pytest.mark.parametrize("lines", [{}, {"lines-laptop": "0"}, {"lines-laptop": "-1"}, {"lines-laptop": "10001"}])
def test_an_offer_of_nothing_is_refused(desk: InspectingClient, association: Home, lines: dict[str, str]) -> None:
    url = "/propositions/nouvelle"
    answer = desk.post(url, data=filled(desk, url, donor=donor_address(association), **lines))
    assert answer.status_code in (200, 422)
    assert counts(Offer) == (0,)


def test_sorting_is_typed_in_a_table_and_typed_again(desk: InspectingClient, delivery: Delivery) -> None:
    url = f"/arrivages/{delivery.address}/tri"
    first = {"lines-0-category": "laptop", "lines-0-outcome": "kept", "lines-0-count": "3", "lines-0-weight": "6.3"}
    assert desk.post(url, data={**filled(desk, url), **first}).status_code == 302
    assert (only(SortingLine).count, only(SortingLine).weight_grams) == (3, 6300)
    again = filled(desk, url, **{"lines-0-count": "4"})
    assert desk.post(url, data=again).status_code == 302
    assert only(SortingLine).count == 4
    assert "6,3" in Page.of(desk.get(f"/arrivages/{delivery.address}")).text


@pytest.mark.parametrize(
    "lines",
    [
        {"lines-0-category": "laptop", "lines-0-outcome": "kept", "lines-0-count": "trois"},
        {"lines-0-category": "laptop", "lines-0-outcome": "kept"},
        {"lines-0-outcome": "kept", "lines-0-count": "3"},
        {"lines-0-category": "fusée", "lines-0-outcome": "kept", "lines-0-count": "3"},
        {"lines-0-category": "laptop", "lines-0-outcome": "perdu", "lines-0-count": "3"},
        {"lines-0-category": "laptop", "lines-0-outcome": "kept", "lines-0-count": "3", "lines-0-weight": "lourd"},
        {"lines-0-category": "laptop", "lines-0-outcome": "kept", "lines-0-count": "3", "lines-0-weight": "1e400"},
        {"lines-0-category": "laptop", "lines-0-outcome": "kept", "lines-0-count": "3",
         "lines-1-category": "laptop", "lines-1-outcome": "kept", "lines-1-count": "3"},
        {f"lines-{n}-count": "1" for n in range(200)},
    ],
)  # fmt: skip
def test_a_wrong_line_is_told_and_nothing_is_kept(
    desk: InspectingClient, delivery: Delivery, lines: dict[str, str]
) -> None:
    answer = desk.post(f"/arrivages/{delivery.address}/tri", data=lines)
    assert answer.status_code in (200, 422)
    assert counts(SortingLine) == (0,)


def test_a_delivery_is_corrected_until_devices_bear_its_law(desk: InspectingClient, delivery: Delivery) -> None:
    url = f"/arrivages/{delivery.address}/corriger"
    typed = filled(desk, url, legal_origin="bought", signatory="M. Exemple")
    assert desk.post(url, data=typed).status_code == 302
    assert (only(Delivery).legal_origin, only(Delivery).signatory) == ("bought", "M. Exemple")
    receive = f"/arrivages/{delivery.address}/recevoir"
    desk.post(receive, data=filled(desk, receive, scan="7TK2QN2"))
    assert desk.post(url, data=filled(desk, url, signatory="Mme Exemple")).status_code == 302
    refused = desk.post(url, data=filled(desk, url, legal_origin="company_gift"))
    assert refused.status_code == 422
    assert "ne changent plus" in Page.of(refused).text


def test_closing_and_reopening(sign_in: SignIn, delivery: Delivery) -> None:
    store = sign_in(Role.STOREKEEPER)
    address = f"/arrivages/{delivery.address}"
    assert "Clos le" in Page.of(store.post(f"{address}/clore", follow_redirects=True)).text
    assert "Rouvrez" in Page.of(store.get(f"{address}/recevoir")).text
    assert "vous pouvez encore recevoir" in Page.of(store.post(f"{address}/rouvrir", follow_redirects=True)).text
    trainee = sign_in(Role.TRAINEE)
    assert "Clore" not in trainee.get(address).text
    assert trainee.post(f"{address}/clore").status_code == 403


def test_the_slip_is_numbered_opened_and_prints_the_same_bytes(desk: InspectingClient, delivery: Delivery) -> None:
    address = f"/arrivages/{delivery.address}"
    refused = desk.post(f"{address}/bon")
    assert refused.status_code == 409
    assert "Commencez par là" in Page.of(refused).text
    desk.post(f"{address}/tri", data={"lines-0-category": "printer", "lines-0-outcome": "kept", "lines-0-count": "2"})
    page = Page.of(desk.post(f"{address}/bon", follow_redirects=True))
    document = only(Document)
    assert document.number == "ENL-2026-0001"
    link = next(url for url, words in page.links().items() if words == "Bon d'enlèvement (PDF)")
    first, again = desk.get(link), desk.get(link)
    assert first.mimetype == "application/pdf"
    assert first.data.startswith(b"%PDF")
    assert first.data == again.data
    assert 'filename="ENL-2026-0001.pdf"' in first.headers["Content-Disposition"]


def test_a_document_opens_only_from_its_own_delivery(
    desk: InspectingClient, delivery: Delivery, acting_as: ActingAs, association: Home
) -> None:
    address = f"/arrivages/{delivery.address}"
    desk.post(f"{address}/tri", data={"lines-0-category": "printer", "lines-0-outcome": "kept", "lines-0-count": "2"})
    desk.post(f"{address}/bon")
    with within(association.id), writing():
        donor = db.session.get_one(Organisation, association.donor_id)
        other = actions.open_delivery(
            donor, acting=acting_as(Role.VOLUNTEER), site_id=association.site_id, arrived_on=TODAY
        )
    assert desk.get(f"/arrivages/{other.address}/documents/{only(Document).address}").status_code == 404


def test_the_list_filters_searches_and_turns_its_pages(
    desk: InspectingClient, acting_as: ActingAs, association: Home
) -> None:
    hand = acting_as(Role.VOLUNTEER)
    with writing():
        town = actions.add_donor("Ville d'Exemple", "public_body", acting=hand)
        firm = db.session.get_one(Organisation, association.donor_id)
        rows = [
            actions.open_delivery(donor, acting=hand, site_id=association.site_id, arrived_on=TODAY)
            for donor in (town, firm) * 30
        ]
        actions.close_delivery(rows[0], acting=hand)
        last = rows[-1].number
    first = Page.of(desk.get("/arrivages/"))
    assert last in first.text
    older = next(url for url, words in first.links().items() if words == "Plus anciens")
    second = Page.of(desk.get(older))
    shown = [words for page in (first, second) for words in page.links().values() if words.startswith("ARR-")]
    assert sorted(shown) == sorted(row.number for row in rows)
    found = Page.of(desk.get("/arrivages/?q=ville&etat=clos"))
    assert [words for words in found.links().values() if words.startswith("ARR-")] == [rows[0].number]
    assert "Ville d'Exemple" in found.text
    for odd in (
        "?avant=x",
        "?avant=99999999999-1",
        "?avant=1-999999999999999",
        "?etat=x&donateur=%00&q=%25",
        "?avant=²-²",
    ):
        assert desk.get(f"/arrivages/{odd}").status_code == 200


@pytest.mark.parametrize("path", ["", "/recevoir", "/tri", "/corriger", "/documents/x"])
def test_a_delivery_that_is_not_ours_does_not_exist(
    sign_in: SignIn, delivery: Delivery, other_association: Home, path: str
) -> None:
    neighbour = sign_in(Role.VOLUNTEER, association=other_association)
    assert neighbour.get(f"/arrivages/{delivery.address}{path}").status_code == 404
    assert delivery.number not in neighbour.get("/arrivages/").text


@pytest.mark.parametrize("role", sorted(set(Role) - set(INTAKE)))
def test_intake_is_closed_to_the_others(sign_in: SignIn, delivery: Delivery, role: Role) -> None:
    browser = sign_in(role)
    for path in ("/arrivages/", "/arrivages/nouveau", f"/arrivages/{delivery.address}", "/propositions/"):
        assert browser.get(path).status_code == 403


@pytest.mark.parametrize("path", ["/arrivages/", "/arrivages/nouveau", "/propositions/", "/propositions/nouvelle"])
def test_the_pages_read_in_english_too(desk: InspectingClient, path: str) -> None:
    assert desk.get(path, headers={"Accept-Language": "en"}).status_code == 200


def test_a_delivery_reads_in_english_too(desk: InspectingClient, delivery: Delivery) -> None:
    english = {"Accept-Language": "en"}
    for path in ("", "/recevoir", "/tri", "/corriger"):
        assert desk.get(f"/arrivages/{delivery.address}{path}", headers=english).status_code == 200


def test_a_device_is_corrected_with_a_trace(desk: InspectingClient, delivery: Delivery) -> None:
    receive = f"/arrivages/{delivery.address}/recevoir"
    desk.post(receive, data=filled(desk, receive, scan="7TK2QN2"))
    tag = only(Device).tag
    url = f"/appareils/{tag}/corriger"
    assert (
        desk.post(url, data=filled(desk, url, serial="7TK2QN3", model="OptiPlex", weight_grams="2,4")).status_code
        == 302
    )
    row = only(Device)
    assert (row.serial, row.model, row.weight_grams, row.version) == ("7TK2QN3", "OptiPlex", 2400, 3)
    answer = desk.post(url, data=filled(desk, url, serial=""))
    assert "ne s'efface pas" in Page.of(answer).text


def test_a_device_received_by_mistake_goes_back_to_its_donor(
    desk: InspectingClient, sign_in: SignIn, delivery: Delivery
) -> None:
    receive = f"/arrivages/{delivery.address}/recevoir"
    desk.post(receive, data=filled(desk, receive, scan="7TK2QN2"))
    tag = only(Device).tag
    assert desk.post(f"/appareils/{tag}/rendre-au-donateur").status_code == 403
    coordinator = sign_in(Role.COORDINATOR)
    page = Page.of(coordinator.post(f"/appareils/{tag}/rendre-au-donateur", follow_redirects=True))
    assert only(Device).status == "given_back"
    assert "Non effacé." in page.text
