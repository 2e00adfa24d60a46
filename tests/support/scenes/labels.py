"""A print run and a label's open page."""

from reemploi.ground.acting import Acting
from reemploi.ground.database import writing
from reemploi.labels.actions import Printing, give_tokens
from reemploi.labels.forms import USUAL
from reemploi.labels.printing import print_at_once
from tests.support.addresses import Arguments, scene
from tests.support.cast import Home
from tests.support.devices import device_in


@scene("labels")
def a_run(acting: Acting, _home: Home) -> Arguments:
    """One label printed, and the token it bears."""
    with writing():
        device = device_in("received", acting)
    run = print_at_once([device.id], Printing(USUAL), acting=acting)
    with writing():
        return {"address": run.address, "token": give_tokens([device.id], acting=acting)[device.id]}
