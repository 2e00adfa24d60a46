"""Mutated files given to every reader: no crash, bounded work, and no erasure that a second checker denies.

`REEMPLOI_FUZZ` sets the number of mutations (20,000 by default). Each is known by its number and can be replayed.
"""

import os
import sys
import tracemalloc
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from types import FrameType
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from reemploi.bench.capture import Capture
from reemploi.bench.documents import Unreadable
from reemploi.bench.recognise import Recognised, recognise
from reemploi.bench.redaction import redact
from reemploi.wiping.readers import READERS
from reemploi.wiping.rules import Context, MediumFacts, judge
from reemploi.wiping.runs import WipeRun
from tests.bench.mutations import mutate
from tests.long_form import amount
from tests.wiping.independent_checker import accepts
from tests.wiping.log_builder import OPS2, Disk, Log, build

pytestmark = pytest.mark.fuzz

FIXTURES = Path(__file__).parent.parent / "fixtures"
TWO = (Disk(), Disk(name="nvme0n1", serial="PHHH123400AB", model="INTEL\nSSDPEKKW256G8", size=256060514304))
BUILT = (
    Log(disks=TWO),
    Log(version="0.32", disks=TWO),
    Log(version="0.34", method=OPS2, passes=8, blank=False),
    Log(version="0.38", blank=False, verify="VA", rounds=2),
    Log(verify="NV", disks=TWO),
    Log(disks=(Disk(status="-FAILED-", errors=(0, 1, 0)), TWO[1])),
)
CAPTURES = tuple(path.read_bytes() for path in sorted((FIXTURES / "captures").glob("*.json")))
LOGS = (
    *(path.read_bytes() for path in sorted((FIXTURES / "nwipe").glob("*.log"))),
    *(build(log).encode() for log in BUILT),
)
SEEDS = (*CAPTURES, *LOGS)
MEDIA = (
    MediumFacts("S4EVNX0M512347", 250059350016, "ssd"),
    MediumFacts("PHHH123400AB", 256060514304, "nvme"),
    MediumFacts("S3TWNX0K412876", 256060514304, "ssd"),
    MediumFacts("Z9AXK3M7", 1000204886016, "hdd"),
    MediumFacts("50026B7684D1C3F2", 240057409536, "ssd"),
    MediumFacts("S35ENX1J904417", 256060514304, "nvme"),
)
RECEIVED = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
CONTEXT = Context(received_at=RECEIVED, now=RECEIVED, zone=ZoneInfo("Europe/Paris"))
LATEST_STAMP = "2026/11/30 13:00:00"

COUNT = int(os.environ.get("REEMPLOI_FUZZ") or amount("fuzz", regular=20_000, long=200_000))
PARTS = 8
SAMPLED = 25
"""One mutation in so many is also measured: calls made, memory held."""

CALLS_PER_BYTE, CALLS_ANYWAY = 40, 20_000
MEMORY_PER_BYTE, MEMORY_ANYWAY = 400, 3_000_000


def mutation(number: int) -> bytes:
    """The mutated file of a number."""
    random = Random(number)
    return mutate(random.choice(SEEDS), random, SEEDS)


@pytest.mark.parametrize("part", range(PARTS))
def test_no_mutation_breaks_a_reader_or_forges_an_erasure(part: int) -> None:
    seen: Counter[str | None] = Counter()
    accepted = 0
    for number in range(part, COUNT, PARTS):
        data = mutation(number)
        recognised = recognise(data, READERS)
        try:
            seen[recognised.kind] += 1
            check_shape(recognised)
            accepted += check_evidence(recognised, data)
            if number // PARTS % 5 == 0:
                check_redaction(recognised, data)
        except (AssertionError, Unreadable) as fault:
            raise AssertionError(f"mutation {number}: {fault}") from fault
    assert COUNT < 1_000 or (min(seen["lshw"], seen["smartctl"], seen["nwipe"], seen[None]) > 10 and accepted > 10)


def check_shape(recognised: Recognised) -> None:
    """A reading or a sentence, never both, never neither; and every sentence can be said."""
    assert (recognised.reading is None) == (recognised.problem is not None)
    assert recognised.problem is None or str(recognised.problem)
    if isinstance(recognised.reading, Capture):
        assert all(map(str, recognised.reading.warnings))
        for medium in (*recognised.reading.media, *recognised.reading.removable_media):
            assert medium.bytes is None or 0 < medium.bytes < 2**64
            assert all(
                text is None or 0 < len(text) <= 200 for text in (medium.serial, medium.model, medium.device_path)
            )


def check_evidence(recognised: Recognised, data: bytes) -> int:
    """How many erasures are accepted; each must also convince the second checker, on the same bytes."""
    accepted = 0
    runs: tuple[WipeRun, ...] = recognised.reading if recognised.kind == "nwipe" and recognised.reading else ()
    for run in runs:
        for medium in MEDIA:
            verdict = judge(run, medium, CONTEXT)
            assert all(map(str, (*verdict.refusals, *verdict.doubts, verdict.method)))
            if verdict.accepted:
                accepted += 1
                size = medium.bytes or 0
                assert accepts(data, medium.serial or "", size, not_after=LATEST_STAMP), f"{run.device} was accepted"
    return accepted


def check_redaction(recognised: Recognised, data: bytes) -> None:
    """What is kept of a file reads as the file did."""
    if recognised.kind and recognised.reading:
        kept = redact(recognised.kind, data)
        assert recognise(kept, READERS) == recognised, "what is kept reads otherwise"


@pytest.mark.parametrize("part", range(PARTS))
def test_work_and_memory_are_bounded_by_the_size_of_the_file(part: int) -> None:
    for number in range(part, max(PARTS, COUNT // SAMPLED), PARTS):
        data = mutation(number)
        calls, memory = cost(data)
        assert calls <= CALLS_ANYWAY + CALLS_PER_BYTE * len(data), f"mutation {number}: {calls} calls"
        assert memory <= MEMORY_ANYWAY + MEMORY_PER_BYTE * len(data), f"mutation {number}: {memory} bytes"


def cost(data: bytes) -> tuple[int, int]:
    """Calls of functions made and bytes held at the worst moment while a file is read."""
    calls = 0

    def count(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    tracemalloc.start()
    previous = sys.getprofile()
    sys.setprofile(count)
    try:
        recognise(data, READERS)
    finally:
        sys.setprofile(previous)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return calls, peak


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 1_000_000,
        b'{"children":' * 200_000,
        b'"' * 1_000_000,
        b'{"a":"' + b'\\"' * 500_000,
        b"{}," * 300_000,
        b'{"id":"pc","class":"system","children":[' + b'{"id":"x","class":"generic"},' * 30_000 + b"{}]}",
        b"[2026/11/17 09:12:05]  notice: Invoking method 'A' on /dev/sda\n" * 5_000,
        b"[2026/11/17 09:12:05]  notice: Found /dev/sda, ATA, X" + b", 1 GB" * 100_000 + b"\n" * 100_000,
        b"*" * 31 + b" Drive Status " + b"*" * 31 + b"\n" + b" |" * 200_000,
        "é".encode() * 300_000,
    ],
    ids=["brackets", "children", "quotes", "escapes", "documents", "nodes", "runs", "model", "row", "letters"],
)  # fmt: skip
def test_worst_files_stay_within_bounds(data: bytes) -> None:
    calls, memory = cost(data)
    assert calls <= CALLS_ANYWAY + CALLS_PER_BYTE * len(data)
    assert memory <= MEMORY_ANYWAY + MEMORY_PER_BYTE * len(data)
