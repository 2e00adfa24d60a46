"""Devices at their pages."""

from reemploi.ground.acting import Acting
from reemploi.ground.database import writing
from tests.support.addresses import Arguments, Code, scene
from tests.support.cast import Home
from tests.support.devices import device_in


@scene("overview", "reception.correct_device", "reception.give_back")
def a_device_to_wipe(acting: Acting, _home: Home) -> Arguments:
    """A laptop that waits for its erasure."""
    with writing():
        return {"tag": device_in("to_wipe", acting).tag, "name": Code("start_repair")}
