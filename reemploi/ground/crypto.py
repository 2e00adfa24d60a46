"""Secrets at rest: AES-GCM with a key ring, a keyed index for names, keyed digests for the journal.

Every sealed value is bound to its table, column and row: moved elsewhere it does not open. The first byte names the
key of the ring, so that a rotation can go row by row.
"""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from secrets import token_bytes, token_urlsafe
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import current_app
from sqlalchemy import LargeBinary
from sqlalchemy.orm import mapped_column

NONCE_BYTES = 12


class SealBroken(Exception):
    """A sealed value was altered, moved to another row, or its key is not in the ring."""


@dataclass(frozen=True)
class KeyRing:
    """Keys by number (1–255); new values are sealed with `current`, older ones still open."""

    keys: Mapping[int, bytes]
    current: int

    def seal(self, plain: str, place: str) -> bytes:
        """Seal a text for one place ("table|column|row")."""
        nonce = token_bytes(NONCE_BYTES)
        cipher = AESGCM(self.keys[self.current]).encrypt(nonce, plain.encode(), place.encode())
        return bytes([self.current]) + nonce + cipher

    def open(self, sealed: bytes, place: str) -> str:
        """Open a sealed text; raises SealBroken."""
        try:
            key = self.keys[sealed[0]]
            return AESGCM(key).decrypt(sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :], place.encode()).decode()
        except (InvalidTag, KeyError, IndexError, ValueError) as broken:
            raise SealBroken(place) from broken


@dataclass(frozen=True)
class Keys:
    """The service's keys, each for one use."""

    fields: KeyRing
    names: bytes
    journal: bytes
    links: bytes


def keys() -> Keys:
    """The keys of the running service."""
    return current_app.extensions["keys"]


def keyed_digest(key: bytes, *parts: str) -> str:
    """HMAC-SHA256 of the parts, in hexadecimal; parts cannot run into one another."""
    message = "\x1f".join(str(len(part)) + ":" + part for part in parts)
    return hmac.new(key, message.encode(), hashlib.sha256).hexdigest()


def folded_words(text: str) -> list[str]:
    """The words of a name without case, accent or punctuation, for the keyed index."""
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("æ", "ae"))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()
    return sorted(set(re.findall(r"[^\W_]+", plain)))


def name_digests(association_id: int, text: str) -> list[str]:
    """Keyed digests of the whole folded words of a name, different in each association."""
    return [keyed_digest(keys().names, str(association_id), word) for word in folded_words(text)]


def new_secret() -> str:
    """A secret for a link: 256 random bits, safe in a URL."""
    return token_urlsafe(32)


def secret_digest(secret: str) -> str:
    """What is stored of a link's secret."""
    return keyed_digest(keys().links, secret)


def sealed_column(**options: Any) -> Any:
    """The column behind a `Sealed` attribute; by custom its name ends in `_sealed`."""
    return mapped_column(LargeBinary, **options)


class Sealed:
    """A text attribute kept encrypted in `<name>_sealed`, bound to the row by the row's address."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, row: Any, owner: type | None = None) -> Any:
        if row is None:
            return self
        sealed = getattr(row, f"{self.name}_sealed")
        return None if sealed is None else keys().fields.open(sealed, self.place(row))

    def __set__(self, row: Any, plain: str | None) -> None:
        sealed = None if plain is None else keys().fields.seal(plain, self.place(row))
        setattr(row, f"{self.name}_sealed", sealed)

    def place(self, row: Any) -> str:
        """The place a value is bound to."""
        return f"{row.__tablename__}|{self.name}|{row.address}"
