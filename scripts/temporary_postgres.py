"""A PostgreSQL server for the length of a run: on a private socket, gone afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.environment import stop

OLDEST = 15
ACCOUNT = "postgres"  # the server refuses to run as root
QUICK = "fsync=off synchronous_commit=off full_page_writes=off max_connections=60 shared_buffers=64MB".split()


def programs() -> Path | None:
    """The folder of the newest server's programs that is recent enough."""
    debian = {int(folder.parent.name): folder for folder in Path("/usr/lib/postgresql").glob("[0-9]*/bin")}
    recent = [debian[version] for version in sorted(debian, reverse=True) if version >= OLDEST]
    if path := shutil.which("initdb"):
        recent.append(Path(path).resolve().parent)
    return next((folder for folder in recent if (folder / "initdb").exists()), None)


@contextmanager
def temporary_postgres(folder: Path) -> Iterator[str]:
    """Start a server with the programs in `folder`; gives the address of its database `postgres`."""
    home = Path(tempfile.mkdtemp(prefix="reemploi-pg-"))
    account = ACCOUNT if os.geteuid() == 0 else None
    if account:
        shutil.chown(home, account)

    def run(program: str, *arguments: str) -> None:
        done = subprocess.run(
            [folder / program, *arguments],
            cwd=home,
            user=account,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        if done.returncode:
            log = home / "log"
            stop(f"PostgreSQL ne démarre pas : {done.stderr}{log.read_text() if log.exists() else ''}")

    data = str(home / "data")
    options = " ".join([f"-k {home}", "-c listen_addresses=", *(f"-c {option}" for option in QUICK)])
    try:
        run(
            "initdb",
            "--pgdata",
            data,
            "--username=reemploi",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        )
        run("pg_ctl", "start", "--wait", "--pgdata", data, "--log", str(home / "log"), "--options", options)
        try:
            yield f"postgresql+psycopg://reemploi@/postgres?host={home}"
        finally:
            run("pg_ctl", "stop", "--mode=immediate", "--pgdata", data)
    finally:
        shutil.rmtree(home, ignore_errors=True)
