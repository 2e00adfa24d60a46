"""The host's commands: an association and its first administrator, the list, a link handed over."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from reemploi.commands.associations import associations
from reemploi.commands.demo import demo_when_empty
from reemploi.extensions import db
from reemploi.ground.database import reading
from reemploi.ground.tenancy import across_associations
from reemploi.people.models import Association, Member
from reemploi.roles import Role
from tests.conftest import browser
from tests.people.outbox import last_link
from tests.support.cast import Home
from tests.support.pages import Page

PASSWORD = "une phrase bien à elle"


def command(app: Flask, *words: str, typed: str = "") -> tuple[int, str]:
    answer = app.test_cli_runner().invoke(associations, words, input=typed)
    return answer.exit_code, answer.output


def path_in(output: str) -> str:
    """The path of the link that was printed."""
    found = re.search(r"http://127\.0\.0\.1:8000(/\S+)", output)
    assert found, output
    return found[1]


@pytest.mark.usefixtures("engine")
def test_an_association_opens_with_an_administrator_who_enters_by_the_link(empty_app: Flask) -> None:
    code, output = command(empty_app, "create", typed="Les Ordis d'Essai\nRose Essai\nRose@Essai.Example\n")
    assert code == 0
    path = path_in(output)
    assert path == last_link("rose@essai.example")
    client = browser(empty_app)
    assert client.post(path, data={"password": PASSWORD}).location == "/"
    assert "Administrateur" in Page.of(client.get("/mon-compte")).text
    assert client.get("/membres").status_code == 200
    code, output = command(empty_app, "list")
    assert "Les Ordis d'Essai · 1 membre · ouverte le 23/11/2026" in output


@pytest.mark.parametrize(
    ("name", "email", "sentence"),
    [
        ("Les Ordis du Coin (essai)", "neuf@essai.example", "Une association porte déjà ce nom"),
        ("  ", "neuf@essai.example", "1 à 100 signes"),
        ("Neuve", "neuf@", "n'est pas complète"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(
    app: Flask, association: Home, name: str, email: str, sentence: str
) -> None:
    code, output = command(app, "create", "--name", name, "--admin", "Rose", "--email", email)
    assert code != 0 and sentence in output
    with reading(), across_associations():
        assert len(db.session.scalars(select(Association)).all()) == 2
        assert db.session.scalars(select(Member).where(Member.name == "Rose")).first() is None


def test_a_database_that_holds_the_demonstration_takes_no_real_association(empty_app: Flask) -> None:
    demo_when_empty()
    code, output = command(empty_app, "create", "--name", "Neuve", "--admin", "Rose", "--email", "rose@essai.example")
    assert code != 0 and "démonstration" in output


def test_the_host_hands_over_a_link_to_choose_a_password(app: Flask, association: Home) -> None:
    email = association.email(Role.ADMINISTRATOR)
    code, output = command(app, "link", email.upper())
    assert code == 0
    assert browser(app).post(path_in(output), data={"password": PASSWORD}).location == "/"
    assert browser(app).post("/connexion", data={"email": email, "password": PASSWORD}).location == "/"
    code, output = command(app, "link", "inconnu@essai.example")
    assert code != 0 and "Aucun membre" in output
