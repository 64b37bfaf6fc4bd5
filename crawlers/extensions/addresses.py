"""Host names are resolved here, and answers on private networks are thrown away.

Connections are made to the very addresses that passed, so a name that answers differently the second time gains nothing.
"""

from typing import Any

from scrapy.settings import BaseSettings
from twisted.internet.base import ReactorBase
from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped]

from crawlers.scope import allowed_address

ALLOW_PRIVATE = "BAMSAT_ALLOW_PRIVATE_ADDRESSES"


class _HasSettings:
    """What Scrapy hands to a resolver: the process, of which only the settings matter."""

    settings: BaseSettings


@implementer(IHostnameResolver)
class GuardedResolver:
    """Passes on only the addresses that may be connected to; remembers which hosts had none."""

    def __init__(self, reactor: ReactorBase, allow_private: bool) -> None:
        self._reactor: Any = reactor
        self._inner: Any = reactor.nameResolver
        self._allow_private = allow_private
        self.refused: dict[str, str] = {}

    @classmethod
    def from_crawler(cls, crawler: _HasSettings, reactor: ReactorBase) -> "GuardedResolver":
        return cls(reactor, crawler.settings.getbool(ALLOW_PRIVATE))

    def install_on_reactor(self) -> None:
        self._reactor.installNameResolver(self)

    def resolveHostName(  # noqa: N802 - Twisted's name
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Any = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> Any:
        gate = _Gate(resolutionReceiver, hostName, self)
        return self._inner.resolveHostName(gate, hostName, portNumber, addressTypes, transportSemantics)

    def passes(self, host: str, address: str) -> bool:
        if allowed_address(address, self._allow_private):
            self.refused.pop(host, None)
            return True
        self.refused[host] = address
        return False


@implementer(IResolutionReceiver)
class _Gate:
    def __init__(self, receiver: Any, host: str, resolver: GuardedResolver) -> None:
        self._receiver = receiver
        self._host = host
        self._resolver = resolver

    def resolutionBegan(self, resolutionInProgress: Any) -> None:  # noqa: N802, N803
        self._receiver.resolutionBegan(resolutionInProgress)

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        if self._resolver.passes(self._host, getattr(address, "host", "")):
            self._receiver.addressResolved(address)

    def resolutionComplete(self) -> None:  # noqa: N802
        self._receiver.resolutionComplete()


def refused_address(host: str) -> str | None:
    """The private address that `host` resolved to, when that is why it could not be reached."""
    from twisted.internet import reactor  # the reactor is chosen when the crawl starts, not on import

    resolver = getattr(reactor, "nameResolver", None)
    return resolver.refused.get(host) if isinstance(resolver, GuardedResolver) else None
