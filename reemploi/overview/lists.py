"""Lists of devices: filters in the address, pages by key so that the thousandth costs what the first does."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select, tuple_

from reemploi.errors import NotFound
from reemploi.extensions import db
from reemploi.journey.models import Device
from reemploi.journey.rules import CATEGORIES, STATUSES
from reemploi.sentences import N_, Sentence, sentence

PER_PAGE = 50


@dataclass(frozen=True)
class Chosen:
    """What the address asks for; unknown codes are as if they were not there."""

    status: str = ""
    category: str = ""
    before: tuple[datetime, int] | None = None

    @classmethod
    def read(cls, arguments: Mapping[str, str]) -> "Chosen":
        """The filters of an address."""
        status, category = arguments.get("status", ""), arguments.get("category", "")
        return cls(
            status=status if status in STATUSES else "",
            category=category if category in CATEGORIES else "",
            before=_read_key(arguments.get("before", "")),
        )

    def address(self, **change: str) -> dict[str, str]:
        """The filters as arguments of an address, with a change; the first page again."""
        values = {"status": self.status, "category": self.category, **change}
        return {name: value for name, value in values.items() if value}


@dataclass(frozen=True)
class Listed:
    """One page of devices and the key of the next one, if any."""

    devices: list[Device]
    next_key: str | None


def page_of_devices(chosen: Chosen, per_page: int = PER_PAGE) -> Listed:
    """Devices in the order of their last move, newest first."""
    wanted = select(Device).order_by(Device.moved_at.desc(), Device.id.desc()).limit(per_page + 1)
    if chosen.status:
        wanted = wanted.where(Device.status == chosen.status)
    if chosen.category:
        wanted = wanted.where(Device.category == chosen.category)
    if chosen.before:
        wanted = wanted.where(tuple_(Device.moved_at, Device.id) < tuple_(*chosen.before))
    rows = list(db.session.scalars(wanted))
    more = len(rows) > per_page
    last = rows[per_page - 1] if more else None
    return Listed(rows[:per_page], _key(last) if last else None)


def _key(device: Device) -> str:
    return f"{int(device.moved_at.timestamp())}-{device.id}"


def _read_key(text: str) -> tuple[datetime, int] | None:
    seconds, _, number = text.partition("-")
    if not (seconds.isascii() and seconds.isdigit() and number.isascii() and number.isdigit()):
        return None
    if len(seconds) > 11 or len(number) > 15:
        return None
    return datetime.fromtimestamp(int(seconds), UTC), int(number)


def state_sentence(device: Device) -> Sentence:
    """The device's state in one sentence, for the head of its page."""
    waiting = [medium for medium in device.media if medium.ended_at is None and not _cleared(device, medium)]
    if device.status in ("received", "to_wipe") and waiting:
        return Sentence(
            N_("%(n)d support attend son effacement."),
            {"n": len(waiting)},
            N_("%(n)d supports attendent leur effacement."),
        )
    return sentence(SENTENCES[device.status])


def _cleared(device: Device, medium: object) -> bool:
    cleared_at = getattr(medium, "cleared_at", None)
    return cleared_at is not None and cleared_at > device.in_hands_at


SENTENCES: Mapping[str, str] = {
    "announced": N_("Promis par un donateur, pas encore ici."),
    "received": N_("Ici, attend une capture à l'atelier."),
    "to_wipe": N_("Attend son effacement."),
    "wiped": N_("Effacé ; il reste le système, le contrôle et le grade."),
    "in_repair": N_("En réparation à l'atelier."),
    "available": N_("Prêt à être proposé."),
    "reserved": N_("Réservé pour une remise."),
    "in_transit": N_("En route entre deux sites."),
    "lent": N_("En prêt."),
    "assigned": N_("Placé dans un lieu pour son public."),
    "returned": N_("Rendu ; il repasse par l'effacement."),
    "given": N_("Donné."),
    "sold": N_("Vendu."),
    "for_parts": N_("Gardé pour ses pièces."),
    "waste": N_("Parti aux déchets électroniques."),
    "lost": N_("Perdu ou volé : s'il revient, reprenez-le sous son numéro."),
    "given_back": N_("Rendu au donateur."),
    "ceded": N_("Cédé à une autre association."),
}


def no_such_move() -> NotFound:
    """The refusal for a move this page does not make."""
    return NotFound(N_("Ce passage ne se fait pas depuis cette page."), code="no_such_move")
