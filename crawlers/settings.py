"""Scrapy's settings for one crawl, from the options that the application gives."""

from typing import Any

from crawlers.extensions.addresses import ALLOW_PRIVATE
from crawlers.extensions.bounded_download import MAX_HEADER_BYTES
from crawlers.extensions.robots import CONSENT
from crawlers.options import CrawlOptions

SPIDER_MODULES = ["crawlers.spiders"]
NEWSPIDER_MODULE = "crawlers.spiders"
BOT_NAME = "bamsat"
ROBOTSTXT_OBEY = False  # crawlers.extensions.robots obeys it, by RFC 9309


def scrapy_settings(options: CrawlOptions) -> dict[str, Any]:
    return {
        "SPIDER_MODULES": SPIDER_MODULES,
        "BOT_NAME": BOT_NAME,
        "USER_AGENT": options.user_agent,
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language": "vi,en;q=0.5",
        },
        "ROBOTSTXT_OBEY": ROBOTSTXT_OBEY,
        "TELNETCONSOLE_ENABLED": False,
        "COOKIES_ENABLED": False,
        "HTTPPROXY_ENABLED": False,  # a proxy would connect where our address check does not reach
        "METAREFRESH_ENABLED": False,
        "REFERRER_POLICY": "no-referrer",
        "CONCURRENT_REQUESTS": max(16, options.looks_at_once),
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_DELAY": options.delay,
        "DOWNLOAD_DELAY_JITTER": 0.0,  # the pause is a promise to the site's keeper, not an average
        "DOWNLOAD_TIMEOUT": options.timeout,
        "DOWNLOAD_MAXSIZE": options.max_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "REDIRECT_MAX_TIMES": options.max_redirects,
        "RETRY_TIMES": 1,
        "RETRY_HTTP_CODES": [500, 502, 504, 522, 524, 408],
        "RETRY_EXCEPTIONS": ["scrapy.exceptions.DownloadFailedError", "scrapy.exceptions.ResponseDataLossError"],
        "RETRY_GIVE_UP_LOG_LEVEL": "DEBUG",
        "TWISTED_DNS_RESOLVER": "crawlers.extensions.addresses.GuardedResolver",
        "TWISTED_REACTOR": "twisted.internet.asyncioreactor.AsyncioSelectorReactor",
        ALLOW_PRIVATE: options.allow_private_addresses,
        CONSENT: sorted(options.robots_consent),
        MAX_HEADER_BYTES: options.max_header_bytes,
        "DOWNLOAD_HANDLERS": {
            "http": "crawlers.extensions.bounded_download.BoundedDownloadHandler",
            "https": "crawlers.extensions.bounded_download.BoundedDownloadHandler",
            "data": None,
            "file": None,
            "s3": None,
            "ftp": None,
        },
        "DOWNLOADER_MIDDLEWARES": {
            "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
            "crawlers.extensions.scope_guard.ScopeGuard": 50,
            "crawlers.extensions.robots.Robots": 100,
        },
        "ITEM_PIPELINES": {
            "crawlers.pipelines.identity.IdentityPipeline": 100,
            "crawlers.pipelines.dates.DatePipeline": 200,
            "crawlers.pipelines.save.SavePipeline": 900,
        },
        "LOG_ENABLED": False,
        "LOG_INSTALL_ROOT_HANDLER": False,
        "LOG_LEVEL": "WARNING",
        "STATS_DUMP": False,
        "EXTENSIONS": {
            "scrapy.extensions.memusage.MemoryUsage": None,
            "scrapy.extensions.logstats.LogStats": None,
            "scrapy.extensions.corestats.CoreStats": None,
            "scrapy.extensions.feedexport.FeedExporter": None,
            "scrapy.extensions.spiderstate.SpiderState": None,
            "scrapy.extensions.throttle.AutoThrottle": None,
        },
    }
