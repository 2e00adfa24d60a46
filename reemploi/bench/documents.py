"""Text and JSON out of files nobody can trust: any encoding, cut short, glued together, deep or huge.

Every function ends in a number of steps bounded by the size of its input. What cannot be read raises `Unreadable`.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from reemploi.errors import Refused
from reemploi.sentences import N_, Sentence

MAX_BYTES = 10_000_000
MAX_DEPTH = 100
MAX_DOCUMENTS = 64
MAX_NODES = 200_000
MAX_TOKENS = 1_000_000
LONGEST_TEXT = 200
LARGEST_NUMBER = 2**63 - 1

INCOMPLETE_MARK = "# incomplete {"
"""Written behind documents read from a file that was cut short, so that they read as incomplete again."""

TOO_VAST = N_("Ce fichier décrit trop d'éléments pour une seule machine : déposez un fichier par machine.")
TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{},]', re.DOTALL)
GAP = re.compile(r"[\s,;\ufeff\x00]*")
DOCUMENT_START = re.compile(r"^[ \t]*[\[{]", re.MULTILINE)
LONE_BACKSLASH = re.compile(r'\\(?:(["\\/bfnrt]|u[0-9a-fA-F]{4})|(?=.|\Z))', re.DOTALL)
CLOSER = {"{": "}", "[": "]"}


class Unreadable(Refused):
    """A file that cannot be read; its sentence says what to do. Answered as unprocessable content."""

    status = 422

    def __init__(self, msgid: str | Sentence, **params: Any) -> None:
        super().__init__(msgid, code="unreadable", **params)


@dataclass(frozen=True)
class Documents:
    """The JSON documents of a file, in order; `complete` is false when the file was cut short."""

    values: tuple[Any, ...] = ()
    complete: bool = True


@dataclass(frozen=True)
class Content:
    """A file as the readers see it: its bytes, its text, and its JSON or why there is none."""

    data: bytes
    text: str
    documents: Documents | None = None
    problem: Unreadable | None = None


def open_content(data: bytes, *, max_bytes: int = MAX_BYTES, max_depth: int = MAX_DEPTH) -> Content:
    """Decode a file and read the JSON it may hold; a file without JSON is no fault here.

    Raises `Unreadable` beyond `max_bytes` bytes.
    """
    text = decode(data, max_bytes=max_bytes)
    if not DOCUMENT_START.search(text):
        return Content(data, text)
    try:
        return Content(data, text, json_documents(text, max_depth=max_depth))
    except Unreadable as problem:
        return Content(data, text, problem=problem)


def decode(data: bytes, *, max_bytes: int = MAX_BYTES) -> str:
    """The text of a file: UTF-16 by its mark, UTF-8 with or without one, else Windows-1252; lines end in `\\n`.

    Raises `Unreadable` beyond `max_bytes` bytes.
    """
    if len(data) > max_bytes:
        raise Unreadable(
            N_("Ce fichier dépasse %(limit)s Mo : déposez un fichier par machine et par outil."),
            limit=max(1, max_bytes // 1_000_000),
        )
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n")


def json_documents(text: str, *, max_depth: int = MAX_DEPTH) -> Documents:
    """The JSON documents of a text, past any line a terminal left before them.

    Repairs what tools get wrong: lone backslashes, commas before a closing bracket, documents glued by commas, an end
    that is missing. Raises `Unreadable` when nothing can be read, beyond `max_depth` levels or 64 documents.
    """
    _refuse_deep_or_vast(text, max_depth)
    values: list[Any] = []
    complete = True
    position = 0
    while complete and (start := _next_start(text, position)) is not None:
        if len(values) == MAX_DOCUMENTS:
            raise Unreadable(N_("Ce fichier contient trop de documents : déposez un fichier par machine."))
        value, position, complete = _one_document(text, start)
        values.append(value)
    if not values:
        raise Unreadable(N_("Ce fichier ne contient pas de JSON lisible : relancez l'outil, puis déposez son fichier."))
    return Documents(tuple(values), complete and "{" not in text[position:])


def nodes(
    root: Any, *, max_nodes: int = MAX_NODES
) -> Iterator[tuple[Mapping[str, Any], tuple[Mapping[str, Any], ...]]]:
    """Each object of a tree that names its branches `children`, with its ancestors (root first), in file order.

    Raises `Unreadable` beyond `max_nodes` objects.
    """
    waiting: list[tuple[Any, tuple[Mapping[str, Any], ...]]] = [(root, ())]
    seen = 0
    while waiting:
        value, ancestors = waiting.pop()
        if isinstance(value, list):
            waiting.extend((item, ancestors) for item in reversed(value))
        elif isinstance(value, dict):
            seen += 1
            if seen > max_nodes:
                raise Unreadable(TOO_VAST)
            yield value, ancestors
            waiting.append((value.get("children"), (*ancestors, value)))


def mapping(value: Any) -> Mapping[str, Any]:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def items(value: Any) -> list[Any]:
    """The value if it is a list, a list of it if it is anything else, an empty one for nothing."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def words(value: Any) -> str | None:
    """A short text for people (at most 200 signs, single spaces, no control character), or None."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    printable = "".join(sign if sign.isprintable() else " " for sign in str(value)[: 4 * LONGEST_TEXT])
    return " ".join(printable.split())[:LONGEST_TEXT].strip() or None


def whole(value: Any) -> int | None:
    """A whole number from zero to 2⁶³ - 1, also when written as a text or as a float, or None."""
    if isinstance(value, str):
        digits = re.sub(r"[\s\u00a0\u202f]", "", value[:40])
        value = int(digits) if digits.isascii() and digits.isdigit() else None
    if isinstance(value, float):
        value = int(value) if value.is_integer() else None
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if 0 <= value <= LARGEST_NUMBER else None


def _bounded_int(digits: str) -> int | None:
    return int(digits) if len(digits) <= 20 else None


def _finite_float(text: str) -> float | None:
    value = float(text)
    return value if abs(value) <= LARGEST_NUMBER else None


DECODER = json.JSONDecoder(
    strict=False, parse_int=_bounded_int, parse_float=_finite_float, parse_constant=lambda _name: None
)


def _refuse_deep_or_vast(text: str, max_depth: int) -> None:
    depth = 0
    for count, token in enumerate(TOKEN.finditer(text)):
        if count == MAX_TOKENS:
            raise Unreadable(TOO_VAST)
        sign = token.group()
        if sign in "[{":
            depth += 1
            if depth > max_depth:
                raise Unreadable(N_("Ce fichier est mal formé : trop de niveaux imbriqués."))
        elif sign in "]}":
            depth = max(0, depth - 1)


def _next_start(text: str, position: int) -> int | None:
    position = GAP.match(text, position).end()  # type: ignore[union-attr]
    if text[position : position + 1] in ("{", "["):
        return position
    found = DOCUMENT_START.search(text, position)
    return found.end() - 1 if found else None


def _one_document(text: str, start: int) -> tuple[Any, int, bool]:
    try:
        value, end = DECODER.raw_decode(text, start)
        return value, end, True
    except ValueError:
        repaired, end, complete = _repaired(text, start)
        try:
            return DECODER.raw_decode(repaired)[0], end, complete
        except ValueError:
            raise Unreadable(
                N_("Ce fichier JSON est abîmé : relancez l'outil, puis déposez le fichier sans l'ouvrir.")
            ) from None


def _repaired(text: str, start: int) -> tuple[str, int, bool]:
    """The document at `start` with its small faults mended, where it ends, and whether its end was there."""
    open_brackets: list[str] = []
    pieces: list[str] = []
    copied = start
    comma = -1
    whole_so_far = (start, "")
    for token in TOKEN.finditer(text, start):
        sign = token.group()
        if sign == ",":
            comma = token.start()
            whole_so_far = (comma, _closers(open_brackets))
        elif sign in CLOSER:
            open_brackets.append(sign)
        elif sign in ("]", "}"):
            if not open_brackets or CLOSER[open_brackets.pop()] != sign:
                break
            if comma >= copied and not text[comma + 1 : token.start()].strip():
                pieces.append(text[copied:comma])
                copied = comma + 1
            whole_so_far = (token.end(), _closers(open_brackets))
            if not open_brackets:
                return _mended("".join((*pieces, text[copied : token.end()]))), token.end(), True
    end, closers = whole_so_far
    return _mended("".join((*pieces, text[copied:end], closers))), len(text), False


def _closers(open_brackets: list[str]) -> str:
    return "".join(CLOSER[sign] for sign in reversed(open_brackets))


def _mended(text: str) -> str:
    return LONE_BACKSLASH.sub(lambda found: found.group() if found.group(1) else "\\\\", text)
