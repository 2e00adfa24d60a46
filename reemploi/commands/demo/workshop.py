"""The hands and the dice with which the demonstration's devices are walked along."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from reemploi.commands.demo.people import People
from reemploi.ground.acting import Acting

TECHNICIAN = "technicien@demo.example"
COORDINATOR = "coordination@demo.example"
VOLUNTEER = "benevole@demo.example"
STOREKEEPER = "magasin@demo.example"
SHIFT = "remise@demo.example"


@dataclass
class Workshop:
    """The hands and the dice with which devices are walked along."""

    people: People
    now: datetime
    dice: random.Random
    serials: int = 0
    storage: dict[int, tuple[str, int]] = field(default_factory=dict)

    def hand(self, email: str, at: datetime) -> Acting:
        """One of the people at a past instant."""
        base = Acting(next(iter(self.people.members.values())).association_id, min(at, self.now))
        return self.people.acting(base, email)

    def serial(self, prefix: str) -> str:
        """An invented serial, never the same twice."""
        self.serials += 1
        return f"{prefix}{self.serials:04d}{self.dice.choice('BCDFGHJK')}{self.dice.randrange(100):02d}"


def in_opening_hours(when: datetime) -> datetime:
    """The same day between 8 and 16 h UTC; what came first still comes first."""
    midnight = when.replace(hour=0, minute=0, second=0)
    return midnight + timedelta(hours=8) + (when - midnight) / 3
