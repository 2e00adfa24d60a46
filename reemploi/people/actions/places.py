"""What can happen to sites and places."""

from sqlalchemy import select

from reemploi.errors import Refused
from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.ground.numbering import Family, draw_tag
from reemploi.people.models import Place, Site
from reemploi.roles import Role
from reemploi.sentences import N_

TAKEN = N_("« %(name)s » existe déjà. Ouvrez sa fiche.")


def add_site(*, acting: Acting, name: str, **details: object) -> Site:
    """A site; raises Refused when the name is taken."""
    acting.require(Role.ADMINISTRATOR)
    _refuse_taken_site(name)
    row = Site(association_id=acting.association_id, name=name.strip(), **details)
    db.session.add(row)
    db.session.flush()
    return row


def describe_site(site: Site, *, acting: Acting, name: str, **details: object) -> None:
    """Change a site; raises Refused when the name is taken."""
    acting.require(Role.ADMINISTRATOR)
    _refuse_taken_site(name, site.id)
    for field, value in {"name": name.strip(), **details}.items():
        setattr(site, field, value)
    db.session.flush()


def _refuse_taken_site(name: str, other_than: int = 0) -> None:
    taken = db.session.scalars(select(Site.id).where(Site.name == name.strip(), Site.id != other_than)).first()
    if taken is not None:
        raise Refused(TAKEN, code="name_taken", name=name.strip())


def archive_site(site: Site, *, acting: Acting, archived: bool) -> None:
    """No longer offer a site, or offer it again; what stands there keeps it. The last open one stays."""
    acting.require(Role.ADMINISTRATOR)
    others = select(Site.id).where(Site.id != site.id, Site.archived.is_(False))
    if archived and db.session.scalars(others).first() is None:
        raise Refused(N_("C'est votre seul site ouvert : ajoutez-en un autre avant de l'archiver."), code="last_site")
    site.archived = archived
    db.session.flush()


def add_place(site: Site, name: str, *, acting: Acting) -> Place:
    """A place inside a site, with a tag of its own to print; raises Refused when the name is taken on that site."""
    acting.require(Role.ADMINISTRATOR, Role.STOREKEEPER)
    _refuse_taken_place(site.id, name)
    row = Place(association_id=acting.association_id, site_id=site.id, name=name.strip(), tag=draw_tag(Family.PLACE))
    db.session.add(row)
    db.session.flush()
    return row


def describe_place(place: Place, *, acting: Acting, name: str, archived: bool) -> None:
    """Rename, archive or take out again a place; its tag stays. Raises Refused when the name is taken on its site."""
    acting.require(Role.ADMINISTRATOR, Role.STOREKEEPER)
    _refuse_taken_place(place.site_id, name, place.id)
    place.name, place.archived = name.strip(), archived
    db.session.flush()


def _refuse_taken_place(site_id: int, name: str, other_than: int = 0) -> None:
    taken = select(Place.id).where(Place.site_id == site_id, Place.name == name.strip(), Place.id != other_than)
    if db.session.scalars(taken).first() is not None:
        raise Refused(N_("« %(name)s » existe déjà sur ce site."), code="name_taken", name=name.strip())
