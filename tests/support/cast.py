"""Who every test finds: two invented associations, a member for each role, a donor, a structure, a site."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

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
    funder_id: int
    site_id: int
    place_id: int

    def email(self, *roles: Role, who: int = 1) -> str:
        """The address with which a member signs in; the password is `PASSWORD`."""
        return "-".join(sorted(roles)) + f"{'' if who == 1 else who}@{self.domain}"

    def organisation_for(self, roles: tuple[Role, ...]) -> int | None:
        """The organisation for which these roles are held; the funder is a structure too, for those who hold all."""
        if Role.FUNDER in roles:
            return self.funder_id
        return self.structure_id if set(roles) & set(OF_A_STRUCTURE) else None


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
        funder = add_organisation(
            acting=acting, name="Fondation des Saules", kind="other", is_funder=True, is_structure=True
        )
        donor = add_organisation(acting=acting, name="Papeterie Aubin", kind="company", is_donor=True)
        site = add_site(acting=acting, name="Atelier de la gare", municipality_code="44109")
        place = add_place(site, "Étagère A", acting=acting)
        home = Home(association.id, name, domain, {}, donor.id, structure.id, funder.id, site.id, place.id)
        return replace(home, members={role: new_member(acting, home, (role,)) for role in Role})


def new_member(acting: Acting, home: Home, roles: tuple[Role, ...], who: int = 1) -> int:
    """The number of a member made in the open transaction; invented name, the shared password."""
    email = home.email(*roles, who=who)
    return add_member(
        acting=acting,
        email=email,
        name="Camille " + email.partition("@")[0].capitalize(),
        roles=roles,
        organisation_id=home.organisation_for(roles),
        password_hash=PASSWORD_HASH,
    ).id
