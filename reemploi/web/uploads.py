"""The upload gate: the one door by which a file comes in."""

from collections.abc import Sequence
from dataclasses import dataclass

from werkzeug.datastructures import FileStorage

from reemploi.errors import Refused
from reemploi.sentences import N_

MAX_FILES = 50
MAX_NAME = 120


@dataclass(frozen=True)
class Upload:
    """A file as it came: its name for showing only, its content."""

    name: str
    content: bytes


def accept_uploads(files: Sequence[FileStorage], *, max_bytes: int = 10 * 2**20) -> list[Upload]:
    """The files of a form, within bounds; raises Refused when there is none, too many, or one is too large or empty."""
    chosen = [file for file in files if file and file.filename]
    if not chosen:
        raise Refused(N_("Choisissez au moins un fichier."), code="no_file")
    if len(chosen) > MAX_FILES:
        raise Refused(N_("Déposez au plus %(most)d fichiers à la fois."), code="too_many_files", most=MAX_FILES)
    return [_accept(file, max_bytes) for file in chosen]


def _accept(file: FileStorage, max_bytes: int) -> Upload:
    name = display_name(file.filename or "")
    content = file.stream.read(max_bytes + 1)
    if len(content) > max_bytes:
        raise Refused(
            N_("« %(name)s » est trop gros : %(most)d Mo au plus."),
            code="too_large",
            name=name,
            most=max_bytes // 2**20,
        )
    if not content:
        raise Refused(N_("« %(name)s » est vide. Vérifiez l'export de l'outil."), code="empty_file", name=name)
    return Upload(name, content)


def display_name(name: str) -> str:
    """A file's name that is safe to show: last part only, no control sign, bounded."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(sign for sign in last if sign.isprintable())[:MAX_NAME] or "fichier"
