"""Reading a PDF back, as a person or a program would."""

import pypdfium2

SPACES = dict.fromkeys(map(ord, " \n\r\t\u00a0\u202f\u200b"))
HYPHENS = dict.fromkeys(map(ord, "-\ufffe"))  # the reader takes a hyphen that ends a line for a soft one


def page_texts(pdf: bytes) -> list[str]:
    """The text layer of each page."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def squeezed(text: str) -> str:
    """The text without spaces, line ends and hyphens, so that line breaks do not matter."""
    return text.translate(SPACES | HYPHENS)


def text_of(pdf: bytes) -> str:
    """The whole text layer, squeezed."""
    return squeezed("".join(page_texts(pdf)))
