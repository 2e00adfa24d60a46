"""The workbench: what waits there, and one device with its media, evidence, captures, control and next steps.

These pages gather the bench and the erasures, so they stand in the later of the two stages.
"""

from dataclasses import dataclass

from flask import Blueprint, request, url_for
from flask_login import current_user

from reemploi.bench import queries as bench
from reemploi.bench.actions import HELPERS
from reemploi.bench.checklists import OUTCOMES
from reemploi.bench.kept_sentences import told
from reemploi.bench.views import MADE_HERE, fault_of
from reemploi.journey.models import Device
from reemploi.journey.queries import device_by_tag
from reemploi.journey.rules import CATEGORIES, COMPUTERS, LOCKABLE, MOVES, barred
from reemploi.people.queries import member_names
from reemploi.roles import BENCH, Role
from reemploi.sentences import N_, Sentence
from reemploi.web.access import open_to
from reemploi.web.border import Page
from reemploi.web.wording import say
from reemploi.wiping import queries, waiting
from reemploi.wiping.inspection import ALWAYS_HOLDS, locks_left
from reemploi.wiping.locks import LOCKS
from reemploi.wiping.locks import OUTCOMES as LOCK_OUTCOMES
from reemploi.wiping.methods import LEVELS, METHODS

blueprint = Blueprint("workbench", __name__)
SEES = (*HELPERS, Role.TRAINEE)


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
        buttons=_buttons(one),
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
    for target in ("clear", "make_available"):
        reason = barred(MOVES[target], "to_wipe" if target == "clear" else "wiped", one.facts)
        if reason is not None and one.status in ("received", "returned", "to_wipe", "wiped", "in_repair"):
            return Sentence(reason.reason, reason.params)
    return Sentence(N_("Tout est fait : il peut devenir disponible.") if one.status == "wiped" else one.state.label)


def _buttons(one: Device) -> list[Button]:
    """The next steps this person may take, in the order of the work; barred ones keep their reason."""
    roles = frozenset(current_user.roles)
    found = [_button(one, name) for name in ("make_available",) if one.status in MOVES[name].sources]
    if one.status == "in_repair" and not bench.open_repairs(one):
        cleared = barred(MOVES["end_repair"], one.status, one.facts) is None
        found.append(_button(one, "end_repair" if cleared else "end_repair_unwiped"))
    if one.status in MOVES["start_repair"].sources:
        found.append(Button(MOVES["start_repair"].label, url_for("bench.repair", tag=one.tag), icon="tools"))
    found += [_button(one, name) for name in ("withdraw", "dismantle", "discard") if one.status in MOVES[name].sources]
    return found if roles & set(BENCH) else []


def _button(one: Device, name: str) -> Button:
    assert name in MADE_HERE
    chosen = MOVES[name]
    reason = barred(chosen, one.status, one.facts)
    return Button(
        chosen.label,
        url_for("bench.make_move", tag=one.tag, name=name),
        "post",
        say(Sentence(reason.reason, reason.params)) if reason else "",
    )
