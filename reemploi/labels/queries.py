"""Questions about labels: which devices, which pages their codes name, which print runs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from reemploi.errors import NotFound
from reemploi.extensions import db
from reemploi.ground.models import Job
from reemploi.ground.tenancy import across_associations
from reemploi.journey.models import Device
from reemploi.labels.models import LabelToken
from reemploi.people.models import Association
from reemploi.sentences import N_

RUN = "labels"


def devices_tagged(tags: Sequence[str]) -> list[Device]:
    """The devices with these tags, in the order given; tags unknown here are left out."""
    found = {
        device.tag: device
        for device in db.session.scalars(select(Device).where(Device.tag.in_(list(dict.fromkeys(tags)))))
    }
    return [found[tag] for tag in dict.fromkeys(tags) if tag in found]


def devices_numbered(ids: Sequence[int]) -> list[Device]:
    """The devices with these numbers, in the order given."""
    found = {device.id: device for device in db.session.scalars(select(Device).where(Device.id.in_(ids)))}
    return [found[number] for number in ids if number in found]


def prints_of(devices: Sequence[Device]) -> dict[int, int]:
    """How often the label of each device was printed; never printed ones are left out."""
    rows = db.session.execute(
        select(LabelToken.device_id, LabelToken.prints).where(
            LabelToken.device_id.in_([device.id for device in devices]), LabelToken.prints > 0
        )
    )
    return {device_id: int(prints) for device_id, prints in rows}


def tokens_of(ids: Sequence[int]) -> Mapping[int, str]:
    """The token of each device that has one."""
    rows = db.session.execute(select(LabelToken.device_id, LabelToken.token).where(LabelToken.device_id.in_(ids)))
    return {device_id: str(token) for device_id, token in rows}


def run_by_address(address: str) -> Job:
    """A print run; raises NotFound."""
    run = db.session.scalars(select(Job).where(Job.address == address, Job.kind == RUN)).first()
    if run is None:
        raise NotFound(N_("Cette impression n'existe pas ici. Recommencez-la."), code="unknown_run")
    return run


@dataclass(frozen=True)
class Named:
    """What whoever scans a label may know: whose device it is, of what kind. Nobody's name, no status."""

    association: Association
    tag: str
    category: str
    name: str


def named_by(token: str) -> Named:
    """The device a label's code names, whatever the association; raises NotFound."""
    with across_associations():
        row = db.session.execute(
            select(Association, Device)
            .join(LabelToken, LabelToken.association_id == Association.id)
            .join(Device, (Device.id == LabelToken.device_id) & (Device.association_id == LabelToken.association_id))
            .where(LabelToken.token == token.lower())
        ).first()
    if row is None:
        raise NotFound(N_("Cette étiquette n'est pas connue. Appelez l'association dont le nom y est écrit."))
    association, device = row
    return Named(association, device.tag, device.category, device.name)
