"""The form of an association's settings, made from the registry: one field per setting, by the type of its default."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field

from reemploi.ground.settings import SETTINGS, Setting
from reemploi.web.choices import Radio
from reemploi.web.fields import LARGEST, Form, ShortText, WholeNumber

YES, NO = "yes", "no"


class SettingsForm(Form):
    """Fields are added by `settings_form`."""

    def values(self) -> dict[str, Any]:
        """The value of each setting, in its own type."""
        return {name: _value(SETTINGS[name], typed) for name, typed in super().values().items()}


def settings_form(now: Mapping[str, Any]) -> SettingsForm:
    """The form, showing the values in force."""
    fields = {name: _field(setting) for name, setting in SETTINGS.items()}
    form_class = type("AssociationSettingsForm", (SettingsForm,), fields)
    shown = {name: _shown(value) for name, value in now.items()}
    form: SettingsForm = form_class(data=shown)
    return form


def _field(setting: Setting) -> Field:
    label, help = _l(setting.label), _l(setting.help)
    if isinstance(setting.default, bool):
        return Radio(label, [(YES, _l("Oui")), (NO, _l("Non"))], required=True, help=help)
    if isinstance(setting.default, int):
        least = setting.least if setting.least is not None else 0
        return WholeNumber(label, least=least, most=setting.most or LARGEST, required=True, help=help)
    return ShortText(label, required=bool(setting.default), help=help)


def _shown(value: Any) -> Any:
    return (YES if value else NO) if isinstance(value, bool) else value


def _value(setting: Setting, typed: Any) -> Any:
    return typed == YES if isinstance(setting.default, bool) else typed
