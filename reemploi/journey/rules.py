"""The rule book: every status, every move, and what a move needs. Pure data and pure functions.

It feeds the buttons, the desk, the interface for programs, the help page's diagram and the tests. Texts are French
source texts (`N_` marks them for the catalogue).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

N_ = str


@dataclass(frozen=True)
class Status:
    """Where a device stands; tone and icon are the same wherever the status is shown."""

    code: str
    label: str
    tone: str
    icon: str
    in_stock: bool = False
    in_hands: bool = False
    ended: bool = False


STATUSES: Mapping[str, Status] = {
    status.code: status
    for status in (
        Status("announced", N_("annoncé"), "neutral", "megaphone"),
        Status("received", N_("reçu"), "waits", "box-arrow-in-down", in_stock=True),
        Status("to_wipe", N_("à effacer"), "waits", "eraser", in_stock=True),
        Status("wiped", N_("effacé"), "waits", "shield-check", in_stock=True),
        Status("in_repair", N_("en réparation"), "repair", "tools", in_stock=True),
        Status("available", N_("disponible"), "ready", "check-circle", in_stock=True),
        Status("reserved", N_("réservé"), "waits", "bookmark", in_stock=True),
        Status("in_transit", N_("en transit"), "waits", "truck", in_stock=True),
        Status("lent", N_("prêté"), "in_hands", "person-check", in_hands=True),
        Status("assigned", N_("affecté"), "in_hands", "building", in_hands=True),
        Status("returned", N_("rendu"), "waits", "arrow-return-left", in_stock=True),
        Status("given", N_("donné"), "ended", "gift", ended=True),
        Status("sold", N_("vendu"), "ended", "cash-coin", ended=True),
        Status("for_parts", N_("pour pièces"), "ended", "nut", ended=True),
        Status("waste", N_("déchet (DEEE)"), "ended", "recycle", ended=True),
        Status("lost", N_("perdu ou volé"), "refused", "question-circle", ended=True),
        Status("given_back", N_("rendu au donateur"), "ended", "reply", ended=True),
        Status("ceded", N_("cédé à une autre association"), "ended", "arrow-left-right", ended=True),
    )
}

IN_HOUSE = frozenset({"received", "to_wipe", "wiped", "in_repair", "available", "returned"})
AT_HAND = frozenset({"available", "reserved"})
OUT = frozenset({"lent", "assigned"})
ENDED = frozenset(code for code, status in STATUSES.items() if status.ended)

CATEGORIES: Mapping[str, str] = {
    "laptop": N_("Portable"),
    "desktop": N_("Fixe"),
    "all_in_one": N_("Tout-en-un"),
    "tablet": N_("Tablette"),
    "smartphone": N_("Smartphone"),
    "basic_phone": N_("Téléphone"),
    "monitor": N_("Écran"),
    "printer": N_("Imprimante"),
    "router": N_("Routeur 4G"),
    "accessory": N_("Accessoire"),
}
COMPUTERS = frozenset({"laptop", "desktop", "all_in_one"})
LOCKABLE = frozenset({"tablet", "smartphone"})
HOLDS_DATA = COMPUTERS | LOCKABLE | {"basic_phone"}
MAY_HOLD_DATA = frozenset({"printer", "router"})
LEGAL_ORIGINS: Mapping[str, str] = {
    "bought": N_("acheté"),
    "private_gift": N_("don d'un particulier"),
    "company_gift": N_("don d'une entreprise"),
    "public_free_transfer": N_("cession gratuite publique"),
    "public_sale": N_("vente publique"),
    "loan_deposit": N_("dépôt"),
}


CHARGERS: Mapping[str, str] = {
    "with_it": N_("arrivé avec lui"),
    "from_stock": N_("pris en stock"),
    "missing": N_("manquant"),
    "none_needed": N_("sans objet"),
}


@dataclass(frozen=True)
class MediumFacts:
    """What the guards know of one storage medium."""

    name: str
    cleared_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True)
class DeviceFacts:
    """What the guards know of a device: facts the journey holds, written by the stages."""

    category: str
    in_hands_at: datetime
    media: tuple[MediumFacts, ...] = ()
    no_storage_at: datetime | None = None
    declared_erased_at: datetime | None = None
    locks_off_at: datetime | None = None
    graded_at: datetime | None = None
    system_installed_at: datetime | None = None
    safety_stop: bool = False


@dataclass(frozen=True)
class Barred:
    """Why a move is barred, and what to do about it."""

    code: str
    reason: str
    params: Mapping[str, Any] = field(default_factory=dict)


Guard = Callable[[DeviceFacts], Barred | None]


def storage_cleared(device: DeviceFacts) -> Barred | None:
    """Promise 1: every known medium erased, destroyed or removed after its last time in hands, or none recorded."""
    since = device.in_hands_at
    if device.declared_erased_at and device.declared_erased_at >= since and not device.media:
        return None
    for medium in device.media:
        if medium.ended_at is None and (medium.cleared_at is None or medium.cleared_at <= since):
            return Barred(
                "medium_not_cleared",
                N_("Le support %(medium)s n'a pas d'effacement accepté. Déposez son rapport d'effacement à l'atelier."),
                {"medium": medium.name},
            )
    if device.category not in HOLDS_DATA | MAY_HOLD_DATA:
        return None
    if device.media or (device.no_storage_at and device.no_storage_at >= since):
        return None
    return Barred(
        "no_medium_known",
        N_(
            "Aucun support de stockage n'est connu. Déposez une capture (lshw), "
            "ou faites constater l'absence de support."
        ),
    )


def locks_off(device: DeviceFacts) -> Barred | None:
    """Promise 1, phones and tablets: account lock off, factory reset seen, SIM and memory card out."""
    if device.category not in LOCKABLE:
        return None
    if device.locks_off_at and device.locks_off_at >= device.in_hands_at:
        return None
    return Barred(
        "locks_unchecked",
        N_("Les verrous de compte ne sont pas contrôlés depuis le dernier usage. Remplissez le contrôle des verrous."),
    )


def graded(device: DeviceFacts) -> Barred | None:
    """Tested and graded since it was last in hands."""
    if device.graded_at and device.graded_at >= device.in_hands_at:
        return None
    return Barred("ungraded", N_("L'appareil n'a pas de grade. Terminez le contrôle et donnez un grade."))


def system_installed(device: DeviceFacts) -> Barred | None:
    """Computers need a system installed since they were last in hands."""
    if device.category not in COMPUTERS:
        return None
    if device.system_installed_at and device.system_installed_at >= device.in_hands_at:
        return None
    return Barred("no_system", N_("Aucun système n'est installé. Enregistrez le système installé."))


def safe(device: DeviceFacts) -> Barred | None:
    """No safety stop (a swollen battery, a bare wire)."""
    if not device.safety_stop:
        return None
    return Barred("safety_stop", N_("Arrêt de sécurité : cet appareil ne circule pas. Prévenez le technicien."))


CLEARED: tuple[Guard, ...] = (storage_cleared, locks_off)
READY: tuple[Guard, ...] = (safe, *CLEARED, graded, system_installed)

_BENCH = ("technician", "coordinator")
_DOOR = ("volunteer", "trainee", "technician", "storekeeper", "coordinator")
_SHELVES = ("volunteer", "technician", "storekeeper", "coordinator")
_TABLE = ("shift", "coordinator")
_HEAD = ("coordinator",)


@dataclass(frozen=True)
class Move:
    """One way from statuses to a status. No role: nobody presses it, the service does when the facts say so."""

    name: str
    sources: frozenset[str]
    target: str
    roles: tuple[str, ...]
    label: str
    story: str
    needs: tuple[Guard, ...] = ()
    help: str = ""
    from_hands: bool = False


def _m(
    name: str,
    sources: frozenset[str] | set[str],
    target: str,
    roles: tuple[str, ...],
    label: str,
    story: str,
    **more: Any,
) -> tuple[str, Move]:
    return name, Move(name, frozenset(sources), target, roles, label, story, **more)


MOVES: Mapping[str, Move] = dict(
    (
        _m("receive", {"announced"}, "received", _DOOR, N_("Recevoir"),
           N_("Reçu dans l'arrivage %(delivery)s."), from_hands=True),
        _m("re_enter", ENDED, "received", _DOOR, N_("Recevoir à nouveau"),
           N_("Revenu par l'arrivage %(delivery)s, sous le même numéro."), from_hands=True),
        _m("send_to_wipe", {"received", "returned", "in_repair", "wiped", "available"}, "to_wipe", (),
           N_("À effacer"), N_("Mis à effacer : un support peut contenir des données.")),
        _m("clear", {"received", "to_wipe"}, "wiped", (), N_("Effacé"),
           N_("Effacé : chaque support a sa preuve, ou il n'y en a pas."), needs=CLEARED),
        _m("start_repair", {"received", "to_wipe", "wiped", "available"}, "in_repair", _BENCH,
           N_("Mettre en réparation"), N_("Mis en réparation."),
           help=N_("Il sort des appareils disponibles jusqu'à la fin de la réparation.")),
        _m("end_repair", {"in_repair"}, "wiped", _BENCH, N_("Réparé"), N_("Réparé."), needs=CLEARED),
        _m("end_repair_unwiped", {"in_repair"}, "to_wipe", _BENCH, N_("Réparé, à effacer"),
           N_("Réparé, reste à effacer.")),
        _m("make_available", {"wiped"}, "available", _BENCH, N_("Rendre disponible"),
           N_("Disponible : contrôlé, gradé, effacé."), needs=READY,
           help=N_("Il pourra être proposé à une famille.")),
        _m("withdraw", {"available"}, "wiped", _BENCH, N_("Retirer des disponibles"),
           N_("Retiré des appareils disponibles.")),
        _m("reserve", {"available"}, "reserved", _HEAD, N_("Réserver"), N_("Réservé."), needs=READY),
        _m("release", {"reserved"}, "available", _TABLE, N_("Libérer la réservation"), N_("Réservation levée.")),
        _m("send", {"received", "to_wipe", "wiped", "available"}, "in_transit", _SHELVES, N_("Envoyer"),
           N_("Parti vers %(destination)s.")),
        _m("arrive", {"in_transit"}, "available", _SHELVES, N_("Réceptionner, disponible"),
           N_("Arrivé à %(destination)s, disponible."), needs=READY),
        _m("arrive_unready", {"in_transit"}, "received", _SHELVES, N_("Réceptionner"),
           N_("Arrivé à %(destination)s.")),
        _m("lend", AT_HAND, "lent", _TABLE, N_("Prêter"), N_("Prêté (remise %(handover)s)."), needs=READY),
        _m("assign", AT_HAND, "assigned", _TABLE, N_("Affecter"), N_("Affecté (remise %(handover)s)."), needs=READY),
        _m("give", AT_HAND, "given", _TABLE, N_("Donner"), N_("Donné (remise %(handover)s)."), needs=READY),
        _m("sell", AT_HAND, "sold", _TABLE, N_("Vendre"), N_("Vendu (remise %(handover)s)."), needs=READY),
        _m("keep_as_gift", {"lent"}, "given", _HEAD, N_("Transformer en don"),
           N_("Le prêt est devenu un don (remise %(handover)s).")),
        _m("take_back", OUT, "returned", (*_SHELVES, "shift"), N_("Reprendre"),
           N_("Rendu (remise %(handover)s)."), from_hands=True, help=N_("Il repassera par l'effacement.")),
        _m("undo_handover", {"lent", "assigned", "given", "sold"}, "available", _TABLE, N_("Annuler la remise"),
           N_("Remise %(handover)s annulée : l'appareil n'a pas quitté le comptoir."), needs=READY),
        _m("lose", IN_HOUSE | {"reserved", "in_transit", "lent", "assigned"}, "lost", _HEAD,
           N_("Déclarer perdu ou volé"), N_("Déclaré perdu ou volé.")),
        _m("find", {"lost"}, "returned", _SHELVES, N_("Retrouvé"), N_("Retrouvé."), from_hands=True),
        _m("dismantle", IN_HOUSE - {"returned"}, "for_parts", _BENCH, N_("Garder pour pièces"),
           N_("Gardé pour pièces."), needs=CLEARED),
        _m("discard", IN_HOUSE - {"returned"}, "waste", _BENCH, N_("Mettre aux déchets (DEEE)"),
           N_("Mis aux déchets électroniques."), needs=CLEARED),
        _m("give_back", IN_HOUSE, "given_back", _HEAD, N_("Rendre au donateur"),
           N_("Rendu au donateur. %(erasure)s")),
        _m("cede", {"wiped", "available"}, "ceded", _HEAD, N_("Céder à une association"),
           N_("Cédé à %(association)s."), needs=CLEARED),
    )
)  # fmt: skip


def barred(move: Move, status: str, device: DeviceFacts) -> Barred | None:
    """Why this move cannot be made from this status with these facts, or None when it can."""
    if status not in move.sources:
        return Barred(
            "wrong_status",
            N_("« %(move)s » n'est pas possible : l'appareil est « %(status)s »."),
            {"move": move.label, "status": STATUSES[status].label},
        )
    return next((reason for guard in move.needs if (reason := guard(device))), None)


def moves_from(status: str) -> list[Move]:
    """The moves a person may ask for from a status, in the order of the book."""
    return [move for move in MOVES.values() if status in move.sources and move.roles]
