"""Manners of the code that a reader would have to remember, read from the syntax tree."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from tests.house.source_files import PACKAGE, python_files, tree

Node = TypeVar("Node", bound=ast.expr | ast.stmt)
STATUS_WRITERS = {
    "journey/actions.py": "`move` and `enter_device`, for a device",
    "prescription/actions.py": "the prescription's own move",
    "web/border.py": "the HTTP status of a page",
    "web/errors.py": "the HTTP status of a page",
}
TRANSACTIONS = {"ground/database.py": "`writing`, `reading`, `aside`", "web/border.py": "the border of a request"}
ASIDE = {
    "ground/access_log.py": "no log, no data: committed before the answer",
    "people/sessions.py": "last seen, once a minute",
}
ACROSS = {
    "labels/queries.py": "a tag is unique on the whole instance",
    "papers/queries.py": "a paper's check page, reached by a secret, before any association is known",
    "people/demonstration.py": "the accounts shown on the demonstration's door",
    "people/queries.py": "memberships of an account at sign-in",
    "people/sessions.py": "the session's member, before the association is known",
    "wiping/queries.py": "the digest of a certificate, checked by whoever holds the paper",
}
ASKS_THE_CLOCK = re.compile(r"^(ground/clock\.py|web/|commands/|people/signed_in\.py)|views(\.py|/)")
VIEWS = r"(^|/)(\w+_)?views(/|\.py$)"
RAW = {"exec_driver_sql", "bulk_insert_mappings", "bulk_update_mappings", "bulk_save_objects", "from_statement"}
OTHER_CLOCKS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time"}
WORDS = re.compile(r"[^\W\d_]{2} |[:;!?«»]")
REFUSALS = {"Refused", "NotAllowed", "NotFound", "Sentence", "sentence", "counted", "tell", "Setting", "Entry"}


def name_of(file: Path) -> str:
    """A file by its path inside the package."""
    return str(file.relative_to(PACKAGE))


def found(kind: type[Node], wanted: str = "") -> Iterator[tuple[str, Node]]:
    """Every node of a kind in the package's files, with its place."""
    for file in python_files():
        if re.search(wanted, name_of(file)):
            for node in ast.walk(tree(file)):
                if isinstance(node, kind):
                    yield f"{name_of(file)}:{node.lineno}", node


def called(node: ast.AST) -> str:
    """The last name of what a call calls."""
    function = node.func if isinstance(node, ast.Call) else node
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def calls(*names: str, wanted: str = "") -> list[str]:
    """Where one of these functions is called."""
    return [place for place, node in found(ast.Call, wanted) if called(node) in names]


def outside(places: list[str], allowed: dict[str, str] | tuple[str, ...]) -> list[str]:
    """The places that are in none of these files or folders."""
    return [place for place in places if not place.startswith(tuple(allowed))]


def test_a_status_is_written_in_one_place() -> None:
    targets = [(place, target) for place, node in found(ast.Assign) for target in node.targets]
    targets += [(place, node.target) for place, node in found(ast.AugAssign)]
    targets += [(place, node.target) for place, node in found(ast.AnnAssign)]
    assigned = [
        place
        for place, target in targets
        for part in ast.walk(target)
        if isinstance(part, ast.Attribute) and part.attr == "status"
    ]
    assert not outside(assigned, STATUS_WRITERS), "call journey.actions.move"
    in_bulk = [
        place
        for place, node in found(ast.Call)
        if (called(node) == "update" and [getattr(one, "id", "") for one in node.args] == ["Device"])
        or (called(node) == "values" and any(word.arg == "status" for word in node.keywords))
    ]
    assert not in_bulk, f"devices change one by one, through journey.actions.move, so that each has its row: {in_bulk}"
    made = outside(calls("Device"), ("journey/actions.py",))
    assert not made, f"call journey.actions.enter_device: {made}"


def test_only_the_border_settles_a_transaction() -> None:
    assert not outside(calls("commit", "rollback"), TRANSACTIONS), "actions never commit: the border does"


def test_writing_beside_a_reading_request_is_named() -> None:
    places = calls("aside")
    assert not outside(places, ASIDE), "a page that reads writes only what ASIDE names, with its reason"
    gone = [file for file in ASIDE if not any(place.startswith(file) for place in places)]
    assert not gone, f"take them off ASIDE: {gone}"


def test_leaving_the_scope_is_named() -> None:
    places = calls("across_associations")
    assert not outside(places, {**ACROSS, "commands/": "the host"}), "say in ACROSS why this may see every association"
    gone = [file for file in ACROSS if not any(place.startswith(file) for place in places)]
    assert not gone, f"take them off ACROSS: {gone}"


def test_views_catch_nothing() -> None:
    caught = [place for place, _ in found(ast.Try, VIEWS)]
    assert not caught, f"raise Refused in the action, the border shows it; let bugs be loud: {caught}"


def test_raw_sql_stays_below() -> None:
    raw = outside(calls(*RAW), ("ground/", "migrations/"))
    assert not raw, f"write it with SQLAlchemy's own words, so that the scope binds it: {raw}"
    imported = [
        place
        for place, node in found(ast.ImportFrom)
        if node.module == "sqlalchemy"
        and {alias.name for alias in node.names} & {"text", "literal_column"}
        and not re.search(r"(^|/)(queries|models)(/|\.py:)", place)
    ]
    elsewhere = outside(imported, ("ground/", "migrations/"))
    assert not elsewhere, f"raw SQL lives in queries.py, conditions of indexes in models.py: {elsewhere}"


def test_nothing_goes_round_the_session_that_binds_the_scope() -> None:
    tables = [
        place for place, node in found(ast.Attribute) if node.attr in ("__table__", "metadata", "engine", "connection")
    ]
    around = outside(tables, ("ground/", "migrations/", "extensions.py", "__init__.py", "commands/"))
    assert not around, f"ask db.session for mapped classes; tables and connections know no scope: {around}"


def test_an_insert_names_its_owner() -> None:
    """Inserts by statement are not seen by the flush guard: the owner comes from the hand or from a row in scope."""
    unowned = []
    for place, node in found(ast.Call):
        inserting = ast.unparse(node)
        if called(node) == "values" and re.search(r"\b(upsert|insert)\(", inserting):
            owner = next((word.value for word in node.keywords if word.arg == "association_id"), None)
            shared = any(name in inserting for name in ("(IssuedTag", "Attempt)"))
            if not shared and not (isinstance(owner, ast.Attribute) and owner.attr == "association_id"):
                unowned.append(place)
    assert not unowned, f"write association_id=acting.association_id in .values(…): {unowned}"


def test_the_clock_is_passed_in() -> None:
    asked = [place for place in calls("utc_now") if not ASKS_THE_CLOCK.search(place)]
    assert not asked, f"take `acting.now`, or `now` as an argument: {asked}"
    other = [place for place, node in found(ast.Call) if ast.unparse(node.func) in OTHER_CLOCKS]
    assert not outside(other, ("ground/clock.py", "ground/files.py")), "there is one clock: ground.clock.utc_now"


def test_actions_take_the_hand_by_name() -> None:
    by_position = [
        f"{place} {node.name}"
        for place, node in found(ast.FunctionDef, r"(^|/)(actions|facts)(/|\.py$)")
        if not node.name.startswith("_")
        and "acting" in [argument.arg for argument in (*node.args.args, *node.args.posonlyargs)]
    ]
    assert not by_position, f"put `*` before `acting` in their arguments: {by_position}"


@pytest.mark.parametrize("folder", sorted({name_of(file).partition("/")[0] for file in python_files()}))
def test_sentences_for_people_are_marked(folder: str) -> None:
    unmarked = [
        f"{place}: {node.args[0].value!r}"
        for place, node in found(ast.Call, rf"^{folder}(/|$)")
        if called(node) in REFUSALS and node.args and isinstance(node.args[0], ast.Constant)
        and WORDS.search(re.sub(r"%\(\w+\)\w", "", str(node.args[0].value)))
    ]  # fmt: skip
    assert not unmarked, f'wrap them in N_("…"), so that they are translated: {unmarked}'
