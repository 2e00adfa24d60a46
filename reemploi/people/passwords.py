"""Passwords: Argon2id, always at the cost of a real check, so that unknown and wrong look the same."""

from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

LEAST_LENGTH = 12
HASHER = PasswordHasher()


def hash_password(password: str) -> str:
    """The Argon2id hash to store (about 0.1 s: outside any transaction)."""
    return HASHER.hash(password)


@lru_cache(maxsize=1)
def _nobody() -> str:
    return HASHER.hash("personne")


def matches(stored: str | None, password: str) -> bool:
    """True when the password is that of the hash; an absent hash costs the same and never matches."""
    try:
        HASHER.verify(stored or _nobody(), password)
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None
