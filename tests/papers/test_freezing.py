"""Frozen data."""

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reemploi.papers.freezing import digest_of, freeze

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abcé", max_size=3), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text("abcé", max_size=3), VALUES, max_size=6))
def test_the_same_facts_give_the_same_bytes(data: dict[str, object]) -> None:
    shuffled = dict(reversed(list(data.items())))
    assert freeze(data) == freeze(shuffled)
    assert json.loads(freeze(data)) == data


def test_frozen_data_is_compact_and_readable() -> None:
    assert freeze({"b": ["é", 1], "a": None}) == '{"a":null,"b":["é",1]}'.encode()


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_numbers_that_are_none_are_refused(value: float) -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        freeze({"value": value})


def test_values_unknown_to_json_are_refused() -> None:
    with pytest.raises(TypeError):
        freeze({"value": b"bytes"})


def test_digest_is_sha_256() -> None:
    assert digest_of(b"paper") == hashlib.sha256(b"paper").hexdigest()
