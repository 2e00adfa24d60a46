"""Questions about documents."""

from sqlalchemy import select

from reemploi.errors import NotFound
from reemploi.extensions import db
from reemploi.ground.tenancy import across_associations
from reemploi.papers.models import Document
from reemploi.sentences import N_


def documents_of(subject: str) -> list[Document]:
    """The documents about a subject (`delivery:12`), newest first."""
    return list(
        db.session.scalars(
            select(Document).where(Document.subject == subject).order_by(Document.made_at.desc(), Document.id.desc())
        )
    )


def document_about(subject: str, address: str) -> Document:
    """A document by its address, when it is about this subject; raises NotFound."""
    document = db.session.scalars(
        select(Document).where(Document.address == address, Document.subject == subject)
    ).first()
    if document is None:
        raise _unknown()
    return document


def document_anywhere(address: str) -> Document:
    """The document of that random address, whatever the association: whoever holds the paper may check it.

    Raises NotFound.
    """
    with across_associations():
        document = db.session.scalars(select(Document).where(Document.address == address)).first()
    if document is None:
        raise _unknown()
    return document


def _unknown() -> NotFound:
    return NotFound(N_("Ce document n'existe pas. Vérifiez l'adresse, signe par signe."), code="unknown_document")
