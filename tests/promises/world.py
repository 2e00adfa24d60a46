"""Two associations at work: every gesture is made for real, then told to the oracle; a refusal changes nothing."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import func, select

from reemploi.errors import Refused
from reemploi.extensions import db
from reemploi.ground import tenancy
from reemploi.ground.acting import Acting
from reemploi.ground.database import reading, writing
from reemploi.journey import actions, facts
from reemploi.journey.models import Device as Row
from reemploi.journey.models import Event, StorageMedium
from reemploi.journey.rules import MOVES
from reemploi.roles import Role
from tests.promises import oracle
from tests.promises.oracle import Device, Medium
from tests.support.cast import Home
from tests.support.clock import START
from tests.support.stores import Store

TOLERANCE = timedelta(minutes=5)
Gesture = Callable[[Row, Acting], object]


class Broken(AssertionError):
    """A promise did not hold."""


class World:
    """What really is in the database, and what was told of it."""

    def __init__(self, store: Store, tally: Counter[str]) -> None:
        store.restore()
        self.homes = store.homes
        self.now = START
        self.devices: list[Device] = []
        self.tally = tally
        self.rows: int | None = None

    def acting(self, home: Home, role: Role | None) -> Acting:
        """The hand of a member, or of the service."""
        if role is None:
            return Acting(association_id=home.id, now=self.now)
        return Acting(
            association_id=home.id, now=self.now, member_id=home.members[role], roles=frozenset({role}), desk="essai"
        )

    def home_of(self, device: Device) -> Home:
        """The association that owns a device."""
        return next(home for home in self.homes if home.id == device.home)

    @contextmanager
    def attempt(self, what: str, home: Home) -> Iterator[list[bool]]:
        """One gesture in its transaction; the list holds True once it was accepted, and nothing when it was refused."""
        accepted: list[bool] = []
        try:
            with tenancy.within(home.id), writing():
                yield accepted
            accepted.append(True)
            self.rows = None
            self.tally[f"{what} accepted"] += 1
        except Refused as refusal:
            self.tally[f"{what} refused"] += 1
            if not str(refusal.sentence).strip():
                raise Broken(f"{what} is refused without a sentence") from refusal

    def enter(self, home: Home, category: str, announced: bool, when: datetime) -> None:
        """A device comes, or is announced."""
        status = "announced" if announced else "received"
        row: Row | None = None
        with self.attempt("enter", home) as accepted:
            row = actions.enter_device(
                acting=self.acting(home, Role.VOLUNTEER), category=category, entered_as="donation",
                legal_origin="company_gift", charger="missing", status=status, happened_at=when,
            )  # fmt: skip
        if accepted and row is not None:
            self.devices.append(Device(row.id, home.id, category, min(when, self.now), status=status))
        self.check()

    def move(self, device: Device, name: str, role: Role | None, when: datetime) -> None:
        """One move of the rule book, perhaps typed late."""
        home, before = self.home_of(device), device.status
        with self.attempt(name, home) as accepted:
            actions.move([self._row(device)], name, acting=self.acting(home, role), happened_at=when)
        if accepted:
            self._refuse_strangers(name, role)
            self._told(device, name, before, min(when, self.now))
        self.check(device)

    def _refuse_strangers(self, name: str, role: Role | None) -> None:
        if role is not None and MOVES[name].roles and role not in MOVES[name].roles:
            raise Broken(f"{name} was made by {role}, to whom the rule book does not open it")

    def _told(self, device: Device, name: str, before: str, when: datetime) -> None:
        if name == "undo_handover":
            if device.handed is None or self.now - device.handed[1] > oracle.UNDO_WITHIN:
                raise Broken("a handover was undone although the device had left the counter")
            device.out, device.handed = False, None
        elif name in oracle.COMES_BACK:
            device.comes_back(when)
        elif name in oracle.GOES:
            if reason := device.why_not_safe() if name not in ("lose", "give_back") else None:
                raise Broken(f"{name} let a device go although {reason}")
            if name in oracle.HANDOVERS and before not in oracle.OFFERED:
                raise Broken(f"{name} from {before}: somebody else had it")
            device.goes_out(name, when)
        elif name == "keep_as_gift":
            device.handed = None

    def fact(self, device: Device, what: str, gesture: Gesture, then: Callable[[], object]) -> None:
        """One fact told about a device by a technician."""
        home = self.home_of(device)
        with self.attempt(what, home) as accepted:
            gesture(self._row(device), self.acting(home, Role.TECHNICIAN))
        if accepted:
            then()
        self.check(device)

    def see(self, device: Device, serial: str) -> None:
        """A capture shows a medium in a device, perhaps one known in another."""
        home, medium = self.home_of(device), None
        with self.attempt("see_medium", home) as accepted:
            medium = facts.see_medium(
                self._row(device), acting=self.acting(home, Role.TECHNICIAN), kind="ssd", model="MX500", serial=serial
            )
        if accepted and medium is not None:
            self._seen_in(device, medium.id)
        self.check(device)

    def _seen_in(self, device: Device, number: int) -> None:
        owner = next((one for one in self.devices if number in one.media), None)
        known = owner.media[number] if owner else Medium(number, device.hands)
        if owner is device and known.ended is None:
            return
        if owner is not None:
            del owner.media[number]
            if owner.out and known.ended is None:
                known.hands, known.erased = self.now, None
        known.ended = None
        device.media[number] = known

    def erase(self, device: Device, number: int, when: datetime) -> None:
        """An accepted erasure of a medium, perhaps typed late."""
        medium = device.media[number]
        what = "clear_medium"

        def gesture(_row: Row, acting: Acting) -> None:
            row = db.session.get_one(StorageMedium, number)
            facts.clear_medium(row, acting=acting, cleared_at=when, evidence_id=1, level="clear", method="zero")

        def then() -> None:
            done = min(when, self.now)
            medium.erased = max(done, medium.erased or done)

        self.fact(device, what, gesture, then)

    def end(self, device: Device, number: int, how: str, when: datetime) -> None:
        """A medium is removed or destroyed, perhaps typed late."""
        medium = device.media[number]

        def gesture(_row: Row, acting: Acting) -> None:
            row = db.session.get_one(StorageMedium, number)
            facts.end_medium(row, how, acting=acting, happened_at=when, evidence_id=1)

        self.fact(device, f"medium_{how}", gesture, lambda: setattr(medium, "ended", min(when, self.now)))

    def _row(self, device: Device) -> Row:
        return db.session.get_one(Row, device.id)

    def check(self, touched: Device | None = None) -> None:
        """Read every status again and hold each device against its promise."""
        with tenancy.across_associations(), reading() as session:
            statuses = {number: status for number, status in session.execute(select(Row.id, Row.status))}  # noqa: C416
            rows = session.scalar(select(func.count(Event.id)))
        if self.rows is not None and rows != self.rows:
            raise Broken("a gesture was refused and yet wrote in the journal")
        self.rows = rows
        for device in self.devices:
            device.status = statuses[device.id]
            if device.status in oracle.OFFERED and (reason := device.why_not_ready()):
                raise Broken(f"a {device.category} is {device.status} although {reason}")
            if (device.status in oracle.IN_STOCK) == device.out and device.status != "announced":
                raise Broken(f"a {device.category} is {device.status}, yet who has it says otherwise")

    def journal(self, home: int) -> list[tuple[int, str, str | None, str | None]]:
        """Every row of an association that changed a status: device, kind, from, to."""
        rows = select(Event.device_id, Event.kind, Event.from_status, Event.to_status).where(
            Event.to_status.is_not(None)
        )
        with tenancy.within(home), reading() as session:
            return [(number, kind, before, after) for number, kind, before, after in session.execute(rows)]
