"""Documents: frozen once, numbered without a gap, printed again byte for byte, or said to be a duplicate."""

from typing import Any

import pypdfium2
import pytest
from flask import Flask
from sqlalchemy import select, update

from reemploi.errors import NotFound, Refused
from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.ground.columns import new_address
from reemploi.ground.database import mode, reading, writing
from reemploi.ground.numbering import next_number
from reemploi.ground.tenancy import within
from reemploi.papers import printing
from reemploi.papers.actions import make_document, seal_document
from reemploi.papers.freezing import digest_of
from reemploi.papers.letterhead import letterhead, paper
from reemploi.papers.models import Document
from reemploi.papers.queries import document_about, document_anywhere, documents_of
from reemploi.papers.rules import TEMPLATE_VERSIONS, TITLES
from reemploi.people.models import Association
from reemploi.roles import Role
from tests.conftest import ActingAs
from tests.support.cast import Home
from tests.support.inspecting import InspectingClient
from tests.support.pages import Page


def slip(hand: Acting, number: str, verify_at: str, language: Any = "fr") -> dict[str, Any]:
    issuer = db.session.get_one(Association, hand.association_id)
    donor = {"kind": "Entreprise", "name": "Menuiserie Exemple", "identifier": "", "address": "", "contact": "",
             "signatory": ""}  # fmt: skip
    return {
        **paper(issuer, language=language, title="Bon d'enlèvement", number=number, date="23 novembre 2026",
                verify_at=verify_at),
        "donor": donor, "collected_on": "23 novembre 2026", "collected_at": "Atelier", "collector": "",
        "entered_as": "Don", "legal_origin": "don d'une entreprise", "goods": [], "total_count": 0,
        "total_weight": "", "serials": [], "transfer": "Texte.", "reservations": "", "signers": [],
    }  # fmt: skip


def make(hand: Acting, subject: str = "delivery:1", language: str = "fr") -> Document:
    def frozen() -> Document:
        address, number = new_address(), next_number("ENL", acting=hand)
        return make_document(
            acting=hand,
            address=address,
            kind="reception_slip",
            number=number,
            subject=subject,
            template="reception_slip",
            language=language,
            data=slip(hand, number, f"https://ordis.example/v/{address}", language),
        )

    return printing.issue(frozen)


@pytest.fixture
def hand(acting_as: ActingAs) -> Acting:
    return acting_as(Role.VOLUNTEER)


def words(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(page.get_textpage().get_text_range() for page in document).replace("\xa0", " ")


def stored(document: Document) -> Document:
    with reading():
        db.session.expire_all()
        return db.session.scalars(select(Document).where(Document.id == document.id)).one()


@pytest.mark.usefixtures("engine")
def test_a_reprint_gives_the_bytes_of_the_original(hand: Acting) -> None:
    document = stored(make(hand))
    first, again = printing.printed(document), printing.printed(document)
    assert first == again
    assert digest_of(first) == document.digest
    assert "Menuiserie Exemple" in words(first)
    assert "DUPLICATA" not in words(first)


def test_a_print_that_differs_says_that_it_is_a_duplicate(hand: Acting) -> None:
    document = make(hand)
    with writing():
        db.session.execute(update(Document).values(digest="0" * 64))
    text = words(printing.printed(stored(document)))
    assert "DUPLICATA" in text
    assert "Réimprimé autrement que l’original du 23/11/2026" in text


def test_a_duplicate_speaks_the_language_of_its_document(hand: Acting) -> None:
    document = make(hand, language="en")
    with writing():
        db.session.execute(update(Document).values(digest="0" * 64))
    assert "Printed otherwise than the original" in words(printing.printed(stored(document)))


def test_the_data_is_sealed_and_bound_to_its_row(hand: Acting) -> None:
    first, second = make(hand), make(hand)
    assert b"Menuiserie" not in first.frozen_sealed
    with writing():
        db.session.execute(update(Document).where(Document.id == first.id).values(frozen_sealed=second.frozen_sealed))
    with pytest.raises(Exception, match="document"):
        printing.printed(stored(first))


def test_the_file_is_drawn_while_no_lock_is_held(hand: Acting, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str, bool]] = []
    real = printing.render

    def watched(*arguments: Any, **more: Any) -> bytes:
        seen.append((mode(), db.session().in_transaction()))
        return real(*arguments, **more)

    monkeypatch.setattr(printing, "render", watched)
    make(hand)
    assert seen == [("read", False)]


def test_numbers_have_no_gap_when_a_document_is_refused(hand: Acting) -> None:
    def refused() -> Document:
        next_number("ENL", acting=hand)
        raise Refused("non")

    first = make(hand)
    with pytest.raises(Refused):
        printing.issue(refused)
    assert (first.number, make(hand).number) == ("ENL-2026-0001", "ENL-2026-0002")


def test_a_seal_is_set_once(hand: Acting) -> None:
    document = make(hand)
    sealed = stored(document).digest
    with writing():
        seal_document(document.id, "f" * 64)
    assert len(sealed) == 64
    assert stored(document).digest == sealed


def test_a_document_left_without_seal_prints_as_the_original(hand: Acting) -> None:
    document = make(hand)
    sealed = document.digest
    with writing():
        db.session.execute(update(Document).values(digest=""))
    assert digest_of(printing.printed(stored(document))) == sealed


def test_documents_of_a_subject_newest_first_and_only_there(hand: Acting) -> None:
    first, second, other = make(hand), make(hand), make(hand, "delivery:2")
    with reading():
        assert [row.id for row in documents_of("delivery:1")] == [second.id, first.id]
        assert document_about("delivery:2", other.address).id == other.id
        with pytest.raises(NotFound):
            document_about("delivery:1", other.address)


def test_a_neighbour_finds_a_document_by_its_paper_only(hand: Acting, other_association: Home) -> None:
    document = make(hand)
    with within(other_association.id), reading():
        assert documents_of("delivery:1") == []
        with pytest.raises(NotFound):
            document_about("delivery:1", document.address)
        assert document_anywhere(document.address).id == document.id


def test_the_open_page_checks_a_paper_without_showing_it(hand: Acting, client: InspectingClient) -> None:
    document = make(hand)
    page = Page.of(client.get(f"/v/{document.address}"))
    for shown in (document.number, document.digest, "Les Ordis du Coin (essai)"):
        assert shown in page.text
    assert "Menuiserie" not in page.text
    english = client.get(f"/v/{document.address}", headers={"Accept-Language": "en"})
    assert "This document exists" in Page.of(english).text
    for unknown in ("x", document.address[:-1], document.address.swapcase()):
        assert client.get(f"/v/{unknown}").status_code == 404


def test_the_address_on_the_paper_is_the_page_that_checks_it(app: Flask) -> None:
    with app.test_request_context("/", base_url="https://elsewhere.example"):
        assert printing.verification_address("abc") == app.extensions["settings"].base_url + "/v/abc"


def test_a_letterhead_leaves_out_what_is_not_known() -> None:
    row = Association(name="Les Ordis", address_lines="3 quai\n\n00000 Ville", telephone="", email="a@exemple.fr",
                      rna="W000000000", siren=None)  # fmt: skip
    assert letterhead(row) == {
        "name": "Les Ordis",
        "lines": ["3 quai", "00000 Ville", "a@exemple.fr", "RNA W000000000"],
    }


def test_every_kind_of_document_has_a_name_and_a_version() -> None:
    assert set(TITLES) == set(TEMPLATE_VERSIONS)
