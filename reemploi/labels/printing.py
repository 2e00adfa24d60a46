"""Print runs: from devices to a PDF in the file store, at once or by the worker."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from flask import current_app

from reemploi.ground.acting import Acting
from reemploi.ground.database import reading, writing
from reemploi.ground.jobs import job
from reemploi.ground.models import Job
from reemploi.journey.models import Device
from reemploi.journey.rules import CATEGORIES
from reemploi.labels.actions import Printing, give_tokens, keep_run, note_printed, refuse_number
from reemploi.labels.content import LabelContent
from reemploi.labels.drawing import draw
from reemploi.labels.formats import format_named
from reemploi.labels.queries import RUN, devices_numbered
from reemploi.people.models import Association
from reemploi.people.queries import association

SERIAL_TAIL = 4
CHUNK = 100


def page_address(token: str) -> str:
    """The address a label's QR code holds: the base address and the device's token."""
    return f"{current_app.extensions['settings'].base_url}/a/{token}"


def contents(devices: Sequence[Device], tokens: Mapping[int, str], owner: Association) -> list[LabelContent]:
    """What each device's label says. Category names stay in French: the label is read by the association's public."""
    return [
        LabelContent(
            tag=device.tag,
            device_name=device.name or CATEGORIES[device.category],
            serial_tail=device.serial[-SERIAL_TAIL:],
            association=owner.name,
            telephone=owner.telephone,
            page_url=page_address(tokens[device.id]),
        )
        for device in devices
    ]


def print_at_once(ids: Sequence[int], printing: Printing, *, acting: Acting) -> Job:
    """Draw a small run now, outside any write lock; counted once the file is kept.

    Raises Refused for a format, a place or a printer that does not suit. For views marked `own_transactions`.
    """
    refuse_number(len(ids))
    with writing():
        tokens = give_tokens(ids, acting=acting)
    with reading():
        labels = contents(devices_numbered(ids), tokens, association(acting.association_id))
    digest = current_app.extensions["files"].put(_drawn(labels, printing, acting.now))
    with writing():
        return keep_run(ids, printing, digest, acting=acting)


def _drawn(labels: Sequence[LabelContent], printing: Printing, created: datetime) -> bytes:
    return draw(
        labels,
        format_named(printing.format),
        start_at=printing.start_at,
        dpi=printing.dpi,
        offset_x_mm=printing.offset_x_mm,
        offset_y_mm=printing.offset_y_mm,
        created=created,
    )


@job(RUN)
def print_run(run: Job, acting: Acting) -> Iterator[None]:
    """A large run: tokens, then the drawing (which asks nothing of the database), then the journal by hundreds."""
    ids: list[int] = run.payload["devices"]
    printing = Printing(**run.payload["printing"])
    if not run.result:
        tokens: dict[int, str] = {}
        for start in range(0, len(ids), CHUNK):
            tokens |= give_tokens(ids[start : start + CHUNK], acting=acting)
            yield
        labels = contents(devices_numbered(ids), tokens, association(acting.association_id))
        yield
        digest = current_app.extensions["files"].put(_drawn(labels, printing, run.asked_at))
        yield
        run.result = {"file": digest}
        yield
    while run.done < len(ids):
        chunk = ids[run.done : run.done + CHUNK]
        note_printed(chunk, acting=acting)
        run.done += len(chunk)
        yield
