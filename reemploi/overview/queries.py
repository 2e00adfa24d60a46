"""Questions that gather several stages."""

from dataclasses import dataclass

from sqlalchemy import or_, select

from reemploi.extensions import db
from reemploi.intake.models import Arrival, Delivery
from reemploi.journey.identity import serial_key
from reemploi.journey.models import Device, Event
from reemploi.journey.queries import devices_named, history
from reemploi.journey.rules import Barred, Move, barred, moves_from
from reemploi.journey.stories import icon, story, tone
from reemploi.people.models import Organisation
from reemploi.people.queries import member_names
from reemploi.roles import Role
from reemploi.sentences import Sentence

MOST_FOUND = 50


@dataclass(frozen=True)
class Told:
    """One journal row as the timeline tells it."""

    event: Event
    story: Sentence
    actor: str
    tone: str
    icon: str


def timeline(device: Device) -> list[Told]:
    """The device's story, newest first, with the names of who acted."""
    rows = history(device)
    names = member_names({row.actor_id for row in rows if row.actor_id})
    return [Told(row, story(row), names.get(row.actor_id or 0, ""), tone(row), icon(row)) for row in rows]


@dataclass(frozen=True)
class Possible:
    """A move a person may ask for from the device's page, or why it is barred."""

    move: Move
    why: Sentence | None


# Moves that need facts of their own (whom, where, which delivery) are made on the pages of their stages.
MADE_ELSEWHERE = frozenset(
    {"receive", "re_enter", "reserve", "release", "send", "arrive", "arrive_unready", "lend", "assign", "give",
     "sell", "keep_as_gift", "take_back", "undo_handover", "cede", "give_back"}
)  # fmt: skip


def possible_moves(device: Device, roles: frozenset[Role]) -> list[Possible]:
    """The moves of the rule book that this page offers to these roles, from the device's status."""
    return [
        Possible(move, _reason(barred(move, device.status, device.facts)))
        for move in moves_from(device.status)
        if move.name not in MADE_ELSEWHERE and not roles.isdisjoint(move.roles)
    ]


def _reason(reason: Barred | None) -> Sentence | None:
    return Sentence(reason.reason, reason.params) if reason else None


def deliveries_of(device: Device) -> list[Delivery]:
    """The deliveries a device came with, newest first."""
    return list(
        db.session.scalars(
            select(Delivery)
            .join(Arrival, Arrival.delivery_id == Delivery.id)
            .where(Arrival.device_id == device.id)
            .order_by(Delivery.arrived_at.desc())
        )
    )


@dataclass(frozen=True)
class Found:
    """What a search found: devices and deliveries."""

    devices: list[Device]
    deliveries: list[Delivery]


def find(words: str) -> Found:
    """Devices by tag, alias, serial, last four digits or model; deliveries by number or donor. At most 50 of each."""
    wanted = words.strip()
    if not wanted:
        return Found([], [])
    named = devices_named(wanted.replace(" ", "") if wanted.replace(" ", "").isdigit() else wanted)
    if named:
        return Found(named[:MOST_FOUND], [])
    return Found(_devices_described(wanted), _deliveries(wanted))


def _devices_described(wanted: str) -> list[Device]:
    folded = serial_key(wanted)
    close = [Device.serial_folded.startswith(folded, autoescape=True)] if folded and len(folded) >= 3 else []
    named = [
        or_(Device.model.icontains(word, autoescape=True), Device.maker.icontains(word, autoescape=True))
        for word in wanted.split()[:6]
    ]
    criterion = named[0]
    for one in named[1:]:
        criterion = criterion & one
    return list(
        db.session.scalars(
            select(Device).where(or_(criterion, *close)).order_by(Device.moved_at.desc(), Device.id).limit(MOST_FOUND)
        )
    )


def _deliveries(wanted: str) -> list[Delivery]:
    return list(
        db.session.scalars(
            select(Delivery)
            .join(Organisation, Organisation.id == Delivery.donor_id)
            .where(
                or_(
                    Delivery.number.icontains(wanted, autoescape=True),
                    Organisation.name.icontains(wanted, autoescape=True),
                )
            )
            .order_by(Delivery.arrived_at.desc())
            .limit(MOST_FOUND)
        )
    )


@dataclass(frozen=True)
class Gesture:
    """Something a member did, and with which device."""

    told: Told
    device: Device


def last_gestures(member_id: int, limit: int = 8) -> list[Gesture]:
    """The last things this member did, newest first."""
    rows = db.session.execute(
        select(Event, Device)
        .join(Device, Device.id == Event.device_id)
        .where(Event.actor_id == member_id)
        .order_by(Event.id.desc())
        .limit(limit)
    ).all()
    return [Gesture(Told(event, story(event), "", tone(event), icon(event)), device) for event, device in rows]
