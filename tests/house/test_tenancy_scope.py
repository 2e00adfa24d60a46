"""However it is asked, a query tells nothing of the neighbour's rows; outside any association, nothing at all."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Select, delete, exists, func, literal, select, union_all, update
from sqlalchemy.orm import Session, aliased

from reemploi.extensions import db
from reemploi.ground import tenancy
from reemploi.ground.database import reading, writing
from reemploi.ground.tenancy import across_associations, within
from reemploi.journey.models import Device, Event, StatusCode
from reemploi.people.models import Member, Organisation, Place
from reemploi.roles import Role
from tests.conftest import ActingAs
from tests.support.cast import Home
from tests.support.devices import device_in
from tests.support.stores import Store
from tests.support.tenants import TENANTS, fill_every_table

Way = Callable[[Session, Any], set[int]]


def owners(session: Session, wanted: Select[Any]) -> set[int]:
    return set(session.scalars(wanted))


def _by_subquery(session: Session, model: Any) -> set[int]:
    inner = select(model.association_id.label("owner")).subquery()
    return owners(session, select(inner.c.owner))


def _by_cte(session: Session, model: Any) -> set[int]:
    inner = select(model.association_id.label("owner")).cte("inner_rows")
    return owners(session, select(inner.c.owner))


def _by_alias(session: Session, model: Any) -> set[int]:
    other = aliased(model)
    return owners(session, select(other.association_id))


def _by_self_join(session: Session, model: Any) -> set[int]:
    other = aliased(model)
    return owners(session, select(other.association_id).join(model, model.id > 0))


def _by_union(session: Session, model: Any) -> set[int]:
    both = union_all(select(model.association_id.label("owner")), select(model.association_id)).subquery()
    return owners(session, select(both.c.owner))


def _by_shared_table(session: Session, model: Any) -> set[int]:
    return owners(session, select(model.association_id).select_from(StatusCode).join(model, model.id > 0).distinct())


WAYS: dict[str, Way] = {
    "whole rows": lambda session, model: {row.association_id for row in session.scalars(select(model)).unique()},
    "columns": lambda session, model: owners(session, select(model.association_id)),
    "in batches": lambda session, model: owners(session, select(model.association_id).execution_options(yield_per=10)),
    "distinct": lambda session, model: owners(session, select(model.association_id).distinct()),
    "grouped": lambda session, model: {
        owner for owner, _ in session.execute(select(model.association_id, func.count()).group_by(model.association_id))
    },
    "the old query": lambda session, model: {row.association_id for row in session.query(model)},
    "in a list": lambda session, model: owners(
        session, select(model.association_id).where(model.id.in_(select(model.id)))
    ),
    "a subquery": _by_subquery,
    "a common table expression": _by_cte,
    "an alias": _by_alias,
    "a join with itself": _by_self_join,
    "a union": _by_union,
    "a join from a shared table": _by_shared_table,
}
COUNTS: dict[str, Callable[[Session, Any], int]] = {
    "count": lambda session, model: session.scalar(select(func.count()).select_from(model)) or 0,
    "count of a column": lambda session, model: session.scalar(select(func.count(model.id))) or 0,
    "largest": lambda session, model: session.scalar(select(func.max(model.id))) or 0,
    "the old count": lambda session, model: session.query(model).count(),
    "scalar subquery": lambda session, model: (
        session.scalar(select(select(func.count()).select_from(model).scalar_subquery())) or 0
    ),
}


@pytest.fixture
def rows(store: Store, association: Home, other_association: Home) -> dict[str, dict[int, int]]:
    return fill_every_table(store)


@pytest.mark.parametrize("name", TENANTS)
def test_every_way_of_asking_tells_of_ones_own_rows_alone(
    name: str, rows: dict[str, dict[int, int]], association: Home, other_association: Home
) -> None:
    for home in (association, other_association):
        with within(home.id), reading() as session:
            told = {way: ask(session, TENANTS[name]) for way, ask in WAYS.items()}
        wrong = {way: owners for way, owners in told.items() if owners != {home.id}}
        assert not wrong, f"these ways leave the scope: {wrong}"


@pytest.mark.parametrize("name", TENANTS)
def test_outside_any_association_there_is_nothing(name: str, rows: dict[str, dict[int, int]]) -> None:
    with within(tenancy.NOBODY), reading() as session:
        told = {way: ask(session, TENANTS[name]) for way, ask in WAYS.items()}
        counted = {way: count(session, TENANTS[name]) for way, count in COUNTS.items()}
    assert not any(told.values()) and not any(counted.values()), (told, counted)


@pytest.mark.parametrize("name", TENANTS)
def test_counts_count_ones_own_rows_alone(
    name: str, rows: dict[str, dict[int, int]], association: Home, other_association: Home
) -> None:
    totals = {}
    for home in (association, other_association):
        with within(home.id), reading() as session:
            totals[home.id] = {way: count(session, TENANTS[name]) for way, count in COUNTS.items() if way != "largest"}
    with across_associations(), reading() as session:
        everything = {way: count(session, TENANTS[name]) for way, count in COUNTS.items() if way != "largest"}
    assert set(everything.values()) == {everything["count"]}
    assert all(sum(one[way] for one in totals.values()) == everything[way] for way in everything)


@pytest.mark.parametrize("name", TENANTS)
def test_a_known_number_of_the_neighbours_opens_nothing(
    name: str, rows: dict[str, dict[int, int]], association: Home, other_association: Home
) -> None:
    model, theirs = TENANTS[name], rows[name][other_association.id]
    with across_associations(), reading() as session:
        kept = session.get(model, theirs)
    assert kept is not None
    with within(association.id), reading() as session:
        assert session.get(model, theirs) is None, "even loaded before by the same session"
        assert not session.scalar(select(exists().where(model.id == theirs)))
        assert not session.scalar(select(literal(1)).where(exists(select(model.id).where(model.id == theirs))))
        assert session.scalars(select(model).where(model.id == theirs)).first() is None


@pytest.mark.parametrize("name", TENANTS)
def test_changes_in_bulk_touch_ones_own_rows_alone(
    name: str, rows: dict[str, dict[int, int]], association: Home, other_association: Home
) -> None:
    model, theirs = TENANTS[name], rows[name][other_association.id]
    for change in (update(model).values(id=model.id), delete(model)):
        with within(association.id), writing() as session:
            done = session.execute(change.where(model.id == theirs), execution_options={"synchronize_session": False})
            assert done.rowcount == 0  # type: ignore[attr-defined]


def test_the_scope_holds_on_both_engines_for_rows_made_by_actions(
    engine: str, acting_as: ActingAs, association: Home, other_association: Home
) -> None:
    for home in (association, other_association):
        acting = acting_as(Role.COORDINATOR, association=home)
        with writing():
            device_in("lent", acting)
    for home in (association, other_association):
        with within(home.id), reading() as session:
            for model in (Device, Event, Member, Organisation, Place):
                told = {way: ask(session, model) for way, ask in WAYS.items()}
                assert all(owners == {home.id} for owners in told.values()), told


def test_a_new_row_is_given_its_owner_by_the_scope(association: Home, acting_as: ActingAs) -> None:
    acting_as(Role.ADMINISTRATOR)
    with writing() as session:
        place = Place(site_id=association.site_id, name="Sans maître", tag="5000000000")
        session.add(place)
    assert place.association_id == association.id


@pytest.mark.parametrize("home", ["nobody", "other"])
def test_no_row_of_another_association_is_saved(
    home: str, association: Home, other_association: Home, acting_as: ActingAs
) -> None:
    scope = other_association.id if home == "other" else tenancy.NOBODY
    with reading() as session:
        place = session.get_one(Place, association.place_id)
    changes: list[Callable[[Session], object]] = [
        lambda session: session.add(
            Place(association_id=association.id, site_id=association.site_id, name="C", tag="5000000000")
        ),
        lambda session: setattr(place, "name", "Autre"),
        lambda session: setattr(place, "association_id", scope),
        lambda session: session.delete(place),
    ]
    for change in changes:
        with pytest.raises(RuntimeError, match="another association"), within(scope), writing() as session:
            change(session)
    with reading():
        assert place.name == "Étagère A"


def test_the_scope_of_a_request_is_left_behind(association: Home) -> None:
    tenancy.enter(None)
    assert tenancy.current_association() is None
    with within(association.id):
        assert tenancy.current_association() == association.id
    assert tenancy.current_association() is None
    assert db.session.scalars(select(Place)).all() == []
