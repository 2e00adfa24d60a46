"""Accepted prescriptions with a device proposed and, if wanted, an appointment today at the association's site."""

from dataclasses import dataclass
from datetime import timedelta

from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.handover.actions import Item, Terms, hand_over
from reemploi.handover.agreement import Signing
from reemploi.handover.models import Handover
from reemploi.journey.models import Device
from reemploi.papers.signatures import read_signature
from reemploi.people.models import Member
from reemploi.prescription.actions import Wanted, decide, fix_appointment, prescribe, propose
from reemploi.prescription.models import Prescription
from reemploi.roles import Role
from tests.papers.documents import SIGNATURE
from tests.support.cast import Home
from tests.support.devices import device_in

NAME = "Zorglonde Quetzalmarque"


@dataclass(frozen=True)
class Family:
    """A case and the devices proposed to it, in the order of its lines."""

    case: Prescription
    devices: list[Device]


def hand(home: Home, acting: Acting, role: Role) -> Acting:
    """A member of the association, at the instant of `acting`."""
    return Acting(home.id, acting.now, home.members[role], frozenset({role}))


def family(
    acting: Acting, home: Home, *categories: str, channel: str = "06 99 88 77 66", appointed: bool = True
) -> Family:
    """A household expected today with a device proposed on each line (one laptop unless told); inside `writing()`.

    The shift volunteer of the association works at its site.
    """
    kinds = categories or ("laptop",)
    coordinator = hand(home, acting, Role.COORDINATOR)
    case = prescribe(
        acting=hand(home, acting, Role.PRESCRIBER),
        name=NAME,
        channel=channel,
        municipality="Saint-Exemple",
        neighbourhood="yes",
        adults=1,
        schooled_children=1,
        devices_at_home=0,
        lines=[Wanted(kind, "adult") for kind in kinds],
        need="school",
        urgency="none",
        criterion="assessed",
        criterion_seen_at=acting.now,
    )
    decide(case, "accept", acting=coordinator)
    devices = [device_in("available", acting, kind) for kind in kinds]
    for line, device in zip(case.lines, devices, strict=True):
        propose(line, device, acting=coordinator)
    if appointed:
        fix_appointment(case, acting=coordinator, site_id=home.site_id, at=acting.now + timedelta(hours=2))
    db.session.get_one(Member, home.members[Role.SHIFT]).site_id = home.site_id
    db.session.flush()
    return Family(case, devices)


def lent(acting: Acting, home: Home) -> Handover:
    """A running loan of one laptop to a family expected today."""
    them = family(acting, home)
    return hand_over(
        them.case,
        [Item(them.devices[0], ("charger",))],
        acting=hand(home, acting, Role.COORDINATOR),
        terms=Terms("loan", home.site_id, acting.now.date() + timedelta(days=365)),
        signing=Signing(NAME, drawing=read_signature(SIGNATURE)),
    )
