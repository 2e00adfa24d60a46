"""Tables of intake: the law that each kind of donor brings, ways of sorting, what a code may come to at the door."""

from collections.abc import Mapping
from dataclasses import dataclass

from reemploi.sentences import N_

# A school's or a social centre's equipment is taken as public, the stricter law; the person may choose otherwise.
ORIGIN_OF_DONOR: Mapping[str, str] = {
    "company": "company_gift",
    "public_body": "public_free_transfer",
    "individual": "private_gift",
    "association": "company_gift",
    "school": "public_free_transfer",
    "social_action": "public_free_transfer",
    "other": "company_gift",
}

# General code of public property, L.3212-2 3° and L.3212-3: see the page on documents and law.
CONSEQUENCES: Mapping[str, str] = {
    "bought": N_("L'appareil appartient à l'association : prêt, don et vente sont possibles."),
    "private_gift": N_(
        "Prêt, don et vente sont possibles. Un reçu fiscal demande une valeur déclarée par le donateur."
    ),
    "company_gift": N_(
        "Prêt, don et vente sont possibles. Un reçu fiscal demande une valeur déclarée par l'entreprise."
    ),
    "public_free_transfer": N_(
        "Bien public cédé gratuitement : prêt et don sont possibles ; la revente est interdite, sauf aux associations "
        "habilitées et sous un prix plafond."
    ),
    "public_sale": N_("Acheté à un service public : prêt, don et vente sont possibles."),
    "loan_deposit": N_("Déposé : l'appareil reste à son propriétaire ; il peut être prêté, ni donné ni vendu."),
}

ENTERED_AS: Mapping[str, str] = {
    "donation": N_("Don, en vue du réemploi"),
    "waste": N_("Déchet, en vue de la réutilisation"),
}

OUTCOMES: Mapping[str, str] = {
    "kept": N_("Gardé"),
    "waste": N_("Déchet"),
    "parts": N_("Pour pièces"),
    "given_back": N_("Rendu au donateur"),
    "refused": N_("Refusé"),
}

DECISIONS: Mapping[str, str] = {
    "open": N_("à décider"),
    "accepted": N_("acceptée"),
    "refused": N_("refusée"),
}


@dataclass(frozen=True)
class ScanOutcome:
    """What came of a code at the door: its sentence, tone and icon, and what a person may choose when it stays open.

    Choices: `again` (take it back under its tag), `new` (another machine), `as_read` (the serial read through another
    keyboard), `seen` (put the row away).
    """

    sentence: str
    tone: str
    icon: str
    choices: tuple[str, ...] = ()


SCANS: Mapping[str, ScanOutcome] = {
    "received": ScanOutcome(N_("Reçu."), "ready", "check-circle"),
    "nameless": ScanOutcome(N_("Reçu. Numéro de série générique : laissé vide."), "ready", "check-circle"),
    "without_serial": ScanOutcome(N_("Reçu, sans numéro de série."), "ready", "check-circle"),
    "announced": ScanOutcome(N_("Reçu : il était annoncé."), "ready", "check-circle"),
    "again": ScanOutcome(N_("Reçu à nouveau, sous le même numéro."), "ready", "arrow-return-left"),
    "already": ScanOutcome(N_("Déjà reçu dans cette série : pas compté deux fois."), "in_hands", "check-circle"),
    "in_house": ScanOutcome(
        N_("Déjà en stock : %(status)s. Rien n'a changé. S'il vient bien d'arriver, vérifiez l'étiquette."),
        "waits", "exclamation-triangle", ("new", "seen")),
    "in_hands": ScanOutcome(
        N_("Il est %(status)s : ce n'est pas un don. Reprenez-le d'abord depuis sa fiche."),
        "waits", "exclamation-triangle", ("new", "seen")),
    "lost": ScanOutcome(
        N_("Déclaré perdu ou volé : mettez-le de côté et prévenez le coordinateur. « Retrouvé » est sur sa fiche."),
        "refused", "question-circle", ("new", "seen")),
    "ended": ScanOutcome(
        N_("Une machine avec ce numéro de série était sortie (%(status)s). Est-ce la même ?"),
        "waits", "question-circle", ("again", "new", "seen")),
    "too_early": ScanOutcome(
        N_("Son dernier passage est après la date de cet arrivage. Corrigez la date de l'arrivage, puis recommencez."),
        "refused", "calendar-x", ("again", "seen")),
    "several": ScanOutcome(
        N_("Plusieurs appareils répondent à ce code, ou ce sont les derniers chiffres d'une étiquette. "
           "Scannez l'étiquette entière."),
        "waits", "question-circle", ("new", "seen")),
    "mangled": ScanOutcome(
        N_("Votre lecteur tape comme un clavier américain. Nous lisons %(serial)s : est-ce bien le numéro ?"),
        "waits", "keyboard", ("as_read", "seen")),
    "unknown_tag": ScanOutcome(
        N_("Cette étiquette n'est pas d'ici. Scannez le numéro de série du fabricant."),
        "refused", "x-octagon", ("seen",)),
    "not_a_device": ScanOutcome(
        N_("Ce code n'est pas celui d'un appareil (lieu, badge, convention ou commande)."),
        "refused", "x-octagon", ("seen",)),
    "link": ScanOutcome(
        N_("C'est le QR de l'étiquette. Scannez son code-barres, ou tapez ses dix chiffres."),
        "refused", "x-octagon", ("seen",)),
    "product": ScanOutcome(
        N_("C'est un numéro de produit, le même pour tout le modèle. Scannez l'autre code, marqué S/N."),
        "refused", "x-octagon", ("seen",)),
    "unreadable": ScanOutcome(
        N_("Rien de lisible : au moins quatre lettres ou chiffres. Recommencez, ou recevez-le sans numéro de série."),
        "refused", "x-octagon", ("seen",)),
}  # fmt: skip

CHOICES: Mapping[str, str] = {
    "again": N_("Recevoir à nouveau, sous le même numéro"),
    "new": N_("C'est une autre machine"),
    "as_read": N_("Oui, et pour toute la série"),
    "seen": N_("Vu, ranger la ligne"),
}

COUNTED = frozenset({"received", "nameless", "without_serial", "announced", "again"})
"""Outcomes by which one more device is here."""
