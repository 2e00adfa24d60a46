"""Letters before and after the due date of a loan: one a household, each step once for a due date.

Written to the household when its channel is a mail address, else to its prescriber. No subject names anybody, and a
letter to the prescriber names the prescription by its number alone.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from email_validator import EmailNotValidError, validate_email
from flask_babel import force_locale
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.ground.jobs import post
from reemploi.ground.numbering import in_groups
from reemploi.handover.models import Handover, HandoverLine, HandoverReminder
from reemploi.handover.queries import today
from reemploi.handover.rules import REMINDERS, reminder_step
from reemploi.people.models import Association, Member
from reemploi.prescription.models import Household, Prescription
from reemploi.sentences import N_, Sentence, sentence
from reemploi.web.wording import say

SUBJECT = N_("Échéance d'un prêt")
LOAN = N_("%(number)s, à rendre le %(due_on)s : %(devices)s")
TO_HOUSEHOLD = N_(
    "Bonjour,\n\nVous avez en prêt :\n\n%(loans)s\n\n"
    "Pour le rendre ou demander à le garder plus longtemps, contactez %(association)s : %(contact)s."
)
TO_PRESCRIBER = N_(
    "Bonjour,\n\nUn foyer que vous accompagnez a en prêt :\n\n%(loans)s\n\n"
    "Dites-lui que ce prêt peut se rendre ou se prolonger, en contactant %(association)s : %(contact)s."
)
UNDER = N_("%(loan)s (prescription %(prescription)s)")


@dataclass(frozen=True)
class Letter:
    """The loans of one household that a step has reached, and where to write; "" when nobody can be written to."""

    to: str
    to_household: bool
    loans: list[tuple[Handover, str]]


def letters(acting: Acting) -> list[Letter]:
    """What there is to write today, one letter a household."""
    day = today(acting)
    by_household: dict[int, list[tuple[Handover, str]]] = defaultdict(list)
    for loan in _reached(day):
        step = reminder_step(_due(loan), day)
        if step and not _already(loan, step):
            by_household[loan.household_id].append((loan, step))
    return [_letter(household, loans) for household, loans in by_household.items()]


def remind(*, acting: Acting, dry_run: bool) -> tuple[int, int]:
    """Write today's letters in the open transaction: how many, and for how many households nobody can be reached."""
    found = letters(acting)
    reachable = [letter for letter in found if letter.to]
    if not dry_run:
        for letter in reachable:
            _send(letter, acting)
    return len(reachable), len(found) - len(reachable)


def _reached(day: date) -> list[Handover]:
    rows = select(Handover).where(Handover.state == "running", Handover.due_on.is_not(None))
    loaded = rows.options(
        selectinload(Handover.lines).joinedload(HandoverLine.device), selectinload(Handover.prescription)
    )
    return [loan for loan in db.session.scalars(loaded.order_by(Handover.id)) if reminder_step(_due(loan), day)]


def _due(loan: Handover) -> date:
    assert loan.due_on is not None
    return loan.due_on


def _already(loan: Handover, step: str) -> bool:
    """Whether this step, or a later one, was written for this due date."""
    sent = db.session.scalars(
        select(HandoverReminder.step).where(
            HandoverReminder.handover_id == loan.id, HandoverReminder.due_on == loan.due_on
        )
    )
    return any(REMINDERS[one] >= REMINDERS[step] for one in sent)


def _letter(household_id: int, loans: list[tuple[Handover, str]]) -> Letter:
    household = db.session.get_one(Household, household_id)
    own = _mail_address(household.channel)
    return Letter(own or _prescriber(loans[0][0].prescription), bool(own), loans)


def _mail_address(channel: str | None) -> str:
    try:
        return validate_email(channel or "", check_deliverability=False).normalized
    except EmailNotValidError:
        return ""


def _prescriber(prescription: Prescription) -> str:
    member = db.session.get(Member, prescription.prescriber_id)
    return member.account.email if member and member.left_at is None and not member.account.closed else ""


def _send(letter: Letter, acting: Acting) -> None:
    association = db.session.get_one(Association, acting.association_id)
    contact = " · ".join(part for part in (association.telephone, association.email) if part)
    with force_locale("fr"):
        listed = "\n".join(f"- {say(_told(loan, letter))}" for loan, _step in letter.loans)
        text = sentence(
            TO_HOUSEHOLD if letter.to_household else TO_PRESCRIBER,
            loans=listed,
            association=association.name,
            contact=contact or association.name,
        )
        post(letter.to, say(SUBJECT), say(text), acting=acting)
    for loan, step in letter.loans:
        db.session.add(
            HandoverReminder(
                association_id=acting.association_id,
                handover_id=loan.id,
                due_on=loan.due_on,
                step=step,
                sent_at=acting.now,
            )
        )
    db.session.flush()


def _told(loan: Handover, letter: Letter) -> Sentence:
    devices = ", ".join(
        f"{line.device.name} ({in_groups(line.device.tag)})".strip() for line in loan.lines if line.ended_at is None
    )
    told = sentence(LOAN, number=loan.number, due_on=loan.due_on, devices=devices)
    return told if letter.to_household else sentence(UNDER, loan=told, prescription=loan.prescription.number)


def summary(written: int, unreachable: int) -> list[Sentence]:
    """What the command says: counts only."""
    told = [sentence(N_("Courriels de rappel : %(n)s."), n=written)]
    if unreachable:
        told.append(sentence(N_("Foyers sans adresse où écrire : %(n)s. Appelez-les."), n=unreachable))
    return told
