"""The collection slip says what was taken over: as sorted where it was sorted, else device by device."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from reemploi.errors import Refused
from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.ground.database import reading, writing
from reemploi.ground.tenancy import within
from reemploi.intake import actions
from reemploi.intake.actions import Sorted, attach
from reemploi.intake.models import Delivery
from reemploi.intake.queries import delivery_by_address
from reemploi.intake.slip import make_slip, subject_of
from reemploi.papers.printing import printed
from reemploi.people.models import Organisation
from reemploi.roles import Role
from tests.conftest import ActingAs
from tests.support.cast import Home
from tests.support.clock import START
from tests.support.devices import new_device

Slip = Callable[..., dict[str, Any]]


@pytest.fixture
def hand(acting_as: ActingAs) -> Acting:
    return acting_as(Role.VOLUNTEER)


@pytest.fixture
def delivery(hand: Acting, association: Home) -> Delivery:
    with writing():
        donor = db.session.get_one(Organisation, association.donor_id)
        return actions.open_delivery(
            donor,
            acting=hand,
            site_id=association.site_id,
            arrived_on=START.date(),
            signatory="M. Aubin",
            reservations="Deux écrans rayés.",
        )


@pytest.fixture
def slip(app: Flask, delivery: Delivery, hand: Acting) -> Slip:
    def made(language: Any = "fr") -> dict[str, Any]:
        with app.test_request_context("/"), within(hand.association_id), writing():
            document = make_slip(delivery_by_address(delivery.address), acting=hand, language=language)
            assert printed(document).startswith(b"%PDF")
            return dict(json.loads(document.frozen))

    return made


def receive(delivery: Delivery, hand: Acting, category: str, **details: Any) -> None:
    with writing():
        device = new_device(hand, category, **details)
        attach(delivery, device.id, acting=hand, received_at=hand.now)


def sort(delivery: Delivery, hand: Acting, *lines: Sorted) -> None:
    with writing():
        actions.sort_delivery(delivery_by_address(delivery.address, to_change=True), lines, acting=hand)


def test_an_empty_delivery_has_no_slip(slip: Slip) -> None:
    with pytest.raises(Refused, match="Rien n'est encore reçu"):
        slip()


def test_devices_received_one_by_one_are_counted_weighed_and_listed(
    delivery: Delivery, hand: Acting, slip: Slip
) -> None:
    receive(delivery, hand, "laptop", serial="7TK2QN2", weight_grams=2100)
    receive(delivery, hand, "laptop", serial="", weight_grams=1900)
    receive(delivery, hand, "printer", serial="BR0001", weight_grams=7000)
    data = slip()
    lines = [(line["kind"], line["count"], line["storage"], line["weight"]) for line in data["goods"]]
    assert lines == [("Portable", 2, "oui", "4 kg"), ("Imprimante", 1, "possible", "7 kg")]
    assert (data["total_count"], data["total_weight"]) == (3, "11 kg")
    assert [one["serial"] for one in data["serials"]] == ["7TK2QN2", "BR0001"]
    assert (data["reservations"], data["signers"][0]["name"]) == ("Deux écrans rayés.", "M. Aubin")


def test_what_was_sorted_is_taken_as_sorted_and_what_stayed_is_not(
    delivery: Delivery, hand: Acting, slip: Slip
) -> None:
    receive(delivery, hand, "laptop", weight_grams=2100)
    receive(delivery, hand, "tablet", weight_grams=500)
    sort(
        delivery,
        hand,
        Sorted("laptop", "kept", 10, 20_000),
        Sorted("laptop", "refused", 2, 5_000),
        Sorted("monitor", "waste", 4, 18_000),
        Sorted("printer", "given_back", 1, 9_000),
    )
    data = slip()
    lines = [(line["kind"], line["count"], line["weight"], line["remarks"]) for line in data["goods"]]
    assert lines == [
        ("Portable", 10, "20 kg", "gardé : 10, refusé : 2"),
        ("Tablette", 1, "0,5 kg", ""),
        ("Écran", 4, "18 kg", "déchet : 4"),
        ("Imprimante", 0, "", "rendu au donateur : 1"),
    ]
    assert (data["total_count"], data["total_weight"]) == (15, "38,5 kg")


def test_a_weight_known_in_part_is_said_to_be_so(delivery: Delivery, hand: Acting, slip: Slip) -> None:
    sort(delivery, hand, Sorted("laptop", "kept", 3, 6_000), Sorted("monitor", "kept", 2))
    assert slip()["total_weight"] == "au moins 6 kg"


def test_no_weight_at_all_leaves_the_place_empty(delivery: Delivery, hand: Acting, slip: Slip) -> None:
    sort(delivery, hand, Sorted("laptop", "kept", 3))
    assert slip()["total_weight"] == ""


@pytest.mark.parametrize(
    ("entered_as", "origin", "words"),
    [
        ("donation", "company_gift", "transfère la propriété"),
        ("waste", "company_gift", "déchet d'équipements"),
        ("donation", "loan_deposit", "reste propriétaire"),
    ],
)
def test_the_transfer_says_what_is_transferred(
    delivery: Delivery, hand: Acting, slip: Slip, entered_as: str, origin: str, words: str
) -> None:
    sort(delivery, hand, Sorted("laptop", "kept", 1))
    with writing():
        row = delivery_by_address(delivery.address, to_change=True)
        row.entered_as, row.legal_origin = entered_as, origin
    assert words in slip()["transfer"]


def test_a_slip_made_again_is_a_new_document(delivery: Delivery, hand: Acting, slip: Slip) -> None:
    sort(delivery, hand, Sorted("laptop", "kept", 1))
    assert [slip()["number"], slip()["number"]] == ["ENL-2026-0001", "ENL-2026-0002"]
    with reading():
        assert subject_of(delivery) == f"delivery:{delivery.id}"


def test_a_slip_speaks_english_when_asked(delivery: Delivery, hand: Acting, slip: Slip) -> None:
    sort(delivery, hand, Sorted("laptop", "kept", 1))
    data = slip("en")
    assert (data["title"], data["goods"][0]["kind"], data["language"]) == ("Collection slip", "Laptop", "en")
