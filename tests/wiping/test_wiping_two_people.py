"""What one person declares and another confirms: methods that fit, dates, who may, what ends and what still waits."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from reemploi.bench.kept_sentences import told
from reemploi.errors import NotAllowed, Refused
from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.ground.database import writing
from reemploi.ground.settings import change_setting
from reemploi.journey.actions import move
from reemploi.journey.models import Device, StorageMedium
from reemploi.journey.queries import device_by_tag
from reemploi.roles import Role
from reemploi.wiping import actions, inspection
from reemploi.wiping.methods import METHODS, methods_for
from reemploi.wiping.models import PendingWipe, WipeEvidence
from tests.conftest import ActingAs
from tests.support.clock import Clock
from tests.support.devices import device_in, new_device
from tests.wiping.dropping import DELL, drop, fresh, received

MINUTE = timedelta(minutes=1)


@pytest.fixture
def first(acting_as: ActingAs) -> Acting:
    """Who declares."""
    return acting_as(Role.TECHNICIAN)


@pytest.fixture
def second(acting_as: ActingAs) -> Acting:
    """Who confirms: a volunteer may lend their eyes."""
    return acting_as(Role.VOLUNTEER)


def declared(device: Device, first: Acting, method: str, **more: object) -> PendingWipe:
    """A declaration about the device's only medium."""
    medium = device_by_tag(device.tag).media[0] if device_by_tag(device.tag).media else None
    values = {"happened_at": first.now - MINUTE, **more}
    return actions.declare(device, medium, method, acting=first, **values)  # type: ignore[arg-type]


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize(
    ("method", "result", "level"),
    [("ata_erase", "erased", "clear"), ("ata_sanitize", "erased", "purge"), ("removed", "removed", None),
     ("destroyed", "destroyed", "destroy"), ("third_party", "erased", "clear")],
)  # fmt: skip
def test_a_confirmed_declaration_lets_the_device_go_on(
    first: Acting, second: Acting, method: str, result: str, level: str | None
) -> None:
    with writing():
        device = device_in("to_wipe", first)
        pending = declared(device, first, method)
        assert device_by_tag(device.tag).status == "to_wipe"
        evidence = actions.confirm(pending, acting=second)
        assert (evidence.result, evidence.level, evidence.accepted) == (result, level, True)
        assert {evidence.operator_id, evidence.verifier_id} == {first.member_id, second.member_id}
        assert db.session.get_one(Device, device.id).status == "wiped"


def test_the_first_person_cannot_be_the_second_unless_the_association_says_so(
    first: Acting, second: Acting, acting_as: ActingAs
) -> None:
    with writing():
        pending = declared(device_in("to_wipe", first), first, "ata_erase")
        with pytest.raises(Refused) as refused:
            actions.confirm(pending, acting=first)
        assert refused.value.code == "same_person"
        change_setting("one_person_may_verify", True, acting=acting_as(Role.ADMINISTRATOR))
        evidence = actions.confirm(pending, acting=first)
        assert evidence.one_person and evidence.operator_id == evidence.verifier_id


def test_a_rejected_declaration_is_a_refused_evidence_and_the_medium_still_waits(first: Acting, second: Acting) -> None:
    with writing():
        device = device_in("to_wipe", first)
        pending = declared(device, first, "ata_erase")
        with pytest.raises(Refused):
            actions.reject(pending, acting=second, reason="  ")
        row = actions.reject(pending, acting=second, reason="L'écran montre une erreur")
        assert not row.accepted and "montre une erreur" in str(told(row.refusals)[0])
        assert device_by_tag(device.tag).status == "to_wipe"
        again = declared(device, first, "ata_erase")
        assert actions.confirm(again, acting=second).accepted


def test_nobody_settles_twice(first: Acting, second: Acting) -> None:
    with writing():
        pending = declared(device_in("to_wipe", first), first, "ata_erase")
        actions.confirm(pending, acting=second)
        for gesture in (
            lambda: actions.confirm(pending, acting=second),
            lambda: actions.reject(pending, acting=second, reason="Trop tard"),
        ):
            with pytest.raises(Refused) as refused:
                gesture()
            assert refused.value.code == "settled"


def test_one_declaration_waits_at_a_time(first: Acting) -> None:
    with writing():
        device = device_in("to_wipe", first)
        declared(device, first, "ata_erase")
        with pytest.raises(Refused) as refused:
            declared(device, first, "destroyed")
        assert refused.value.code == "already_pending"


@pytest.mark.usefixtures("engine")
def test_what_was_done_before_the_last_return_clears_nothing(first: Acting, second: Acting, clock: Clock) -> None:
    service = Acting(association_id=first.association_id, now=first.now)
    with writing():
        device = device_in("lent", first)
        move([device], "take_back", acting=service)
        with pytest.raises(Refused) as refused:
            declared(device, first, "ata_erase")
        assert refused.value.code == "before_return"
    with writing():
        later = first.at(clock.move(hours=2))
        pending = declared(device, later, "ata_erase")
        db.session.get_one(Device, device.id).in_hands_at = later.now
        with pytest.raises(Refused) as refused:
            actions.confirm(pending, acting=second.at(later.now))
        assert refused.value.code == "before_return"


def test_ways_fit_the_kind_of_medium(first: Acting) -> None:
    with writing():
        laptop, phone = device_in("to_wipe", first), new_device(first, "smartphone")
        offered = {method.code for method in methods_for(laptop, laptop.media[0])}
        assert "factory_reset" not in offered and "nvme_format" not in offered and "ata_sanitize" in offered
        with pytest.raises(Refused) as refused:
            declared(laptop, first, "factory_reset")
        assert refused.value.code == "method"
        assert {method.code for method in methods_for(phone, None)} == {"factory_reset", "third_party", "destroyed"}
    assert all(method.level != "purge" for method in METHODS.values() if method.code in ("overwrite", "firmware_erase"))


def test_a_part_without_serial_is_removed_under_the_serial_read_on_it(first: Acting, second: Acting) -> None:
    with writing():
        device = new_device(first)
        inspection.add_medium(device, acting=first, kind="other")
        later = first.at(first.now + MINUTE)
        with pytest.raises(Refused) as refused:
            declared(device, later, "removed", happened_at=later.now)
        assert refused.value.code == "no_serial"
        pending = declared(device, later, "removed", happened_at=later.now, serial="WD-WX12A34B5678")
        assert actions.confirm(pending, acting=second.at(later.now)).serial == "WD-WX12A34B5678"


def test_a_removed_disk_can_still_be_destroyed(first: Acting, second: Acting) -> None:
    with writing():
        device = device_in("to_wipe", first)
        actions.confirm(declared(device, first, "removed"), acting=second)
        row = actions.confirm(declared(device, first, "destroyed"), acting=second)
        assert row.result == "destroyed" and row.accepted
        medium = db.session.get_one(StorageMedium, row.medium_id)
        assert medium.ended_how == "removed"


def test_an_empty_bay_bears_the_name_of_who_looked_but_a_phone_is_never_empty(first: Acting, second: Acting) -> None:
    with writing():
        laptop, phone = new_device(first), new_device(first, "smartphone")
        laptop = inspection.declare_no_storage(laptop, acting=first)
        assert laptop.no_storage_by == first.member_id and laptop.status == "wiped"
        with pytest.raises(Refused) as refused:
            inspection.declare_no_storage(phone, acting=first)
        assert refused.value.code == "always_holds"
        with pytest.raises(NotAllowed):
            inspection.declare_no_storage(laptop, acting=second)


@pytest.mark.usefixtures("engine")
def test_a_doubtful_log_is_confirmed_by_another_technician(app: Flask, first: Acting, acting_as: ActingAs) -> None:
    dell = received(first, at=datetime(2026, 11, 17, 8, 30, tzinfo=UTC), **DELL)
    drop(app, first, "dell-latitude-5490.lshw.json", "dell-latitude-5490.log")
    volunteer, other = acting_as(Role.VOLUNTEER), acting_as(Role.TECHNICIAN, who=2)
    with writing():
        pending = db.session.scalars(select(PendingWipe)).one()
        with pytest.raises(NotAllowed):
            actions.confirm(pending, acting=volunteer)
        with pytest.raises(Refused):
            actions.confirm(pending, acting=first)
        evidence = actions.confirm(pending, acting=other)
        assert evidence.accepted and evidence.level == "clear" and evidence.tool == "nwipe"
    assert fresh(dell).status == "wiped"


def test_a_log_whose_device_came_back_meanwhile_is_refused_on_the_second_look(
    app: Flask, first: Acting, acting_as: ActingAs
) -> None:
    dell = received(first, at=datetime(2026, 11, 17, 8, 30, tzinfo=UTC), **DELL)
    drop(app, first, "dell-latitude-5490.lshw.json", "dell-latitude-5490.log")
    other = acting_as(Role.TECHNICIAN, who=2)
    with writing():
        db.session.get_one(Device, dell.id).in_hands_at = first.now
        with pytest.raises(Refused) as refused:
            actions.confirm(db.session.scalars(select(PendingWipe)).one(), acting=other)
        assert refused.value.code == "log_refused"


def test_evidence_cannot_be_changed(first: Acting, second: Acting) -> None:
    with writing():
        actions.confirm(declared(device_in("to_wipe", first), first, "ata_erase"), acting=second)
    with pytest.raises(Exception, match="append-only"), writing():
        db.session.scalars(select(WipeEvidence)).one().level = "purge"


def test_a_disk_that_moves_leaves_a_stale_erasure_behind(app: Flask, first: Acting, clock: Clock) -> None:
    """Erased in one machine, lent with it, taken back, moved into another: it holds somebody's data again."""
    with writing():
        host = received_long_ago(first)
    with writing():
        lender = device_in("lent", first, serial="PFLENDER")
        medium = lender.media[0]
        medium.serial, medium.serial_folded, medium.model = "S3TWNX0K412876", "S3TWNX0K412876", ""
        medium.bytes = None
    with writing():
        service = Acting(association_id=first.association_id, now=clock.move(days=3))
        move([db.session.get_one(Device, lender.id)], "take_back", acting=service)
    drop(app, first.at(clock.move(hours=1)), "dell-latitude-5490.lshw.json")
    moved = fresh(host)
    assert [one.serial for one in moved.media] == ["S3TWNX0K412876"] and moved.media[0].cleared_at is None
    assert moved.status == "to_wipe"


def received_long_ago(acting: Acting) -> Device:
    """The machine of the fixtures, without a disk, here since long before."""
    service = Acting(association_id=acting.association_id, now=acting.now - timedelta(days=90))
    return new_device(service, **DELL)
