"""What the worker clears away: files no row names, links and sessions long over."""

import os
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from reemploi.commands.kept_files import FILES, NOT_FILES, digest_columns, full_name, possibly_named
from reemploi.commands.sweeping import sweep
from reemploi.extensions import db
from reemploi.ground.database import reading, writing
from reemploi.ground.files import ORPHAN_SECONDS, FileStore
from reemploi.ground.jobs import ask, post
from reemploi.ground.models import Attempt, Mail
from reemploi.ground.throttle import count_attempt
from reemploi.people.links import make_link
from reemploi.people.models import Account, Member, SignedLink, SignInSession
from reemploi.people.sessions import open_session
from reemploi.roles import Role
from tests.conftest import ActingAs
from tests.support.cast import Home
from tests.support.clock import Clock

LINK = timedelta(minutes=15)


def how_many(table: type) -> int:
    with reading():
        return db.session.scalars(select(func.count()).select_from(table)).one()


@pytest.mark.usefixtures("engine")
def test_links_sessions_and_throttles_leave_some_time_after_their_end(
    app: Flask, association: Home, clock: Clock
) -> None:
    with writing() as session:
        account = session.scalars(select(Account)).first()
        assert account is not None
        make_link("one_time", account.id, now=clock.now, lasts=LINK)
        open_session(session.get_one(Member, association.members[Role.TECHNICIAN]), now=clock.now)
        count_attempt(session, "sign_in_account", "a@essai.example", window=LINK, now=clock.now)
    sweep(clock.now)
    assert (how_many(SignedLink), how_many(SignInSession), how_many(Attempt)) == (1, 1, 1)
    clock.move(days=1, minutes=16)
    sweep(clock.now)
    assert (how_many(SignedLink), how_many(SignInSession), how_many(Attempt)) == (0, 1, 0)
    clock.move(days=6)
    sweep(clock.now)
    assert how_many(SignInSession) == 0


def test_sent_mails_are_kept_twelve_months(acting_as: ActingAs, clock: Clock) -> None:
    acting = acting_as()
    with writing():
        post("a@essai.example", "Parti", "", acting=acting).sent_at = clock.now
        post("b@essai.example", "En attente", "", acting=acting)
    sweep(clock.move(days=365))
    assert how_many(Mail) == 2
    sweep(clock.move(minutes=1))
    acting_as()
    assert how_many(Mail) == 1


def aged(store: FileStore, content: bytes) -> str:
    """A file put there longer ago than an orphan is left alone."""
    digest = store.put(content)
    path = store.folder / digest[:2] / digest
    old = path.stat().st_mtime - ORPHAN_SECONDS - 60
    os.utime(path, (old, old))
    return digest


def is_there(store: FileStore, digest: str) -> bool:
    return (store.folder / digest[:2] / digest).exists()


@pytest.mark.usefixtures("engine")
def test_a_file_that_any_row_may_name_is_never_swept(app: Flask, acting_as: ActingAs, clock: Clock) -> None:
    store = app.extensions["files"]
    clock.set(utc_from_disk(store))
    orphan, fresh = aged(store, b"orphan"), store.put(b"fresh")
    in_result, in_payload = aged(store, b"result"), aged(store, b"payload")
    acting = acting_as()
    with writing():
        row = ask("labels", {"from": in_payload}, acting=acting)
        row.result = {"file": in_result}
    sweep(clock.now)
    kept = [is_there(store, digest) for digest in (orphan, fresh, in_result, in_payload)]
    assert kept == [False, True, True, True]


def utc_from_disk(store: FileStore) -> datetime:
    """The disk's own present, which the stopped clock does not touch."""
    digest = store.put(b"now")
    return datetime.fromtimestamp((store.folder / digest[:2] / digest).stat().st_mtime, UTC)


def test_every_column_that_could_name_a_file_is_placed() -> None:
    """A new column of that shape keeps files by itself; saying what it is lets `flask verify` look for them."""
    from_shape = {full_name(column) for column in digest_columns()}
    assert from_shape >= FILES | NOT_FILES, "take what no longer exists off commands/kept_files.py"
    unplaced = {name for name in from_shape - FILES - NOT_FILES if name.endswith("digest")}
    assert not unplaced, "say in commands/kept_files.py whether these name files"


def test_what_names_a_file_is_read_in_every_association(other_association: Home, acting_as: ActingAs) -> None:
    acting = acting_as(association=other_association)
    with writing():
        ask("labels", {"from": "ab" * 32}, acting=acting)
    acting_as()
    with reading():
        assert "ab" * 32 in possibly_named()
