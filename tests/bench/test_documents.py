"""Text and JSON out of untrusted files: every encoding, small faults mended, great ones refused."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reemploi.bench.documents import (
    INCOMPLETE_MARK,
    LARGEST_NUMBER,
    Documents,
    Unreadable,
    decode,
    json_documents,
    mapping,
    nodes,
    open_content,
    whole,
    words,
)

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=20,
)
DOCUMENTS = st.dictionaries(st.text(max_size=6), VALUES, max_size=5) | st.lists(VALUES, max_size=5)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_encoding_of_an_office_machine(encoding: str) -> None:
    assert decode("Modèle : été\r\nœuvre".encode(encoding)) == "Modèle : été\nœuvre"


def test_big_endian_and_bytes_of_no_encoding() -> None:
    assert decode("\ufeffété".encode("utf-16-be")) == "été"
    assert decode(b"\x81\x8d\xff") == "\ufffd\ufffdÿ"
    assert decode(b"\xff\xfea") == "\ufffd"


def test_a_file_beyond_the_limit_is_refused_before_it_is_decoded() -> None:
    with pytest.raises(Unreadable, match="dépasse 2 Mo"):
        decode(b"x" * 2_000_001, max_bytes=2_000_000)
    assert decode(b"x" * 5, max_bytes=5) == "xxxxx"


@given(DOCUMENTS)
def test_a_sound_document_reads_as_json_does(value: Any) -> None:
    assert json_documents(json.dumps(value)) == Documents((value,))
    assert json_documents(json.dumps(value, ensure_ascii=False, indent=2)) == Documents((value,))


@given(st.lists(DOCUMENTS, min_size=1, max_size=5), st.sampled_from(["\n", " ", ",", ",\n", "\x00", "\n\n,\n"]))
def test_glued_documents_are_told_apart(values: list[Any], glue: str) -> None:
    text = glue.join(map(json.dumps, values)) + ","
    assert json_documents(text) == Documents(tuple(values))


@given(st.dictionaries(st.text("abc", max_size=3), VALUES, min_size=1, max_size=4), st.data())
def test_a_document_cut_anywhere_gives_its_beginning_or_is_refused(value: dict[str, Any], data: st.DataObject) -> None:
    text = json.dumps(value)
    cut = data.draw(st.integers(0, len(text) - 1))
    try:
        read = json_documents(text[:cut])
    except Unreadable:
        return
    assert not read.complete
    (beginning,) = read.values
    assert set(beginning) <= set(value)


def test_small_faults_are_mended() -> None:
    assert json_documents('{"a": [1, 2,],}').values == ({"a": [1, 2]},)
    assert json_documents(r'{"path": "C:\Users\x", "ok": "é\u00e9\n"}').values == (
        {"path": r"C:\Users\x", "ok": "éé\n"},
    )
    assert json_documents('WARNING: run as super-user.\n{"a": "x\ty"}').values == ({"a": "x\ty"},)


@pytest.mark.parametrize(
    "text", ["", "word", '"text"', "12", "{", "[", '{"a"', '{"a":1]', '{"a": 1 "b": 2}', "[2026/11/17]"]
)
def test_what_is_no_json_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(Unreadable, match=r"relancez l'outil"):
        json_documents(text)


@pytest.mark.parametrize("text", ["[" * 100_000, '{"children":' * 101, "[1," * 5_000, '[{"a":' * 60 + "1" + "}]" * 60])
def test_deep_documents_are_refused_without_recursion(text: str) -> None:
    with pytest.raises(Unreadable, match="niveaux"):
        json_documents(text)


def test_the_depth_limit_is_exact() -> None:
    assert json_documents("[" * 7 + "]" * 7, max_depth=7).complete
    with pytest.raises(Unreadable, match="niveaux"):
        json_documents("[" * 8 + "]" * 8, max_depth=7)


def test_brackets_inside_texts_are_no_depth() -> None:
    value = {"a": "[" * 500 + '\\"{' * 50}
    assert json_documents(json.dumps(value), max_depth=2).values == (value,)


def test_vast_documents_are_refused() -> None:
    with pytest.raises(Unreadable, match="trop d'éléments"):
        json_documents("[" + "0," * 1_000_001 + "0]")
    with pytest.raises(Unreadable, match="trop de documents"):
        json_documents("{}" * 65)
    with pytest.raises(Unreadable, match="trop d'éléments"):
        list(nodes([{}] * 11, max_nodes=10))


def test_numbers_beyond_any_disk_are_nothing() -> None:
    huge = "9" * 5_000
    assert json_documents(f'{{"a": {huge}, "b": 1e999, "c": NaN, "d": -Infinity}}').values == (
        {"a": None, "b": None, "c": None, "d": None},
    )
    assert whole(huge) is None and whole(LARGEST_NUMBER + 1) is None and whole(LARGEST_NUMBER) == LARGEST_NUMBER


def test_whole_numbers_in_every_dress() -> None:
    dressed = (7, "7", " 7 ", "7\u202f000", 7.0)
    assert [whole(value) for value in dressed] == [7, 7, 7, 7000, 7]
    refused: tuple[Any, ...] = (None, True, -1, 7.5, "7.5", "٧", "x", "", [], {}, float("inf"), float("nan"), "²")
    assert [whole(value) for value in refused] == [None] * len(refused)


def test_texts_are_short_and_printable() -> None:
    assert words("  Latitude\t7390\x00\n") == "Latitude 7390"
    assert words("x" * 5_000) == "x" * 200
    assert words(42) == "42"
    nothing: tuple[Any, ...] = (None, True, "", " \x07 ", [], {}, 1.5)
    assert [words(value) for value in nothing] == [None] * len(nothing)


def test_a_tree_is_walked_in_file_order_with_its_ancestors() -> None:
    tree = {"id": "a", "children": [{"id": "b", "children": [{"id": "c"}]}, "stray", None, {"id": "d", "children": 7}]}
    walked = [(item["id"], [parent["id"] for parent in above]) for item, above in nodes(tree)]
    assert walked == [("a", []), ("b", ["a"]), ("c", ["a", "b"]), ("d", ["a"])]
    assert mapping([1]) == {} and mapping({"a": 1}) == {"a": 1}


def test_a_document_marked_incomplete_stays_so() -> None:
    assert not json_documents(f'{{"a": 1}}\n{INCOMPLETE_MARK}\n').complete


def test_content_keeps_the_reason_why_it_holds_no_json() -> None:
    assert open_content(b"plain words").problem is None
    assert open_content(b"{broken").problem is not None
    assert open_content(b'{"a": 1}').documents == Documents(({"a": 1},))
