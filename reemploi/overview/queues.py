"""The home page's queues: what waits for each role today, counted, each leading to its list."""

from dataclasses import dataclass

from reemploi.journey.queries import count_by_status
from reemploi.journey.rules import STATUSES
from reemploi.prescription.queries import count_cases
from reemploi.prescription.rules import STATES
from reemploi.roles import Role
from reemploi.sentences import N_


@dataclass(frozen=True)
class Queue:
    """What waits: its name, how many (100 means "more than 99"), where the list is."""

    label: str
    count: int
    endpoint: str
    values: dict[str, str]
    tone: str
    icon: str
    help: str


@dataclass(frozen=True)
class _Kind:
    status: str
    label: str
    help: str
    roles: frozenset[Role]


_WORKSHOP = frozenset({Role.TECHNICIAN, Role.COORDINATOR, Role.VOLUNTEER, Role.STOREKEEPER, Role.TRAINEE})
_KINDS = (
    _Kind("received", N_("Reçus, à trier"), N_("Ils attendent une capture ou un contrôle."), _WORKSHOP),
    _Kind("to_wipe", N_("À effacer"), N_("Un support peut contenir des données."), _WORKSHOP),
    _Kind("returned", N_("Rendus"), N_("Ils repassent par l'effacement."), _WORKSHOP),
    _Kind(
        "wiped", N_("À installer, à contrôler"), N_("Effacés : il reste le système, le contrôle, le grade."), _WORKSHOP
    ),
    _Kind("in_repair", N_("En réparation"), N_("Ils attendent une pièce ou une main."), _WORKSHOP),
    _Kind("available", N_("Disponibles"), N_("Ils peuvent être proposés."), _WORKSHOP),
    _Kind("reserved", N_("Réservés"), N_("Ils attendent leur remise."), frozenset({Role.COORDINATOR, Role.SHIFT})),
)


def queues(roles: frozenset[Role]) -> list[Queue]:
    """The queues of these roles: families first, then devices in the order of the journey."""
    return [*_of_cases(roles), *_of_devices(roles)]


def _of_cases(roles: frozenset[Role]) -> list[Queue]:
    if Role.COORDINATOR not in roles:
        return []
    counts = count_cases(("submitted", "waiting"))
    to_decide, waiting = STATES["submitted"], STATES["waiting"]
    return [
        Queue(
            N_("Prescriptions à décider"),
            counts["submitted"],
            "prescription.inbox",
            {},
            to_decide.tone,
            "inbox",
            N_("Un prescripteur attend votre réponse."),
        ),
        Queue(
            N_("Familles en attente"),
            counts["waiting"],
            "prescription.waiting",
            {},
            waiting.tone,
            waiting.icon,
            N_("Acceptées, sans proposition encore."),
        ),
    ]


def _of_devices(roles: frozenset[Role]) -> list[Queue]:
    kinds = [kind for kind in _KINDS if not kind.roles.isdisjoint(roles)]
    if not kinds:
        return []
    counts = count_by_status(kind.status for kind in kinds)
    return [
        Queue(
            label=kind.label,
            count=counts[kind.status],
            endpoint="overview.devices",
            values={"status": kind.status},
            tone=STATUSES[kind.status].tone,
            icon=STATUSES[kind.status].icon,
            help=kind.help,
        )
        for kind in kinds
    ]
