"""The settings of one installation, read once at the start from the environment and from `instance/`.

Nothing here is edited on a page: those settings live in the database. A setting that would make the service unsafe
stops the start with one sentence (`BadSettings`).
"""

import ipaddress
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

from reemploi.secret_keys import DEMO_KEYS, BadSettings, SecretKeys, from_written, weakness

Mode = Literal["demo", "test", "development", "production"]
Security = Literal["starttls", "tls", "none"]

INSTANCE = Path(__file__).resolve().parent.parent / "instance"
SECRETS_FILE = "secrets.json"
REMEDY = "Lancez « scripts/secrets create » sur ce serveur pour tirer des secrets au hasard."
SECRET_VARIABLES = {
    "session": "REEMPLOI_SECRET_KEY",
    "fields": "REEMPLOI_FIELD_KEYS",
    "names": "REEMPLOI_NAME_KEY",
    "journal": "REEMPLOI_JOURNAL_KEY",
    "links": "REEMPLOI_LINK_KEY",
}
VARIABLES = (
    "REEMPLOI_MODE",
    "REEMPLOI_INSTANCE",
    "REEMPLOI_DATABASE_URL",
    "REEMPLOI_FILES",
    "REEMPLOI_BASE_URL",
    "REEMPLOI_BIND",
    "REEMPLOI_TRUSTED_PROXIES",
    "REEMPLOI_IDLE_MINUTES",
    "REEMPLOI_MAX_UPLOAD_BYTES",
    "REEMPLOI_SMTP_HOST",
    "REEMPLOI_SMTP_PORT",
    "REEMPLOI_SMTP_SECURITY",
    "REEMPLOI_SMTP_USER",
    "REEMPLOI_SMTP_PASSWORD",
    "REEMPLOI_SMTP_SENDER",
    *SECRET_VARIABLES.values(),
)


@dataclass(frozen=True, kw_only=True)
class Mail:
    """The server that takes the service's mails."""

    host: str
    port: int
    security: Security
    user: str | None
    password: str | None = field(repr=False)
    sender: str


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the factory and the commands need to know; without `mail`, mails stay in the outbox page."""

    mode: Mode
    database_url: str = field(repr=False)
    instance_dir: Path
    files_dir: Path
    base_url: str
    bind: str
    trusted_proxies: int
    idle_minutes: int
    max_upload_bytes: int
    keys: SecretKeys
    mail: Mail | None

    @property
    def secret_key(self) -> bytes:
        """The key that signs the session cookie."""
        return self.keys.session


def load_settings(environ: Mapping[str, str], instance_path: Path | None = None) -> Settings:
    """Read and check every setting; raises BadSettings with the sentence to print."""
    known = {name: value for name, value in environ.items() if name.startswith("REEMPLOI_") and value}
    mode = _choice(known, "REEMPLOI_MODE", get_args(Mode), "production")
    instance = instance_path or Path(known.get("REEMPLOI_INSTANCE", INSTANCE))
    bind = known.get("REEMPLOI_BIND", "127.0.0.1:8000")
    if mode != "production" and not _is_loopback(bind.rpartition(":")[0]):
        raise BadSettings(
            f"REEMPLOI_BIND={bind} : le mode « {mode} » n'écoute que sur cette machine. "
            "Retirez REEMPLOI_BIND, ou passez en production (docs/production.md)."
        )
    return Settings(
        mode=mode,
        database_url=_database_url(known, instance),
        instance_dir=instance,
        files_dir=Path(known.get("REEMPLOI_FILES", instance / "files")),
        base_url=_base_url(known, mode, bind),
        bind=bind,
        trusted_proxies=_number(known, "REEMPLOI_TRUSTED_PROXIES", 0, most=5),
        idle_minutes=_number(known, "REEMPLOI_IDLE_MINUTES", 60, least=5, most=24 * 60),
        max_upload_bytes=_number(known, "REEMPLOI_MAX_UPLOAD_BYTES", 25 * 2**20, least=2**20, most=2**30),
        keys=_production_keys(known, instance / SECRETS_FILE) if mode == "production" else DEMO_KEYS,
        mail=_mail(known),
    )


def _choice(known: Mapping[str, str], name: str, allowed: tuple[str, ...], default: str) -> Any:
    value = known.get(name, default)
    if value not in allowed:
        raise BadSettings(f"{name}={value} n'existe pas. Choisissez parmi : {', '.join(allowed)}.")
    return value


def _number(known: Mapping[str, str], name: str, default: int, *, least: int = 0, most: int) -> int:
    text = known.get(name, str(default))
    if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
        raise BadSettings(f"{name}={text} ne convient pas. Donnez un nombre entier entre {least} et {most}.")
    return int(text)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _database_url(known: Mapping[str, str], instance: Path) -> str:
    url = known.get("REEMPLOI_DATABASE_URL") or f"sqlite:///{instance.resolve() / 'reemploi.db'}"
    scheme, _, rest = url.partition("://")
    if scheme in ("postgres", "postgresql", "postgresql+psycopg"):
        return f"postgresql+psycopg://{rest}"
    if scheme != "sqlite":
        raise BadSettings("REEMPLOI_DATABASE_URL doit commencer par « sqlite:// » ou « postgresql:// ».")
    return url


def _base_url(known: Mapping[str, str], mode: Mode, bind: str) -> str:
    if "REEMPLOI_BASE_URL" not in known and mode == "production":
        raise BadSettings(
            "REEMPLOI_BASE_URL manque. Donnez l'adresse publique, par exemple https://reemploi.exemple.fr."
        )
    url = known.get("REEMPLOI_BASE_URL", f"http://{bind}").rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment or parts.path:
        raise BadSettings(f"REEMPLOI_BASE_URL={url} n'est pas une adresse de la forme https://reemploi.exemple.fr.")
    if mode == "production" and parts.scheme != "https" and not _is_loopback(parts.hostname):
        raise BadSettings(f"REEMPLOI_BASE_URL={url} : une adresse publique doit commencer par « https:// ».")
    return url


def _mail(known: Mapping[str, str]) -> Mail | None:
    if "REEMPLOI_SMTP_HOST" not in known:
        return None
    if "@" not in known.get("REEMPLOI_SMTP_SENDER", ""):
        raise BadSettings("REEMPLOI_SMTP_SENDER manque. Donnez l'adresse qui envoie les courriels.")
    return Mail(
        host=known["REEMPLOI_SMTP_HOST"],
        port=_number(known, "REEMPLOI_SMTP_PORT", 587, least=1, most=65535),
        security=_choice(known, "REEMPLOI_SMTP_SECURITY", get_args(Security), "starttls"),
        user=known.get("REEMPLOI_SMTP_USER"),
        password=known.get("REEMPLOI_SMTP_PASSWORD"),
        sender=known["REEMPLOI_SMTP_SENDER"],
    )


def _production_keys(known: Mapping[str, str], path: Path) -> SecretKeys:
    written = _secrets_file(path) if path.exists() else {}
    for name, variable in SECRET_VARIABLES.items():
        if variable in known:
            written[name] = known[variable]
        elif name not in written:
            raise BadSettings(f"Le secret {variable} manque. {REMEDY}")
    try:
        if isinstance(written["fields"], str):
            written |= {"fields": json.loads(written["fields"]), "current": None}
        keys = from_written(written)
    except ValueError as error:
        variable = SECRET_VARIABLES.get(str(error), SECRET_VARIABLES["fields"])
        raise BadSettings(f"Le secret {variable} est mal écrit : il faut du base64. {REMEDY}") from error
    seen: dict[bytes, str] = {}
    for name, key in keys.named():
        variable = SECRET_VARIABLES[name.partition(".")[0]]
        if reason := weakness(key):
            raise BadSettings(f"Le secret {variable} {reason}. {REMEDY}")
        if key in seen:
            raise BadSettings(f"Le secret {variable} est le même que {seen[key]}. {REMEDY}")
        seen[key] = variable
    return keys


def _secrets_file(path: Path) -> dict[str, Any]:
    if path.stat().st_mode & 0o027:
        raise BadSettings(f"{path} peut être lu par d'autres comptes de ce serveur. Lancez « chmod 600 {path} ».")
    try:
        return dict(json.loads(path.read_text()))
    except (OSError, TypeError, ValueError) as error:
        raise BadSettings(f"{path} est illisible pour le service. Remettez le fichier de votre sauvegarde.") from error
