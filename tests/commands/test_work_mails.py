"""The worker and the outbox: sent once, tried again, given up; kept where no server is set."""

import threading
from collections.abc import Iterator

import pytest
from flask import Flask

from reemploi.commands.mailing import NO_ANSWER, REFUSED, send_waiting
from reemploi.commands.work import work
from reemploi.config import Mail as Server
from reemploi.extensions import db
from reemploi.ground.database import reading, writing
from reemploi.ground.jobs import MAX_ATTEMPTS, post
from reemploi.ground.models import Mail
from reemploi.ground.tenancy import across_associations
from tests.commands.smtp_of_tests import Received, mail_server
from tests.conftest import ActingAs
from tests.support.cast import Home
from tests.support.clock import Clock

TEXT = "Bonjour,\n\nVoici le lien :\nhttp://127.0.0.1:8000/lien/abc\n.\nÀ bientôt"


@pytest.fixture
def server(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Received]:
    """A mail server that the service is set to use."""
    with mail_server() as received:
        use(app, monkeypatch, received.port)
        yield received


def use(app: Flask, monkeypatch: pytest.MonkeyPatch, port: int) -> None:
    """Set the service's mail server."""
    mail = Server(
        host="127.0.0.1", port=port, security="none", user=None, password=None, sender="Réemploi <prets@essai.example>"
    )
    monkeypatch.setitem(app.extensions, "settings", type("Set", (), {**vars(app.extensions["settings"]), "mail": mail}))


def write(acting_as: ActingAs, *addresses: str, association: Home | None = None) -> list[int]:
    """Mails put in the outbox."""
    acting = acting_as(association=association)
    with writing():
        return [post(address, "Votre accès à Réemploi", TEXT, acting=acting).id for address in addresses]


def mail(number: int) -> Mail:
    """A mail as the database holds it now."""
    with across_associations(), reading():
        db.session.expire_all()
        found = db.session.get_one(Mail, number)
        db.session.refresh(found)
        db.session.expunge(found)
    return found


@pytest.mark.usefixtures("engine")
def test_mails_of_every_association_leave_once_and_their_text_with_them(
    server: Received, acting_as: ActingAs, association: Home, other_association: Home, clock: Clock
) -> None:
    first = write(acting_as, "a@essai.example", association=association)
    second = write(acting_as, "b@essai.example", association=other_association)
    assert send_waiting() and not send_waiting()
    assert [one["To"] for one in server.mails] == ["a@essai.example", "b@essai.example"]
    sent = server.mails[0]
    assert sent["Subject"] == "Votre accès à Réemploi" and sent["From"] == "Réemploi <prets@essai.example>"
    assert sent["Auto-Submitted"] == "auto-generated" and sent["Message-ID"].endswith("@essai.example>")
    assert sent.get_content().rstrip("\r\n").replace("\r\n", "\n") == TEXT
    for number in (*first, *second):
        assert (mail(number).sent_at, mail(number).text, mail(number).failure) == (clock.now, "", None)


def test_without_a_server_mails_stay_and_no_attempt_is_counted(app: Flask, acting_as: ActingAs) -> None:
    (number,) = write(acting_as, "a@essai.example")
    assert app.test_cli_runner().invoke(work, ["--once"]).exit_code == 0
    kept = mail(number)
    assert (kept.sent_at, kept.attempts, kept.text) == (None, 0, TEXT)


@pytest.mark.usefixtures("engine")
def test_a_server_that_does_not_answer_costs_no_attempt(
    app: Flask, acting_as: ActingAs, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with mail_server() as closed:
        port = closed.port
    use(app, monkeypatch, port)
    (number,) = write(acting_as, "a@essai.example")
    for _ in range(2 * MAX_ATTEMPTS):
        send_waiting()
        clock.move(minutes=5)
    kept = mail(number)
    assert (kept.sent_at, kept.attempts, kept.failure) == (None, 0, NO_ANSWER)
    with mail_server() as back:
        use(app, monkeypatch, back.port)
        assert send_waiting()
        assert len(back.mails) == 1
    assert mail(number).failure is None


def test_a_line_that_drops_in_the_middle_loses_and_repeats_nothing(
    server: Received, acting_as: ActingAs, clock: Clock
) -> None:
    write(acting_as, "a@essai.example", "b@essai.example", "c@essai.example")
    server.hang_up_after = 1
    send_waiting()
    server.hang_up_after = None
    assert not send_waiting(), "after a pause, not at once"
    clock.move(minutes=5)
    send_waiting()
    assert [one["To"] for one in server.mails] == ["a@essai.example", "b@essai.example", "c@essai.example"]


def test_a_refusal_for_good_is_given_up_and_holds_up_nobody(server: Received, acting_as: ActingAs) -> None:
    refused, taken = write(acting_as, "inconnu@essai.example", "b@essai.example")
    server.answers["inconnu@essai.example"] = "550 no such user Claire Dupont"
    send_waiting()
    assert (mail(refused).attempts, mail(refused).failure) == (MAX_ATTEMPTS, REFUSED)
    assert mail(taken).sent_at is not None


def test_a_refusal_for_now_is_tried_again_after_growing_pauses_then_given_up(
    server: Received, acting_as: ActingAs, clock: Clock
) -> None:
    (number,) = write(acting_as, "pleine@essai.example")
    server.answers["pleine@essai.example"] = "452 mailbox full"
    pauses = []
    for _ in range(MAX_ATTEMPTS):
        assert send_waiting()
        pauses.append(int((mail(number).not_before - clock.now).total_seconds()) // 60)
        clock.set(mail(number).not_before)
    assert pauses == [1, 4, 9, 16, 25]
    assert not send_waiting()
    assert mail(number).sent_at is None


def test_a_mail_whose_key_is_lost_is_given_up_and_holds_up_nobody(server: Received, acting_as: ActingAs) -> None:
    broken, taken = write(acting_as, "a@essai.example", "b@essai.example")
    with writing():
        row = db.session.get_one(Mail, broken)
        row.text_sealed = b"\x09" + row.text_sealed[1:]
    send_waiting()
    assert mail(broken).attempts == MAX_ATTEMPTS
    assert mail(taken).sent_at is not None


@pytest.mark.usefixtures("engine")
def test_two_workers_send_each_mail_once(app: Flask, server: Received, acting_as: ActingAs) -> None:
    write(acting_as, *(f"personne{number}@essai.example" for number in range(30)))
    start, faults = threading.Barrier(2), []

    def worker() -> None:
        try:
            with app.app_context():
                start.wait(10)
                while send_waiting():
                    pass
        except Exception as fault:  # a thread's failure must reach the test
            faults.append(fault)

    threads = [threading.Thread(target=worker) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert not faults
    assert sorted(one["To"] for one in server.mails) == sorted({one["To"] for one in server.mails})
    assert len(server.mails) == 30
