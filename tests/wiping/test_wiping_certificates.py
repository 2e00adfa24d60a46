"""Certificates of erasure: what they hold, when they are refused, who verifies, and the open page that checks them."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from hashlib import sha256
from io import BytesIO

import pypdfium2
import pytest
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import select

from reemploi.errors import Refused
from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.ground.database import reading, writing
from reemploi.ground.settings import change_setting
from reemploi.ground.tenancy import across_associations
from reemploi.intake.actions import attach, open_delivery
from reemploi.intake.models import Delivery
from reemploi.journey.actions import settle
from reemploi.journey.models import Device
from reemploi.papers.models import Document
from reemploi.people.models import Organisation
from reemploi.roles import Role
from reemploi.wiping import actions, inspection
from reemploi.wiping.certificates import make_certificate
from tests.conftest import ActingAs, SignIn
from tests.support.cast import Home
from tests.support.clock import Clock
from tests.support.devices import new_device, new_medium
from tests.wiping.dropping import BEFORE_THE_LOGS, DELL, HP, LENOVO, drop, received

MINUTE = timedelta(minutes=1)
Deliver = Callable[..., Delivery]


@pytest.fixture
def technician(acting_as: ActingAs) -> Acting:
    """Who erased."""
    return acting_as(Role.TECHNICIAN)


@pytest.fixture
def coordinator(acting_as: ActingAs) -> Acting:
    """Who verifies."""
    return acting_as(Role.COORDINATOR)


@pytest.fixture
def deliver(technician: Acting, association: Home) -> Deliver:
    """A delivery with these devices, arrived before the logs of the fixtures."""

    def delivered(*devices: Device) -> Delivery:
        with writing():
            donor = db.session.get_one(Organisation, association.donor_id)
            service = Acting(association_id=technician.association_id, now=technician.now)
            delivery = open_delivery(
                donor, acting=service, site_id=association.site_id, arrived_on=date(2026, 11, 16),
                legal_origin="company_gift",
            )  # fmt: skip
            for device in devices:
                attach(delivery, device.id, acting=service, received_at=BEFORE_THE_LOGS)
            return delivery

    return delivered


def certificate(subject: Delivery | Device, acting: Acting, *, partial: bool = False) -> dict[str, object]:
    """The frozen data of a certificate made now."""
    with force_locale("fr"), writing():
        row = db.session.get_one(type(subject), subject.id)
        return dict(json.loads(make_certificate(row, acting=acting, partial=partial).frozen))


def refusal(subject: Delivery | Device, acting: Acting) -> str:
    """The code of the refusal."""
    with pytest.raises(Refused) as refused:
        certificate(subject, acting)
    return refused.value.code


@pytest.mark.usefixtures("engine")
def test_a_deliverys_certificate_has_one_whole_line_per_medium(
    app: Flask, technician: Acting, coordinator: Acting, deliver: Deliver
) -> None:
    delivery = deliver(received(technician, **DELL), received(technician, "desktop", **HP))
    drop(app, technician, "dell-latitude-5490.lshw.json", "dell-latitude-5490.log")
    drop(app, technician, "hp-elitedesk-800-g3.lshw.json", "hp-elitedesk-800-g3.log")
    data = certificate(delivery, coordinator)
    lines = {line["medium_serial"]: line for line in data["media"]}  # type: ignore[attr-defined, index]
    assert set(lines) == {"S3TWNX0K412876", "Z9AXK3M7", "50026B7684D1C3F2"}
    line = lines["S3TWNX0K412876"]
    assert line["device_serial"] == "7QK4MN2" and line["capacity"].startswith("256")
    assert (line["tool"], line["tool_version"], line["result"]) == ("nwipe", "0.42", "erased")
    assert line["method"].startswith("PRNG Stream") and line["level"].startswith("Clear")
    assert all(line[field] for field in ("start", "end", "verification", "operator", "verifier", "evidence", "kind"))
    assert line["operator"] != line["verifier"]
    assert any("flash" in note["heading"].lower() for note in data["notes"])  # type: ignore[attr-defined]


def test_a_certificate_is_refused_while_a_medium_waits_unless_it_is_partial_and_says_so(
    app: Flask, technician: Acting, coordinator: Acting, deliver: Deliver
) -> None:
    dell, lenovo = received(technician, **DELL), received(technician, **LENOVO)
    delivery = deliver(dell, lenovo)
    drop(app, technician, "dell-latitude-5490.lshw.json", "lenovo-thinkpad-t470.lshw.json")
    assert refusal(delivery, coordinator) == "nothing_proved"
    drop(app, technician, "dell-latitude-5490.log")
    assert refusal(delivery, coordinator) == "incomplete"
    data = certificate(delivery, coordinator, partial=True)
    assert "partiel" in str(data["mention"]) and len(data["media"]) == 1  # type: ignore[arg-type]
    assert "S35ENX1J904417" in str(data["notes"])


def test_who_dropped_the_evidence_does_not_verify_it_unless_the_association_says_so(
    app: Flask, technician: Acting, acting_as: ActingAs, deliver: Deliver
) -> None:
    delivery = deliver(received(technician, **DELL))
    drop(app, technician, "dell-latitude-5490.lshw.json", "dell-latitude-5490.log")
    assert refusal(delivery, technician) == "same_person"
    with writing():
        change_setting("one_person_may_verify", True, acting=acting_as(Role.ADMINISTRATOR))
    assert "seule personne" in str(certificate(delivery, technician)["notes"])


def test_a_later_certificate_has_a_new_number_and_replaces_the_former(
    app: Flask, technician: Acting, coordinator: Acting, deliver: Deliver
) -> None:
    delivery = deliver(received(technician, **DELL))
    drop(app, technician, "dell-latitude-5490.lshw.json", "dell-latitude-5490.log")
    first, second = certificate(delivery, coordinator), certificate(delivery, coordinator)
    assert first["number"] != second["number"] and str(first["number"]) in str(second["mention"])


def test_stock_declared_erased_before_adoption_never_enters(technician: Acting, coordinator: Acting) -> None:
    with writing():
        device = new_device(technician)
        device.declared_erased_at = technician.now
        settle(device, acting=technician)
    assert refusal(device, coordinator) == "nothing_proved"


def test_empty_bays_removals_and_destructions_are_results(
    technician: Acting, coordinator: Acting, acting_as: ActingAs, deliver: Deliver
) -> None:
    empty, removed, destroyed = (received(technician, serial=f"PF9{number}") for number in range(3))
    delivery = deliver(empty, removed, destroyed)
    with writing():
        rows = [db.session.get_one(Device, one.id) for one in (empty, removed, destroyed)]
        inspection.declare_no_storage(rows[0], acting=technician)
        for device, method in zip(rows[1:], ("removed", "destroyed"), strict=True):
            medium = new_medium(device, technician)
            pending = actions.declare(device, medium, method, acting=technician, happened_at=technician.now - MINUTE)
            actions.confirm(pending, acting=coordinator)
    data = certificate(delivery, coordinator)
    lines = {line["result"]: line for line in data["media"]}  # type: ignore[attr-defined, index]
    assert set(lines) == {"no_medium", "removed", "destroyed"}
    assert "constaté" in lines["no_medium"]["result_note"] and "reste à effacer" in lines["removed"]["result_note"]
    assert lines["destroyed"]["result_note"] == ""


def test_a_phone_is_told_with_its_locks_and_imei(technician: Acting, coordinator: Acting, deliver: Deliver) -> None:
    phone = received(technician, "smartphone", maker="Fairphone", model="4", serial="A209X1")
    delivery = deliver(phone)
    with writing():
        row = db.session.get_one(Device, phone.id)
        pending = actions.declare(row, None, "factory_reset", acting=technician, happened_at=technician.now - MINUTE)
        actions.confirm(pending, acting=coordinator)
        codes = ("assistant", "icloud", "google", "mdm", "cards", "sim_lock", "blacklist")
        inspection.check_locks(row, dict.fromkeys(codes, "pass"), acting=technician, imei="490154203237518")
    data = certificate(delivery, coordinator)
    (line,) = data["phones"]  # type: ignore[misc]
    assert line["imei"] == ["490154203237518"] and len(line["locks"]) == 7 and not data["media"]
    assert "Purge" in line["reset"]


def test_the_donors_erasure_still_counts_after_the_device_was_lent(
    technician: Acting, coordinator: Acting, acting_as: ActingAs, deliver: Deliver, clock: Clock
) -> None:
    device = received(technician)
    delivery = deliver(device)
    with writing():
        row = db.session.get_one(Device, device.id)
        medium = new_medium(row, technician)
        pending = actions.declare(row, medium, "ata_erase", acting=technician, happened_at=technician.now - MINUTE)
        actions.confirm(pending, acting=coordinator)
    later = Acting(association_id=technician.association_id, now=clock.move(days=40))
    with writing():
        from_home = db.session.get_one(Device, device.id)
        from_home.in_hands_at = later.now
    assert len(certificate(delivery, coordinator.at(later.now))["media"]) == 1  # type: ignore[arg-type]
    assert refusal(device, coordinator.at(later.now)) == "nothing_proved"


def test_the_paper_is_made_fetched_and_checked_through_the_pages(
    app: Flask, technician: Acting, sign_in: SignIn, deliver: Deliver
) -> None:
    delivery = deliver(received(technician, **DELL))
    drop(app, technician, "dell-latitude-5490.lshw.json", "dell-latitude-5490.log")
    client = sign_in(Role.COORDINATOR)
    address = f"/certificats/arrivage/{delivery.address}"
    client.submit(client.page(address), "Établir le certificat", at=address)
    links = [one for one in client.page("/certificats").links() if one.endswith(".pdf")]
    first, second = client.get(links[0]), client.get(links[0])
    assert first.mimetype == "application/pdf" and first.data == second.data
    text = " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(first.data))
    assert "S3TWNX0K412876" in text
    with across_associations(), reading():
        document = db.session.scalars(select(Document)).one()
        number, digest = document.number, document.digest
    assert digest == sha256(first.data).hexdigest()
    anybody = app.test_client()
    assert "Oui" in anybody.post("/verifier", data={"number": number, "digest": digest}).text
    assert "Non" in anybody.post("/verifier", data={"number": number, "digest": "0" * 64}).text
    by_file = {"number": number.lower(), "file": (BytesIO(first.data), "certificat.pdf")}
    answer = anybody.post("/verifier", data=by_file, content_type="multipart/form-data")
    assert "Oui" in answer.text and "Dell" not in answer.text


def test_the_open_check_is_throttled(app: Flask) -> None:
    anybody = app.test_client()
    answers = [anybody.post("/verifier", data={"number": "EFF-2026-0001", "digest": "0" * 64}) for _ in range(21)]
    assert [one.status_code for one in answers[:20]] == [200] * 20
    assert answers[20].status_code == 422 and "Trop de vérifications" in answers[20].text


def test_a_neighbour_finds_neither_the_page_nor_the_paper(
    app: Flask, technician: Acting, sign_in: SignIn, deliver: Deliver, other_association: Home
) -> None:
    device = received(technician, **DELL)
    delivery = deliver(device)
    neighbour = sign_in(Role.COORDINATOR, association=other_association)
    for address in (
        f"/certificats/arrivage/{delivery.address}",
        f"/certificats/appareil/{device.tag}",
        f"/atelier/{device.tag}",
    ):
        assert neighbour.get(address).status_code == 404, address
