"""Lists of deliveries and of their devices: filters in the address, pages by key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, func, or_, select, tuple_
from sqlalchemy.orm import joinedload

from reemploi.extensions import db
from reemploi.intake.models import Arrival, Delivery
from reemploi.people.models import Organisation
from reemploi.web.cleaning import search_words

PER_PAGE = 50


@dataclass(frozen=True)
class Chosen:
    """What the address of the list of deliveries asks for; what makes no sense is as if it were not there."""

    words: str = ""
    donor: str = ""
    state: str = ""
    before: tuple[datetime, int] | None = None

    @classmethod
    def read(cls, arguments: Mapping[str, str]) -> "Chosen":
        """The filters of an address."""
        state = arguments.get("etat", "")
        return cls(
            words=search_words(arguments.get("q"), 100),
            donor=search_words(arguments.get("donateur"), 22),
            state=state if state in ("ouvert", "clos") else "",
            before=_read_key(arguments.get("avant", "")),
        )

    def address(self, **change: str) -> dict[str, str]:
        """The filters as arguments of an address, with a change; the first page again."""
        values = {"q": self.words, "donateur": self.donor, "etat": self.state, **change}
        return {name: value for name, value in values.items() if value}


@dataclass(frozen=True)
class ListedDeliveries:
    """One page of deliveries, how many devices came with each, and the key of the next page, if any."""

    deliveries: list[Delivery]
    received: Mapping[int, int]
    next_key: str | None


def page_of_deliveries(chosen: Chosen, per_page: int = PER_PAGE) -> ListedDeliveries:
    """Deliveries, the latest arrival first."""
    wanted = select(Delivery).order_by(Delivery.arrived_at.desc(), Delivery.id.desc()).limit(per_page + 1)
    if chosen.before:
        wanted = wanted.where(tuple_(Delivery.arrived_at, Delivery.id) < tuple_(*chosen.before))
    rows = list(db.session.scalars(wanted.where(*_criteria(chosen))))
    shown, last = rows[:per_page], rows[per_page - 1] if len(rows) > per_page else None
    return ListedDeliveries(shown, _received_by([row.id for row in shown]), _key(last) if last else None)


def _criteria(chosen: Chosen) -> list[ColumnElement[bool]]:
    criteria: list[ColumnElement[bool]] = []
    donors = select(Organisation.id)
    if chosen.words:
        named = donors.where(Organisation.name.icontains(chosen.words, autoescape=True))
        criteria.append(or_(Delivery.number.icontains(chosen.words, autoescape=True), Delivery.donor_id.in_(named)))
    if chosen.donor:
        criteria.append(Delivery.donor_id.in_(donors.where(Organisation.address == chosen.donor)))
    if chosen.state:
        criteria.append(Delivery.closed_at.is_(None) if chosen.state == "ouvert" else Delivery.closed_at.is_not(None))
    return criteria


def _received_by(ids: Sequence[int]) -> dict[int, int]:
    rows = db.session.execute(
        select(Arrival.delivery_id, func.count()).where(Arrival.delivery_id.in_(ids)).group_by(Arrival.delivery_id)
    )
    return {delivery_id: int(count) for delivery_id, count in rows}


def _key(delivery: Delivery) -> str:
    return f"{int(delivery.arrived_at.timestamp())}-{delivery.id}"


def _read_key(text: str) -> tuple[datetime, int] | None:
    seconds, _, number = text.partition("-")
    if not (text.isascii() and seconds.isdigit() and number.isdigit() and len(seconds) <= 11 and len(number) <= 15):
        return None
    return datetime.fromtimestamp(int(seconds), UTC), int(number)


@dataclass(frozen=True)
class ListedArrivals:
    """One page of the devices of a delivery and the key of the next one, if any."""

    arrivals: list[Arrival]
    next_key: str | None


def page_of_arrivals(delivery: Delivery, before: str = "", per_page: int = PER_PAGE) -> ListedArrivals:
    """The devices that came with a delivery, the last one received first."""
    wanted = (
        select(Arrival)
        .where(Arrival.delivery_id == delivery.id)
        .options(joinedload(Arrival.device))
        .order_by(Arrival.id.desc())
        .limit(per_page + 1)
    )
    if before.isascii() and before.isdigit() and len(before) <= 15:
        wanted = wanted.where(Arrival.id < int(before))
    rows = list(db.session.scalars(wanted))
    return ListedArrivals(rows[:per_page], str(rows[per_page - 1].id) if len(rows) > per_page else None)
