"""What the database holds, as one digest: equal before and after whatever only reads."""

import hashlib
import sqlite3

from tests.support.stores import SqliteStore, Store

NOTED_WHILE_READING = {"sign_in_session", "attempt", "access_log", "sqlite_sequence"}
"""What a page that reads may write, through `aside` alone: last seen, throttles, the log of personal data."""


def snapshot(store: Store) -> str:
    """The digest of all rows, but those that reading may write."""
    assert isinstance(store, SqliteStore)
    with sqlite3.connect(store.path) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        digest = hashlib.sha256()
        for (name,) in tables:
            if name not in NOTED_WHILE_READING:
                digest.update(repr((name, connection.execute(f'SELECT * FROM "{name}"').fetchall())).encode())
    connection.close()
    return digest.hexdigest()
