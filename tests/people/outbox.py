"""What the tests ask for and read of the outbox: links, invitations, mails by addressee, the link in a text."""

import re

from sqlalchemy import select

from reemploi.extensions import db
from reemploi.ground.database import reading, writing
from reemploi.ground.models import Mail
from reemploi.ground.tenancy import across_associations
from reemploi.people.actions import invite_member
from reemploi.roles import Role
from tests.conftest import ActingAs
from tests.support.inspecting import InspectingClient
from tests.support.pages import Page

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


def ask(client: InspectingClient, page: str, email: str) -> str:
    """The words of the answer to a request for a link."""
    return Page.of(client.post(page, data={"email": email})).text


def invite(acting_as: ActingAs, email: str, *roles: Role, **more: object) -> None:
    """An administrator invites somebody."""
    acting = acting_as(Role.ADMINISTRATOR)
    with writing():
        invite_member(acting=acting, email=email, name="Gaëlle Essai", roles=roles, **more)
