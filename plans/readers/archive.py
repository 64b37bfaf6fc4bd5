"""Parts of a Word or OpenDocument archive, unpacked and parsed within bounds: no zip bombs, no entities, no deep nesting."""

import io
import lzma
import zipfile
import zlib
from typing import Any

from lxml import etree

from domain.errors import UnreadableDocument
from plans.readers.limits import MAX_ARCHIVE_ENTRIES, MAX_PART_BYTES, refuse_size

Element = Any
"""An lxml element; lxml ships no types."""


def open_archive(content: bytes) -> zipfile.ZipFile:
    """Raises UnreadableDocument for a broken archive, and for one with more entries than any document."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as fault:
        raise broken() from fault
    if len(archive.infolist()) > MAX_ARCHIVE_ENTRIES:
        raise refuse_size(f"hơn {MAX_ARCHIVE_ENTRIES} tệp con", f"over {MAX_ARCHIVE_ENTRIES} entries")
    return archive


def read_part(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """The bytes of a part, None when there is none. The size is measured while unpacking, not believed."""
    try:
        with archive.open(name) as part:
            content = part.read(MAX_PART_BYTES + 1)
    except KeyError:
        return None
    except (
        zipfile.BadZipFile,
        zlib.error,
        lzma.LZMAError,
        RuntimeError,
        NotImplementedError,
        EOFError,
        OSError,
        ValueError,
    ) as fault:
        raise broken() from fault
    if len(content) > MAX_PART_BYTES:
        raise refuse_size(f"phần “{name}” giải nén quá {MAX_PART_BYTES // 1_000_000} MB", f"{name} unpacks to too much")
    return content


def parse_xml(content: bytes) -> Element:
    """The root element. A document type declaration is refused: office programs write none, and attacks need one."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise broken() from fault
    if root.getroottree().docinfo.doctype:
        raise UnreadableDocument(
            "Tài liệu chứa khai báo DTD (thực thể ngoài) nên bị từ chối vì lý do an toàn. Hãy mở bằng Word hoặc "
            "LibreOffice và lưu lại.",
            "refused: the document has a document type declaration (external entities); save it again with an office program",
        )
    return root


def local(element: Element) -> str:
    """The name of an element without its namespace: strict and transitional documents use different ones."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str | None:
    """An attribute by its name without namespace."""
    for key, value in element.attrib.items():
        if key.rsplit("}", 1)[-1] == name:
            return str(value)
    return None


def child(element: Element | None, *path: str) -> Element | None:
    """The first descendant along a path of names."""
    for name in path:
        element = next((e for e in element if local(e) == name), None) if element is not None else None
    return element


def broken() -> UnreadableDocument:
    return UnreadableDocument(
        "Tệp bị hỏng hoặc không đúng định dạng nên không đọc được. Hãy mở bằng Word hoặc LibreOffice, lưu lại rồi thử lại.",
        "the file is damaged or not what it says; open it with an office program, save it again and retry",
    )
