"""Why a look, or one request of it, failed: each fault knows its outcome and says it in both languages."""

from collections.abc import Iterator
from typing import ClassVar

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from twisted.internet.error import ConnectError, ConnectionAborted, ConnectionDone, ConnectionLost
from twisted.python.failure import Failure

from domain.crawl_run import RunOutcome
from domain.errors import Message


class LookFault(Exception):
    """Ends a look, unless the spider can do without what it asked for."""

    outcome: ClassVar[RunOutcome] = RunOutcome.UNREADABLE

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(en)
        self.message = Message(vi, en)


class Refused(LookFault, IgnoreRequest):
    """Outside the registered outlet, on a private network, or forbidden by robots.txt. A middleware drops a request with it."""

    outcome = RunOutcome.REFUSED


class Unreachable(LookFault):
    outcome = RunOutcome.UNREACHABLE


class Blocked(LookFault):
    outcome = RunOutcome.BLOCKED

    def __init__(self, vi: str, en: str, wait: float | None = None) -> None:
        super().__init__(vi, en)
        self.wait = wait
        """Seconds that the server asks us to stay away."""


class Unreadable(LookFault):
    outcome = RunOutcome.UNREADABLE


class TooLarge(LookFault):
    outcome = RunOutcome.TOO_LARGE


class TokenDead(LookFault):
    outcome = RunOutcome.TOKEN_DEAD


class BudgetSpent(TooLarge):
    """The look used up its requests or its time: what it has seen until then still counts."""


DOWNLOAD_FAULTS = (
    LookFault,
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
    IgnoreRequest,
    ConnectError,
    ConnectionDone,
    ConnectionLost,
    ValueError,
)
"""Everything that the downloader and our middlewares are known to raise for a bad server or a bad address."""


def fault_of(error: BaseException, url: str) -> LookFault:
    """The fault that an error of the downloader stands for."""
    if isinstance(error, LookFault):
        return error
    tls = _tls_reason(error)
    if tls:
        return Unreachable(
            f"Chứng chỉ bảo mật của {url} không hợp lệ ({tls}). Hãy báo đơn vị kiểm tra chứng chỉ.",
            f"TLS of {url}: {tls}",
        )
    if isinstance(error, CannotResolveHostError):
        return Unreachable(f"Không tìm thấy máy chủ của {url}. Hãy kiểm tra tên miền.", f"no such host: {url}")
    if isinstance(error, DownloadTimeoutError):
        return Unreachable(f"{url} trả lời quá chậm.", f"timed out: {url}")
    # Nobody but our own bound on headers aborts a connection that has not timed out.
    aborted = any(isinstance(cause, ConnectionAborted) for cause in _causes(error))
    if aborted or isinstance(error, DownloadCancelledError) or "DOWNLOAD_MAXSIZE" in str(error):
        return TooLarge(f"{url} trả về quá nhiều dữ liệu.", f"response too large: {url}")
    if isinstance(error, UnsupportedURLSchemeError):
        return Refused(f"Không đọc địa chỉ {url}: chỉ dùng http và https.", f"scheme refused: {url}")
    if isinstance(error, IgnoreRequest):
        return Unreachable(f"{url} chuyển hướng quá nhiều lần.", f"{error}: {url}")
    return Unreachable(
        f"Không kết nối được tới {url}. Hãy thử mở bằng trình duyệt.", f"no connection: {url}: {type(error).__name__}"
    )


def _tls_reason(error: BaseException) -> str | None:
    """The words of OpenSSL or of the host name check somewhere in the chain of causes."""
    for cause in _causes(error):
        if type(cause).__module__.startswith(("OpenSSL", "service_identity")):
            return str(cause) or type(cause).__name__
    return None


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and everything that it came from; Twisted keeps lists of reasons beside Python's chain."""
    waiting: list[BaseException] = [error]
    seen: set[int] = set()
    while waiting:
        current = waiting.pop(0)
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        reasons = getattr(current, "reasons", None) or ()
        causes = [r.value if isinstance(r, Failure) else r for r in reasons]
        waiting.extend(c for c in (*causes, current.__cause__, current.__context__) if isinstance(c, BaseException))
