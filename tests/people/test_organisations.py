"""Organisations: each once, by name and by SIRET; their qualities; archived ones."""

import pytest
from sqlalchemy import select

from reemploi.errors import NotAllowed, Refused
from reemploi.extensions import db
from reemploi.ground.database import reading, writing
from reemploi.people.actions import add_organisation, archive_organisation, describe_organisation
from reemploi.people.models import Organisation
from reemploi.people.queries import donors, organisations_of
from reemploi.roles import Role
from tests.conftest import ActingAs, SignIn
from tests.support.cast import Home
from tests.support.inspecting import InspectingClient
from tests.support.pages import Page

SIRET, OTHER_SIRET = "73282932000074", "35600000000048"
NEW = {"name": "Mairie d'Exemple", "kind": "public_body", "qualities": ["donor", "funder"]}


def create(client: InspectingClient, **data: object) -> Page:
    return Page.of(client.post("/organismes/nouveau", data={**NEW, **data}, follow_redirects=True))


def names(*qualities: str) -> list[str]:
    with reading():
        return [row.name for row in organisations_of(*qualities)]


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.COORDINATOR])
def test_an_organisation_is_entered_once_with_all_it_is(sign_in: SignIn, association: Home, role: Role) -> None:
    client = sign_in(role)
    page = create(client, siret="732 829 320 00074", telephone="02 99 00 00 00", email="Dons@Mairie.Example")
    assert page.title == "Mairie d'Exemple"
    assert SIRET in page.text and "dons@mairie.example" in page.text and "Donateur, Financeur" in page.text
    assert "Mairie d'Exemple" in names("donor") and "Mairie d'Exemple" in names("funder")
    assert "Mairie d'Exemple" not in names("structure")
    assert "Mairie d'Exemple" in Page.of(client.get("/organismes?quality=funder")).text
    assert "Mairie d'Exemple" not in Page.of(client.get("/organismes?quality=partner")).text


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"name": ""}, "Tapez le nom"),
        ({"kind": ""}, "Choisissez le type"),
        ({"kind": "empire"}, "Choisissez dans la liste"),
        ({"qualities": []}, "Cochez au moins une qualité"),
        ({"siret": "73282932000075"}, "Ce SIRET n'est pas juste"),
        ({"siret": "12"}, "Ce SIRET n'est pas juste"),
        ({"rna": "123"}, "Un numéro RNA est un W suivi de 9 chiffres"),
        ({"telephone": "appelez-moi"}, "Ce numéro de téléphone n'est pas complet"),
        ({"email": "dons"}, "Cette adresse n'est pas complète"),
    ],
)
def test_what_is_not_right_says_so_and_keeps_what_was_typed(
    sign_in: SignIn, data: dict[str, object], sentence: str
) -> None:
    page = create(sign_in(Role.COORDINATOR), contact="L'accueil", **data)
    assert sentence in page.text
    assert page.form("Enregistrer").fields()["contact"] == ["L'accueil"]


def test_a_siret_belongs_to_one_organisation(sign_in: SignIn) -> None:
    client = sign_in(Role.COORDINATOR)
    create(client, siret=SIRET)
    page = create(client, name="Un tout autre nom", siret=SIRET)
    assert "Ce SIRET est celui de « Mairie d'Exemple »" in page.text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    "name", ["mairie d exemple", "MAIRIE  D'EXEMPLE", "Exemple (mairie)", "Mairie de l'Exemple", "Maïrie d’Exemple"]
)
def test_a_name_alike_is_recognised_and_may_be_confirmed(sign_in: SignIn, name: str) -> None:
    client = sign_in(Role.COORDINATOR)
    create(client)
    page = create(client, name=name)
    assert "Ce nom ressemble à « Mairie d'Exemple »" in page.text.replace("\u00a0", " ")
    assert page.form("Enregistrer").fields()["name"] == [" ".join(name.split())]
    assert create(client, name=name, is_another="y").title == " ".join(name.split())


def test_the_same_name_is_never_entered_twice(sign_in: SignIn) -> None:
    client = sign_in(Role.COORDINATOR)
    create(client)
    assert "existe déjà" in create(client, is_another="y").text


@pytest.mark.usefixtures("engine")
def test_an_organisation_is_changed_and_archived(sign_in: SignIn, association: Home) -> None:
    client = sign_in(Role.COORDINATOR)
    with reading():
        where = f"/organismes/{db.session.get_one(Organisation, association.donor_id).address}"
    shown = Page.of(client.get(f"{where}/modifier")).form("Enregistrer").fields()
    assert shown["name"] == ["Papeterie Aubin"] and shown["qualities"] == ["donor"]
    data = {**shown, "name": "Papeterie Aubin et fille", "qualities": ["donor", "partner"], "siret": OTHER_SIRET}
    page = Page.of(client.post(f"{where}/modifier", data=data, follow_redirects=True))
    assert page.title == "Papeterie Aubin et fille" and "Donateur, Partenaire" in page.text
    client.post(f"{where}/archiver")
    with reading():
        assert [row.id for row in donors()] == []
    assert "Papeterie Aubin" not in Page.of(client.get("/organismes")).text
    assert "Papeterie Aubin" in Page.of(client.get("/organismes?archived=1")).text
    client.post(f"{where}/archiver")
    with reading():
        assert [row.id for row in donors()] == [association.donor_id]


def test_a_quality_that_members_need_is_kept(association: Home, acting_as: ActingAs) -> None:
    acting = acting_as(Role.COORDINATOR)
    with pytest.raises(Refused, match="gardez la qualité « Structure prescriptrice »"), writing():
        row = db.session.get_one(Organisation, association.structure_id)
        describe_organisation(row, acting=acting, name=row.name, kind=row.kind, is_structure=False, is_partner=True)


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.ADMINISTRATOR, Role.COORDINATOR)])
def test_nobody_else_changes_an_organisation(association: Home, acting_as: ActingAs, role: Role) -> None:
    acting = acting_as(role)
    with pytest.raises(NotAllowed), writing():
        archive_organisation(db.session.get_one(Organisation, association.donor_id), acting=acting, archived=True)


@pytest.mark.parametrize("words", ["papeterie", "AUBIN", "aub pap", "732 829 320"])
def test_an_organisation_is_found_by_name_or_siret(
    sign_in: SignIn, association: Home, acting_as: ActingAs, words: str
) -> None:
    with writing():
        db.session.get_one(Organisation, association.donor_id).siret = SIRET
    answer = sign_in(Role.COORDINATOR).post("/organismes/recherche", data={"q": words})
    assert "Papeterie Aubin" in Page.of(answer).text
    assert "Centre social" not in Page.of(answer).text
    assert "?" not in answer.request.url


def test_two_associations_may_know_the_same_organisation(
    association: Home, other_association: Home, acting_as: ActingAs
) -> None:
    for home in (association, other_association):
        acting = acting_as(Role.COORDINATOR, association=home)
        with writing():
            add_organisation(acting=acting, name="Commune", kind="other", siret=SIRET, is_donor=True)
    with reading():
        assert len(db.session.scalars(select(Organisation).where(Organisation.siret == SIRET)).all()) == 1
