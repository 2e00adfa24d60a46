"""One's own account: name, password, open browsers, the other associations one belongs to."""

from datetime import timedelta

from flask import Blueprint, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from reemploi.errors import NotFound, Refused
from reemploi.extensions import db
from reemploi.ground.clock import utc_now
from reemploi.ground.database import writing
from reemploi.people import signing_in
from reemploi.people.actions import accounts
from reemploi.people.demonstration import keeps_password
from reemploi.people.forms import ChangePasswordForm, OwnNameForm
from reemploi.people.models import Account
from reemploi.people.passwords import hash_password
from reemploi.people.queries import association_names, is_shared
from reemploi.people.sessions import end_all_sessions, end_browser, open_browsers
from reemploi.sentences import N_, counted
from reemploi.web.access import open_to_signed_in
from reemploi.web.acting import acting
from reemploi.web.border import Page, own_transactions
from reemploi.web.flashes import tell

blueprint = Blueprint("account", __name__)
DEMO_KEEPS = N_("Les comptes de la démonstration gardent leur mot de passe.")


@blueprint.get("/mon-compte")
@open_to_signed_in
def show() -> Page:
    """My name, my password, my open browsers, my other associations."""
    account = db.session.get_one(Account, current_user.account_id)
    shared = is_shared(account.id)
    others = [door for door in signing_in.doors(account.id, by=current_user.by) if door.id != current_user.member_id]
    idle = timedelta(minutes=current_app.extensions["settings"].idle_minutes)
    browsers = open_browsers(account.id, current_user.secret, now=utc_now(), idle=idle, member_id=_only(shared))
    return Page(
        "people/account.html",
        account=account,
        shared=shared,
        browsers=browsers,
        others=others,
        associations=association_names({door.association_id for door in others}),
    )


def _only(shared: bool) -> int | None:
    return int(current_user.member_id) if shared else None


@blueprint.route("/mon-compte/nom", methods=["GET", "POST"])
@open_to_signed_in
def rename() -> ResponseReturnValue | Page:
    """Change the name others read."""
    form = OwnNameForm(name=current_user.name)
    page = Page("people/rename.html", form=form).kept()
    if not form.validate_on_submit():
        return page
    accounts.rename_oneself(form.name.data, acting=acting())
    tell(N_("Votre nom est enregistré."))
    return redirect(url_for("account.show"))


@blueprint.route("/mon-compte/mot-de-passe", methods=["GET", "POST"])
@open_to_signed_in
@own_transactions
def change_password() -> ResponseReturnValue | Page:
    """Change my password; my other browsers are signed out."""
    form = ChangePasswordForm(current_user.email)
    page = Page("people/change_password.html", form=form, email=current_user.email).kept()
    if not form.validate_on_submit():
        return page
    if keeps_password(current_user.email):
        raise Refused(DEMO_KEEPS, code="demo")
    signing_in.check_own_password(current_user.account_id, form.current.data, now=utc_now())
    hashed = hash_password(form.password.data)
    with writing():
        accounts.change_password(
            hashed, account_id=current_user.account_id, acting=acting(), kept_session=current_user.secret
        )
    tell(N_("Mot de passe enregistré. Vos autres appareils sont déconnectés."))
    return redirect(url_for("account.show"))


@blueprint.post("/mon-compte/appareils/fermer")
@open_to_signed_in
def close_browser() -> ResponseReturnValue:
    """Sign one of my other browsers out."""
    if not end_browser(current_user.account_id, request.form.get("browser", ""), now=utc_now()):
        raise NotFound(N_("Cet appareil est déjà déconnecté."), code="closed")
    tell(N_("L'appareil est déconnecté."))
    return redirect(url_for("account.show"))


@blueprint.post("/mon-compte/appareils/fermer-les-autres")
@open_to_signed_in
def close_others() -> ResponseReturnValue:
    """Sign all my other browsers out."""
    member_id = _only(is_shared(current_user.account_id))
    closed = end_all_sessions(
        current_user.account_id, now=utc_now(), except_secret=current_user.secret, member_id=member_id
    )
    tell(counted(N_("%(n)d appareil déconnecté."), N_("%(n)d appareils déconnectés."), closed))
    return redirect(url_for("account.show"))


@blueprint.post("/mon-compte/association")
@open_to_signed_in
def switch() -> ResponseReturnValue:
    """Go on in another of my associations, or as another person of a shared mailbox."""
    doors = signing_in.doors(current_user.account_id, by=current_user.by)
    chosen = next((door for door in doors if door.address == request.form.get("member")), None)
    if chosen is None:
        raise NotFound(N_("Cet accès n'est plus ouvert."), code="no_door")
    signing_in.enter(chosen, by=current_user.by, user_agent=request.user_agent.string, now=utc_now())
    return redirect(url_for("home.index"))
