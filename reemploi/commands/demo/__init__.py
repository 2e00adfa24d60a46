"""The demonstration: an invented association, alive with devices in every status; refused beside a real one."""

import random

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from reemploi.commands.demo.devices import fill_workshop
from reemploi.commands.demo.families import welcome_families
from reemploi.commands.demo.people import open_association, welcome_people
from reemploi.errors import Refused
from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.ground.clock import utc_now
from reemploi.ground.database import reading, writing
from reemploi.ground.tenancy import within
from reemploi.people.models import Association
from reemploi.sentences import N_

SEED = 1407


def demo_when_empty() -> bool:
    """Fill an empty database and say so; the demonstration already there is left as it is.

    Raises Refused when the database holds a real association, or outside demo mode.
    """
    if current_app.extensions["settings"].mode not in ("demo", "test", "development"):
        raise Refused(N_("La démonstration ne se charge pas sur un service en production."), code="not_demo")
    with reading():
        present = list(db.session.scalars(select(Association)))
    if any(not association.is_demo for association in present):
        raise Refused(N_("Cette base contient une vraie association : la démonstration n'y entre pas."), code="real")
    if present:
        return False
    now = utc_now()
    with writing():
        association_id = open_association(Acting(association_id=0, now=now))
    with within(association_id):
        with writing():
            people = welcome_people(Acting(association_id=association_id, now=now))
        with writing():
            fill_workshop(people, now=now, dice=random.Random(SEED))
        with writing():
            welcome_families(people, association_id=association_id, now=now)
    return True


@click.command("demo")
@with_appcontext
def demo() -> None:
    """Remplit une base vide avec l'association de démonstration."""
    click.echo("Démonstration prête." if demo_when_empty() else "La démonstration est déjà là.")


COMMANDS = (demo,)
