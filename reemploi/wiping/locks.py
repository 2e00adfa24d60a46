"""The locks of phones and tablets: what is looked at before one may leave. Pure data and one judgement."""

from collections.abc import Mapping
from dataclasses import dataclass

from reemploi.sentences import N_

PASS, FAIL, NOT_APPLICABLE, UNVERIFIABLE = "pass", "fail", "not_applicable", "unverifiable"
OUTCOMES: Mapping[str, str] = {
    PASS: N_("levé, vérifié"),
    FAIL: N_("encore là"),
    NOT_APPLICABLE: N_("sans objet"),
    UNVERIFIABLE: N_("non vérifiable"),
}


@dataclass(frozen=True)
class Lock:
    """One line: `blocking` ones must be lifted or without object; `always` ones cannot be without object."""

    code: str
    label: str
    blocking: bool = True
    always: bool = False


LOCKS: tuple[Lock, ...] = (
    Lock("assistant", N_("L'assistant de première configuration s'affiche, sans demande d'ancien compte"), always=True),
    Lock("icloud", N_("Verrou iCloud (Localiser)")),
    Lock("google", N_("Verrou Google (FRP)")),
    Lock("mdm", N_("Gestion à distance : MDM, école, entreprise, Knox")),
    Lock("cards", N_("Carte SIM, eSIM et carte mémoire retirées"), always=True),
    Lock("sim_lock", N_("Verrou opérateur (SIM)"), blocking=False),
    Lock("blacklist", N_("IMEI absent des listes de vol"), blocking=False),
)


def still_locked(lines: Mapping[str, str]) -> list[Lock]:
    """The blocking lines that do not let the device go, in the order of the list."""
    return [
        lock
        for lock in LOCKS
        if lock.blocking and lines.get(lock.code) != PASS and (lock.always or lines.get(lock.code) != NOT_APPLICABLE)
    ]
