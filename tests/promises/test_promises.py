"""Promises 1, 2, 4 and 7 under any sequence of gestures."""

import os
from collections import Counter

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, Verbosity, settings
from hypothesis.stateful import run_state_machine_as_test

from reemploi.journey.rules import MOVES
from tests.long_form import amount
from tests.promises.machine import Gestures
from tests.support.stores import Store

STEPS = int(os.environ.get("REEMPLOI_STEPS") or amount("property", regular=20_000, long=1_000_000))
STEPS_OF_ONE = 100
RARE = {"cede", "discard", "dismantle", "end_repair_unwiped"}
"""Moves drawn only by `any_move`, whose guards a short run may not meet."""


@pytest.mark.property
def test_no_sequence_of_gestures_breaks_a_promise(app: Flask, store: Store) -> None:
    tally: Counter[str] = Counter()
    machine = type("Drawn", (Gestures,), {"store": store, "tally": tally})
    while tally["steps"] < STEPS:
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=min(400, 1 + (STEPS - tally["steps"]) // STEPS_OF_ONE),
                stateful_step_count=STEPS_OF_ONE,
                deadline=None,
                database=None,
                print_blob=True,
                phases=(Phase.generate, Phase.shrink),
                suppress_health_check=list(HealthCheck),
                verbosity=Verbosity.normal,
            ),
        )
    print(dict(sorted(tally.items())))
    never = {name for name in MOVES if not tally[f"{name} in the journal"]} - (RARE if STEPS < 10_000 else set())
    assert not never, f"the machine never made these moves, it tests nothing of them: {never}"
    assert all(tally[f"{name} refused"] for name in MOVES if MOVES[name].needs), "no guard was ever met"
