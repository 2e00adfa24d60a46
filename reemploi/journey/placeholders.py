"""Words a firmware holds where a maker forgot to write the machine's own: data, and one test.

The list was drawn from statistics over 162,852 published DMI dumps (linuxhw/DMI). A missed placeholder would merge two
strangers' machines into one; a name refused by mistake only costs a device its automatic match, so doubt refuses.
"""

import re

EXACT = frozenset(
    entry.strip()
    for entry in """
    <bad index>|<out of spec>|[empty]|[removed]|0001-067a-0000|12345678|asset-1234567890|bsn12345678901234567
    base board serial number|base board version|board serial number|calpella platform|chassis manufacture
    chassis serial number|chassis version|crb|default|default string|empty|eval|huronriver platform
    intel corporation (as product)|invalid|inconnu|m.b. serial|mb-1234567890|na|n/a|no asset information|no asset tag
    no enclosure|no serial|no serial number|noassettag|nil|none|not applicable|not available|not defined|not present
    not specified|not settable|null|o.e.m.|o.e.m|oem|oem chassis serial number|please change me|redacted
    (s/n: unknown)|(no ata pass thru)|s/n unknown|serial|serial number|serialnumber|sku|sku number|sn 123456789abc
    standard|system manufacturer|system name|system product name|system serial number|system sku|system skunumber
    system version|tag 12345|to be defined|to be defined by o.e.m|tbd|type1productconfigid|type1sku0|undefined|unknow
    unknown|unspecified|n.a.|not assigned|virtual|xxxxxxxxxxx
    """.replace("\n", "|").split("|")
    if entry.strip()
)
"""Compared after folding: lower case, white space reduced to single spaces."""

PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        r"[\s\-_.*?0x#/\\:,'\"]*",
        r"(.)\1*",
        r"to\s*be\s*(filled|defined).*",
        r"filled\s*by\s*o\.?e\.?m.*",
        r"(default|system)\s+(string|serial|product|manufacturer|version|name|sku).*",
        r"(unknown|none|no|not|null|empty|undefined|invalid|unspecified)([\s\-_]*(\d+|\(.*\)))?",
        r"o\.?e\.?m[\s_.\-]*(define)?[\s_.\-]*\d*\.?",
        r"(chassis|base\s*board|board|system|mother\s*board|type\d*)\s*[- ]?.*serial.*",
        r"(sernum|partnum|modulepartnumber|assettagnum|array\s*of\s*|serial|sn|s/n)\s*\d{0,3}",
        r"manufacturer(name)?\s*\d*",
        r".*asset[- ]?(tag|1234567890).*",
        r"sn\s*1234.*",
        r".*0?123456789.*",
        r".*9876543210.*",
        r".*\bo\.e\.m\b.*",
        r"type\d+\s*-\s.*",
        r"0{8}-0{4}-0{4}-0{4}-[0-9a-f]{12}",
        r"f{8}-f{4}-f{4}-f{4}-f{12}",
        r"(03000200-0400-0500-0006-000700080009|00020003-0004-0005-0006-000700080009)",
        r"(12345678-1234-5678-90ab-cddeefaabbcc|01234567-8901-2345-6789-abcdefabcdef)",
    )
)
"""Each must match the whole folded text."""


def fold(text: str) -> str:
    """The text as it is compared: lower case, no control characters, single spaces."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split()).lower()


def is_placeholder(text: str | None) -> bool:
    """Whether a firmware field says nothing about this one machine (empty, default word, repeated signs, zeros)."""
    folded = fold(text or "")
    return not folded or folded in EXACT or any(pattern.fullmatch(folded) for pattern in PATTERNS)
