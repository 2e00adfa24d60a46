"""The door: who enters, at what pace, and what a closed session says."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import func, select

from reemploi.extensions import db
from reemploi.ground.database import reading, writing
from reemploi.ground.tenancy import within
from reemploi.people import demonstration, passwords
from reemploi.people.actions import close_account, end_membership, grant_role, withdraw_role
from reemploi.people.models import Account, Association, Member, SignInSession
from reemploi.roles import Role
from tests.conftest import ActingAs, SignIn, browser
from tests.support.cast import PASSWORD, Home
from tests.support.clock import Clock
from tests.support.inspecting import InspectingClient
from tests.support.pages import Page


def try_to_enter(client: InspectingClient, email: str, password: str, address: str = "/connexion") -> str:
    answer = client.post(address, data={"email": email, "password": password})
    return answer.location if answer.status_code == 302 else Page.of(answer).text


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every hash the service verified."""
    verified: list[str] = []

    class Counting:
        def verify(self, stored: str, password: str) -> bool:
            verified.append(stored)
            return bool(real.verify(stored, password))

        def hash(self, password: str) -> str:
            return str(real.hash(password))

    real = passwords.HASHER
    monkeypatch.setattr(passwords, "HASHER", Counting())
    yield verified


@pytest.mark.usefixtures("engine")
def test_a_member_enters_and_goes_where_they_were_going(client: InspectingClient, association: Home) -> None:
    email = association.email(Role.TECHNICIAN)
    assert try_to_enter(client, f" {email.upper()} ", PASSWORD, "/connexion?next=/appareils/") == "/appareils/"
    assert "Se déconnecter" in Page.of(client.get("/")).text


@pytest.mark.parametrize("target", ["https://ailleurs.example/", "//ailleurs.example", "/\\ailleurs.example", "\x00"])
def test_the_door_leads_nowhere_else(client: InspectingClient, association: Home, target: str) -> None:
    answer = client.post(
        "/connexion",
        query_string={"next": target},
        data={"email": association.email(Role.TECHNICIAN), "password": PASSWORD},
    )
    assert answer.location == "/"


def test_unknown_wrong_closed_and_gone_get_the_same_answer_at_the_same_cost(
    client: InspectingClient, association: Home, acting_as: ActingAs, checks: list[str]
) -> None:
    acting = acting_as(Role.ADMINISTRATOR)
    with writing():
        end_membership(db.session.get_one(Member, association.members[Role.TRAINEE]), acting=acting)
        close_account(db.session.get_one(Member, association.members[Role.DIRECTOR]).account, acting=acting)
        member = db.session.get_one(Member, association.members[Role.MEDIATOR])
        withdraw_role(member, Role.MEDIATOR, acting=acting)
        member.account.password_hash = passwords.hash_password("autre chose que prévu")
    people = ["inconnu@ailleurs.example", *map(association.email, (Role.TRAINEE, Role.DIRECTOR, Role.VOLUNTEER))]
    answers = {try_to_enter(client, email, "un mot de passe faux").replace(email, "…") for email in people}
    assert len(checks) == len(people)
    assert len(answers) == 1 and "Adresse ou mot de passe inconnu" in answers.pop()
    assert "inconnu" in try_to_enter(client, association.email(Role.MEDIATOR), "autre chose que prévu")


def test_eight_wrong_tries_close_the_account_for_a_quarter_of_an_hour(
    client: InspectingClient, association: Home, clock: Clock, checks: list[str]
) -> None:
    email = association.email(Role.TECHNICIAN)
    for _ in range(8):
        try_to_enter(client, email, "faux")
    assert "Trop d'essais" in try_to_enter(client, email, PASSWORD)
    assert len(checks) == 8, "a closed account is not even tried"
    assert try_to_enter(browser(client.application), association.email(Role.STOREKEEPER), PASSWORD) == "/"
    clock.move(minutes=15, seconds=1)
    assert try_to_enter(client, email, PASSWORD) == "/"


def test_a_success_forgets_the_failures_of_the_account(client: InspectingClient, association: Home) -> None:
    email = association.email(Role.TECHNICIAN)
    for _ in range(3):
        for _ in range(7):
            try_to_enter(browser(client.application), email, "faux")
        assert try_to_enter(browser(client.application), email, PASSWORD) == "/"


def test_one_source_tries_forty_times_whatever_the_address(client: InspectingClient, association: Home) -> None:
    for number in range(40):
        try_to_enter(client, f"personne{number}@ailleurs.example", "faux")
    assert "Trop d'essais" in try_to_enter(client, association.email(Role.TECHNICIAN), PASSWORD)


def test_an_idle_session_ends_and_the_door_says_why(sign_in: SignIn, clock: Clock) -> None:
    client = sign_in(Role.TECHNICIAN)
    clock.move(minutes=59)
    assert client.get("/appareils/").status_code == 200
    clock.move(minutes=60)
    answer = client.get("/appareils/", follow_redirects=True)
    assert "déconnecté après 60 minutes sans activité" in Page.of(answer).text
    assert "/connexion?next=/appareils/" in answer.request.url


def test_signing_out_ends_the_session_for_a_stolen_cookie_too(sign_in: SignIn) -> None:
    client = sign_in(Role.TECHNICIAN)
    with client.session_transaction() as session:
        stolen = session["_user_id"]
    answer = client.post("/deconnexion")
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert "sans activité" not in Page.of(client.get("/connexion")).text
    thief = browser(client.application)
    with thief.session_transaction() as session:
        session["_user_id"] = stolen
    assert thief.get("/appareils/").status_code == 302
    assert "fermée depuis un autre appareil" in Page.of(thief.get("/connexion")).text


def test_the_language_chosen_by_hand_is_remembered_with_the_account(
    client: InspectingClient, association: Home
) -> None:
    email = association.email(Role.TECHNICIAN)
    client.post("/langue", data={"language": "en", "next": "/connexion"})
    try_to_enter(client, email, PASSWORD)
    other = browser(client.application)
    assert 'lang="fr"' in other.get("/connexion").text
    try_to_enter(other, email, PASSWORD)
    assert 'lang="en"' in other.get("/").text
    other.post("/langue", data={"language": "fr", "next": "/"})
    with reading():
        assert db.session.scalars(select(Account.language).where(Account.email == email)).one() == "fr"


def member_of_both(association: Home, other: Home, acting_as: ActingAs) -> str:
    """The technician of the first is also a volunteer of the second."""
    email = association.email(Role.TECHNICIAN)
    acting = acting_as(association=other)
    with writing():
        account = db.session.scalars(select(Account).where(Account.email == email)).one()
        row = Member(association_id=other.id, account_id=account.id, name="Camille", joined_at=acting.now)
        db.session.add(row)
        db.session.flush()
        grant_role(row, Role.VOLUNTEER, acting=acting)
    acting_as(association=association)
    return email


@pytest.mark.usefixtures("engine")
def test_who_belongs_to_two_associations_chooses_then_switches(
    client: InspectingClient, association: Home, other_association: Home, acting_as: ActingAs
) -> None:
    email = member_of_both(association, other_association, acting_as)
    assert try_to_enter(client, email, PASSWORD, "/connexion?next=/mon-compte") == "/connexion/choix?next=/mon-compte"
    assert client.get("/mon-compte").status_code == 302, "nobody is signed in before the choice"
    page = Page.of(client.get("/connexion/choix?next=/mon-compte"))
    assert association.name in page.text and other_association.name in page.text
    second = page.forms()[-1]
    answer = client.post(second.action, data={"member": second.fields()["member"][0]})
    assert answer.location == "/mon-compte"
    page = Page.of(client.get("/mon-compte"))
    assert f"Mon compte {other_association.name}" in page.text
    back = page.form("/mon-compte/association")
    client.post(back.action, data={"member": back.fields()["member"][0]})
    assert f"Mon compte {association.name}" in Page.of(client.get("/mon-compte")).text
    with reading():
        alive = select(func.count()).where(SignInSession.ended_at.is_(None))
        assert db.session.scalar(alive) == 1, "the session left behind is ended"


def test_the_choice_lasts_ten_minutes_and_offers_ones_own_doors_only(
    client: InspectingClient, association: Home, other_association: Home, acting_as: ActingAs, clock: Clock
) -> None:
    email = member_of_both(association, other_association, acting_as)
    try_to_enter(client, email, PASSWORD)
    with reading(), within(association.id):
        stranger = db.session.get_one(Member, association.members[Role.COORDINATOR]).address
    assert client.post("/connexion/choix", data={"member": stranger}).status_code == 200
    clock.move(minutes=10)
    assert client.get("/connexion/choix").location.startswith("/connexion")


def test_the_demonstration_shows_a_sign_in_for_every_role_and_each_works(
    app: Flask, client: InspectingClient, association: Home, acting_as: ActingAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert demonstration.demo_people() == []
    with writing():
        db.session.get_one(Association, association.id).is_demo = True
        member = db.session.get_one(Member, association.members[Role.TECHNICIAN])
        member.account.email = f"technicien{demonstration.DOMAIN}"
        member.account.password_hash = passwords.hash_password(demonstration.PASSWORD)
    assert "Essayer la démonstration" not in Page.of(client.get("/connexion")).text, "this is not the demo mode"
    settings = app.extensions["settings"]
    monkeypatch.setitem(app.extensions, "settings", type("Demo", (), {**vars(settings), "mode": "demo"}))
    page = Page.of(client.get("/connexion"))
    assert demonstration.PASSWORD in page.text
    form = page.form("Entrer comme Camille Technician")
    answer = client.post(form.action, data={name: values[0] for name, values in form.fields().items()})
    assert answer.location == "/"
