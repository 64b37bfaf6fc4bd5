"""Settings: defaults, then `bamsat.toml`, then `BAMSAT_*` in the environment. Read once; values travel as arguments.

A key that is not known is an error, in the file and in the environment alike: a typo must not silently leave a default in force.
"""

import json
import os
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from domain.errors import Language, SettingsError

PREFIX = "BAMSAT_"
FILE = Path("bamsat.toml")


class Settings(BaseSettings):
    """What an office may set. Every field can stand in `bamsat.toml` or, in capitals after `BAMSAT_`, in the environment."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, toml_file=FILE, extra="forbid", frozen=True, validate_default=True, env_nested_delimiter=None
    )

    database_url: str = Field(default="sqlite:///var/bamsat.db", description="SQLite file or PostgreSQL server")
    language: Language = Field(default="vi", description="language of messages, screens and reports")
    organisation: str = Field(default="", description="name of the committee, shown on screens and reports")
    agent: str = Field(default="BamSat/0.1", description="name that the collector gives to the sites it reads")
    contact: str = Field(default="", description="e-mail or address where a site's keeper can reach the committee")
    crawl_delay_seconds: float = Field(default=1.0, ge=0, description="pause between two requests to one host")
    crawl_timeout_seconds: float = Field(default=30.0, gt=0, description="longest wait for one answer")
    look_back_days: int = Field(default=120, ge=1, description="how far back a first look at a channel goes")
    allow_private_addresses: bool = Field(default=False, description="also reach this machine and the office network: demo, tests")
    graph_address: str = Field(default="https://graph.facebook.com", description="where the Facebook Graph API is")
    page_tokens: dict[str, SecretStr] = Field(default_factory=dict, description="JSON: address of a page → its own access token")
    collect_every_hours: float = Field(default=6.0, gt=0, description="pause between two rounds of `bamsat up`")
    dashboard_address: str = Field(default="localhost", description="where the dashboard listens; 0.0.0.0 for the office network")
    dashboard_port: int = Field(default=8501, ge=1, le=65535, description="port of the dashboard")
    log_level: Literal["debug", "info", "warning", "error"] = Field(default="info", description="least serious line that is logged")
    log_format: Literal["text", "json"] = Field(default="text", description="shape of a log line")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

    def secrets(self) -> tuple[str, ...]:
        """Values that must never be written anywhere, for the log filter."""
        return tuple(token.get_secret_value() for token in self.page_tokens.values())


def load() -> Settings:
    """Raises SettingsError naming the key, what was found and where it was set."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    for name in os.environ:
        if name.startswith(PREFIX) and name.upper() not in known:
            raise SettingsError(
                f"Biến môi trường {name} không phải là một thiết lập của Bám Sát. Hãy xem danh sách trong docs/settings.md.",
                f"{name} is not a setting; see docs/settings.md",
            )
    try:
        return Settings()
    except ValidationError as fault:
        first = fault.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise SettingsError(
            f"Thiết lập “{key}” không đúng: {first['msg']}. Hãy sửa trong bamsat.toml hoặc biến {PREFIX}{key.upper()}.",
            f"setting {key!r}: {first['msg']} (in bamsat.toml or {PREFIX}{key.upper()})",
        ) from None
    except ValueError as fault:
        raise SettingsError(f"Không đọc được bamsat.toml: {fault}", f"cannot read bamsat.toml: {fault}") from fault


def as_environment(settings: Settings) -> dict[str, str]:
    """The environment of this process with these settings in it, for a process that is to work with the same ones."""
    values = {k: v for k, v in os.environ.items() if not k.startswith(PREFIX)}
    tokens = {url: token.get_secret_value() for url, token in settings.page_tokens.items()}
    for name, value in settings.model_dump(exclude={"page_tokens"}).items():
        values[PREFIX + name.upper()] = str(value)
    return {**values, f"{PREFIX}PAGE_TOKENS": json.dumps(tokens)}
