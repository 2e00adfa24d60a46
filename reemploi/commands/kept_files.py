"""Which columns name files of the store: what must be there, and what must never be swept."""

import re
from collections.abc import Iterator

from sqlalchemy import JSON, Column, String, Text, cast, select

from reemploi.extensions import Base, db
from reemploi.ground.models import Job

DIGEST = re.compile(r"\b[0-9a-f]{64}\b")
DIGEST_LENGTH = 64

FILES = {
    "captured_file.digest",
    "pending_wipe.photo_digest",
    "wipe_evidence.file_digest",
    "wipe_evidence.photo_digest",
}
"""Columns whose every value is a file that must be present and unaltered."""

NOT_FILES = {
    "attempt.subject",
    "device.head",
    "document.digest",
    "event.digest",
    "event.facts",
    "household_word.digest",
    "pending_wipe.fingerprint",
    "sign_in_session.digest",
    "signed_link.digest",
    "wipe_evidence.fingerprint",
}
"""Columns of the same shape that never name a file. Any other one keeps what it may name from being swept."""


def full_name(column: Column[object]) -> str:
    """ "table.column"."""
    return f"{column.table.name}.{column.name}"


def digest_columns() -> Iterator[Column[object]]:
    """Every column that could hold a file's digest, by its type."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if (isinstance(column.type, String) and column.type.length == DIGEST_LENGTH) or isinstance(
                column.type, JSON
            ):
                yield column


def possibly_named() -> set[str]:
    """Every digest that any row may be naming a file by, in every association."""
    found: set[str] = set()
    for column in digest_columns():
        if full_name(column) in NOT_FILES:
            continue
        for (text,) in db.session.execute(select(cast(column, Text)).where(column.is_not(None)).distinct()):
            found.update(DIGEST.findall(text))
    return found


def surely_named() -> set[str]:
    """Digests of the files that must be present, in every association: evidence, captures, finished print runs."""
    found: set[str] = set()
    for column in digest_columns():
        if full_name(column) in FILES:
            found |= set(db.session.scalars(select(column).where(column.is_not(None)).distinct()))
    results = db.session.scalars(select(Job.result).where(Job.state == "done", Job.result.is_not(None)))
    return found | {str(result["file"]) for result in results if result and result.get("file")}
