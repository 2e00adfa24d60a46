"""Reminders of loans, once a day: a letter before and after the due date."""

import click
from flask.cli import with_appcontext
from flask_babel import force_locale
from sqlalchemy import select

from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.ground.clock import utc_now
from reemploi.ground.database import reading, writing
from reemploi.ground.tenancy import within
from reemploi.handover.reminders import remind as write_letters
from reemploi.handover.reminders import summary
from reemploi.people.models import Association
from reemploi.web.wording import say


@click.command("remind")
@click.option("--dry-run", is_flag=True, help="Compte les rappels sans rien écrire.")
@with_appcontext
def remind(dry_run: bool) -> None:
    """Écrit les rappels des prêts à rendre ; peut être relancée, jamais deux fois la même étape."""
    with reading():
        associations = [(row.id, row.name) for row in db.session.scalars(select(Association).order_by(Association.id))]
    for number, name in associations:
        acting = Acting(association_id=number, now=utc_now())
        with within(number), reading() if dry_run else writing():
            written, unreachable = write_letters(acting=acting, dry_run=dry_run)
        with force_locale("fr"):
            click.echo(f"{name} : {' '.join(map(say, summary(written, unreachable)))}")


COMMANDS = (remind,)
