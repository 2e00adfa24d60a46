"""Offers, deliveries, what was scanned at the door, the slip."""

from reemploi.extensions import db
from reemploi.ground.acting import PARIS, Acting
from reemploi.ground.columns import new_address
from reemploi.ground.database import writing
from reemploi.intake.actions import open_delivery, record_offer
from reemploi.intake.models import Delivery
from reemploi.intake.reception import Kept, receive
from reemploi.intake.slip import make_slip
from reemploi.papers.printing import issue
from reemploi.people.models import Organisation
from tests.support.addresses import Arguments, scene
from tests.support.cast import Home

KEPT = Kept(category="laptop", charger="with_it", maker="Dell", model="Latitude E6440")


def new_delivery(acting: Acting, home: Home) -> Delivery:
    """A delivery opened today; inside `writing()`."""
    donor = donor_of(home)
    return open_delivery(donor, acting=acting, site_id=home.site_id, arrived_on=acting.now.astimezone(PARIS).date())


def donor_of(home: Home) -> Organisation:
    """The association's donor."""
    return db.session.get_one(Organisation, home.donor_id)


@scene("intake", "reception", "certificates.of_delivery")
def a_delivery(acting: Acting, home: Home) -> Arguments:
    """A delivery with one device received and its slip printed."""
    with writing():
        delivery = new_delivery(acting, home)
        scan = receive(delivery, "", acting=acting, scan_id=new_address(), kept=KEPT)
        address, scan_id = delivery.address, scan.scan_id
    slip = issue(lambda: make_slip(delivery, acting=acting))
    return {"address": address, "scan_id": scan_id, "document": slip.address}


@scene("intake.offer", "intake.decide")
def an_offer(acting: Acting, home: Home) -> Arguments:
    """An offer that waits for its answer."""
    with writing():
        offered_on = acting.now.astimezone(PARIS).date()
        offer = record_offer(donor_of(home), {"laptop": 12}, acting=acting, offered_on=offered_on)
        return {"address": offer.address}
