"""What every answer must be; a fault says what to do about it."""

from flask import Flask
from werkzeug.test import TestResponse


def inspect_answer(app: Flask, answer: TestResponse) -> None:
    """Raise AssertionError with every fault of an answer."""
    faults = [*_header_faults(answer)]
    assert not faults, f"{answer.request.method} {answer.request.path}:\n- " + "\n- ".join(faults)


def _header_faults(answer: TestResponse) -> list[str]:
    faults = []
    if "default-src 'none'" not in answer.headers.get("Content-Security-Policy", ""):
        faults.append("no content policy: let `web.headers` put its own, or a stricter one")
    if answer.headers.get("X-Content-Type-Options") != "nosniff":
        faults.append("no `nosniff`: answer through Flask, so that `web.headers` sees it")
    if answer.headers.get("Referrer-Policy") != "no-referrer":
        faults.append("no `no-referrer`: an address may hold a secret")
    static = answer.request.path.startswith("/static/")
    if not static and "no-store" not in answer.headers.get("Cache-Control", ""):
        faults.append("no `no-store`: personal pages stay in no cache")
    return faults
