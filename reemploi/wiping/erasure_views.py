"""Pages of erasures made by hand: declare, confirm, reject; media found by hand, empty bays, locks."""

from typing import cast

from flask import Blueprint, Response, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from reemploi.bench.actions import HELPERS
from reemploi.bench.views import back
from reemploi.bench.views import shown as shown_for
from reemploi.ground.database import writing
from reemploi.ground.numbering import in_groups
from reemploi.ground.settings import setting
from reemploi.journey.models import Device, StorageMedium
from reemploi.journey.queries import device_by_tag
from reemploi.journey.rules import CATEGORIES
from reemploi.people.queries import member_names
from reemploi.roles import BENCH
from reemploi.sentences import N_, sentence
from reemploi.web.access import open_to
from reemploi.web.acting import acting
from reemploi.web.border import Page, own_transactions
from reemploi.web.flashes import tell
from reemploi.web.uploads import accept_uploads
from reemploi.wiping import actions, inspection, queries
from reemploi.wiping.forms import DeclareForm, MediumForm, RejectForm, locks_form
from reemploi.wiping.methods import LEVELS, METHODS, methods_for
from reemploi.wiping.photos import redrawn

blueprint = Blueprint("wiping", __name__)


@blueprint.route("/atelier/<tag>/supports/<address>/declarer", methods=["GET", "POST"])
@open_to(*BENCH)
@own_transactions
def declare(tag: str, address: str) -> ResponseReturnValue | Page:
    """A first person says how a medium was erased, removed or destroyed."""
    device = device_by_tag(tag)
    return _declare(device, queries.medium_at(device, address))


@blueprint.route("/atelier/<tag>/memoire/declarer", methods=["GET", "POST"])
@open_to(*BENCH)
@own_transactions
def declare_memory(tag: str) -> ResponseReturnValue | Page:
    """The same for the memory inside a phone or tablet."""
    return _declare(device_by_tag(tag), None)


def _declare(device: Device, medium: StorageMedium | None) -> ResponseReturnValue | Page:
    form = DeclareForm()
    methods = methods_for(device, medium)
    form.propose(methods)
    hand = acting()
    page = shown_for(
        "wiping/declare.html",
        device,
        form=form,
        medium=medium,
        alone=setting("one_person_may_verify", acting=hand),
    )
    if request.method == "GET" and len(methods) == 1:
        form.method.data = methods[0].code
    if not form.validate_on_submit():
        return page
    tag, name = device.tag, medium.name if medium else ""
    digest = _keep_photo()
    with writing():
        again = device_by_tag(tag)
        pending = actions.declare(
            again,
            queries.medium_at(again, medium.address) if medium else None,
            form.method.data,
            acting=hand,
            happened_at=form.happened_at.data or hand.now,
            note=form.note.data or "",
            serial=form.serial.data or "",
            photo_digest=digest,
        )
        name = pending.medium.name
    tell(sentence(N_("%(medium)s : déclaré. Une autre personne confirme, dans la file de l'atelier."), medium=name))
    return redirect(url_for("workbench.device", tag=tag))


def _keep_photo() -> str | None:
    """The digest of the photo, drawn again and kept; None without one."""
    photo = request.files.get("photo")
    if photo is None or not photo.filename:
        return None
    (upload,) = accept_uploads([photo])
    return cast(str, current_app.extensions["files"].put(redrawn(upload.content)))


@blueprint.get("/atelier/declarations/<address>")
@open_to(*HELPERS)
def pending(address: str) -> Page:
    """What a first person declared, for the second one to look at."""
    return _pending(address, RejectForm(formdata=None))


def _pending(address: str, form: RejectForm) -> Page:
    row = queries.pending_at(address)
    method = METHODS.get(row.method)
    hand = acting()
    return Page(
        "wiping/pending.html",
        row=row,
        categories=CATEGORIES,
        is_mine=row.declared_by == hand.member_id,
        one_person=setting("one_person_may_verify", acting=hand),
        form=form,
        method=method,
        level=LEVELS[method.level] if method and method.level else None,
        names=member_names({one for one in (row.declared_by, row.settled_by) if one}),
    )


@blueprint.post("/atelier/declarations/<address>/confirmer")
@open_to(*HELPERS)
def confirm(address: str) -> ResponseReturnValue | Page:
    """The second person saw it too."""
    _pending(address, RejectForm(formdata=None)).kept()
    row = queries.pending_at(address)
    actions.confirm(row, acting=acting())
    device = device_by_tag(row.device.tag)
    left = [state.medium.name for state in queries.media_states(device, []) if state.waits]
    if left:
        tell(sentence(N_("Confirmé. Il reste à effacer : %(names)s."), names=" · ".join(left)))
    else:
        tell(sentence(N_("Confirmé. %(tag)s n'a plus de support à effacer."), tag=in_groups(device.tag)))
    return redirect(url_for("workbench.queue", file="second"))


@blueprint.post("/atelier/declarations/<address>/refuser")
@open_to(*HELPERS)
def reject(address: str) -> ResponseReturnValue | Page:
    """The second person did not find it so."""
    form = RejectForm()
    page = _pending(address, form).kept()
    if not form.validate():
        return page
    actions.reject(queries.pending_at(address), acting=acting(), reason=form.reason.data or "")
    tell(sentence(N_("Refusé, avec votre raison. Le support attend toujours son effacement.")), category="attention")
    return redirect(url_for("workbench.queue", file="second"))


@blueprint.post("/atelier/<tag>/sans-support")
@open_to(*BENCH)
def no_storage(tag: str) -> ResponseReturnValue:
    """The person signed in looked: there is no storage medium inside."""
    device = device_by_tag(tag)
    inspection.declare_no_storage(device, acting=acting())
    tell(sentence(N_("%(tag)s : absence de support constatée, à votre nom."), tag=in_groups(tag)))
    return back(device)


@blueprint.route("/atelier/<tag>/supports/nouveau", methods=["GET", "POST"])
@open_to(*BENCH)
def new_medium(tag: str) -> ResponseReturnValue | Page:
    """A medium found by opening the device, when no tool can read it."""
    device = device_by_tag(tag)
    form = MediumForm()
    page = shown_for("wiping/new_medium.html", device, form=form)
    if not form.validate_on_submit():
        return page
    size = form.gigabytes.data * 10**9 if form.gigabytes.data else None
    inspection.add_medium(
        device,
        acting=acting(),
        kind=form.kind.data,
        model=form.model.data or "",
        serial=form.serial.data or "",
        size=size,
    )
    tell(sentence(N_("%(tag)s : support ajouté. Il attend son effacement."), tag=in_groups(tag)))
    return back(device)


@blueprint.route("/atelier/<tag>/verrous", methods=["GET", "POST"])
@open_to(*HELPERS)
def locks(tag: str) -> ResponseReturnValue | Page:
    """The locks of a phone or tablet, line by line."""
    device = device_by_tag(tag)
    inspection.refuse_not_lockable(device)
    form = locks_form(queries.last_lock_check(device))
    page = shown_for("wiping/locks.html", device, form=form)
    if not form.validate_on_submit():
        return page
    check = inspection.check_locks(
        device,
        form.outcomes(),
        acting=acting(),
        imei=form.imei.data or "",
        imei_reason=form.imei_reason.data or "",
    )
    if check.off:
        tell(sentence(N_("%(tag)s : verrous contrôlés et levés."), tag=in_groups(tag)))
    else:
        tell(inspection.locks_left(check), category="attention")
    return back(device)


@blueprint.get("/atelier/<tag>/photos/<digest>")
@open_to(*HELPERS)
def photo(tag: str, digest: str) -> Response:
    """A photo shown as evidence for this device."""
    queries.refuse_unshown_photo(device_by_tag(tag), digest)
    return Response(current_app.extensions["files"].get(digest), mimetype="image/jpeg")


@blueprint.get("/atelier/<tag>/fichiers/<digest>")
@open_to(*BENCH)
def file(tag: str, digest: str) -> Response:
    """A tool's file as kept, without personal data."""
    row = queries.file_of(device_by_tag(tag), digest)
    answer = Response(current_app.extensions["files"].get(row.digest), mimetype="text/plain")
    answer.headers["Content-Disposition"] = f'attachment; filename="{row.kind}-{row.digest[:12]}.txt"'
    return answer
