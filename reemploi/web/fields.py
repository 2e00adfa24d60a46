"""Form fields that take whatever is typed or pasted and answer with a sentence, never with an error page.

Every text is cleaned the same way: control signs and invisible signs leave, spaces are single, a NUL is refused, and
so is a text beyond its length; what was typed is shown again.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from flask_wtf import FlaskForm
from wtforms import DateField, Field, IntegerField, StringField
from wtforms import widgets as w
from wtforms.validators import Optional, StopValidation

from reemploi.ground.acting import PARIS
from reemploi.ground.clock import utc_now
from reemploi.sentences import N_
from reemploi.web.cleaning import clean_line, clean_text, is_far_too_long

FIRST_YEAR = 2000
LARGEST = 2**31 - 1
Say = Any  # a text or a lazy text

NUL = _l("Ce texte contient un signe invisible que le service ne peut pas garder. Tapez-le à nouveau.")
TOO_LONG = N_("%(longest)s signes au plus ; il y en a %(count)s.")
MISSING = _l("Remplissez ce champ.")
NOT_AN_ADDRESS = _l("Cette adresse n'est pas complète. Exemple : prenom.nom@exemple.fr")
NOT_A_DAY = _l("Cette date n'existe pas. Exemple : 12/03/2026")
NOT_AN_INSTANT = _l("Cette date ou cette heure n'existe pas. Exemple : 12/03/2026 14:30")
TO_COME = _l("Cette date n'est pas encore passée.")
TOO_OLD = _l("Cette date est trop ancienne.")
NOT_A_NUMBER = _l("Tapez un nombre entier, en chiffres.")


class Form(FlaskForm):
    """A form whose values go to an action by name."""

    def values(self) -> dict[str, Any]:
        """What was typed, by field name, ready for an action's keyword arguments."""
        return {field.name: field.data for field in self if field.type not in ("CSRFTokenField", "SubmitField")}


class Filled:
    """Asks for a value that is more than spaces."""

    field_flags = {"required": True}

    def __init__(self, sentence: Say = MISSING) -> None:
        self.sentence = sentence

    def __call__(self, _form: FlaskForm, field: Field) -> None:
        if field.data in (None, "", []) and not field.process_errors:
            raise StopValidation(self.sentence)


def asked(required: Say | bool) -> list[Any]:
    """Validators of a field: required with its sentence (True: the ordinary one), or optional."""
    if required is False:
        return [Optional()]
    return [Filled(MISSING if required is True else required)]


class _Text(StringField):
    data: str
    clean: Callable[[str], str] = staticmethod(clean_line)

    def __init__(
        self, label: Say = None, *, required: Say | bool = False, longest: int = 200, help: Say = "", **more: Any
    ) -> None:
        more.setdefault("validators", asked(required))
        super().__init__(label, description=help, **more)
        self.longest = longest
        self.flags.max_length = longest

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist:
            self.data = self.data or ""
            return
        typed = valuelist[0]
        self.data = typed.replace("\x00", "") if is_far_too_long(typed, self.longest) else type(self).clean(typed)
        if "\x00" in typed:
            raise ValueError(NUL)
        if len(self.data) > self.longest:
            raise ValueError(_l(TOO_LONG, longest=self.longest, count=len(self.data)))


class ShortText(_Text):
    """One line of text, 200 signs unless told; empty gives ""."""


class LongText(_Text):
    """Several lines of text, 2,000 signs unless told."""

    widget = w.TextArea()
    clean = staticmethod(clean_text)

    def __init__(self, label: Say = None, *, longest: int = 2000, **more: Any) -> None:
        super().__init__(label, longest=longest, **more)


class EmailAddress(_Text):
    """An address for mail, in lower case and ASCII (an accented domain in its network form); empty gives ""."""

    widget = w.EmailInput()

    def __init__(self, label: Say = None, *, longest: int = 254, **more: Any) -> None:
        super().__init__(label, longest=longest, **more)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep the address as it is stored and looked up."""
        super().process_formdata(valuelist)
        if self.data:
            try:
                found = validate_email(self.data, check_deliverability=False, allow_smtputf8=False)
            except EmailNotValidError as refusal:
                raise ValueError(NOT_AN_ADDRESS) from refusal
            self.data = (found.ascii_email or found.normalized).lower()


class WholeNumber(IntegerField):
    """A whole number between two bounds, inclusive; spaces between digits are fine."""

    widget = w.TextInput()

    def __init__(
        self,
        label: Say = None,
        *,
        least: int = 0,
        most: int = LARGEST,
        required: Say | bool = False,
        help: Say = "",
        **more: Any,
    ) -> None:
        more["render_kw"] = {"inputmode": "numeric", **more.get("render_kw", {})}
        super().__init__(label, asked(required), description=help, **more)
        self.least, self.most = least, most

    def _value(self) -> str:
        if self.raw_data:
            return _short(self.raw_data)
        return "" if self.data is None else str(self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the digits; a very long number is out of bounds, not an error."""
        self.data = None
        text = _short(valuelist).replace(" ", "")
        if not text:
            return
        digits = text.removeprefix("-")
        if not (digits.isascii() and digits.isdigit()):
            raise ValueError(NOT_A_NUMBER)
        number = int(text) if len(digits) <= 15 else LARGEST * (-1 if digits != text else 1)
        if len(digits) > 15 or not self.least <= number <= self.most:
            raise ValueError(_l("Choisissez un nombre entre %(least)s et %(most)s.", least=self.least, most=self.most))
        self.data = number


class Day(DateField):
    """A day, typed as the browser does or as 12/03/2026; `past` refuses days to come."""

    def __init__(
        self, label: Say = None, *, past: bool = False, required: Say | bool = False, help: Say = "", **more: Any
    ) -> None:
        super().__init__(label, asked(required), format=["%Y-%m-%d", "%d/%m/%Y"], description=help, **more)
        self.past = past

    def _value(self) -> str:
        if self.raw_data:
            return _short(self.raw_data)
        return self.data.isoformat() if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day; a sentence when it does not exist or lies on the wrong side of today."""
        self.data = None
        text = _short(valuelist)
        if not text:
            return
        self.data = _read(text, self.strptime_format, NOT_A_DAY).date()
        if self.data.year < FIRST_YEAR - 100:
            raise ValueError(TOO_OLD)
        if self.past and self.data > today():
            raise ValueError(TO_COME)


class PastInstant(StringField):
    """When something happened: typed in the association's zone, given as an aware instant in UTC, never to come."""

    widget = w.DateTimeLocalInput()
    FORMATS = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M")

    def __init__(self, label: Say = None, *, required: Say | bool = False, help: Say = "", **more: Any) -> None:
        super().__init__(label, asked(required), description=help, **more)

    def _value(self) -> str:
        if self.raw_data:
            return _short(self.raw_data)
        return self.data.astimezone(zone()).strftime(self.FORMATS[0]) if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the instant; a sentence when it does not exist, lies ahead or before the year 2000."""
        self.data = None
        text = _short(valuelist)
        if not text:
            return
        naive = _read(text, self.FORMATS, NOT_AN_INSTANT)
        if naive.year < FIRST_YEAR:
            raise ValueError(TOO_OLD)
        instant = naive.replace(tzinfo=zone()).astimezone(UTC) if naive.year < date.max.year else None
        if instant is None or instant > utc_now() + timedelta(minutes=1):
            raise ValueError(TO_COME)
        self.data = instant


def _short(values: list[str]) -> str:
    return clean_line(values[0][:100]) if values else ""


def _read(text: str, formats: Iterable[str], sentence: Say) -> datetime:
    for form in formats:
        try:
            return datetime.strptime(text, form)
        except ValueError:
            continue
    raise ValueError(sentence)


def zone() -> ZoneInfo:
    """The zone of the association of whoever is signed in."""
    return getattr(current_user, "zone", None) or PARIS


def today() -> date:
    """Today's date where the association is."""
    return utc_now().astimezone(zone()).date()


def start_of(day: date) -> datetime:
    """The instant a day begins where the association is, in UTC."""
    return datetime.combine(day, time(), zone()).astimezone(UTC)
