"""The certificate of erasure (D5): a lot worded for its reader, refused while something is missing, then frozen.

Who verifies is another person than who erased, unless the association's setting allows one person; the paper says so.
"""

import json
from collections.abc import Sequence
from typing import Literal

from sqlalchemy import select

from reemploi.errors import Refused
from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.ground.columns import new_address
from reemploi.ground.numbering import next_number
from reemploi.ground.settings import setting
from reemploi.intake.models import Delivery
from reemploi.journey.models import Device
from reemploi.papers.actions import make_document
from reemploi.papers.letterhead import paper
from reemploi.papers.models import Document
from reemploi.papers.printing import verification_address
from reemploi.papers.queries import documents_of
from reemploi.papers.shapes import Clause, ErasureCertificate, Signer
from reemploi.people.models import Association
from reemploi.people.queries import member_names
from reemploi.roles import BENCH
from reemploi.sentences import N_, Sentence, sentence
from reemploi.web.wording import language, say
from reemploi.wiping.certificate_lines import FLASH_NOTE, medium_line, phone_line, tells_flash
from reemploi.wiping.lots import Lot, Proved, lot_of_delivery, lot_of_device

KIND = "erasure_certificate"
SERIES = "EFF"
TEXT_VERSION = N_("texte version 1")
STATEMENT = N_(
    "L'association atteste que les données des supports ci-dessous ont pris fin comme il est dit ligne par ligne. "
    "Les niveaux sont ceux de NIST SP 800-88 Rev. 2 : un écrasement est toujours « Clear », jamais « Purge ». "
    "Méthode, durée et vérification viennent du journal de l'outil, ou de deux personnes nommées."
)
ONE_PERSON = N_("Dans cette association, une seule personne peut effacer et vérifier : les lignes le disent.")
PER_PAGE = 50


def subject_of(subject: Delivery | Device) -> str:
    """What a certificate is about, as documents keep it."""
    return f"delivery:{subject.id}" if isinstance(subject, Delivery) else f"device:{subject.tag}"


def of_subject(subject: Delivery | Device) -> list[Document]:
    """The certificates made about it, newest first."""
    return [one for one in documents_of(subject_of(subject)) if one.kind == KIND]


def lot_of(subject: Delivery | Device) -> Lot:
    """What can be proved of it."""
    return lot_of_delivery(subject) if isinstance(subject, Delivery) else lot_of_device(subject)


def make_certificate(subject: Delivery | Device, *, acting: Acting, partial: bool) -> Document:
    """A certificate in the open transaction, to be printed by `papers.printing.issue`.

    Raises Refused while a medium of the lot is not cleared (unless `partial`), when nothing is proved, or when the
    person would verify their own erasure.
    """
    acting.require(*BENCH)
    lot = lot_of(subject)
    if not lot.proved:
        raise Refused(
            N_("Rien n'est encore prouvé dans ce lot : aucun certificat n'est possible."), code="nothing_proved"
        )
    if lot.missing and not partial:
        raise Refused(
            N_("Il manque %(n)d effacement. %(first)s Demandez un certificat partiel s'il le faut maintenant.")
            if len(lot.missing) == 1
            else N_("Il manque %(n)d effacements. %(first)s Demandez un certificat partiel s'il le faut maintenant."),
            code="incomplete",
            n=len(lot.missing),
            first=lot.missing[0],
        )
    alone = _verify(lot.proved, acting)
    earlier = of_subject(subject)
    address, number = new_address(), next_number(SERIES, acting=acting)
    data = _worded(subject, lot, acting, address=address, number=number, earlier=earlier[:1], alone=alone)
    return make_document(
        acting=acting,
        address=address,
        kind=KIND,
        number=number,
        subject=subject_of(subject),
        template="erasure_certificate",
        language=data["language"],
        data=dict(data),
    )


def _verify(proved: Sequence[Proved], acting: Acting) -> bool:
    """Whether one person did both somewhere; raises Refused when the setting does not allow it."""
    evidence = [one.evidence for one in proved if one.evidence is not None]
    own = [row for row in evidence if row.verifier_id is None and row.operator_id == acting.member_id]
    if own and not setting("one_person_may_verify", acting=acting):
        raise Refused(
            N_("Vous avez déposé des preuves de ce lot : une autre personne vérifie et établit le certificat."),
            code="same_person",
        )
    return bool(own) or any(row.one_person for row in evidence)


def _worded(
    subject: Delivery | Device,
    lot: Lot,
    acting: Acting,
    *,
    address: str,
    number: str,
    earlier: Sequence[Document],
    alone: bool,
) -> ErasureCertificate:
    rows = [one.evidence for one in lot.proved if one.evidence is not None]
    people = {acting.member_id} | {row.operator_id for row in rows} | {row.verifier_id for row in rows}
    people |= {one.device.no_storage_by for one in lot.proved} | {
        one.locks.checked_by for one in lot.proved if one.locks
    }
    names = member_names({one for one in people if one})
    reader: Literal["fr", "en"] = "en" if language() == "en" else "fr"
    today = acting.now.astimezone(acting.zone).date()
    maker = names.get(acting.member_id or 0, "")
    base = paper(
        db.session.get_one(Association, acting.association_id),
        language=reader,
        title=say(N_("Certificat d'effacement")),
        number=number,
        date=say(sentence("%(day)s", day=today)),
        verify_at=verification_address(address),
        mention=" ".join(map(say, _mentions(lot, earlier))),
        text_version=say(TEXT_VERSION),
    )
    return ErasureCertificate(
        **base,
        scope=say(_scope(subject)),
        statement=say(STATEMENT),
        media=[medium_line(one, names, maker) for one in lot.proved if not one.is_phone],
        phones=[phone_line(one, names, maker) for one in lot.proved if one.is_phone],
        notes=_notes(lot, alone),
        signers=[
            Signer(role=say(N_("Vérifié et établi par")), name=maker, signed_on="", drawing=None),
        ],
    )


def _mentions(lot: Lot, earlier: Sequence[Document]) -> list[Sentence]:
    mentions = []
    if lot.missing:
        mentions.append(sentence(N_("Certificat partiel : ce qui manque est dit à la fin.")))
    for one in earlier:
        mentions.append(
            sentence(
                N_("Annule et remplace le certificat %(number)s du %(made_on)s."),
                number=one.number,
                made_on=one.made_at.date(),
            )
        )
    return mentions


def _scope(subject: Delivery | Device) -> Sentence:
    if isinstance(subject, Delivery):
        return sentence(
            N_("Arrivage %(number)s du %(arrived_on)s, donné par %(donor)s"),
            number=subject.number,
            arrived_on=subject.arrived_at.date(),
            donor=subject.donor.name,
        )
    return sentence(N_("Appareil %(tag)s"), tag=subject.tag)


def _notes(lot: Lot, alone: bool) -> list[Clause]:
    notes = []
    if lot.missing:
        notes.append(Clause(heading=say(N_("Ce qui manque")), text="\n".join(map(say, lot.missing))))
    if any(tells_flash(one) for one in lot.proved):
        notes.append(Clause(heading=say(N_("Mémoires flash écrasées")), text=say(FLASH_NOTE)))
    if alone:
        notes.append(Clause(heading=say(N_("Une seule personne")), text=say(ONE_PERSON)))
    return notes


def certificates(before: int | None = None, per_page: int = PER_PAGE) -> tuple[list[tuple[Document, str]], int | None]:
    """Certificates with their scope, newest first, and the key of the next page."""
    wanted = select(Document).where(Document.kind == KIND).order_by(Document.id.desc()).limit(per_page + 1)
    if before is not None:
        wanted = wanted.where(Document.id < before)
    rows = list(db.session.scalars(wanted))
    shown = rows[:per_page]
    return [(one, json.loads(one.frozen)["scope"]) for one in shown], shown[-1].id if len(rows) > per_page else None
