"""A device comes back: condition and accessories noted, on its way to erasure, the loan ended with its last device."""

from datetime import datetime

from reemploi.errors import Refused
from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.ground.numbering import in_groups
from reemploi.handover.models import Handover, HandoverLine
from reemploi.handover.queries import lines_of, locked, open_line_of
from reemploi.handover.rules import ACCESSORIES
from reemploi.journey.actions import lock, move, settle
from reemploi.journey.models import Device
from reemploi.roles import RETURNS
from reemploi.sentences import N_


def running_line_of(device: Device) -> tuple[HandoverLine, Handover]:
    """The running loan of a device and its line; raises Refused when it is not lent under a handover."""
    found = open_line_of(device)
    if found is None or found[1].state != "running":
        raise Refused(
            N_("%(tag)s n'est pas en prêt. Vérifiez l'étiquette."), code="not_lent", tag=in_groups(device.tag)
        )
    return found


def take_back(
    device: Device,
    *,
    acting: Acting,
    condition: str = "",
    accessories: tuple[str, ...] = (),
    happened_at: datetime | None = None,
) -> Handover:
    """Take a lent device back, for good: it holds somebody's data again and goes to erasure.

    Raises Refused when it is not lent, or for a date out of its order.
    """
    acting.require(*RETURNS)
    (fresh,) = lock([device.id])
    line, found = running_line_of(fresh)
    handover = locked(found)
    (back,) = move([fresh], "take_back", acting=acting, happened_at=happened_at, facts={"handover": handover.number})
    _to_erasure(back, acting)
    line.accessories_back = [code for code in ACCESSORIES if code in accessories]
    line.condition_in = condition or None
    line.ended_at, line.ended_by, line.outcome = happened_at or acting.now, acting.member_id, "returned"
    db.session.flush()
    if all(one.ended_at for one in lines_of(handover)):
        handover.state, handover.ended_at = "returned", line.ended_at
        db.session.flush()
    return handover


def _to_erasure(device: Device, acting: Acting) -> None:
    """Always to `to_wipe`; what has no storage by its kind goes on from there by itself."""
    if settle(device, acting=acting).status == "returned":
        (waiting,) = move([device], "send_to_wipe", acting=acting)
        settle(waiting, acting=acting)


def missing(line: HandoverLine) -> list[str]:
    """Codes of the accessories that left and did not come back."""
    return [code for code in line.accessories_out if code not in (line.accessories_back or [])]
