"""At the door: each code comes to one outcome, nothing is counted twice, nothing is guessed."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import count

import pytest
from sqlalchemy import func, select

from reemploi.errors import NotAllowed, Refused
from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.ground.database import reading, writing
from reemploi.ground.numbering import Family, draw_tag
from reemploi.ground.tenancy import within
from reemploi.intake import actions, reception
from reemploi.intake.models import Arrival, Delivery, ReceivedScan
from reemploi.intake.queries import delivery_by_address, open_scans, progress, same_run, scan_by_id
from reemploi.intake.reception import Kept
from reemploi.intake.rules import COUNTED, SCANS
from reemploi.journey.journal import breaks
from reemploi.journey.models import Device, DeviceAlias, Event
from reemploi.people.models import Organisation
from reemploi.roles import Role
from tests.conftest import ActingAs
from tests.support.cast import Home
from tests.support.clock import START, Clock
from tests.support.devices import device_in

LAPTOP = Kept(category="laptop", charger="with_it", maker="Dell", model="Latitude E6440")
MONITOR = Kept(category="monitor", charger="none_needed")
SCAN_IDS = count(1)


@pytest.fixture
def hand(acting_as: ActingAs) -> Acting:
    return acting_as(Role.VOLUNTEER)


@pytest.fixture
def delivery(hand: Acting, association: Home) -> Delivery:
    return new_delivery(hand, association)


TODAY = START.date()


def new_delivery(hand: Acting, association: Home, arrived_on: date = TODAY) -> Delivery:
    with writing():
        donor = db.session.get_one(Organisation, association.donor_id)
        return actions.open_delivery(donor, acting=hand, site_id=association.site_id, arrived_on=arrived_on)


Scan = Callable[..., ReceivedScan]


@pytest.fixture
def scan(delivery: Delivery, hand: Acting) -> Scan:
    def one(text: str, kept: Kept = LAPTOP, scan_id: str = "", into: Delivery | None = None) -> ReceivedScan:
        with writing():
            target = delivery_by_address((into or delivery).address, to_change=True)
            name = scan_id or f"scan-{next(SCAN_IDS)}"
            return reception.receive(target, text, acting=hand, scan_id=name, kept=kept)

    return one


def settle(delivery: Delivery, row: ReceivedScan, choice: str, hand: Acting) -> ReceivedScan:
    with writing():
        target = delivery_by_address(delivery.address, to_change=True)
        again = scan_by_id(target, row.scan_id)
        assert again is not None
        return reception.settle_scan(target, again, choice, acting=hand)


def counts() -> tuple[int, int]:
    with reading():
        return db.session.scalar(select(func.count(Device.id))) or 0, db.session.scalar(
            select(func.count(Arrival.id))
        ) or 0


def device_of(row: ReceivedScan) -> Device:
    with reading():
        return db.session.get_one(Device, row.device_id)


def in_stock(hand: Acting, status: str, **details: str) -> Device:
    with writing():
        return device_in(status, hand, **details)


@pytest.mark.usefixtures("engine")
def test_a_serial_becomes_a_device_with_what_is_kept_from_the_previous_one(delivery: Delivery, scan: Scan) -> None:
    row = scan("7TK2QN2")
    device = device_of(row)
    assert (row.outcome, device.serial, device.maker, device.model) == ("received", "7TK2QN2", "Dell", "Latitude E6440")
    assert (device.status, device.entered_as, device.legal_origin) == ("to_wipe", "donation", "company_gift")
    with reading():
        first = db.session.scalars(select(Event).where(Event.device_id == device.id).order_by(Event.seq)).first()
        assert first is not None
        assert (first.kind, first.facts) == ("enter", {"delivery": delivery.number})
        assert list(breaks([device.id])) == []


@pytest.mark.usefixtures("engine")
def test_the_same_scan_sent_again_changes_nothing(scan: Scan) -> None:
    first = scan("7TK2QN2", scan_id="one")
    again = scan("7TK2QN2", scan_id="one")
    other = scan("OTHER99", scan_id="one")
    assert (again.id, other.id, again.device_id) == (first.id, first.id, first.device_id)
    assert counts() == (1, 1)


@pytest.mark.usefixtures("engine")
def test_the_same_machine_scanned_twice_is_not_counted_twice(scan: Scan) -> None:
    first = scan("7TK2QN2")
    tag = device_of(first).tag
    for text in ("7TK2QN2", " 7tk2qn2\r", "S/N: 7TK2QN2", tag, f"]C0{tag}"):
        again = scan(text)
        assert (again.outcome, again.device_id) == ("already", first.device_id)
    assert counts() == (1, 1)


@pytest.mark.parametrize("text", ["To Be Filled By O.E.M.", "System Serial Number", "00000000", "XXXX", "N/A"])
def test_a_generic_serial_never_identifies(scan: Scan, text: str) -> None:
    rows = [scan(text), scan(text)]
    assert [row.outcome for row in rows] == ["nameless", "nameless"]
    assert [device_of(row).serial for row in rows] == ["", ""]
    assert counts() == (2, 2)


def test_a_device_without_serial_is_received(scan: Scan) -> None:
    assert scan("").outcome == "without_serial"
    assert counts() == (1, 1)


def test_a_category_that_never_holds_data_waits_for_no_erasure(scan: Scan) -> None:
    assert device_of(scan("MON1234", MONITOR)).status != "to_wipe"


def test_an_announced_device_is_received_by_tag_or_serial(delivery: Delivery, scan: Scan, hand: Acting) -> None:
    by_tag, by_serial = in_stock(hand, "announced"), in_stock(hand, "announced")
    assert [scan(by_tag.tag).outcome, scan(by_serial.serial).outcome] == ["announced", "announced"]
    assert {device_of(scan(one.tag)).status for one in (by_tag, by_serial)} == {"to_wipe"}


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("status", ["given", "sold", "waste", "for_parts", "given_back", "ceded"])
def test_a_device_that_had_left_comes_back_under_its_tag(scan: Scan, hand: Acting, status: str) -> None:
    device = in_stock(hand, status)
    row = scan(device.tag)
    assert (row.outcome, row.device_id, device_of(row).status) == ("again", device.id, "to_wipe")
    with reading():
        assert list(breaks([device.id])) == []


def test_a_serial_alone_brings_nothing_back_without_a_person(delivery: Delivery, scan: Scan, hand: Acting) -> None:
    device = in_stock(hand, "given")
    row = scan(device.serial)
    assert (row.outcome, device_of(row).status, row.settled_at) == ("ended", "given", None)
    settled = settle(delivery, row, "again", hand)
    assert (settled.outcome, device_of(settled).status) == ("again", "to_wipe")
    assert counts() == (1, 1)


def test_another_machine_with_a_known_serial_needs_another_maker(delivery: Delivery, scan: Scan, hand: Acting) -> None:
    device = in_stock(hand, "given", maker="Lenovo", serial="ABC12345")
    row = scan("ABC12345", LAPTOP)
    new = settle(delivery, row, "new", hand)
    assert (new.outcome, device_of(new).maker) == ("received", "Dell")
    assert new.device_id != device.id
    same_maker = scan(device.serial, Kept("laptop", "with_it", maker="Lenovo"))
    assert same_maker.outcome == "several"
    with pytest.raises(Refused, match="déjà connue"):
        settle(delivery, same_maker, "new", hand)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [("available", "in_house"), ("to_wipe", "in_house"), ("in_transit", "in_house"), ("returned", "in_house"),
     ("lent", "in_hands"), ("assigned", "in_hands"), ("lost", "lost")],
)  # fmt: skip
def test_a_device_that_cannot_arrive_is_told_and_left_alone(
    scan: Scan, hand: Acting, status: str, outcome: str
) -> None:
    device = in_stock(hand, status)
    row = scan(device.tag)
    assert (row.outcome, device_of(row).status, row.settled_at) == (outcome, status, None)
    assert counts() == (1, 0)


def test_an_old_label_leads_to_the_device_that_bears_it_now(scan: Scan, hand: Acting) -> None:
    device = in_stock(hand, "given")
    with writing():
        db.session.add(
            DeviceAlias(association_id=hand.association_id, device_id=device.id, code="PC-0042", added_at=hand.now)
        )
    assert (scan("pc-0042").outcome, device_of(scan(device.tag)).id) == ("again", device.id)


def test_codes_that_are_no_serial_create_nothing(scan: Scan, hand: Acting, association: Home) -> None:
    with writing():
        command, elsewhere = draw_tag(Family.COMMAND), draw_tag(Family.DEVICE)
    expected = {
        command: "not_a_device",
        elsewhere: "unknown_tag",
        "https://ordis.example/a/a2q7zwm3bcdefghij5kl": "link",
        "450G3EA#ABF": "product",
        "é": "unreadable",
        "abc": "unreadable",
    }
    assert {text: scan(text).outcome for text in expected} == expected
    assert counts() == (0, 0)


def test_ten_digits_that_were_never_issued_are_a_serial(scan: Scan) -> None:
    from stdnum import damm

    digits = "123456788"
    row = scan(digits + str(damm.calc_check_digit(digits)))
    assert (row.outcome, device_of(row).serial[:9]) == ("received", digits)


def test_the_end_of_a_tag_never_picks_a_device_by_itself(scan: Scan, hand: Acting) -> None:
    device = in_stock(hand, "given")
    assert scan(device.tag[6:]).outcome == "several"
    assert device_of(scan(device.tag)).id == device.id


def test_a_serial_typed_through_another_keyboard_waits_for_a_yes(delivery: Delivery, scan: Scan, hand: Acting) -> None:
    row = scan("èTKéANé")
    assert (row.outcome, counts()) == ("mangled", (0, 0))
    assert reception.answer_params(row)["serial"] == "7TK2QN2"
    settled = settle(delivery, row, "as_read", hand)
    assert (settled.outcome, device_of(settled).serial) == ("received", "7TK2QN2")


def test_once_the_keyboard_is_known_the_series_goes_on(scan: Scan) -> None:
    row = scan("èTKéANé", Kept("laptop", "with_it", layout="azerty"))
    assert (row.outcome, device_of(row).serial) == ("received", "7TK2QN2")


def test_a_known_device_is_met_through_another_keyboard_without_asking(scan: Scan) -> None:
    first = scan("7TK2QN2")
    assert (scan("èTKéANé").outcome, scan("èTKéANé").device_id) == ("already", first.device_id)


def test_a_code_that_names_its_maker_goes_before_what_is_kept(scan: Scan) -> None:
    device = device_of(scan("1S20XW00L1FRPF2ABCDE"))
    assert (device.maker, device.model, device.serial) == ("Lenovo", "20XW00L1FR", "PF2ABCDE")


def test_formats_shared_by_makers_are_read_only_for_that_maker(scan: Scan) -> None:
    assert device_of(scan("12542331601")).serial == "5RFDP01"
    assert device_of(scan("SC02ABCDEFGH1")).serial == "SC02ABCDEFGH1"
    apple = Kept("laptop", "with_it", maker="Apple")
    assert device_of(scan("SC02ABCDEFGH2", apple)).serial == "C02ABCDEFGH2"


def test_what_was_on_saturdays_paper_stays_saturdays(hand: Acting, association: Home, scan: Scan) -> None:
    saturday = TODAY - timedelta(days=2)
    delivery = new_delivery(hand, association, saturday)
    device = device_of(scan("7TK2QN2", into=delivery))
    assert device.entered_at.date() == device.in_hands_at.date() == saturday
    with reading():
        event = db.session.scalars(select(Event).where(Event.device_id == device.id, Event.kind == "enter")).one()
        assert (event.happened_at.date(), event.recorded_at) == (saturday, hand.now)


def test_a_paper_older_than_the_devices_last_step_is_told(hand: Acting, association: Home, scan: Scan) -> None:
    device = in_stock(hand, "given")
    delivery = new_delivery(hand, association, TODAY - timedelta(days=2))
    assert scan(device.tag, into=delivery).outcome == "too_early"


def test_the_identical_machine_of_a_run_is_suggested_never_its_serial(scan: Scan) -> None:
    scan("5CG1234ABC", Kept("laptop", "with_it", maker="HP", model="EliteBook 840 G3"))
    bare = device_of(scan("5CG1234XYZ", Kept("laptop", "with_it")))
    other = device_of(scan("5CG9999XYZ", Kept("laptop", "with_it")))
    with reading():
        known = same_run(bare)
        assert known is not None
        assert (known.category, known.maker, known.model) == ("laptop", "HP", "EliteBook 840 G3")
        assert same_run(other) is None


def test_a_run_whose_machines_differ_suggests_nothing(scan: Scan) -> None:
    scan("5CG1234ABC", Kept("laptop", "with_it", maker="HP", model="EliteBook 840 G3"))
    scan("5CG1234ABD", Kept("laptop", "with_it", maker="HP", model="EliteBook 850 G3"))
    with reading():
        assert same_run(device_of(scan("5CG1234XYZ", Kept("laptop", "with_it")))) is None


def test_a_closed_delivery_receives_nothing_until_it_is_reopened(delivery: Delivery, scan: Scan, hand: Acting) -> None:
    with writing():
        actions.close_delivery(delivery_by_address(delivery.address, to_change=True), acting=hand)
    with pytest.raises(Refused, match="clos"):
        scan("7TK2QN2", scan_id="kept")
    assert counts() == (0, 0)
    with writing():
        actions.reopen_delivery(delivery_by_address(delivery.address, to_change=True), acting=hand)
    assert scan("7TK2QN2", scan_id="kept").outcome == "received"


def test_a_row_is_settled_once_and_only_as_offered(delivery: Delivery, scan: Scan, hand: Acting) -> None:
    row = scan("450G3EA#ABF")
    with pytest.raises(Refused, match="pas proposé"):
        settle(delivery, row, "new", hand)
    settle(delivery, row, "seen", hand)
    with pytest.raises(Refused, match="déjà réglée"):
        settle(delivery, row, "seen", hand)
    with reading():
        assert open_scans(delivery) == []


def test_open_rows_wait_oldest_first(delivery: Delivery, scan: Scan) -> None:
    for text in ("450G3EA#ABF", "7TK2QN2", "é"):
        scan(text)
    with reading():
        assert [row.outcome for row in open_scans(delivery)] == ["product", "unreadable"]


def test_the_delivery_counts_what_came_of_its_devices(
    delivery: Delivery, scan: Scan, hand: Acting, association: Home
) -> None:
    other = new_delivery(hand, association)
    scan("ONE1234")
    scan("TWO1234")
    scan("OTHER12", into=other)
    with reading():
        seen = progress(delivery)
    assert (seen.received, seen.erased, seen.available, seen.announced) == (2, 0, 0, 0)


def test_roles_that_have_no_business_at_the_door_are_refused(delivery: Delivery, acting_as: ActingAs) -> None:
    prescriber = acting_as(Role.PRESCRIBER)
    with pytest.raises(NotAllowed), writing():
        reception.receive(delivery, "7TK2QN2", acting=prescriber, scan_id="x", kept=LAPTOP)


def test_a_neighbour_never_meets_our_devices(
    scan: Scan, hand: Acting, acting_as: ActingAs, association: Home, other_association: Home
) -> None:
    device = in_stock(hand, "given")
    with within(other_association.id):
        theirs = acting_as(Role.VOLUNTEER, association=other_association)
        foreign = new_delivery(theirs, other_association)
        with writing():
            row = reception.receive(foreign, device.tag, acting=theirs, scan_id="x", kept=LAPTOP)
            assert (row.outcome, row.device_id) == ("unknown_tag", None)
            named = reception.receive(foreign, device.serial, acting=theirs, scan_id="y", kept=LAPTOP)
            assert named.outcome == "received"
            assert named.device_id != device.id


def test_every_outcome_says_whether_it_waits_for_a_person() -> None:
    assert {code for code, outcome in SCANS.items() if not outcome.choices} == COUNTED | {"already"}


def test_a_page_left_open_overnight_still_receives_in_the_past(
    clock: Clock, delivery: Delivery, scan: Scan, hand: Acting
) -> None:
    clock.move(days=1)
    later = hand.at(clock.now)
    with writing():
        row = reception.receive(delivery, "7TK2QN2", acting=later, scan_id="late", kept=LAPTOP)
    assert device_of(row).entered_at == delivery.arrived_at
