import logging
from pathlib import Path

import pytest

from bamsat.log_setup import HIDDEN, hide_secrets, set_up_logging
from bamsat.settings import Settings, as_environment, load
from domain.errors import SettingsError


@pytest.fixture(autouse=True)
def office(tmp_path, monkeypatch):
    """An empty folder to work in, and no settings from outside."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"BAMSAT_{name.upper()}", raising=False)
    return tmp_path


def test_without_a_file_the_defaults_hold():
    assert load().database_url == "sqlite:///var/bamsat.db"


def test_the_environment_beats_the_file_and_the_file_beats_the_defaults(office, monkeypatch):
    (office / "bamsat.toml").write_text('language = "en"\ncrawl_delay_seconds = 2.5\n')
    monkeypatch.setenv("BAMSAT_LANGUAGE", "vi")
    settings = load()
    assert (settings.language, settings.crawl_delay_seconds) == ("vi", 2.5)


def test_an_unknown_key_in_the_file_is_an_error(office):
    (office / "bamsat.toml").write_text('lanquage = "en"\n')
    with pytest.raises(SettingsError, match="lanquage"):
        load()


def test_an_unknown_variable_is_an_error(monkeypatch):
    monkeypatch.setenv("BAMSAT_LANQUAGE", "en")
    with pytest.raises(SettingsError, match="BAMSAT_LANQUAGE"):
        load()


@pytest.mark.parametrize(
    ("name", "value"), [("LANGUAGE", "fr"), ("CRAWL_DELAY_SECONDS", "-1"), ("PAGE_TOKENS", "{"), ("DASHBOARD_PORT", "99999")]
)
def test_a_wrong_value_is_an_error_that_names_its_key(monkeypatch, name, value):
    monkeypatch.setenv(f"BAMSAT_{name}", value)
    with pytest.raises(SettingsError) as refusal:
        load()
    assert name.lower() in refusal.value.message.vi.lower()


def test_a_broken_file_is_an_error_that_names_the_file(office):
    (office / "bamsat.toml").write_text("language = ")
    with pytest.raises(SettingsError, match=r"bamsat\.toml"):
        load()


def test_another_process_gets_the_same_settings(monkeypatch):
    monkeypatch.setenv("BAMSAT_PAGE_TOKENS", '{"https://page.example/a": "bi-mat"}')
    monkeypatch.setenv("BAMSAT_ALLOW_PRIVATE_ADDRESSES", "true")
    given = load()
    for name, value in as_environment(given).items():
        monkeypatch.setenv(name, value)
    assert load() == given


def test_a_token_is_never_shown(monkeypatch):
    monkeypatch.setenv("BAMSAT_PAGE_TOKENS", '{"https://page.example/a": "bi-mat"}')
    assert "bi-mat" not in repr(load()) + str(load())


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("GET https://graph.example/v1?access_token=EAAB123&limit=100", "EAAB123"),
        ('{"refresh_token": "r-77"}', "r-77"),
        ("connecting to postgresql://bamsat:matkhau@db/bamsat", "matkhau"),
        ("the key is bi-mat today", "bi-mat"),
    ],
    ids=["query", "json", "url", "known value"],
)
@pytest.mark.parametrize("shape", ["text", "json"])
def test_the_log_hides_secrets(text, secret, shape, capsys):
    settings = Settings(log_format=shape, page_tokens={"https://page.example/a": "bi-mat"})
    before = logging.getLogger().handlers[:]
    set_up_logging(settings)
    logging.getLogger("bamsat.test").warning("%s", text)
    logging.getLogger().handlers[:] = before
    written = capsys.readouterr().err
    assert secret not in written
    assert HIDDEN in written


def test_plain_words_pass_through_the_filter_unchanged():
    assert hide_secrets("đã xem 12 kênh, 3 bài mới") == "đã xem 12 kênh, 3 bài mới"


def test_the_page_on_settings_lists_every_key_with_its_default_and_meaning():
    page = (Path(__file__).resolve().parents[2] / "docs" / "settings.md").read_text("utf-8")
    rows = {cells[1].strip(" `"): cells for cells in (line.split("|") for line in page.splitlines() if line.startswith("| `"))}
    assert set(rows) == set(Settings.model_fields)
    for name, field in Settings.model_fields.items():
        shown = rows[name][2].strip(" `")
        assert rows[name][3].strip() == field.description
        if name != "page_tokens":
            assert shown == str(field.default).lower() if isinstance(field.default, bool) else shown == str(field.default)
