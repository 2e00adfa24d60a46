"""The door: sign-in, links received by mail, choice of whom to enter as, sign-out."""

from datetime import timedelta

from flask import Blueprint, current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, logout_user

from reemploi.errors import Refused
from reemploi.ground.clock import utc_now
from reemploi.ground.database import writing
from reemploi.people import signing_in
from reemploi.people.actions import accounts
from reemploi.people.demonstration import PASSWORD, demo_people
from reemploi.people.forms import AddressForm, ConfirmForm, SignInForm
from reemploi.people.links import live_link, use_link
from reemploi.people.queries import association_names
from reemploi.people.sessions import end_session, why_closed
from reemploi.sentences import N_, Sentence, sentence
from reemploi.web.access import open_to_everyone, open_to_signed_in
from reemploi.web.border import Page, own_transactions
from reemploi.web.links import same_site

blueprint = Blueprint("people", __name__)
CLOSED = {
    "idle": N_("Vous avez été déconnecté après %(n)d minutes sans activité. Ce qui était enregistré l'est toujours."),
    "ended": N_("Cette connexion a été fermée depuis un autre appareil, ou votre mot de passe a changé."),
}


@blueprint.route("/connexion", methods=["GET", "POST"])
@open_to_everyone(reason="the door")
@own_transactions
def sign_in() -> ResponseReturnValue | Page:
    """Sign in with address and password."""
    if current_user.is_authenticated:
        return redirect(same_site(request.args.get("next")))
    form = SignInForm()
    shows_demo = current_app.extensions["settings"].mode in ("demo", "development")
    page = Page(
        "people/sign_in.html",
        form=form,
        closed=_why_closed(),
        demo_people=demo_people() if shows_demo else [],
        demo_password=PASSWORD,
        next=request.args.get("next"),
    ).kept()
    if not form.validate_on_submit():
        return page
    account_id = signing_in.check_password(
        form.email.data, form.password.data, source=request.remote_addr or "?", now=utc_now()
    )
    return pass_door(account_id, by="password")


def pass_door(account_id: int, *, by: str) -> ResponseReturnValue:
    """Enter at once when there is one person to enter as, else ask which; in a transaction of its own."""
    now = utc_now()
    target = request.args.get("next")
    with writing():
        doors = signing_in.doors(account_id, by=by)
        if not doors:
            raise Refused(accounts.OVER, code="link_over")
        if len(doors) == 1:
            signing_in.enter(doors[0], by=by, user_agent=request.user_agent.string, now=now)
            return redirect(same_site(target))
        signing_in.ask_which(account_id, by=by, now=now)
    return redirect(url_for("people.choose", next=target))


@blueprint.route("/connexion/choix", methods=["GET", "POST"])
@open_to_everyone(reason="after the password or the link, before the session")
def choose() -> ResponseReturnValue | Page:
    """Choose the association, or the person of a shared mailbox, to enter as."""
    now = utc_now()
    link = live_link(session.get("choice", ""), "choice", now=now)
    if link is None:
        return redirect(url_for("people.sign_in", next=request.args.get("next")))
    by = str(link.facts["by"])
    doors = signing_in.doors(link.account_id, by=by)
    form = ConfirmForm()
    if form.validate_on_submit():
        chosen = next((door for door in doors if door.address == request.form.get("member")), None)
        if chosen is not None and use_link(link, now=now):
            signing_in.enter(chosen, by=by, user_agent=request.user_agent.string, now=now)
            return redirect(same_site(request.args.get("next")))
    names = association_names({door.association_id for door in doors})
    return Page("people/choose.html", doors=doors, associations=names, next=request.args.get("next"))


@blueprint.route("/connexion/lien", methods=["GET", "POST"])
@open_to_everyone(reason="prescribers without a password")
@own_transactions
def ask_one_time_link() -> Page:
    """Ask for a sign-in link by mail: the same answer whether or not the address is known."""
    form = AddressForm()
    page = Page("people/ask_link.html", form=form, purpose="one_time").kept()
    if not form.validate_on_submit():
        return page
    now, email = utc_now(), form.email.data
    if signing_in.may_ask_for_link("one_time", email, source=request.remote_addr or "?", now=now):
        with writing():
            accounts.send_one_time_link(email, now=now)
    return Page("people/link_sent.html", purpose="one_time")


@blueprint.route("/connexion/mot-de-passe", methods=["GET", "POST"])
@open_to_everyone(reason="whoever forgot the password")
@own_transactions
def ask_new_password() -> Page:
    """Ask for a link to choose a new password: the same answer whether or not the address is known."""
    form = AddressForm()
    page = Page("people/ask_link.html", form=form, purpose="new_password").kept()
    if not form.validate_on_submit():
        return page
    now, email = utc_now(), form.email.data
    if signing_in.may_ask_for_link("new_password", email, source=request.remote_addr or "?", now=now):
        by_mail = current_app.extensions["settings"].mail is not None
        with writing():
            accounts.send_new_password_link(email, now=now, by_mail=by_mail)
    return Page("people/link_sent.html", purpose="new_password")


@blueprint.post("/deconnexion")
@open_to_signed_in
def sign_out() -> ResponseReturnValue:
    """End this session; caches are cleared, the scan queue is kept."""
    end_session(current_user.secret, now=utc_now())
    logout_user()
    answer = redirect(url_for("people.sign_in"))
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


def _why_closed() -> Sentence | None:
    minutes: int = current_app.extensions["settings"].idle_minutes
    reason = why_closed(session.get("_user_id", ""), now=utc_now(), idle=timedelta(minutes=minutes))
    return sentence(CLOSED[reason], n=minutes) if reason else None
