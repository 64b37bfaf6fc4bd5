"""What belongs to a channel: the hosts that a look may ask, and nothing else."""

import ipaddress
from urllib.parse import urlsplit

from domain.unit import Channel
from domain.urls import host_of

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def in_scope(url: str, hosts: frozenset[str]) -> bool:
    """Whether an http(s) address is on one of these hosts (`domain.urls.host_of`: port included, `www.` and mobile prefixes not).

    A name and password in an address are never ours to send.
    """
    try:
        parts = urlsplit(url)
        return parts.username is None and parts.password is None and host_of(url) in hosts
    except ValueError:
        return False


def own_hosts(channel: Channel) -> frozenset[str]:
    return frozenset({host_of(channel.url)})


def allowed_address(text: str, allow_private: bool) -> bool:
    """Whether a connection to this numeric address may be made. Link-local ones hold cloud metadata: never."""
    address: Address = ipaddress.ip_address(text.partition("%")[0])
    return all(
        not (end.is_link_local or end.is_multicast or end.is_unspecified) and (allow_private or end.is_global)
        for end in _embedded(address) or (address,)
    )


def _embedded(address: Address) -> tuple[Address, ...]:
    """IPv4 addresses that an IPv6 one carries (mapped, 6to4, Teredo, NAT64): the connection ends there."""
    if isinstance(address, ipaddress.IPv4Address):
        return ()
    found: list[Address] = []
    if address.ipv4_mapped:
        found.append(address.ipv4_mapped)
    if address.sixtofour:
        found.append(address.sixtofour)
    if address.teredo:
        found.append(address.teredo[1])
    if address in ipaddress.ip_network("64:ff9b::/96"):
        found.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return tuple(found)
