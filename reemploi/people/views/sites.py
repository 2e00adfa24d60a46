"""Sites and places: the buildings, and the shelves, rooms and trolleys inside them."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from reemploi.people import actions, queries
from reemploi.people.forms import EditPlaceForm, PlaceForm, SiteForm
from reemploi.roles import Role
from reemploi.sentences import N_, sentence
from reemploi.web.access import open_to
from reemploi.web.acting import acting
from reemploi.web.border import Page
from reemploi.web.flashes import tell

blueprint = Blueprint("sites", __name__)
PLACES = (Role.ADMINISTRATOR, Role.STOREKEEPER)


@blueprint.get("/sites")
@open_to(*PLACES)
def index() -> Page:
    """Every site with its places."""
    return Page("people/sites.html", sites=queries.all_sites(), places=queries.places_by_site())


@blueprint.route("/sites/nouveau", methods=["GET", "POST"])
@open_to(Role.ADMINISTRATOR)
def create() -> ResponseReturnValue | Page:
    """Add a site."""
    form = SiteForm()
    page = Page("people/new_site.html", form=form).kept()
    if not form.validate_on_submit():
        return page
    site = actions.add_site(acting=acting(), **form.values())
    tell(N_("Le site est enregistré. Ajoutez-lui ses emplacements."))
    return redirect(url_for("sites.add_place", address=site.address))


@blueprint.route("/sites/<address>/modifier", methods=["GET", "POST"])
@open_to(Role.ADMINISTRATOR)
def edit(address: str) -> ResponseReturnValue | Page:
    """Change a site."""
    site = queries.site(address)
    form = SiteForm(obj=site)
    page = Page("people/edit_site.html", form=form, site=site).kept()
    if not form.validate_on_submit():
        return page
    actions.describe_site(site, acting=acting(), **form.values())
    tell(N_("Le site est enregistré."))
    return redirect(url_for("sites.index"))


@blueprint.post("/sites/<address>/archiver")
@open_to(Role.ADMINISTRATOR)
def archive(address: str) -> ResponseReturnValue:
    """Archive a site, or take it out again."""
    site = queries.site(address)
    Page("people/edit_site.html", form=SiteForm(None, obj=site), site=site).kept()
    actions.archive_site(site, acting=acting(), archived=not site.archived)
    tell(N_("Le site est archivé.") if site.archived else N_("Le site est de nouveau proposé."))
    return redirect(url_for("sites.index"))


@blueprint.route("/sites/<address>/emplacements/nouveau", methods=["GET", "POST"])
@open_to(*PLACES)
def add_place(address: str) -> ResponseReturnValue | Page:
    """Add a place to a site; the page comes back for the next one."""
    site = queries.site(address)
    form = PlaceForm()
    page = Page("people/new_place.html", form=form, site=site).kept()
    if not form.validate_on_submit():
        return page
    place = actions.add_place(site, form.name.data, acting=acting())
    tell(sentence(N_("« %(name)s » est ajouté. Le suivant ?"), name=place.name))
    return redirect(url_for("sites.add_place", address=address))


@blueprint.route("/emplacements/<address>/modifier", methods=["GET", "POST"])
@open_to(*PLACES)
def edit_place(address: str) -> ResponseReturnValue | Page:
    """Rename or archive a place."""
    place = queries.place(address)
    form = EditPlaceForm(obj=place)
    page = Page("people/edit_place.html", form=form, place=place).kept()
    if not form.validate_on_submit():
        return page
    actions.describe_place(place, acting=acting(), **form.values())
    tell(N_("L'emplacement est enregistré."))
    return redirect(url_for("sites.index"))
