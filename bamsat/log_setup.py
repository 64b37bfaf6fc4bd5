"""Logging to standard error: one line a record, as text or JSON, with secrets hidden."""

import json
import logging
import re
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from bamsat.settings import Settings

HIDDEN = "***"
_TOKEN_IN_TEXT = re.compile(
    r"((?:access_token|refresh_token|secret_key|password|token|key)[\"']?\s*[=:]\s*[\"']?)[^\s\"'&,;}]+", re.I
)
_PASSWORD_IN_URL = re.compile(r"(\w+://[^\s:/@]+:)[^\s@]+(?=@)")


def hide_secrets(text: str, secrets: Sequence[str] = ()) -> str:
    """The text without the given secrets, without what follows `access_token=` and the like, and without passwords in URLs."""
    for secret in secrets:
        if secret:
            text = text.replace(secret, HIDDEN)
    return _PASSWORD_IN_URL.sub(rf"\g<1>{HIDDEN}", _TOKEN_IN_TEXT.sub(rf"\g<1>{HIDDEN}", text))


class _Line(logging.Formatter):
    def __init__(self, secrets: Sequence[str]) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S%z")
        self._secrets = tuple(secrets)

    def format(self, record: logging.LogRecord) -> str:
        return hide_secrets(super().format(record), self._secrets)


class _JsonLine(_Line):
    def format(self, record: logging.LogRecord) -> str:
        fields = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": hide_secrets(record.getMessage(), self._secrets),
        }
        if record.exc_info:
            fields["error"] = hide_secrets(self.formatException(record.exc_info), self._secrets)
        return json.dumps(fields, ensure_ascii=False)


def set_up_logging(settings: Settings) -> None:
    """Replaces the handlers of the root logger; safe to call again."""
    handler = logging.StreamHandler(sys.stderr)
    kind = _JsonLine if settings.log_format == "json" else _Line
    handler.setFormatter(kind(settings.secrets()))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level.upper())
    for chatty in ("scrapy", "twisted", "trafilatura", "htmldate", "alembic", "filelock", "urllib3", "charset_normalizer"):
        logging.getLogger(chatty).setLevel(logging.WARNING if settings.log_level != "debug" else logging.DEBUG)
