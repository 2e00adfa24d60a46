"""Forms of intake: offers, deliveries, sorting, reception, correction."""

import re
from collections.abc import Sequence
from typing import Any

import wtforms
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, FormField, HiddenField
from wtforms.validators import StopValidation

from reemploi.intake.actions import Sorted
from reemploi.intake.fields import Chosen, Kilograms, choices
from reemploi.intake.models import Delivery
from reemploi.intake.reception import Kept
from reemploi.intake.rules import ENTERED_AS, OUTCOMES
from reemploi.journey.keyboards import LAYOUTS
from reemploi.journey.models import Device
from reemploi.journey.rules import CATEGORIES, CHARGERS, LEGAL_ORIGINS
from reemploi.people.models import Organisation, Site
from reemploi.people.rules import KINDS
from reemploi.web.fields import Day, Form, LongText, ShortText, WholeNumber, today

BLANK_LINES = 6
SCAN_ID = re.compile(r"[A-Za-z0-9_-]{8,40}")
KEYBOARDS = frozenset(layout.name for layout in LAYOUTS)


class WithDonor(Form):
    """A donor of the list, or a new one named on the spot."""

    donor = Chosen(_l("Donateur"))
    new_name = ShortText(_l("Nom du nouveau donateur"))
    new_kind = Chosen(_l("Type du nouveau donateur"), help=_l("Il dit l'origine légale des appareils."))
    is_another = BooleanField(_l("C'est un autre organisme, malgré le nom proche"))

    def __init__(self, donors: Sequence[Organisation], **more: Any) -> None:
        super().__init__(**more)
        self.donor.choices = [("", str(_l("Choisissez"))), *((donor.address, donor.name) for donor in donors)]
        self.new_kind.choices = choices(KINDS, empty=_l("Choisissez"))

    def validate(self, extra_validators: Any = None) -> bool:
        """One donor of the list, or a name and a kind."""
        valid = bool(super().validate(extra_validators))
        if self.donor.data and self.new_name.data:
            return _wrong(self.donor, _l("Choisissez un donateur, ou nommez-en un nouveau : pas les deux."))
        if self.donor.data or self.donor.errors or self.new_name.errors:
            return valid
        if not self.new_name.data:
            return _wrong(self.donor, _l("Choisissez le donateur, ou nommez-en un nouveau."))
        return valid and (bool(self.new_kind.data) or _wrong(self.new_kind, _l("Choisissez le type de donateur.")))


def _wrong(field: Any, sentence: Any) -> bool:
    field.errors = [*field.errors, sentence]
    return False


def _count_fields() -> type[wtforms.Form]:
    fields = {code: WholeNumber(_l(label), least=0, most=10_000) for code, label in CATEGORIES.items()}
    return type("CountFields", (wtforms.Form,), fields)


class OfferForm(WithDonor):
    """What a donor proposes: category × count."""

    offered_on = Day(_l("Proposé le"), past=True, required=True, default=today)
    lines = FormField(_count_fields(), label=_l("Appareils proposés"))
    note = LongText(_l("Remarque"), longest=280, help=_l("Âge, état, accès, horaires. Aucun nom de famille aidée."))

    @property
    def counted(self) -> dict[str, int]:
        """The lines that were filled in."""
        return {category: count for category, count in self.lines.data.items() if count}


class DecisionForm(Form):
    """Accept or refuse an offer."""

    decision = Chosen(_l("Décision"))
    reason = LongText(_l("Motif"), longest=280, help=_l("Obligatoire pour un refus : le donateur le demandera."))

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        taken = {"accepted": _l("Accepter"), "refused": _l("Refuser")}
        self.decision.choices = [(code, str(label)) for code, label in taken.items()]


class DeliveryFacts(Form):
    """What is written on paper when a van comes."""

    arrived_on = Day(
        _l("Arrivé le"), past=True, required=True, default=today, help=_l("Le jour du papier, même passé.")
    )
    site = Chosen(_l("Site"))
    entered_as = Chosen(_l("Entré comme"), help=_l("Les bilans comptent à part le réemploi et la réutilisation."))
    legal_origin = Chosen(_l("Origine légale"), help=_l("Elle suit chaque appareil et dit s'il peut être vendu."))
    signatory = ShortText(_l("Signataire du donateur"))
    collector = ShortText(_l("Reçu par"))
    reservations = LongText(
        _l("Réserves"), longest=280, help=_l("Ce qui manque ou n'est pas accepté. Imprimé sur le bon.")
    )

    def __init__(self, sites: Sequence[Site], **more: Any) -> None:
        super().__init__(**more)
        self.site.choices = [(site.address, site.name) for site in sites]
        self.entered_as.choices = choices(ENTERED_AS)
        self.legal_origin.choices = choices(LEGAL_ORIGINS, empty=_l("D'après le type du donateur"))

    def facts(self) -> dict[str, Any]:
        """The values that go to the action as they are."""
        names = ("arrived_on", "entered_as", "legal_origin", "signatory", "collector", "reservations")
        return {name: getattr(self, name).data for name in names}


class DeliveryForm(WithDonor, DeliveryFacts):
    """Open a delivery."""

    def __init__(self, donors: Sequence[Organisation], sites: Sequence[Site], **more: Any) -> None:
        super().__init__(donors=donors, sites=sites, **more)


class CorrectDeliveryForm(DeliveryFacts):
    """Correct a delivery; its donor stays."""

    def __init__(self, delivery: Delivery, sites: Sequence[Site], site: Site, arrived_on: Any) -> None:
        super().__init__(sites=sites, obj=delivery, data={"site": site.address, "arrived_on": arrived_on})


class SortingRow(wtforms.Form):
    """One line counted at the door."""

    category = Chosen(_l("Catégorie"))
    outcome = Chosen(_l("Tri"))
    count = WholeNumber(_l("Nombre"), least=1, most=10_000)
    weight = Kilograms(_l("Poids en kg"))

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.category.choices = choices(CATEGORIES, empty="–")
        self.outcome.choices = choices(OUTCOMES)

    def validate(self, extra_validators: Any = None) -> bool:
        """A line with a number has a category, and the reverse."""
        valid = bool(super().validate(extra_validators))
        if self.count.data and not self.category.data:
            return _wrong(self.category, _l("Choisissez la catégorie."))
        if (self.category.data or self.weight.data) and not self.count.data and not self.count.errors:
            return _wrong(self.count, _l("Tapez le nombre, ou videz la ligne."))
        return valid


class SortingForm(Form):
    """The sorting of a delivery in a compact table; blank lines are left out."""

    lines = FieldList(FormField(SortingRow), max_entries=60)

    @classmethod
    def of(cls, delivery: Delivery) -> "SortingForm":
        """The lines there are, then blank ones."""
        lines = [
            {"category": line.category, "outcome": line.outcome, "count": line.count, "weight": line.weight_grams}
            for line in delivery.sorting
        ]
        return cls(data={"lines": [*lines, *({} for _ in range(BLANK_LINES))]})

    @property
    def sorted(self) -> list[Sorted]:
        """The lines that were filled in."""
        rows = [row.form for row in self.lines if row.form.count.data]
        return [Sorted(row.category.data, row.outcome.data, row.count.data, row.weight.data) for row in rows]


class ReceptionForm(Form):
    """One code, and what stays the same from one machine to the next."""

    scan = ShortText(_l("Numéro de série ou étiquette"), longest=300)
    category = Chosen(_l("Catégorie"))
    charger = Chosen(_l("Chargeur"))
    maker = ShortText(_l("Marque"), longest=100)
    model = ShortText(_l("Modèle"))
    weight = Kilograms(_l("Poids"))
    layout = HiddenField()
    scan_id = HiddenField()

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.category.choices = choices(CATEGORIES)
        self.charger.choices = choices(CHARGERS)

    def validate_scan_id(self, field: HiddenField) -> None:
        """The name of this scan, drawn when the page was shown."""
        if not SCAN_ID.fullmatch(field.data or ""):
            raise StopValidation(_l("Cette page est trop ancienne. Rechargez-la, puis recommencez."))

    def kept(self) -> Kept:
        """What stays the same for the next machine."""
        layout = self.layout.data if self.layout.data in KEYBOARDS else ""
        return Kept(
            category=self.category.data,
            charger=self.charger.data,
            maker=self.maker.data or "",
            model=self.model.data or "",
            weight_grams=self.weight.data,
            layout=layout,
        )


class DeviceForm(Form):
    """Correct what is known of a device."""

    category = Chosen(_l("Catégorie"))
    maker = ShortText(_l("Marque"), longest=100)
    model = ShortText(_l("Modèle"))
    serial = ShortText(_l("Numéro de série"), longest=100)
    weight_grams = Kilograms(_l("Poids"))
    charger = Chosen(_l("Chargeur"))

    def __init__(self, device: Device) -> None:
        super().__init__(obj=device)
        self.category.choices = choices(CATEGORIES)
        self.charger.choices = choices(CHARGERS)
        self.known_serial = device.serial

    def validate(self, extra_validators: Any = None) -> bool:
        """A serial that was noted is corrected, never emptied."""
        valid = bool(super().validate(extra_validators))
        if self.known_serial and not self.serial.data and not self.serial.errors:
            return _wrong(self.serial, _l("Un numéro noté se corrige ; il ne s'efface pas."))
        return valid
