"""The administrator's office: the association's data, dated settings, the outbox."""

import pytest
from flask import Flask

from reemploi.config import Mail as Server
from reemploi.extensions import db
from reemploi.ground.database import reading, writing
from reemploi.ground.jobs import MAX_ATTEMPTS, post
from reemploi.ground.models import Mail
from reemploi.ground.settings import SETTINGS, setting
from reemploi.people.models import Association
from reemploi.roles import Role
from tests.conftest import ActingAs, SignIn
from tests.support.cast import Home
from tests.support.clock import Clock
from tests.support.pages import Page

SERVER = Server(host="smtp.example", port=25, security="none", user=None, password=None, sender="a@b.example")


@pytest.mark.usefixtures("engine")
def test_the_associations_own_data(sign_in: SignIn, association: Home, other_association: Home) -> None:
    client = sign_in(Role.ADMINISTRATOR)
    data = {
        "name": "Les Ordis du Coin",
        "siren": "732 829 320",
        "rna": "w 351 000 001",
        "telephone": "02 99 00 00 00",
        "email": "Contact@Essai.Example",
        "address_lines": "1 rue de l'Essai\n35000 Exemple",
        "zone": "Indian/Reunion",
    }
    answer = client.post("/association", data=data, follow_redirects=True)
    assert "sont enregistrées" in Page.of(answer).text
    with reading():
        row = db.session.get_one(Association, association.id)
        kept = (row.name, row.siren, row.rna, row.email, row.zone)
        assert kept == ("Les Ordis du Coin", "732829320", "W351000001", "contact@essai.example", "Indian/Reunion")
        assert db.session.get_one(Association, other_association.id).siren is None
    client.post("/association", data={**data, "siren": "", "rna": ""})
    with reading():
        assert db.session.get_one(Association, association.id).siren is None


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"name": ""}, "Tapez le nom"),
        ({"name": "Recycl'Ouest (essai)"}, "Une association porte déjà ce nom"),
        ({"siren": "732829321"}, "Ce SIREN n'est pas juste"),
        ({"zone": "Mars/Olympus"}, "Choisissez dans la liste"),
        ({"telephone": "x"}, "n'est pas complet"),
    ],
)
def test_data_that_cannot_be_says_why(
    sign_in: SignIn, other_association: Home, data: dict[str, str], sentence: str
) -> None:
    typed = {"name": "Les Ordis", "zone": "Europe/Paris", "address_lines": "1 rue", **data}
    page = Page.of(sign_in(Role.ADMINISTRATOR).post("/association", data=typed))
    assert sentence in page.text
    assert page.form("Enregistrer").fields()["address_lines"] == ["1 rue"]


def in_force(acting_as: ActingAs, name: str) -> object:
    acting = acting_as()
    with reading():
        return setting(name, acting=acting)


@pytest.mark.usefixtures("engine")
def test_a_setting_changes_from_now_on_and_its_history_is_shown(
    sign_in: SignIn, association: Home, acting_as: ActingAs, clock: Clock
) -> None:
    client = sign_in(Role.ADMINISTRATOR)
    shown = Page.of(client.get("/reglages")).form("Enregistrer").fields()
    assert set(SETTINGS) <= set(shown)
    before = clock.now
    clock.move(minutes=1)
    changed = {**shown, "alert_days": "30", "one_person_may_verify": "yes"}
    assert "2 réglages changés" in Page.of(client.post("/reglages", data=changed, follow_redirects=True)).text
    assert (in_force(acting_as, "alert_days"), in_force(acting_as, "one_person_may_verify")) == (30, True)
    with reading():
        assert setting("alert_days", acting=acting_as().at(before)) == SETTINGS["alert_days"].default
    page = Page.of(client.get("/reglages"))
    assert "Camille Administrator" in page.text and page.text.count("Changé une fois") == 2
    clock.move(minutes=1)
    client.post("/reglages", data={**page.form("Enregistrer").fields(), "alert_days": "21"})
    assert "Changé 2 fois" in Page.of(client.get("/reglages")).text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("0", "entre 1 et 365"), ("366", "entre 1 et 365"), ("", "Remplissez ce champ"), ("trente", "en chiffres")],
)
def test_a_setting_out_of_its_bounds_changes_nothing(
    sign_in: SignIn, acting_as: ActingAs, typed: str, sentence: str
) -> None:
    client = sign_in(Role.ADMINISTRATOR)
    shown = Page.of(client.get("/reglages")).form("Enregistrer").fields()
    answer = client.post("/reglages", data={**shown, "alert_days": typed, "one_person_may_verify": "yes"})
    assert sentence in Page.of(answer).text
    assert in_force(acting_as, "one_person_may_verify") is False


def test_the_settings_of_the_neighbour_are_its_own(
    sign_in: SignIn, other_association: Home, acting_as: ActingAs
) -> None:
    client = sign_in(Role.ADMINISTRATOR)
    shown = Page.of(client.get("/reglages")).form("Enregistrer").fields()
    client.post("/reglages", data={**shown, "alert_days": "30"})
    acting = acting_as(association=other_association)
    with reading():
        assert setting("alert_days", acting=acting) == SETTINGS["alert_days"].default


def write_mails(acting_as: ActingAs, clock: Clock) -> None:
    acting = acting_as()
    with writing():
        sent = post("a@essai.example", "Un rappel", "Déjà parti", acting=acting)
        sent.sent_at = clock.now
        failed = post("b@essai.example", "Un autre rappel", "Jamais arrivé", acting=acting)
        failed.attempts, failed.failure = MAX_ATTEMPTS, "Le serveur d'envoi refuse ce courriel ou cette adresse."
        post(
            "c@essai.example", "Une <invitation>", "Voici :\nhttp://127.0.0.1:8000/lien/abc\n<b>fin</b>", acting=acting
        )


def test_without_a_mail_server_the_outbox_shows_texts_with_working_links(
    sign_in: SignIn, acting_as: ActingAs, clock: Clock
) -> None:
    write_mails(acting_as, clock)
    page = Page.of(sign_in(Role.ADMINISTRATOR).get("/boite-d-envoi"))
    assert "Aucun serveur d'envoi n'est réglé" in page.text
    assert page.links()["http://127.0.0.1:8000/lien/abc"] == "http://127.0.0.1:8000/lien/abc"
    assert "<b>fin</b>" in page.text and "c@essai.example" in page.text
    assert page.text.index("Une <invitation>") < page.text.index("Un rappel"), "newest first"


def test_in_production_with_a_mail_server_only_counts_and_failures_are_shown(
    app: Flask, sign_in: SignIn, acting_as: ActingAs, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_mails(acting_as, clock)
    settings = app.extensions["settings"]
    production = type("Set", (), {**vars(settings), "mail": SERVER, "mode": "production"})
    monkeypatch.setitem(app.extensions, "settings", production)
    page = Page.of(sign_in(Role.ADMINISTRATOR).get("/boite-d-envoi"))
    assert "Un autre rappel" in page.text and "refuse ce courriel" in page.text
    for hidden in ("essai.example", "Jamais arrivé", "abc", "Un rappel", "invitation"):
        assert hidden not in page.text.replace("Un autre rappel", "")


def test_the_outbox_goes_on_page_by_page(sign_in: SignIn, acting_as: ActingAs) -> None:
    acting = acting_as()
    with writing():
        for number in range(45):
            post("a@essai.example", f"Rappel {number:02d}", "x", acting=acting)
    client = sign_in(Role.ADMINISTRATOR)
    page, seen = Page.of(client.get("/boite-d-envoi")), []
    while True:
        seen += [one for one in page.text.split() if one.isdigit() and len(one) == 2 and f"Rappel {one}" in page.text]
        following = [link for link, words in page.links().items() if words == "Plus anciens"]
        if not following:
            break
        page = Page.of(client.get(following[0]))
    assert {f"{number:02d}" for number in range(45)} <= set(seen)


def test_the_outbox_of_the_neighbour_stays_closed(
    sign_in: SignIn, other_association: Home, acting_as: ActingAs
) -> None:
    acting = acting_as(association=other_association)
    with writing():
        post("voisin@essai.example", "Chez le voisin", "x", acting=acting)
    acting_as()
    with reading():
        assert db.session.query(Mail).count() == 0
    assert "Chez le voisin" not in sign_in(Role.ADMINISTRATOR).get("/boite-d-envoi").text
