"""Sentences as the database keeps them, untranslated, so that they are told in each reader's language."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from reemploi.ground.columns import Facts
from reemploi.sentences import Sentence


def kept(sentences: Iterable[Sentence]) -> list[Facts]:
    """The sentences as JSON."""
    return [_keep(one) for one in sentences]


def told(rows: Iterable[Mapping[str, Any]]) -> list[Sentence]:
    """The sentences behind kept rows."""
    return [_tell(row) for row in rows]


def listed(labels: Iterable[str]) -> Sentence:
    """Several source texts as one: « Écran · Clavier »; each is translated by itself."""
    first, *rest = labels
    if not rest:
        return Sentence(first)
    return Sentence("%(first)s · %(rest)s", {"first": Sentence(first), "rest": listed(rest)})


def _keep(one: Sentence) -> Facts:
    facts: Facts = {"msgid": one.msgid}
    if one.params:
        facts["params"] = {name: _keep_value(value) for name, value in one.params.items()}
    if one.plural:
        facts["plural"] = one.plural
    return facts


def _keep_value(value: Any) -> Any:
    if isinstance(value, Sentence):
        return _keep(value)
    if isinstance(value, datetime):
        return {"instant": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return value


def _tell(row: Mapping[str, Any]) -> Sentence:
    params = {name: _tell_value(value) for name, value in row.get("params", {}).items()}
    return Sentence(row["msgid"], params, row.get("plural"))


def _tell_value(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if "instant" in value:
        return datetime.fromisoformat(value["instant"])
    return date.fromisoformat(value["day"]) if "day" in value else _tell(value)
