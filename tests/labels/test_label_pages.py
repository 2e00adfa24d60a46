"""Labels of a delivery, a list or one device: counted, journalled, leading to a page that tells of nobody."""

from io import BytesIO
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from flask import Flask
from PIL import Image
from sqlalchemy import select

from reemploi.commands.job_running import run_one
from reemploi.errors import Refused
from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.ground.database import reading, writing
from reemploi.ground.jobs import REGISTRY
from reemploi.ground.models import Job
from reemploi.ground.numbering import in_groups
from reemploi.ground.tenancy import within
from reemploi.intake.actions import attach, open_delivery
from reemploi.intake.models import Delivery
from reemploi.journey.journal import breaks
from reemploi.journey.models import Device, Event
from reemploi.journey.scan import Kind, read_scan
from reemploi.labels import actions, printing
from reemploi.labels.actions import AT_ONCE, Printing
from reemploi.labels.models import LabelToken
from reemploi.people.models import Organisation
from reemploi.roles import INTAKE, Role
from tests.conftest import ActingAs, SignIn
from tests.support.cast import Home
from tests.support.clock import START, Clock
from tests.support.devices import new_device
from tests.support.inspecting import InspectingClient
from tests.support.pages import Page

FIRST = 1
ROLL = "11354"


@pytest.fixture
def hand(acting_as: ActingAs) -> Acting:
    return acting_as(Role.VOLUNTEER)


@pytest.fixture
def desk(sign_in: SignIn) -> InspectingClient:
    return sign_in(Role.VOLUNTEER)


def devices(hand: Acting, count: int, **details: Any) -> list[Device]:
    with within(FIRST), writing():
        return [new_device(hand, **details) for _ in range(count)]


def delivery_of(hand: Acting, association: Home, arrived: list[Device]) -> Delivery:
    with within(FIRST), writing():
        donor = db.session.get_one(Organisation, association.donor_id)
        delivery = open_delivery(donor, acting=hand, site_id=association.site_id, arrived_on=START.date())
        for device in arrived:
            attach(delivery, device.id, acting=hand, received_at=hand.now)
        return delivery


def rows(table: type[Any]) -> list[Any]:
    with within(FIRST), reading():
        return list(db.session.scalars(select(table).order_by(table.id).execution_options(populate_existing=True)))


def decoded(pdf: bytes) -> list[tuple[str, str]]:
    """Every code on every page, read as a scanner would from a 300 dpi print."""
    found = []
    for page in pypdfium2.PdfDocument(BytesIO(pdf)):
        picture: Image.Image = page.render(scale=300 / 72, grayscale=True).to_pil()
        found += [(str(code.format), code.text) for code in zxingcpp.read_barcodes(picture)]
    return found


def print_from(desk: InspectingClient, url: str, **typed: str) -> Page:
    shown = {name: value[0] for name, value in Page.of(desk.get(url)).form().fields().items() if value}
    shown.pop("csrf_token")
    return Page.of(desk.post(url, data={**shown, **typed}, follow_redirects=True))


def pdf_of(desk: InspectingClient, page: Page) -> bytes:
    link = next(url for url, words in page.links().items() if words == "Ouvrir les étiquettes (PDF)")
    answer = desk.get(link)
    assert answer.mimetype == "application/pdf"
    return answer.data


def test_the_labels_of_a_delivery_say_each_tag_and_its_page(
    app: Flask, desk: InspectingClient, hand: Acting, association: Home
) -> None:
    arrived = devices(hand, 3)
    delivery = delivery_of(hand, association, arrived)
    page = print_from(desk, f"/etiquettes/?arrivage={delivery.address}")
    codes = decoded(pdf_of(desk, page))
    assert {text for kind, text in codes if "128" in kind} == {device.tag for device in arrived}
    base = app.extensions["settings"].base_url
    tokens = {f"{base}/a/{row.token}" for row in rows(LabelToken)}
    assert {text for kind, text in codes if "QR" in kind} == tokens
    assert len(tokens) == 3


def test_a_print_is_counted_and_written_in_the_journal(desk: InspectingClient, hand: Acting, association: Home) -> None:
    (device,) = devices(hand, 1)
    for _ in range(2):
        print_from(desk, f"/etiquettes/?numero={device.tag}")
    (token,) = rows(LabelToken)
    assert (token.prints, token.printed_at) == (2, START)
    printed = [event.facts for event in rows(Event) if event.kind == "labelled"]
    assert printed == [{"print": 1}, {"print": 2}]
    with within(FIRST), reading():
        assert list(breaks([device.id])) == []


def test_what_was_never_printed_can_be_printed_alone(desk: InspectingClient, hand: Acting, association: Home) -> None:
    arrived = devices(hand, 3)
    delivery = delivery_of(hand, association, arrived)
    print_from(desk, f"/etiquettes/?numero={arrived[0].tag}")
    page = print_from(desk, f"/etiquettes/?arrivage={delivery.address}")
    codes = decoded(pdf_of(desk, page))
    assert {text for kind, text in codes if "128" in kind} == {device.tag for device in arrived[1:]}
    everything = print_from(desk, f"/etiquettes/?arrivage={delivery.address}", which="all")
    assert len([kind for kind, _text in decoded(pdf_of(desk, everything)) if "128" in kind]) == 3


def test_a_used_sheet_starts_where_it_is_free(desk: InspectingClient, hand: Acting) -> None:
    (device,) = devices(hand, 1)
    url = f"/etiquettes/?numero={device.tag}"
    first = pypdfium2.PdfDocument(BytesIO(pdf_of(desk, print_from(desk, url))))[0].render(scale=1).to_pil()
    last = (
        pypdfium2.PdfDocument(BytesIO(pdf_of(desk, print_from(desk, url, start_at="21"))))[0].render(scale=1).to_pil()
    )
    height = first.height
    assert first.convert("L").point(lambda v: 255 - v).getbbox()[3] < height / 4
    assert last.convert("L").point(lambda v: 255 - v).getbbox()[1] > height * 3 / 4


def test_a_roll_prints_one_label_a_page(desk: InspectingClient, hand: Acting) -> None:
    chosen = devices(hand, 2)
    page = print_from(desk, "/etiquettes/", tags="\n".join(device.tag for device in chosen), format=ROLL)
    assert len(pypdfium2.PdfDocument(BytesIO(pdf_of(desk, page)))) == 2


def test_tags_may_be_typed_or_scanned_as_they_come(desk: InspectingClient, hand: Acting) -> None:
    first, second = devices(hand, 2)
    azerty = str.maketrans("1234567890", "&é\"'(-è_çà")
    typed = f" {in_groups(first.tag)}\r\n\r\n{second.tag.translate(azerty)}\n{first.tag}"
    page = print_from(desk, "/etiquettes/", tags=typed)
    assert page.title.startswith("2 ")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"tags": ""}, "Choisissez d'abord des appareils"),
        ({"tags": "bonjour"}, "n'est le numéro d'aucun appareil"),
        ({"start_at": "22"}, "commencez entre 1 et 21"),
        ({"start_at": "x"}, "nombre entier"),
        ({"format": "inconnu"}, "Choisissez dans la liste"),
        ({"dpi": "72"}, "Choisissez dans la liste"),
        ({"offset_x": "11"}, "décalage"),
        ({"offset_y": "beaucoup"}, "millimètres"),
        ({"offset_y": "1e9"}, "millimètres"),
    ],
)
def test_what_cannot_be_printed_is_told_and_not_counted(
    desk: InspectingClient, hand: Acting, typed: dict[str, str], sentence: str
) -> None:
    (device,) = devices(hand, 1)
    page = print_from(desk, f"/etiquettes/?numero={device.tag}", **typed)
    assert sentence in page.text
    assert [event.kind for event in rows(Event)] == ["enter"]
    assert rows(Job) == []


def test_a_tag_of_elsewhere_prints_nothing(
    desk: InspectingClient, acting_as: ActingAs, other_association: Home, hand: Acting
) -> None:
    with within(other_association.id):
        theirs = acting_as(Role.VOLUNTEER, association=other_association)
        with writing():
            tag = new_device(theirs).tag
    page = print_from(desk, "/etiquettes/", tags=tag)
    assert "n'est le numéro d'aucun appareil" in page.text


def test_the_printers_settings_are_kept_on_this_computer(desk: InspectingClient, hand: Acting) -> None:
    (device,) = devices(hand, 1)
    print_from(desk, f"/etiquettes/?numero={device.tag}", format=ROLL, offset_x="1,5")
    fields = Page.of(desk.get("/etiquettes/")).form().fields()
    assert (fields["format"], fields["offset_x"]) == ([ROLL], ["1,5"])


def test_a_large_run_is_left_to_the_worker_and_shows_its_progress(
    desk: InspectingClient, hand: Acting, association: Home, clock: Clock
) -> None:
    chosen = devices(hand, AT_ONCE + 5)
    delivery = delivery_of(hand, association, chosen)
    page = print_from(desk, f"/etiquettes/?arrivage={delivery.address}")
    assert "0 sur 105" in page.text
    (run,) = rows(Job)
    assert (run.kind, run.state, run.total) == ("labels", "waiting", 105)
    assert desk.get(f"/etiquettes/impressions/{run.address}/pdf").status_code == 404
    assert run_one(lambda: False)
    page = Page.of(desk.get(f"/etiquettes/impressions/{run.address}"))
    assert len(pypdfium2.PdfDocument(BytesIO(pdf_of(desk, page)))) == 5
    assert {token.prints for token in rows(LabelToken)} == {1}


def carry_out(run: Job, hand: Acting, *, dies_after: int = 10**6) -> None:
    """The worker: one transaction a step, perhaps dying on the way."""
    with within(FIRST):
        with writing():
            held = db.session.get_one(Job, run.id, populate_existing=True)
            service = Acting(association_id=hand.association_id, now=hand.now)
        steps = REGISTRY["labels"](held, service)
        for _ in range(dies_after):
            with writing():
                if next(steps, "end") == "end":
                    held.state = "done"
                    return


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("dies_after", range(1, 8))
def test_a_run_taken_up_again_counts_each_label_once(hand: Acting, dies_after: int) -> None:
    chosen = devices(hand, 120)
    with within(FIRST), writing():
        run = actions.ask_run([device.id for device in chosen], Printing("L7160"), acting=hand)
    carry_out(run, hand, dies_after=dies_after)
    carry_out(run, hand)
    assert {token.prints for token in rows(LabelToken)} == {1}
    assert len(rows(LabelToken)) == 120


def test_a_large_run_draws_without_holding_the_lock(hand: Acting, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = devices(hand, 3)
    held: list[bool] = []
    real = printing.draw

    def watched(*arguments: Any, **more: Any) -> bytes:
        held.append(db.session().in_transaction())
        return real(*arguments, **more)

    monkeypatch.setattr(printing, "draw", watched)
    with within(FIRST), writing():
        run = actions.ask_run([device.id for device in chosen], Printing("L7160"), acting=hand)
    carry_out(run, hand)
    with within(FIRST):
        printing.print_at_once([chosen[0].id], Printing("L7160"), acting=hand)
    assert held == [False, False]


def test_more_labels_than_a_run_may_hold_are_refused(hand: Acting) -> None:
    with within(FIRST), pytest.raises(Refused, match="au plus"), writing():
        actions.ask_run(range(actions.MOST + 1), Printing("L7160"), acting=hand)


def test_a_device_keeps_its_token_for_good(hand: Acting) -> None:
    chosen = [device.id for device in devices(hand, 2)]
    with within(FIRST), writing():
        first = actions.give_tokens(chosen[:1], acting=hand)
    with within(FIRST), writing():
        both = actions.give_tokens(chosen, acting=hand)
    assert both[chosen[0]] == first[chosen[0]]
    assert len(set(both.values())) == 2
    for token in both.values():
        assert read_scan(printing.page_address(token))[0].kind is Kind.LINK


def test_whoever_finds_a_device_learns_whose_it_is_and_nothing_else(
    app: Flask, client: InspectingClient, hand: Acting
) -> None:
    (device,) = devices(hand, 1, serial="PFSECRET1")
    with within(FIRST), writing():
        (token,) = actions.give_tokens([device.id], acting=hand).values()
    for address in (f"/a/{token}", f"/a/{token.upper()}"):
        page = Page.of(client.get(address))
        assert "Les Ordis du Coin (essai)" in page.title
        assert "Lenovo ThinkPad L480" in page.text
        assert "PFSECRET1" not in page.text
        assert "reçu" not in page.text
    assert "belongs to" in Page.of(client.get(f"/a/{token}", headers={"Accept-Language": "en"})).text
    for unknown in ("x", token[:-1], token + "a", device.tag):
        assert client.get(f"/a/{unknown}").status_code == 404


def test_a_run_of_the_neighbour_does_not_exist(
    desk: InspectingClient, sign_in: SignIn, hand: Acting, other_association: Home
) -> None:
    (device,) = devices(hand, 1)
    print_from(desk, f"/etiquettes/?numero={device.tag}")
    (run,) = rows(Job)
    neighbour = sign_in(Role.VOLUNTEER, association=other_association)
    for path in ("", "/pdf"):
        assert neighbour.get(f"/etiquettes/impressions/{run.address}{path}").status_code == 404


@pytest.mark.parametrize("role", sorted(set(Role) - set(INTAKE)))
def test_labels_are_closed_to_the_others(sign_in: SignIn, role: Role) -> None:
    assert sign_in(role).get("/etiquettes/").status_code == 403


def test_the_pages_read_in_english_too(desk: InspectingClient, hand: Acting, association: Home) -> None:
    delivery = delivery_of(hand, association, devices(hand, 1))
    english = {"Accept-Language": "en"}
    assert desk.get("/etiquettes/", headers=english).status_code == 200
    assert desk.get(f"/etiquettes/?arrivage={delivery.address}", headers=english).status_code == 200
    print_from(desk, f"/etiquettes/?arrivage={delivery.address}")
    (run,) = rows(Job)
    assert desk.get(f"/etiquettes/impressions/{run.address}", headers=english).status_code == 200
