"""The local sites over real HTTP: one loopback port and one threaded server for each."""

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from examples.sample_organisation.graph_api import graph_application
from examples.sample_organisation.organisation import HOST, SampleOrganisation
from examples.sample_organisation.sites import ENGINES
from examples.sample_organisation.web import Application, Response, request

log = logging.getLogger(__name__)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, port: int, application: Application) -> None:
        self.application = application
        super().__init__((HOST, port), _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        response = self.server.application(request(self.path, dict(self.headers)))
        self._send(response, with_body)

    def _send(self, response: Response, with_body: bool) -> None:
        self.send_response(response.status)
        for name, value in response.headers.items():
            self.send_header(name, value)
        if response.status != 304:
            self.send_header("Content-Type", response.content_type)
            self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        if with_body and response.status != 304:
            self.wfile.write(response.body)

    def log_message(self, format: str, *args: object) -> None:
        log.debug(format, *args)


@contextmanager
def serve(organisation: SampleOrganisation) -> Iterator[None]:
    """Answers on the ports of `organisation` until the block is left. Raises OSError when a port is taken."""
    applications = {site.port: ENGINES[site.engine].application(site) for site in organisation.sites if site.engine in ENGINES}
    applications[organisation.graph_port] = graph_application(organisation)
    with ExitStack() as stack:
        for port, application in applications.items():
            server = _Server(port, application)
            stack.callback(server.server_close)
            Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name=f"site-{port}", daemon=True).start()
            stack.callback(server.shutdown)
        yield
