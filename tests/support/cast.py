"""Who every test finds: two invented associations, a member for each role, a donor, a structure, a site."""

from collections.abc import Mapping
from dataclasses import dataclass

from argon2 import PasswordHasher

from reemploi.ground.acting import Acting
from reemploi.ground.database import writing
from reemploi.ground.tenancy import across_associations, within
from reemploi.people.actions import add_member, add_organisation, add_place, add_site, create_association
from reemploi.roles import OF_A_STRUCTURE, Role
from tests.support.clock import START

FIRST, SECOND = "Les Ordis du Coin (essai)", "Recycl'Ouest (essai)"
PASSWORD = "une phrase inventée pour l'essai"
PASSWORD_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


@dataclass(frozen=True)
class Home:
    """One association as every test finds it: numbers of its rows; `members` by role."""

    id: int
    name: str
    domain: str
    members: Mapping[Role, int]
    donor_id: int
    structure_id: int
    site_id: int
    place_id: int

    def email(self, role: Role, who: int = 1) -> str:
        """The address with which the member of a role signs in; the password is `PASSWORD`."""
        return f"{role.value}{'' if who == 1 else who}@{self.domain}"


def fill() -> tuple[Home, Home]:
    """Both associations, written into an empty database through the real actions."""
    return _association(FIRST, "ordis-du-coin.example"), _association(SECOND, "recycl-ouest.example")


def _association(name: str, domain: str) -> Home:
    with writing(), across_associations():
        association = create_association(name, acting=Acting(association_id=0, now=START))
    acting = Acting(association_id=association.id, now=START)
    with writing(), within(association.id):
        structure = add_organisation(
            acting=acting, name="Centre social des Tilleuls", kind="social_action", is_structure=True
        )
        donor = add_organisation(acting=acting, name="Papeterie Aubin", kind="company", is_donor=True)
        site = add_site(acting=acting, name="Atelier de la gare", municipality_code="44109")
        place = add_place(site, "Étagère A", acting=acting)
        members = {
            role: new_member(
                acting, f"{role.value}@{domain}", (role,), structure.id if role in OF_A_STRUCTURE else None
            )
            for role in Role
        }
    return Home(association.id, name, domain, members, donor.id, structure.id, site.id, place.id)


def new_member(acting: Acting, email: str, roles: tuple[Role, ...], organisation_id: int | None = None) -> int:
    """The number of a member made in the open transaction; invented name, the shared password."""
    name = " ".join(("Camille", email.partition("@")[0].capitalize()))
    return add_member(
        acting=acting,
        email=email,
        name=name,
        roles=roles,
        organisation_id=organisation_id,
        password_hash=PASSWORD_HASH,
    ).id
