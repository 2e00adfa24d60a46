"""What is handed over and how it ends: kinds, states, accessories, delays and the steps of reminders. Pure data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

N_ = str


@dataclass(frozen=True)
class State:
    """Where a handover stands."""

    code: str
    label: str
    tone: str
    icon: str


STATES: Mapping[str, State] = {
    state.code: state
    for state in (
        State("prepared", N_("à signer"), "waits", "pencil"),
        State("running", N_("en cours"), "in_hands", "person-check"),
        State("done", N_("donné"), "ended", "gift"),
        State("returned", N_("rendu"), "ready", "arrow-return-left"),
        State("declined", N_("refusé à la table"), "ended", "x-circle"),
        State("undone", N_("annulée"), "ended", "slash-circle"),
    )
}
OVERDUE = State("overdue", N_("en retard"), "refused", "clock-history")

KINDS: Mapping[str, str] = {"loan": N_("Prêt"), "gift": N_("Don")}
MOVE_OF_KIND: Mapping[str, str] = {"loan": "lend", "gift": "give"}
STATE_OF_KIND: Mapping[str, str] = {"loan": "running", "gift": "done"}

ACCESSORIES: Mapping[str, str] = {
    "charger": N_("Chargeur"),
    "mouse": N_("Souris"),
    "bag": N_("Sacoche"),
    "cable": N_("Câble"),
}
OUTCOMES: Mapping[str, str] = {
    "given": N_("donné"),
    "returned": N_("rendu"),
    "declined": N_("refusé à la table"),
    "undone": N_("remise annulée"),
}

UNDO_WITHIN = timedelta(minutes=10)
GIFT_FOLLOWED = timedelta(days=183)
"""A coordinator reads a household's contact for six months after a gift; for a loan, until it ends."""
LONGEST_LOAN = timedelta(days=366 * 5)

REMINDERS: Mapping[str, int] = {"soon": -14, "due": 0, "late": 7, "very_late": 30}
"""Steps of the reminders, in days after the due date."""


def reminder_step(due_on: date, today: date) -> str | None:
    """The last step reached for a due date: a day without sending never makes two letters at once."""
    reached = [step for step, days in REMINDERS.items() if today >= due_on + timedelta(days=days)]
    return reached[-1] if reached else None


def state_shown(state: str, due_on: date | None, today: date) -> State:
    """The state as people read it: a running loan past its due date is late."""
    if state == "running" and due_on is not None and due_on < today:
        return OVERDUE
    return STATES[state]


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last one of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), following - timedelta(days=1))
