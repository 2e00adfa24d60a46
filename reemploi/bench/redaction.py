"""The bytes of a file that may be stored: what a tool wrote, without what it says of a person.

Dropped: host names, network addresses, names of wireless networks, mount points and labels of volumes (they carry names
of people), serials of what is neither the machine nor its storage (phones plugged for charging). What remains reads
exactly as the file did, so that a better reader can take it up again.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from reemploi.bench.documents import INCOMPLETE_MARK, Unreadable, items, mapping, nodes, open_content, words
from reemploi.sentences import N_

HOST = "machine"
"""Stands where lshw wrote the machine's name on the network."""

PERSONAL_SETTINGS = frozenset(
    {"ip", "wireless", "essid", "ssid", "label", "lastmountpoint", "mount.options", "hostname"}
)
MACHINE_CLASSES = ("system", "bus", "bridge", "storage", "disk")
NWIPE_FIRST_LINE = re.compile(r"^\[\d{4}/\d\d/\d\d \d\d:\d\d:\d\d\] +[a-z]+(?: \d+)?:", re.ASCII | re.MULTILINE)
NWIPE_PERSONAL = (
    (re.compile(r"(?m)^(\[[^\]\n]*\][ a-z]*: (?:Failed to s|S)et value for .* in .* to ).*$"), r"\1-"),
    (re.compile(r"(?m)^(\[[^\]\n]*\][ a-z]*: Failed to write \[).*(\] to \[.*)$"), r"\1-\2"),
    (re.compile(r"(?mi)^(\[[^\]\n]*\][ a-z]*: *host ?name *[=:] *).*$"), r"\1-"),
    (re.compile(r"(?m)^(Creating PDF report in ).*$"), r"\1-"),
)


def redact(kind: str, data: bytes) -> bytes:
    """What may be stored of a file recognised as `kind` (lshw, smartctl, nwipe), as UTF-8.

    Raises `Unreadable` for another kind or for content that cannot be read: what cannot be cleaned is not kept.
    """
    content = open_content(data)
    if kind == "nwipe" and content.documents is None and not data.startswith(b"%PDF"):
        return _redacted_nwipe(content.text)
    if kind not in ("lshw", "smartctl") or content.documents is None:
        raise Unreadable(N_("Ce fichier ne peut pas être nettoyé de ses données personnelles : il n'est pas gardé."))
    if kind == "lshw":
        for document in content.documents.values:
            for node, ancestors in nodes(document):
                _clean(node, is_root=not ancestors)
    texts = [json.dumps(document, indent=1) for document in content.documents.values]
    if not content.documents.complete:
        texts.append(INCOMPLETE_MARK)
    return ("\n".join(texts) + "\n").encode()


def _redacted_nwipe(text: str) -> bytes:
    first = NWIPE_FIRST_LINE.search(text)
    kept = text[first.start() :] if first else ""
    for pattern, kept_part in NWIPE_PERSONAL:
        kept = pattern.sub(kept_part, kept)
    return kept.encode()


def _clean(node: Mapping[str, Any], *, is_root: bool) -> None:
    """Clean one node in place: it was parsed for this and belongs to nobody else."""
    assert isinstance(node, dict)
    if is_root and node.get("class") == "system":
        node["id"] = HOST
    kept = {key: value for key, value in mapping(node.get("configuration")).items() if key not in PERSONAL_SETTINGS}
    if "configuration" in node:
        node["configuration"] = kept
    if "logicalname" in node:
        node["logicalname"] = [name for name in items(node["logicalname"]) if _is_device(name)]
    plugged = str(node.get("businfo")).startswith("usb@") and node.get("class") not in MACHINE_CLASSES
    if node.get("class") in ("network", "volume", "communication") or plugged:
        node.pop("serial", None)
    for key in ("hostname", "owner"):
        node.pop(key, None)


def _is_device(name: Any) -> bool:
    text = words(name) or ""
    return text.startswith("/dev/") or "/" not in text
