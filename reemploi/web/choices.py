"""Form fields that offer a list; a value it does not hold gets a sentence."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, SelectMultipleField
from wtforms import widgets as w
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from reemploi.web.fields import Say, asked

NOT_IN_LIST = _l("Choisissez dans la liste.")
Pairs = Iterable[tuple[Any, Say]]


class _Listed:
    choices: list[SelectChoice]
    data: Any
    empty: Say | None = None

    def offer(self, choices: Pairs) -> None:
        """Set the list of this request: pairs of a value and its label."""
        first = [] if self.empty is None else [SelectChoice("", self.empty)]
        self.choices = [*first, *(SelectChoice(value, label) for value, label in choices)]

    def holds(self, values: Iterable[Any]) -> bool:
        """True when every value stands in the list."""
        return set(values) <= {choice.value for choice in self.choices}


class Choice(_Listed, SelectField):
    """One value of a list, as a menu; `empty` adds a first line that means none of them and gives ""."""

    def __init__(
        self,
        label: Say = None,
        choices: Pairs = (),
        *,
        required: Say | bool = False,
        empty: Say | None = None,
        help: Say = "",
        **more: Any,
    ) -> None:
        self.empty = empty
        super().__init__(label, asked(required), description=help, **more)
        self.offer(choices)

    def pre_validate(self, _form: FlaskForm) -> None:
        """A sentence for a value that the list does not hold."""
        if self.data is None:
            self.data = ""
        if self.data and not self.holds([self.data]):
            raise ValidationError(NOT_IN_LIST)


class Radio(Choice):
    """One value of a short list, all of it in sight."""

    widget = w.ListWidget(prefix_label=False)
    option_widget = w.RadioInput()


class Several(_Listed, SelectMultipleField):
    """Several values of a list, as boxes to tick."""

    widget = w.ListWidget(prefix_label=False)
    option_widget = w.CheckboxInput()

    def __init__(
        self, label: Say = None, choices: Pairs = (), *, required: Say | bool = False, help: Say = "", **more: Any
    ) -> None:
        super().__init__(label, asked(required), description=help, **more)
        self.offer(choices)

    def pre_validate(self, _form: FlaskForm) -> None:
        """A sentence for a value that the list does not hold."""
        if not self.holds(self.data or ()):
            raise ValidationError(NOT_IN_LIST)
