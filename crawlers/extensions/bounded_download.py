"""Scrapy bounds bodies; this bounds what comes before them: headers without end, and interim answers without end."""

from typing import Any

from scrapy.core.downloader.handlers import http11
from scrapy.crawler import Crawler
from twisted.internet.defer import Deferred
from twisted.web._newclient import HEADER, STATUS

MAX_HEADER_BYTES = "BAMSAT_MAX_HEADER_BYTES"


class BoundedDownloadHandler(http11.HTTP11DownloadHandler):
    """Aborts a connection whose answer has not come to its body after so many bytes."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _factory(crawler.settings.getint(MAX_HEADER_BYTES))


def _factory(limit: int) -> type[http11._LenientHTTP11ClientFactory]:
    class Protocol(http11._LenientHTTP11ClientProtocol):
        _before_body = 0

        def request(self, request: Any) -> "Deferred[Any]":
            self._before_body = 0
            return super().request(request)

        def dataReceived(self, bytes: bytes) -> None:  # noqa: N802 - Twisted's name
            super().dataReceived(bytes)  # type: ignore[no-untyped-call]
            parser = self._parser
            if parser is None or parser.state not in (STATUS, HEADER):
                return
            self._before_body += len(bytes)
            if self._before_body > limit and self.transport is not None:
                self.transport.abortConnection()

    class Factory(http11._LenientHTTP11ClientFactory):
        def buildProtocol(self, addr: Any) -> Protocol:  # noqa: N802 - Twisted's name
            return Protocol(self._quiescentCallback)  # type: ignore[no-untyped-call]

    return Factory
