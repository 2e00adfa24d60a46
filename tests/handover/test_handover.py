"""Handing over, coming back and undoing, at the level of actions: who has what is never in doubt."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from reemploi.errors import NotAllowed, Refused
from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.ground.database import writing
from reemploi.handover import actions
from reemploi.handover.actions import Item, Terms
from reemploi.handover.agreement import Signing
from reemploi.handover.models import Handover, HandoverLine
from reemploi.handover.returns import missing, take_back
from reemploi.journey.journal import breaks
from reemploi.journey.models import Device, Event
from reemploi.journey.queries import statuses_from_journal
from reemploi.papers.signatures import read_signature
from reemploi.prescription.models import Appointment, Prescription, PrescriptionLine
from reemploi.roles import Role
from tests.conftest import ActingAs
from tests.papers.documents import SIGNATURE
from tests.support.cast import Home
from tests.support.clock import Clock
from tests.support.devices import device_in
from tests.support.families import NAME, Family, family

DRAWN = read_signature(SIGNATURE)
DUE = date(2027, 11, 23)


def given(them: Family, home: Home, acting: Acting, *, drawn: bool = True, kind: str = "loan") -> Handover:
    """Everything proposed handed over, signed on the screen unless told; inside the test's scope."""
    with writing():
        return actions.hand_over(
            them.case,
            [Item(device, ("charger", "bag"), "Bon, rayures au capot") for device in them.devices],
            acting=acting,
            terms=Terms(kind, home.site_id, DUE if kind == "loan" else None),
            signing=Signing(NAME, drawing=DRAWN if drawn else None),
        )


def met(acting: Acting, home: Home, *categories: str) -> Family:
    """A family expected today."""
    with writing():
        return family(acting, home, *categories)


def of(device: Device) -> str:
    return db.session.scalars(select(Device.status).where(Device.id == device.id)).one()


@pytest.mark.usefixtures("engine")
def test_a_loan_runs_and_comes_back_to_erasure(acting_as: ActingAs, association: Home, clock: Clock) -> None:
    shift = acting_as(Role.SHIFT)
    them = met(shift, association)
    loan = given(them, association, shift)
    assert (loan.state, loan.signed_how, loan.due_on) == ("running", "screen", DUE)
    assert of(them.devices[0]) == "lent"
    assert db.session.get_one(Prescription, them.case.id).status == "served"
    assert db.session.scalars(select(Appointment.outcome)).all() == ["kept"]
    clock.move(days=300)
    with writing():
        back = take_back(
            them.devices[0], acting=acting_as(Role.VOLUNTEER), condition="Écran fêlé", accessories=("charger",)
        )
        (line,) = db.session.scalars(select(HandoverLine)).all()
        assert missing(line) == ["bag"]
        assert line.condition_in == "Écran fêlé"
    assert back.state == "returned"
    assert of(them.devices[0]) == "to_wipe"
    assert not list(breaks())
    assert statuses_from_journal()[them.devices[0].id] == "to_wipe"


def test_each_device_of_a_loan_comes_back_alone(acting_as: ActingAs, association: Home, clock: Clock) -> None:
    coordinator = acting_as(Role.COORDINATOR)
    them = met(coordinator, association, "laptop", "monitor")
    loan = given(them, association, coordinator)
    clock.move(days=2)
    with writing():
        take_back(them.devices[1], acting=acting_as(Role.STOREKEEPER))
    assert db.session.get_one(Handover, loan.id).state == "running"
    assert (of(them.devices[0]), of(them.devices[1])) == ("lent", "wiped")
    with writing():
        take_back(them.devices[0], acting=acting_as(Role.STOREKEEPER))
    assert db.session.get_one(Handover, loan.id).state == "returned"


def test_a_served_line_leaves_the_other_its_rank(acting_as: ActingAs, association: Home) -> None:
    coordinator = acting_as(Role.COORDINATOR)
    them = met(coordinator, association, "laptop", "monitor")
    with writing():
        actions.hand_over(
            them.case,
            [Item(them.devices[0])],
            acting=coordinator,
            terms=Terms("loan", association.site_id),
            signing=Signing(NAME, drawing=DRAWN),
        )
    states = db.session.scalars(select(PrescriptionLine.state).order_by(PrescriptionLine.id)).all()
    assert list(states) == ["served", "proposed"]
    assert db.session.get_one(Prescription, them.case.id).status == "appointment"


@pytest.mark.usefixtures("engine")
def test_a_paper_signed_later_holds_the_device_and_keeps_its_own_date(
    acting_as: ActingAs, association: Home, clock: Clock
) -> None:
    shift = acting_as(Role.SHIFT)
    them = met(shift, association)
    loan = given(them, association, shift, drawn=False)
    assert (loan.state, of(them.devices[0])) == ("prepared", "reserved")
    with pytest.raises(Refused) as twice:
        given(them, association, shift, drawn=False)
    assert (twice.value.code, twice.value.sentence.params["number"]) == ("in_a_handover", loan.number)
    saturday = clock.now + timedelta(hours=3)
    clock.move(days=2)
    with writing():
        actions.close_on_paper(loan, acting=acting_as(Role.COORDINATOR), happened_at=saturday)
    closed = db.session.get_one(Handover, loan.id)
    assert (closed.state, closed.handed_at, closed.recorded_at) == ("running", saturday, clock.now)
    assert of(them.devices[0]) == "lent"
    with pytest.raises(Refused), writing():
        actions.close_on_paper(closed, acting=acting_as(Role.COORDINATOR))


def test_the_database_itself_refuses_a_second_open_handover_of_a_device(acting_as: ActingAs, association: Home) -> None:
    shift = acting_as(Role.SHIFT)
    loan = given(met(shift, association), association, shift, drawn=False)
    (line,) = db.session.scalars(select(HandoverLine)).all()
    with pytest.raises(IntegrityError), writing() as session:
        session.add(
            HandoverLine(
                association_id=association.id, handover_id=loan.id, device_id=line.device_id, accessories_out=[]
            )
        )


def test_declined_at_the_table_it_is_available_and_the_rank_is_kept(acting_as: ActingAs, association: Home) -> None:
    shift = acting_as(Role.SHIFT)
    them = met(shift, association)
    loan = given(them, association, shift, drawn=False)
    since = db.session.get_one(Device, them.devices[0].id).in_hands_at
    with writing():
        actions.decline(loan, acting=shift)
    device = db.session.get_one(Device, them.devices[0].id)
    assert (device.status, device.in_hands_at) == ("available", since)
    case = db.session.get_one(Prescription, them.case.id)
    assert (case.status, case.lines[0].declined_reason) == ("waiting", "declined")
    paper = db.session.get_one(Handover, loan.id).document
    assert paper is not None
    assert paper.cancelled_at is not None


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("kind", ["loan", "gift"])
def test_undone_within_ten_minutes_it_was_never_in_hands(
    acting_as: ActingAs, association: Home, clock: Clock, kind: str
) -> None:
    shift = acting_as(Role.SHIFT)
    them = met(shift, association)
    since = them.devices[0].in_hands_at
    handed = given(them, association, shift, kind=kind)
    clock.move(minutes=10)
    with writing():
        actions.undo(handed, acting=acting_as(Role.SHIFT))
    device = db.session.get_one(Device, them.devices[0].id)
    assert (device.status, device.in_hands_at) == ("available", since)
    case = db.session.get_one(Prescription, them.case.id)
    assert (case.status, case.lines[0].state) == ("waiting", "waiting")
    assert db.session.get_one(Handover, handed.id).state == "undone"
    assert not list(breaks())


def test_undoing_ends_after_ten_minutes(acting_as: ActingAs, association: Home, clock: Clock) -> None:
    shift = acting_as(Role.SHIFT)
    loan = given(met(shift, association), association, shift)
    clock.move(minutes=10, seconds=1)
    with pytest.raises(Refused) as late, writing():
        actions.undo(loan, acting=acting_as(Role.SHIFT))
    assert late.value.code == "too_late"


def test_undoing_needs_the_handover_to_be_the_latest_move(acting_as: ActingAs, association: Home) -> None:
    coordinator = acting_as(Role.COORDINATOR)
    them = met(coordinator, association, "laptop", "monitor")
    loan = given(them, association, coordinator)
    with writing():
        take_back(them.devices[1], acting=coordinator)
    with pytest.raises(Refused) as moved, writing():
        actions.undo(loan, acting=coordinator)
    assert moved.value.code == "moved_since"
    assert of(them.devices[0]) == "lent"


def test_a_device_reserved_for_somebody_else_stays_theirs(acting_as: ActingAs, association: Home) -> None:
    coordinator = acting_as(Role.COORDINATOR)
    first, second = met(coordinator, association), met(coordinator, association)
    with pytest.raises(Refused) as refused:
        given(Family(second.case, first.devices), association, coordinator)
    assert refused.value.code == "reserved_elsewhere"


def test_an_available_one_may_go_along_but_not_on_a_paper_signed_later(acting_as: ActingAs, association: Home) -> None:
    coordinator = acting_as(Role.COORDINATOR)
    them = met(coordinator, association)
    with writing():
        more = device_in("available", coordinator, "monitor")
    with pytest.raises(Refused) as later:
        given(Family(them.case, [*them.devices, more]), association, coordinator, drawn=False)
    assert later.value.code == "not_reserved"
    given(Family(them.case, [*them.devices, more]), association, coordinator)
    assert (of(them.devices[0]), of(more)) == ("lent", "lent")


def test_an_unready_device_never_leaves(acting_as: ActingAs, association: Home) -> None:
    coordinator = acting_as(Role.COORDINATOR)
    them = met(coordinator, association)
    with writing():
        unready = device_in("to_wipe", coordinator)
    with pytest.raises(Refused) as refused:
        given(Family(them.case, [unready]), association, coordinator)
    assert refused.value.code == "wrong_status"
    assert not db.session.scalars(select(Handover)).all()


def test_a_deposit_is_lent_and_never_given(acting_as: ActingAs, association: Home) -> None:
    coordinator = acting_as(Role.COORDINATOR)
    them = met(coordinator, association)
    with writing():
        deposit = device_in("available", coordinator, "monitor", legal_origin="loan_deposit")
    with pytest.raises(Refused) as refused:
        given(Family(them.case, [deposit]), association, coordinator, kind="gift")
    assert refused.value.code == "deposit"


@pytest.mark.parametrize("due_on", [date(2026, 11, 23), date(2020, 1, 1), date(2099, 1, 1)])
def test_a_due_date_lies_ahead_within_five_years(acting_as: ActingAs, association: Home, due_on: date) -> None:
    coordinator = acting_as(Role.COORDINATOR)
    them = met(coordinator, association)
    with pytest.raises(Refused) as refused, writing():
        actions.hand_over(
            them.case,
            [Item(them.devices[0])],
            acting=coordinator,
            terms=Terms("loan", association.site_id, due_on),
            signing=Signing(NAME, drawing=DRAWN),
        )
    assert refused.value.code == "due_out_of_bounds"


def test_a_renewal_moves_the_due_date_on(acting_as: ActingAs, association: Home) -> None:
    coordinator = acting_as(Role.COORDINATOR)
    loan = given(met(coordinator, association), association, coordinator)
    with writing():
        actions.renew(loan, acting=coordinator, due_on=DUE + timedelta(days=90))
    assert db.session.get_one(Handover, loan.id).due_on == DUE + timedelta(days=90)
    with pytest.raises(Refused), writing():
        actions.renew(loan, acting=coordinator, due_on=DUE)
    with pytest.raises(NotAllowed), writing():
        actions.renew(loan, acting=acting_as(Role.SHIFT), due_on=DUE + timedelta(days=180))


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.TECHNICIAN, Role.PRESCRIBER, Role.DIRECTOR])
def test_only_the_table_hands_over(acting_as: ActingAs, association: Home, role: Role) -> None:
    them = met(acting_as(Role.COORDINATOR), association)
    with pytest.raises(NotAllowed):
        given(them, association, acting_as(role))


def test_the_journal_names_the_handover_by_its_number_alone(acting_as: ActingAs, association: Home) -> None:
    shift = acting_as(Role.SHIFT)
    them = met(shift, association)
    loan = given(them, association, shift)
    last = db.session.scalars(select(Event).order_by(Event.id.desc())).first()
    assert last is not None
    assert last.facts == {"handover": loan.number}


def test_nothing_personal_lies_open_in_the_database(acting_as: ActingAs, association: Home) -> None:
    shift = acting_as(Role.SHIFT)
    given(met(shift, association), association, shift)
    tables = ("handover", "handover_line", "document", "event", "device")
    raw = [db.session.connection().exec_driver_sql(f"SELECT * FROM {one}").fetchall() for one in tables]
    assert "Quetzalmarque" not in repr(raw)
    assert "rayures" not in repr(raw)
