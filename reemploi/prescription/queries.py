"""Questions about prescriptions, each bounded by who asks: a case stays with its structure."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, false, func, select
from sqlalchemy.orm import joinedload, selectinload

from reemploi.errors import NotFound
from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.ground.crypto import name_digests
from reemploi.journey.models import Device
from reemploi.people.models import Member, Organisation
from reemploi.prescription.models import Appointment, Household, HouseholdWord, Prescription, PrescriptionLine
from reemploi.prescription.rules import Candidate, Case, Fit, Reason, fit, priority, total
from reemploi.roles import Role
from reemploi.sentences import N_

MOST_WAITING = 500
MOST_PROPOSED = 10
ENOUGH = 100
NAMED = ("waiting", "proposed", "appointment")
BANDS = ((0, "0"), (2, "1–2"), (5, "3–5"), (10, "6–10"), (10**9, "10+"))


def visible(acting: Acting) -> Select[Prescription]:
    """The prescriptions this person may know of: a coordinator all that were sent, a prescriber their own cases."""
    sent = Prescription.status != "draft"
    return _cases().where(_own(acting) | sent if Role.COORDINATOR in acting.roles else _own(acting))


def _cases() -> Select[Prescription]:
    return select(Prescription).options(joinedload(Prescription.organisation), selectinload(Prescription.lines))


def _own(acting: Acting) -> ColumnElement[bool]:
    """One's own cases; one's structure's too when it has switched sharing on."""
    if Role.PRESCRIBER not in acting.roles:
        return false()
    shared = (
        select(Organisation.id)
        .join(Member, Member.organisation_id == Organisation.id)
        .where(Member.id == acting.member_id, Organisation.shares_cases.is_(True))
    )
    return (Prescription.prescriber_id == acting.member_id) | Prescription.organisation_id.in_(shared)


def _named(acting: Acting) -> ColumnElement[bool]:
    """Cases whose names this person may read: a prescriber's own, a coordinator's from acceptance to closure."""
    accepted = Prescription.status.in_(NAMED)
    return _own(acting) | accepted if Role.COORDINATOR in acting.roles else _own(acting)


def prescription_at(address: str, *, acting: Acting) -> Prescription:
    """One prescription this person may know of; raises NotFound, the same for absent and forbidden."""
    found = db.session.scalars(visible(acting).where(Prescription.address == address)).unique().first()
    if found is None:
        raise NotFound(N_("Cette prescription n'existe pas, ou n'est pas ouverte à votre rôle."), code="unknown")
    return found


def own_cases(*, acting: Acting, limit: int = 100) -> list[Prescription]:
    """A prescriber's cases, the newest first."""
    rows = _cases().where(_own(acting)).order_by(Prescription.id.desc()).limit(limit)
    return list(db.session.scalars(rows).unique())


def to_decide(*, acting: Acting) -> list[Prescription]:
    """Prescriptions sent and not decided, the oldest first."""
    rows = visible(acting).where(Prescription.status == "submitted").order_by(Prescription.submitted_at)
    return list(db.session.scalars(rows.limit(MOST_WAITING)).unique())


@dataclass(frozen=True)
class Waiting:
    """One case of the waiting list: its rank, and why it stands there."""

    rank: int
    prescription: Prescription
    reasons: list[Reason]

    @property
    def points(self) -> int:
        """The sum of the lines shown."""
        return total(self.reasons)


def waiting_list(*, acting: Acting) -> list[Waiting]:
    """Everything accepted and not served, in the order that the shown points make; ties by age."""
    rows = db.session.scalars(
        select(Prescription)
        .where(Prescription.status.in_(("waiting", "proposed", "appointment")))
        .options(
            joinedload(Prescription.household), joinedload(Prescription.organisation), selectinload(Prescription.lines)
        )
        .limit(MOST_WAITING)
    ).unique()
    explained = [(priority(case_of(row, acting), today(acting)), row) for row in rows]
    explained.sort(key=lambda pair: (-total(pair[0]), pair[1].submitted_at, pair[1].id))
    return [Waiting(rank, row, reasons) for rank, (reasons, row) in enumerate(explained, 1)]


def case_of(prescription: Prescription, acting: Acting) -> Case:
    """What the order of the list looks at."""
    sent = prescription.submitted_at or prescription.written_at
    return Case(
        submitted_on=sent.astimezone(acting.zone).date(),
        urgency=prescription.urgency,
        schooled_children=prescription.household.schooled_children,
        devices_at_home=prescription.household.devices_at_home,
    )


def today(acting: Acting) -> date:
    """The day it is in the association's zone."""
    return acting.now.astimezone(acting.zone).date()


def rank_of(prescription: Prescription, *, acting: Acting) -> tuple[int, int] | None:
    """Rank and length of the list for one case: how many are ahead, and nothing about them."""
    listed = waiting_list(acting=acting)
    rank = next((one.rank for one in listed if one.prescription.id == prescription.id), None)
    return None if rank is None else (rank, len(listed))


@dataclass(frozen=True)
class Suggestion:
    """A device that may be proposed for a line, and why."""

    device: Device
    fit: Fit


def suggestions(line: PrescriptionLine, need: str, *, acting: Acting) -> list[Suggestion]:
    """Available devices for a line, the best fitting first, at most ten."""
    rows = db.session.scalars(
        select(Device)
        .where(Device.status == "available", Device.category == line.category, Device.safety_stop.is_(False))
        .order_by(Device.moved_at)
        .limit(200)
    )
    fits = [(device, fit(candidate_of(device, acting.now), line.category, need)) for device in rows]
    suited = [Suggestion(device, found) for device, found in fits if found]
    return sorted(suited, key=lambda one: (one.fit.rank, one.device.id))[:MOST_PROPOSED]


def candidate_of(device: Device, now: datetime) -> Candidate:
    """What matching looks at in a device."""
    return Candidate(device.category, device.memory_bytes, device.grade, max((now - device.moved_at).days, 0))


def stock_bands() -> dict[str, str]:
    """How many of each kind are available, in bands: what a prescriber may know of the stock."""
    from_stock: dict[str, int] = {}
    for (category,) in db.session.execute(select(Device.category).where(Device.status == "available").limit(2000)):
        from_stock[category] = from_stock.get(category, 0) + 1
    return {category: band(count) for category, count in from_stock.items()}


def band(count: int) -> str:
    """A count as a band that tells enough and not more."""
    return next(label for most, label in BANDS if count <= most)


def may_read_name(prescription: Prescription, acting: Acting) -> bool:
    """Whether the household's name and channel may be shown to this person."""
    found = db.session.scalars(select(Prescription.id).where(Prescription.id == prescription.id, _named(acting)))
    return found.first() is not None


def names(cases: list[Prescription]) -> dict[int, str]:
    """Names of the households of these cases, by household; the caller has logged the reading."""
    ids = {case.household_id for case in cases}
    rows = db.session.scalars(select(Household).where(Household.id.in_(ids)))
    return {row.id: row.name for row in rows}


def cases_named(name: str, *, acting: Acting) -> list[Prescription]:
    """Cases whose household's name holds all these words, among those whose names this person may read."""
    digests = set(name_digests(acting.association_id, name))
    if not digests:
        return []
    wanted = _cases().where(_named(acting))
    for digest in digests:
        holds = select(HouseholdWord.household_id).where(HouseholdWord.digest == digest)
        wanted = wanted.where(Prescription.household_id.in_(holds))
    return list(db.session.scalars(wanted.order_by(Prescription.id.desc()).limit(20)).unique())


def suggestions_for(prescription: Prescription, *, acting: Acting) -> dict[int, list[Suggestion]]:
    """For each waiting line of a case on the list, the devices that may be proposed."""
    if prescription.status not in NAMED:
        return {}
    return {
        line.id: suggestions(line, prescription.need, acting=acting)
        for line in prescription.lines
        if line.state == "waiting"
    }


def open_appointment(prescription: Prescription) -> Appointment | None:
    """The appointment that stands, if any."""
    return db.session.scalars(
        select(Appointment)
        .where(Appointment.prescription_id == prescription.id, Appointment.outcome.is_(None))
        .options(joinedload(Appointment.site))
    ).first()


def count_cases(statuses: tuple[str, ...]) -> dict[str, int]:
    """How many prescriptions stand in each of these statuses, counted no further than 100."""
    counted = (
        select(func.count())
        .select_from(select(Prescription.id).where(Prescription.status == status).limit(ENOUGH).subquery())
        .scalar_subquery()
        for status in statuses
    )
    return dict(zip(statuses, db.session.execute(select(*counted)).one(), strict=True))
