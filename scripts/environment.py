#!/usr/bin/env python3
"""Set up what this service needs in `.venv`: standard library only, safe to run again, quick when nothing changed.

python3 scripts/environment.py [--postgres | --dev]
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)
SERVICE, WITH_POSTGRES, DEVELOPMENT = "requirements.lock", "requirements-postgres.lock", "requirements-dev.lock"
NO_PIP = (
    "pip est introuvable pour ce Python. Tapez « sudo apt-get install python3-venv » (ou l'équivalent de votre "
    "système), puis relancez la commande."
)


def say(sentence: str) -> None:
    """Tell the person at the terminal, at once."""
    print(sentence, flush=True)


def stop(sentence: str) -> NoReturn:
    """End with one sentence that says what to do."""
    sys.exit(f"✗ {sentence}")


def require_python() -> None:
    """Go on under a recent enough Python, found on this machine if need be."""
    if sys.version_info >= OLDEST:
        return
    for minor in range(20, OLDEST[1] - 1, -1):
        newer = shutil.which(f"python3.{minor}")
        if newer and _is_recent(newer):
            os.execv(newer, [newer, *sys.argv])
    stop("Il faut Python 3.11 ou plus récent. Installez-le, puis relancez la commande.")


def run_inside(module: str) -> NoReturn:
    """Run one of these scripts' modules where the libraries are: the environment in use, else `.venv`."""
    python = Path(sys.executable) if sys.prefix != sys.base_prefix else PYTHON
    if not python.exists():
        stop("L'environnement Python n'existe pas encore : lancez d'abord scripts/serve ou scripts/test.")
    os.chdir(ROOT)
    os.execv(python, [str(python), "-m", f"scripts.{module}", *sys.argv[1:]])


def prepare(lock: str = SERVICE) -> None:
    """Have the virtual environment hold exactly what `lock` lists, and the catalogues compiled."""
    with _one_at_a_time():
        if not _is_recent(str(PYTHON), "pip"):
            say("Création de l'environnement Python…")
            _create()
        if _installed() not in _satisfying(lock):
            say("Installation des bibliothèques…")
            _install(lock)
    subprocess.run([PYTHON, "-m", "scripts.cataloguing", "compile"], cwd=ROOT, check=True)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    with open(ROOT / "pyproject.toml") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _is_recent(python: str, libraries: str = "sys") -> bool:
    question = f"import sys, {libraries}; sys.exit(sys.version_info < {OLDEST})"
    try:
        return subprocess.run([python, "-c", question], capture_output=True).returncode == 0
    except OSError:
        return False


def _create() -> None:
    try:
        subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=True, capture_output=True)
    except subprocess.CalledProcessError:
        venv.create(VENV, clear=True, with_pip=False, symlinks=True)
        _bring_pip()


def _bring_pip() -> None:
    """Some systems keep `ensurepip` apart: use the pip that the machine has to put one into the environment."""
    wheels = sorted(Path("/usr/share/python-wheels").glob("pip-*.whl"))
    helpers = [[str(PYTHON), f"{wheel}/pip", "install", "--no-index", str(wheel)] for wheel in wheels]
    helpers.append([sys.executable, "-m", "pip", "--python", str(PYTHON), "install", "pip"])
    for command in helpers:
        if subprocess.run(command, capture_output=True).returncode == 0:
            return
    stop(NO_PIP)


def _digest(lock: str) -> str:
    return hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()


def _satisfying(lock: str) -> list[str]:
    """Digests of the locks that hold all of `lock`: the later ones contain the earlier ones, at the same versions."""
    locks = [SERVICE, WITH_POSTGRES, DEVELOPMENT]
    return [_digest(larger) for larger in locks[locks.index(lock) :]]


def _installed() -> str:
    try:
        return (VENV / "installed-lock").read_text()
    except OSError:
        return ""


def _install(lock: str) -> None:
    (VENV / "installed-lock").unlink(missing_ok=True)
    command = [str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--require-hashes"]
    if subprocess.run([*command, "--requirement", lock], cwd=ROOT, stdin=subprocess.DEVNULL).returncode:
        stop("L'installation des bibliothèques a échoué : vérifiez le réseau, puis relancez la commande.")
    (VENV / "installed-lock").write_text(_digest(lock))


def main() -> None:
    """Set up from the command line."""
    require_python()
    parser = argparse.ArgumentParser(description="Prépare l'environnement Python du service.")
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--postgres", action="store_const", dest="lock", const=WITH_POSTGRES, help="avec PostgreSQL")
    group.add_argument("--dev", action="store_const", dest="lock", const=DEVELOPMENT, help="avec les outils d'essai")
    prepare(parser.parse_args().lock or SERVICE)
    say(f"✓ L'environnement est prêt dans {VENV.relative_to(ROOT)}.")


if __name__ == "__main__":
    main()
