"""Sentences leave the service here: translated, with dates, numbers and plurals in the reader's language."""

from datetime import date, datetime
from typing import Any

from flask_babel import format_date, format_datetime, get_locale, gettext, ngettext

from reemploi.sentences import Sentence


def say(text: Sentence | str | None) -> str:
    """A sentence, or a bare source text, in the reader's language."""
    if text is None:
        return ""
    if isinstance(text, str):
        return gettext(text) if text else ""
    values = _Shown({key: _shown(value) for key, value in dict(text.params).items()}, text.params)
    if text.plural:
        return str(ngettext(text.msgid, text.plural, int(text.params["n"]), **values))
    chosen = gettext(text.msgid)
    return chosen % values if "%(" in chosen else chosen


class _Shown(dict[str, Any]):
    """Parameters as shown; one that is missing falls back to what the sentence's own mapping gives."""

    def __init__(self, shown: dict[str, Any], source: Any) -> None:
        super().__init__(shown)
        self.source = source

    def __missing__(self, key: str) -> Any:
        return self.source[key]


def _shown(value: Any) -> Any:
    if isinstance(value, Sentence):
        return say(value)
    if isinstance(value, datetime):
        return format_datetime(value, "short")
    if isinstance(value, date):
        return format_date(value, "short")
    return value


def language() -> str:
    """The reader's language, two letters."""
    locale = get_locale()
    return locale.language if locale else "fr"


def one_line(text: str, most: int = 200) -> str:
    """What somebody typed or scanned, as one printable line of bounded length."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text[: most * 4]).split())[:most]
