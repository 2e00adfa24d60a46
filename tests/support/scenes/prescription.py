"""A prescription on the waiting list, written by the structure of the cast."""

from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.ground.database import writing
from reemploi.prescription.actions import Wanted, decide, prescribe
from reemploi.roles import Role
from tests.support.addresses import Arguments, Code, hand, scene
from tests.support.cast import Home


@scene("prescription")
def a_prescription(acting: Acting, home: Home) -> Arguments:
    """One laptop asked for, accepted."""
    with writing():
        prescription = prescribe(
            acting=hand(acting, home, Role.PRESCRIBER),
            name="Zorglonde Quetzalmarque",
            channel="06 99 88 77 66",
            municipality="Saint-Exemple",
            neighbourhood="yes",
            adults=2,
            schooled_children=1,
            devices_at_home=0,
            lines=[Wanted("laptop", "child")],
            need="school",
            urgency="month",
            criterion="low_quotient",
            criterion_seen_at=acting.now,
        )
        decide(prescription, "accept", acting=hand(acting, home, Role.COORDINATOR))
        db.session.flush()
        return {"address": prescription.address, "name": Code("ask_information"), "position": Code("1")}
