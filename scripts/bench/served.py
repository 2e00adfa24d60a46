"""A gunicorn server under measure: on a free loopback port, its workers' processor time read from the system."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Served:
    """A running server: its port and the process group whose time is counted."""

    port: int
    process: subprocess.Popen[bytes]

    def cpu_seconds(self) -> float:
        """Processor seconds used so far by the workers."""
        return sum(_ticks(worker) for worker in _children(self.process.pid)) / TICKS

    def memory_kib(self) -> int:
        """Resident memory of the largest worker, in KiB."""
        return max(_resident(worker) for worker in _children(self.process.pid))

    def get(self, path: str, headers: Mapping[str, str]) -> tuple[int, int]:
        """One GET on a kept connection: status and bytes of the body."""
        connection = self._connection()
        connection.request("GET", path, headers=dict(headers))
        answer = connection.getresponse()
        return answer.status, len(answer.read())

    def _connection(self) -> http.client.HTTPConnection:
        if not hasattr(self, "_kept"):
            self._kept = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        return self._kept


@contextmanager
def served(module: str, environment: Mapping[str, str]) -> Iterator[Served]:
    """Serve a WSGI module with two workers of four threads, as `scripts/serve` does."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", module, "--bind", f"127.0.0.1:{port}", "--workers", "2"]
    command += ["--worker-class", "gthread", "--threads", "4", "--log-level", "error", "--keep-alive", "60"]
    process = subprocess.Popen(command, env={**os.environ, **environment})
    try:
        _wait_for(port)
        yield Served(port, process)
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("the server under measure did not start")


def _children(parent: int) -> list[int]:
    listed = Path(f"/proc/{parent}/task/{parent}/children").read_text()
    return [int(child) for child in listed.split()]


def _ticks(process: int) -> int:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _resident(process: int) -> int:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))
