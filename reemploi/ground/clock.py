"""The clock: the only place that asks what time it is."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """The present instant, aware, in UTC, to the second (figures and papers need no finer)."""
    return datetime.now(UTC).replace(microsecond=0)
