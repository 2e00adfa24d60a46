"""Control, grade, system and repairs: what each needs, what each leaves behind."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from reemploi.bench import actions
from reemploi.bench.checklists import CHECKLISTS, NOT_TESTED, OTHERS, PASS, lines_of
from reemploi.bench.models import Repair
from reemploi.bench.queries import checklist, last_system, open_repairs
from reemploi.errors import NotAllowed, Refused
from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.ground.database import writing
from reemploi.journey.actions import move
from reemploi.journey.facts import see_medium
from reemploi.journey.models import Device
from reemploi.journey.queries import history
from reemploi.roles import Role
from tests.conftest import ActingAs
from tests.support.clock import Clock
from tests.support.devices import device_in, new_device


@pytest.fixture
def technician(acting_as: ActingAs) -> Acting:
    """The hand at the bench."""
    return acting_as(Role.TECHNICIAN)


def again(device: Device) -> Device:
    """The device's row in the open transaction."""
    return db.session.get_one(Device, device.id)


def kinds(device: Device) -> list[str]:
    """The kinds of its journal rows, newest first."""
    return [event.kind for event in history(device)]


def test_no_category_asks_for_more_than_eight_required_lines() -> None:
    for category, lines in {**CHECKLISTS, "other": OTHERS}.items():
        assert 1 <= sum(line.required for line in lines) <= 8, category
        assert len({line.code for line in lines}) == len(lines), category


@pytest.mark.parametrize("category", [*CHECKLISTS, "printer"])
def test_no_grade_while_a_required_line_is_untested(technician: Acting, category: str) -> None:
    with writing():
        device = new_device(technician, category)
        required = [line.code for line in lines_of(category) if line.required]
        for left in required:
            answers = dict.fromkeys(required, PASS) | {left: NOT_TESTED}
            actions.save_checks(device, answers, acting=technician)
            with pytest.raises(Refused) as refused:
                actions.grade(device, "B", acting=technician)
            assert refused.value.code == "untested"
        actions.all_works(device, acting=technician)
        assert actions.grade(device, "B", acting=technician).grade == "B"


def test_all_works_keeps_the_exceptions_and_a_fault_opens_one_repair(technician: Acting) -> None:
    with writing():
        device = new_device(technician)
        actions.all_works(device, acting=technician, except_for={"battery": "fail"})
        actions.save_checks(device, {"battery": "fail", "clean": "pass"}, acting=technician)
        answers = {one.line.code: one.outcome for one in checklist(again(device)).controls}
        assert answers.pop("battery") == "fail" and set(answers.values()) == {PASS}
        assert [repair.line for repair in open_repairs(device)] == ["battery"]


def test_the_same_answers_again_write_nothing(technician: Acting) -> None:
    with writing():
        device = new_device(technician)
        actions.all_works(device, acting=technician)
        before = kinds(device)
        actions.all_works(device, acting=technician)
        assert kinds(device) == before


def test_a_device_still_locked_gets_no_grade(technician: Acting) -> None:
    with writing():
        device = new_device(technician)
        actions.all_works(device, acting=technician, except_for={"unlocked": "fail"})
        with pytest.raises(Refused) as refused:
            actions.grade(device, "A", acting=technician)
        assert refused.value.code == "locked"


def test_answers_from_before_the_last_return_count_no_more(technician: Acting, clock: Clock) -> None:
    with writing():
        device = device_in("lent", technician)
    with writing():
        move([again(device)], "take_back", acting=Acting(technician.association_id, clock.move(days=30)))
        assert len(checklist(again(device)).untested) == 8


def test_a_line_of_another_list_is_refused(technician: Acting) -> None:
    with writing():
        device = new_device(technician, "monitor")
        for wrong in ({"battery": "pass"}, {"screen": "perhaps"}):
            with pytest.raises(Refused):
                actions.save_checks(device, wrong, acting=technician)


def test_volunteers_control_but_do_not_grade(technician: Acting, acting_as: ActingAs) -> None:
    volunteer = acting_as(Role.VOLUNTEER)
    with writing():
        device = new_device(technician)
        actions.all_works(device, acting=volunteer)
        for gesture in (
            lambda: actions.grade(device, "A", acting=volunteer),
            lambda: actions.open_repair(device, acting=volunteer, fault="Écran fêlé"),
            lambda: actions.lift_stop(device, acting=volunteer),
        ):
            with pytest.raises(NotAllowed):
                gesture()


def test_a_controlled_monitor_needs_no_erasure_and_becomes_available(technician: Acting) -> None:
    with writing():
        monitor = new_device(technician, "monitor")
        monitor = actions.all_works(monitor, acting=technician)
        assert monitor.status == "wiped"
        monitor = actions.grade(monitor, "C", acting=technician)
        assert move([monitor], "make_available", acting=technician)[0].status == "available"


def test_no_system_before_the_erasure_nor_dated_before_it(technician: Acting, clock: Clock) -> None:
    system = {"name": "Linux Mint", "version": "22", "language": "fr"}
    with writing():
        unwiped, wiped = device_in("to_wipe", technician), device_in("wiped", technician)
        with pytest.raises(Refused) as refused:
            actions.install(unwiped, acting=technician, happened_at=technician.now, **system)
        assert refused.value.code == "not_cleared"
        with pytest.raises(Refused) as refused:
            actions.install(wiped, acting=technician, happened_at=technician.now - timedelta(days=1), **system)
        assert refused.value.code == "before_wipe"
        assert actions.install(wiped, acting=technician, happened_at=technician.now, **system).system
        assert last_system() == system


def test_a_repair_takes_the_device_out_and_gives_it_back_to_be_controlled(technician: Acting) -> None:
    with writing():
        device = device_in("available", technician)
        repair = actions.open_repair(device, acting=technician, fault="Charnière")
        assert again(device).status == "in_repair"
        device = actions.end_repair(repair, acting=technician, work="Vis changées", cost_cents=250, minutes=20)
        assert device.status == "wiped" and kinds(device)[:2] == ["end_repair", "repair_done"]
        with pytest.raises(Refused) as refused:
            actions.end_repair(repair, acting=technician, work="Encore", cost_cents=0, minutes=1)
        assert refused.value.code == "repair_closed"


def test_the_last_of_several_repairs_ends_the_stay_and_its_line_is_tested_again(technician: Acting) -> None:
    with writing():
        device = device_in("wiped", technician)
        actions.all_works(device, acting=technician, except_for={"battery": "fail", "keys": "fail"})
        move([device], "start_repair", acting=technician)
        first, second = db.session.scalars(select(Repair).order_by(Repair.id)).all()
        ended = {"acting": technician, "cost_cents": 0, "minutes": 5}
        assert actions.end_repair(first, work="Batterie neuve", **ended).status == "in_repair"
        assert actions.end_repair(second, work="Clavier neuf", **ended).status == "wiped"
        assert {line.code for line in checklist(again(device)).untested} == {"battery", "keys"}


def test_a_repaired_device_with_a_new_disk_goes_back_to_the_erasure(technician: Acting) -> None:
    with writing():
        device = device_in("wiped", technician)
        repair = actions.open_repair(device, acting=technician, fault="Disque en panne")
        see_medium(device, acting=technician, kind="ssd", model="Crucial MX500", serial="2105E4F1A0B2")
        device = actions.end_repair(repair, acting=technician, work="Disque changé", cost_cents=3500, minutes=15)
        assert device.status == "to_wipe"


def test_a_stopped_device_does_not_become_available(technician: Acting, acting_as: ActingAs) -> None:
    with writing():
        device = device_in("wiped", technician)
        actions.stop(device, acting=acting_as(Role.VOLUNTEER))
        with pytest.raises(Refused) as refused:
            move([device], "make_available", acting=technician)
        assert refused.value.code == "safety_stop"
        actions.lift_stop(device, acting=technician)
        assert move([device], "make_available", acting=technician)[0].status == "available"
