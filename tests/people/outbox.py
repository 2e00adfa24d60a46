"""What the tests read of the outbox: mails by addressee, the link in a text."""

import re

from sqlalchemy import select

from reemploi.extensions import db
from reemploi.ground.database import reading
from reemploi.ground.models import Mail
from reemploi.ground.tenancy import across_associations

LINK = re.compile(r"http://127\.0\.0\.1:8000(/\S+)")


def mails_to(email: str) -> list[Mail]:
    """Mails written to an address, oldest first."""
    with reading(), across_associations():
        return [mail for mail in db.session.scalars(select(Mail).order_by(Mail.id)) if mail.to == email]


def link_in(mail: Mail) -> str:
    """The path of the one link in a mail."""
    (path,) = LINK.findall(mail.text)
    return str(path)


def last_link(email: str) -> str:
    """The path of the link in the last mail to an address."""
    return link_in(mails_to(email)[-1])
