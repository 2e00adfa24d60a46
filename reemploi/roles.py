"""The roles a member of an association may hold; rights add up (who may do what stands on each view and move)."""

from enum import StrEnum

from reemploi.sentences import N_


class Role(StrEnum):
    """One role; its value is what the database and the rule book hold."""

    PRESCRIBER = "prescriber"
    REFERENT = "referent"
    VOLUNTEER = "volunteer"
    SHIFT = "shift"
    TECHNICIAN = "technician"
    STOREKEEPER = "storekeeper"
    MEDIATOR = "mediator"
    TRAINEE = "trainee"
    COORDINATOR = "coordinator"
    PRIVACY = "privacy"
    DIRECTOR = "director"
    FUNDER = "funder"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str:
        """French source text of the role's name."""
        return LABELS[self]


LABELS = {
    Role.PRESCRIBER: N_("Prescripteur"),
    Role.REFERENT: N_("Référent de structure"),
    Role.VOLUNTEER: N_("Bénévole"),
    Role.SHIFT: N_("Bénévole de remise"),
    Role.TECHNICIAN: N_("Technicien"),
    Role.STOREKEEPER: N_("Magasinier"),
    Role.MEDIATOR: N_("Médiateur numérique"),
    Role.TRAINEE: N_("Stagiaire"),
    Role.COORDINATOR: N_("Coordinateur"),
    Role.PRIVACY: N_("Contact protection des données"),
    Role.DIRECTOR: N_("Direction, trésorerie"),
    Role.FUNDER: N_("Financeur invité"),
    Role.ADMINISTRATOR: N_("Administrateur"),
}

BENCH = (Role.TECHNICIAN, Role.COORDINATOR)
INTAKE = (Role.VOLUNTEER, Role.TRAINEE, Role.TECHNICIAN, Role.STOREKEEPER, Role.COORDINATOR)
STOCK = (Role.VOLUNTEER, Role.TECHNICIAN, Role.STOREKEEPER, Role.COORDINATOR)
TABLE = (Role.SHIFT, Role.COORDINATOR)
RETURNS = (Role.VOLUNTEER, Role.SHIFT, Role.TECHNICIAN, Role.STOREKEEPER, Role.COORDINATOR)
CASES = (Role.PRESCRIBER, Role.COORDINATOR)
OF_A_STRUCTURE = (Role.PRESCRIBER, Role.REFERENT)
