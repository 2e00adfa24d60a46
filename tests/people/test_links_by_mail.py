"""Links by mail: one-time sign-in, invitation, new password; looking uses nothing up, pressing does, once."""

import pytest
from sqlalchemy import func, select

from reemploi.extensions import db
from reemploi.ground.crypto import secret_digest
from reemploi.ground.database import reading, writing
from reemploi.people.actions import grant_role
from reemploi.people.models import Account, Member, SignedLink, SignInSession
from reemploi.roles import Role
from tests.conftest import ActingAs, SignIn, browser
from tests.people.outbox import ask, invite, last_link, link_in, mails_to
from tests.support.cast import PASSWORD, Home
from tests.support.clock import Clock
from tests.support.inspecting import InspectingClient
from tests.support.pages import Page

ONE_TIME, NEW_PASSWORD = "/connexion/lien", "/connexion/mot-de-passe"
OTHER_PASSWORD = "une autre phrase bien à moi"


@pytest.mark.parametrize("page", [ONE_TIME, NEW_PASSWORD])
def test_the_answer_is_the_same_whether_or_not_the_address_is_known(
    client: InspectingClient, association: Home, page: str
) -> None:
    emails = [association.email(role) for role in (Role.PRESCRIBER, Role.COORDINATOR)] + ["inconnu@ailleurs.example"]
    assert len({ask(browser(client.application), page, email) for email in emails}) == 1
    assert mails_to("inconnu@ailleurs.example") == []


@pytest.mark.usefixtures("engine")
def test_a_prescriber_enters_by_a_link_that_serves_once(client: InspectingClient, association: Home) -> None:
    email = association.email(Role.PRESCRIBER)
    ask(client, ONE_TIME, email)
    (mail,) = mails_to(email)
    path = link_in(mail)
    for _ in range(3):
        assert "Entrer dans Réemploi" in Page.of(browser(client.application).get(path)).text, "a scanner only looks"
    assert client.post(path).location == "/"
    assert client.get("/mon-compte").status_code == 200
    again = browser(client.application)
    assert again.post(path).status_code == again.get(path).status_code == 410


def test_a_link_lasts_fifteen_minutes(client: InspectingClient, association: Home, clock: Clock) -> None:
    email = association.email(Role.REFERENT)
    ask(client, ONE_TIME, email)
    clock.move(minutes=14, seconds=59)
    assert client.get(last_link(email)).status_code == 200
    clock.move(seconds=1)
    answer = client.post(last_link(email))
    assert answer.status_code == 410
    assert "Demandez-en un autre" in Page.of(answer).text


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.PRESCRIBER, Role.REFERENT)])
def test_a_link_alone_opens_no_other_role(client: InspectingClient, association: Home, role: Role) -> None:
    ask(client, ONE_TIME, association.email(role))
    assert mails_to(association.email(role)) == []


def test_a_prescriber_who_got_another_role_meanwhile_does_not_enter_by_link(
    client: InspectingClient, association: Home, acting_as: ActingAs
) -> None:
    email = association.email(Role.PRESCRIBER)
    ask(client, ONE_TIME, email)
    acting = acting_as()
    with writing():
        member = db.session.get_one(Member, association.members[Role.PRESCRIBER])
        grant_role(member, Role.COORDINATOR, acting=acting)
    answer = client.post(last_link(email))
    assert answer.status_code == 422
    assert client.get("/mon-compte").status_code == 302


def test_a_session_opened_by_link_ends_when_its_member_gets_another_role(
    client: InspectingClient, association: Home, acting_as: ActingAs
) -> None:
    email = association.email(Role.PRESCRIBER)
    ask(client, ONE_TIME, email)
    client.post(last_link(email))
    assert client.get("/mon-compte").status_code == 200
    acting = acting_as()
    with writing():
        grant_role(db.session.get_one(Member, association.members[Role.PRESCRIBER]), Role.COORDINATOR, acting=acting)
    assert client.get("/mon-compte").status_code == 302


def test_three_links_a_quarter_of_an_hour_for_an_address_and_twenty_for_a_source(
    client: InspectingClient, association: Home, clock: Clock
) -> None:
    email = association.email(Role.PRESCRIBER)
    answers = {ask(client, ONE_TIME, email) for _ in range(5)}
    assert len(answers) == 1
    assert len(mails_to(email)) == 3
    for number in range(15):
        ask(client, ONE_TIME, f"personne{number}@ailleurs.example")
    assert "Trop de demandes" in ask(client, ONE_TIME, association.email(Role.REFERENT))
    clock.move(minutes=16)
    ask(client, ONE_TIME, email)
    assert len(mails_to(email)) == 4


def test_the_secret_is_stored_as_a_keyed_digest_alone(client: InspectingClient, association: Home) -> None:
    email = association.email(Role.PRESCRIBER)
    ask(client, ONE_TIME, email)
    secret = last_link(email).rpartition("/")[2]
    with reading():
        (link,) = db.session.scalars(select(SignedLink))
        assert link.digest == secret_digest(secret)
        assert secret not in str({column.name: getattr(link, column.name) for column in SignedLink.__table__.columns})
    assert secret.encode() not in mails_to(email)[-1].text_sealed


@pytest.mark.usefixtures("engine")
def test_a_new_password_ends_every_other_session_and_link(
    client: InspectingClient, association: Home, sign_in: SignIn
) -> None:
    email = association.email(Role.TECHNICIAN)
    elsewhere = sign_in(Role.TECHNICIAN)
    ask(client, NEW_PASSWORD, email)
    ask(client, NEW_PASSWORD, email)
    first, second = (link_in(mail) for mail in mails_to(email))
    answer = client.post(second, data={"password": OTHER_PASSWORD})
    assert answer.location == "/"
    assert client.get("/appareils/").status_code == 200
    assert elsewhere.get("/appareils/").status_code == 302
    assert browser(client.application).get(first).status_code == 410
    entered = browser(client.application).post("/connexion", data={"email": email, "password": PASSWORD})
    assert entered.status_code == 422
    assert (
        browser(client.application).post("/connexion", data={"email": email, "password": OTHER_PASSWORD}).location
        == "/"
    )


def test_a_new_password_is_chosen_within_the_hour(client: InspectingClient, association: Home, clock: Clock) -> None:
    email = association.email(Role.TECHNICIAN)
    ask(client, NEW_PASSWORD, email)
    clock.move(hours=1)
    assert client.post(last_link(email), data={"password": OTHER_PASSWORD}).status_code == 410


@pytest.mark.parametrize(
    ("password", "sentence"),
    [("", "Tapez un mot de passe"), ("court", "12 signes au moins"), ("motdepasse2026", "les plus courants")],
)
def test_a_poor_password_is_refused_and_the_link_still_serves(
    client: InspectingClient, association: Home, password: str, sentence: str
) -> None:
    email = association.email(Role.TECHNICIAN)
    ask(client, NEW_PASSWORD, email)
    answer = client.post(last_link(email), data={"password": password})
    assert sentence in Page.of(answer).text
    assert client.post(last_link(email), data={"password": OTHER_PASSWORD}).location == "/"


def test_mails_go_out_in_the_readers_language(client: InspectingClient, association: Home) -> None:
    email = association.email(Role.PRESCRIBER)
    with writing():
        db.session.scalars(select(Account).where(Account.email == email)).one().language = "en"
    ask(client, ONE_TIME, email)
    assert mails_to(email)[-1].subject == "Your sign-in link"


def test_no_subject_names_anybody(client: InspectingClient, association: Home, acting_as: ActingAs) -> None:
    invite(acting_as, "gaelle@essai.example", Role.COORDINATOR)
    ask(client, NEW_PASSWORD, association.email(Role.DIRECTOR))
    ask(client, ONE_TIME, association.email(Role.REFERENT))
    with reading():
        names = set(db.session.scalars(select(Member.name)))
    people = ["gaelle@essai.example", *map(association.email, (Role.REFERENT, Role.DIRECTOR))]
    subjects = [mail.subject for email in people for mail in mails_to(email)]
    assert len(subjects) == 4
    assert not [one for one in subjects for name in names if set(name.split()) & set(one.split())]
    assert not [one for one in subjects if "@" in one or association.name in one]


def test_two_presses_open_one_session(client: InspectingClient, association: Home) -> None:
    email = association.email(Role.PRESCRIBER)
    ask(client, ONE_TIME, email)
    answers = [browser(client.application).post(last_link(email)).status_code for _ in range(2)]
    assert answers == [302, 410]
    with reading():
        assert db.session.scalar(select(func.count()).select_from(SignInSession)) == 1
