"""Bytes → text for pages that say one encoding and use another."""

import codecs
import re

from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_XML_DECLARATION = re.compile(rb"""<\?xml[^>]*encoding=["']([A-Za-z0-9_.:-]+)["']""")


def decode(body: bytes, content_type: str = "") -> str:
    """What valid UTF-8 says is UTF-8, whatever the header claims; else the declared encoding, else Windows' Vietnamese one."""
    for bom, encoding in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(encoding, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as fault:
        if fault.start > len(body) - 4:  # cut in the middle of its last character
            return body.decode("utf-8", "replace")
    xml = _XML_DECLARATION.search(body[:200])
    declared = http_content_type_encoding(content_type), html_body_declared_encoding(body), xml and xml[1].decode("ascii")
    for name in declared:
        try:
            codec = codecs.lookup(name) if name else None
        except LookupError:
            continue
        if codec and codec.name != "utf-8":
            return body.decode(codec.name, "replace")
    if any(name and name.lower() in ("utf-8", "utf8") for name in declared):
        return body.decode("utf-8", "replace")
    return body.decode("cp1258", "replace")
