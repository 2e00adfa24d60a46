"""`flask verify` proves what it says: each kind of break is told in one line, and fails the command."""

import pytest
from flask import Flask
from sqlalchemy import text

from reemploi.commands.verify import verify
from reemploi.extensions import db
from reemploi.ground.database import reading, writing
from reemploi.ground.jobs import ask
from reemploi.journey.actions import move
from reemploi.journey.models import Device
from reemploi.roles import Role
from tests.conftest import ActingAs
from tests.support.cast import Home
from tests.support.devices import device_in


def told(app: Flask) -> tuple[int, list[str]]:
    """The exit code and the lines."""
    answer = app.test_cli_runner().invoke(verify)
    assert answer.exception is None or isinstance(answer.exception, SystemExit), answer.exception
    return answer.exit_code, answer.output.splitlines()


def tamper(*statements: str) -> None:
    """What somebody with the database's own password could do: triggers and foreign keys out of the way."""
    db.session.rollback()
    raw = db.engine.raw_connection()
    try:
        sqlite = db.engine.dialect.name == "sqlite"
        cursor = raw.cursor()
        cursor.execute("PRAGMA foreign_keys=OFF" if sqlite else "SET session_replication_role = replica")
        if sqlite:
            cursor.execute("PRAGMA query_only=OFF")
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            for name, _sql in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            cursor.execute(statement)
        if sqlite:
            for _name, sql in triggers:
                cursor.execute(sql)
            cursor.execute("PRAGMA foreign_keys=ON")
        else:
            cursor.execute("SET session_replication_role = origin")
            raw.commit()
    finally:
        raw.invalidate()


@pytest.fixture
def device(acting_as: ActingAs) -> Device:
    acting = acting_as(Role.TECHNICIAN)
    with writing():
        found = device_in("wiped", acting)
        move([found], "start_repair", acting=acting)
    return found


@pytest.mark.usefixtures("engine")
def test_a_sound_database_is_proven(app: Flask, device: Device) -> None:
    code, lines = told(app)
    assert (code, lines) == (0, ["Tout se tient : journal, statuts, références, fichiers."])


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE event SET actor_id = NULL WHERE device_id = {id} AND seq = {last}", "ligne {last} : ligne modifiée"),
        ("DELETE FROM event WHERE device_id = {id} AND seq = 2", "ligne manquante"),
        ("DELETE FROM event WHERE device_id = {id} AND seq = {last}", "la fiche ne suit pas la dernière ligne"),
        ("UPDATE device SET status = 'available' WHERE id = {id}", "le statut n'est pas celui du journal"),
        ("UPDATE event SET association_id = {other} WHERE device_id = {id} AND seq = 1", "sans leur device"),
        ("UPDATE device SET place_id = 987654 WHERE id = {id}", "device · 1 ligne(s) sans leur place"),
    ],
)
def test_each_break_is_told(
    app: Flask, device: Device, association: Home, other_association: Home, statement: str, fault: str
) -> None:
    tamper(statement.format(id=device.id, last=device.version, other=other_association.id))
    code, lines = told(app)
    assert code == 1
    assert any(fault.format(last=device.version) in line for line in lines), lines


@pytest.mark.usefixtures("engine")
def test_a_break_in_the_second_association_is_told_with_its_name(
    app: Flask, other_association: Home, acting_as: ActingAs
) -> None:
    acting = acting_as(Role.TECHNICIAN, association=other_association)
    with writing():
        found = device_in("received", acting)
    tamper(f"UPDATE event SET kind = 'labelled' WHERE device_id = {found.id} AND seq = 1")
    code, lines = told(app)
    assert code == 1
    assert any(line.startswith(f"{other_association.name} · appareil {found.tag[0]} ") for line in lines)


@pytest.mark.usefixtures("engine")
def test_a_lock_taken_off_the_journal_is_told(app: Flask, store: object) -> None:
    sqlite = db.engine.dialect.name == "sqlite"
    off, on = "DROP TRIGGER keep_event_update", None
    if sqlite:
        with reading():
            on = db.session.execute(text("SELECT sql FROM sqlite_master WHERE name = 'keep_event_update'")).scalar_one()
    else:
        off, on = (f"ALTER TABLE event {verb} TRIGGER keep_event_rows" for verb in ("DISABLE", "ENABLE"))
    run(off)
    code, lines = told(app)
    run(on)
    assert code == 1 and any(line.startswith("event · le verrou") for line in lines), lines


def run(statement: str) -> None:
    with writing() as session:
        session.execute(text(statement))


@pytest.mark.usefixtures("engine")
def test_a_missing_or_altered_file_is_told(app: Flask, acting_as: ActingAs) -> None:
    files = app.extensions["files"]
    missing, altered = files.put(b"one"), files.put(b"two")
    acting = acting_as()
    with writing():
        for digest in (missing, altered):
            row = ask("labels", {}, acting=acting)
            row.state, row.result = "done", {"file": digest}
    (files.folder / missing[:2] / missing).unlink()
    (files.folder / altered[:2] / altered).write_bytes(b"not even compressed")
    code, lines = told(app)
    assert code == 1
    assert sorted(lines) == sorted(
        [f"fichier {missing[:12]}… · absent du disque", f"fichier {altered[:12]}… · altéré ou illisible"]
    )
