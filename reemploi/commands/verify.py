"""Proof on demand: the journal's chains, the statuses they give, references, triggers and files."""

import zlib
from collections.abc import Iterator

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import ForeignKeyConstraint, String, Table, and_, column, exists, func, inspect, select, table

from reemploi.commands.kept_files import surely_named
from reemploi.extensions import Base, db
from reemploi.ground.database import reading
from reemploi.ground.numbering import in_groups
from reemploi.ground.tenancy import within
from reemploi.ground.triggers import APPEND_ONLY
from reemploi.journey.journal import breaks
from reemploi.people.models import Association

FAULTS = {
    "altered row": "ligne modifiée",
    "missing row": "ligne manquante",
    "other head": "la fiche ne suit pas la dernière ligne",
    "other status": "le statut n'est pas celui du journal",
    "status out of chain": "passage hors de la suite",
}


@click.command("verify")
@with_appcontext
def verify() -> None:
    """Prouve le journal, les références et les fichiers ; sort en erreur à la moindre rupture."""
    count = 0
    for line in _all_breaks():
        click.echo(line)
        count += 1
    if count:
        raise SystemExit(1)
    click.echo("Tout se tient : journal, statuts, références, fichiers.")


def _all_breaks() -> Iterator[str]:
    with reading():
        associations = [(row.id, row.name) for row in db.session.scalars(select(Association).order_by(Association.id))]
    for number, name in associations:
        with within(number), reading():
            for one in breaks():
                yield f"{name} · appareil {in_groups(one.tag)} · ligne {one.seq} : {FAULTS[one.fault]}"
    with reading():
        yield from _broken_references()
        yield from _missing_triggers()
        named = sorted(surely_named())
    yield from _broken_files(named)


def _broken_references() -> Iterator[str]:
    for child in Base.metadata.sorted_tables:
        for key in child.foreign_key_constraints:
            if count := _rows_without_parent(child, key):
                yield f"{child.name} · {count} ligne(s) sans leur {key.referred_table.name} ({key.name})"


def _rows_without_parent(child: Table, key: ForeignKeyConstraint) -> int:
    parent = key.referred_table.alias()
    pairs = [(element.parent, parent.c[element.column.name]) for element in key.elements]
    orphaned = and_(
        *(own.is_not(None) for own, _theirs in pairs), ~exists().where(*(own == theirs for own, theirs in pairs))
    )
    return db.session.scalars(select(func.count()).select_from(child).where(orphaned)).one()


def _missing_triggers() -> Iterator[str]:
    kinds, known = ("update", "delete"), select(column("name", String)).select_from(table("sqlite_master"))
    if db.engine.dialect.name != "sqlite":
        kinds, known = ("rows", "whole"), select(column("tgname", String)).select_from(table("pg_trigger"))
        known = known.where(column("tgenabled", String) != "D")
    found = set(db.session.scalars(known))
    for name in sorted(name for name in APPEND_ONLY if inspect(db.engine).has_table(name)):
        yield from (f"{name} · le verrou « {kind} » manque" for kind in kinds if f"keep_{name}_{kind}" not in found)


def _broken_files(named: list[str]) -> Iterator[str]:
    store = current_app.extensions["files"]
    for digest in named:
        try:
            store.get(digest)
        except FileNotFoundError:
            yield f"fichier {digest[:12]}… · absent du disque"
        except (ValueError, OSError, zlib.error):
            yield f"fichier {digest[:12]}… · altéré ou illisible"


COMMANDS = (verify,)
