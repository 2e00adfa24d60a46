"""The people of the demonstration: plainly invented, one sign-in for each role."""

from dataclasses import dataclass
from datetime import timedelta

from reemploi.ground.acting import Acting
from reemploi.people import actions
from reemploi.people.demonstration import PASSWORD
from reemploi.people.models import Member, Organisation, Place, Site
from reemploi.people.passwords import hash_password
from reemploi.roles import Role

NAME = "Les Ordis du Canal (démonstration)"


@dataclass(frozen=True)
class Person:
    """A sign-in of the demonstration."""

    email: str
    name: str
    roles: tuple[Role, ...]
    structure: str = ""


PEOPLE = (
    Person("benevole@demo.example", "Odette Exemple", (Role.VOLUNTEER,)),
    Person("technicien@demo.example", "Bachir Exemple", (Role.TECHNICIAN,)),
    Person("technicienne@demo.example", "Lucie Exemple", (Role.TECHNICIAN,)),
    Person("magasin@demo.example", "Paulo Exemple", (Role.STOREKEEPER,)),
    Person("coordination@demo.example", "Nadège Exemple", (Role.COORDINATOR,)),
    Person("remise@demo.example", "Huguette Exemple", (Role.VOLUNTEER, Role.SHIFT)),
    Person("mediation@demo.example", "Tom Exemple", (Role.MEDIATOR,)),
    Person("stage@demo.example", "Inès Exemple", (Role.TRAINEE,)),
    Person("prescription@demo.example", "Claire Exemple", (Role.PRESCRIBER,), "CCAS de Saint-Exemple"),
    Person("referente@demo.example", "Maud Exemple", (Role.REFERENT, Role.PRESCRIBER), "CCAS de Saint-Exemple"),
    Person("mission@demo.example", "Yann Exemple", (Role.PRESCRIBER,), "Mission locale du Canal"),
    Person("donnees@demo.example", "Irène Exemple", (Role.PRIVACY,)),
    Person("direction@demo.example", "Armand Exemple", (Role.DIRECTOR,)),
    Person("financeur@demo.example", "Sylvie Exemple", (Role.FUNDER,), "Fondation Exemple"),
    Person("administration@demo.example", "Rose Exemple", (Role.ADMINISTRATOR,)),
)

ORGANISATIONS = (
    ("CCAS de Saint-Exemple", "social_action", {"is_structure": True}),
    ("Mission locale du Canal", "association", {"is_structure": True}),
    ("Ville de Saint-Exemple", "public_body", {"is_donor": True, "is_funder": True, "contact": "Service informatique"}),
    ("Menuiserie Exemple SARL", "company", {"is_donor": True, "contact": "L'accueil"}),
    ("Banque Exemple", "company", {"is_donor": True, "contact": "Parc informatique"}),
    ("Particuliers du samedi", "individual", {"is_donor": True}),
    ("Fondation Exemple", "other", {"is_funder": True}),
    ("Médiathèque de Saint-Exemple", "public_body", {"is_partner": True}),
)


@dataclass(frozen=True)
class People:
    """Who and what the rest of the demonstration needs, by name."""

    members: dict[str, Member]
    organisations: dict[str, Organisation]
    sites: list[Site]
    places: list[Place]

    def acting(self, base: Acting, email: str) -> Acting:
        """One of the people, at the instant of `base`."""
        member = self.members[email]
        roles = next(person.roles for person in PEOPLE if person.email == email)
        return Acting(base.association_id, base.now, member.id, frozenset(roles))


def open_association(acting: Acting) -> int:
    """The invented association; returns its number."""
    association = actions.create_association(NAME, acting=acting, is_demo=True)
    association.telephone = "01 99 00 00 00"
    association.email = "contact@demo.example"
    association.address_lines = "3 quai de l'Exemple\n00000 Saint-Exemple"
    return association.id


def welcome_people(acting: Acting) -> People:
    """Organisations, two sites with shelves, and a member for each role; everybody has the same password."""
    long_ago = acting.at(acting.now - timedelta(days=400))
    organisations = {
        name: actions.add_organisation(acting=long_ago, name=name, kind=kind, **details)
        for name, kind, details in ORGANISATIONS
    }
    sites = [
        actions.add_site(acting=long_ago, name="Atelier du Canal", opening_hours="Mardi et jeudi, 9 h à 17 h"),
        actions.add_site(acting=long_ago, name="Annexe des Lilas", opening_hours="Samedi, 10 h à 12 h"),
    ]
    places = [
        actions.add_place(site, name, acting=long_ago)
        for site, name in zip(
            (*[sites[0]] * 4, *[sites[1]] * 2),
            ("Étagère A", "Étagère B", "Établi", "Réserve", "Armoire 1", "Armoire 2"),
            strict=True,
        )
    ]
    hashed = hash_password(PASSWORD)
    members = {
        person.email: actions.add_member(
            acting=long_ago,
            email=person.email,
            name=person.name,
            roles=person.roles,
            organisation_id=organisations[person.structure].id if person.structure else None,
            site_id=sites[0].id,
            password_hash=hashed,
        )
        for person in PEOPLE
    }
    return People(members, organisations, sites, places)
