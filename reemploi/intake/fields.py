"""Fields that intake and labels share: a choice in a list, weights, lengths."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from flask_babel import format_decimal
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import Optional, StopValidation

from reemploi.web.cleaning import clean_line
from reemploi.web.wording import say

HEAVIEST_KILOGRAMS = 20_000
LONGEST_MILLIMETRES = 100


class Chosen(SelectField):
    """A choice in a list; what is not in it answers with a sentence."""

    def __init__(self, label: Any = None, *, help: Any = "", **more: Any) -> None:
        super().__init__(label, description=help, choices=[], **more)
        self.flags.required = True

    def pre_validate(self, form: Any) -> None:
        """Refuse what is not in the list."""
        if self.data not in dict(self.choices):
            raise StopValidation(_l("Choisissez dans la liste."))


def choices(labels: Mapping[str, str], empty: Any = None) -> list[tuple[str, str]]:
    """The choices of a table of labels, in the reader's language; `empty` names the first, empty one."""
    listed = [(code, say(label)) for code, label in labels.items()]
    return listed if empty is None else [("", str(empty)), *listed]


class _Measure(StringField):
    """A decimal number typed with a comma or a point, perhaps followed by its unit."""

    unit = ""

    def __init__(self, label: Any = None, **more: Any) -> None:
        super().__init__(label, [Optional()], render_kw={"inputmode": "decimal"}, **more)

    def typed(self, valuelist: list[str], sentence: Any) -> Decimal | None:
        """The number, None when nothing is typed; raises ValueError with the sentence when it is none."""
        text = clean_line(valuelist[0][:20]) if valuelist else ""
        text = text.replace(" ", "").replace(",", ".").replace("\N{MINUS SIGN}", "-").lower().removesuffix(self.unit)
        if not text:
            return None
        try:
            number = Decimal(text) if text.isascii() else None
        except InvalidOperation:
            number = None
        if number is None or not number.is_finite():
            raise ValueError(sentence)
        return number

    def shown(self, number: Decimal | None) -> str:
        """What was typed, else the number as the reader writes it."""
        if self.raw_data:
            return clean_line(str(self.raw_data[0])[:20])
        return "" if number is None else str(format_decimal(number))


class Kilograms(_Measure):
    """A weight typed in kilograms, given in whole grams; None when nothing is typed."""

    unit = "kg"
    data: int | None

    def _value(self) -> str:
        return self.shown(Decimal(self.data) / 1000 if self.data else None)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number; a sentence when it is none or out of bounds."""
        self.data = None
        sentence = _l("Tapez un poids en kilogrammes, par exemple 2,4.")
        kilograms = self.typed(valuelist, sentence)
        if kilograms is not None and not Decimal("0.001") <= kilograms <= HEAVIEST_KILOGRAMS:
            raise ValueError(sentence)
        self.data = None if kilograms is None else int((kilograms * 1000).to_integral_value())


class Millimetres(_Measure):
    """A length in millimetres, negative ones too; 0 when nothing is typed."""

    unit = "mm"
    data: float

    def __init__(self, label: Any = None, **more: Any) -> None:
        super().__init__(label, default=0.0, **more)

    def _value(self) -> str:
        return self.shown(Decimal(str(self.data)) if self.data else None)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number; a sentence when it is none."""
        self.data = 0.0
        sentence = _l("Tapez une longueur en millimètres, par exemple 1,5 ou -0,5.")
        length = self.typed(valuelist, sentence) or Decimal(0)
        if abs(length) > LONGEST_MILLIMETRES:
            raise ValueError(sentence)
        self.data = float(length)
