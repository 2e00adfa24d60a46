"""The worker: jobs and mails, for as long as the service runs."""

import signal
import threading
from datetime import datetime

import click
from flask.cli import with_appcontext

from reemploi.commands.job_running import run_one
from reemploi.commands.mailing import send_waiting
from reemploi.commands.sweeping import EVERY, sweep
from reemploi.ground.clock import utc_now

SECONDS_IDLE = 2.0


@click.command("work")
@click.option("--once", is_flag=True, help="Traite ce qui attend, puis s'arrête.")
@with_appcontext
def work(once: bool) -> None:
    """Traite les tâches de fond et envoie les courriels, jusqu'à son arrêt."""
    stopping = threading.Event()
    former = {number: signal.signal(number, lambda *_: stopping.set()) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        _work(stopping, once=once)
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


def _work(stopping: threading.Event, *, once: bool) -> None:
    swept_at: datetime | None = None
    while not stopping.is_set():
        if swept_at is None or utc_now() - swept_at >= EVERY:
            swept_at = utc_now()
            sweep(swept_at)
        worked = run_one(stopping.is_set)
        worked = send_waiting() or worked
        if worked:
            continue
        if once:
            return
        stopping.wait(SECONDS_IDLE)


COMMANDS = (work,)
