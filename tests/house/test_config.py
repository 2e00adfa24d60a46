"""A start that would be unsafe is refused with one sentence that names the variable and the remedy."""

import base64
import dataclasses
import hashlib
import json
from pathlib import Path

import pytest

from reemploi.config import REMEDY, SECRET_VARIABLES, Settings, load_settings
from reemploi.secret_keys import (
    DEMO_KEYS,
    BadSettings,
    SecretKeys,
    as_written,
    from_written,
    new_keys,
    rotated,
    weakness,
    write_keys,
)

RANDOM = hashlib.sha512(b"drawn once, for the tests").digest()
PUBLIC = {"REEMPLOI_MODE": "production", "REEMPLOI_BASE_URL": "https://reemploi.exemple.fr"}


def production(instance: Path, **more: str) -> Settings:
    return load_settings({**PUBLIC, **more}, instance)


def written(key: bytes) -> str:
    return base64.b64encode(key).decode()


def environment_of(keys: SecretKeys) -> dict[str, str]:
    values = as_written(keys)
    return {
        variable: json.dumps(values[name]) if name == "fields" else values[name]
        for name, variable in SECRET_VARIABLES.items()
    }


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    write_keys(tmp_path / "secrets.json", new_keys())
    return tmp_path


def test_the_demonstration_starts_with_nothing_set(tmp_path: Path) -> None:
    settings = load_settings({"REEMPLOI_MODE": "demo"}, tmp_path)
    assert settings.database_url == f"sqlite:///{tmp_path}/reemploi.db"
    assert (settings.base_url, settings.mail, settings.trusted_proxies) == ("http://127.0.0.1:8000", None, 0)
    assert settings.keys is DEMO_KEYS


def test_production_is_the_mode_of_a_start_that_says_nothing(tmp_path: Path) -> None:
    with pytest.raises(BadSettings):
        load_settings({}, tmp_path)


@pytest.mark.parametrize("mode", ["demo", "test", "development"])
@pytest.mark.parametrize("bind", ["0.0.0.0:8000", "192.0.2.7:8000", "[::]:8000", "exemple.fr:80"])
def test_outside_production_only_this_machine_may_connect(tmp_path: Path, mode: str, bind: str) -> None:
    with pytest.raises(BadSettings, match="REEMPLOI_BIND"):
        load_settings({"REEMPLOI_MODE": mode, "REEMPLOI_BIND": bind}, tmp_path)


@pytest.mark.parametrize("bind", ["127.0.0.1:8000", "localhost:8000", "[::1]:8000"])
def test_loopback_addresses_are_accepted(tmp_path: Path, bind: str) -> None:
    assert load_settings({"REEMPLOI_MODE": "demo", "REEMPLOI_BIND": bind}, tmp_path).bind == bind


def test_production_takes_its_secrets_from_the_file(instance: Path) -> None:
    settings = production(instance)
    assert as_written(settings.keys) == json.loads((instance / "secrets.json").read_text())
    assert settings.secret_key == settings.keys.session


def test_production_takes_its_secrets_from_the_environment_alone(tmp_path: Path) -> None:
    keys = rotated(new_keys())
    assert production(tmp_path, **environment_of(keys)).keys == keys


def test_the_environment_goes_before_the_file(instance: Path) -> None:
    other = new_keys()
    assert production(instance, REEMPLOI_NAME_KEY=written(other.names)).keys.names == other.names


@pytest.mark.parametrize(("name", "variable"), SECRET_VARIABLES.items())
def test_each_missing_secret_is_refused_by_name(tmp_path: Path, name: str, variable: str) -> None:
    given = environment_of(new_keys())
    del given[variable]
    with pytest.raises(BadSettings) as refusal:
        production(tmp_path, **given)
    assert str(refusal.value) == f"Le secret {variable} manque. {REMEDY}"


@pytest.mark.parametrize(
    ("key", "why"),
    [
        (b"x", "1 octets"),
        (RANDOM[:31], "31 octets"),
        (RANDOM[:33], "33 octets"),
        (b"\0" * 32, "se répète"),
        (RANDOM[:8] * 4, "se répète"),
        (RANDOM[:10] + b"\0" * 22, "se répète"),
        (bytes(range(32)), "suite régulière"),
        (bytes(range(0, 224, 7)), "suite régulière"),
        (b"un mot de passe vraiment tres lo", "une phrase"),
        (DEMO_KEYS.names, "démonstration"),
        (DEMO_KEYS.session, "démonstration"),
        (DEMO_KEYS.fields[1], "démonstration"),
    ],
)
@pytest.mark.parametrize(("name", "variable"), SECRET_VARIABLES.items())
def test_each_weak_secret_is_refused_by_name(instance: Path, name: str, variable: str, key: bytes, why: str) -> None:
    text = json.dumps({"1": written(key)}) if name == "fields" else written(key)
    with pytest.raises(BadSettings, match=f"{variable}.*{why}") as refusal:
        production(instance, **{variable: text})
    assert str(refusal.value).endswith(REMEDY)
    assert written(key) not in str(refusal.value)


@pytest.mark.parametrize("text", ["changez-moi", "é", "{}", "[]", "null", "1", '{"0": "AA=="}', '{"1": 3}'])
@pytest.mark.parametrize(("name", "variable"), SECRET_VARIABLES.items())
def test_each_badly_written_secret_is_refused_by_name(instance: Path, name: str, variable: str, text: str) -> None:
    with pytest.raises(BadSettings, match=variable):
        production(instance, **{variable: text})


def test_an_empty_variable_is_no_secret(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="REEMPLOI_SECRET_KEY manque"):
        production(tmp_path, **{**environment_of(new_keys()), "REEMPLOI_SECRET_KEY": ""})


def test_one_key_for_two_uses_is_refused(instance: Path) -> None:
    keys = from_written(json.loads((instance / "secrets.json").read_text()))
    with pytest.raises(BadSettings, match="REEMPLOI_JOURNAL_KEY est le même que REEMPLOI_NAME_KEY"):
        production(instance, REEMPLOI_JOURNAL_KEY=written(keys.names))


@pytest.mark.parametrize("mode", [0o644, 0o604, 0o660])
def test_a_secrets_file_open_to_others_is_refused(instance: Path, mode: int) -> None:
    (instance / "secrets.json").chmod(mode)
    with pytest.raises(BadSettings, match="chmod 600"):
        production(instance)


@pytest.mark.parametrize("content", ["", "{", "[1]", "null", "\x00"])
def test_a_broken_secrets_file_is_refused(instance: Path, content: str) -> None:
    (instance / "secrets.json").write_text(content)
    with pytest.raises(BadSettings, match="illisible"):
        production(instance)


def test_the_secrets_file_is_its_owners_alone_and_replaces_an_older_one(tmp_path: Path) -> None:
    path = tmp_path / "instance" / "secrets.json"
    write_keys(path, new_keys())
    write_keys(path, second := new_keys())
    assert path.stat().st_mode & 0o777 == 0o600
    assert from_written(json.loads(path.read_text())) == second
    assert [file.name for file in path.parent.iterdir()] == ["secrets.json"]


def test_new_keys_are_sound_and_never_the_same_twice() -> None:
    drawn = [key for _ in range(200) for _, key in new_keys().named()]
    assert len(set(drawn)) == len(drawn)
    assert {weakness(key) for key in drawn} == {None}


def test_a_rotation_adds_a_field_key_and_keeps_the_rest() -> None:
    before = new_keys()
    after = rotated(before)
    assert (after.current, set(after.fields)) == (2, {1, 2})
    assert after.fields[1] == before.fields[1]
    assert dataclasses.replace(after, fields=before.fields, current=1) == before


def test_printing_the_settings_shows_no_secret(instance: Path) -> None:
    settings = production(
        instance,
        REEMPLOI_DATABASE_URL="postgresql://reemploi:tres-secret@127.0.0.1/reemploi",
        REEMPLOI_SMTP_HOST="mail.exemple.fr",
        REEMPLOI_SMTP_SENDER="prets@exemple.fr",
        REEMPLOI_SMTP_PASSWORD="tres-secret",
    )
    shown = repr(settings)
    assert "tres-secret" not in shown
    assert not [name for name, key in settings.keys.named() if repr(key) in shown or written(key) in shown]


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_customary_postgresql_address_works(tmp_path: Path, scheme: str) -> None:
    given = {"REEMPLOI_MODE": "demo", "REEMPLOI_DATABASE_URL": f"{scheme}://u:p@h/d"}
    assert load_settings(given, tmp_path).database_url == "postgresql+psycopg://u:p@h/d"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("REEMPLOI_MODE", "prod"),
        ("REEMPLOI_DATABASE_URL", "mysql://localhost/reemploi"),
        ("REEMPLOI_BASE_URL", "reemploi.exemple.fr"),
        ("REEMPLOI_BASE_URL", "http://reemploi.exemple.fr"),
        ("REEMPLOI_BASE_URL", "https://exemple.fr/reemploi"),
        ("REEMPLOI_BASE_URL", "javascript://exemple.fr"),
        ("REEMPLOI_TRUSTED_PROXIES", "-1"),
        ("REEMPLOI_TRUSTED_PROXIES", "²"),
        ("REEMPLOI_TRUSTED_PROXIES", "6"),
        ("REEMPLOI_IDLE_MINUTES", "0"),
        ("REEMPLOI_MAX_UPLOAD_BYTES", "beaucoup"),
        ("REEMPLOI_SMTP_PORT", "0"),
        ("REEMPLOI_SMTP_SECURITY", "ssl"),
        ("REEMPLOI_SMTP_SENDER", "prets"),
    ],
)
def test_a_value_out_of_bounds_is_refused_by_name(instance: Path, variable: str, value: str) -> None:
    mail = {"REEMPLOI_SMTP_HOST": "mail.exemple.fr", "REEMPLOI_SMTP_SENDER": "prets@exemple.fr"}
    with pytest.raises(BadSettings, match=variable):
        production(instance, **{**mail, variable: value})


def test_production_needs_its_public_address(instance: Path) -> None:
    with pytest.raises(BadSettings, match="REEMPLOI_BASE_URL manque"):
        load_settings({"REEMPLOI_MODE": "production"}, instance)
