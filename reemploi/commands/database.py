"""Commands on the database: prepare an installation, create an association."""

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade

from reemploi.commands.demo import demo_when_empty


@click.command("prepare")
@click.option("--demo", is_flag=True, help="Remplit une base vide avec l'association de démonstration.")
@with_appcontext
def prepare(demo: bool) -> None:
    """Met la base à jour ; peut être relancée."""
    current_app.extensions["settings"].instance_dir.mkdir(parents=True, exist_ok=True)
    upgrade(revision="head")
    if demo:
        demo_when_empty()


COMMANDS = (prepare,)
