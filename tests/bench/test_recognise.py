"""What a file is, by its content; what to do when it is nothing known."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reemploi.bench.capture import Capture
from reemploi.bench.recognise import CAPTURE_READERS, Reader, recognise
from tests.bench.trees import fixture

LSHW = fixture("dell-latitude-5490.lshw.json")
SMARTCTL = fixture("dell-latitude-5490.smartctl.json")


@pytest.mark.parametrize(("data", "kind"), [(LSHW, "lshw"), (SMARTCTL, "smartctl")])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_captures_are_recognised_in_any_encoding(data: bytes, kind: str, encoding: str) -> None:
    recognised = recognise(data.decode().encode(encoding))
    assert (recognised.kind, recognised.problem) == (kind, None)
    assert recognised.reading == recognise(data).reading
    assert isinstance(recognised.reading, Capture)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "vide"),
        (b" \n\x00\t", "vide"),
        (b"hello", "Fichier non reconnu"),
        (b'{"a": 1}', "Fichier non reconnu"),
        (b"[1, 2]", "Fichier non reconnu"),
        (b"[main]\nkey = value\n", "Fichier non reconnu"),
        (b'{"id"', "JSON est ab"),
        (b"\xff\xfe", "vide"),
        (b'[{"a": ' * 200, "niveaux"),
        (LSHW + b"\n" + SMARTCTL, "plusieurs outils"),
        (b"%PDF-1.4 something", "Fichier non reconnu"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "Fichier non reconnu"),
    ],
)
def test_what_is_not_known_says_what_to_do(data: bytes, words: str) -> None:
    recognised = recognise(data)
    assert recognised.kind is None and recognised.reading is None
    assert words in str(recognised.problem)


def test_a_known_kind_that_cannot_be_read_keeps_its_name() -> None:
    recognised = recognise(b"pc\n  *-core\n       description: Motherboard\n")
    assert recognised.kind == "lshw" and "sudo lshw -json" in str(recognised.problem)


def test_limits_are_parameters() -> None:
    assert "dépasse" in str(recognise(LSHW, max_bytes=len(LSHW) - 1).problem)
    assert recognise(LSHW, max_bytes=len(LSHW)).kind == "lshw"
    assert "niveaux" in str(recognise(LSHW, max_depth=3).problem)


def test_a_later_stage_brings_its_readers() -> None:
    reader = Reader("spoken", lambda content: content.text.startswith("SPOKEN"), lambda content: len(content.text))
    assert recognise(b"SPOKEN", (*CAPTURE_READERS, reader)).reading == 6
    assert recognise(b"SPOKEN").kind is None


@given(st.binary(max_size=300))
def test_no_bytes_raise(data: bytes) -> None:
    recognised = recognise(data)
    assert (recognised.reading is None) == (recognised.problem is not None)


KEYS = st.sampled_from("id class children smartctl device serial size".split())
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)


@given(st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner)))
def test_no_json_raises(value: object) -> None:
    recognised = recognise(json.dumps(value).encode())
    assert (recognised.reading is None) == (recognised.problem is not None)
