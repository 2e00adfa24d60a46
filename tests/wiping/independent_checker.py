"""A second opinion on a log, written another way: whole-text searches, no grammar, no code of ours.

The fuzz test asks that what the reader accepts, this accepts too. It knows one thing only: whether one disk, by its
serial and its size, shows every sign of a verified erasure somewhere between two footers of a log.
"""

import re

OPTIONS = re.compile(r"^\[[\d/]{10} [\d:]{8}\]  notice: Program options are set as follows\.\.\.\r?$", re.MULTILINE)
FOOTER = re.compile(r"^\[([\d/]{10} [\d:]{8})\] Total Throughput.*R\+N?B\+(NV|VL|VA)\r?$", re.MULTILINE)


def accepts(data: bytes, serial: str, size: int, *, not_after: str, not_before: str = "2020/12/01 00:00:00") -> bool:
    """Whether the file shows the erasure of the disk; the limits are written as nwipe writes its stamps."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding, errors="replace" if encoding == "utf-16" else "strict")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    begin = 0
    for footer in FOOTER.finditer(text):
        part = text[begin : footer.start()]
        part = part[max([0, *(found.end() for found in OPTIONS.finditer(part))]) :]
        begin = footer.end()
        if footer[2] != "NV" and not_before <= footer[1] <= not_after and _shows(part, serial, size, not_before):
            return True
    return False


def _shows(part: str, serial: str, size: int, not_before: str) -> bool:
    mark = re.escape(serial)
    status = re.findall(rf"^. +(\S+) \| Erased \|[^|\n]*\|[^|\n]*\|[^|]*/{mark}[^\n]{{0,99}}$", part, re.M | re.I)
    claims = re.findall(rf"^.*?(/dev/\S+) has serial number {mark} *\r?$", part, re.M | re.I)
    if len(status) != 1 or len({path for path in claims if path.endswith(status[0])}) != 1:
        return False
    name, path = re.escape(status[0]), next(path for path in claims if path.endswith(status[0]))
    zeros = re.findall(rf"^  +{name} \| +0 \| +0 \| +0\r?$", part, re.M)
    lines = [line for line in part.splitlines() if re.search(rf"(?<![\w/]){re.escape(path)}(?!\w)", line)]
    begun = [n for n, line in enumerate(lines) if line[20:].startswith("]  notice: Invoking method '")]
    if len(zeros) != 1 or len(begun) != 1 or "'Verify" in lines[begun[0]] or lines[begun[0]][1:20] < not_before:
        return False
    told = lines[begun[0] :]
    if any(re.search(r"(error|fatal|sanity): |FAILURE|exited with", line) for line in told):
        return False
    if "Erasure Summary" in part and not re.search(rf"^  +{name} \| +{size} \| +{size} \| +[\d.]+%\r?$", part, re.M):
        return False
    written = [count for line in told for count in re.findall(r"e: (\d+) bytes written to \S+$", line)]
    proofs = ("[SUCCESS] Verified", "Verified pass ")
    return bool(written) and set(written) <= {str(size)} and any(proof in line for line in told for proof in proofs)
