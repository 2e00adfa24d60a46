"""Processor time of pages against the bare floor, in one run: `python -m scripts.bench.pages [--devices 10000]`.

Prints one row a page: milliseconds of processor time a request, ratio to the floor, bytes. Nothing is asserted.
"""

import argparse
import os
import statistics
from pathlib import Path
from tempfile import TemporaryDirectory

from scripts.bench.served import Served, served

ROUNDS = 5


def main() -> None:
    """Fill a stock, serve the floor and the service, measure in turn."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--devices", type=int, default=10_000)
    parser.add_argument("--requests", type=int, default=200, help="requests a round")
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        environment = {"REEMPLOI_MODE": "demo", "REEMPLOI_INSTANCE": folder}
        cookie, tags = _prepare(environment, asked.devices)
        floor_environment = {"FLOOR_DATABASE": str(Path(folder) / "reemploi.db")}
        with served("scripts.bench.floor:app", floor_environment) as floor, served("wsgi:app", environment) as service:
            _compare(floor, service, cookie, tags, asked.requests)


def _prepare(environment: dict[str, str], devices: int) -> tuple[str, list[str]]:
    os.environ.update(environment)
    from flask_migrate import upgrade
    from sqlalchemy import select

    from reemploi import create_app
    from reemploi.extensions import db
    from reemploi.ground.clock import utc_now
    from reemploi.ground.database import reading, writing
    from reemploi.ground.tenancy import across_associations
    from reemploi.journey.models import Device
    from reemploi.people.models import Account, Member
    from reemploi.people.sessions import open_session
    from scripts.bench.stock import fill

    app = create_app()
    with app.app_context():
        upgrade()
        fill(devices)
        with across_associations(), writing() as session:
            wanted = select(Member).join(Account).where(Account.email == "coordination@demo.example")
            secret = open_session(session.scalars(wanted).one(), now=utc_now())
        with across_associations(), reading() as session:
            tags = list(session.scalars(select(Device.tag).where(Device.serial.startswith("BENCH")).limit(500)))
        db.session.remove()
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return "reemploi=" + signer.dumps({"_user_id": secret, "_fresh": True}), tags


def _compare(floor: Served, service: Served, cookie: str, tags: list[str], requests: int) -> None:
    signed_in = {"Cookie": cookie}
    pages = {
        "look-up": [f"/recherche?q={tag}" for tag in tags],
        "device page": [f"/appareils/{tag}" for tag in tags],
        "list": ["/appareils/?status=available", "/appareils/?status=lent"],
        "home": ["/"],
    }
    spent: dict[str, list[float]] = {name: [] for name in ("floor", *pages)}
    sizes: dict[str, int] = {}
    for _ in range(ROUNDS):
        spent["floor"].append(_cpu(floor, [f"/ligne/{number}" for number in range(100, 600)], {}, requests)[0])
        for name, paths in pages.items():
            cpu, sizes[name] = _cpu(service, paths, signed_in, requests)
            spent[name].append(cpu)
    bare = statistics.median(spent["floor"])
    print(f"{'page':14}{'ms CPU':>9}{'× floor':>9}{'bytes':>9}")
    print(f"{'floor':14}{bare * 1000:9.2f}{1:9.1f}")
    for name in pages:
        typical = statistics.median(spent[name])
        print(f"{name:14}{typical * 1000:9.2f}{typical / bare:9.1f}{sizes[name]:9}")
    print(f"largest worker: {service.memory_kib() // 1024} MiB")


def _cpu(server: Served, paths: list[str], headers: dict[str, str], requests: int) -> tuple[float, int]:
    for path in paths[:10]:
        status, size = server.get(path, headers)
        if status >= 400:
            raise SystemExit(f"{path} answers {status}")
    before = server.cpu_seconds()
    for number in range(requests):
        server.get(paths[number % len(paths)], headers)
    return (server.cpu_seconds() - before) / requests, size


if __name__ == "__main__":
    main()
