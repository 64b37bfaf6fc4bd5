"""Addresses as pages write them, which is not always as addresses are."""

from urllib.parse import urljoin, urlsplit


def absolute(base: str, href: str) -> str | None:
    """The http(s) address that a link on `base` leads to, without its fragment; None for scripts, mail and nonsense."""
    try:
        address = urljoin(base, href.strip()).partition("#")[0]
        parts = urlsplit(address)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    return address if usable else None
