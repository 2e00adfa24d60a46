"""Invitations, and mailboxes that several people of a structure share."""

import pytest
from flask import Flask
from sqlalchemy import select

from reemploi.config import Mail as Server
from reemploi.extensions import db
from reemploi.ground.database import reading, writing
from reemploi.people.actions import end_membership, invite_again, invite_member
from reemploi.people.models import Member, SignInSession
from reemploi.roles import Role
from tests.conftest import ActingAs, SignIn, browser
from tests.people.outbox import ask, invite, last_link, link_in, mails_to
from tests.support.cast import PASSWORD, Home
from tests.support.clock import Clock
from tests.support.inspecting import InspectingClient
from tests.support.pages import Page

ONE_TIME, NEW_PASSWORD = "/connexion/lien", "/connexion/mot-de-passe"
OTHER_PASSWORD = "une autre phrase bien à moi"


@pytest.mark.usefixtures("engine")
def test_an_invitation_opens_the_choice_of_a_password_once(
    client: InspectingClient, association: Home, acting_as: ActingAs, clock: Clock
) -> None:
    invite(acting_as, "gaelle@essai.example", Role.VOLUNTEER, Role.TECHNICIAN)
    (mail,) = mails_to("gaelle@essai.example")
    clock.move(days=6, hours=23)
    page = Page.of(client.get(link_in(mail)))
    assert association.name in page.text and "gaelle@essai.example" in page.text
    assert client.post(link_in(mail), data={"password": OTHER_PASSWORD}).location == "/"
    assert "Technicien" in Page.of(client.get("/mon-compte")).text
    assert browser(client.application).get(link_in(mail)).status_code == 410


def test_an_invitation_lasts_seven_days_and_a_second_one_replaces_it(
    client: InspectingClient, association: Home, acting_as: ActingAs, clock: Clock
) -> None:
    invite(acting_as, "gaelle@essai.example", Role.VOLUNTEER)
    first = last_link("gaelle@essai.example")
    acting = acting_as(Role.ADMINISTRATOR)
    with writing():
        member = db.session.scalars(select(Member).where(Member.name == "Gaëlle Essai")).one()
        invite_again(member, acting=acting)
    assert client.get(first).status_code == 410
    clock.move(days=7)
    assert client.get(last_link("gaelle@essai.example")).status_code == 410


def test_an_invitation_ends_when_its_member_leaves(
    client: InspectingClient, association: Home, acting_as: ActingAs
) -> None:
    invite(acting_as, "gaelle@essai.example", Role.VOLUNTEER)
    acting = acting_as(Role.ADMINISTRATOR)
    with writing():
        end_membership(db.session.scalars(select(Member).where(Member.name == "Gaëlle Essai")).one(), acting=acting)
    assert client.get(last_link("gaelle@essai.example")).status_code == 410


def test_an_association_cannot_set_the_password_of_an_account_that_opens_another(
    client: InspectingClient, association: Home, other_association: Home, acting_as: ActingAs
) -> None:
    """Whoever reads the outbox of a service without mail server must gain nothing elsewhere."""
    email = other_association.email(Role.COORDINATOR)
    invite(acting_as, email, Role.VOLUNTEER)
    assert last_link(email) == "/connexion", "known with a password: no link to take over"
    invite(acting_as, "neuf@essai.example", Role.VOLUNTEER)
    acting = acting_as(association=other_association)
    with writing():
        invite_member(acting=acting, email="neuf@essai.example", name="Neuf", roles=(Role.VOLUNTEER,))
    first, second = mails_to("neuf@essai.example")
    assert link_in(second) == "/connexion"
    assert client.get(link_in(first)).location == "/connexion"


def test_without_mail_server_an_account_of_two_associations_gets_its_link_from_the_host(
    app: Flask,
    client: InspectingClient,
    association: Home,
    other_association: Home,
    acting_as: ActingAs,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    email = other_association.email(Role.COORDINATOR)
    invite(acting_as, email, Role.VOLUNTEER)
    before = len(mails_to(email))
    ask(client, NEW_PASSWORD, email)
    (mail,) = mails_to(email)[before:]
    assert "/lien/" not in mail.text and "héberge" in mail.text
    server = Server(host="smtp.example", port=25, security="none", user=None, password=None, sender="a@b.example")
    settings = app.extensions["settings"]
    monkeypatch.setitem(app.extensions, "settings", type("Set", (), {**vars(settings), "mail": server}))
    ask(client, NEW_PASSWORD, email)
    assert "/lien/" in mails_to(email)[-1].text


def share_a_mailbox(association: Home, acting_as: ActingAs) -> str:
    """Two named prescribers at one address."""
    email = association.email(Role.PRESCRIBER)
    invite(acting_as, email, Role.PRESCRIBER, organisation_id=association.structure_id, shared_mailbox=True)
    return email


def test_people_who_share_a_mailbox_say_who_they_are(
    client: InspectingClient, association: Home, acting_as: ActingAs
) -> None:
    email = share_a_mailbox(association, acting_as)
    entered = client.post("/connexion", data={"email": email, "password": PASSWORD})
    assert entered.status_code == 422, "the password one of them knew opens nothing any more"
    ask(client, NEW_PASSWORD, email)
    assert "15 minutes" in mails_to(email)[-1].text, "a shared mailbox has no password: a sign-in link goes instead"
    answer = client.post(last_link(email))
    assert answer.location == "/connexion/choix"
    form = Page.of(client.get("/connexion/choix")).form("Entrer comme Gaëlle Essai")
    client.post("/connexion/choix", data={"member": form.fields()["member"][0]})
    assert "Gaëlle Essai" in Page.of(client.get("/mon-compte")).text
    with reading():
        opened = db.session.scalars(select(SignInSession)).one()
        assert opened.opened_by == "link"


def test_only_people_of_a_structure_share_a_mailbox(sign_in: SignIn, association: Home, acting_as: ActingAs) -> None:
    data = {"email": association.email(Role.TECHNICIAN), "name": "Autre", "roles": "volunteer", "shared_mailbox": "y"}
    answer = sign_in(Role.ADMINISTRATOR).post("/membres/inviter", data=data)
    assert "Seules des personnes d'une structure" in answer.text.replace("&#39;", "'")
