"""Files dropped at the bench: whose they are, what they bring, what is refused, and that nothing counts twice."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import func, select

from reemploi.bench.kept_sentences import told
from reemploi.bench.models import Capture, CapturedFile, DroppedPart
from reemploi.bench.queries import drop_at
from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.ground.database import reading, writing
from reemploi.journey.journal import breaks
from reemploi.journey.models import Device, Event, StorageMedium
from reemploi.journey.rules import MOVES, barred
from reemploi.roles import Role
from reemploi.wiping.drops import Dropped, drop_files, settle_part
from reemploi.wiping.models import PendingWipe, WipeEvidence
from tests.conftest import ActingAs
from tests.support.devices import device_in
from tests.wiping import dropping
from tests.wiping.dropping import BEFORE_THE_LOGS, DELL, HP, LENOVO, content, fresh

Drop = Callable[..., list[DroppedPart]]


@pytest.fixture
def technician(acting_as: ActingAs) -> Acting:
    """The hand that drops."""
    return acting_as(Role.TECHNICIAN)


@pytest.fixture
def received(technician: Acting) -> Callable[..., Device]:
    """Receives a device before the logs of the fixtures were written."""
    return partial(dropping.received, technician)


@pytest.fixture
def drop(app: Flask, technician: Acting) -> Drop:
    """Drop fixtures (or bytes), and read their results."""

    def dropped(*files: str | Dropped, scanned: Device | None = None, acting: Acting = technician) -> list[DroppedPart]:
        given = [Dropped(one, content(one)) if isinstance(one, str) else one for one in files]
        address = drop_files(given, scanned.id if scanned else None, acting=acting, store=app.extensions["files"])
        with reading():
            db.session.expire_all()
            return list(drop_at(address).parts)

    return dropped


def count(table: type) -> int:
    """How many rows."""
    with reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def text(part: DroppedPart) -> str:
    """The sentences of a result, in French."""
    return " ".join(str(one) for one in told(part.sentences))


@pytest.mark.usefixtures("engine")
def test_captures_and_logs_in_one_drop_bring_two_machines_to_installation(drop: Drop, received: Callable) -> None:
    dell, hp = received(**DELL), received("desktop", **HP)
    parts = drop(
        "hp-elitedesk-800-g3.log", "dell-latitude-5490.log", "dell-latitude-5490.lshw.json",
        "hp-elitedesk-800-g3.lshw.json", "dell-latitude-5490.smartctl.json",
    )  # fmt: skip
    assert [(part.kind, part.outcome) for part in parts if part.outcome != "attention"] == [
        ("lshw", "done"), ("lshw", "done"), ("smartctl", "done"),
        ("nwipe", "done"), ("nwipe", "done"), ("nwipe", "done"),
    ]  # fmt: skip
    assert fresh(dell).status == fresh(hp).status == "wiped"
    assert fresh(dell).processor and fresh(dell).memory_bytes and fresh(dell).model
    with reading():
        rows = db.session.scalars(select(WipeEvidence)).all()
        assert {row.level for row in rows} == {"clear"} and all(row.accepted for row in rows)
        assert not list(breaks())


def test_the_same_files_twice_change_nothing_and_say_so(drop: Drop, received: Callable) -> None:
    received(**DELL)
    files = ("dell-latitude-5490.lshw.json", "dell-latitude-5490.smartctl.json", "dell-latitude-5490.log")
    drop(*files)
    tables = (Event, Capture, CapturedFile, StorageMedium, WipeEvidence)
    before = [count(table) for table in tables]
    parts = drop(*files)
    assert [part.outcome for part in parts] == ["same", "same", "same"]
    assert all("rien ne change" in text(part) for part in parts)
    assert [count(table) for table in tables] == before


def test_one_bad_file_never_loses_the_good_ones(drop: Drop, received: Callable) -> None:
    dell = received(**DELL)
    parts = drop(
        Dropped("photo.jpg", b"\xff\xd8\xff\xe0 not a capture"),
        Dropped("coupe.json", b'{"id": "computer", "class": "system", "children": [{"id'),
        "dell-latitude-5490.lshw.json",
        Dropped("vide.log", b"  \n"),
    )
    assert {part.name: part.outcome for part in parts} == {
        "photo.jpg": "refused",
        "coupe.json": "unknown",
        "dell-latitude-5490.lshw.json": "done",
        "vide.log": "refused",
    }
    assert all(text(part) for part in parts)
    assert fresh(dell).status == "to_wipe"


def test_no_personal_data_reaches_the_store(app: Flask, drop: Drop, received: Callable) -> None:
    received(**DELL)
    raw = content("dell-latitude-5490.lshw.json").decode()
    (part,) = drop("dell-latitude-5490.lshw.json")
    with reading() as session:
        kept = app.extensions["files"].get(session.get_one(CapturedFile, part.file_id).digest).decode()
    for word in ("hostname", '"ip"'):
        assert word not in kept or word not in raw


@pytest.mark.usefixtures("engine")
def test_an_unknown_machine_is_settled_by_its_tag_without_a_second_upload(
    app: Flask, drop: Drop, received: Callable, technician: Acting
) -> None:
    nameless = received(maker="", serial="", model="")
    capture, log = drop("dell-latitude-5490.lshw.json", "dell-latitude-5490.log")
    assert (capture.outcome, log.outcome) == ("unknown", "unknown")
    assert "scannez" in text(capture) and "scannez" in text(log)
    settle_part(capture, nameless, acting=technician, store=app.extensions["files"])
    device = fresh(nameless)
    assert (device.maker, device.serial, device.status) == ("Dell", "7QK4MN2", "wiped")
    with reading() as session:
        assert {session.get_one(DroppedPart, part.id).outcome for part in (capture, log)} <= {"done", "attention"}


def test_a_captured_serial_other_than_the_devices_own_is_refused_as_swapped_labels(
    drop: Drop, received: Callable
) -> None:
    hp = received("desktop", **HP)
    (part,) = drop("dell-latitude-5490.lshw.json", scanned=hp)
    assert part.outcome == "refused" and "Étiquettes échangées ?" in text(part)
    assert fresh(hp).status == "received" and not fresh(hp).media


def test_a_capture_of_another_device_of_ours_names_both(drop: Drop, received: Callable) -> None:
    dell, unnamed = received(**DELL), received(maker="", serial="")
    (part,) = drop("dell-latitude-5490.lshw.json", scanned=unnamed)
    assert part.outcome == "refused" and dell.tag[1:5] in text(part) and unnamed.tag[1:5] in text(part)


def test_a_lent_device_takes_no_capture(drop: Drop, technician: Acting) -> None:
    with writing():
        device_in("lent", technician, **DELL)
    (part,) = drop("dell-latitude-5490.lshw.json")
    assert part.outcome == "refused" and "prêté" in text(part)


def test_refused_evidence_is_kept_with_its_reasons_and_the_device_stays(drop: Drop, received: Callable) -> None:
    lenovo = received(**LENOVO)
    parts = drop(
        "lenovo-thinkpad-t470.lshw.json", "lenovo-thinkpad-t470-unverified.log", "lenovo-thinkpad-t470-errors.log"
    )
    logs = [part for part in parts if part.kind == "nwipe"]
    assert logs and {part.outcome for part in logs} == {"refused"}
    assert fresh(lenovo).status == "to_wipe"
    with reading():
        rows = db.session.scalars(select(WipeEvidence)).all()
        assert len(rows) == len(logs) and all(row.refusals and not row.accepted for row in rows)


def test_a_log_older_than_the_reception_clears_nothing(drop: Drop, received: Callable) -> None:
    dell = received(at=BEFORE_THE_LOGS + timedelta(days=3), **DELL)
    _capture, log = drop("dell-latitude-5490.lshw.json", "dell-latitude-5490.log")
    assert log.outcome == "refused" and "avant le dernier retour" in text(log)
    assert barred(MOVES["discard"], "to_wipe", fresh(dell).facts)


def test_a_log_possible_in_one_zone_only_waits_for_another_person(drop: Drop, received: Callable) -> None:
    between_the_zones = datetime(2026, 11, 17, 8, 30, tzinfo=UTC)
    dell = received(at=between_the_zones, **DELL)
    _capture, log = drop("dell-latitude-5490.lshw.json", "dell-latitude-5490.log")
    assert log.outcome == "attention" and "une autre personne" in text(log)
    assert fresh(dell).status == "to_wipe" and count(PendingWipe) == 1
    (again,) = drop("dell-latitude-5490.log")
    assert again.outcome == "same" and count(PendingWipe) == 1


def test_a_disk_erased_in_a_dock_clears_the_device_it_belongs_to(drop: Drop, received: Callable) -> None:
    dell, dock = received(**DELL), received("desktop", **HP)
    drop("dell-latitude-5490.lshw.json")
    (log,) = drop("dell-latitude-5490.log", scanned=dock)
    assert log.outcome == "done" and fresh(dell).status == "wiped" and fresh(dock).status == "received"


def test_a_medium_of_another_device_does_not_follow_a_tag_alone(drop: Drop, received: Callable) -> None:
    dell, unnamed = received(**DELL), received(maker="", serial="")
    drop("dell-latitude-5490.lshw.json")
    (part,) = drop("dell-latitude-5490.smartctl.json", scanned=unnamed)
    assert part.outcome == "refused" and "Étiquettes échangées ?" in text(part)
    assert len(fresh(dell).media) == 1 and not fresh(unnamed).media


def test_nobody_else_sees_or_settles_a_neighbours_files(
    drop: Drop, received: Callable, acting_as: ActingAs, other_association: object
) -> None:
    received(**DELL)
    neighbour = acting_as(Role.TECHNICIAN, association=other_association)  # type: ignore[arg-type]
    (part,) = drop("dell-latitude-5490.lshw.json", acting=neighbour)
    assert part.outcome == "unknown"
