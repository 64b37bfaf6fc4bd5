"""Plain text and Markdown."""

from plans.document import Document

ENCODINGS = ("utf-8-sig", "utf-16", "cp1258")


def read_text(content: bytes) -> Document:
    text = content.decode("utf-8-sig")
    return Document(tuple(text.splitlines()))
