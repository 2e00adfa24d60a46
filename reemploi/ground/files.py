"""The file store: each file compressed under the digest of its content, on disk before the row that names it commits.

A file that no row names (its transaction failed) is swept after a day.
"""

import hashlib
import os
import time
import zlib
from collections.abc import Collection
from pathlib import Path
from tempfile import NamedTemporaryFile

ORPHAN_SECONDS = 24 * 3600


class FileStore:
    """Files of the service, kept once each; names and kinds live in the database."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, content: bytes) -> str:
        """Keep a content and return its SHA-256 digest; what is already kept is not written again."""
        digest = hashlib.sha256(content).hexdigest()
        target = self._path(digest)
        if target.exists():
            return digest
        target.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=target.parent, delete=False) as draft:
            draft.write(zlib.compress(content, 6))
            draft.flush()
            os.fsync(draft.fileno())
        os.replace(draft.name, target)
        _sync_folder(target.parent)
        return digest

    def get(self, digest: str) -> bytes:
        """The content kept under a digest; raises FileNotFoundError, or ValueError when the disk altered it."""
        content = zlib.decompress(self._path(digest).read_bytes())
        if hashlib.sha256(content).hexdigest() != digest:
            raise ValueError(f"the file {digest[:12]}… was altered on disk")
        return content

    def sweep(self, named: Collection[str], *, older_than: float = ORPHAN_SECONDS) -> int:
        """Remove files no row names, older than so many seconds; returns how many."""
        limit = time.time() - older_than
        orphans = [path for path in self.folder.glob("??/*") if path.name not in named and path.stat().st_mtime < limit]
        for path in orphans:
            path.unlink()
        return len(orphans)

    def _path(self, digest: str) -> Path:
        return self.folder / digest[:2] / digest


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
