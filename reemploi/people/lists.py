"""Lists of people and organisations: filters in the address, names searched by POST, pages by key."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from sqlalchemy import ColumnElement, Select, and_, false, func, select, true, tuple_
from sqlalchemy.orm import selectinload

from reemploi.extensions import db
from reemploi.ground.crypto import folded_words
from reemploi.people.models import Account, Member, Organisation, RoleGrant
from reemploi.people.rules import QUALITIES
from reemploi.roles import Role
from reemploi.sentences import N_

PER_PAGE = 50
STATES: Mapping[str, str] = {
    "present": N_("Membres"),
    "invited": N_("Invités, jamais venus"),
    "gone": N_("Partis"),
}
Row = TypeVar("Row", Member, Organisation)


@dataclass(frozen=True)
class Chosen:
    """What a list shows; unknown codes are as if they were not there. `words` never stands in an address."""

    role: str = ""
    state: str = "present"
    quality: str = ""
    archived: bool = False
    after: str = ""
    words: str = ""

    @classmethod
    def read(cls, arguments: Mapping[str, str]) -> "Chosen":
        """The filters of an address."""
        role, state, quality = (arguments.get(name, "") for name in ("role", "state", "quality"))
        return cls(
            role=role if role in set(Role) else "",
            state=state if state in STATES else "present",
            quality=quality if quality in QUALITIES else "",
            archived=arguments.get("archived") == "1",
            after=arguments.get("after", "") if arguments.get("after", "").isprintable() else "",
        )

    def searching(self, words: str) -> "Chosen":
        """The same list, bounded by words of a name."""
        return replace(self, words=words)


@dataclass(frozen=True)
class Listed(Generic[Row]):
    """One page of rows and the key of the next one, if any."""

    rows: list[Row]
    next_key: str | None


def members(chosen: Chosen, per_page: int = PER_PAGE) -> Listed[Member]:
    """Members by name, with their roles and organisation."""
    wanted = select(Member).options(selectinload(Member.organisation))
    wanted = wanted.where(Member.left_at.is_not(None) if chosen.state == "gone" else Member.left_at.is_(None))
    if chosen.state == "invited":
        wanted = wanted.where(Member.seen_at.is_(None))
    if chosen.role:
        held = select(RoleGrant.member_id).where(RoleGrant.role == chosen.role, RoleGrant.ended_at.is_(None))
        wanted = wanted.where(Member.id.in_(held))
    if chosen.words:
        account = select(Account.id).where(Account.email.contains(chosen.words.lower(), autoescape=True))
        wanted = wanted.where(_named(Member, chosen.words) | Member.account_id.in_(account))
    return _page(wanted, Member, chosen.after, per_page)


def organisations(chosen: Chosen, per_page: int = PER_PAGE) -> Listed[Organisation]:
    """Organisations by name."""
    wanted = select(Organisation).where(Organisation.archived.is_(chosen.archived))
    if chosen.quality:
        wanted = wanted.where(getattr(Organisation, f"is_{chosen.quality}").is_(True))
    if chosen.words:
        number = "".join(sign for sign in chosen.words if sign.isdigit())
        by_siret = Organisation.siret.startswith(number) if len(number) >= 9 else None
        named = _named(Organisation, chosen.words)
        wanted = wanted.where(named if by_siret is None else named | by_siret)
    return _page(wanted, Organisation, chosen.after, per_page)


def organisations_by_quality() -> dict[str, int]:
    """How many open organisations there are of each quality; "" counts them all."""
    columns = [func.count()] + [func.count().filter(getattr(Organisation, f"is_{code}")) for code in QUALITIES]
    row = db.session.execute(select(*columns).where(Organisation.archived.is_(False)).select_from(Organisation)).one()
    return dict(zip(("", *QUALITIES), (int(count) for count in row), strict=True))


def _named(table: type[Member] | type[Organisation], words: str) -> ColumnElement[bool]:
    """Every word stands in the name; words without a letter or a figure stand in none."""
    return and_(
        false() if not folded_words(words) else true(),
        *(table.folded.contains(word, autoescape=True) for word in folded_words(words)),
    )


def _page(wanted: Select[Row], table: type[Row], after: str, per_page: int) -> Listed[Row]:
    if after:
        last = db.session.execute(select(table.name, table.id).where(table.address == after)).first()
        if last is not None:
            wanted = wanted.where(tuple_(table.name, table.id) > tuple_(*last))
    rows = list(db.session.scalars(wanted.order_by(table.name, table.id).limit(per_page + 1)))
    return Listed(rows[:per_page], rows[per_page - 1].address if len(rows) > per_page else None)
