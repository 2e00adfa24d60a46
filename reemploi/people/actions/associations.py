"""What can happen to an association: opened by the host, described by its administrators."""

from typing import Any

from sqlalchemy import select

from reemploi.errors import Refused
from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.people.models import Association
from reemploi.people.rules import ZONES
from reemploi.roles import Role
from reemploi.sentences import N_

NAME_TAKEN = N_("Une association porte déjà ce nom.")


def create_association(name: str, *, acting: Acting, is_demo: bool = False) -> Association:
    """A new tenant, by the host's command; raises Refused when the name is taken."""
    _refuse_taken(name, other_than=0)
    association = Association(name=name.strip(), opened_at=acting.now, is_demo=is_demo)
    db.session.add(association)
    db.session.flush()
    return association


def describe_association(*, acting: Acting, name: str, zone: str, **details: Any) -> Association:
    """Change the association's own data; raises Refused when the name is taken or the zone is none of the list."""
    acting.require(Role.ADMINISTRATOR)
    _refuse_taken(name, other_than=acting.association_id)
    if zone not in ZONES:
        raise Refused(N_("Choisissez le fuseau horaire dans la liste."), code="zone")
    association = db.session.get_one(Association, acting.association_id)
    for field, value in {"name": name.strip(), "zone": zone, **details}.items():
        setattr(association, field, value)
    db.session.flush()
    return association


def _refuse_taken(name: str, *, other_than: int) -> None:
    wanted = select(Association.id).where(Association.name == name.strip(), Association.id != other_than)
    if db.session.scalars(wanted).first() is not None:
        raise Refused(NAME_TAKEN, code="name_taken")
