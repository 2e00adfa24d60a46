"""The database itself keeps associations apart: owners on every row, and keys that cannot cross."""

import pytest
from sqlalchemy import ForeignKeyConstraint, Integer, Table, UniqueConstraint
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import RelationshipProperty

from reemploi.extensions import Base, db
from reemploi.ground.columns import upsert
from reemploi.ground.database import writing
from reemploi.journey.models import DeviceAlias
from reemploi.people.models import Place
from reemploi.roles import Role
from tests.conftest import ActingAs
from tests.support.cast import Home
from tests.support.devices import new_device
from tests.support.tenants import TENANTS

SHARED = {
    "association": "the tenants themselves",
    "account": "a way to sign in, whatever the association",
    "sign_in_session": "an open browser, looked up before the association is known",
    "signed_link": "a link sent by mail, looked up before the association is known",
    "attempt": "throttles by keyed digest",
    "issued_tag": "a tag is given once on the whole instance",
    "status": "the code table of statuses",
}
TABLES = dict(Base.metadata.tables)


def foreign_keys(table: Table) -> list[ForeignKeyConstraint]:
    """The foreign keys of a table."""
    return [one for one in table.constraints if isinstance(one, ForeignKeyConstraint)]


def test_every_table_belongs_to_an_association_or_says_why_not() -> None:
    unowned = set(TABLES) - set(TENANTS) - set(SHARED)
    assert not unowned, f"derive these models from `Tenant`, or say in SHARED why nobody owns them: {unowned}"
    assert not set(SHARED) - set(TABLES), f"these tables are gone, take them off SHARED: {set(SHARED) - set(TABLES)}"
    assert not set(SHARED) & set(TENANTS)


@pytest.mark.parametrize("name", TENANTS)
def test_each_row_has_an_owner_and_a_pair_to_point_at(name: str) -> None:
    table = TABLES[name]
    assert not table.columns["association_id"].nullable
    assert any(
        [key.name for key in one.elements] and one.referred_table.name == "association" for one in foreign_keys(table)
    )
    pairs = [tuple(one.columns.keys()) for one in table.constraints if isinstance(one, UniqueConstraint)]
    assert ("association_id", "id") in pairs, "write __table_args__ = tenant_table(…)"
    assert table.dialect_options["sqlite"]["autoincrement"], "ids are never given twice: tenant_table(…)"


@pytest.mark.parametrize("name", TENANTS)
def test_no_key_can_cross_associations(name: str) -> None:
    crossing = [
        f"{'+'.join(key.column_keys)} → {key.referred_table.name}"
        for key in foreign_keys(TABLES[name])
        if key.referred_table.name in TENANTS and ("association_id", "association_id") not in
        [(element.parent.name, element.column.name) for element in key.elements]
    ]  # fmt: skip
    assert not crossing, f"use tenant_key(…) so that the pair is checked: {crossing}"


@pytest.mark.parametrize("name", TENANTS)
def test_every_number_of_a_row_is_a_foreign_key(name: str) -> None:
    """A bare integer `x_id` could name the neighbour's row."""
    keyed = {column for key in foreign_keys(TABLES[name]) for column in key.column_keys}
    numbers = {column.name for column in TABLES[name].columns if isinstance(column.type, Integer)}
    bare = {number for number in numbers if number.endswith(("_id", "_by"))} - keyed
    assert not bare - BARE.get(name, set()), f"add tenant_key(…) for {bare - BARE.get(name, set())}"


BARE = {
    "access_log": {"household_id"},
}
"""Numbers that outlive the row they name, on purpose."""


@pytest.mark.parametrize(
    ("name", "relation"),
    [(name, relation) for name, model in TENANTS.items() for relation in model.__mapper__.relationships],
    ids=lambda value: value if isinstance(value, str) else value.key,
)
def test_every_relationship_stays_inside(name: str, relation: RelationshipProperty[object]) -> None:
    """Relationships load without the scope's criterion: the key they follow must not be able to cross."""
    if str(relation.mapper.local_table) not in TENANTS:
        return
    pairs = {(local.name, remote.name) for local, remote in relation.local_remote_pairs or []}
    tables = (TABLES[name], TABLES[str(relation.mapper.local_table)])
    followed = [
        {(element.parent.name, element.column.name) for element in key.elements}
        for table in tables for key in foreign_keys(table)
    ]  # fmt: skip
    inside = ("association_id", "association_id") in pairs or any(
        pairs <= key or {(b, a) for a, b in pairs} <= key for key in followed if ("association_id",) * 2 in key
    )
    assert inside, f"{name}.{relation.key}: join on the association too, or follow a tenant_key"


def test_the_database_refuses_a_row_that_points_at_the_neighbours(
    engine: str, acting_as: ActingAs, other_association: Home
) -> None:
    acting = acting_as(Role.TECHNICIAN)
    with writing():
        device = new_device(acting)
    with pytest.raises(DBAPIError, match=r"(?i)foreign key"), writing() as session:
        crossing = upsert(session, DeviceAlias).values(
            association_id=other_association.id, device_id=device.id, code="X1", added_at=acting.now
        )
        session.execute(crossing)
        session.commit()


def test_a_deleted_number_is_not_given_again(association: Home, acting_as: ActingAs) -> None:
    acting = acting_as(Role.ADMINISTRATOR)
    numbers = []
    for _ in range(2):
        with writing() as session:
            place = Place(association_id=acting.association_id, site_id=association.site_id, name="B", tag="5000000000")
            session.add(place)
        with writing() as session:
            numbers.append(place.id)
            session.delete(session.get_one(Place, place.id))
    assert numbers[0] < numbers[1]
    assert db.session.get(Place, numbers[1]) is None
