"""Command line of the secrets of a production installation.

scripts/secrets create   draw every secret at random into instance/secrets.json; never replaces an existing file
scripts/secrets rotate   add a new key for the encrypted fields; the older ones still open what they sealed
scripts/secrets check    say whether production would start with the present settings
"""

import argparse
import json
import os
from pathlib import Path

from reemploi.config import INSTANCE, SECRETS_FILE, load_settings
from reemploi.secret_keys import BadSettings, from_written, new_keys, rotated, write_keys
from scripts.environment import say, stop


def main() -> None:
    """Run one of the three commands."""
    parser = argparse.ArgumentParser(prog="scripts/secrets", description="Secrets d'une installation en production.")
    parser.add_argument("command", choices=["create", "rotate", "check"])
    command = parser.parse_args().command
    path = Path(os.environ.get("REEMPLOI_INSTANCE") or INSTANCE) / SECRETS_FILE
    try:
        {"create": create, "rotate": rotate, "check": check}[command](path)
    except BadSettings as refusal:
        stop(str(refusal))


def create(path: Path) -> None:
    """Draw every secret; refuses to replace secrets that may protect data."""
    if path.exists():
        stop(f"{path} existe déjà : sans lui, les données chiffrées seraient perdues. Rien n'a été changé.")
    write_keys(path, new_keys())
    say(f"✓ Secrets créés dans {path}. Gardez-en une copie hors de ce serveur, à part des sauvegardes.")


def rotate(path: Path) -> None:
    """Add a key for the encrypted fields."""
    if not path.exists():
        stop(f"{path} n'existe pas : lancez « scripts/secrets create ».")
    keys = rotated(from_written(json.loads(path.read_text())))
    write_keys(path, keys)
    say(f"✓ Clé n° {keys.current} ajoutée dans {path}. Redémarrez le service, et gardez une copie du fichier.")


def check(path: Path) -> None:
    """Read the settings as production would."""
    settings = load_settings({**os.environ, "REEMPLOI_MODE": "production"}, path.parent)
    say(f"✓ Les réglages conviennent à la production ({settings.base_url}).")


if __name__ == "__main__":
    main()
