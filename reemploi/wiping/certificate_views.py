"""Pages of certificates of erasure, and the open page where anybody checks a paper's number and digest."""

import hashlib
import hmac
from datetime import timedelta

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from reemploi.errors import Refused
from reemploi.ground.clock import utc_now
from reemploi.ground.database import reading, writing
from reemploi.ground.throttle import count_attempt, too_many
from reemploi.intake.models import Delivery
from reemploi.intake.queries import delivery_by_address
from reemploi.journey.models import Device
from reemploi.journey.queries import device_by_tag
from reemploi.papers.printing import issue, pdf_answer
from reemploi.roles import BENCH
from reemploi.sentences import N_, sentence
from reemploi.web.access import open_to, open_to_everyone
from reemploi.web.acting import acting
from reemploi.web.border import Page, own_transactions
from reemploi.web.flashes import tell
from reemploi.web.uploads import accept_uploads
from reemploi.wiping import certificates
from reemploi.wiping.forms import CertificateForm, VerifyForm
from reemploi.wiping.queries import certificate_at, digests_of

blueprint = Blueprint("certificates", __name__)

ATTEMPTS = 20
WINDOW = timedelta(minutes=15)
TOO_MANY = N_("Trop de vérifications d'affilée. Attendez un quart d'heure.")


@blueprint.get("/certificats")
@open_to(*BENCH)
def index() -> Page:
    """The certificates, newest first."""
    before = request.args.get("avant", "")
    rows, next_key = certificates.certificates(int(before) if before.isascii() and before.isdigit() else None)
    return Page("wiping/certificates.html", rows=rows, next_key=next_key)


@blueprint.route("/certificats/arrivage/<address>", methods=["GET", "POST"])
@open_to(*BENCH)
@own_transactions
def of_delivery(address: str) -> ResponseReturnValue | Page:
    """What a delivery's certificate would say, and make it."""
    return _make(delivery_by_address(address))


@blueprint.route("/certificats/appareil/<tag>", methods=["GET", "POST"])
@open_to(*BENCH)
@own_transactions
def of_device(tag: str) -> ResponseReturnValue | Page:
    """What a device's certificate would say, and make it."""
    return _make(device_by_tag(tag))


def _make(subject: Delivery | Device) -> ResponseReturnValue | Page:
    form = CertificateForm()
    earlier = certificates.of_subject(subject)
    page = Page(
        "wiping/new_certificate.html",
        form=form,
        lot=certificates.lot_of(subject),
        delivery=subject if isinstance(subject, Delivery) else None,
        device=subject if isinstance(subject, Device) else None,
        earlier=earlier,
    ).kept()
    if not form.validate_on_submit():
        return page
    hand = acting()
    document = issue(lambda: certificates.make_certificate(subject, acting=hand, partial=form.partial.data))
    tell(sentence(N_("Certificat %(number)s établi."), number=document.number))
    return redirect(url_for("certificates.index"))


@blueprint.get("/certificats/<address>.pdf")
@open_to(*BENCH)
def pdf(address: str) -> Response:
    """A certificate as it was made."""
    return pdf_answer(certificate_at(address))


@blueprint.route("/verifier", methods=["GET", "POST"])
@open_to_everyone(reason="whoever holds a certificate checks its number and digest; yes or no, nothing else")
@own_transactions
def verify() -> Page:
    """Whether a document of this number and this digest was issued here."""
    form = VerifyForm()
    page = Page("wiping/verify.html", form=form, answer=None).kept()
    if not form.validate_on_submit():
        return page
    _throttle(request.remote_addr or "?")
    digest = _digest(form)
    known = digests_of(form.number.data or "")
    page.shown["answer"] = any(hmac.compare_digest(one, digest) for one in known)
    return page


def _digest(form: VerifyForm) -> str:
    if form.file.data and form.file.data.filename:
        (upload,) = accept_uploads([form.file.data])
        return hashlib.sha256(upload.content).hexdigest()
    return "".join((form.digest.data or "").split()).lower()


def _throttle(address: str) -> None:
    now = utc_now()
    with reading() as session:
        full = too_many(session, "verify_document", address, limit=ATTEMPTS, window=WINDOW, now=now)
    if full:
        raise Refused(TOO_MANY, code="throttled")
    with writing() as session:
        count_attempt(session, "verify_document", address, window=WINDOW, now=now)
