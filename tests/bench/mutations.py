"""Breaks files the way disks, mails, editors and liars do. Every mutation is a pure function of its random source."""

import json
from collections.abc import Callable, Sequence
from copy import deepcopy
from random import Random
from typing import Any

Mutation = Callable[[bytes, Random, Sequence[bytes]], bytes]

WRONG: tuple[Any, ...] = (
    None, True, -1, 0, 10**25, 1.5, "", "x", "٧", "\x00", "9" * 300, "A" * 5_000, [], {}, [[[]]], {"id": {"id": 1}},
    ["/dev/sdz", None, 7], "Default string", "NaN", "ÿ" * 40,
)  # fmt: skip
INSERTED = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b"\\", b"{", b"[" * 150, b"}", b"\r", b"\x1b[31m", "é".encode(),
    b"9" * 5_000, b"\n[2026/11/17 09:12:05]  notice: ", b" | ", b"/dev/sda", b"\n" + b"-" * 80 + b"\n", b"*" * 80,
)  # fmt: skip


def _span(data: bytes, random: Random, longest: int = 400) -> tuple[int, int]:
    start = random.randrange(len(data) + 1)
    return start, min(len(data), start + random.randrange(1, longest))


def flip_bits(data: bytes, random: Random, _others: Sequence[bytes]) -> bytes:
    """Up to eight wrong bits."""
    broken = bytearray(data)
    for _ in range(random.randrange(1, 9)):
        broken[random.randrange(len(broken))] ^= 1 << random.randrange(8)
    return bytes(broken)


def delete(data: bytes, random: Random, _others: Sequence[bytes]) -> bytes:
    """A part gone."""
    start, end = _span(data, random)
    return data[:start] + data[end:]


def duplicate(data: bytes, random: Random, _others: Sequence[bytes]) -> bytes:
    """A part twice, somewhere."""
    start, end = _span(data, random, 2_000)
    place = random.randrange(len(data) + 1)
    return data[:place] + data[start:end] + data[place:]


def splice(data: bytes, random: Random, others: Sequence[bytes]) -> bytes:
    """A part of another file in the place of a part of this one."""
    other = random.choice(others)
    start, end = _span(data, random, 1_500)
    begin, stop = _span(other, random, 1_500)
    return data[:start] + other[begin:stop] + data[end:]


def glue(data: bytes, random: Random, others: Sequence[bytes]) -> bytes:
    """Another file behind this one."""
    return data + random.choice((b"", b",", b"\n", b"\x00")) + random.choice(others)


def insert(data: bytes, random: Random, _others: Sequence[bytes]) -> bytes:
    """Signs that mean something to a parser."""
    place = random.randrange(len(data) + 1)
    return data[:place] + random.choice(INSERTED) + data[place:]


def truncate(data: bytes, random: Random, _others: Sequence[bytes]) -> bytes:
    """The end is missing."""
    return data[: random.randrange(len(data))]


def shuffle_lines(data: bytes, random: Random, _others: Sequence[bytes]) -> bytes:
    """A line lost, repeated or moved."""
    lines = data.split(b"\n")
    line = lines.pop(random.randrange(len(lines)))
    for _ in range(random.randrange(3)):
        lines.insert(random.randrange(len(lines) + 1), line)
    return b"\n".join(lines)


def change_digits(data: bytes, random: Random, _others: Sequence[bytes]) -> bytes:
    """Other numbers, of the same length."""
    broken = bytearray(data)
    digits = [place for place, sign in enumerate(broken) if 48 <= sign <= 57]
    for place in random.sample(digits, min(len(digits), random.randrange(1, 4))):
        broken[place] = random.randrange(48, 58)
    return bytes(broken)


def encode_again(data: bytes, random: Random, _others: Sequence[bytes]) -> bytes:
    """The same text in another encoding, sometimes with one byte lost."""
    encoded = data.decode("utf-8", errors="replace").encode(random.choice(("utf-16", "cp1252", "utf-8-sig")), "replace")
    return encoded[random.randrange(2) :]


def swap_types(data: bytes, random: Random, _others: Sequence[bytes]) -> bytes:
    """Values of the wrong type in a JSON tree; for another file, changed digits."""
    try:
        tree = json.loads(data)
    except ValueError:
        return change_digits(data, random, _others)
    for _ in range(random.randrange(1, 4)):
        holder, key = _place(tree, random)
        if holder is not None:
            holder[key] = deepcopy(random.choice(WRONG))
    return json.dumps(tree, ensure_ascii=random.random() < 0.5).encode(errors="replace")


def _place(tree: Any, random: Random) -> tuple[Any, Any]:
    """A random container of the tree and one of its keys."""
    holder, key = None, None
    value = tree
    while isinstance(value, dict | list) and value and (holder is None or random.random() < 0.8):
        holder = value
        key = random.choice(list(value)) if isinstance(value, dict) else random.randrange(len(value))
        value = value[key]
    return holder, key


MUTATIONS: tuple[Mutation, ...] = (
    flip_bits, delete, duplicate, splice, glue, insert, truncate, shuffle_lines, change_digits, encode_again,
    swap_types,
)  # fmt: skip


def mutate(data: bytes, random: Random, others: Sequence[bytes]) -> bytes:
    """One or two mutations of a file; the others lend their parts."""
    for _ in range(random.choice((1, 1, 1, 2))):
        data = random.choice(MUTATIONS)(data, random, others) or b" "
    return data
