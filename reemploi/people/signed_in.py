"""The sign-in wrapper: the account stays a plain row, the session's secret is all the browser holds."""

from datetime import datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from flask import Flask, Response, current_app, request, session
from flask_login import UserMixin, current_user

from reemploi.extensions import login_manager
from reemploi.ground import tenancy
from reemploi.ground.acting import Acting
from reemploi.ground.clock import utc_now
from reemploi.ground.database import writing
from reemploi.people.actions.accounts import keep_language
from reemploi.people.models import Association, Member
from reemploi.people.rules import may_enter_by_link
from reemploi.people.sessions import live_session, note_seen
from reemploi.roles import Role


class SignedIn(UserMixin):
    """The member behind this request, as pages and actions need them."""

    def __init__(
        self, secret: str, member: Member, association: Association, desk: str | None = None, by: str = "password"
    ) -> None:
        self.secret = secret
        self.by = by
        self.member_id = member.id
        self.account_id = member.account_id
        self.association_id = association.id
        self.organisation_id = member.organisation_id
        self.site_id = member.site_id
        self.name = member.name
        self.email = member.account.email
        self.association_name = association.name
        self.roles: tuple[Role, ...] = member.roles
        self.desk = desk
        self._zone = association.zone

    def get_id(self) -> str:
        """What the browser's cookie holds."""
        return self.secret

    @cached_property
    def zone(self) -> ZoneInfo:
        """The association's time zone."""
        return ZoneInfo(self._zone)

    def acting(self, now: datetime) -> Acting:
        """The hand behind an action."""
        return Acting(
            association_id=self.association_id,
            now=now,
            member_id=self.member_id,
            roles=frozenset(self.roles),
            desk=self.desk,
            zone=self.zone,
        )


def install_sign_in(app: Flask) -> None:
    """Bind the session table to Flask-Login and set the association in scope for each request."""
    login_manager.init_app(app)
    login_manager.session_protection = None

    @login_manager.user_loader
    def _load(secret: str) -> SignedIn | None:
        now = utc_now()
        idle = timedelta(minutes=current_app.extensions["settings"].idle_minutes)
        found = live_session(secret, now=now, idle=idle)
        if found is None:
            return None
        session_row, member, association = found
        if session_row.opened_by == "link" and not may_enter_by_link(member.roles):
            return None
        note_seen(session_row, now=now)
        tenancy.enter(association.id)
        return SignedIn(secret, member, association, session_row.desk, session_row.opened_by)

    app.after_request(_keep_language)


def _keep_language(response: Response) -> Response:
    """A language chosen by hand is remembered with the account, not only by this browser."""
    if request.endpoint == "web.set_language" and current_user.is_authenticated and session.get("language"):
        with writing():
            keep_language(current_user.account_id, session["language"])
    return response
