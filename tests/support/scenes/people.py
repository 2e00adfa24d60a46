"""Members, organisations, sites, places, links; documents' and gallery's open pages."""

from datetime import timedelta

from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.ground.database import reading, writing
from reemploi.people.links import make_link
from reemploi.people.models import Member, Organisation, Place, Site
from reemploi.roles import Role
from tests.support.addresses import Arguments, Code, scene
from tests.support.cast import Home, new_member
from tests.support.scenes.intake import a_delivery


@scene("members")
def a_member(acting: Acting, home: Home) -> Arguments:
    """A volunteer."""
    with writing():
        member = new_member(acting, home, (Role.VOLUNTEER,), who=int(db.session.query(Member).count()) + 10)
        return {"address": db.session.get_one(Member, member).address}


@scene("organisations")
def an_organisation(_acting: Acting, home: Home) -> Arguments:
    """The donor."""
    with reading():
        return {"address": db.session.get_one(Organisation, home.donor_id).address}


@scene("sites")
def a_site(_acting: Acting, home: Home) -> Arguments:
    """The workshop."""
    with reading():
        return {"address": db.session.get_one(Site, home.site_id).address}


@scene("sites.edit_place")
def a_place(_acting: Acting, home: Home) -> Arguments:
    """A shelf."""
    with reading():
        return {"address": db.session.get_one(Place, home.place_id).address}


@scene("links")
def a_link(acting: Acting, home: Home) -> Arguments:
    """A link to choose a new password."""
    with writing():
        account = db.session.get_one(Member, home.members[Role.TECHNICIAN]).account_id
        return {"secret": make_link("new_password", account, now=acting.now, lasts=timedelta(hours=1))}


@scene("papers")
def a_paper(acting: Acting, home: Home) -> Arguments:
    """A slip, as whoever holds it checks it."""
    return {"address": a_delivery(acting, home)["document"]}


@scene("gallery.page")
def a_kind_of_page(_acting: Acting, _home: Home) -> Arguments:
    """One of the builders' pages."""
    return {"kind": Code("accueil")}


@scene("gallery.error")
def a_page_of_errors(_acting: Acting, _home: Home) -> Arguments:
    """One of the builders' pages of errors."""
    return {"name": Code("refused")}
