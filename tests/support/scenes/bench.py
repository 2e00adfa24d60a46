"""Devices at the workbench, with their repair, their media, what was dropped and declared of them."""

from io import BytesIO

from flask import current_app
from PIL import Image
from sqlalchemy import select

from reemploi.bench.actions import keep_file, open_repair
from reemploi.bench.models import Capture, DroppedPart, FileDrop
from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.ground.database import reading, writing
from reemploi.papers.printing import issue
from reemploi.roles import Role
from reemploi.wiping.actions import confirm, declare
from reemploi.wiping.certificates import make_certificate
from reemploi.wiping.drops import Dropped, drop_files
from reemploi.wiping.photos import redrawn
from tests.support.addresses import Arguments, Code, hand, scene
from tests.support.cast import Home
from tests.support.devices import device_in, new_medium


@scene("bench", "workbench", "certificates.of_device")
def a_device_at_the_bench(acting: Acting, home: Home) -> Arguments:
    """An erased laptop with a repair open."""
    technician = hand(acting, home, Role.TECHNICIAN)
    with writing():
        device = device_in("wiped", acting)
        repair = open_repair(device, acting=technician, fault="Charnière cassée", move_it=False)
        return {"tag": device.tag, "address": repair.address, "name": Code("discard")}


@scene("wiping.locks", "wiping.declare_memory")
def a_phone_at_the_bench(acting: Acting, _home: Home) -> Arguments:
    """A phone whose memory waits."""
    with writing():
        return {"tag": device_in("to_wipe", acting, "smartphone").tag}


@scene("wiping")
def a_device_to_wipe(acting: Acting, _home: Home) -> Arguments:
    """A laptop whose disk waits; a file was read about it."""
    content = b"{}" + acting.association_id.to_bytes(2)
    digest = current_app.extensions["files"].put(content)
    with writing() as session:
        device = device_in("received", acting)
        medium = new_medium(device, acting)
        file = keep_file(acting=acting, digest=digest, kind="lshw", name="machine.json", size=len(content))
        capture = Capture(
            association_id=acting.association_id,
            device_id=device.id,
            file_id=file.id,
            tool="lshw",
            facts={},
            read_at=acting.now,
        )
        session.add(capture)
        return {"tag": device.tag, "address": medium.address, "digest": digest}


@scene("wiping.pending", "wiping.confirm", "wiping.reject", "wiping.photo")
def a_declaration(acting: Acting, home: Home) -> Arguments:
    """A removal that another technician declared, with its photo."""
    picture = BytesIO()
    Image.new("RGB", (40, 30), (acting.association_id, 90, 90)).save(picture, "PNG")
    digest = current_app.extensions["files"].put(redrawn(picture.getvalue()))
    technician = hand(acting, home, Role.TECHNICIAN)
    with writing():
        device = device_in("to_wipe", acting)
        (medium,) = device.media
        pending = declare(device, medium, "removed", acting=technician, happened_at=acting.now, photo_digest=digest)
        return {"tag": device.tag, "address": pending.address, "digest": digest}


@scene("drops")
def a_drop(acting: Acting, home: Home) -> Arguments:
    """A file that says of no device whose it is."""
    content = b'{"id": "unknown", "class": "system", "vendor": "Acer", "product": "Veriton", "serial": "DTVXXEF0%d"}'
    technician = hand(acting, home, Role.TECHNICIAN)
    store = current_app.extensions["files"]
    address = drop_files([Dropped("machine.json", content % home.id)], None, acting=technician, store=store)
    with reading():
        drop = select(FileDrop.id).where(FileDrop.address == address).scalar_subquery()
        part = db.session.scalars(select(DroppedPart).where(DroppedPart.drop_id == drop)).one()
        return {"address": address, "part": part.address}


@scene("certificates")
def a_certificate(acting: Acting, home: Home) -> Arguments:
    """The certificate of an erased device."""
    technician = hand(acting, home, Role.TECHNICIAN)
    with writing():
        device = device_in("to_wipe", acting)
        (medium,) = device.media
        pending = declare(device, medium, "removed", acting=technician, happened_at=acting.now)
        confirm(pending, acting=hand(acting, home, Role.COORDINATOR))
    return {"address": issue(lambda: make_certificate(device, acting=technician, partial=True)).address}
