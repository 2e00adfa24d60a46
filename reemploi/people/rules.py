"""What an organisation may be, what a role needs, which roles a link alone opens: constants of people and places."""

from collections.abc import Mapping
from datetime import timedelta

from reemploi.roles import OF_A_STRUCTURE, Role
from reemploi.sentences import N_

KINDS: Mapping[str, str] = {
    "association": N_("Association"),
    "company": N_("Entreprise"),
    "public_body": N_("Collectivité, service public"),
    "school": N_("Établissement scolaire"),
    "social_action": N_("Action sociale (CCAS, centre social…)"),
    "individual": N_("Particuliers"),
    "other": N_("Autre"),
}
QUALITIES: Mapping[str, str] = {
    "structure": N_("Structure prescriptrice"),
    "donor": N_("Donateur"),
    "funder": N_("Financeur"),
    "partner": N_("Partenaire"),
}
QUALITIES_MANY: Mapping[str, str] = {
    "structure": N_("Structures prescriptrices"),
    "donor": N_("Donateurs"),
    "funder": N_("Financeurs"),
    "partner": N_("Partenaires"),
}
SMALL_WORDS = frozenset("a au aux d de des du en et l la le les".split())

NEEDS: Mapping[Role, str] = {
    Role.PRESCRIBER: "structure",
    Role.REFERENT: "structure",
    Role.FUNDER: "funder",
}
"""The quality an organisation must have for a member to hold the role on its behalf."""

BY_LINK = frozenset(OF_A_STRUCTURE)
"""Who holds only these roles may sign in by a link sent to the professional address."""

ROLE_HELP: Mapping[Role, str] = {
    Role.PRESCRIBER: N_("Oriente des foyers pour sa structure ; entre aussi par un lien reçu par courriel."),
    Role.REFERENT: N_("Réattribue les prescriptions de sa structure et lit le journal des accès."),
    Role.VOLUNTEER: N_("Réception, stock, aide à l'atelier. Ne voit aucun foyer."),
    Role.SHIFT: N_("Remet les appareils de son site, le jour même."),
    Role.TECHNICIAN: N_("Efface, répare, grade. Ne voit aucun foyer."),
    Role.STOREKEEPER: N_("Emplacements, mouvements, inventaires. Ne voit aucun foyer."),
    Role.MEDIATOR: N_("Accompagne les foyers qui lui sont confiés."),
    Role.TRAINEE: N_("Saisit, et ne revoit que ce qu'il a saisi."),
    Role.COORDINATOR: N_("Suit les foyers de l'acceptation à la clôture. Les référents en sont prévenus par courriel."),
    Role.PRIVACY: N_("Répond aux demandes sur les données personnelles."),
    Role.DIRECTOR: N_("Subventions, heures, coûts, bilans. Ne voit aucun foyer."),
    Role.FUNDER: N_("Lit les chiffres de ses propres subventions."),
    Role.ADMINISTRATOR: N_("Comptes, sites, réglages. Ne voit aucun foyer."),
}

INVITATION_LASTS = timedelta(days=7)
NEW_PASSWORD_LASTS = timedelta(hours=1)
ONE_TIME_LASTS = timedelta(minutes=15)
CHOICE_LASTS = timedelta(minutes=10)

ZONES = (
    "Europe/Paris",
    "America/Guadeloupe",
    "America/Martinique",
    "America/Cayenne",
    "America/Miquelon",
    "Indian/Reunion",
    "Indian/Mayotte",
    "Pacific/Noumea",
    "Pacific/Tahiti",
    "Pacific/Wallis",
)


def may_enter_by_link(roles: tuple[Role, ...]) -> bool:
    """True for who holds a structure's roles and no other."""
    return bool(roles) and set(roles) <= BY_LINK


def needed_quality(roles: tuple[Role, ...] | list[Role]) -> set[str]:
    """The qualities the member's organisation must have for these roles."""
    return {NEEDS[role] for role in roles if role in NEEDS}
