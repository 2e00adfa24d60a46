"""Forms of the table: what is handed over, when it is due, how it comes back."""

from collections.abc import Sequence
from datetime import date

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField
from wtforms.validators import InputRequired, Optional

from reemploi.ground.numbering import in_groups
from reemploi.handover.actions import Item
from reemploi.handover.rules import ACCESSORIES, KINDS
from reemploi.journey.models import Device
from reemploi.prescription.forms import says_nothing_secret
from reemploi.web.choices import Choice, Radio, Several
from reemploi.web.fields import Day, Form, PastInstant, ShortText

NO_DAY = _l("Choisissez l'échéance, ou cochez « sans terme ».")
CONDITION = 120


class HandoverForm(Form):
    """One handover; `form_for` adds the fields of each device."""

    kind = Radio(_l("Prêt ou don"), choices=[(code, _l(label)) for code, label in KINDS.items()], default="loan")
    due_on = Day(_l("À rendre le"), help=_l("Pour un prêt. Vide si le prêt est sans terme."))
    open_ended = BooleanField(_l("Prêt sans terme"))
    site = Choice(_l("Lieu de la remise"), required=True)
    borrower = ShortText(
        _l("Nom sur le papier"), required=True, longest=120, help=_l("Le nom civil. Il n'apparaît que sur le papier.")
    )
    signatory = ShortText(
        _l("Signataire, si c'est une autre personne"), longest=120, help=_l("Nom et qualité : parent, tuteur…")
    )
    signature = HiddenField()
    devices: Sequence[Device] = ()

    def validate(self, extra_validators: object = None) -> bool:
        """A loan has a due date or none on purpose."""
        fine = super().validate(extra_validators)
        if self.kind.data == "loan" and not self.open_ended.data and self.due_on.data is None:
            self.due_on.errors = [*self.due_on.errors, NO_DAY]
            return False
        return fine

    def items(self) -> list[Item]:
        """The ticked devices with what goes with them."""
        return [
            Item(device, tuple(self[f"accessories_{device.tag}"].data or ()), self[f"condition_{device.tag}"].data)
            for device in self.devices
            if self[f"take_{device.tag}"].data
        ]

    def due(self) -> date | None:
        """The due date of a loan."""
        chosen: date | None = self.due_on.data
        return None if self.open_ended.data or self.kind.data == "gift" else chosen


def form_for(devices: Sequence[Device], *, due_on: date, gift: bool, site: str | None, borrower: str) -> HandoverForm:
    """The form with three fields for each device, and what is usual filled in."""
    fields: dict[str, object] = {"devices": tuple(devices)}
    for device in devices:
        tag = in_groups(device.tag)
        fields[f"take_{device.tag}"] = BooleanField(
            _l("Remettre %(device)s (%(tag)s)", device=device.name or device.category, tag=tag), default=True
        )
        fields[f"accessories_{device.tag}"] = Several(
            _l("Accessoires de %(tag)s", tag=tag),
            choices=[(code, _l(label)) for code, label in ACCESSORIES.items()],
            default=["charger"] if device.charger in ("with_it", "from_stock") else [],
        )
        fields[f"condition_{device.tag}"] = ShortText(
            _l("État de %(tag)s au départ", tag=tag), longest=CONDITION, validators=[Optional(), says_nothing_secret]
        )
    chosen: HandoverForm = type("HandoverOfDevices", (HandoverForm,), fields)(
        kind="gift" if gift else "loan", due_on=due_on, site=site, borrower=borrower
    )
    return chosen


class TagForm(Form):
    """A device's number, or that of a paper, typed or scanned."""

    code = ShortText(_l("Numéro de l'appareil, ou de la remise"), required=True, longest=200)


class PaperForm(Form):
    """The paper came back signed by hand."""

    handed_at = PastInstant(_l("Remis le"), help=_l("Maintenant, si vous ne dites rien."))


class ReturnForm(Form):
    """A device comes back."""

    accessories = Several(_l("Accessoires revenus"))
    condition = ShortText(
        _l("État au retour"), longest=CONDITION, validators=[Optional(), says_nothing_secret], help=_l("En deux mots.")
    )
    happened_at = PastInstant(_l("Rendu le"), help=_l("Maintenant, si vous ne dites rien."))

    def expect(self, accessories: Sequence[str]) -> None:
        """Offer the accessories that left with it."""
        self.accessories.offer((code, _l(ACCESSORIES[code])) for code in accessories)


class UndoForm(Form):
    """The handover never took place."""

    never_left = BooleanField(
        _l("Il n'a pas quitté le comptoir"),
        [InputRequired(_l("Cochez-le si l'appareil n'a pas quitté le comptoir. Sinon, enregistrez un retour."))],
    )


class RenewalForm(Form):
    """Another due date."""

    due_on = Day(_l("Nouvelle échéance"), required=True)
