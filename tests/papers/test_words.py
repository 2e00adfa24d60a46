"""The words printed by the templates themselves."""

import json
import re

import pytest

from reemploi.papers.rendering import TEMPLATES
from reemploi.papers.typography import french

WORDS = json.loads((TEMPLATES / "words.json").read_text(encoding="utf-8"))
SOURCES = {file.name: file.read_text(encoding="utf-8") for file in TEMPLATES.glob("*.typ")}
RESULTS = {"erased", "no_medium", "removed", "destroyed"}
BUILT = (
    RESULTS | {f"{result}_{number}" for result in RESULTS for number in ("one", "many")} | {"reset_one", "reset_many"}
)


def test_every_language_has_the_same_words() -> None:
    assert {language: set(words) for language, words in WORDS.items()} == dict.fromkeys(WORDS, set(WORDS["fr"]))


def test_french_words_are_set() -> None:
    assert [word for word in WORDS["fr"].values() if french(word) != word or "'" in word] == []


def test_every_word_is_used_and_every_used_word_exists() -> None:
    used = {word for source in SOURCES.values() for word in re.findall(r"\bwords\.([a-z_]+)", source)} - {"at", "json"}
    assert used | BUILT == set(WORDS["fr"])


@pytest.mark.parametrize("name", SOURCES)
def test_no_template_fetches_a_package_or_an_address(name: str) -> None:
    assert not re.search(r"@preview|@local|https?://(?!www\.w3\.org/2000/svg)", SOURCES[name])
