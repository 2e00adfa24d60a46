"""Pages of returns: by the device's number, condition and accessories noted."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from reemploi.ground.numbering import in_groups
from reemploi.handover.forms import ReturnForm, TagForm
from reemploi.handover.returns import running_line_of, take_back
from reemploi.handover.rules import ACCESSORIES
from reemploi.journey.queries import device_by_tag
from reemploi.roles import RETURNS
from reemploi.sentences import N_, sentence
from reemploi.web.access import open_to
from reemploi.web.acting import acting
from reemploi.web.border import Page, reads_only
from reemploi.web.flashes import tell

blueprint = Blueprint("returning", __name__, url_prefix="/retours")


@blueprint.route("/", methods=["GET", "POST"])
@open_to(*RETURNS)
@reads_only
def find() -> ResponseReturnValue | Page:
    """Scan or type the device that comes back."""
    form = TagForm()
    page = Page("handover/return_find.html", form=form).kept()
    if not form.validate_on_submit():
        return page
    device = device_by_tag("".join(form.code.data.split()))
    running_line_of(device)
    return redirect(url_for("returning.give_back", tag=device.tag))


@blueprint.route("/<tag>", methods=["GET", "POST"])
@open_to(*RETURNS)
def give_back(tag: str) -> ResponseReturnValue | Page:
    """What came back with it, and in which condition."""
    device = device_by_tag(tag)
    line, handover = running_line_of(device)
    form = ReturnForm()
    form.expect(line.accessories_out)
    page = Page(
        "handover/return.html", form=form, device=device, handover=handover, line=line, accessories=ACCESSORIES
    ).kept()
    if not form.validate_on_submit():
        return page
    take_back(
        device,
        acting=acting(),
        condition=form.condition.data,
        accessories=tuple(form.accessories.data or ()),
        happened_at=form.happened_at.data,
    )
    tell(sentence(N_("%(tag)s rendu. Rangez-le avec les appareils à effacer."), tag=in_groups(device.tag)))
    return redirect(url_for("returning.find"))
