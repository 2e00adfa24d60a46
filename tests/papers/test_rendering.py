"""Documents as PDF: readable, reproducible, accessible, and never a program."""

import threading
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from reemploi.papers.rendering import TEMPLATES, compile_pdf, render
from reemploi.papers.typography import french, printable
from tests.papers.documents import CREATED, NAMES, certificate_of, document, filled
from tests.papers.reading import page_texts, squeezed, text_of

MARKUP = '#panic("x") *gras* _it_ $x^2$ @ref <lab> `raw` // /* ] } #read("/page.typ") \\ =Titre'


def texts(value: Any, key: str = "") -> list[str]:
    """Every text of the data that is to be read on paper."""
    if isinstance(value, dict):
        return [text for name, inner in value.items() for text in texts(inner, name)]
    if isinstance(value, list):
        return [text for inner in value for text in texts(inner, key)]
    return [value] if isinstance(value, str) and key not in {"language", "result"} else []


def paragraphs(data: Any) -> list[str]:
    return [squeezed(french(line)) for text in texts(data) for line in text.split("\n") if line]


@pytest.mark.parametrize("name", NAMES)
def test_every_field_can_be_read_in_the_text_layer(name: str) -> None:
    data = document(name)
    text = text_of(render(name, data, created=CREATED))
    assert [part for part in paragraphs(data) if part not in text] == []


def test_a_sale_prints_price_cap_and_guarantee() -> None:
    data = document("sale_invoice")
    text = text_of(render("gift_certificate", data, created=CREATED))
    assert [part for part in paragraphs(data) if part not in text] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_same_data_gives_the_same_bytes(name: str) -> None:
    first = render(name, document(name), created=CREATED)
    assert render(name, document(name), created=CREATED) == first
    assert render(name, document(name, number="other"), created=CREATED) != first
    assert render(name, document(name), created=datetime(2027, 1, 1, tzinfo=UTC)) != first


def test_threads_print_at_the_same_time_and_alike() -> None:
    expected = render("gift_certificate", document("gift_certificate"), created=CREATED)
    printed: list[bytes] = []

    def work() -> None:
        for _ in range(5):
            printed.append(render("gift_certificate", document("gift_certificate"), created=CREATED))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert printed == [expected] * 20


@pytest.mark.parametrize("name", NAMES)
def test_documents_are_tagged_titled_and_say_their_language(name: str) -> None:
    data = document(name)
    pdf = render(name, data, created=CREATED)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert b"/Marked true" in pdf
    assert b"/Lang(fr)" in pdf
    with pypdfium2.PdfDocument(pdf) as opened:
        metadata = opened.get_metadata_dict()
        assert metadata["Title"] == french(f"{data['title']} {data['number']}")
        assert metadata["CreationDate"] == "D:20260314150926Z"


def test_an_english_document_speaks_english() -> None:
    pdf = render("loan_agreement", document("loan_agreement", language="en"), created=CREATED)
    assert b"/Lang(en)" in pdf
    assert "Appareilsprêtés" not in text_of(pdf)
    assert "Deviceslent" in text_of(pdf)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("text", [MARKUP, "نور שלום 😀 Ελλάδα", "M" * 200])
def test_what_people_type_is_printed_as_text(name: str, text: str) -> None:
    pdf = render(name, filled(document(name), text), created=CREATED)
    shown = text_of(pdf)
    letters = squeezed(printable(text))
    if text == MARKUP:
        assert shown.count(squeezed(french(text))) >= 10
    else:
        assert set(letters) <= set(shown)


@pytest.mark.parametrize("name", NAMES)
def test_ten_thousand_signs_run_over_pages_without_a_loss(name: str) -> None:
    first = document(name)
    field = {"reception_slip": "reservations", "erasure_certificate": "statement"}.get(name, "notice")
    pdf = render(name, {**first, field: "mots " * 2000, "copies": []}, created=CREATED)
    assert text_of(pdf).count("mots") == 2000
    cell = {"reception_slip": "goods", "erasure_certificate": "media"}.get(name, "devices")
    key = {"goods": "remarks", "media": "verification"}.get(cell, "state")
    first[cell][0][key] = "case " * 2000
    pdf = render(name, {**first, "copies": []}, created=CREATED)
    assert text_of(pdf).count("case") >= 2000


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_no_text_stops_a_document(text: str) -> None:
    data = document("gift_certificate")
    data["recipient"]["name"] = data["devices"][0]["device"] = text
    assert render("gift_certificate", data, created=CREATED).startswith(b"%PDF-1.7")


def test_nothing_is_printed_outside_the_paper() -> None:
    pdf = render("erasure_certificate", filled(document("erasure_certificate"), "W" * 90), created=CREATED)
    with pypdfium2.PdfDocument(pdf) as opened:
        for page in opened:
            layer = page.get_textpage()
            boxes = [layer.get_charbox(index) for index in range(layer.count_chars())]
            assert max(right for _, _, right, _ in boxes) <= page.get_width() - 30


def test_the_head_of_a_long_table_is_repeated_and_pages_are_numbered() -> None:
    pages = page_texts(render("erasure_certificate", certificate_of(60), created=CREATED))
    assert len(pages) > 4
    for number, page in enumerate(pages, 1):
        assert squeezed(f"Page {number} sur {len(pages)}") in squeezed(page)
        assert "parc.passerelle.example/v/7KQ2-94MD" in page
        assert "Série du support" in page or number == len(pages)
        assert "AE-2026-0031" in page
    assert sum(page.count("S21PNXAG") for page in pages) == 60


def test_each_copy_has_its_own_pages() -> None:
    copies = ["Exemplaire un", "Exemplaire deux", "Exemplaire trois"]
    pages = [
        squeezed(page)
        for page in page_texts(render("loan_agreement", document("loan_agreement", copies=copies), created=CREATED))
    ]
    assert len(pages) == 6
    assert [squeezed(copy) in page for page, copy in zip(pages[::2], copies, strict=True)] == [True] * 3
    assert ["Page1sur2" in page for page in pages] == [True, False] * 3
    assert ["Page2sur2" in page for page in pages] == [False, True] * 3


def test_a_duplicate_says_so_on_every_page() -> None:
    sentence = "Réimprimé le 2 avril 2026 à partir des mêmes données."
    pages = page_texts(
        render(
            "loan_agreement",
            document("loan_agreement", duplicate=sentence, mention="Annule et remplace"),
            created=CREATED,
        )
    )
    assert all("DUPLICATA" in page for page in pages)
    assert squeezed(french(sentence)) in squeezed(pages[0])
    assert "Annule et remplace" in pages[0]
    originals = page_texts(render("loan_agreement", document("loan_agreement"), created=CREATED))
    assert not any("DUPLICATA" in page for page in originals)


def ink(pdf: bytes, page: int = 0) -> int:
    """Pixels of a page that are darker than half."""
    with pypdfium2.PdfDocument(pdf) as opened:
        return sum(opened[page].render(scale=1).to_pil().convert("L").histogram()[:128])


def test_a_signature_is_drawn_and_described() -> None:
    unsigned = document("gift_certificate")
    for signer in unsigned["signers"]:
        signer["drawing"] = None
    signed = render("gift_certificate", document("gift_certificate"), created=CREATED)
    assert ink(signed) > ink(render("gift_certificate", unsigned, created=CREATED)) + 100
    assert b"/S/Figure" in signed.replace(b" ", b"")


def test_a_logo_is_shown() -> None:
    logo = BytesIO()
    Image.new("RGB", (60, 60), "black").save(logo, "PNG")
    data = document("gift_certificate")
    with_logo = render("gift_certificate", data, created=CREATED, pictures={"logo": logo.getvalue()})
    assert ink(with_logo) > ink(render("gift_certificate", data, created=CREATED)) + 1000


def test_a_date_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        render("gift_certificate", document("gift_certificate"), created=datetime(2026, 3, 14))


def test_a_template_reads_nothing_outside_its_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    folder = tmp_path / "templates"
    folder.mkdir()
    curious = folder / "curious.typ"
    for path in ("../secret.txt", str(tmp_path / "secret.txt"), str(TEMPLATES / "page.typ")):
        curious.write_text(f'#set document(title: "x")\n#read("{path}")')
        with pytest.raises(typst.TypstError):
            compile_pdf(curious, {}, created=CREATED)


def test_data_that_lacks_a_field_is_a_loud_error() -> None:
    data = document("gift_certificate")
    del data["giver"]
    with pytest.raises(typst.TypstError, match="giver"):
        render("gift_certificate", data, created=CREATED)
