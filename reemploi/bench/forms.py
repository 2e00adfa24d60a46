"""Forms of the bench: checklist and grade, system, repairs."""

from decimal import Decimal, InvalidOperation
from typing import Any

from flask_babel import format_decimal
from flask_babel import lazy_gettext as _l
from wtforms import StringField, SubmitField
from wtforms.validators import Optional

from reemploi.bench.checklists import NOT_TESTED, OUTCOMES
from reemploi.bench.queries import Checklist
from reemploi.web.choices import Choice, Radio
from reemploi.web.cleaning import clean_line
from reemploi.web.fields import Day, Form, LongText, ShortText, WholeNumber, today
from reemploi.web.wording import say

LANGUAGES = (
    ("fr", _l("français")), ("en", _l("anglais")), ("ar", _l("arabe")), ("uk", _l("ukrainien")),
    ("pt", _l("portugais")), ("tr", _l("turc")), ("es", _l("espagnol")), ("multi", _l("plusieurs langues")),
)  # fmt: skip
DEAREST = Decimal(100_000)


class Euros(StringField):
    """An amount typed in euros with a comma or a point, given in whole cents, 0 when nothing is typed."""

    data: int | None

    def __init__(self, label: Any = None, **more: Any) -> None:
        super().__init__(label, [Optional()], render_kw={"inputmode": "decimal"}, **more)

    def _value(self) -> str:
        if self.raw_data:
            return clean_line(str(self.raw_data[0])[:20])
        return str(format_decimal(Decimal(self.data) / 100)) if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the amount, half cents up; a sentence when it is none or out of bounds."""
        self.data = 0
        text = clean_line(valuelist[0][:20]).replace(" ", "").replace(",", ".").removesuffix("€") if valuelist else ""
        if not text:
            return
        try:
            euros = Decimal(text) if text.isascii() else Decimal("NaN")
        except InvalidOperation:
            euros = Decimal("NaN")
        if not euros.is_finite() or not 0 <= euros <= DEAREST:
            raise ValueError(_l("Tapez un montant en euros, par exemple 12,50."))
        self.data = int((euros * 100 + Decimal("0.5")) // 1)


class CheckForm(Form):
    """A checklist with its lines as fields, and the grade."""

    grade = Radio(_l("Grade"), [(letter, letter) for letter in "ABCD"])
    all_works = SubmitField(_l("Tout fonctionne"))

    def outcomes(self) -> dict[str, str]:
        """The answer of each line by its code."""
        return {name.removeprefix("line_"): field.data for name, field in self._fields.items() if _is_line(name)}

    def lines(self) -> list[Any]:
        """The fields of the lines, in order."""
        return [field for name, field in self._fields.items() if _is_line(name)]


def _is_line(name: str) -> bool:
    return name.startswith("line_")


def check_form(checklist: Checklist, grade: str | None) -> CheckForm:
    """The form of a device's checklist, filled with what was answered so far."""
    choices = [(code, _l(label)) for code, label in OUTCOMES.items()]
    fields = {
        f"line_{one.line.code}": Radio(
            say(one.line.label),
            choices,
            default=one.outcome,
            help="" if one.line.required else _l("Facultatif"),
        )
        for one in checklist.controls
    }
    made: CheckForm = type("CheckFormOfCategory", (CheckForm,), fields)(data={"grade": grade})
    for field in made.lines():
        field.data = field.data or NOT_TESTED
    return made


class SystemForm(Form):
    """The system installed."""

    name = ShortText(_l("Système"), required=_l("Dites quel système, par exemple Linux Mint."), longest=60)
    version = ShortText(_l("Version"), longest=40)
    language = Choice(_l("Langue"), LANGUAGES)
    installed_on = Day(_l("Installé le"), past=True, required=True, default=today)


class RepairForm(Form):
    """A repair opened by hand."""

    fault = LongText(
        _l("Défaut"),
        required=_l("Dites le défaut en quelques mots."),
        longest=280,
        help=_l("Ce qui ne va pas, jamais un nom ni un mot de passe."),
    )


class EndRepairForm(Form):
    """What was done."""

    work = LongText(_l("Travail fait"), required=_l("Dites ce qui a été fait."), longest=280)
    cost_cents = Euros(_l("Coût des pièces"))
    minutes = WholeNumber(_l("Temps passé"), most=10_000, help=_l("En minutes."))
