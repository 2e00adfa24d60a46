"""The rule book and what is told of it: real roles, real statuses, a sentence, a colour and a picture for each."""

import ast
import re

import pytest

from reemploi.journey.rules import CATEGORIES, MOVES, STATUSES, Move, Status
from reemploi.journey.stories import STORIES
from reemploi.roles import LABELS, Role
from tests.house.source_files import PACKAGE, python_files, tree

ICONS = "".join(file.read_text() for file in (PACKAGE / "static").glob("icons*.svg"))
STYLES = "".join(file.read_text() for file in (PACKAGE / "static" / "css").glob("*.css"))
SPOKEN = re.compile(r"%\((\w+)\)")
WRITERS = ("record", "_write_fact")
BY_VARIABLE = {
    "journey/facts.py": {"medium_removed", "medium_destroyed", "safety_stop", "safety_lifted"},
    "journey/actions.py": set(MOVES),
}
"""Kinds that a file writes through a variable."""

AWAITED = {"left_for_repair", "placed", "back_to_holder", "ticket_closed", "report_opened", "signed"}
"""Stories of the stages after the erasure bench, told as soon as those write their rows."""


@pytest.mark.parametrize("status", STATUSES.values(), ids=STATUSES)
def test_each_status_has_its_words_colour_and_picture(status: Status) -> None:
    assert status.label
    assert f'id="{status.icon}"' in ICONS, f"choose an icon that is there, or add {status.icon} to scripts/icons.py"
    assert f"tone-{status.tone}" in STYLES, f"no style is called tone-{status.tone}"
    assert status.in_stock + status.in_hands + status.ended <= 1


@pytest.mark.parametrize("move", MOVES.values(), ids=MOVES)
def test_each_move_goes_between_real_statuses_by_real_roles(move: Move) -> None:
    assert move.sources <= set(STATUSES)
    assert move.sources, "a move starts somewhere"
    assert move.target in STATUSES
    assert set(move.roles) <= set(Role)
    assert move.label
    assert move.story.endswith((".", "s")), "a story is a sentence"
    assert (PACKAGE / "journey").exists()


def test_every_status_can_be_reached_and_only_ends_are_final() -> None:
    reached = {move.target for move in MOVES.values()} | {"announced", "received"}
    assert reached == set(STATUSES)
    left = {source for move in MOVES.values() for source in move.sources}
    assert set(STATUSES) - left == set(), "a device that can never move again is lost: there is a way back in"


def test_every_role_has_a_name_and_may_do_something() -> None:
    assert set(LABELS) == set(Role)
    assert len(set(LABELS.values())) == len(Role)
    assert len(set(CATEGORIES.values())) == len(CATEGORIES)


def written_kinds() -> dict[str, set[str]]:
    """The kinds of journal row each file writes, read from its calls."""
    kinds: dict[str, set[str]] = {}
    for file in python_files():
        name = str(file.relative_to(PACKAGE))
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in WRITERS and len(node.args) > 1:
                kind = node.args[1]
                if isinstance(kind, ast.Constant):
                    kinds.setdefault(name, set()).add(str(kind.value))
                else:
                    assert name in BY_VARIABLE, f"{name}:{node.lineno}: say in BY_VARIABLE which kinds it writes"
                    kinds.setdefault(name, set()).update(BY_VARIABLE[name])
    return kinds


def test_every_kind_of_row_has_a_story_and_every_story_is_told() -> None:
    by_file = written_kinds()
    written = {kind for kinds in by_file.values() for kind in kinds}
    untold = {file: kinds - set(STORIES) - set(MOVES) for file, kinds in by_file.items()}
    assert not any(untold.values()), f"add their sentence to journey/stories.py: {untold}"
    assert set(STORIES) - written == AWAITED, "a story nobody writes goes away; one that is written leaves AWAITED"
    assert not set(STORIES) & set(MOVES), "a move's story stands in the rule book"


@pytest.mark.parametrize("kind", [*STORIES, *MOVES])
def test_a_story_can_be_told_even_of_an_old_row(kind: str) -> None:
    text = STORIES.get(kind) or MOVES[kind].story
    assert set(SPOKEN.findall(text)) <= NAMED, "a story may speak of these facts only, or add the fact's name here"


NAMED = {
    "delivery", "handover", "ticket", "tool", "name", "method", "passed", "failed", "grade", "version", "place",
    "destination", "erasure", "association", "lines", "repair", "cost", "minutes", "due_on",
}  # fmt: skip
