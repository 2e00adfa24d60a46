"""One's own account: name, password, the browsers one is signed in with."""

import pytest
from sqlalchemy import select

from reemploi.extensions import db
from reemploi.ground.database import reading, writing
from reemploi.people.browsers import browser_name
from reemploi.people.models import Account, Member
from reemploi.roles import Role
from tests.conftest import SignIn, browser
from tests.people.outbox import mails_to
from tests.support.cast import PASSWORD, Home
from tests.support.clock import Clock
from tests.support.inspecting import InspectingClient
from tests.support.pages import Page

OTHER_PASSWORD = "une autre phrase bien à moi"
FIREFOX = "Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"


def enter(app_client: InspectingClient, email: str, user_agent: str = "") -> InspectingClient:
    """A browser of its own, signed in through the door."""
    client = browser(app_client.application)
    headers = {"User-Agent": user_agent}
    assert client.post("/connexion", data={"email": email, "password": PASSWORD}, headers=headers).location == "/"
    return client


def is_in(client: InspectingClient) -> bool:
    return client.get("/mon-compte").status_code == 200


@pytest.mark.usefixtures("engine")
def test_my_browsers_are_listed_and_closed_one_by_one_or_all_but_this_one(
    client: InspectingClient, association: Home, clock: Clock
) -> None:
    email = association.email(Role.TECHNICIAN)
    here, phone, old = enter(client, email), enter(client, email, FIREFOX), enter(client, email)
    stranger = enter(client, association.email(Role.VOLUNTEER))
    clock.move(minutes=2)
    page = Page.of(here.get("/mon-compte"))
    assert "Firefox · Android" in page.text and page.text.count("celui-ci") == 1
    forms = [form for form in page.forms() if form.action.endswith("/appareils/fermer")]
    assert len(forms) == 2, "the two others, not this one, nobody else's"
    by_phone = next(form for form in forms if "Firefox" in "".join(page.within(form.element, "tr").itertext()))
    here.post(by_phone.action, data={"browser": by_phone.fields()["browser"][0]})
    assert (is_in(here), is_in(phone), is_in(old)) == (True, False, True)
    here.post("/mon-compte/appareils/fermer-les-autres")
    assert (is_in(here), is_in(old), is_in(stranger)) == (True, False, True)


def test_nobody_closes_somebody_elses_browser(client: InspectingClient, association: Home) -> None:
    mine = enter(client, association.email(Role.TECHNICIAN))
    enter(client, association.email(Role.TECHNICIAN))
    form = next(f for f in Page.of(mine.get("/mon-compte")).forms() if f.action.endswith("/appareils/fermer"))
    thief = enter(client, association.email(Role.VOLUNTEER))
    answer = thief.post("/mon-compte/appareils/fermer", data={"browser": form.fields()["browser"][0]})
    assert answer.status_code == 404
    assert "celui-ci" in mine.get("/mon-compte").text


@pytest.mark.usefixtures("engine")
def test_changing_ones_password_asks_for_the_current_one_and_ends_the_others(
    client: InspectingClient, association: Home
) -> None:
    email = association.email(Role.TECHNICIAN)
    here, elsewhere = enter(client, email), enter(client, email)
    wrong = here.post("/mon-compte/mot-de-passe", data={"current": "faux", "password": OTHER_PASSWORD})
    assert "n'est pas celui-là" in Page.of(wrong).text
    answer = here.post("/mon-compte/mot-de-passe", data={"current": PASSWORD, "password": OTHER_PASSWORD})
    assert answer.location == "/mon-compte"
    assert (is_in(here), is_in(elsewhere)) == (True, False)
    assert mails_to(email)[-1].subject == "Votre mot de passe a changé"
    assert client.post("/connexion", data={"email": email, "password": OTHER_PASSWORD}).location == "/"


def test_the_current_password_is_not_to_be_guessed(client: InspectingClient, association: Home) -> None:
    here = enter(client, association.email(Role.TECHNICIAN))
    for _ in range(8):
        here.post("/mon-compte/mot-de-passe", data={"current": "faux", "password": OTHER_PASSWORD})
    answer = here.post("/mon-compte/mot-de-passe", data={"current": PASSWORD, "password": OTHER_PASSWORD})
    assert "Trop d'essais" in Page.of(answer).text


def test_a_demonstration_account_keeps_its_password(sign_in: SignIn, association: Home) -> None:
    with writing():
        db.session.get_one(Member, association.members[Role.TECHNICIAN]).account.email = "technicien@demo.example"
    data = {"current": PASSWORD, "password": OTHER_PASSWORD}
    answer = sign_in(Role.TECHNICIAN).post("/mon-compte/mot-de-passe", data=data)
    assert "gardent leur mot de passe" in Page.of(answer).text


def test_who_enters_by_link_has_no_password_to_change(sign_in: SignIn, association: Home) -> None:
    with writing():
        account = select(Account).where(Account.email == association.email(Role.PRESCRIBER))
        db.session.scalars(account).one().password_hash = None
    page = Page.of(sign_in(Role.PRESCRIBER).get("/mon-compte"))
    assert "vous entrez par un lien" in page.text
    assert "/mon-compte/mot-de-passe" not in page.links()


def test_i_change_the_name_others_read(sign_in: SignIn, association: Home) -> None:
    client = sign_in(Role.TECHNICIAN)
    client.post("/mon-compte/nom", data={"name": "  Zoé   Martin "})
    assert "Zoé Martin" in Page.of(client.get("/mon-compte")).text
    with reading():
        assert db.session.get_one(Member, association.members[Role.TECHNICIAN]).folded == "martin zoe"
    assert "Tapez votre nom" in Page.of(client.post("/mon-compte/nom", data={"name": " "})).text


def test_last_seen_is_kept_when_the_session_is_long_gone(
    client: InspectingClient, association: Home, clock: Clock
) -> None:
    here = enter(client, association.email(Role.TECHNICIAN))
    clock.move(minutes=5)
    here.get("/mon-compte")
    with reading():
        assert db.session.get_one(Member, association.members[Role.TECHNICIAN]).seen_at == clock.now


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (FIREFOX, "Firefox · Android"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari · iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/142.0.0.0 Safari/537.36 Edg/142.0", "Edge · Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/142.0.0.0 Safari/537.36", "Chrome · Linux"),
        ("curl/8", ""),
        ("x" * 100_000, ""),
    ],
)
def test_a_browser_is_named_in_two_words(user_agent: str, name: str) -> None:
    assert browser_name(user_agent) == name
