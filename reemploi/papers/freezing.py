"""The data of a document, frozen: the same facts always give the same bytes, hence the same digest."""

import hashlib
import json
from collections.abc import Mapping


def freeze(data: Mapping[str, object]) -> bytes:
    """Canonical JSON of a document's data: keys sorted, no spaces, UTF-8.

    Raises TypeError for a value that JSON does not know and ValueError for a number that is not finite.
    """
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode()


def digest_of(content: bytes) -> str:
    """SHA-256 of stored bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
