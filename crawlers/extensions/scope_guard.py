"""The last gate before a request leaves: registered hosts only, for every request, redirect and robots.txt alike."""

from scrapy.http import Request

from crawlers.faults import Refused
from crawlers.scope import in_scope

HOSTS = "hosts"
"""`Request.meta` key: the hosts (frozenset of `host_of`) that the channel of this request owns. Without it nothing is sent."""


class ScopeGuard:
    """Downloader middleware. Redirects come through here again with the meta of the request that they answer."""

    def process_request(self, request: Request) -> None:
        if not in_scope(request.url, request.meta.get(HOSTS, frozenset())):
            previous = request.meta.get("redirect_urls", [])
            if previous:
                raise Refused(
                    f"{previous[-1]} chuyển hướng ra ngoài kênh đã đăng ký ({request.url}). "
                    "Nếu đơn vị đã đổi địa chỉ, hãy sửa sổ đăng ký.",
                    f"redirect leaves the registered outlet: {previous[-1]} -> {request.url}",
                )
            raise Refused(f"Địa chỉ {request.url} không thuộc kênh đã đăng ký.", f"not on the registered outlet: {request.url}")
