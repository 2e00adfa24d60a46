"""How the journal tells each kind of row in the timeline; moves carry their own story in the rule book."""

from collections.abc import Mapping

from reemploi.journey.models import Event
from reemploi.journey.rules import MOVES, STATUSES
from reemploi.sentences import N_, Sentence

STORIES: Mapping[str, str] = {
    "enter": N_("Entré dans l'arrivage %(delivery)s."),
    "described": N_("Description complétée."),
    "captured": N_("Capture lue (%(tool)s)."),
    "medium_seen": N_("Support vu : %(name)s."),
    "medium_cleared": N_("Effacement accepté : %(name)s, %(method)s."),
    "medium_left": N_("Support parti dans un autre appareil : %(name)s."),
    "medium_removed": N_("Support retiré : %(name)s."),
    "medium_destroyed": N_("Support détruit : %(name)s."),
    "evidence_refused": N_("Preuve d'effacement refusée : %(name)s."),
    "wipe_declared": N_("Déclaré, attend une seconde personne : %(name)s, %(method)s."),
    "no_storage": N_("Absence de support de stockage constatée."),
    "locks_off": N_("Verrous de compte contrôlés et levés."),
    "locks_found": N_("Verrous contrôlés : il en reste à lever."),
    "checked": N_("Contrôle : %(passed)s lignes bonnes, %(failed)s défauts."),
    "repair_opened": N_("Réparation ouverte."),
    "repair_done": N_("Réparation terminée (%(minutes)s min)."),
    "graded": N_("Grade %(grade)s."),
    "system_installed": N_("Système installé : %(name)s %(version)s."),
    "safety_stop": N_("Arrêt de sécurité."),
    "safety_lifted": N_("Arrêt de sécurité levé."),
    "labelled": N_("Étiquette imprimée."),
    "placed": N_("Rangé : %(place)s."),
    "report_opened": N_("Problème signalé (ticket %(ticket)s)."),
    "left_for_repair": N_("Laissé en réparation (ticket %(ticket)s)."),
    "back_to_holder": N_("Rendu au même détenteur (ticket %(ticket)s)."),
    "ticket_closed": N_("Ticket %(ticket)s clos."),
    "renewed": N_("Prêt prolongé jusqu'au %(due_on)s (remise %(handover)s)."),
    "signed": N_("Convention signée (remise %(handover)s)."),
}


WORDED = frozenset({"method"})
"""Facts that hold a source text of ours: told in the reader's language."""


class _Known(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "—"


def story(event: Event) -> Sentence:
    """The row as a sentence in the past tense."""
    text = MOVES[event.kind].story if event.kind in MOVES else STORIES[event.kind]
    facts = {name: Sentence(value) if name in WORDED and value else value for name, value in event.facts.items()}
    return Sentence(text, _Known(facts))


def tone(event: Event) -> str:
    """The colour of the row's dot: that of the status it led to, neutral for a fact."""
    return STATUSES[event.to_status].tone if event.to_status else "neutral"


def icon(event: Event) -> str:
    """The icon of the row."""
    return STATUSES[event.to_status].icon if event.to_status else "circle"
