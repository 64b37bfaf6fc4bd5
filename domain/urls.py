"""Addresses: one canonical form, one identity for a post, and what belongs to a registered outlet."""

import hashlib
import re
from functools import lru_cache
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

_TRACKING = re.compile(
    r"utm_.*|fbclid|gclid|dclid|msclkid|zalo_src|zarsrc|mc_[ce]id|_ga|igshid|ref_src|spm|sessionid|phpsessid|jsessionid|sid",
    re.I,
)
_SESSION_PATH = re.compile(r";(jsessionid|phpsessid)=[^/?#]*", re.I)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_SAFE_PATH = "/:@!$&'()*+,;=-._~"
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_HOST_NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")
_HOST_ALIASES = re.compile(r"^(www\d?|m|mobile|amp)\.(?=[^.]+\.)")


@lru_cache(maxsize=8192)
def canonical_url(url: str) -> str:
    """One spelling of a web address: lower-case scheme and host, no default port, fragment, tracking or session parts.

    Parameters are sorted and percent-encoding is settled. A trailing slash stays as it is: some servers answer only with it,
    others only without. Idempotent.
    Raises ValueError when the text is not an http(s) address with a host.
    """
    parts = urlsplit(url.strip())
    scheme = parts.scheme.lower()
    host = (parts.hostname or "").rstrip(".")
    if scheme not in _DEFAULT_PORTS or not host:
        raise ValueError(f"not an http(s) address: {url!r}")
    port = parts.port
    bracketed = f"[{host}]" if ":" in host else _idna(host)
    netloc = bracketed if port in (None, _DEFAULT_PORTS[scheme]) else f"{bracketed}:{port}"
    path = _ESCAPE.sub(_settle_escape, quote(_SESSION_PATH.sub("", parts.path), safe=_SAFE_PATH + "%"))
    path = re.sub(r"/{2,}", "/", path) or "/"
    query = sorted((k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(k))
    return urlunsplit((scheme, netloc, path, urlencode(query), ""))


def _settle_escape(match: re.Match[str]) -> str:
    """RFC 3986, 6.2.2: escapes of unreserved characters are decoded, the others written in upper case."""
    character = chr(int(match[1], 16))
    return character if character.isascii() and (character.isalnum() or character in "-._~") else match[0].upper()


def _idna(host: str) -> str:
    try:
        name = host.encode("idna").decode("ascii").lower()
    except UnicodeError as fault:
        raise ValueError(f"not an address with a host name: {host!r}") from fault
    if not _HOST_NAME.fullmatch(name):
        raise ValueError(f"not an address with a host name: {host!r}")
    return name


def host_of(url: str) -> str:
    """The host (and port where it is not the default one) of an address, without `www.` and mobile prefixes."""
    netloc = urlsplit(canonical_url(url)).netloc
    return _HOST_ALIASES.sub("", netloc)


def url_identity(url: str) -> str:
    """What makes two addresses the same page: scheme, `www.`, mobile hosts and a trailing slash do not count."""
    parts = urlsplit(canonical_url(url))
    host = _HOST_ALIASES.sub("", parts.netloc)
    return host + (parts.path.rstrip("/") or "/") + (f"?{parts.query}" if parts.query else "")


def identity_digest(*parts: str) -> str:
    """Sixteen hexadecimal digits of SHA-256 over the parts: the same on every machine, so that a thing stored twice is found."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
