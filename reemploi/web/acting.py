"""Who acts in this request, for the actions below."""

from typing import cast

from flask_login import current_user

from reemploi.ground.acting import Acting
from reemploi.ground.clock import utc_now


def acting() -> Acting:
    """The signed-in member as the hand behind an action, at this instant."""
    return cast(Acting, current_user.acting(utc_now()))
