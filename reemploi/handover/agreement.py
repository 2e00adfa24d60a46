"""The papers of a handover: loan agreement (D9) and gift certificate (D11), worded for their reader, then frozen.

The clauses follow articles 1875 to 1891 of the civil code (loan for use) and, for equipment ceded free of charge by a
public body, article L.3212-2, 3° of the general code of the property of public bodies.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from flask_babel import force_locale

from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.ground.columns import new_address
from reemploi.handover.models import Handover, HandoverLine
from reemploi.handover.rules import ACCESSORIES
from reemploi.journey.models import Device
from reemploi.journey.rules import CATEGORIES, LEGAL_ORIGINS
from reemploi.papers.actions import make_document
from reemploi.papers.letterhead import letterhead, paper
from reemploi.papers.models import Document
from reemploi.papers.shapes import CededDevice, Clause, GiftCertificate, LentDevice, LoanAgreement, Paper, Party, Signer
from reemploi.papers.signatures import Drawing
from reemploi.people.mails import page_address
from reemploi.people.models import Association, Site
from reemploi.people.queries import member_names
from reemploi.prescription.models import Household, Prescription
from reemploi.prescription.rules import NEEDS
from reemploi.sentences import N_, sentence
from reemploi.web.wording import say

TEXT_VERSION = "1"
TEMPLATES = {"loan": "loan_agreement", "gift": "gift_certificate"}
TITLES = {"loan": N_("Convention de prêt"), "gift": N_("Attestation de don")}
CLAUSES = (
    (
        N_("Un prêt, gratuit"),
        N_(
            "L'association prête les appareils ci-dessus pour l'usage du foyer (prêt à usage, articles 1875 à 1891 du "
            "code civil). Elle en reste propriétaire. Aucun paiement n'est demandé."
        ),
    ),
    (
        N_("En prendre soin"),
        N_(
            "L'emprunteur garde les appareils et s'en sert raisonnablement. Il ne les prête, ne les vend et ne les met "
            "en gage auprès de personne. L'usure ordinaire n'est pas à sa charge."
        ),
    ),
    (
        N_("Panne"),
        N_("L'emprunteur prévient l'association, qui répare ou remplace l'appareil quand elle le peut, sans frais."),
    ),
    (
        N_("Vol ou perte"),
        N_("L'emprunteur prévient l'association. En cas de vol, elle lui donne les numéros utiles à la plainte."),
    ),
    (
        N_("Restitution"),
        N_(
            "À l'échéance, l'emprunteur rend les appareils et les accessoires, après avoir copié ses fichiers et "
            "retiré ses comptes. L'association efface ensuite toutes les données."
        ),
    ),
)
NOT_RESOLD = (
    N_("Ne pas revendre"),
    N_(
        "Au moins un appareil vient d'une cession gratuite d'une personne publique. Le bénéficiaire s'engage à ne pas "
        "le revendre (code général de la propriété des personnes publiques, article L. 3212-2, 3°)."
    ),
)
NOTICE = N_(
    "L'association garde votre nom et vos coordonnées le temps de suivre cette remise et de vous joindre, chiffrés. "
    "Vous pouvez les consulter, les corriger ou demander leur effacement, en lui écrivant. Réclamation possible "
    "auprès de la CNIL."
)


@dataclass(frozen=True)
class Signing:
    """Who signs: the name on the paper, another signatory with their quality, the drawing when there is one.

    `language` is that of the paper, whatever the language of who hands over.
    """

    borrower: str
    signatory: str = ""
    drawing: Drawing | None = None
    language: Literal["fr", "en"] = "fr"


def make_agreement(
    handover: Handover, lines: Sequence[tuple[HandoverLine, Device]], signing: Signing, *, acting: Acting
) -> Document:
    """The paper of a handover in the open transaction, from its rows as they stand."""
    address = new_address()
    make = _loan if handover.kind == "loan" else _gift
    with force_locale(signing.language):
        data = make(_paper(handover, signing, acting, address), handover, lines, signing, acting)
    return make_document(
        acting=acting,
        address=address,
        kind=TEMPLATES[handover.kind],
        number=handover.number,
        subject=f"handover:{handover.number}",
        template=TEMPLATES[handover.kind],
        language=signing.language,
        data=dict(data),
    )


def _paper(handover: Handover, signing: Signing, acting: Acting, address: str) -> Paper:
    return paper(
        _association(acting),
        language=signing.language,
        title=say(TITLES[handover.kind]),
        number=handover.number,
        date=_day(_today(acting)),
        verify_at=page_address("papers.verify", address=address),
        text_version=TEXT_VERSION,
        copies=[say(N_("Exemplaire du bénéficiaire")), say(N_("Exemplaire de l'association"))],
    )


def _loan(
    base: Paper, handover: Handover, lines: Sequence[tuple[HandoverLine, Device]], signing: Signing, acting: Acting
) -> LoanAgreement:
    site = db.session.get_one(Site, handover.site_id)
    prescription = db.session.get_one(Prescription, handover.prescription_id)
    return LoanAgreement(
        **base,
        lender=_issuer(acting),
        borrower=_household(handover, signing),
        signatory=signing.signatory,
        co_borrower="",
        interpreter="",
        read_aloud_by="",
        witness="",
        devices=[
            LentDevice(
                tag=device.tag,
                device=_named(device),
                serial=device.serial,
                accessories=_accessories(line),
                state=_state(line, device),
                value="",
            )
            for line, device in lines
        ],
        total_value="",
        purpose=say(NEEDS[prescription.need]),
        start=_day(_today(acting)),
        end=_day(handover.due_on) if handover.due_on else say(N_("sans terme")),
        renewal=say(N_("Sur demande faite avant l'échéance")),
        return_place=", ".join(part for part in (site.name, *site.postal_address.splitlines()) if part),
        clauses=[Clause(heading=say(heading), text=say(text)) for heading, text in CLAUSES],
        liability_cap="",
        deposit=say(N_("Aucune")),
        charter="",
        help_contact=_contact(acting),
        notice=say(NOTICE),
        signers=_signers(signing, acting),
    )


def _gift(
    base: Paper, handover: Handover, lines: Sequence[tuple[HandoverLine, Device]], signing: Signing, acting: Acting
) -> GiftCertificate:
    public = any(device.legal_origin == "public_free_transfer" for _line, device in lines)
    return GiftCertificate(
        **base,
        giver=_issuer(acting),
        recipient=_household(handover, signing),
        devices=[
            CededDevice(
                tag=device.tag,
                device=_named(device),
                serial=device.serial,
                accessories=_accessories(line),
                state=_state(line, device),
                origin=say(LEGAL_ORIGINS[device.legal_origin]),
                refurbished=False,
                price="",
                price_cap="",
            )
            for line, device in lines
        ],
        given_on=_day(_today(acting)),
        sale=None,
        undertakings=[Clause(heading=say(NOT_RESOLD[0]), text=say(NOT_RESOLD[1]))] if public else [],
        help_contact=_contact(acting),
        notice=say(NOTICE),
        signers=_signers(signing, acting),
    )


def _association(acting: Acting) -> Association:
    return db.session.get_one(Association, acting.association_id)


def _today(acting: Acting) -> date:
    return acting.now.astimezone(acting.zone).date()


def _day(day: date) -> str:
    return say(sentence("%(day)s", day=day))


def _issuer(acting: Acting) -> Party:
    head = letterhead(_association(acting))
    return Party(name=head["name"], lines=head["lines"], represented_by=_hand(acting))


def _household(handover: Handover, signing: Signing) -> Party:
    household = db.session.get_one(Household, handover.household_id)
    return Party(name=signing.borrower, lines=[household.municipality], represented_by="")


def _hand(acting: Acting) -> str:
    return member_names({acting.member_id}).get(acting.member_id, "") if acting.member_id else ""


def _named(device: Device) -> str:
    return " ".join(part for part in (say(CATEGORIES[device.category]), device.name) if part)


def _accessories(line: HandoverLine) -> list[str]:
    return [say(ACCESSORIES[code]).lower() for code in line.accessories_out]


def _state(line: HandoverLine, device: Device) -> str:
    grade = say(sentence(N_("grade %(grade)s"), grade=device.grade)) if device.grade else ""
    return ", ".join(part for part in (grade, line.condition_out or "") if part)


def _contact(acting: Acting) -> str:
    association = _association(acting)
    return " · ".join(part for part in (association.telephone, association.email) if part)


def _signers(signing: Signing, acting: Acting) -> list[Signer]:
    on = _day(_today(acting)) if signing.drawing else ""
    return [
        Signer(
            role=say(N_("Le bénéficiaire")),
            name=signing.signatory or signing.borrower,
            signed_on=on,
            drawing=signing.drawing,
        ),
        Signer(role=say(N_("Pour l'association")), name=_hand(acting), signed_on="", drawing=None),
    ]
