"""The one anticipated "no": an exception that carries the sentence for the person."""

from typing import Any

from reemploi.sentences import Sentence


class Refused(Exception):
    """What was asked cannot be done; the sentence says why and what to do next.

    Raised by actions, shown by one handler that first rolls the transaction back. `status` is the HTTP status for
    callers that are programs. `code` names the refusal for tests and for the scan desk.
    """

    status = 409

    def __init__(self, msgid: str | Sentence, *, code: str = "refused", **params: Any) -> None:
        self.sentence = msgid if isinstance(msgid, Sentence) else Sentence(msgid, params)
        self.code = code
        super().__init__(str(self.sentence))


class NotAllowed(Refused):
    """The person's roles do not open this."""

    status = 403


class NotFound(Refused):
    """Nothing of that name exists for this person: absent and forbidden look the same."""

    status = 404
