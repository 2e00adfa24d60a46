"""The workbench: what waits there, and one device with its media, evidence, captures, control and next steps.

These pages gather the bench and the erasures, so they stand in the later of the two stages.
"""

from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, request, url_for

from reemploi.bench import queries as bench
from reemploi.bench.actions import HELPERS
from reemploi.bench.checklists import OUTCOMES
from reemploi.bench.kept_sentences import told
from reemploi.bench.views import MADE_HERE, fault_of
from reemploi.journey.models import Device
from reemploi.journey.queries import device_by_tag
from reemploi.journey.rules import CATEGORIES, COMPUTERS, HOLDS_DATA, LOCKABLE, MOVES, barred, graded, system_installed
from reemploi.people.queries import member_names
from reemploi.roles import Role
from reemploi.sentences import N_, Sentence
from reemploi.web.access import may_open, open_to
from reemploi.web.border import Page
from reemploi.web.wording import say
from reemploi.wiping import queries, waiting
from reemploi.wiping.inspection import ALWAYS_HOLDS, locks_left
from reemploi.wiping.locks import LOCKS
from reemploi.wiping.locks import OUTCOMES as LOCK_OUTCOMES
from reemploi.wiping.methods import LEVELS, METHODS

blueprint = Blueprint("workbench", __name__)
SEES = (*HELPERS, Role.TRAINEE)
AT_THE_BENCH = frozenset({"received", "returned", "to_wipe", "wiped", "in_repair"})


@blueprint.get("/atelier/")
@open_to(*SEES)
def queue() -> Page:
    """What waits at the bench, list by list, who waits longest first."""
    tab = request.args.get("file", "wipe")
    tab = tab if tab in waiting.TABS else "wipe"
    after = request.args.get("apres", "")
    counted = waiting.counts()
    shown = {"tab": tab, "tabs": waiting.TABS, "counts": counted, "categories": CATEGORIES, "after": after}
    if tab == "second":
        rows, next_key = waiting.people_waited_for(after)
        names = member_names({row.declared_by for row in rows})
        return Page("wiping/second.html", rows=rows, names=names, methods=METHODS, next_key=next_key, **shown)
    if tab == "loose":
        media, next_key = waiting.loose_media(after)
        return Page("wiping/loose.html", rows=media, next_key=next_key, **shown)
    found = waiting.devices_waiting(tab, after)
    return Page("wiping/queue.html", rows=found.rows, next_key=found.next_key, **shown)


@dataclass(frozen=True)
class Button:
    """A next step as the page shows it, or why it is barred."""

    label: str
    url: str
    method: str = "get"
    barred_reason: str = ""
    icon: str | None = None


@blueprint.get("/atelier/<tag>")
@open_to(*SEES)
def device(tag: str) -> Page:
    """One device: which medium still waits and why its evidence was refused; control, repairs, captures."""
    one = device_by_tag(tag)
    evidence = queries.evidence_of(one)
    states = queries.media_states(one, evidence)
    captures = bench.captures(one)
    checklist = bench.checklist(one)
    locks = queries.last_lock_check(one) if one.category in LOCKABLE else None
    repairs = bench.repairs(one)
    people = {row.operator_id for row in evidence} | {row.verifier_id for row in evidence}
    return Page(
        "wiping/device.html",
        device=one,
        category=CATEGORIES[one.category],
        state=_state(one, states),
        buttons=_buttons(one, _next_steps(one, states, checklist) if one.status in AT_THE_BENCH else []),
        others=_others(one),
        states=states,
        evidence=evidence,
        names=member_names({number for number in people if number}),
        captures=captures,
        health=bench.health_by_medium(capture for capture, _file in captures),
        checklist=checklist,
        repairs=[(row, fault_of(one, row.line, row.fault)) for row in repairs],
        locks=locks,
        locks_left=locks_left(locks) if locks is not None and not locks.off else None,
        lock_lines=LOCKS,
        lock_outcomes=LOCK_OUTCOMES,
        outcomes=OUTCOMES,
        methods=METHODS,
        levels=LEVELS,
        told=told,
        has_inner_memory=one.category in ALWAYS_HOLDS,
        is_lockable=one.category in LOCKABLE,
        is_computer=one.category in COMPUTERS,
    )


def _state(one: Device, states: list[queries.MediumState]) -> Sentence:
    """The device's state in one sentence: the first thing that bars it."""
    if one.safety_stop:
        return Sentence(N_("Arrêt de sécurité : il ne circule pas."))
    left = [state for state in states if state.waits]
    if left and all(state.pending for state in left):
        return Sentence(N_("Attend la confirmation d'une seconde personne."))
    if one.category in ALWAYS_HOLDS and (left or not states) and one.status in AT_THE_BENCH:
        return Sentence(N_("Réinitialisez-le, puis déclarez-le ; une autre personne confirme."))
    for name, status in (("clear", "to_wipe"), ("make_available", "wiped")):
        reason = barred(MOVES[name], status, one.facts)
        if reason is not None and one.status in AT_THE_BENCH:
            return Sentence(reason.reason, reason.params)
    return Sentence(N_("Tout est fait : il peut devenir disponible.") if one.status == "wiped" else one.state.label)


def _next_steps(one: Device, states: list[queries.MediumState], checklist: bench.Checklist) -> list[Button]:
    """What to do next, the first step first; only what this person may open."""
    found = []
    pending = next((state.pending for state in states if state.pending), None)
    if pending is not None:
        found.append(_link("wiping.pending", N_("Confirmer ou refuser"), "check-lg", address=pending.address))
    elif one.category in ALWAYS_HOLDS and (not states or any(state.waits for state in states)):
        found.append(_link("wiping.declare_memory", N_("Déclarer la réinitialisation"), "eraser", tag=one.tag))
    elif barred(MOVES["clear"], "to_wipe", replace(one.facts, category="laptop")) and one.category in HOLDS_DATA:
        found.append(
            _link("drops.drop", N_("Déposer une capture ou un journal"), "file-earmark-arrow-up", appareil=one.tag)
        )
    reason = barred(MOVES["clear"], "to_wipe", one.facts)
    if reason is not None and reason.code == "locks_unchecked":
        found.append(_link("wiping.locks", N_("Contrôler les verrous"), "lock", tag=one.tag))
    if reason is None and one.category in COMPUTERS and system_installed(one.facts):
        found.append(_link("bench.system", N_("Système installé"), "laptop", tag=one.tag))
    if checklist.untested or graded(one.facts):
        found.append(_link("bench.check", N_("Contrôler et grader"), "check-lg", tag=one.tag))
    return [button for button in found if button is not None]


def _link(endpoint: str, label: str, icon: str, **values: Any) -> Button | None:
    return Button(label, url_for(endpoint, **values), icon=icon) if may_open(endpoint) else None


def _buttons(one: Device, steps: list[Button]) -> list[Button]:
    """The next steps, then « rendre disponible » or « réparé » with the reason when it is barred."""
    if not may_open("bench.make_move"):
        return steps
    if one.status == "in_repair" and not bench.open_repairs(one):
        cleared = barred(MOVES["end_repair"], one.status, one.facts) is None
        return [_move(one, "end_repair" if cleared else "end_repair_unwiped"), *steps]
    if one.status not in MOVES["make_available"].sources:
        return steps
    ready = _move(one, "make_available")
    return [*steps, ready] if ready.barred_reason else [ready]


def _others(one: Device) -> list[Button]:
    """Moves that are seldom the next step."""
    if not may_open("bench.make_move"):
        return []
    found = [_move(one, name) for name in ("withdraw", "dismantle", "discard") if one.status in MOVES[name].sources]
    if one.status in MOVES["start_repair"].sources:
        found.insert(0, Button(MOVES["start_repair"].label, url_for("bench.repair", tag=one.tag), icon="tools"))
    return found


def _move(one: Device, name: str) -> Button:
    assert name in MADE_HERE
    chosen = MOVES[name]
    reason = barred(chosen, one.status, one.facts)
    return Button(
        chosen.label,
        url_for("bench.make_move", tag=one.tag, name=name),
        "post",
        say(Sentence(reason.reason, reason.params)) if reason else "",
    )
