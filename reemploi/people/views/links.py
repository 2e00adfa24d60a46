"""The page behind a link received by mail: looking changes nothing, pressing the button uses the link up."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from reemploi.errors import Refused
from reemploi.extensions import db
from reemploi.ground.clock import utc_now
from reemploi.ground.database import writing
from reemploi.people.actions import accounts
from reemploi.people.actions.invitations import may_choose_password
from reemploi.people.forms import ConfirmForm, NewPasswordForm
from reemploi.people.links import live_link, use_link
from reemploi.people.models import Account, Association, Member, SignedLink
from reemploi.people.passwords import hash_password
from reemploi.people.queries import memberships
from reemploi.people.views.door import pass_door
from reemploi.sentences import N_
from reemploi.web.access import open_to_everyone
from reemploi.web.border import Page, own_transactions
from reemploi.web.flashes import tell

blueprint = Blueprint("links", __name__)


@blueprint.route("/lien/<secret>", methods=["GET", "POST"])
@open_to_everyone(reason="whoever received the mail")
@own_transactions
def open_link(secret: str) -> ResponseReturnValue | Page:
    """What a link opens: a session, or the choice of a password."""
    link = live_link(secret, "invitation", "new_password", "one_time", now=utc_now())
    if link is None:
        return Page("people/link_over.html", 410)
    account = db.session.get_one(Account, link.account_id)
    if link.purpose == "one_time":
        return _enter(link, account)
    if link.purpose == "new_password":
        return _choose_password(link, account)
    member = next((one for one in memberships(account.id) if one.id == link.member_id), None)
    if member is None or not may_choose_password(member):
        tell(N_("Cette invitation est acceptée. Connectez-vous comme d'habitude."), category="info")
        return redirect(url_for("people.sign_in"))
    return _choose_password(link, account, member)


def _enter(link: SignedLink, account: Account) -> ResponseReturnValue | Page:
    form = ConfirmForm()
    page = Page("people/enter.html", form=form, email=account.email).kept()
    if not form.validate_on_submit():
        return page
    account_id = account.id
    with writing():
        if not use_link(link, now=utc_now()):
            raise Refused(accounts.OVER, code="link_over")
    return pass_door(account_id, by="link")


def _choose_password(link: SignedLink, account: Account, member: Member | None = None) -> ResponseReturnValue | Page:
    form = NewPasswordForm(account.email)
    association = db.session.get_one(Association, member.association_id).name if member else None
    page = Page("people/choose_password.html", form=form, email=account.email, association=association).kept()
    if not form.validate_on_submit():
        return page
    account_id, hashed = account.id, hash_password(form.password.data)
    with writing():
        accounts.choose_password_by_link(link, hashed, now=utc_now())
    tell(N_("Mot de passe enregistré. Vos autres appareils sont déconnectés."))
    return pass_door(account_id, by="password")
