"""Whatever is typed, pasted or written in an address: a page or a sentence, never an error page."""

import pytest
from sqlalchemy import select

from reemploi.extensions import db
from reemploi.ground.database import reading
from reemploi.people.models import Member, Organisation, Place, Site
from reemploi.roles import Role
from tests.conftest import SignIn, browser
from tests.support.cast import Home
from tests.support.inspecting import InspectingClient

NASTY = {
    "million": "x" * 1_000_000,
    "nul": "a\x00b",
    "emoji": "👩‍💻💾" * 20,
    "rtl": "\u202eمرحبا بكم",
    "html": "<script>alert('x')</script>",
    "sql": "'; DROP TABLE member; --",
    "percent": "%s 100 % %%(x",
    "lines": "a\r\nb\u2028c",
    "combining": "e" + "\u0301" * 5000,
}
OPEN = ("/connexion", "/connexion/lien", "/connexion/mot-de-passe", "/connexion/choix", "/lien/x")
OFFICE = (
    "/mon-compte/nom",
    "/mon-compte/mot-de-passe",
    "/mon-compte/appareils/fermer",
    "/mon-compte/association",
    "/membres/recherche",
    "/membres/inviter",
    "/membres/{member}/modifier",
    "/organismes/recherche",
    "/organismes/nouveau",
    "/organismes/{organisation}/modifier",
    "/sites/nouveau",
    "/sites/{site}/modifier",
    "/sites/{site}/emplacements/nouveau",
    "/emplacements/{place}/modifier",
    "/association",
    "/reglages",
)
NAMES = (
    "email password current name function roles organisation site member browser q kind qualities siret rna contact "
    "telephone postal_address municipality_code opening_hours address_lines siren zone alert_days small_number"
).split()


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("kind", NASTY)
def test_forms_answer_anything(sign_in: SignIn, client: InspectingClient, association: Home, kind: str) -> None:
    with reading():
        known = {
            "member": db.session.get_one(Member, association.members[Role.TRAINEE]).address,
            "organisation": db.session.get_one(Organisation, association.donor_id).address,
            "site": db.session.get_one(Site, association.site_id).address,
            "place": db.session.get_one(Place, association.place_id).address,
        }
    data = dict.fromkeys(NAMES, NASTY[kind]) if kind != "million" else None
    admin = sign_in(Role.ADMINISTRATOR)
    for path in (*OPEN, *OFFICE):
        page = path.format(**known)
        for chosen in [data] if data else [{name: NASTY[kind]} for name in ("name", "q", "email", "siret")]:
            answer = (client if path in OPEN else admin).post(page, data=chosen)
            assert answer.status_code in (200, 302, 404, 410, 422), f"{page}: {answer.status_code}"
            assert "<script>alert" not in answer.text


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("word", [*(value for kind, value in NASTY.items() if kind != "million"), "x" * 5000])
def test_addresses_answer_anything(sign_in: SignIn, word: str) -> None:
    admin = sign_in(Role.ADMINISTRATOR)
    anonymous = browser(admin.application)
    for path in ("/membres", "/organismes", "/boite-d-envoi"):
        query = dict.fromkeys(("role", "state", "quality", "archived", "after", "before", "next"), word)
        assert admin.get(path, query_string=query).status_code == 200
    assert anonymous.get("/connexion", query_string={"next": word}).status_code == 200
    if not {"/", "\r", "\x00"}.isdisjoint(word):
        return
    for path in (
        f"/membres/{word}",
        f"/organismes/{word}",
        f"/sites/{word}/modifier",
        f"/emplacements/{word}/modifier",
    ):
        assert admin.get(path).status_code == 404
    assert anonymous.get(f"/lien/{word}").status_code == 410


def test_a_name_of_many_scripts_is_kept_as_typed_and_shown_escaped(sign_in: SignIn, association: Home) -> None:
    admin = sign_in(Role.ADMINISTRATOR)
    name = "محمد <b>O'Brien</b> 💻"
    admin.post("/mon-compte/nom", data={"name": name})
    with reading():
        assert db.session.scalars(select(Member.name).where(Member.name == name)).one() == name
    page = admin.get("/mon-compte").text
    assert "&lt;b&gt;O&#39;Brien&lt;/b&gt;" in page and "<b>O'Brien" not in page
