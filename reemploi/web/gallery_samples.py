"""Invented people, devices and answers for the gallery of components."""

from dataclasses import dataclass, field
from typing import Any

from reemploi.roles import Role
from reemploi.web.menu import MenuEntry, MenuSection

THEMES = ("light", "dark")


@dataclass(frozen=True)
class Status:
    """A status as components need it."""

    code: str
    label: str
    tone: str
    icon: str


STATUSES = (
    Status("to_wipe", "à effacer", "waits", "eraser"),
    Status("lent", "prêté", "in_hands", "house-heart"),
    Status("available", "disponible", "ready", "check-circle"),
    Status("in_repair", "en réparation", "repair", "tools"),
    Status("weee", "déchet (DEEE)", "ended", "recycle"),
    Status("refused", "refusée", "refused", "x-octagon"),
    Status("received", "reçu", "neutral", "inbox"),
)
TO_WIPE, LENT, AVAILABLE, IN_REPAIR, WASTE, REFUSED, RECEIVED = STATUSES


@dataclass(frozen=True)
class Person:
    """Somebody signed in."""

    name: str = "Jeanne Carpentier"
    email: str = "jeanne@exemple.fr"
    association_name: str = "Les Ordis du Coin"
    roles: tuple[Role, ...] = (Role.COORDINATOR, Role.TECHNICIAN)


PERSON = Person()
REFUSAL = "Ce portable est réservé pour une autre prescription depuis ce matin. Choisissez-en un autre dans la liste."


def _entry(label: str, icon: str, key: str, *, active: bool = False, count: int | None = None) -> MenuEntry:
    return MenuEntry(label, "/composants", icon, key, active, count)


MENU = [
    MenuSection(
        "Aujourd'hui",
        [
            _entry("Accueil", "house-door", "a"),
            _entry("Poste de lecture", "upc-scan", "p"),
        ],
    ),
    MenuSection(
        "Atelier",
        [
            _entry("Arrivages", "truck", "r"),
            _entry("Appareils", "laptop", "d", active=True),
            _entry("Effacement", "eraser", "e", count=12),
            _entry("Réparations", "tools", "t", count=3),
            _entry("Étiquettes", "tag", "l"),
        ],
    ),
    MenuSection(
        "Familles",
        [
            _entry("Prescriptions", "clipboard-check", "f", count=8),
            _entry("Rendez-vous", "calendar-event", "v"),
            _entry("Remises et retours", "arrow-left-right", "m"),
        ],
    ),
    MenuSection("Suivi", [_entry("Bilans", "bar-chart", "b"), _entry("Donateurs", "gift", "o")]),
]

CARDS: tuple[dict[str, Any], ...] = (
    {
        "label": "Prescriptions à étudier",
        "url": "#main",
        "count": 8,
        "icon": "clipboard-check",
        "tone": "waits",
        "sentence": "La plus ancienne attend depuis 6 jours.",
    },
    {
        "label": "Remises aujourd'hui",
        "url": "#main",
        "count": 5,
        "icon": "calendar-event",
        "tone": "in_hands",
        "sentence": "La prochaine est à 14 h 30.",
    },
    {"label": "Prêts en retard", "url": "#main", "count": "99+", "icon": "alarm", "tone": "waits"},
    {"label": "Appareils à effacer", "url": "#main", "count": 12, "icon": "eraser", "tone": "waits"},
    {"label": "Disponibles à proposer", "url": "#main", "count": 23, "icon": "check-circle", "tone": "ready"},
    {"label": "Pannes à prendre", "url": "#main", "count": 0, "icon": "tools", "tone": "repair"},
)

MOVES: tuple[dict[str, Any], ...] = (
    {"label": "Remettre l'appareil", "url": "#main", "barred_reason": None, "icon": "arrow-right"},
    {"label": "Déplacer", "url": "#main", "barred_reason": None, "icon": "geo-alt"},
    {"label": "Mettre en réparation", "url": "#main", "barred_reason": None, "icon": "tools"},
    {"label": "Déclarer perdu ou volé", "url": "#main", "barred_reason": None, "kind": "danger"},
    {
        "label": "Déclarer pour pièces",
        "url": "#main",
        "barred_reason": "il est réservé pour une prescription ; libérez-le d'abord.",
    },
)

TIMELINE: tuple[dict[str, Any], ...] = (
    {
        "when": "hier, 16 h 12",
        "full_when": "mardi 3 novembre 2026 à 16 h 12",
        "datetime": "2026-11-03T16:12",
        "sentence": "Réservé pour la prescription P-2026-118.",
        "actor": "Jeanne Carpentier",
        "tone": "in_hands",
        "icon": "bookmark",
    },
    {
        "when": "2 nov., 10 h 40",
        "sentence": "Mis à disposition, grade B, Linux Mint 22 en français.",
        "actor": "Yann Morvan, atelier du Port",
        "tone": "ready",
        "icon": "check-circle",
    },
    {
        "when": "2 nov., 9 h 05",
        "sentence": "Effacement du disque Samsung 870 EVO accepté : nwipe, une passe, vérifié.",
        "actor": "Yann Morvan",
        "tone": "ready",
        "icon": "shield-check",
        "details": [("Méthode", "PRNG, une passe"), ("Vérification", "dernière passe, 0 erreur"), ("Durée", "41 min")],
    },
    {
        "when": "29 oct., 15 h 30",
        "sentence": "Batterie changée contre une pièce du stock.",
        "actor": "Amina Haddad",
        "tone": "repair",
        "icon": "tools",
    },
    {
        "when": "28 oct., 11 h 02",
        "sentence": "Reçu dans l'arrivage A-2026-031, mairie de Port-Blanc.",
        "actor": "Louis Perrot",
        "tone": "neutral",
        "icon": "inbox",
    },
    {"when": "27 oct.", "sentence": "Annoncé par la mairie de Port-Blanc.", "actor": "", "tone": "neutral", "icon": ""},
)

FACTS = (
    ("Numéro de série", "5RFDP01"),
    ("Processeur", "Intel Core i5-4310M"),
    ("Mémoire", "8 Go"),
    ("Stockage", "SSD de 240 Go, effacé le 2 novembre 2026"),
    ("Grade", "B : traces d'usage, tout fonctionne"),
    ("Chargeur", "avec lui"),
    ("Emplacement", "Atelier du Port, étagère C3"),
    ("Remarque", None),
)

DEVICES: tuple[dict[str, Any], ...] = (
    {
        "tag": "1407288158",
        "name": "Portable Dell Latitude E6440",
        "status": AVAILABLE,
        "since": "2 j",
        "weight": "2,3",
        "why": "Réservable, rien ne manque.",
        "facts": ("8 Go", "SSD 240 Go", "grade B"),
    },
    {
        "tag": "2093317460",
        "name": "Fixe HP ProDesk 600 G2 SFF avec un nom de modèle fort long",
        "status": TO_WIPE,
        "since": "12 j",
        "weight": "6,1",
        "why": "Deux disques, aucun effacement accepté.",
        "facts": ("4 Go", "HDD 500 Go", "HDD 1 To"),
    },
    {
        "tag": "3310054927",
        "name": "Tablette Samsung Galaxy Tab A8",
        "status": IN_REPAIR,
        "since": "3 sem.",
        "weight": "0,5",
        "why": "Attend une vitre commandée le 19 octobre.",
        "facts": ("3 Go", "grade C"),
    },
    {
        "tag": "1120459966",
        "name": "Portable Lenovo ThinkPad L470",
        "status": LENT,
        "since": "5 mois",
        "weight": "1,9",
        "why": "Échéance dépassée de 3 jours.",
        "facts": ("8 Go", "SSD 256 Go", "grade A"),
    },
)

BARS = (
    {"label": "Disponibles", "value": 23, "tone": "ready"},
    {"label": "Prêtés", "value": 118, "tone": "in_hands"},
    {"label": "À effacer", "value": 12, "tone": "waits"},
    {"label": "En réparation", "value": 3, "tone": "repair"},
    {"label": "Déchets", "value": 41, "tone": "ended"},
)

MONTHS = tuple(
    {"label": label, "value": value}
    for label, value in (("juin", 14), ("juil.", 9), ("août", 2), ("sept.", 21), ("oct.", 31), ("nov.", 18))
)

COUNTS = (
    ("done", "Faits", 27, "ready", "check-circle-fill"),
    ("attention", "À regarder", 2, "waits", "exclamation-triangle-fill"),
    ("refused", "Refusés", 1, "refused", "x-octagon-fill"),
    ("waiting", "En attente du réseau", 0, "neutral", "cloud-slash"),
)


@dataclass(frozen=True)
class Scan:
    """One row of the desk."""

    code: str
    device: str
    outcome: str
    tone: str
    icon: str
    next_step: str = ""
    choices: tuple[str, ...] = field(default=())


SCANS = (
    Scan("1 4072 8815 8", "Portable Dell Latitude E6440", "Rangé en C3", "ready", "check-circle-fill", "Au suivant."),
    Scan(
        "2 0933 1746 0",
        "Fixe HP ProDesk 600 G2",
        "Refusé : un disque n'est pas effacé",
        "refused",
        "x-octagon-fill",
        "Ramenez-le à l'effacement.",
    ),
    Scan(
        "PF0XKQ7R",
        "",
        "Numéro inconnu",
        "waits",
        "question-circle",
        "Nouvel appareil, ou étiquette à coller ?",
        ("Créer", "Étiqueter"),
    ),
    Scan("1 1204 5996 6", "Portable Lenovo ThinkPad L470", "Déjà compté dans cette série", "neutral", "dash-circle"),
    Scan(
        "3 3100 5492 7",
        "Tablette Samsung Galaxy Tab A8",
        "Attend le réseau",
        "in_hands",
        "cloud-slash",
        "Sera envoyé tout seul.",
    ),
)
