"""Run every check that needs no test, two at a time, and tell them in order."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from scripts.environment import ROOT, say

TOOLS = Path(sys.executable).parent
CHECKS: dict[str, list[str]] = {
    "types (mypy)": ["mypy"],
    "imports (import-linter)": ["lint-imports", "--no-logo", "--cache-dir", "instance/cache/imports"],
    "style (ruff)": ["ruff", "check", "--quiet"],
    "mise en forme (ruff format)": ["ruff", "format", "--check", "--quiet"],
    "gabarits (djlint)": ["djlint", "reemploi/templates", "--lint", "--quiet"],
    "catalogue anglais": ["python", "-m", "scripts.cataloguing", "check"],
}


def _run(command: list[str]) -> tuple[int, str, float]:
    start = time.monotonic()
    done = subprocess.run(
        [TOOLS / command[0], *command[1:]], cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    return done.returncode, done.stdout + done.stderr, time.monotonic() - start


def main() -> int:
    """Fail when any check does, after having run them all."""
    (ROOT / "instance" / "cache").mkdir(parents=True, exist_ok=True)
    failed = False
    with ThreadPoolExecutor(max_workers=2) as pool:
        for name, (code, output, seconds) in zip(CHECKS, pool.map(_run, CHECKS.values()), strict=True):
            say(f"{'✗' if code else '✓'} {name}, {seconds:.1f} s")
            if code:
                say(output)
            failed = failed or code != 0
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main())
