"""The start of the service, as gunicorn, systemd and the host see it."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from reemploi.config import SECRET_VARIABLES
from tests.house.source_files import ROOT


def start(instance: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """Load the service in a process of its own, with these variables alone."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("REEMPLOI_")}
    return subprocess.run(
        [sys.executable, "-c", "import wsgi; print(wsgi.app.name)"],
        cwd=ROOT,
        env={**clean, "REEMPLOI_INSTANCE": str(instance), **environ},
        capture_output=True,
        text=True,
    )


def secrets(command: str, instance: Path) -> subprocess.CompletedProcess[str]:
    """Run one command of scripts/secrets."""
    environ = {**os.environ, "REEMPLOI_INSTANCE": str(instance), "REEMPLOI_BASE_URL": "https://reemploi.exemple.fr"}
    script = [sys.executable, "-m", "scripts.secret_file", command]
    return subprocess.run(script, cwd=ROOT, env=environ, capture_output=True, text=True)


@pytest.mark.parametrize(
    ("environ", "variable"),
    [
        ({}, "REEMPLOI_BASE_URL"),
        ({"REEMPLOI_BASE_URL": "https://reemploi.exemple.fr"}, SECRET_VARIABLES["session"]),
        ({"REEMPLOI_MODE": "demo", "REEMPLOI_BIND": "0.0.0.0:80"}, "REEMPLOI_BIND"),
    ],
)
def test_a_refused_start_says_one_sentence_and_is_not_tried_again(
    tmp_path: Path, environ: dict[str, str], variable: str
) -> None:
    done = start(tmp_path, **environ)
    assert done.returncode == 4  # gunicorn and the systemd units stop at this code
    assert (done.stdout, done.stderr.count("\n")) == ("", 1)
    assert variable in done.stderr


def test_production_starts_with_the_secrets_that_the_script_drew_and_with_no_shorter_one(tmp_path: Path) -> None:
    assert secrets("create", tmp_path).returncode == 0
    done = start(tmp_path, REEMPLOI_BASE_URL="https://reemploi.exemple.fr")
    assert (done.returncode, done.stdout.strip()) == (0, "reemploi"), done.stderr
    short = start(tmp_path, REEMPLOI_BASE_URL="https://reemploi.exemple.fr", REEMPLOI_NAME_KEY="Y291cnQ=")
    assert (short.returncode, short.stderr.count("\n")) == (4, 1)
    assert "REEMPLOI_NAME_KEY fait 5 octets" in short.stderr


def test_the_script_of_the_secrets_creates_once_then_rotates(tmp_path: Path) -> None:
    file = tmp_path / "secrets.json"
    assert secrets("create", tmp_path).returncode == 0
    first = file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    again = secrets("create", tmp_path)
    assert (again.returncode, file.read_text()) == (1, first)
    assert "existe déjà" in again.stderr
    assert secrets("rotate", tmp_path).returncode == 0
    assert file.read_text() != first
    assert secrets("check", tmp_path).returncode == 0


def test_rotating_secrets_that_do_not_exist_is_refused(tmp_path: Path) -> None:
    done = secrets("rotate", tmp_path)
    assert done.returncode == 1
    assert "scripts/secrets create" in done.stderr
    assert not list(tmp_path.iterdir())
