"""Dumps of a version's demonstration, on both engines."""

import gzip
import os
import sqlite3
import subprocess
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory

from scripts.environment import ROOT, stop
from scripts.temporary_postgres import programs, temporary_postgres

RELEASES = ROOT / "tests" / "releases"


def main() -> None:
    """Write both dumps of the version that stands in pyproject.toml."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    folder = programs()
    if folder is None:
        stop("Il manque PostgreSQL 15 ou plus récent : installez le paquet postgresql.")
    with TemporaryDirectory() as instance, temporary_postgres(folder) as url:
        _prepare(instance, f"sqlite:///{instance}/reemploi.db")
        _write(f"{version}.sqlite", _sqlite_dump(Path(instance) / "reemploi.db"))
        _prepare(instance, url)
        _write(f"{version}.postgresql", _postgres_dump(folder, url))


def _prepare(instance: str, url: str) -> None:
    from reemploi import create_app
    from reemploi.config import load_settings

    settings = {"REEMPLOI_MODE": "demo", "REEMPLOI_INSTANCE": instance, "REEMPLOI_DATABASE_URL": url}
    app = create_app(load_settings(settings))
    done = app.test_cli_runner().invoke(args=["prepare", "--demo"])
    if done.exception:
        raise done.exception


def _sqlite_dump(path: Path) -> str:
    connection = sqlite3.connect(path)
    try:
        return "\n".join(connection.iterdump())
    finally:
        connection.close()


def _postgres_dump(folder: Path, url: str) -> str:
    plain = url.replace("postgresql+psycopg://", "postgresql://")
    command = [str(folder / "pg_dump"), "--no-owner", "--no-privileges", "--inserts", plain]
    return subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ).stdout


def _write(name: str, dump: str) -> None:
    RELEASES.mkdir(exist_ok=True)
    (RELEASES / f"{name}.sql.gz").write_bytes(gzip.compress(dump.encode(), mtime=0))
