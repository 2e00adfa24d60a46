"""Set up and pass every test; a missing part makes the run fail, never pass quietly.

scripts/test                 everything, as the continuous integration runs it
scripts/test --only PATH…    these tests alone, without the checks
scripts/test --long PART     the long form of one part: property, faults, fuzz or labels
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from scripts.environment import DEVELOPMENT, PYTHON, ROOT, prepare, require_python, say, stop
from scripts.temporary_postgres import programs, temporary_postgres

BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
LONG_PARTS = ("property", "faults", "fuzz", "labels")


def main() -> int:
    """The exit code is pytest's, or 1 when a check failed; pytest's own line comes last."""
    require_python()
    options = _options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    start = time.monotonic()
    prepare(DEVELOPMENT)
    browser, server = _programs_of_the_machine()
    partial = bool(options.only or options.long)
    failed = 0 if partial else subprocess.run([PYTHON, "-m", "scripts.checking"], cwd=ROOT).returncode
    say(f"Préparation et vérifications : {time.monotonic() - start:.0f} s. Essais…")
    with ExitStack() as stack:
        environ = {**os.environ, "REEMPLOI_TEST_CHROMIUM": browser}
        environ["REEMPLOI_TEST_POSTGRES"] = stack.enter_context(temporary_postgres(server))
        environ["REEMPLOI_TEST_LONG"] = options.long or ""
        environ["HYPOTHESIS_STORAGE_DIRECTORY"] = "instance/cache/hypothesis"
        code = subprocess.run(_pytest(options), cwd=ROOT, env=environ, stdin=subprocess.DEVNULL).returncode
    if failed:
        print("✗ Une vérification a échoué avant les essais : voyez plus haut.", file=sys.stderr)
    return code or failed


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/test", description="Prépare et passe tous les essais.")
    parser.add_argument("--only", nargs="+", metavar="CHEMIN", help="seulement ces essais, sans les vérifications")
    parser.add_argument("--long", choices=LONG_PARTS, help="la forme longue d'une partie")
    return parser.parse_args()


def _pytest(options: argparse.Namespace) -> list[str]:
    command = [str(PYTHON), "-m", "pytest", "-p", "scripts.strict_run", "--quiet"]
    if options.long:
        command += ["-m", options.long]
    if options.only:
        return [*command, *options.only]
    return [*command, "--numprocesses", "2", "--dist", "loadfile"]


def _programs_of_the_machine() -> tuple[str, Path]:
    """The browser and the folder of the database server, installed when they are missing and may be."""
    missing = _missing()
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        say(f"Installation de {' et '.join(missing)}…")
        environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update"], ["install", "--yes", "--no-install-recommends", *missing]):
            subprocess.run(
                ["apt-get", "-qq", *command], env=environ, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
            )
        missing = _missing()
    browser, server = _browser(), programs()
    if browser is None or server is None:
        stop(f"Il manque de quoi passer tous les essais. Tapez « sudo apt-get install {' '.join(missing)} ».")
    return browser, server


def _missing() -> list[str]:
    return [name for name, found in (("chromium", _browser()), ("postgresql", programs())) if not found]


def _browser() -> str | None:
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)
