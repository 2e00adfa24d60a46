"""Passwords: Argon2id, always at the cost of a real check, so that unknown and wrong look the same.

The rules follow NIST SP 800-63B: length and a list of common ones count, composition does not.
"""

import re
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from reemploi.ground.crypto import folded_words
from reemploi.sentences import N_, Sentence, sentence

LEAST_LENGTH = 12
MOST_LENGTH = 1000
HASHER = PasswordHasher()

COMMON = frozenset(
    """
    motdepasse password passwort passw0rd azerty azertyuiop qwerty qwertyuiop qwertz admin administrateur bonjour
    bienvenue soleil doudou loulou chouchou jetaime iloveyou letmein welcome changeme changezmoi secret reemploi
    ordinateur association benevole utilisateur invite test demo
    """.split()
)
"""Words that, repeated or followed by figures, make the most common passwords in France."""

RUNS = ("0123456789" * 3, "abcdefghijklmnopqrstuvwxyz", "azertyuiopqsdfghjklmwxcvbn", "qwertyuiopasdfghjklzxcvbnm")
LEAST_DIFFERENT = 5
OWN_WORD = 6

SHORT = N_("%(least)d signes au moins : une petite phrase se retient bien.")
LONG = N_("%(most)d signes au plus.")
ADDRESS = N_("Le mot de passe ne doit pas être votre adresse.")
TOO_COMMON = N_("Ce mot de passe est parmi les plus courants. Choisissez une petite phrase à vous.")


def fault(password: str, email: str) -> Sentence | None:
    """Why a new password will not do, or None."""
    if len(password) < LEAST_LENGTH:
        return sentence(SHORT, least=LEAST_LENGTH)
    if len(password) > MOST_LENGTH:
        return sentence(LONG, most=MOST_LENGTH)
    folded = "".join(password.casefold().split())
    if _is_address(folded, email.casefold()):
        return sentence(ADDRESS)
    return sentence(TOO_COMMON) if _is_common(folded) else None


def _is_address(folded: str, email: str) -> bool:
    local = email.partition("@")[0]
    rest = folded.replace(local, "", 1)
    return email in folded or (local in folded and len(local) >= OWN_WORD and (not rest or rest.isdigit()))


def _is_common(folded: str) -> bool:
    if len(set(folded)) < LEAST_DIFFERENT or any(folded in run or folded[::-1] in run for run in RUNS):
        return True
    letters = "".join(folded_words(re.sub(r"[\d\W_]+", " ", folded)))
    return any(letters == word * max(1, len(letters) // len(word)) for word in COMMON)


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
