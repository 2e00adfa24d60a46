"""Réemploi: from the donor's van to the funder's report."""

import os
from datetime import timedelta

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from reemploi import rooms
from reemploi.config import Settings, load_settings
from reemploi.extensions import babel, csrf, db, migrate
from reemploi.ground import database
from reemploi.ground.crypto import KeyRing, Keys
from reemploi.ground.files import FileStore
from reemploi.people.signed_in import install_sign_in
from reemploi.web.access import guard
from reemploi.web.border import Application
from reemploi.web.errors import install_error_pages
from reemploi.web.headers import install_headers
from reemploi.web.language import chosen_language
from reemploi.web.menu import install_menu
from reemploi.web.templating import install_templating


def create_app(settings: Settings | None = None) -> Flask:
    """The application for one installation; raises BadSettings when it would not be safe."""
    settings = settings or load_settings(os.environ)
    app = Application(__name__, instance_path=str(settings.instance_dir.resolve()))
    https = settings.base_url.startswith("https://")
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=database.engine_options(settings.database_url),
        MAX_CONTENT_LENGTH=settings.max_upload_bytes,
        MAX_FORM_MEMORY_SIZE=4 * 2**20,
        WTF_CSRF_TIME_LIMIT=None,
        SESSION_COOKIE_NAME="reemploi",
        SESSION_COOKIE_SECURE=https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(days=1),
        BABEL_DEFAULT_LOCALE="fr",
        BABEL_DEFAULT_TIMEZONE="Europe/Paris",
        TEMPLATES_AUTO_RELOAD=settings.mode == "development",
    )
    app.extensions["settings"] = settings
    app.extensions["keys"] = Keys(
        fields=KeyRing(settings.keys.fields, settings.keys.current),
        names=settings.keys.names,
        journal=settings.keys.journal,
        links=settings.keys.links,
    )
    app.extensions["files"] = FileStore(settings.files_dir)
    _bind_extensions(app)
    guard_and_rooms(app, https=https)
    _wrap(app, settings)
    return app


def _bind_extensions(app: Flask) -> None:
    db.init_app(app)
    with app.app_context():
        database.install(db.engine)
    migrate.init_app(app, db, directory=os.path.join(app.root_path, "migrations"))
    babel.init_app(app, locale_selector=chosen_language)
    csrf.init_app(app)


def guard_and_rooms(app: Flask, *, https: bool) -> None:
    """The doorkeeper first, then every stage's pages and commands."""
    install_sign_in(app)
    guard(app)
    install_headers(app, https=https)
    install_error_pages(app)
    install_templating(app)
    for blueprint in rooms.blueprints(app.extensions["settings"].mode):
        app.register_blueprint(blueprint)
    install_menu(app, rooms.MENU)
    for group in rooms.COMMANDS:
        app.cli.add_command(group)


def _wrap(app: Flask, settings: Settings) -> None:
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=0)  # type: ignore[method-assign]
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=app.static_folder,
        prefix="static/",
        max_age=31536000 if settings.mode in ("production", "demo") else 0,
    )
