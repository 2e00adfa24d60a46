"""Every real file of the sample folder, when it is there: recognised or answered with a sentence, judged as foretold.

The folder stands beside the repository and is no part of it. A fresh clone skips these tests, and says so.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from reemploi.bench.capture import Capture
from reemploi.bench.recognise import Recognised, recognise
from reemploi.bench.redaction import redact
from reemploi.journey.identity import is_placeholder, is_usable_serial
from reemploi.wiping.readers import READERS
from reemploi.wiping.rules import Context, MediumFacts, judge
from reemploi.wiping.runs import WipeRun
from tests.wiping.independent_checker import accepts

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"
RECEIVED = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
CONTEXT = Context(received_at=RECEIVED, now=RECEIVED, zone=ZoneInfo("Europe/Paris"))

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not SAMPLES.is_dir(), reason="the folder of real samples is absent: ../shared/samples"),
]


def files(*folders: str) -> Iterator[Path]:
    """The files under folders of the samples, in a steady order."""
    for folder in folders:
        yield from sorted(path for path in (SAMPLES / folder).rglob("*") if path.is_file())


def read(path: Path) -> Recognised:
    return recognise(path.read_bytes(), READERS)


def facts(run: WipeRun) -> MediumFacts:
    """The medium the log claims to be about: what a verdict depends on is then the log alone."""
    return MediumFacts(run.serial, run.device_bytes, None)


def verdict_of(sample: str) -> list[tuple[bool, str]]:
    """For each disk of a sample's log, whether it is accepted and why not."""
    recognised = read(SAMPLES / "nwipe" / sample / "nwipe.log")
    judged = [judge(run, facts(run), CONTEXT) for run in recognised.reading]
    return [(verdict.accepted, " ".join(map(str, verdict.refusals))) for verdict in judged]


WORDS = {
    "no serial": "ne donne pas le numéro de série",
    "serial masked ????": "masqué",
    "-FAILED-": "a échoué",
    "UABORTED": "interrompu",
}


def test_every_erasure_log_gets_the_verdict_it_deserves() -> None:
    expected = json.loads((SAMPLES / "nwipe_expected_verdicts.json").read_text())
    for row in expected:
        if not (SAMPLES / "nwipe" / row["sample"] / "nwipe.log").exists():
            assert [read(path).reading for path in files(f"nwipe/{row['sample']}")] == [None], row
            continue
        wanted, _, reason = row["verdict"].partition(": ")
        verdicts = verdict_of(row["sample"])
        assert len(verdicts) == (2 if "2dev" in row["sample"] else 1)
        for accepted, refusals in verdicts:
            assert accepted == (wanted == "accept"), (row, refusals)
            assert WORDS.get(reason, "") in refusals, (row, refusals)


def test_the_second_checker_agrees_on_every_log() -> None:
    for path in files("nwipe"):
        recognised = read(path)
        for run in recognised.reading or ():
            accepted = judge(run, facts(run), CONTEXT).accepted
            seconded = accepts(
                path.read_bytes(), run.serial or "-", run.device_bytes or 0, not_after="2026/11/23 12:00:00"
            )
            assert accepted == (seconded and is_usable_serial(run.serial)), path


def test_a_pdf_proves_nothing() -> None:
    pdfs = [path for path in files("nwipe") if path.suffix == ".pdf"]
    assert pdfs
    for path in pdfs:
        recognised = read(path)
        assert recognised.kind == "nwipe" and "journal texte" in str(recognised.problem)


def test_every_placeholder_is_refused() -> None:
    lists = json.loads((SAMPLES / "placeholders.json").read_text())
    texts = [*lists["exact"], *(text for text in lists["uuid"] if "<" not in text)]
    kept = [text for text in texts if not is_placeholder(text) or not is_placeholder(f" {text.upper()} ")]
    assert not kept
    assert not [text for text in texts if is_usable_serial(text)]


def test_every_file_is_read_or_answered_and_nothing_raises() -> None:
    seen = 0
    for path in files("."):
        recognised = read(path)
        seen += 1
        assert (recognised.reading is None) == (recognised.problem is not None), path
        assert recognised.problem is None or str(recognised.problem), path
    assert seen > 100


@pytest.mark.parametrize("kind", ["lshw", "smartctl"])
def test_every_capture_names_its_machine_or_says_why_not(kind: str) -> None:
    for path in files(kind):
        recognised = read(path)
        assert recognised.kind == kind, path
        if recognised.reading is None:
            assert "relancez" in str(recognised.problem), path
            continue
        capture: Capture = recognised.reading
        spoken = " ".join(map(str, capture.warnings))
        if kind == "lshw":
            assert capture.maker and capture.product, (path, spoken)
            assert capture.serial or "numéro de série" in spoken, path
            assert capture.identity or "Aucun numéro de série utilisable" in spoken, path
            assert capture.media or "Aucun support" in spoken, path
            assert all(medium.serial and medium.bytes for medium in capture.media), path
            assert not any(medium.bus == "usb" for medium in capture.media), path
        else:
            assert all(medium.model and medium.bytes and medium.kind for medium in capture.media), path
            assert all(medium.serial or "numéro de série" in spoken for medium in capture.media), path


def names(tree: Any) -> Iterator[str]:
    """Host names, network addresses and hardware addresses in an output of lshw."""
    for root in tree if isinstance(tree, list) else [tree]:
        waiting = [root]
        while waiting:
            node = waiting.pop()
            waiting.extend(child for child in node.get("children", []) if isinstance(child, dict))
            settings = node.get("configuration") or {}
            if node.get("class") == "network":
                yield from (text for text in (node.get("serial"), settings.get("ip")) if text)


def test_captures_are_kept_without_personal_data_and_read_the_same() -> None:
    for path in files("lshw", "smartctl"):
        recognised = read(path)
        if recognised.reading is not None:
            kept = redact(recognised.kind or "", path.read_bytes())
            assert recognise(kept, READERS) == recognised, path
            if recognised.kind == "lshw":
                tree = json.loads(path.read_text(errors="replace"))
                assert not [text for text in names(tree) if text in kept.decode()], path


def test_one_machine_read_twice_is_one_and_strangers_never_meet() -> None:
    machines: dict[str, set[str]] = {}
    for path in files("lshw"):
        capture: Capture = read(path).reading
        if capture.identity:
            machines.setdefault(capture.identity, set()).add(f"{capture.maker} {capture.product}")
    assert machines["HP|CZC0408YPV"] == {"HP HP Compaq 8100 Elite SFF PC"}
    assert all(len(products) == 1 for products in machines.values()), machines
