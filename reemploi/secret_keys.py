"""The installation's secrets: where they are kept, what makes one acceptable, how new ones are drawn.

Six uses, six keys: the session cookie, the encrypted fields (a ring, so that it can be rotated), the name index, the
journal's digests, the secret links. The demonstration and the tests use `DEMO_KEYS`, which production refuses.
"""

import base64
import binascii
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_bytes
from typing import Any

KEY_BYTES = 32
DISTINCT_BYTES = 16  # of 32 random bytes fewer than 16 differ once in 10^13 draws
SINGLE_KEYS = ("session", "names", "journal", "links")


class BadSettings(Exception):
    """The service must not start like this; the message is one French sentence for whoever starts it."""


@dataclass(frozen=True, kw_only=True)
class SecretKeys:
    """Every secret of an installation; none of them shows when the object is printed."""

    session: bytes = field(repr=False)
    fields: Mapping[int, bytes] = field(repr=False)
    current: int
    names: bytes = field(repr=False)
    journal: bytes = field(repr=False)
    links: bytes = field(repr=False)

    def named(self) -> Iterator[tuple[str, bytes]]:
        """Each key with its name, as in the secrets' file ("fields.1" for the ring)."""
        yield from ((name, getattr(self, name)) for name in SINGLE_KEYS)
        yield from ((f"fields.{number}", key) for number, key in self.fields.items())


def _demo_key(use: str) -> bytes:
    return hashlib.sha256(f"reemploi demonstration {use}".encode()).digest()


DEMO_KEYS = SecretKeys(
    session=_demo_key("session"),
    fields={1: _demo_key("fields 1")},
    current=1,
    names=_demo_key("names"),
    journal=_demo_key("journal"),
    links=_demo_key("links"),
)


def decoded(text: str) -> bytes:
    """The bytes behind a key written in base64; raises ValueError."""
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error


def weakness(key: bytes) -> str | None:
    """Why a key cannot protect anything, as the end of a French sentence; None for a sound one."""
    if len(key) != KEY_BYTES:
        return f"fait {len(key)} octets au lieu de {KEY_BYTES}"
    if key in dict(DEMO_KEYS.named()).values():
        return "est le secret public de la démonstration"
    if all(32 <= byte < 127 for byte in key):
        return "est une phrase et non une clé tirée au hasard"
    if (key + key).find(key, 1) < len(key) or len(set(key)) < DISTINCT_BYTES:
        return "se répète : il n'est pas tiré au hasard"
    if len({(after - before) % 256 for before, after in zip(key, key[1:], strict=False)}) == 1:
        return "suit une suite régulière : il n'est pas tiré au hasard"
    return None


def from_written(written: Mapping[str, Any]) -> SecretKeys:
    """Keys as they stand in the secrets' file or the environment; raises ValueError or KeyError naming the part."""
    singles = {}
    for name in SINGLE_KEYS:
        try:
            singles[name] = decoded(written[name])
        except (TypeError, ValueError) as error:
            raise ValueError(name) from error
    try:
        fields = {int(number): decoded(key) for number, key in written["fields"].items()}
        current = int(written.get("current") or max(fields))
    except (AttributeError, TypeError, ValueError) as error:
        raise ValueError("fields") from error
    if current not in fields or not all(1 <= number <= 255 for number in fields):
        raise ValueError("fields")
    return SecretKeys(fields=fields, current=current, **singles)


def as_written(keys: SecretKeys) -> dict[str, Any]:
    """The contrary of `from_written`."""
    written: dict[str, Any] = {name: base64.b64encode(getattr(keys, name)).decode() for name in SINGLE_KEYS}
    written["fields"] = {str(number): base64.b64encode(key).decode() for number, key in keys.fields.items()}
    return {**written, "current": keys.current}


def new_keys() -> SecretKeys:
    """Fresh random keys for an installation."""
    singles = {name: token_bytes(KEY_BYTES) for name in SINGLE_KEYS}
    return SecretKeys(fields={1: token_bytes(KEY_BYTES)}, current=1, **singles)


def rotated(keys: SecretKeys) -> SecretKeys:
    """The same keys with a new one for the encrypted fields; the older ones still open what they sealed."""
    number = max(keys.fields) + 1
    singles = {name: getattr(keys, name) for name in SINGLE_KEYS}
    return SecretKeys(fields={**keys.fields, number: token_bytes(KEY_BYTES)}, current=number, **singles)


def write_keys(path: Path, keys: SecretKeys) -> None:
    """Write the secrets' file, readable by its owner only, in one step; an older file is replaced."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.draft")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(as_written(keys), file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
