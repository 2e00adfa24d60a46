"""The real service for browser tests: migrated, two associations, served by gunicorn on a free loopback port."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask_migrate import upgrade

from reemploi import create_app
from reemploi.config import load_settings
from reemploi.extensions import db
from tests.support import cast
from tests.support.cast import Home

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Service:
    """Where the service listens, whose associations it holds, and its folder."""

    url: str
    homes: tuple[Home, Home]
    folder: Path


@contextmanager
def running_service(folder: Path) -> Iterator[Service]:
    """Prepare a database in a folder and serve it, worker included, until the block ends."""
    port = _free_port()
    environ = {
        "REEMPLOI_MODE": "test",
        "REEMPLOI_INSTANCE": str(folder),
        "REEMPLOI_BIND": f"127.0.0.1:{port}",
        "REEMPLOI_BASE_URL": f"http://127.0.0.1:{port}",
    }
    app = create_app(load_settings(environ))
    with app.app_context():
        upgrade(revision="head")
        homes = cast.fill()
        db.session.remove()
        db.engine.dispose()
    full = {**os.environ, **environ}
    python = [sys.executable, "-m"]
    web = [*python, "gunicorn", "wsgi:app", "--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "4"]
    web += ["--worker-class", "gthread", "--log-level", "warning"]
    processes = [
        subprocess.Popen(web, cwd=ROOT, env=full),
        subprocess.Popen([*python, "flask", "--app", "wsgi", "work"], cwd=ROOT, env=full),
    ]
    try:
        _wait_for(port)
        yield Service(f"http://127.0.0.1:{port}", homes, folder)
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    for _ in range(400):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("the service did not start")
