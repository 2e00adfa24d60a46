"""Every stage's pages, menu entries and commands, in the order of the journey."""

from click import Command
from flask import Blueprint

from reemploi.bench import views as bench
from reemploi.commands import associations as associations_commands
from reemploi.commands import database as database_commands
from reemploi.commands import demo as demo_commands
from reemploi.commands import remind as remind_commands
from reemploi.commands import verify as verify_commands
from reemploi.commands import work as work_commands
from reemploi.ground import models as _ground  # noqa: F401
from reemploi.handover import views as handover
from reemploi.intake import views as intake
from reemploi.labels import views as labels
from reemploi.overview import views as overview
from reemploi.papers import views as papers
from reemploi.people import views as people
from reemploi.prescription import views as prescription
from reemploi.web import gallery, language
from reemploi.wiping import views as wiping

STAGES = (overview, intake, labels, bench, wiping, papers, prescription, handover, people)
MENU = tuple(entry for stage in STAGES for entry in stage.MENU)
COMMANDS: tuple[Command, ...] = (
    *database_commands.COMMANDS,
    *demo_commands.COMMANDS,
    *work_commands.COMMANDS,
    *remind_commands.COMMANDS,
    *verify_commands.COMMANDS,
    *associations_commands.COMMANDS,
)


def blueprints(mode: str) -> list[Blueprint]:
    """The pages of this installation; the gallery of components only where people build."""
    open_everywhere = [language.blueprint, *(blueprint for stage in STAGES for blueprint in stage.BLUEPRINTS)]
    return [*open_everywhere, gallery.blueprint] if mode in ("development", "test") else open_everywhere
