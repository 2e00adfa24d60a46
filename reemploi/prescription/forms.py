"""Forms of prescriptions: twelve fields in sight, six of them required; the rest unfolds."""

import re
from datetime import UTC, datetime, time

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from stdnum import iban
from stdnum.fr import nir
from wtforms import BooleanField, DateTimeLocalField, Field
from wtforms.validators import InputRequired, Optional, ValidationError

from reemploi.ground.acting import Acting
from reemploi.journey.rules import CATEGORIES
from reemploi.prescription.actions import Wanted
from reemploi.prescription.rules import CRITERIA, FOR_WHOM, NEEDS, REASONS, URGENCIES, WANTED
from reemploi.web.choices import Choice, Radio
from reemploi.web.fields import Day, Form, LongText, ShortText, WholeNumber

MISSING = _l("Choisissez une réponse.")
DIGITS_OF_A_NUMBER = re.compile(r"(?:\d[\s.\-]?){15}")
WORDS_OF_AN_ACCOUNT = re.compile(r"\b[A-Z]{2}\d{2}(?:[\s]?[A-Z0-9]){11,30}\b")


def says_nothing_secret(_form: FlaskForm, field: Field) -> None:
    """Refuse politely a social security number or a bank account in a free text: the service never holds them."""
    text = field.data or ""
    if any(nir.is_valid(found) for found in DIGITS_OF_A_NUMBER.findall(text)):
        raise ValidationError(_l("Retirez le numéro de sécurité sociale : le service n'en garde aucun."))
    if any(iban.is_valid(found) for found in WORDS_OF_AN_ACCOUNT.findall(text.upper())):
        raise ValidationError(_l("Retirez le numéro de compte bancaire : le service n'en garde aucun."))


class PrescriptionForm(Form):
    """A prescription in under three minutes."""

    name = ShortText(
        _l("Nom ou alias de la personne"),
        required=True,
        longest=120,
        help=_l("Un alias suffit jusqu'à la remise. Gardé chiffré."),
    )
    channel = ShortText(
        _l("Comment la joindre"), longest=120, help=_l("Téléphone, e-mail, ou « par moi ». Jamais obligatoire.")
    )
    municipality = ShortText(_l("Commune"), required=True, longest=80)
    neighbourhood = Radio(
        _l("Quartier prioritaire"),
        choices=[("yes", _l("Oui")), ("no", _l("Non")), ("unknown", _l("Je ne sais pas"))],
        default="unknown",
    )
    adults = WholeNumber(_l("Adultes au foyer"), least=0, most=20, default=1)
    schooled_children = WholeNumber(_l("Enfants scolarisés"), least=0, most=20, default=0)
    category = Choice(_l("Équipement demandé"), required=MISSING, empty=_l("Choisissez"))
    for_whom = Choice(_l("Pour"), default="adult")
    need = Choice(_l("Pour quoi faire"), required=MISSING, empty=_l("Choisissez"))
    urgency = Choice(_l("Échéance"), default="none")
    criterion = Choice(_l("Critère que j'atteste"), required=MISSING, empty=_l("Choisissez"))
    agreed = BooleanField(
        _l("La personne est d'accord et a reçu la notice d'information"),
        [InputRequired(_l("Sans l'accord de la personne, rien ne peut être envoyé."))],
    )

    second_category = Choice(_l("Second équipement"), empty=_l("Aucun"))
    second_for_whom = Choice(_l("Pour"), default="child")
    devices_at_home = WholeNumber(_l("Appareils en état déjà à la maison"), least=0, most=20)
    criterion_seen_on = Day(_l("Justificatif vu le"), past=True, help=_l("Aujourd'hui, si vous ne dites rien."))
    as_gift = BooleanField(_l("Un don serait préférable à un prêt"))
    note = LongText(
        _l("Remarque"),
        longest=280,
        validators=[Optional(), says_nothing_secret],
        help=_l("Aucun mot de passe, numéro d'allocataire, revenu ni état de santé."),
    )
    SECOND = ("second_category", "second_for_whom", "devices_at_home", "criterion_seen_on", "as_gift", "note")

    def __init__(self, *arguments: object, **keywords: object) -> None:
        super().__init__(*arguments, **keywords)
        for menu in (self.category, self.second_category):
            menu.offer((code, _l(CATEGORIES[code])) for code in WANTED)
        for menu in (self.for_whom, self.second_for_whom):
            menu.offer((code, _l(label)) for code, label in FOR_WHOM.items())
        self.need.offer((code, _l(label)) for code, label in NEEDS.items())
        self.urgency.offer((code, _l(label)) for code, (label, _points) in URGENCIES.items())
        self.criterion.offer((code, _l(label)) for code, label in CRITERIA.items())

    def wanted(self) -> list[Wanted]:
        """The lines asked for."""
        lines = [Wanted(str(self.category.data), str(self.for_whom.data))]
        if self.second_category.data:
            lines.append(Wanted(str(self.second_category.data), str(self.second_for_whom.data)))
        return lines

    def seen_at(self, acting: Acting) -> datetime:
        """When the supporting paper was seen: midday of the day typed, else now."""
        day = self.criterion_seen_on.data
        if day is None or day == acting.now.astimezone(acting.zone).date():
            return acting.now
        return datetime.combine(day, time(12), acting.zone).astimezone(UTC)


class DecisionForm(Form):
    """A decision; the reason is shown to the prescriber."""

    reason = Choice(_l("Motif"), empty=_l("Choisissez"))

    def __init__(self, *arguments: object, **keywords: object) -> None:
        super().__init__(*arguments, **keywords)
        self.reason.offer((code, _l(label)) for code, label in REASONS.items())


class AppointmentForm(Form):
    """Where and when the household comes."""

    site = Choice(_l("Lieu"), required=MISSING)
    at = DateTimeLocalField(
        _l("Date et heure"), [InputRequired(_l("Choisissez une date et une heure."))], format=["%Y-%m-%dT%H:%M"]
    )

    def instant(self, acting: Acting) -> datetime:
        """The moment typed, in the association's zone, as an instant in UTC."""
        return self.at.data.replace(tzinfo=acting.zone).astimezone(UTC)
