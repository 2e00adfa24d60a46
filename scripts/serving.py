"""Set up and serve the demonstration: gunicorn and the worker, watched together, on this machine's own address."""

from __future__ import annotations

import argparse
import ctypes
import os
import signal
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request

from scripts.environment import PYTHON, ROOT, prepare, require_python, say, stop

HOST = "127.0.0.1"
FIRST_PORT = 8000
PORTS_TRIED = 50
SECONDS_TO_START = 60
SECONDS_TO_STOP = 30
LONGEST_PAUSE = 30.0
PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of Linux's prctl: no child outlives this script, however it ends


def main() -> int:
    """Serve until Ctrl+C or SIGTERM; the exit code is gunicorn's when it stops by itself."""
    require_python()
    parser = argparse.ArgumentParser(prog="scripts/serve", description="Prépare et sert la démonstration.")
    parser.add_argument("--port", type=int, help=f"port à utiliser (sinon le premier libre à partir de {FIRST_PORT})")
    parser.add_argument("--prepare-only", action="store_true", help="tout préparer sans servir")
    options = parser.parse_args()
    prepare()
    listener = _listener(options.port)
    address = f"http://{HOST}:{listener.getsockname()[1]}"
    environ = {**os.environ, "REEMPLOI_MODE": "demo", "REEMPLOI_BASE_URL": address, "REEMPLOI_BIND": address[7:]}
    say("Préparation de la base de démonstration…")
    if subprocess.run([*flask("prepare"), "--demo"], cwd=ROOT, env=environ).returncode:
        stop("La base de démonstration n'a pas pu être préparée : voyez le message ci-dessus.")
    return 0 if options.prepare_only else _serve(listener, address, environ)


def flask(command: str) -> list[str]:
    """One of the service's own commands."""
    return [str(PYTHON), "-m", "flask", "--app", "wsgi", command]


def _listener(port: int | None) -> socket.socket:
    for candidate in [port] if port is not None else range(FIRST_PORT, FIRST_PORT + PORTS_TRIED):
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, candidate))
            listener.listen()
        except OSError:
            listener.close()
        else:
            return listener
    return stop(f"Le port {port or FIRST_PORT} est déjà pris. Choisissez-en un autre avec --port.")


def _gunicorn(listener: socket.socket, environ: dict[str, str]) -> subprocess.Popen[bytes]:
    number = listener.fileno()
    options = f"--bind fd://{number} --workers 2 --worker-class gthread --threads 4 --no-control-socket"
    return _start(
        [str(PYTHON), "-m", "gunicorn", "wsgi:app", *options.split(), "--log-level", "warning"], environ, number
    )


def _start(command: list[str], environ: dict[str, str], *kept: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command, cwd=ROOT, env=environ, pass_fds=kept, start_new_session=True, preexec_fn=_end_with_parent
    )


def _end_with_parent() -> None:
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl:
        prctl(PARENT_DEATH_SIGNAL, signal.SIGTERM)


def _serve(listener: socket.socket, address: str, environ: dict[str, str]) -> int:
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stopping.set())
    web = _gunicorn(listener, environ)
    listener.close()
    worker = Worker(environ)
    try:
        if _answers(address, web, stopping):
            say(f"✓ Reemploi est prêt : {address}   (Ctrl+C pour arrêter)")
        elif web.poll() is None and not stopping.is_set():
            stop(f"Le service ne répond pas après {SECONDS_TO_START} secondes : voyez les messages ci-dessus.")
        while web.poll() is None and not stopping.wait(0.5):
            worker.keep_alive()
        return web.poll() or 0
    finally:
        _end(web, worker.process)


def _answers(address: str, web: subprocess.Popen[bytes], stopping: threading.Event) -> bool:
    deadline = time.monotonic() + SECONDS_TO_START
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    pause = 0.1
    while web.poll() is None and time.monotonic() < deadline and not stopping.wait(pause):
        pause = min(2 * pause, 2.0)
        try:
            direct.open(address, timeout=10).close()
        except urllib.error.HTTPError as error:
            error.close()
        except OSError:
            continue
        return True
    return False


class Worker:
    """`flask work`, started again when it dies, at growing intervals."""

    def __init__(self, environ: dict[str, str]) -> None:
        self.environ = environ
        self.pause = 1.0
        self._run()

    def _run(self) -> None:
        self.started = time.monotonic()
        self.process = _start(flask("work"), self.environ)

    def keep_alive(self) -> None:
        """Start the worker again if it died and its pause is over."""
        age = time.monotonic() - self.started
        if self.process.poll() is None or age < self.pause:
            return
        say(f"Le traitement de fond s'est arrêté (code {self.process.returncode}) : il est relancé.")
        self.pause = 1.0 if age > 2 * LONGEST_PAUSE else min(2 * self.pause, LONGEST_PAUSE)
        self._run()


def _end(*processes: subprocess.Popen[bytes]) -> None:
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + SECONDS_TO_STOP
    for process in processes:
        try:
            process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
