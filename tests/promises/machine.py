"""The machine that draws gestures: any move, any fact, any order, any date, several people, two associations."""

from collections import Counter
from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from sqlalchemy import select

from reemploi.ground import tenancy
from reemploi.ground.database import reading
from reemploi.journey import facts
from reemploi.journey.journal import breaks
from reemploi.journey.models import Device as Row
from reemploi.journey.queries import statuses_from_journal
from reemploi.journey.rules import MOVES
from reemploi.roles import Role
from tests.promises import oracle
from tests.promises.oracle import Device
from tests.promises.world import Broken, World
from tests.support.stores import Store

CATEGORIES = ("laptop", "laptop", "desktop", "tablet", "smartphone", "basic_phone", "printer", "monitor", "accessory")
ROLES = (None, *Role)
MOST_DEVICES = 6
USUAL = {
    "announced": ("receive",),
    "wiped": ("make_available",),
    "in_repair": ("end_repair",),
    "available": ("reserve", "lend", "assign", "give", "sell", "send"),
    "reserved": ("lend", "give", "release"),
    "in_transit": ("arrive",),
    "lent": ("take_back", "keep_as_gift", "undo_handover", "take_back"),
    "assigned": ("take_back", "undo_handover"),
    "given": ("re_enter", "undo_handover"),
    "sold": ("re_enter", "undo_handover"),
    "lost": ("find",),
    "waste": ("re_enter",),
}

lapses = st.one_of(
    st.just(timedelta()),
    st.builds(lambda minutes: timedelta(minutes=minutes), st.integers(1, 15)),
    st.builds(lambda hours: timedelta(hours=hours), st.integers(1, 400)),
)
dates = st.one_of(
    st.just(timedelta()),
    st.just(timedelta()),
    st.builds(lambda minutes: timedelta(minutes=minutes), st.integers(-7, 20)),
    st.builds(lambda hours: timedelta(hours=hours), st.integers(1, 900)),
)
"""How long ago a gesture happened when it is typed; some minutes in the future are a clock that differs, or refused."""
any_device = st.integers(0, 1000)


class Gestures(RuleBasedStateMachine):
    """Gestures drawn at random; the world holds every promise against each of them."""

    store: Store
    tally: Counter[str]

    @initialize()
    def open(self) -> None:
        """Both associations, each with two devices."""
        self.world = World(self.store, self.tally)
        for home in self.world.homes:
            for category in ("laptop", "smartphone"):
                self.world.enter(home, category, False, self.world.now)

    def device(self, number: int) -> Device:
        """One of the devices."""
        return self.world.devices[number % len(self.world.devices)]

    def ago(self, lapse: timedelta) -> datetime:
        """The instant of a gesture typed now."""
        return self.world.now - lapse

    def count(self) -> None:
        """One step more, at a later instant."""
        self.tally["steps"] += 1
        self.world.now += timedelta(seconds=1)

    @rule(lapse=lapses)
    def time_passes(self, lapse: timedelta) -> None:
        self.count()
        self.world.now += lapse

    @precondition(lambda self: len(self.world.devices) < MOST_DEVICES)
    @rule(home=st.integers(0, 1), category=st.sampled_from(CATEGORIES), announced=st.booleans(), ago=dates)
    def a_device_comes(self, home: int, category: str, announced: bool, ago: timedelta) -> None:
        self.count()
        self.world.enter(self.world.homes[home], category, announced, self.ago(ago))

    @rule(number=any_device, name=st.sampled_from(sorted(MOVES)), role=st.sampled_from(ROLES), ago=dates)
    def any_move(self, number: int, name: str, role: Role | None, ago: timedelta) -> None:
        self.count()
        self.world.move(self.device(number), name, role, self.ago(ago))

    @rule(number=any_device, choice=st.integers(0, 100), ago=dates)
    def a_fitting_move(self, number: int, choice: int, ago: timedelta) -> None:
        """One of the moves that start from where the device stands, by somebody to whom it is open."""
        self.count()
        device = self.device(number)
        fitting = [move for move in MOVES.values() if device.status in move.sources and move.roles]
        chosen = fitting[choice % len(fitting)]
        self.world.move(device, chosen.name, Role(chosen.roles[choice % len(chosen.roles)]), self.ago(ago))

    @rule(number=any_device, choice=st.integers(0, 100))
    def it_goes_its_way(self, number: int, choice: int) -> None:
        """The next gesture of the usual way, made now, so that the machine also reaches the far end of the journey."""
        device = self.device(number)
        if device.status in ("received", "to_wipe", "returned"):
            self.everything_in_it_is_erased_and_checked(number)
        elif device.status == "wiped":
            self.it_is_made_ready(number, timedelta())
        name = USUAL[device.status][choice % len(USUAL[device.status])] if device.status in USUAL else ""
        if name:
            self.count()
            self.world.move(device, name, Role(MOVES[name].roles[0]), self.world.now)

    @rule(number=any_device, serial=st.integers(0, 9))
    def a_medium_is_seen(self, number: int, serial: int) -> None:
        self.count()
        device = self.device(number)
        self.world.see(device, f"S3Z9NB0K{serial:04d}")

    @rule(number=any_device, ago=dates)
    def a_medium_is_erased(self, number: int, ago: timedelta) -> None:
        self.count()
        device = self.device(number)
        for medium in list(device.media)[:1]:
            self.world.erase(device, medium, self.ago(ago))

    @rule(number=any_device, how=st.sampled_from(("removed", "destroyed")), ago=dates)
    def a_medium_ends(self, number: int, how: str, ago: timedelta) -> None:
        self.count()
        device = self.device(number)
        for medium in list(device.media)[:1]:
            self.world.end(device, medium, how, self.ago(ago))

    @rule(number=any_device)
    def nobody_finds_a_medium(self, number: int) -> None:
        self.count()
        device, now = self.device(number), self.world.now
        member = self.world.home_of(device).members[Role.TECHNICIAN]
        self.world.fact(
            device,
            "no_storage",
            lambda row, acting: facts.declare_no_storage(row, acting=acting),
            lambda: setattr(device, "seen_empty", (now, member)),
        )

    @rule(number=any_device)
    def locks_are_off(self, number: int) -> None:
        self.count()
        device, now = self.device(number), self.world.now
        self.world.fact(
            device,
            "locks_off",
            lambda row, acting: facts.confirm_locks_off(row, acting=acting, checks={"account": "off"}),
            lambda: setattr(device, "locks_off", now),
        )

    @rule(number=any_device, ago=dates)
    def it_is_made_ready(self, number: int, ago: timedelta) -> None:
        self.count()
        device, now, installed = self.device(number), self.world.now, self.ago(ago)
        self.world.fact(
            device,
            "graded",
            lambda row, acting: facts.give_grade(row, "B", acting=acting),
            lambda: setattr(device, "graded", now),
        )
        self.world.fact(
            device,
            "system_installed",
            lambda row, acting: facts.install_system(
                row, acting=acting, name="Debian", version="13", language="fr", happened_at=installed
            ),
            lambda: setattr(device, "system", min(installed, now)),
        )

    def everything_in_it_is_erased_and_checked(self, number: int) -> None:
        """Media are looked for and erased, the locks of a phone are checked."""
        device = self.device(number)
        if not device.media:
            self.a_medium_is_seen(number, device.id % 10)
        for medium in [one.number for one in device.media.values() if one.ended is None]:
            self.count()
            self.world.erase(device, medium, self.world.now)
        self.locks_are_off(number)

    @rule(number=any_device, stopped=st.booleans())
    def a_danger_is_seen_or_lifted(self, number: int, stopped: bool) -> None:
        self.count()
        self.world.fact(
            self.device(number),
            "safety_stop",
            lambda row, acting: facts.set_safety_stop(row, stopped, acting=acting),
            lambda: None,
        )

    @rule(number=any_device, category=st.sampled_from(CATEGORIES))
    def it_is_described_again(self, number: int, category: str) -> None:
        self.count()
        device = self.device(number)
        self.world.fact(
            device,
            "described",
            lambda row, acting: facts.describe(row, acting=acting, category=category, maker="Dell"),
            lambda: setattr(device, "category", category),
        )

    def teardown(self) -> None:
        """At the end the journal proves itself, gives every status back, and the figures balance."""
        if not hasattr(self, "world"):
            return
        for home in self.world.homes:
            with tenancy.within(home.id), reading() as session:
                if found := list(breaks()):
                    raise Broken(f"the journal does not prove itself: {found}")
                table = {number: status for number, status in session.execute(select(Row.id, Row.status))}  # noqa: C416
                if statuses_from_journal() != table:
                    raise Broken("the journal does not give the table's statuses back")
            self._balance(home.id, table)

    def _balance(self, home: int, table: dict[int, str]) -> None:
        rows = self.world.journal(home)
        self.tally.update(f"{kind} in the journal" for _, kind, _, _ in rows)
        for category in {device.category for device in self.world.devices}:
            ids = {one.id for one in self.world.devices if one.home == home and one.category == category}
            counted = sum(status in oracle.IN_STOCK for number, status in table.items() if number in ids)
            moved = oracle.balance([row[1:] for row in rows if row[0] in ids])
            if counted != moved:
                raise Broken(f"{category}: {counted} stand in stock, the journal makes it {moved}")
