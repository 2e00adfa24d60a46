"""The life of a prescription, the points of the waiting list, and what fits whom: pure data and functions.

No score refuses anyone: points order the list and are shown line by line; a person decides.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

N_ = str


@dataclass(frozen=True)
class State:
    """Where a prescription stands."""

    code: str
    label: str
    tone: str
    icon: str
    open: bool = True


STATES: Mapping[str, State] = {
    state.code: state
    for state in (
        State("draft", N_("brouillon"), "neutral", "pencil"),
        State("submitted", N_("envoyée"), "waits", "send"),
        State("incomplete", N_("information manquante"), "waits", "question-circle"),
        State("waiting", N_("en attente"), "waits", "hourglass-split"),
        State("proposed", N_("proposée"), "waits", "bookmark"),
        State("appointment", N_("rendez-vous fixé"), "waits", "calendar-check"),
        State("served", N_("servie"), "ready", "check-circle", open=False),
        State("refused", N_("refusée"), "refused", "x-circle", open=False),
        State("redirected", N_("réorientée"), "ended", "signpost-2", open=False),
        State("cancelled", N_("annulée"), "ended", "slash-circle", open=False),
    )
}

PRESCRIBERS = ("prescriber",)
DECIDES = ("coordinator",)
EITHER = ("prescriber", "coordinator")
TABLE = ("shift", "coordinator")


@dataclass(frozen=True)
class Step:
    """One way from states to a state, and who may take it."""

    name: str
    sources: frozenset[str]
    target: str
    roles: tuple[str, ...]
    label: str


ACCEPTED = frozenset({"waiting", "proposed", "appointment"})
STEPS: Mapping[str, Step] = {
    step.name: step
    for step in (
        Step("submit", frozenset({"draft", "incomplete"}), "submitted", PRESCRIBERS, N_("Envoyer")),
        Step("ask_information", frozenset({"submitted"}), "incomplete", DECIDES, N_("Demander une information")),
        Step("accept", frozenset({"submitted"}), "waiting", DECIDES, N_("Accepter")),
        Step("refuse", frozenset({"submitted", "waiting"}), "refused", DECIDES, N_("Refuser")),
        Step("redirect", frozenset({"submitted", "waiting"}), "redirected", DECIDES, N_("Réorienter")),
        Step("propose", frozenset({"waiting", "proposed", "appointment"}), "proposed", DECIDES, N_("Proposer")),
        Step(
            "withdraw",
            frozenset({"proposed", "appointment"}),
            "waiting",
            (*EITHER, "shift"),
            N_("Retirer la proposition"),
        ),
        Step("fix", frozenset({"proposed", "appointment"}), "appointment", DECIDES, N_("Fixer un rendez-vous")),
        Step("miss", frozenset({"appointment"}), "waiting", DECIDES, N_("Absent au rendez-vous")),
        Step("serve", ACCEPTED, "served", TABLE, N_("Servir")),
        Step("serve_part", ACCEPTED, "waiting", TABLE, N_("Servir en partie")),
        Step("unserve", frozenset({"served"}), "waiting", TABLE, N_("Annuler la remise")),
        Step("cancel", frozenset({"draft", "submitted", "incomplete", "waiting"}), "cancelled", EITHER, N_("Annuler")),
    )
}

REASONS: Mapping[str, str] = {
    "out_of_territory": N_("hors du territoire"),
    "criterion": N_("aucun critère ne s'applique"),
    "already_equipped": N_("déjà équipé"),
    "other_aid": N_("une autre aide convient mieux"),
    "not_reachable": N_("personne injoignable"),
    "asked": N_("à la demande de la personne"),
}
NEEDS: Mapping[str, str] = {
    "rights": N_("Démarches et droits"),
    "school": N_("Scolarité"),
    "training": N_("Formation, recherche d'emploi"),
    "work": N_("Travail"),
    "health": N_("Rendez-vous et suivi en ligne"),
    "ties": N_("Garder le lien"),
}
URGENCIES: Mapping[str, tuple[str, int]] = {
    "none": (N_("Pas d'échéance"), 0),
    "month": (N_("Échéance dans le mois"), 20),
    "week": (N_("Échéance dans la semaine"), 40),
}
CRITERIA: Mapping[str, str] = {
    "minimum_income": N_("Perçoit un minimum social"),
    "low_quotient": N_("Quotient familial sous le plafond"),
    "job_seeker": N_("En recherche d'emploi"),
    "student": N_("Élève ou étudiant boursier"),
    "assessed": N_("Situation évaluée par le prescripteur"),
}
FOR_WHOM: Mapping[str, str] = {
    "adult": N_("un adulte"),
    "child": N_("un enfant scolarisé"),
    "household": N_("tout le foyer"),
}
WANTED = ("laptop", "desktop", "tablet", "smartphone", "monitor", "printer", "router")

POINTS_PER_SCHOOLED_CHILD = 5
MOST_SCHOOLED_POINTS = 15
POINTS_WITHOUT_DEVICE = 10


@dataclass(frozen=True)
class Case:
    """What the order of the waiting list looks at: nothing that names anybody."""

    submitted_on: date
    urgency: str
    schooled_children: int
    devices_at_home: int | None


@dataclass(frozen=True)
class Reason:
    """One line of the explanation: words, their parameters, points."""

    text: str
    params: Mapping[str, int]
    points: int


def priority(case: Case, today: date) -> list[Reason]:
    """The lines that make a case's place: waiting time (a point a day), deadline, schooled children, no device."""
    days = max((today - case.submitted_on).days, 0)
    reasons = [Reason(N_("%(days)d jours d'attente"), {"days": days}, days)]
    label, points = URGENCIES[case.urgency]
    if points:
        reasons.append(Reason(label, {}, points))
    if case.schooled_children:
        points = min(case.schooled_children * POINTS_PER_SCHOOLED_CHILD, MOST_SCHOOLED_POINTS)
        reasons.append(Reason(N_("%(children)d enfants scolarisés"), {"children": case.schooled_children}, points))
    if case.devices_at_home == 0:
        reasons.append(Reason(N_("Aucun appareil en état à la maison"), {}, POINTS_WITHOUT_DEVICE))
    return reasons


def total(reasons: Sequence[Reason]) -> int:
    """The points of an explanation: exactly what orders the list."""
    return sum(reason.points for reason in reasons)


GIB = 2**30
MEMORY_WANTED: Mapping[str, int] = {"rights": 4, "school": 8, "training": 8, "work": 8, "health": 4, "ties": 4}
"""Memory in GiB that each need asks of a computer (the association's leaflet « bien choisir »)."""


@dataclass(frozen=True)
class Candidate:
    """What matching looks at in an available device."""

    category: str
    memory_bytes: int | None
    grade: str | None
    days_available: int


@dataclass(frozen=True)
class Fit:
    """How well a device suits: what speaks for it, what it lacks; the smaller `rank`, the better."""

    rank: tuple[int, int, int]
    reasons: tuple[Reason, ...]
    lacks: tuple[Reason, ...]


def fit(candidate: Candidate, category: str, need: str) -> Fit | None:
    """How a device suits a line, or None when it is of another kind.

    Enough memory first, then the least too much of it, then the one that has waited longest on its shelf.
    """
    if candidate.category != category:
        return None
    wanted = MEMORY_WANTED[need] if category in ("laptop", "desktop") else 0
    memory = round((candidate.memory_bytes or 0) / GIB)
    counted = {"memory": memory, "wanted": wanted}
    reasons, lacks = [], []
    if wanted and memory >= wanted:
        reasons.append(Reason(N_("%(memory)d Go de mémoire, %(wanted)d suffisent"), counted, 0))
    elif wanted:
        lacks.append(Reason(N_("%(memory)d Go de mémoire, %(wanted)d conseillés"), counted, 0))
    reasons.append(Reason(N_("disponible depuis %(days)d jours"), {"days": candidate.days_available}, 0))
    return Fit((len(lacks), max(memory - wanted, 0), -candidate.days_available), tuple(reasons), tuple(lacks))
