"""The collection slip (D2): what was taken over from a donor, worded for the paper."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from flask_babel import force_locale, format_date, format_decimal

from reemploi.ground.acting import Acting
from reemploi.ground.columns import new_address
from reemploi.ground.numbering import next_number
from reemploi.intake.actions import refuse_empty
from reemploi.intake.models import Delivery, SortingLine
from reemploi.intake.queries import devices_of, received_by_category, site_of
from reemploi.intake.rules import ENTERED_AS, OUTCOMES
from reemploi.journey.models import Device
from reemploi.journey.rules import CATEGORIES, HOLDS_DATA, LEGAL_ORIGINS, MAY_HOLD_DATA
from reemploi.papers.actions import make_document
from reemploi.papers.letterhead import paper
from reemploi.papers.models import Document
from reemploi.papers.printing import verification_address
from reemploi.papers.rules import TITLES
from reemploi.papers.shapes import Donor, GoodsLine, KnownSerial, ReceptionSlip, Signer
from reemploi.people.models import Association
from reemploi.people.queries import association
from reemploi.people.rules import KINDS
from reemploi.sentences import N_, sentence
from reemploi.web.wording import say

TEXT_VERSION = N_("texte 11/2026")
TRANSFERS = {
    "donation": N_(
        "Le donateur déclare être propriétaire du matériel ci-dessus et en transfère la propriété à l'association "
        "à la date de l'enlèvement, sans contrepartie, pour son réemploi. Il a pris connaissance des réserves. "
        "L'association efface ou détruit les supports de stockage et en remet l'attestation sur demande."
    ),
    "waste": N_(
        "Le détenteur remet le matériel ci-dessus comme déchet d'équipements électriques et électroniques. "
        "L'association le prépare en vue de sa réutilisation et remet le reste à une filière agréée. Elle efface ou "
        "détruit les supports de stockage et en remet l'attestation sur demande."
    ),
    "loan_deposit": N_(
        "Le déposant reste propriétaire du matériel ci-dessus et le confie à l'association, qui peut le prêter. "
        "L'association efface les supports de stockage avant tout prêt."
    ),
}
LEFT_WITH_DONOR = ("given_back", "refused")


def make_slip(delivery: Delivery, *, acting: Acting, language: Literal["fr", "en"] = "fr") -> Document:
    """Freeze the slip of a delivery as it stands; raises Refused when nothing was received or counted."""
    refuse_empty(delivery)
    address = new_address()
    number = next_number("ENL", acting=acting)
    with force_locale(language):
        data = _slip(delivery, number, verification_address(address), acting, language)
    return make_document(
        acting=acting,
        address=address,
        kind="reception_slip",
        number=number,
        subject=subject_of(delivery),
        template="reception_slip",
        language=language,
        data=data,
    )


def subject_of(delivery: Delivery) -> str:
    """How documents name a delivery."""
    return f"delivery:{delivery.id}"


def _slip(
    delivery: Delivery, number: str, verify_at: str, acting: Acting, language: Literal["fr", "en"]
) -> ReceptionSlip:
    issuer = association(acting.association_id)
    goods = _goods(delivery)
    transfer = "loan_deposit" if delivery.legal_origin == "loan_deposit" else delivery.entered_as
    return ReceptionSlip(
        **paper(
            issuer,
            language=language,
            title=say(TITLES["reception_slip"]),
            number=number,
            date=_long_day(acting.now, acting),
            verify_at=verify_at,
            text_version=say(TEXT_VERSION),
        ),
        donor=_donor(delivery),
        collected_on=_long_day(delivery.arrived_at, acting),
        collected_at=site_of(delivery).name,
        collector=delivery.collector,
        entered_as=say(ENTERED_AS[delivery.entered_as]),
        legal_origin=say(LEGAL_ORIGINS[delivery.legal_origin]),
        goods=goods,
        total_count=sum(line["count"] for line in goods),
        total_weight=_total_weight(delivery),
        serials=[_serial(device) for device in devices_of(delivery) if device.serial],
        transfer=say(TRANSFERS[transfer]),
        reservations=delivery.reservations,
        signers=_signers(delivery, issuer),
    )


def _long_day(instant: datetime, acting: Acting) -> str:
    return str(format_date(instant.astimezone(acting.zone), "long", rebase=False))


def _kilograms(grams: int) -> str:
    return f"{format_decimal(round(grams / 1000, 1))} kg" if grams else ""


def _total_weight(delivery: Delivery) -> str:
    """The weight of all that was taken, or « au moins » the part of it that was weighed."""
    taken = [line for line in delivery.sorting if line.outcome not in LEFT_WITH_DONOR]
    sorted_ = {line.category for line in delivery.sorting}
    alone = [device.weight_grams for device in devices_of(delivery) if device.category not in sorted_]
    weights = [*(line.weight_grams for line in taken), *alone]
    known = _kilograms(sum(weight for weight in weights if weight))
    if not known or all(weights):
        return known
    return say(sentence(N_("au moins %(weight)s"), weight=known))


def _donor(delivery: Delivery) -> Donor:
    donor = delivery.donor
    contact = " · ".join(part for part in (donor.contact, donor.telephone, donor.email) if part)
    return Donor(
        kind=say(KINDS[donor.kind]),
        name=donor.name,
        identifier=donor.siret or donor.rna or "",
        address="",
        contact=contact,
        signatory=delivery.signatory,
    )


def _goods(delivery: Delivery) -> list[GoodsLine]:
    """One line per category: as sorted where it was sorted, else the devices received one by one."""
    received = received_by_category(delivery)
    lines = []
    for category in CATEGORIES:
        sorted_ = [line for line in delivery.sorting if line.category == category]
        taken = [line for line in sorted_ if line.outcome not in LEFT_WITH_DONOR]
        count, grams = received.get(category, (0, 0))
        if sorted_:
            count, grams = sum(line.count for line in taken), sum(line.weight_grams or 0 for line in taken)
        if count or sorted_:
            lines.append(
                GoodsLine(
                    kind=say(CATEGORIES[category]),
                    count=count,
                    storage=_storage(category),
                    weight=_kilograms(grams),
                    remarks=_remarks(sorted_),
                )
            )
    return lines


def _storage(category: str) -> str:
    if category in HOLDS_DATA:
        return say(N_("oui"))
    return say(N_("possible")) if category in MAY_HOLD_DATA else say(N_("non"))


def _remarks(lines: Sequence[SortingLine]) -> str:
    if [line.outcome for line in lines] == ["kept"]:
        return ""
    return ", ".join(f"{say(OUTCOMES[line.outcome]).lower()} : {line.count}" for line in lines)


def _serial(device: Device) -> KnownSerial:
    return KnownSerial(kind=say(CATEGORIES[device.category]), model=device.name, serial=device.serial)


def _signers(delivery: Delivery, issuer: Association) -> list[Signer]:
    return [
        Signer(
            role=say(N_("Pour le donateur")), name=delivery.signatory or delivery.donor.name, signed_on="", drawing=None
        ),
        Signer(role=say(N_("Pour l'association")), name=delivery.collector or issuer.name, signed_on="", drawing=None),
    ]
