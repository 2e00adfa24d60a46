"""Sentences for people, carried untranslated through the layers that know no web framework.

The source text is French; the catalogue and the typography are applied where the sentence leaves the service
(`reemploi.web.wording`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


def N_(msgid: str) -> str:  # noqa: N802 - the customary name that extraction looks for
    """Mark a French source text for the catalogue and return it unchanged."""
    return msgid


@dataclass(frozen=True)
class Sentence:
    """A French source text and its parameters; `plural` with `params["n"]` when it counts something."""

    msgid: str
    params: Mapping[str, Any] = field(default_factory=dict)
    plural: str | None = None

    def __str__(self) -> str:
        chosen = self.plural if self.plural and abs(self.params.get("n", 0)) > 1 else self.msgid
        return chosen % self.params if self.params else chosen


def sentence(msgid: str, **params: Any) -> Sentence:
    """Build a sentence from a text marked with `N_`."""
    return Sentence(msgid, params)


def counted(singular: str, plural: str, n: int, **params: Any) -> Sentence:
    """Build a sentence that counts `n` things; both texts are marked with `N_`."""
    return Sentence(singular, {"n": n, **params}, plural)
