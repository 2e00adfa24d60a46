"""A family expected today, and a loan that runs."""

from reemploi.ground.acting import Acting
from reemploi.ground.database import writing
from tests.support.addresses import Arguments, scene
from tests.support.cast import Home
from tests.support.families import family, lent


@scene("handover.new")
def an_expected_family(acting: Acting, home: Home) -> Arguments:
    """A case with an appointment today at the site of the shift."""
    with writing():
        return {"address": family(acting, home).case.address}


@scene("handover", "returning")
def a_running_loan(acting: Acting, home: Home) -> Arguments:
    """One laptop lent to a family expected today."""
    with writing():
        loan = lent(acting, home)
        return {"address": loan.address, "tag": loan.lines[0].device.tag}
