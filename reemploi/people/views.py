"""Pages of people and places: sign-in and sign-out."""

from datetime import timedelta

from flask import Blueprint, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user, logout_user

from reemploi.ground.clock import utc_now
from reemploi.ground.database import reading, writing
from reemploi.ground.throttle import count_attempt, forget_attempts, too_many
from reemploi.people.forms import SignInForm
from reemploi.people.passwords import matches
from reemploi.people.queries import account_by_email, association, memberships
from reemploi.people.sessions import end_session, open_session
from reemploi.people.signed_in import SignedIn
from reemploi.sentences import N_, Sentence
from reemploi.web.access import open_to_everyone, open_to_signed_in
from reemploi.web.border import Page, own_transactions
from reemploi.web.links import same_site
from reemploi.web.menu import Entry
from reemploi.web.wording import say

blueprint = Blueprint("people", __name__)
BLUEPRINTS = (blueprint,)
MENU: tuple[Entry, ...] = ()

ATTEMPTS = 8
WINDOW = timedelta(minutes=15)
WRONG = N_("Adresse ou mot de passe inconnu. Vérifiez les deux, ou demandez un nouveau mot de passe.")
TOO_MANY = N_("Trop d'essais. Attendez un quart d'heure, ou demandez un nouveau mot de passe.")


@blueprint.route("/connexion", methods=["GET", "POST"])
@open_to_everyone(reason="the door")
@own_transactions
def sign_in() -> ResponseReturnValue | Page:
    """Sign in with address and password."""
    if current_user.is_authenticated:
        return redirect(same_site(request.args.get("next")))
    form = SignInForm()
    refusal = _try_to_sign_in(form) if form.validate_on_submit() else None
    if refusal is None and current_user.is_authenticated:
        return redirect(same_site(request.args.get("next")))
    shown = {"form": form, "refusal": say(refusal) if refusal else None, "demo_people": _demo_people()}
    return Page("people/sign_in.html", 422 if request.method == "POST" else 200, **shown)


def _try_to_sign_in(form: SignInForm) -> Sentence | None:
    now = utc_now()
    email, address = str(form.email.data).strip().lower(), request.remote_addr or "?"
    subjects = (("sign_in_account", email, ATTEMPTS), ("sign_in_address", address, ATTEMPTS * 5))
    with reading() as session:
        if any(too_many(session, name, who, limit=limit, window=WINDOW, now=now) for name, who, limit in subjects):
            return Sentence(TOO_MANY)
        account = account_by_email(email)
        stored = account.password_hash if account else None
        members = memberships(account.id) if account else []
    if not matches(stored, str(form.password.data)) or not members:
        with writing() as session:
            for name, who, _limit in subjects:
                count_attempt(session, name, who, window=WINDOW, now=now)
        return Sentence(WRONG)
    with writing() as session:
        forget_attempts(session, "sign_in_account", email)
        secret = open_session(members[0], now=now)
    with reading():
        login_user(SignedIn(secret, members[0], association(members[0].association_id)))
    return None


@blueprint.post("/deconnexion")
@open_to_signed_in
def sign_out() -> ResponseReturnValue:
    """End this session; caches are cleared, the scan queue is kept."""
    end_session(current_user.secret, now=utc_now())
    logout_user()
    answer = redirect(url_for("people.sign_in"))
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


def _demo_people() -> list[tuple[str, str]]:
    return current_app.extensions.get("demo_people", []) if current_app.extensions["settings"].mode == "demo" else []
