"""What every template may use: the person, the menu, the language, assets, filters for dates, numbers and tags."""

import hashlib
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, current_app, url_for
from flask_babel import format_date, format_datetime, format_decimal, get_locale
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from jinja2 import StrictUndefined

from reemploi.ground.clock import utc_now
from reemploi.ground.numbering import in_groups
from reemploi.web.access import may_open
from reemploi.web.menu import menu
from reemploi.web.wording import language, say


def install_templating(app: Flask) -> None:
    """Strict templates (an undefined variable is a bug), shared context and filters."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(say=say, day=day, moment=moment, number=number, groups=in_groups, gigabytes=gigabytes)
    app.jinja_env.globals.update(asset=asset, may_open=may_open)
    app.context_processor(_shared)


def _shared() -> dict[str, Any]:
    return {
        "signed_in": current_user if current_user.is_authenticated else None,
        "menu": menu(),
        "current_locale": language(),
        "csrf_token": generate_csrf,
        "demo": current_app.extensions["settings"].mode == "demo",
        "now": utc_now(),
        "refusal": None,
    }


def asset(path: str) -> str:
    """The address of a static file; its digest in the query lets browsers keep it for a year."""
    return url_for("static", filename=path, v=_version(str(Path(str(current_app.static_folder)) / path)))


@lru_cache(maxsize=256)
def _version(path: str) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:10]


def day(value: datetime | None) -> str:
    """A short date in the reader's language."""
    return "" if value is None else format_date(value, "short" if get_locale() else None)


def moment(value: datetime | None) -> str:
    """A short date and time in the reader's language and the association's zone."""
    return "" if value is None else format_datetime(value.astimezone(UTC), "short")


def number(value: float | None) -> str:
    """A number in the reader's language."""
    return "" if value is None else format_decimal(value)


def gigabytes(value: int | None) -> str:
    """Bytes as decimal gigabytes, as makers count disks."""
    return "" if value is None else f"{format_decimal(round(value / 10**9))} Go"
