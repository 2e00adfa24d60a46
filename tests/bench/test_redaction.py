"""What may be stored: nothing of a person, and everything the readers use."""

import json

import pytest

from reemploi.bench.documents import Unreadable
from reemploi.bench.recognise import recognise
from reemploi.bench.redaction import redact
from tests.bench.trees import CAPTURES, fixture, machine, node

NAMES = sorted(path.name for path in CAPTURES.glob("*.json"))
PERSONAL = (
    "martin", "Martin", "poste-compta", "portable-sophie", "borne-mediatheque", "192.168.", "3c:6a:a7:41:9e:05",
    "00:28:f8:0c:77:e1", "Livebox",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_what_is_kept_reads_as_the_file_did(name: str) -> None:
    data = fixture(name)
    kind = recognise(data).kind or ""
    kept = redact(kind, data)
    assert recognise(kept) == recognise(data)
    assert redact(kind, kept) == kept
    assert not [word for word in PERSONAL if word in kept.decode()]


def test_our_captures_do_hold_personal_data() -> None:
    everything = "".join(fixture(name).decode() for name in NAMES)
    assert all(word in everything for word in PERSONAL)


def test_a_phone_plugged_for_charging_leaves_no_serial() -> None:
    phone = node("usb:2", "generic", vendor="SAMSUNG", product="Android", serial="R58M40XYZAB", businfo="usb@1:2")
    kept = redact("lshw", json.dumps(machine(phone)).encode())
    assert b"R58M40XYZAB" not in kept and b"7TK2QN2" in kept


def test_an_incomplete_file_stays_incomplete() -> None:
    data = fixture("hp-elitedesk-800-g3.lshw.json")
    short = data[: data.index(b"KINGSTON")]
    kept = redact("lshw", short)
    assert recognise(kept) == recognise(short) and not recognise(kept).reading.complete


def test_a_prompt_before_the_document_is_not_kept() -> None:
    data = b"claire@pc-de-claire:~$ sudo smartctl -x --json /dev/sda\n" + fixture("dell-latitude-5490.smartctl.json")
    assert b"claire" not in redact("smartctl", data)


def test_an_erasure_log_loses_names_and_keeps_its_lines() -> None:
    log = (
        "claire@bench:~$ cat nwipe.log\n"
        "[2026/11/17 09:12:05]    info: nwipe 0.42\n"
        "[2026/11/17 09:12:05]    info: Set value for Contact_Name in /etc/nwipe/nwipe.conf to Claire Morel\n"
        "[2026/11/17 09:12:05]   error: Failed to write [Claire Morel] to [Organisation_Details.Contact_Name] in x\n"
        "[2026/11/17 09:12:05]    info: hostname = pc-de-claire\n"
        "Creating PDF report in /media/claire\n"
    )
    kept = redact("nwipe", log.encode()).decode()
    assert "laire" not in kept
    assert kept.count("\n") == log.count("\n") - 1


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("lshw", b"pc\n  *-core\n"),
        ("lshw", b"{broken"),
        ("smartctl", b"smartctl 7.3"),
        ("unknown", b"{}"),
        ("nwipe", b"%PDF"),
    ],
)
def test_what_cannot_be_cleaned_is_not_kept(kind: str, data: bytes) -> None:
    with pytest.raises(Unreadable, match="pas gardé"):
        redact(kind, data)
