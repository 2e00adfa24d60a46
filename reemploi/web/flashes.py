"""Messages after a gesture: what happened, and what is next."""

from flask import flash

from reemploi.sentences import Sentence
from reemploi.web.wording import say


def tell(text: Sentence | str, *, category: str = "done") -> None:
    """Show a message on the next page; categories: done, attention, refused, info. Never a person's name."""
    flash(say(text), category)
