"""The steps of the demonstration's devices: each is one real action at a past date."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select

from reemploi.commands.demo.workshop import COORDINATOR, SHIFT, STOREKEEPER, TECHNICIAN, Workshop
from reemploi.extensions import db
from reemploi.journey import actions, facts
from reemploi.journey.models import Device, StorageMedium
from reemploi.journey.rules import COMPUTERS, LOCKABLE, MAY_HOLD_DATA

Step = Callable[[Workshop, Device, datetime], None]


def find_medium(workshop: Workshop, device: Device, when: datetime) -> None:
    """A capture shows the device's medium; a printer is found to have none."""
    if device.category in MAY_HOLD_DATA:
        facts.declare_no_storage(device, acting=workshop.hand(TECHNICIAN, when))
        return
    if device.id not in workshop.storage:
        actions.settle(device, acting=workshop.hand(TECHNICIAN, when))
        return
    kind, size = workshop.storage[device.id]
    facts.see_medium(
        device,
        acting=workshop.hand(TECHNICIAN, when),
        kind=kind,
        model="Support d'exemple",
        serial=workshop.serial("MED"),
        size=size,
    )


def wipe(workshop: Workshop, device: Device, when: datetime) -> None:
    """Every medium is erased; phones and tablets have their locks checked."""
    hand = workshop.hand(TECHNICIAN, when)
    media = db.session.scalars(select(StorageMedium).where(StorageMedium.device_id == device.id)).all()
    for medium in media:
        facts.clear_medium(
            medium, acting=hand, cleared_at=when, evidence_id=0, level="clear", method="Effacement d'exemple"
        )
    if device.category in LOCKABLE:
        facts.confirm_locks_off(device, acting=hand, checks={"account": "pass", "sim": "pass"})


def prepare(workshop: Workshop, device: Device, when: datetime) -> None:
    """Graded, and for computers a system installed."""
    hand = workshop.hand(TECHNICIAN, when)
    facts.give_grade(device, workshop.dice.choice("ABBC"), acting=hand)
    if device.category in COMPUTERS:
        facts.install_system(
            device, acting=hand, name="Linux Mint", version="22.2", language="français", happened_at=when
        )


def step(name: str, who: str, **known: object) -> Step:
    """One move of the rule book by one of the people."""

    def make(workshop: Workshop, device: Device, when: datetime) -> None:
        actions.move(
            [device], name, acting=workshop.hand(who, when), happened_at=max(when, device.moved_at), facts=dict(known)
        )

    return make


READY = (find_medium, wipe, prepare, step("make_available", TECHNICIAN))
HANDED = {"handover": "de démonstration"}

PATHS: dict[str, tuple[Step, ...]] = {
    "received": (),
    "to_wipe": (find_medium,),
    "wiped": (find_medium, wipe),
    "in_repair": (find_medium, wipe, step("start_repair", TECHNICIAN)),
    "available": READY,
    "reserved": (*READY, step("reserve", COORDINATOR)),
    "in_transit": (*READY, step("send", STOREKEEPER, destination="Annexe des Lilas")),
    "lent": (*READY, step("lend", SHIFT, **HANDED)),
    "assigned": (*READY, step("assign", COORDINATOR, **HANDED)),
    "returned": (*READY, step("lend", SHIFT, **HANDED), step("take_back", SHIFT, **HANDED)),
    "given": (*READY, step("give", SHIFT, **HANDED)),
    "sold": (*READY, step("sell", COORDINATOR, **HANDED)),
    "for_parts": (find_medium, wipe, step("dismantle", TECHNICIAN)),
    "waste": (find_medium, wipe, step("discard", TECHNICIAN)),
    "lost": (*READY, step("lend", SHIFT, **HANDED), step("lose", COORDINATOR)),
    "given_back": (step("give_back", COORDINATOR, erasure="Non effacé."),),
    "ceded": (*READY, step("cede", COORDINATOR, association="une association voisine")),
}


def steps_to(standing: str) -> tuple[Step, ...]:
    """The steps that lead a device from the door to a status."""
    return PATHS[standing]
