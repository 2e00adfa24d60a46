"""Sites and places: added, renamed, archived; each place has a number to print."""

import pytest
from sqlalchemy import select

from reemploi.errors import NotAllowed
from reemploi.extensions import db
from reemploi.ground.database import reading, writing
from reemploi.ground.numbering import Family, is_tag
from reemploi.people.actions import add_place, add_site
from reemploi.people.models import Place, Site
from reemploi.people.queries import places, sites
from reemploi.roles import Role
from tests.conftest import ActingAs, SignIn
from tests.support.cast import Home
from tests.support.pages import Page


def site_page(association: Home) -> str:
    with reading():
        return f"/sites/{db.session.get_one(Site, association.site_id).address}"


@pytest.mark.usefixtures("engine")
def test_a_site_gets_its_places_one_after_another(sign_in: SignIn, association: Home) -> None:
    client = sign_in(Role.ADMINISTRATOR)
    data = {"name": "Annexe", "municipality_code": "2a004", "postal_address": "1 rue\nExemple"}
    page = Page.of(client.post("/sites/nouveau", data=data, follow_redirects=True))
    assert page.title == "Ajouter un emplacement" and "Annexe" in page.text
    where = page.form("Ajouter").action or page_of(client, "Annexe")
    for name in ("Étagère 1", "Étagère 2"):
        assert "Le suivant" in Page.of(client.post(where, data={"name": name}, follow_redirects=True)).text
    with reading():
        added = [place for place in places() if place.site.name == "Annexe"]
        assert [place.name for place in added] == ["Étagère 1", "Étagère 2"]
        assert all(is_tag(place.tag) and place.tag[0] == str(Family.PLACE.value) for place in added)
        assert db.session.scalars(select(Site).where(Site.name == "Annexe")).one().municipality_code == "2A004"
    assert "Étagère 2" in Page.of(client.get("/sites")).text


def page_of(client: object, name: str) -> str:
    with reading():
        found = db.session.scalars(select(Site).where(Site.name == name)).one()
    return f"/sites/{found.address}/emplacements/nouveau"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"name": ""}, "Tapez le nom du site"),
        ({"name": "Atelier de la gare"}, "existe déjà"),
        ({"name": "Annexe", "municipality_code": "3523"}, "Un code INSEE a 5 signes"),
        ({"name": "Annexe", "municipality_code": "ABCDE"}, "Un code INSEE a 5 signes"),
    ],
)
def test_a_site_that_cannot_be_says_why(
    sign_in: SignIn, association: Home, data: dict[str, str], sentence: str
) -> None:
    page = Page.of(sign_in(Role.ADMINISTRATOR).post("/sites/nouveau", data={"opening_hours": "Mardi", **data}))
    assert sentence in page.text
    assert page.form("Enregistrer").fields()["opening_hours"] == ["Mardi"]


def test_a_place_has_one_name_on_its_site_and_the_same_on_another(
    sign_in: SignIn, association: Home, acting_as: ActingAs
) -> None:
    client = sign_in(Role.STOREKEEPER)
    page = Page.of(client.post(f"{site_page(association)}/emplacements/nouveau", data={"name": "Étagère A"}))
    assert "existe déjà sur ce site" in page.text
    acting = acting_as(Role.ADMINISTRATOR)
    with writing():
        add_place(add_site(acting=acting, name="Annexe"), "Étagère A", acting=acting)


@pytest.mark.usefixtures("engine")
def test_a_place_is_renamed_then_no_longer_offered_and_keeps_its_number(sign_in: SignIn, association: Home) -> None:
    client = sign_in(Role.STOREKEEPER)
    with reading():
        place = db.session.get_one(Place, association.place_id)
        where, tag = f"/emplacements/{place.address}/modifier", place.tag
    client.post(where, data={"name": "Étagère B", "archived": "y"})
    with reading():
        place = db.session.get_one(Place, association.place_id)
        assert (place.name, place.tag, place.archived) == ("Étagère B", tag, True)
        assert places() == []
    client.post(where, data={"name": "Étagère B"})
    with reading():
        assert [one.id for one in places()] == [association.place_id]


def test_the_only_open_site_is_not_archived(sign_in: SignIn, association: Home, acting_as: ActingAs) -> None:
    client = sign_in(Role.ADMINISTRATOR)
    where = site_page(association)
    answer = client.post(f"{where}/archiver")
    assert "votre seul site ouvert" in Page.of(answer).text
    acting = acting_as(Role.ADMINISTRATOR)
    with writing():
        add_site(acting=acting, name="Annexe")
    client.post(f"{where}/archiver")
    with reading():
        assert [site.name for site in sites()] == ["Annexe"]
    assert "Atelier de la gare · archivé" in Page.of(client.get("/sites")).text
    client.post(f"{where}/archiver")
    with reading():
        assert len(sites()) == 2


def test_a_storekeeper_keeps_places_not_sites(sign_in: SignIn, association: Home, acting_as: ActingAs) -> None:
    client = sign_in(Role.STOREKEEPER)
    page = Page.of(client.get("/sites"))
    assert "Ajouter un emplacement" in page.text and "Ajouter un site" not in page.text
    acting = acting_as(Role.STOREKEEPER)
    with pytest.raises(NotAllowed), writing():
        add_site(acting=acting, name="Annexe")
