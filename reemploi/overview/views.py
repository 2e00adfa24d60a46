"""Pages: home, search, the list of devices, a device and its moves."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from reemploi import roles
from reemploi.ground.numbering import in_groups
from reemploi.journey.actions import move
from reemploi.journey.queries import device_by_tag
from reemploi.journey.rules import CATEGORIES, CHARGERS, LEGAL_ORIGINS, MOVES, STATUSES
from reemploi.overview import lists, queries
from reemploi.overview.queues import queues
from reemploi.roles import Role
from reemploi.sentences import N_, Sentence, sentence
from reemploi.web.access import open_to, open_to_signed_in
from reemploi.web.acting import acting
from reemploi.web.border import Page
from reemploi.web.flashes import tell
from reemploi.web.menu import Entry
from reemploi.web.wording import one_line

home = Blueprint("home", __name__)
blueprint = Blueprint("overview", __name__)
BLUEPRINTS = (home, blueprint)
MENU = (
    Entry("today", "home.index", N_("Accueil"), "house-door", "a"),
    Entry("workshop", "overview.devices", N_("Appareils"), "laptop", "p"),
)
SEES_DEVICES = (*roles.INTAKE, Role.SHIFT, Role.MEDIATOR)


@home.get("/")
@open_to_signed_in
def index() -> Page:
    """What waits for me today; below, the last things I did."""
    held = frozenset(current_user.roles)
    return Page("overview/home.html", queues=queues(held), gestures=queries.last_gestures(current_user.member_id))


@blueprint.get("/recherche")
@open_to(*SEES_DEVICES)
def search() -> ResponseReturnValue | Page:
    """Devices by tag, serial or model, deliveries by number or donor; a single exact find opens at once."""
    words = one_line(request.args.get("q", ""))
    found = queries.find(words)
    if len(found.devices) == 1 and not found.deliveries:
        return redirect(url_for("overview.device", tag=found.devices[0].tag))
    return Page("overview/search.html", words=words, found=found, categories=CATEGORIES)


@blueprint.get("/appareils/")
@open_to(*SEES_DEVICES)
def devices() -> Page:
    """All devices, newest move first, by status and category."""
    chosen = lists.Chosen.read(request.args)
    return Page(
        "overview/devices.html",
        chosen=chosen,
        listed=lists.page_of_devices(chosen),
        statuses=STATUSES,
        categories=CATEGORIES,
    )


@blueprint.get("/appareils/<tag>")
@open_to(*SEES_DEVICES)
def device(tag: str) -> Page:
    """A device: its state in one sentence, its next moves, its facts, its story."""
    shown = device_by_tag(tag)
    return Page(
        "overview/device.html",
        device=shown,
        moves=queries.possible_moves(shown, frozenset(current_user.roles)),
        timeline=queries.timeline(shown),
        deliveries=queries.deliveries_of(shown),
        categories=CATEGORIES,
        chargers=CHARGERS,
        origins=LEGAL_ORIGINS,
        state=lists.state_sentence(shown),
    )


@blueprint.post("/appareils/<tag>/passage/<name>")
@open_to(*SEES_DEVICES)
def make_move(tag: str, name: str) -> ResponseReturnValue:
    """Make one move of the rule book with this device."""
    shown = device_by_tag(tag)
    if name not in MOVES or name in queries.MADE_ELSEWHERE or not MOVES[name].roles:
        raise lists.no_such_move()
    move([shown], name, acting=acting())
    tell(sentence(N_("%(tag)s : %(story)s"), tag=in_groups(tag), story=Sentence(MOVES[name].story)))
    return redirect(url_for("overview.device", tag=tag))
