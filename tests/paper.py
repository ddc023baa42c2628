"""What a page prints."""

from __future__ import annotations

from playwright.sync_api import Page
from pypdfium2 import PdfDocument

HYPHEN = "\ufffe"
"""What PDFium reads for a hyphen at which a line ends."""


def sheets(page: Page) -> list[str]:
    """The text of each sheet of A4, with white space where the PDF has it."""
    printed = PdfDocument(page.pdf(format="A4"))
    return [sheet.get_textpage().get_text_range().replace(HYPHEN, "-\n") for sheet in printed]
