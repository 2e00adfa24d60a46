"""gunicorn's door."""

import sys

from reemploi import create_app
from reemploi.secret_keys import BadSettings

APPLICATION_FAILED = 4  # gunicorn stops at this code instead of starting its workers again and again

try:
    app = create_app()
except BadSettings as refusal:
    print(f"Reemploi ne démarre pas. {refusal}", file=sys.stderr)
    sys.exit(APPLICATION_FAILED)
