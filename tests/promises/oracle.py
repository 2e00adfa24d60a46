"""What the promises say of a device, from what was told of it alone: nothing here asks the rule book.

Written from the promises themselves: a device may be offered, handed over, sold, dismantled or thrown away only when
every medium known in it was erased, destroyed or removed after its last time in someone's hands, or when a named person
saw that it has none; phones and tablets also need their locks checked.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

ALWAYS_HOLD = {"laptop", "desktop", "all_in_one", "tablet", "smartphone", "basic_phone"}
MAY_HOLD = {"printer", "router"}
WITH_LOCKS = {"tablet", "smartphone"}
WITH_SYSTEM = {"laptop", "desktop", "all_in_one"}
IN_STOCK = {"received", "to_wipe", "wiped", "in_repair", "available", "reserved", "in_transit", "returned"}
OFFERED = {"available", "reserved"}
LEAVES = {"lent", "assigned", "given", "sold", "for_parts", "waste", "ceded"}
HANDOVERS = {"lend", "assign", "give", "sell"}
COMES_BACK = {"receive", "re_enter", "take_back", "find"}
GOES = HANDOVERS | {"dismantle", "discard", "lose", "give_back", "cede"}
UNDO_WITHIN = timedelta(minutes=10)


@dataclass
class Medium:
    """One storage medium: `hands` is the last instant it was in someone's hands, None while it is there."""

    number: int
    hands: datetime | None
    erased: datetime | None = None
    ended: datetime | None = None

    def is_clean(self) -> bool:
        """Erased after it was last in someone's hands."""
        return self.hands is not None and self.erased is not None and self.erased > self.hands


@dataclass
class Device:
    """One device: `hands` is the last instant it was in someone's hands, also while it is out."""

    id: int
    home: int
    category: str
    hands: datetime
    media: dict[int, Medium] = field(default_factory=dict)
    status: str = "received"
    out: bool = False
    seen_empty: tuple[datetime, int] | None = None
    locks_off: datetime | None = None
    graded: datetime | None = None
    system: datetime | None = None
    handed: tuple[str, datetime] | None = None

    def why_not_safe(self) -> str | None:
        """Why it might hold a stranger's data, or None."""
        inside = [medium for medium in self.media.values() if medium.ended is None]
        if unclean := [medium.number for medium in inside if not medium.is_clean()]:
            return f"media {unclean} were not erased after their last time in someone's hands"
        looked = [one.ended for one in self.media.values() if one.ended and one.ended >= self.hands]
        named = self.seen_empty is not None and self.seen_empty[0] >= self.hands and self.seen_empty[1] > 0
        if self.category in ALWAYS_HOLD | MAY_HOLD and not (inside or looked or named):
            return "nobody looked for its media since its last time in someone's hands"
        if self.category in WITH_LOCKS and not (self.locks_off and self.locks_off >= self.hands):
            return "its locks were not checked since its last time in someone's hands"
        return None

    def why_not_ready(self) -> str | None:
        """Why it may not be offered, or None."""
        if reason := self.why_not_safe():
            return reason
        if not (self.graded and self.graded >= self.hands):
            return "it was not graded since its last time in someone's hands"
        if self.category in WITH_SYSTEM and not (self.system and self.system >= self.hands):
            return "no system was installed since its last time in someone's hands"
        return None

    def goes_out(self, name: str, when: datetime) -> None:
        """It leaves the house: what is in it is in someone's hands."""
        self.out = True
        self.handed = (name, when) if name in HANDOVERS else None

    def comes_back(self, when: datetime) -> None:
        """It is back: it and the media in it were in someone's hands until then."""
        self.out, self.hands, self.handed = False, when, None
        for medium in self.media.values():
            if medium.ended is None:
                medium.hands = when


def balance(kinds: list[tuple[str, str | None, str | None]]) -> int:
    """How many devices stand in stock, from the kinds of their journal rows: what came in, less what went out."""
    total = 0
    for kind, before, after in kinds:
        if kind == "enter":
            total += after == "received"
        elif kind in COMES_BACK or kind == "undo_handover":
            total += 1
        elif kind in GOES:
            total -= before in IN_STOCK
    return total
