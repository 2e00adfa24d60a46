"""Forms of erasures: dropping files, declaring, confirming, locks, media found by hand, certificates."""

import re
from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, MultipleFileField
from stdnum import imei as imei_number
from wtforms import BooleanField
from wtforms.validators import Optional, ValidationError

from reemploi.ground.clock import utc_now
from reemploi.web.choices import Choice, Radio
from reemploi.web.fields import Filled, Form, LongText, PastInstant, ShortText, WholeNumber
from reemploi.web.wording import say
from reemploi.wiping.locks import LOCKS, OUTCOMES
from reemploi.wiping.methods import Method
from reemploi.wiping.models import LockCheck

KINDS = (
    ("hdd", _l("disque dur magnétique")), ("ssd", _l("SSD SATA")), ("nvme", _l("SSD NVMe")),
    ("emmc", _l("mémoire soudée (eMMC, UFS)")), ("other", _l("autre, ou je ne sais pas")),
)  # fmt: skip
LARGEST_GIGABYTES = 100_000
NOTE_HELP = _l("Jamais un nom, un mot de passe ni un code.")


class DropForm(Form):
    """Files of the tools, and perhaps whose they are."""

    files = MultipleFileField(_l("Fichiers"), [Filled(_l("Choisissez au moins un fichier."))])
    scanned = ShortText(
        _l("Numéro de l'appareil"),
        longest=120,
        help=_l("Utile si la machine n'a pas de numéro de série lisible ; sinon laissez vide."),
    )


class ScanForm(Form):
    """The tag of the device a file is of."""

    scanned = ShortText(_l("Numéro de l'appareil"), required=_l("Scannez ou tapez son numéro."), longest=120)


class DeclareForm(Form):
    """How a medium was erased, removed or destroyed, seen by a first person."""

    method = Radio(_l("Comment"), required=_l("Choisissez ce qui a été fait."))
    happened_at = PastInstant(_l("Fait le"), required=True, default=utc_now)
    serial = ShortText(_l("Numéro de série lu sur le support"), longest=100)
    note = LongText(_l("Note"), longest=280, help=NOTE_HELP)
    photo = FileField(
        _l("Photo de l'écran ou du support"), description=_l("Elle est redessinée : ni lieu ni date n'y restent.")
    )

    def propose(self, methods: Sequence[Method]) -> None:
        """The ways that fit the medium."""
        self.method.offer((method.code, say(method.label)) for method in methods)


class RejectForm(Form):
    """Why the second person does not confirm."""

    reason = LongText(_l("Ce qui ne va pas"), required=_l("Dites ce qui ne va pas."), longest=280, help=NOTE_HELP)


class MediumForm(Form):
    """A medium found by opening the device."""

    kind = Choice(_l("Nature"), KINDS, required=True)
    model = ShortText(_l("Modèle"), longest=120)
    serial = ShortText(_l("Numéro de série"), longest=100, help=_l("Celui de l'étiquette du support."))
    gigabytes = WholeNumber(_l("Capacité"), least=1, most=LARGEST_GIGABYTES)


class LocksForm(Form):
    """The control of a phone's or tablet's locks."""

    imei = ShortText(
        _l("IMEI"), longest=64, help=_l("Composez *#06# ; deux numéros séparés par une espace s'il y en a deux.")
    )
    imei_reason = ShortText(_l("Si l'IMEI est illisible, pourquoi"), longest=200)

    def validate_imei(self, field: ShortText) -> None:
        """Each number must have the right check digit."""
        numbers = re.split(r"[\s,;/]+", (field.data or "").strip())
        if any(number and not (len(number) == 15 and imei_number.is_valid(number)) for number in numbers):
            raise ValidationError(_l("Cet IMEI n'est pas juste : quinze chiffres, dont le dernier se vérifie."))

    def outcomes(self) -> dict[str, str]:
        """The answer of each line by its code."""
        return {field.name.removeprefix("lock_"): field.data for field in self.lines()}

    def lines(self) -> list[Any]:
        """The fields of the lines, in order."""
        return [field for name, field in self._fields.items() if name.startswith("lock_")]


def locks_form(last: LockCheck | None) -> LocksForm:
    """The form of the locks, filled with the last control since the device came back."""
    choices = [(code, _l(label)) for code, label in OUTCOMES.items()]
    known = last.lines if last else {}
    fields = {
        f"lock_{lock.code}": Radio(
            say(lock.label),
            choices,
            required=_l("Répondez à cette ligne."),
            default=known.get(lock.code),
            help="" if lock.blocking else _l("Pour information : ne bloque pas."),
        )
        for lock in LOCKS
    }
    made: LocksForm = type("LocksFormFilled", (LocksForm,), fields)(
        data={"imei": last.imei, "imei_reason": last.imei_reason} if last else None
    )
    return made


class CertificateForm(Form):
    """Make a certificate, in spite of what is missing if need be."""

    partial = BooleanField(
        _l("Certificat partiel"), [Optional()], description=_l("Il dira, support par support, ce qui manque.")
    )


class VerifyForm(Form):
    """What a paper bears: its number, and its file's digest."""

    number = ShortText(
        _l("Numéro du document"), required=_l("Tapez le numéro imprimé en haut du document."), longest=40
    )
    digest = ShortText(_l("Empreinte SHA-256 du fichier"), longest=100, help=_l("64 signes ; ou déposez le fichier."))
    file = FileField(_l("Fichier PDF"))

    def validate_digest(self, field: ShortText) -> None:
        """A digest or a file is needed."""
        if not field.data and not (self.file.data and self.file.data.filename):
            raise ValidationError(_l("Collez l'empreinte, ou déposez le fichier PDF."))
