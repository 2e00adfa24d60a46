"""Members: invitations, roles nobody gives themself, leavings; lists, searches and who sees them."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event, select

from reemploi.errors import NotAllowed, Refused
from reemploi.extensions import db
from reemploi.ground.database import reading, writing
from reemploi.people.actions import add_member, change_member, end_membership, grant_role, withdraw_role
from reemploi.people.models import Account, Member, RoleGrant
from reemploi.people.queries import holders
from reemploi.roles import Role
from tests.conftest import ActingAs, SignIn, browser
from tests.people.outbox import mails_to
from tests.support.cast import PASSWORD, Home
from tests.support.inspecting import InspectingClient
from tests.support.pages import Page


def member(association: Home, role: Role) -> Member:
    return db.session.get_one(Member, association.members[role])


def address(association: Home, role: Role) -> str:
    with reading():
        return member(association, role).address


def roles_of(association: Home, role: Role) -> set[str]:
    """Open roles of the member who had this one."""
    with reading():
        wanted = select(RoleGrant.role).where(
            RoleGrant.member_id == association.members[role], RoleGrant.ended_at.is_(None)
        )
        return set(db.session.scalars(wanted))


@pytest.mark.usefixtures("engine")
def test_an_administrator_invites_with_several_roles(sign_in: SignIn, association: Home) -> None:
    client = sign_in(Role.ADMINISTRATOR)
    data = {"email": "Gaelle@Essai.Example", "name": "Gaëlle Essai", "roles": ["volunteer", "technician"]}
    answer = client.post("/membres/inviter", data=data, follow_redirects=True)
    page = Page.of(answer)
    assert page.title == "Gaëlle Essai" and "Technicien" in page.text and "Pas encore choisi" in page.text
    assert len(mails_to("gaelle@essai.example")) == 1
    assert "Gaëlle Essai" in Page.of(client.get("/membres?state=invited")).text


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"email": ""}, "Tapez l'adresse"),
        ({"email": "gaelle@"}, "n'est pas complète"),
        ({"name": " "}, "Tapez le nom"),
        ({"roles": []}, "Cochez au moins un rôle"),
        ({"roles": "emperor"}, "Choisissez dans la liste"),
        ({"roles": "prescriber"}, "choisissez une fiche de qualité « Structure prescriptrice »"),
        ({"roles": "funder"}, "choisissez une fiche de qualité « Financeur »"),
        ({"organisation": "ailleurs"}, "Choisissez dans la liste"),
    ],
)
def test_an_invitation_that_cannot_be_says_why_and_keeps_what_was_typed(
    sign_in: SignIn, association: Home, data: dict[str, str], sentence: str
) -> None:
    typed = {"email": "gaelle@essai.example", "name": "Gaëlle", "roles": "volunteer", "function": "Trésorière", **data}
    page = Page.of(sign_in(Role.ADMINISTRATOR).post("/membres/inviter", data=typed))
    assert sentence in page.text.replace("\u00a0", " ").replace("\u202f", " ")
    assert page.form("Envoyer").fields()["function"] == ["Trésorière"]
    with reading():
        assert db.session.scalars(select(Account).where(Account.email == "gaelle@essai.example")).first() is None


def test_a_prescriber_is_invited_for_a_structure(sign_in: SignIn, association: Home) -> None:
    client = sign_in(Role.ADMINISTRATOR)
    choices = Page.of(client.get("/membres/inviter"))
    structure = next(
        one.attrib["value"] for one in choices.all("option") if "".join(one.itertext()) == "Centre social des Tilleuls"
    )
    data = {"email": "p@essai.example", "name": "Paul Essai", "roles": "prescriber", "organisation": structure}
    page = Page.of(client.post("/membres/inviter", data=data, follow_redirects=True))
    assert "Centre social des Tilleuls" in page.text


def test_nobody_gives_themself_a_role(sign_in: SignIn, association: Home, acting_as: ActingAs) -> None:
    own = address(association, Role.ADMINISTRATOR)
    data = {"name": "Camille", "roles": ["administrator", "coordinator"]}
    answer = sign_in(Role.ADMINISTRATOR).post(f"/membres/{own}/modifier", data=data)
    assert "Personne ne se donne un rôle" in Page.of(answer).text
    assert roles_of(association, Role.ADMINISTRATOR) == {"administrator"}
    acting = acting_as(Role.ADMINISTRATOR)
    with pytest.raises(Refused, match="Personne ne se donne"), writing():
        grant_role(member(association, Role.ADMINISTRATOR), Role.COORDINATOR, acting=acting)


def test_ones_own_name_and_function_are_changed_without_touching_roles(sign_in: SignIn, association: Home) -> None:
    own = address(association, Role.ADMINISTRATOR)
    data = {"name": "Camille Nouveau", "roles": "administrator", "function": "Présidente"}
    page = Page.of(sign_in(Role.ADMINISTRATOR).post(f"/membres/{own}/modifier", data=data, follow_redirects=True))
    assert page.title == "Camille Nouveau" and "Présidente" in page.text


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_administrators_change_members(association: Home, acting_as: ActingAs, role: Role) -> None:
    acting = acting_as(role)
    someone = association.members[Role.TRAINEE if role is not Role.TRAINEE else Role.VOLUNTEER]
    for change in (
        lambda one: grant_role(one, Role.COORDINATOR, acting=acting),
        lambda one: withdraw_role(one, Role.TRAINEE, acting=acting),
        lambda one: end_membership(one, acting=acting),
        lambda one: change_member(one, acting=acting, name="X", roles=(Role.DIRECTOR,)),
        lambda one: add_member(acting=acting, email="x@essai.example", name="X", roles=(Role.DIRECTOR,)),
    ):
        with pytest.raises(NotAllowed), writing():
            change(db.session.get_one(Member, someone))


@pytest.mark.usefixtures("engine")
def test_a_new_coordinator_is_announced_to_the_referents(sign_in: SignIn, association: Home) -> None:
    before = len(mails_to(association.email(Role.REFERENT)))
    of_technician = address(association, Role.TECHNICIAN)
    data = {"name": "Camille Technician", "roles": ["technician", "coordinator"]}
    sign_in(Role.ADMINISTRATOR).post(f"/membres/{of_technician}/modifier", data=data)
    (mail,) = mails_to(association.email(Role.REFERENT))[before:]
    assert mail.subject == "Un nouveau coordinateur"
    assert "Camille Technician est maintenant coordinateur" in mail.text
    assert roles_of(association, Role.TECHNICIAN) == {"technician", "coordinator"}


def test_a_role_taken_away_closes_its_pages_at_once(sign_in: SignIn, association: Home) -> None:
    coordinator = sign_in(Role.COORDINATOR)
    assert coordinator.get("/membres").status_code == 200
    data = {"name": "Camille Coordinator", "roles": ["volunteer"]}
    sign_in(Role.ADMINISTRATOR).post(f"/membres/{address(association, Role.COORDINATOR)}/modifier", data=data)
    coordinator.roles = frozenset({Role.VOLUNTEER})
    assert coordinator.get("/membres").status_code == 403


@pytest.mark.usefixtures("engine")
def test_who_leaves_is_out_at_once_and_may_come_back(
    sign_in: SignIn, client: InspectingClient, association: Home, acting_as: ActingAs
) -> None:
    technician, admin = sign_in(Role.TECHNICIAN), sign_in(Role.ADMINISTRATOR)
    where = f"/membres/{address(association, Role.TECHNICIAN)}"
    admin.post(f"{where}/partir")
    assert technician.get("/appareils/").status_code == 302
    assert roles_of(association, Role.TECHNICIAN) == set()
    email = association.email(Role.TECHNICIAN)
    data = {"email": email, "password": PASSWORD}
    assert browser(client.application).post("/connexion", data=data).status_code == 422
    assert "N'est plus membre" in Page.of(admin.get(where)).text
    assert "Camille Technician" in Page.of(admin.get("/membres?state=gone")).text
    again = {"email": email, "name": "Camille Technician", "roles": "volunteer"}
    page = Page.of(admin.post("/membres/inviter", data=again, follow_redirects=True))
    assert page.title == "Camille Technician"
    assert roles_of(association, Role.TECHNICIAN) == {"volunteer"}, "the same member, so the same history"
    assert browser(client.application).post("/connexion", data=data).status_code == 422, "and a new password to choose"


def test_leaving_one_association_leaves_the_other_open(
    client: InspectingClient, association: Home, other_association: Home, acting_as: ActingAs
) -> None:
    acting = acting_as(association=other_association)
    with writing():
        add_member(acting=acting, email=association.email(Role.TECHNICIAN), name="Camille", roles=(Role.VOLUNTEER,))
    acting = acting_as(Role.ADMINISTRATOR)
    with writing():
        end_membership(member(association, Role.TECHNICIAN), acting=acting)
    data = {"email": association.email(Role.TECHNICIAN), "password": PASSWORD}
    assert client.post("/connexion", data=data).location == "/"
    assert other_association.name in Page.of(client.get("/mon-compte")).text


def test_the_last_administrator_stays(association: Home, acting_as: ActingAs) -> None:
    acting = acting_as()
    for leave in (
        lambda one: end_membership(one, acting=acting),
        lambda one: withdraw_role(one, Role.ADMINISTRATOR, acting=acting),
        lambda one: change_member(one, acting=acting, name="X", roles=(Role.DIRECTOR,)),
    ):
        with pytest.raises(Refused, match="dernier administrateur"), writing():
            leave(member(association, Role.ADMINISTRATOR))
    with reading():
        assert [one.id for one in holders(Role.ADMINISTRATOR)] == [association.members[Role.ADMINISTRATOR]]


@pytest.mark.parametrize(
    "words", ["technician", "TECHNI", "camille techn", "technician@ordis", "ordis-du-coin.example"]
)
def test_a_member_is_found_by_a_part_of_the_name_or_address(sign_in: SignIn, words: str) -> None:
    answer = sign_in(Role.COORDINATOR).post("/membres/recherche", data={"q": words})
    assert "Camille Technician" in Page.of(answer).text
    assert words not in answer.request.url


@pytest.mark.parametrize("words", ["", "%", "_", "zzz", "\x00", "'", "x" * 1000, "💡"])
def test_a_search_for_anything_answers(sign_in: SignIn, words: str) -> None:
    assert sign_in(Role.COORDINATOR).post("/membres/recherche", data={"q": words}).status_code == 200


@contextmanager
def counted() -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_c: object, _k: object, statement: str, *_: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA", "SET")):
            statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def test_the_list_costs_the_same_for_thirteen_members_and_for_three_hundred(
    app: Flask, sign_in: SignIn, association: Home, acting_as: ActingAs
) -> None:
    client = sign_in(Role.ADMINISTRATOR)
    client.get("/membres")
    with counted() as few:
        client.get("/membres")
    acting = acting_as()
    with writing():
        for number in range(287):
            add_member(
                acting=acting,
                email=f"prescripteur{number}@essai.example",
                name=f"Personne {number:03d}",
                roles=(Role.PRESCRIBER,),
                organisation_id=association.structure_id,
            )
    with counted() as many:
        client.get("/membres")
    assert len(many) == len(few) <= 8


def test_the_list_goes_on_page_by_page_without_missing_anybody(
    sign_in: SignIn, association: Home, acting_as: ActingAs
) -> None:
    acting = acting_as()
    with writing():
        for number in range(60):
            add_member(acting=acting, email=f"v{number}@essai.example", name="Même Nom", roles=(Role.VOLUNTEER,))
    client = sign_in(Role.ADMINISTRATOR)
    seen: list[str] = []
    page = Page.of(client.get("/membres?role=volunteer"))
    while True:
        seen += [link for link, words in page.links().items() if words in ("Même Nom", "Camille Volunteer")]
        following = [link for link, words in page.links().items() if words == "La suite"]
        if not following:
            break
        page = Page.of(client.get(following[0]))
    assert len(seen) == len(set(seen)) == 61


def test_nobody_sees_the_members_of_the_neighbour(
    sign_in: SignIn, association: Home, other_association: Home, acting_as: ActingAs
) -> None:
    acting_as(association=other_association)
    theirs = address(other_association, Role.TECHNICIAN)
    acting_as(association=association)
    client = sign_in(Role.ADMINISTRATOR)
    assert "recycl-ouest" not in client.get("/membres").text
    found = Page.of(client.post("/membres/recherche", data={"q": "recycl-ouest.example"}))
    assert "Personne ne correspond" in found.text
    for page in ("", "/modifier", "/partir"):
        assert client.get(f"/membres/{theirs}{page}").status_code == 404
    assert client.post(f"/membres/{theirs}/partir").status_code == 404
