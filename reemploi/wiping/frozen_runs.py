"""A run of a log as JSON and back, and the fingerprint that names it wherever the log is copied."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from reemploi.ground.columns import Facts
from reemploi.wiping.runs import WipeRun

TIMES = ("started_at", "ended_at", "reported_at")


def freeze_run(run: WipeRun) -> Facts:
    """The run as JSON."""
    facts = asdict(run)
    for name in TIMES:
        facts[name] = facts[name].isoformat() if facts[name] else None
    facts["contradictions"] = sorted(run.contradictions)
    return facts


def thaw_run(facts: Mapping[str, Any]) -> WipeRun:
    """The run behind its JSON."""
    values = dict(facts)
    for name in TIMES:
        values[name] = datetime.fromisoformat(values[name]) if values[name] else None
    values["contradictions"] = frozenset(values["contradictions"])
    return WipeRun(**values)


def fingerprint(run: WipeRun) -> str:
    """SHA-256 of what the log says of this run: the same in every file that repeats it."""
    return hashlib.sha256(json.dumps(freeze_run(run), sort_keys=True).encode()).hexdigest()
