"""Pages where files are dropped, and what became of each."""

from flask import Blueprint, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from reemploi.bench import queries as bench
from reemploi.bench.kept_sentences import told
from reemploi.bench.scanned import scanned_device
from reemploi.ground.database import reading
from reemploi.roles import BENCH
from reemploi.sentences import N_, sentence
from reemploi.web.access import open_to
from reemploi.web.acting import acting
from reemploi.web.border import Page, own_transactions
from reemploi.web.flashes import tell
from reemploi.wiping import drops
from reemploi.wiping.forms import DropForm, ScanForm

blueprint = Blueprint("drops", __name__)

TONES = {
    "done": ("ready", "check-circle-fill", N_("obtenu")),
    "attention": ("waits", "exclamation-triangle-fill", N_("à regarder")),
    "unknown": ("waits", "question-circle", N_("inconnu")),
    "same": ("neutral", "info-circle-fill", N_("déjà là")),
    "refused": ("refused", "x-octagon-fill", N_("refusé")),
}
TOOLS = {"lshw": "lshw", "smartctl": "smartctl", "nwipe": "nwipe", "": N_("fichier")}


@blueprint.route("/atelier/depot", methods=["GET", "POST"])
@open_to(*BENCH)
@own_transactions
def drop() -> ResponseReturnValue | Page:
    """Drop the files of the tools; what waits for its device is below."""
    form = DropForm(data={"scanned": request.args.get("appareil", "")[:20]})
    page = Page("wiping/drop.html", form=form, waiting=bench.unknown_parts(), drops=bench.last_drops(), told=told)
    page.kept()
    if not form.validate_on_submit():
        return page
    with reading():
        device, doubt = drops.device_scanned(form.scanned.data or "")
    if doubt is not None:
        tell(doubt, category="attention")
    address = drops.drop_files(
        drops.let_in(request.files.getlist("files")),
        device.id if device else None,
        acting=acting(),
        store=current_app.extensions["files"],
    )
    return redirect(url_for("drops.results", address=address))


@blueprint.get("/atelier/depot/<address>")
@open_to(*BENCH)
def results(address: str) -> Page:
    """What became of each file: what was obtained, what was refused and why, what comes next."""
    return _results(address, ScanForm())


def _results(address: str, form: ScanForm, wrong: str = "") -> Page:
    return Page(
        "wiping/results.html",
        drop=bench.drop_at(address),
        form=form,
        wrong=wrong,
        tones=TONES,
        tools=TOOLS,
        told=told,
    )


@blueprint.post("/atelier/depot/<address>/<part>")
@open_to(*BENCH)
@own_transactions
def settle(address: str, part: str) -> ResponseReturnValue | Page:
    """Say whose an unknown file is, without dropping it again."""
    form = ScanForm()
    row = bench.part_at(address, part)
    page = _results(address, form, wrong=part).kept()
    if not form.validate():
        return page
    device = scanned_device(form.scanned.data or "")
    drops.settle_part(row, device, acting=acting(), store=current_app.extensions["files"])
    tell(sentence(N_("« %(name)s » est rattaché."), name=row.name))
    return redirect(url_for("drops.results", address=address))
