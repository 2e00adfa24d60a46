"""Promise 1 under any sequence: no device goes on unless evidence, read back from its own table, covers each medium.

The check does not look at what the guards look at: it recomputes from the evidence rows alone.
"""

import json
import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from reemploi.bench import actions as bench
from reemploi.errors import Refused
from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.ground.database import reading, writing
from reemploi.journey.actions import move
from reemploi.journey.journal import breaks
from reemploi.journey.models import Device
from reemploi.journey.rules import MOVES
from reemploi.roles import Role
from reemploi.wiping import actions, inspection
from reemploi.wiping.drops import Dropped, drop_files
from reemploi.wiping.methods import METHODS
from reemploi.wiping.models import LockCheck, PendingWipe, WipeEvidence
from tests.conftest import ActingAs
from tests.support.clock import Clock
from tests.support.devices import new_device
from tests.wiping.log_builder import Disk, Log, build

HERE = frozenset({"wiped", "available"})
LEFT = frozenset({"reserved", "lent", "assigned", "given", "sold", "for_parts", "waste", "ceded"})
SIZE = 250059350016
STEPS = 40
PARIS = ZoneInfo("Europe/Paris")


def capture(machine: str, disks: list[str]) -> bytes:
    """An output of lshw for a machine with these disks."""
    inside = [
        {"id": f"disk:{number}", "class": "disk", "description": "ATA Disk", "businfo": f"scsi@{number}:0.0.0",
         "logicalname": f"/dev/sd{'abc'[number]}", "product": "Samsung SSD 860", "serial": serial, "size": SIZE}
        for number, serial in enumerate(disks)
    ]  # fmt: skip
    board = {"id": "core", "class": "bus", "children": [{"id": "sata", "class": "storage", "children": inside}]}
    root = {"id": "pc", "class": "system", "vendor": "Dell Inc.", "product": "Latitude", "serial": machine}
    return json.dumps({**root, "children": [board]}).encode()


class World:
    """Two computers and a phone, four disks, three people, and what may happen to them."""

    def __init__(self, app: Flask, clock: Clock, acting_as: ActingAs, dice: random.Random) -> None:
        self.app, self.clock, self.dice = app, clock, dice
        self.people = [
            acting_as(Role.TECHNICIAN), acting_as(Role.TECHNICIAN, who=2), acting_as(Role.VOLUNTEER),
            acting_as(Role.COORDINATOR),
        ]  # fmt: skip
        self.disks = [f"S4EVNX0M51234{number}" for number in range(4)]
        service = Acting(association_id=self.people[0].association_id, now=clock.now)
        with writing():
            self.ids = {
                new_device(service, maker="Dell", model="Latitude", serial="MACHINE1").id: "MACHINE1",
                new_device(service, maker="Dell", model="Latitude", serial="MACHINE2").id: "MACHINE2",
                new_device(service, "smartphone", maker="Fairphone", model="4", serial="PHONE123").id: "PHONE123",
            }

    def hand(self) -> Acting:
        """Somebody, now."""
        return self.dice.choice(self.people).at(self.clock.now)

    def device(self) -> Device:
        """One of the devices, as the database holds it."""
        return db.session.get_one(Device, self.dice.choice(list(self.ids)))

    def wait(self) -> None:
        """Time passes."""
        self.clock.move(minutes=self.dice.choice((10, 90, 60 * 30)))

    def drop(self) -> None:
        """A capture, or a log that may be old, unverified, of a long-gone disk, or perfectly good."""
        machine = self.dice.choice((0, 1))
        disks = self.disks[2 * machine : 2 * machine + self.dice.choice((1, 2))]
        if self.dice.random() < 0.15:
            disks = self.dice.sample(self.disks, 2)
        if self.dice.random() < 0.4:
            content = capture(f"MACHINE{machine + 1}", disks)
        else:
            start = (self.clock.now - timedelta(minutes=self.dice.choice((60, 60, 90, 90, 3000)))).astimezone(PARIS)
            log = Log(
                disks=tuple(Disk(f"sd{'ab'[number]}", serial, size=SIZE) for number, serial in enumerate(disks)),
                start=start.replace(tzinfo=None),
                verify=self.dice.choice(("VL", "VL", "VL", "NV")),
            )
            content = build(log).encode()
        scanned = self.dice.choice((None, None, *list(self.ids)[:2]))
        with suppress(Refused):
            drop_files([Dropped("fichier", content)], scanned, acting=self.hand(), store=self.app.extensions["files"])

    def gesture(self, do: Callable[[], object]) -> None:
        """A gesture in its own transaction; a refusal undoes it."""
        with suppress(Refused), writing():
            db.session.expire_all()
            do()

    def declare(self) -> None:
        """Somebody says how a medium ended."""
        device = self.device()
        media = [*device.media, None]
        actions.declare(
            device, self.dice.choice(media), self.dice.choice(list(METHODS)), acting=self.hand(),
            happened_at=self.clock.now - timedelta(minutes=self.dice.choice((0, 5, 5000))),
        )  # fmt: skip

    def settle(self) -> None:
        """Somebody confirms or rejects what waits."""
        pending = db.session.scalars(select(PendingWipe).where(PendingWipe.settled_at.is_(None))).first()
        if pending is not None and self.dice.random() < 0.8:
            actions.confirm(pending, acting=self.hand())
        elif pending is not None:
            actions.reject(pending, acting=self.hand(), reason="Non")

    def look(self) -> None:
        """Somebody looks for media, or at the locks."""
        device = self.device()
        if device.category == "smartphone":
            state = self.dice.choice(("pass", "pass", "unverifiable"))
            codes = ("assistant", "icloud", "google", "mdm", "cards", "sim_lock", "blacklist")
            inspection.check_locks(device, dict.fromkeys(codes, state), acting=self.hand(), imei_reason="usé")
        elif self.dice.random() < 0.3:
            inspection.declare_no_storage(device, acting=self.hand())

    def work(self) -> None:
        """Control, grade, install, repair."""
        device, hand = self.device(), self.hand()
        bench.all_works(device, acting=hand)
        if device.category == "laptop":
            bench.install(device, acting=hand, name="Mint", version="22", language="fr", happened_at=hand.now)
        bench.grade(device, "B", acting=hand)

    def pass_on(self) -> None:
        """Any move of the rule book, whoever asks."""
        device = self.device()
        likely = {"available": "lend", "lent": "take_back", "wiped": "make_available"}.get(device.status, "re_enter")
        name = likely if self.dice.random() < 0.85 else self.dice.choice(list(MOVES))
        move([device], name, acting=Acting(self.hand().association_id, self.clock.now))

    def step(self) -> None:
        """Something happens."""
        self.dice.choice(
            (
                self.wait, self.drop, self.drop, self.drop,
                lambda: self.gesture(self.declare),
                lambda: self.gesture(self.settle),
                lambda: self.gesture(self.settle),
                lambda: self.gesture(self.look),
                lambda: self.gesture(self.work),
                lambda: self.gesture(self.pass_on),
                lambda: self.gesture(self.pass_on),
            )
        )()  # fmt: skip


def strangers_data(devices: list[Device], before: dict[int, str]) -> Iterator[str]:
    """Each medium that went on although no evidence row covers it since the device's last time in hands.

    A device that left before this step is away: what is seen meanwhile (its disk in another machine) is not its step.
    """
    rows = db.session.scalars(select(WipeEvidence).where(WipeEvidence.accepted.is_(True))).all()
    for device in devices:
        if device.status not in HERE and (device.status not in LEFT or device.status == before.get(device.id)):
            continue
        media = device.media
        if not media and not (device.no_storage_at and device.no_storage_at >= device.in_hands_at):
            yield f"{device.tag} {device.status}: no medium known"
        for medium in media:
            shown = [row for row in rows if row.medium_id == medium.id]
            ended = medium.ended_at and any(row.result == medium.ended_how for row in shown)
            erased = any(row.result == "erased" and row.ended_at > device.in_hands_at for row in shown)  # type: ignore[operator]
            if not ended and not erased:
                yield f"{device.tag} {device.status}: {medium.name}"
        if device.category == "smartphone":
            checks = db.session.scalars(select(LockCheck).where(LockCheck.device_id == device.id, LockCheck.off)).all()
            if not any(check.checked_at >= device.in_hands_at for check in checks):
                yield f"{device.tag} {device.status}: locks"


@pytest.mark.property
@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("seed", range(5))
def test_no_sequence_lets_a_strangers_data_go(app: Flask, clock: Clock, acting_as: ActingAs, seed: int) -> None:
    world = World(app, clock, acting_as, random.Random(seed))
    before: dict[int, str] = {}
    for _ in range(STEPS):
        world.step()
        with reading():
            db.session.expire_all()
            devices = [db.session.get_one(Device, number) for number in world.ids]
            assert not list(strangers_data(devices, before))
            before = {device.id: device.status for device in devices}
    with reading():
        assert not list(breaks())


def test_the_sequences_reach_every_kind_of_evidence_and_of_status(
    app: Flask, clock: Clock, acting_as: ActingAs
) -> None:
    """The property above would be hollow if its steps never came anywhere."""
    world = World(app, clock, acting_as, random.Random(2026))
    seen: set[str] = set()
    for _ in range(500):
        world.step()
        with reading():
            db.session.expire_all()
            seen |= {db.session.get_one(Device, number).status for number in world.ids}
    with reading():
        results = {(row.source, row.result) for row in db.session.scalars(select(WipeEvidence))}
    assert {"to_wipe", "wiped", "available", "lent", "returned"} <= seen
    assert {("upload", "erased"), ("upload", "refused"), ("manual", "erased"), ("manual", "refused")} <= results
