"""Forms of the door, of one's own account, of members, organisations, sites and the association."""

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from stdnum.exceptions import ValidationError as BadNumber
from stdnum.fr import siren as siren_numbers
from wtforms import BooleanField, Field, PasswordField
from wtforms.validators import ValidationError

from reemploi.errors import Refused
from reemploi.people import passwords
from reemploi.people.actions.organisations import checked_siret
from reemploi.people.rules import KINDS, QUALITIES, ZONES
from reemploi.web.choices import Choice, Several
from reemploi.web.fields import EmailAddress, Filled, Form, LongText, ShortText
from reemploi.web.wording import say

EMAIL = _l("Adresse électronique")
TELEPHONE = re.compile(r"\+?[\d ().-]{6,29}")
MUNICIPALITY = re.compile(r"(\d{2}|2[AB])\d{3}")
RNA = re.compile(r"W\d{9}")
LONG_PASSWORD = _l("Ce mot de passe est trop long : vérifiez ce qui a été collé.")


def _not_endless(_form: Form, field: Field) -> None:
    if len(field.data or "") > passwords.MOST_LENGTH:
        raise ValidationError(LONG_PASSWORD)


def _telephone(_form: Form, field: Field) -> None:
    if field.data and not TELEPHONE.fullmatch(field.data):
        raise ValidationError(_l("Ce numéro de téléphone n'est pas complet. Exemple : 02 99 00 00 00"))


class SignInForm(Form):
    """Address and password."""

    email = EmailAddress(EMAIL, required=_l("Tapez votre adresse."))
    password = PasswordField(_l("Mot de passe"), [Filled(_l("Tapez votre mot de passe.")), _not_endless])


class AddressForm(Form):
    """The address a link is sent to."""

    email = EmailAddress(EMAIL, required=_l("Tapez votre adresse."))


class ConfirmForm(Form):
    """A gesture that needs nothing but a press."""


class NewPasswordForm(Form):
    """A password to choose; `email` is the account's own address."""

    password = PasswordField(
        _l("Nouveau mot de passe"),
        [Filled(_l("Tapez un mot de passe."))],
        description=_l("12 signes au moins. Une petite phrase à vous se retient mieux qu'un mot compliqué."),
    )

    def __init__(self, email: str, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.address = email

    def validate_password(self, field: Field) -> None:
        """The rules of `passwords.fault`."""
        if wrong := passwords.fault(field.data or "", self.address):
            raise ValidationError(say(wrong))


class ChangePasswordForm(NewPasswordForm):
    """The password to leave and the one to take."""

    current = PasswordField(_l("Mot de passe actuel"), [Filled(_l("Tapez votre mot de passe actuel.")), _not_endless])


class OwnNameForm(Form):
    """The name others read."""

    name = ShortText(
        _l("Votre nom"),
        required=_l("Tapez votre nom."),
        longest=100,
        help=_l("Tel que les autres membres le lisent, dans l'histoire d'un appareil par exemple."),
    )


class MemberForm(Form):
    """What an administrator keeps about a member."""

    name = ShortText(_l("Nom"), required=_l("Tapez le nom de la personne."), longest=100)
    function = ShortText(_l("Fonction"), longest=100, help=_l("Par exemple : assistante sociale, trésorier."))
    roles = Several(_l("Rôles"), required=_l("Cochez au moins un rôle."))
    organisation = Choice(
        _l("Organisme"),
        empty=_l("Aucun : membre de l'association"),
        help=_l("Nécessaire pour un prescripteur, un référent ou un financeur invité."),
    )
    site = Choice(_l("Site"), empty=_l("Tous"), help=_l("Là où la personne agit d'habitude."))


class InviteForm(MemberForm):
    """A new member, with the address the invitation goes to."""

    email = EmailAddress(
        _l("Adresse électronique"),
        required=_l("Tapez l'adresse de la personne."),
        help=_l("L'invitation y part tout de suite ; son lien vaut 7 jours."),
    )
    shared_mailbox = BooleanField(
        _l("Boîte partagée par plusieurs personnes d'une structure"),
        description=_l("Chacune entre alors par un lien reçu par courriel, et dit qui elle est."),
    )


class OrganisationForm(Form):
    """A structure, donor, funder or partner."""

    name = ShortText(_l("Nom"), required=_l("Tapez le nom de l'organisme."))
    kind = Choice(
        _l("Type"),
        [(code, _l(label)) for code, label in KINDS.items()],
        required=_l("Choisissez le type."),
        empty=_l("Choisissez"),
    )
    qualities = Several(
        _l("Ce qu'il est pour l'association"),
        [(code, _l(label)) for code, label in QUALITIES.items()],
        required=_l("Cochez au moins une qualité."),
        help=_l("Un organisme peut être à la fois donateur et financeur : une seule fiche suffit."),
    )
    siret = ShortText(
        _l("SIRET"), longest=30, help=_l("14 chiffres. Il évite les doublons et figure sur les attestations.")
    )
    rna = ShortText(_l("Numéro RNA"), longest=20, help=_l("Pour une association : W suivi de 9 chiffres."))
    contact = ShortText(_l("Personne ou service à contacter"))
    email = EmailAddress(EMAIL)
    telephone = ShortText(_l("Téléphone"), longest=30, validators=[_telephone])
    postal_address = LongText(_l("Adresse postale"), longest=500)
    is_another = BooleanField(_l("C'est un autre organisme : enregistrer quand même"))

    def validate_siret(self, field: Field) -> None:
        """Fourteen digits and their check digits."""
        try:
            checked_siret(field.data)
        except Refused as refused:
            raise ValidationError(say(refused.sentence)) from refused

    def validate_rna(self, field: Field) -> None:
        """W and nine digits."""
        field.data = field.data.replace(" ", "").upper()
        if field.data and not RNA.fullmatch(field.data):
            raise ValidationError(_l("Un numéro RNA est un W suivi de 9 chiffres."))

    def values(self) -> dict[str, Any]:
        """The qualities become the organisation's flags."""
        values = super().values()
        chosen = values.pop("qualities") or []
        return {**values, "rna": values["rna"] or None, **{f"is_{code}": code in chosen for code in QUALITIES}}


class SiteForm(Form):
    """A building where devices are kept or handed over."""

    name = ShortText(_l("Nom"), required=_l("Tapez le nom du site."))
    postal_address = LongText(_l("Adresse postale"), longest=500)
    municipality_code = ShortText(
        _l("Code INSEE de la commune"),
        longest=5,
        help=_l("5 signes, différent du code postal. Exemple : 35238 pour Rennes."),
    )
    opening_hours = LongText(_l("Horaires d'ouverture"), longest=500, help=_l("Tels que le public les lit."))

    def validate_municipality_code(self, field: Field) -> None:
        """Two digits (or 2A, 2B) and three digits."""
        field.data = field.data.upper()
        if field.data and not MUNICIPALITY.fullmatch(field.data):
            raise ValidationError(_l("Un code INSEE a 5 signes, par exemple 35238 ou 2A004."))


class PlaceForm(Form):
    """A shelf, room or trolley."""

    name = ShortText(
        _l("Nom de l'emplacement"),
        required=_l("Tapez le nom de l'emplacement."),
        longest=100,
        help=_l("Étagère, pièce, chariot… Court : il est imprimé sur l'étiquette."),
    )


class EditPlaceForm(PlaceForm):
    """A place that exists."""

    archived = BooleanField(
        _l("Ne plus proposer cet emplacement"), description=_l("Les appareils qui y sont rangés y restent.")
    )


class AssociationForm(Form):
    """The association's own data, as papers and mails show it."""

    name = ShortText(_l("Nom de l'association"), required=_l("Tapez le nom de l'association."))
    siren = ShortText(_l("SIREN"), longest=20, help=_l("9 chiffres."))
    rna = ShortText(_l("Numéro RNA"), longest=20, help=_l("W suivi de 9 chiffres."))
    address_lines = LongText(_l("Adresse postale"), longest=500, help=_l("Telle qu'elle figure sur les papiers."))
    telephone = ShortText(_l("Téléphone"), longest=30, validators=[_telephone])
    email = EmailAddress(_l("Adresse électronique de contact"))
    zone = Choice(_l("Fuseau horaire"), [(zone, zone) for zone in ZONES], required=True)

    def validate_siren(self, field: Field) -> None:
        """Nine digits and their check digit."""
        try:
            field.data = siren_numbers.validate(field.data)
        except BadNumber as wrong:
            raise ValidationError(_l("Ce SIREN n'est pas juste : 9 chiffres.")) from wrong

    validate_rna = OrganisationForm.validate_rna

    def values(self) -> dict[str, Any]:
        """Numbers that are not given are absent, not empty."""
        values = super().values()
        return {**values, "siren": values["siren"] or None, "rna": values["rna"] or None}
