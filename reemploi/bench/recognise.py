"""Says what a dropped file is, by its content and never by its name, and reads it.

The readers are given: this stage brings those of captures, the erasure stage adds its own behind them.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from reemploi.bench import lshw, smartctl
from reemploi.bench.documents import MAX_BYTES, MAX_DEPTH, Content, Unreadable, open_content
from reemploi.sentences import N_, Sentence, sentence


@dataclass(frozen=True)
class Reader:
    """One kind of file: a test on its content, and what reads it (raising `Unreadable` with the remedy)."""

    kind: str
    looks_like: Callable[[Content], bool]
    read: Callable[[Content], Any]


@dataclass(frozen=True)
class Recognised:
    """The answer: `kind` is None for an unknown file; `reading` is None when `problem` says what to do."""

    kind: str | None
    reading: Any = None
    problem: Sentence | None = None


CAPTURE_READERS = (
    Reader("lshw", lshw.looks_like, lshw.read),
    Reader("smartctl", smartctl.looks_like, smartctl.read),
)

UNKNOWN = sentence(
    N_("Fichier non reconnu : déposez la sortie de « lshw -json », de « smartctl -x --json », ou le journal de nwipe.")
)
BEGINS_AS_JSON = re.compile(r'\s*(\{|\[\s*[\[{"])')
EMPTY = sentence(N_("Ce fichier est vide : relancez l'outil, puis déposez son fichier."))
MIXED = sentence(N_("Ce fichier mélange les sorties de plusieurs outils : déposez un fichier par outil."))


def recognise(
    data: bytes,
    readers: Sequence[Reader] = CAPTURE_READERS,
    *,
    max_bytes: int = MAX_BYTES,
    max_depth: int = MAX_DEPTH,
) -> Recognised:
    """Recognise and read a file of at most `max_bytes` bytes and `max_depth` levels. Raises nothing."""
    try:
        content = open_content(data, max_bytes=max_bytes, max_depth=max_depth)
    except Unreadable as unreadable:
        return Recognised(None, problem=unreadable.sentence)
    if not content.text.strip("\x00\ufeff \t\r\n"):
        return Recognised(None, problem=EMPTY)
    matching = [reader for reader in readers if reader.looks_like(content)]
    if not matching:
        broken = content.problem if BEGINS_AS_JSON.match(content.text) else None
        return Recognised(None, problem=broken.sentence if broken else UNKNOWN)
    if len(matching) > 1:
        return Recognised(None, problem=MIXED)
    try:
        return Recognised(matching[0].kind, matching[0].read(content))
    except Unreadable as unreadable:
        return Recognised(matching[0].kind, problem=unreadable.sentence)
