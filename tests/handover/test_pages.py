"""The table through its pages: who comes today, sign, print, close by the paper's number, take back, undo."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.ground.database import reading, writing
from reemploi.ground.models import AccessLog
from reemploi.ground.tenancy import within
from reemploi.handover.models import Handover
from reemploi.journey.models import Device, Event
from reemploi.people.models import Member
from reemploi.roles import Role
from tests.conftest import SignIn
from tests.papers.documents import SIGNATURE
from tests.support.cast import Home
from tests.support.clock import Clock
from tests.support.families import NAME, Family, family
from tests.support.inspecting import InspectingClient


@pytest.fixture
def them(association: Home, clock: Clock) -> Family:
    """A family expected today for a laptop."""
    with writing(), within(association.id):
        return family(Acting(association.id, clock.now), association)


def sign(browser: InspectingClient, them: Family, *, later: bool = False, **changes: str) -> str:
    """Fill the handover's page as it stands and sign; the address of the handover."""
    address = f"/remises/nouvelle/{them.case.address}"
    form = browser.page(address).form("Signer")
    values = {**form.fields(), "signature": "" if later else SIGNATURE, **changes}
    if later:
        values["later"] = "1"
    answer = browser.post(address, data=values, token=False)
    assert answer.status_code == 302, answer.text
    return str(answer.location)


def status_of(device: Device, home: Home) -> str:
    with within(home.id), reading():
        return db.session.scalars(select(Device.status).where(Device.id == device.id)).one()


def test_a_shift_hands_over_with_a_signature_and_prints(sign_in: SignIn, them: Family, association: Home) -> None:
    shift = sign_in(Role.SHIFT)
    assert NAME in shift.page("/remises/").text
    place = sign(shift, them)
    page = shift.get(place)
    assert "en cours" in page.text
    assert NAME in page.text
    assert status_of(them.devices[0], association) == "lent"
    paper = shift.get(f"{place}/papier.pdf")
    assert paper.data.startswith(b"%PDF")
    assert paper.headers["Content-Disposition"] == 'inline; filename="REM-2026-0001.pdf"'
    with within(association.id), reading():
        purposes = set(db.session.scalars(select(AccessLog.purpose)).all())
    assert {"table", "handover", "paper"} <= purposes


def test_the_name_is_for_the_site_and_the_day(sign_in: SignIn, them: Family, association: Home, clock: Clock) -> None:
    with writing(), within(association.id) as _scope:
        db.session.get_one(Member, association.members[Role.SHIFT]).site_id = None
    elsewhere = sign_in(Role.SHIFT)
    assert NAME not in elsewhere.page("/remises/").text
    assert elsewhere.get(f"/remises/nouvelle/{them.case.address}").status_code == 404
    place = sign(sign_in(Role.COORDINATOR), them)
    assert NAME not in elsewhere.get(place).text
    assert elsewhere.get(f"{place}/papier.pdf").status_code == 404
    with writing(), within(association.id):
        db.session.get_one(Member, association.members[Role.SHIFT]).site_id = association.site_id
    clock.move(days=1)
    assert NAME not in sign_in(Role.SHIFT).get(place).text


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.TECHNICIAN, Role.STOREKEEPER])
def test_the_workshop_sees_the_device_side_only(sign_in: SignIn, them: Family, role: Role) -> None:
    place = sign(sign_in(Role.COORDINATOR), them)
    for address in (place, "/remises/prets", f"/retours/{them.devices[0].tag}"):
        text = sign_in(role).page(address).text
        assert NAME not in text
        assert "REM-2026-0001" in text


def test_signed_later_it_is_found_by_its_number_and_closed(sign_in: SignIn, them: Family, association: Home) -> None:
    shift = sign_in(Role.SHIFT)
    place = sign(shift, them, later=True)
    assert status_of(them.devices[0], association) == "reserved"
    for code in ("rem-2026-0001", " REM-2026-0001 "):
        assert shift.post("/remises/numero", data={"code": code}).location == place
    with within(association.id), reading():
        document = db.session.scalars(select(Handover)).one().document
    assert document is not None
    assert shift.post("/remises/numero", data={"code": f"https://x.example/v/{document.address}"}).location == place
    assert "Vérifiez le numéro" in shift.post("/remises/numero", data={"code": "REM-2026-0999"}).text
    answer = shift.post(f"{place}/papier-signe", data={}, follow_redirects=True)
    assert "papier signé" in answer.text
    assert status_of(them.devices[0], association) == "lent"


def test_without_a_signature_nothing_leaves(sign_in: SignIn, them: Family, association: Home) -> None:
    shift = sign_in(Role.SHIFT)
    address = f"/remises/nouvelle/{them.case.address}"
    fields = shift.page(address).form("Signer").fields()
    answer = shift.post(address, data={**fields, "signatory": "Sa mère Quasimarque"}, token=False)
    assert "La signature est vide" in answer.text
    assert "Quasimarque" in answer.text
    foreign = '<svg><script>alert(1)</script><path d="M 1,1" stroke-width="1"/></svg>'
    refused = shift.post(address, data={**fields, "signature": foreign}, token=False)
    assert "n&#39;a pas pu être lue" in refused.text or "n'a pas pu être lue" in refused.text
    assert status_of(them.devices[0], association) == "reserved"


def test_a_loan_needs_a_due_date_or_none_on_purpose(sign_in: SignIn, them: Family, association: Home) -> None:
    shift = sign_in(Role.SHIFT)
    address = f"/remises/nouvelle/{them.case.address}"
    fields = shift.page(address).form("Signer").fields()
    assert fields["due_on"] == ["2027-11-23"]
    answer = shift.post(address, data={**fields, "due_on": "", "signature": SIGNATURE}, token=False)
    assert "sans terme" in answer.text
    assert status_of(them.devices[0], association) == "reserved"
    sign(shift, them, due_on="", open_ended="y")
    assert "sans terme" in shift.page("/remises/prets").text


def test_a_return_notes_what_came_back(sign_in: SignIn, them: Family, association: Home) -> None:
    sign(sign_in(Role.SHIFT), them)
    volunteer = sign_in(Role.VOLUNTEER)
    tag = them.devices[0].tag
    answer = volunteer.post("/retours/", data={"code": f"{tag[:4]} {tag[4:]}"})
    assert answer.location == f"/retours/{tag}"
    done = volunteer.post(answer.location, data={"accessories": ["charger"], "condition": "Bon"}, follow_redirects=True)
    assert "à effacer" in done.text
    assert status_of(them.devices[0], association) == "to_wipe"
    assert "pas en prêt" in volunteer.post("/retours/", data={"code": tag}).text


def test_overdue_loans_come_first(sign_in: SignIn, association: Home, clock: Clock) -> None:
    coordinator = sign_in(Role.COORDINATOR)
    for due_on in ("2027-06-01", "2026-12-01"):
        with writing(), within(association.id):
            one = family(Acting(association.id, clock.now), association)
        sign(coordinator, one, due_on=due_on)
    clock.move(days=30)
    text = sign_in(Role.COORDINATOR).page("/remises/prets").text
    assert text.index("REM-2026-0002") < text.index("REM-2026-0001")
    assert "en retard" in text


def test_undo_asks_that_it_never_left(sign_in: SignIn, them: Family, association: Home) -> None:
    shift = sign_in(Role.SHIFT)
    place = sign(shift, them)
    assert "comptoir" in shift.post(f"{place}/annulation", data={}).text
    assert status_of(them.devices[0], association) == "lent"
    done = shift.post(f"{place}/annulation", data={"never_left": "y"}, follow_redirects=True)
    assert "de nouveau disponible" in done.text
    assert status_of(them.devices[0], association) == "available"
    with within(association.id), reading():
        document = db.session.scalars(select(Handover)).one().document
    assert document is not None
    assert "annulé" in shift.get(f"/v/{document.address}").text


def test_declined_at_the_table(sign_in: SignIn, them: Family, association: Home) -> None:
    shift = sign_in(Role.SHIFT)
    place = sign(shift, them, later=True)
    assert "rang est gardé" in shift.post(f"{place}/refus", data={}, follow_redirects=True).text
    assert status_of(them.devices[0], association) == "available"


def test_a_coordinator_renews(sign_in: SignIn, them: Family) -> None:
    coordinator = sign_in(Role.COORDINATOR)
    place = sign(coordinator, them)
    answer = coordinator.post(f"{place}/prolongation", data={"due_on": "2028-03-01"}, follow_redirects=True)
    assert "prolongée" in answer.text
    assert "doit venir après" in coordinator.post(f"{place}/prolongation", data={"due_on": "2027-03-01"}).text


def test_a_device_added_by_its_number_goes_along(sign_in: SignIn, them: Family, association: Home) -> None:
    with writing(), within(association.id):
        extra = family(Acting(association.id, them.case.written_at + timedelta(hours=1)), association)
    shift = sign_in(Role.SHIFT)
    shown = shift.get(f"/remises/nouvelle/{them.case.address}?avec={extra.devices[0].tag}").text
    assert len(set(re.findall(r'name="take_(\d+)"', shown))) == 2


def test_the_household_is_nowhere_but_on_the_pages_of_those_with_the_right(
    sign_in: SignIn, them: Family, association: Home
) -> None:
    shift = sign_in(Role.SHIFT)
    place = sign(shift, them)
    with within(association.id), reading():
        facts = [row.facts for row in db.session.scalars(select(Event))]
        household = db.session.scalars(select(Handover.household_id)).one()
    assert NAME not in place
    assert all("household" not in one for one in facts)
    assert not [one for one in facts if household in one.values() and "handover" in one]
    flashed = sign_in(Role.SHIFT).get(place).text
    assert flashed.count(NAME) == 1
