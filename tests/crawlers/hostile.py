"""Servers that misbehave, each in its own way, over real sockets."""

import gzip
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import brotli
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

Behave = Callable[[socket.socket, str, str], None]
"""(connection, path, base address of the server): answers one request, or does not."""


class HostileServer:
    """`robots` answers for robots.txt (404 by default); everything else is left to `behave`."""

    def __init__(self, behave: Behave, robots: Behave | None = None, tls: ssl.SSLContext | None = None) -> None:
        self._behave = behave
        self._robots = robots or not_found
        self._tls = tls
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self._socket.getsockname()[1]}"
        self.paths: list[str] = []
        self._closing = False
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._closing = True
        self._socket.close()

    def _accept(self) -> None:
        while not self._closing:
            with suppress(OSError):
                connection, _ = self._socket.accept()
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with suppress(OSError), connection:
            if self._tls:
                connection = self._tls.wrap_socket(connection, server_side=True)
            connection.settimeout(10)
            asked = b""
            while b"\r\n\r\n" not in asked:
                piece = connection.recv(4096)
                if not piece:
                    return
                asked += piece
            path = asked.split(b" ")[1].decode()
            self.paths.append(path)
            (self._robots if path == "/robots.txt" else self._behave)(connection, path, self.url)


def answer(
    connection: socket.socket, body: bytes = b"", status: str = "200 OK", content_type: str = "application/rss+xml", **headers: str
) -> None:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close"]
    if content_type:
        lines.append(f"Content-Type: {content_type}")
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    connection.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + body)


def not_found(connection: socket.socket, path: str, base: str) -> None:
    answer(connection, b"", "404 Not Found", "text/plain")


def says(body: bytes | str, status: str = "200 OK", content_type: str = "application/rss+xml", **headers: str) -> Behave:
    octets = body.encode() if isinstance(body, str) else body

    def behave(connection: socket.socket, path: str, base: str) -> None:
        answer(connection, octets.replace(b"{base}", base.encode()), status, content_type, **headers)

    return behave


def raw(data: bytes) -> Behave:
    return lambda connection, path, base: connection.sendall(data)


def redirects(to: str, status: str = "302 Found") -> Behave:
    def behave(connection: socket.socket, path: str, base: str) -> None:
        answer(connection, b"", status, "", Location=to.replace("{base}", base).replace("{port}", base.rpartition(":")[2]))

    return behave


def endless(head: bytes, piece: bytes) -> Behave:
    def behave(connection: socket.socket, path: str, base: str) -> None:
        connection.sendall(head)
        until = time.monotonic() + 8
        while time.monotonic() < until:
            connection.sendall(piece)

    return behave


def dripping(data: bytes) -> Behave:
    """A byte now and then, for longer than anyone should wait."""

    def behave(connection: socket.socket, path: str, base: str) -> None:
        until = time.monotonic() + 8
        for i in range(len(data)):
            if time.monotonic() > until:
                return
            connection.sendall(data[i : i + 1])
            time.sleep(0.05)

    return behave


def silent(connection: socket.socket, path: str, base: str) -> None:
    time.sleep(6)


def hangs_up(connection: socket.socket, path: str, base: str) -> None:
    connection.close()


def resets(connection: socket.socket, path: str, base: str) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
    connection.close()


def bomb(encoding: str) -> Behave:
    """Fifty megabytes of nothing in a few kilobytes."""
    nothing = b"<rss>" + b" " * 50_000_000
    packed = {
        "gzip": lambda: gzip.compress(nothing, 1),
        "deflate": lambda: zlib.compress(nothing, 1),
        "br": lambda: brotli.compress(nothing, quality=1),
        "gzip, gzip": lambda: gzip.compress(gzip.compress(nothing, 1), 1),
    }[encoding]()
    return says(packed, Content_Encoding=encoding)


def by_path(pages: dict[str, Behave], otherwise: Behave = not_found) -> Behave:
    def behave(connection: socket.socket, path: str, base: str) -> None:
        pages.get(path, pages.get(path.split("?")[0], otherwise))(connection, path, base)

    return behave


def a_certificate(folder: Path) -> ssl.SSLContext:
    """A certificate that nobody vouches for, for 127.0.0.1."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    moment = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(moment - timedelta(days=1))
        .not_valid_after(moment + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    file.write_bytes(secret + certificate.public_bytes(Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context
