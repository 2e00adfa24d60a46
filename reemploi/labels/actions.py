"""What can happen to labels: a device gets the random name of its page, prints are counted and written down."""

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import select

from reemploi.errors import Refused
from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.ground.jobs import ask
from reemploi.ground.models import Job
from reemploi.journey.actions import lock
from reemploi.journey.journal import record
from reemploi.labels.models import LabelToken
from reemploi.labels.queries import RUN, tokens_of
from reemploi.roles import INTAKE
from reemploi.sentences import N_

SIGNS = "abcdefghijklmnopqrstuvwxyz234567"
TOKEN_LENGTH = 20
AT_ONCE = 100
MOST = 2000


@dataclass(frozen=True)
class Printing:
    """How labels are printed: on which format, from which place of the first sheet, for which printer."""

    format: str
    start_at: int = 1
    dpi: int = 300
    offset_x_mm: float = 0.0
    offset_y_mm: float = 0.0


def new_token() -> str:
    """A token of 100 random bits in 20 signs that a scanner types right whatever Caps Lock says."""
    return "".join(secrets.choice(SIGNS) for _ in range(TOKEN_LENGTH))


def give_tokens(ids: Sequence[int], *, acting: Acting) -> dict[int, str]:
    """The token of each of these devices; those without one get it now, and keep it for good."""
    acting.require(*INTAKE)
    known = dict(tokens_of(ids))
    missing = [device.id for device in lock(number for number in ids if number not in known)]
    known |= tokens_of(missing)
    fresh = {number: new_token() for number in missing if number not in known}
    db.session.add_all(
        LabelToken(association_id=acting.association_id, device_id=number, token=token)
        for number, token in fresh.items()
    )
    db.session.flush()
    return {**known, **fresh}


def note_printed(ids: Sequence[int], *, acting: Acting) -> None:
    """Count one more print of each device's label, with a row in its journal."""
    acting.require(*INTAKE)
    devices = lock(ids)
    tokens = {
        token.device_id: token for token in db.session.scalars(select(LabelToken).where(LabelToken.device_id.in_(ids)))
    }
    for device in devices:
        token = tokens[device.id]
        token.prints += 1
        token.printed_at = acting.now
        record(device, "labelled", acting=acting, facts={"print": token.prints})


def refuse_number(count: int) -> None:
    """Raise Refused when there is no device to print for, or too many."""
    if not count:
        raise Refused(N_("Aucune étiquette à imprimer. Choisissez d'abord des appareils."), code="no_device")
    if count > MOST:
        raise Refused(N_("Imprimez au plus %(most)d étiquettes à la fois."), code="too_many", most=MOST)


def ask_run(ids: Sequence[int], printing: Printing, *, acting: Acting) -> Job:
    """Ask for a print run behind the page; its result is `{"file": digest}`."""
    acting.require(*INTAKE)
    refuse_number(len(ids))
    return ask(RUN, {"devices": list(ids), "printing": asdict(printing)}, acting=acting, total=len(ids))


def keep_run(ids: Sequence[int], printing: Printing, digest: str, *, acting: Acting) -> Job:
    """Keep a run that was drawn at once, as if the worker had just finished it."""
    run = ask_run(ids, printing, acting=acting)
    note_printed(ids, acting=acting)
    run.state, run.done, run.result = "done", len(ids), {"file": digest}
    run.finished_at = acting.now
    db.session.flush()
    return run
