"""Settings of an association: typed, dated, kept in the database, edited on a page."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from reemploi.errors import Refused
from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.ground.models import SettingValue
from reemploi.sentences import N_


@dataclass(frozen=True)
class Setting:
    """One setting: its French name and help, default and bounds (inclusive, for numbers)."""

    name: str
    label: str
    help: str
    default: Any
    least: int | None = None
    most: int | None = None

    def check(self, value: Any) -> Any:
        """The value, when it is of the right type and within bounds; raises Refused."""
        if type(value) is not type(self.default):
            raise Refused(N_("Cette valeur n'a pas la forme attendue."), code="setting")
        if self.least is not None and not self.least <= value <= (self.most or value):
            raise Refused(
                N_("Choisissez une valeur entre %(least)d et %(most)d."),
                code="setting",
                least=self.least,
                most=self.most,
            )
        return value


SETTINGS = {
    setting.name: setting
    for setting in (
        Setting(
            "one_person_may_verify",
            N_("Une seule personne peut vérifier un effacement"),
            N_("Sinon, la personne qui vérifie n'est pas celle qui a effacé. Le certificat dit ce qui s'applique."),
            False,
        ),
        Setting(
            "alert_days",
            N_("Alerte sur une prescription en attente (jours)"),
            N_("Au-delà de ce délai, la prescription est signalée au coordinateur."),
            21,
            1,
            365,
        ),
        Setting(
            "small_number",
            N_("Seuil de masquage des petits nombres"),
            N_("Dans un bilan, un nombre de personnes plus petit que ce seuil est masqué."),
            5,
            3,
            11,
        ),
        Setting(
            "opening_days",
            N_("Période de reprise (jours)"),
            N_("Durée pendant laquelle un stock déjà effacé peut être déclaré par deux personnes."),
            90,
            0,
            365,
        ),
        Setting(
            "loan_months",
            N_("Durée habituelle d'un prêt (mois)"),
            N_("Proposée à la remise ; elle peut être changée pour chaque prêt."),
            12,
            1,
            60,
        ),
    )
}


def setting(name: str, *, acting: Acting) -> Any:
    """The value in force for the association at the acting instant."""
    value = db.session.scalars(
        select(SettingValue.value)
        .where(SettingValue.name == name, SettingValue.valid_from <= acting.now)
        .order_by(SettingValue.valid_from.desc(), SettingValue.id.desc())
        .limit(1)
    ).first()
    return SETTINGS[name].default if value is None else value["value"]


def change_setting(name: str, value: Any, *, acting: Acting) -> None:
    """Record a new value from now on; raises Refused when it is not of the right form."""
    db.session.add(
        SettingValue(
            association_id=acting.association_id,
            name=name,
            value={"value": SETTINGS[name].check(value)},
            valid_from=acting.now,
            set_by=acting.member_id,
        )
    )
