"""A mail server for tests: a real socket that speaks enough SMTP to take, refuse or drop mails."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import cast


@dataclass
class Received:
    """What arrived, and how the server is to behave: an answer per recipient, or hanging up after so many mails."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    hang_up_after: int | None = None


class _Session(socketserver.StreamRequestHandler):
    received: Received

    def handle(self) -> None:
        self._say("220 essai.example")
        while line := self.rfile.readline():
            verb, _, rest = line.decode().strip().partition(" ")
            if not self._answer(verb.upper(), rest):
                return

    def _answer(self, verb: str, rest: str) -> bool:
        if verb == "RCPT":
            address = rest.partition("<")[2].partition(">")[0]
            self._say(self.received.answers.get(address, "250 ok"))
        elif verb == "DATA":
            return self._take()
        elif verb == "QUIT":
            self._say("221 bye")
            return False
        else:
            self._say("250 ok")
        return True

    def _take(self) -> bool:
        if self.received.hang_up_after == len(self.received.mails):
            return False
        self._say("354 go on")
        lines: list[bytes] = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        self.received.mails.append(cast(EmailMessage, message_from_bytes(b"".join(lines), policy=default)))
        self._say("250 taken")
        return True

    def _say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")


@contextmanager
def mail_server() -> Iterator[Received]:
    """A server on a free port, until the end of the block."""
    received = Received()
    session = type("Session", (_Session,), {"received": received})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), session) as server:
        received.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield received
        finally:
            server.shutdown()
            thread.join()
