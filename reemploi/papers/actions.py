"""What can happen to a document: its data is frozen, then its printed file is sealed by a digest."""

from collections.abc import Mapping

from sqlalchemy import update

from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.papers.freezing import freeze
from reemploi.papers.models import Document
from reemploi.papers.rules import TEMPLATE_VERSIONS


def make_document(
    *,
    acting: Acting,
    address: str,
    kind: str,
    number: str,
    subject: str,
    template: str,
    language: str,
    data: Mapping[str, object],
) -> Document:
    """Freeze a paper in the open transaction. `data` has the shape that `shapes` gives for `template`.

    `address` (from `ground.columns.new_address`) is known before, because the paper prints its own verification
    address; `number` comes from `next_number` in the same transaction. The file is printed after the commit, by
    `printing.issue`, so that no lock is held meanwhile.
    """
    document = Document(
        association_id=acting.association_id,
        address=address,
        kind=kind,
        number=number,
        subject=subject,
        template=template,
        template_version=TEMPLATE_VERSIONS[template],
        language=language,
        digest="",
        made_at=acting.now,
        made_by=acting.member_id,
        prints=1,
    )
    document.frozen = freeze(data).decode()
    db.session.add(document)
    db.session.flush()
    return document


def seal_document(document_id: int, digest: str) -> None:
    """Keep the digest of the first printed file; once it is kept, it never changes."""
    db.session.execute(update(Document).where(Document.id == document_id, Document.digest == "").values(digest=digest))


def cancel_document(document_id: int, *, acting: Acting) -> None:
    """Mark a paper as cancelled: every later print and its verification page say so; its data stays."""
    db.session.get_one(Document, document_id).cancelled_at = acting.now
    db.session.flush()
