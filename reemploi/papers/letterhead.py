"""What every paper begins with: who issues it, its title, number and date, where it can be checked."""

from collections.abc import Sequence
from typing import Literal, Protocol

from reemploi.papers.shapes import Association, Paper


class Issuer(Protocol):
    """The association that issues a paper, as its row holds it."""

    name: str
    address_lines: str
    telephone: str
    email: str
    siren: str | None
    rna: str | None


def letterhead(issuer: Issuer) -> Association:
    """Name, address, contact and identifiers, one text per printed line."""
    contact = " · ".join(part for part in (issuer.telephone, issuer.email) if part)
    identifiers = " · ".join(
        f"{label} {value}" for label, value in (("RNA", issuer.rna), ("SIREN", issuer.siren)) if value
    )
    lines = [*issuer.address_lines.splitlines(), contact, identifiers]
    return Association(name=issuer.name, lines=[line for line in lines if line.strip()])


def paper(
    issuer: Issuer,
    *,
    language: Literal["fr", "en"],
    title: str,
    number: str,
    date: str,
    verify_at: str,
    mention: str = "",
    text_version: str = "",
    copies: Sequence[str] = (),
) -> Paper:
    """The part of a document's data that all have."""
    return Paper(
        language=language,
        title=title,
        number=number,
        date=date,
        association=letterhead(issuer),
        verify_at=verify_at,
        duplicate="",
        mention=mention,
        text_version=text_version,
        copies=list(copies),
    )
