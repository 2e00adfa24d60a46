"""Sending the outbox by SMTP: each mail once, tried again after a pause, given up after several refusals."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

from flask import current_app
from sqlalchemy import update

from reemploi.config import Mail as Server
from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.ground.clock import utc_now
from reemploi.ground.crypto import SealBroken
from reemploi.ground.database import reading, writing
from reemploi.ground.jobs import MAX_ATTEMPTS, delay_after, waiting_mails
from reemploi.ground.models import Mail
from reemploi.ground.tenancy import across_associations
from reemploi.sentences import N_

LEASE = timedelta(minutes=5)
PAUSE = timedelta(minutes=2)
SECONDS = 20
FIRST_PERMANENT = 500
NO_ANSWER = N_("Le serveur d'envoi ne répond pas : nouvel essai dans quelques minutes.")
REFUSED = N_("Le serveur d'envoi refuse ce courriel ou cette adresse.")


def send_waiting() -> bool:
    """Send what waits; False when there was nothing to do, or when no server is set and mails stay in the outbox."""
    server: Server | None = current_app.extensions["settings"].mail
    left = _claim(utc_now()) if server else []
    if server is None or not left:
        return False
    try:
        with _connection(server) as smtp:
            while left:
                _send(smtp, left[0], server)
                left.pop(0)
    except (OSError, smtplib.SMTPException):
        for number in left:
            _note(number, failure=NO_ANSWER, not_before=utc_now() + PAUSE)
    db.session.remove()
    return True


def _claim(now: datetime) -> list[int]:
    """Numbers of the mails that this worker alone sends within the lease."""
    with across_associations(), writing():
        return [mail.id for mail in waiting_mails(Acting(association_id=0, now=now)) if _is_ours(mail, now)]


def _is_ours(mail: Mail, now: datetime) -> bool:
    held = db.session.execute(
        update(Mail)
        .where(Mail.id == mail.id, Mail.not_before == mail.not_before, Mail.sent_at.is_(None))
        .values(not_before=now + LEASE)
        .execution_options(synchronize_session=False)
    )
    return bool(held.rowcount == 1)  # type: ignore[attr-defined]


@contextmanager
def _connection(server: Server) -> Iterator[smtplib.SMTP]:
    trusted = ssl.create_default_context()
    if server.security == "tls":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=trusted)
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
    with smtp:
        if server.security == "starttls":
            smtp.starttls(context=trusted)
        if server.user:
            smtp.login(server.user, server.password or "")
        yield smtp


def _send(smtp: smtplib.SMTP, number: int, server: Server) -> None:
    """Send one mail and write down what became of it; raises when the connection itself is broken."""
    try:
        smtp.send_message(_message(number, server))
    except smtplib.SMTPServerDisconnected:
        raise
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused, SealBroken, ValueError) as refusal:
        _note_refusal(number, permanent=_is_permanent(refusal))
    else:
        _note(number, sent_at=utc_now(), failure=None, text="")


def _message(number: int, server: Server) -> EmailMessage:
    with across_associations(), reading():
        mail = db.session.get_one(Mail, number)
        address, to, subject, text = mail.address, mail.to, mail.subject, mail.text
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = server.sender, to, subject
    message["Date"] = format_datetime(utc_now())
    message["Message-ID"] = make_msgid(address, domain=server.sender.partition("@")[2].strip("> "))
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    return message


def _is_permanent(refusal: Exception) -> bool:
    if isinstance(refusal, smtplib.SMTPRecipientsRefused):
        return all(code >= FIRST_PERMANENT for code, _words in refusal.recipients.values())
    return not isinstance(refusal, smtplib.SMTPResponseException) or refusal.smtp_code >= FIRST_PERMANENT


def _note_refusal(number: int, *, permanent: bool) -> None:
    with across_associations(), writing():
        mail = db.session.get_one(Mail, number)
        mail.attempts = MAX_ATTEMPTS if permanent else mail.attempts + 1
        mail.failure, mail.not_before = REFUSED, utc_now() + delay_after(mail.attempts)


def _note(number: int, **values: object) -> None:
    """Write down what became of a mail; its text leaves with it, links and personal data included."""
    with across_associations(), writing():
        mail = db.session.get_one(Mail, number)
        for name, value in values.items():
            setattr(mail, name, value)
