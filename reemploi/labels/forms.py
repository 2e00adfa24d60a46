"""Forms of labels."""

from collections.abc import Mapping
from typing import Any

from flask_babel import format_decimal
from flask_babel import lazy_gettext as _l

from reemploi.intake.fields import Chosen, Millimetres
from reemploi.labels.actions import Printing
from reemploi.labels.codes import RESOLUTIONS
from reemploi.labels.formats import SheetFormat, formats
from reemploi.web.fields import Form, LongText, WholeNumber

USUAL = "L7160"


class PrintForm(Form):
    """For which devices, on which labels, with which printer."""

    which = Chosen(_l("Étiquettes"))
    tags = LongText(
        _l("Numéros des appareils"),
        longest=40_000,
        help=_l("Un par ligne ; scannez les étiquettes ou tapez les dix chiffres."),
    )
    format = Chosen(_l("Papier"))
    start_at = WholeNumber(
        _l("Commencer à l'étiquette"), least=1, most=999, default=1,
        help=_l("Sur une planche entamée : comptez de gauche à droite, puis de haut en bas."),
    )  # fmt: skip
    dpi = Chosen(_l("Imprimante"))
    offset_x = Millimetres(_l("Décaler vers la droite (mm)"))
    offset_y = Millimetres(_l("Décaler vers le bas (mm)"))

    def __init__(self, *, which: Mapping[str, str], data: Mapping[str, Any]) -> None:
        super().__init__(data={"which": next(iter(which)), **data})
        self.which.choices = list(which.items())
        self.format.choices = [(name, _named(name)) for name in formats()]
        self.dpi.choices = [(str(dpi), _resolution(dpi)) for dpi in sorted(RESOLUTIONS, reverse=True)]

    def printing(self) -> Printing:
        """The choices, for the action."""
        return Printing(
            format=self.format.data,
            start_at=self.start_at.data or 1,
            dpi=int(self.dpi.data),
            offset_x_mm=self.offset_x.data,
            offset_y_mm=self.offset_y.data,
        )


def _named(name: str) -> str:
    label = formats()[name]
    known = {
        "title": label.title,
        "width": format_decimal(label.label_width),
        "height": format_decimal(label.label_height),
        "count": label.per_page,
    }
    if isinstance(label, SheetFormat):
        return str(_l("%(title)s, %(width)s × %(height)s mm, %(count)s par feuille", **known))
    return str(_l("Rouleau %(title)s, %(width)s × %(height)s mm", **known))


def _resolution(dpi: int) -> str:
    names = {300: _l("Laser ou jet d'encre (300 points par pouce)"), 203: _l("Thermique (203 points par pouce)")}
    return str(names[dpi])
