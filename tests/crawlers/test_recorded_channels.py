"""Every recorded channel yields what its record says: address, title, date to the minute, source of the date, text."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from domain.crawl_run import CrawlRun, RunOutcome
from domain.post import Post
from domain.text import fold
from domain.urls import canonical_url
from tests.crawlers.builders import NOW, a_channel, look, posts
from tests.crawlers.recorded import Recording, all_recordings, serving_all

RECORDINGS = all_recordings()


@dataclass(frozen=True)
class Walked:
    first: dict[str, CrawlRun]
    second: dict[str, CrawlRun]
    posts: dict[str, dict[str, Post]]
    bases: dict[str, str]
    asked_again: dict[str, list[str]]


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walked]:
    """All recorded channels, looked at twice: now, and six hours later."""
    folder = tmp_path_factory.mktemp("recorded")
    with serving_all(RECORDINGS) as sites:
        channels = {r.name: a_channel(sites[r.name].url + r.path, r.kind, unit=r.name) for r in RECORDINGS}
        since = min(r.since for r in RECORDINGS)
        first = look(folder, *channels.values(), since=since)
        kept = {name: {p.url: p for p in posts(folder) if p.channel == c.id} for name, c in channels.items()}
        for site in sites.values():
            site.asked.clear()
        second = look(folder, *channels.values(), since=since, now=NOW + timedelta(hours=6))
        yield Walked(
            dict(zip(channels, first, strict=True)),
            dict(zip(channels, second, strict=True)),
            kept,
            {name: site.url for name, site in sites.items()},
            {name: site.paths() for name, site in sites.items()},
        )


def expected_url(walked: Walked, recorded: Recording, post: dict[str, str]) -> str:
    return canonical_url(walked.bases[recorded.name] + post["url"])


def test_the_collection_is_worth_walking() -> None:
    assert len(RECORDINGS) >= 12
    assert all(len(r.posts) >= 6 for r in RECORDINGS)
    assert {r.method for r in RECORDINGS} == {"feed", "sitemap", "listing", "interface"}


@pytest.mark.parametrize("recorded", RECORDINGS, ids=lambda r: r.name)
def test_a_recorded_channel_yields_its_posts_and_no_others(walked: Walked, recorded: Recording) -> None:
    run = walked.first[recorded.name]
    assert (run.outcome, run.method, run.reason) == (RunOutcome.OK, recorded.method, None)
    assert set(walked.posts[recorded.name]) == {expected_url(walked, recorded, p) for p in recorded.posts}


@pytest.mark.parametrize("recorded", RECORDINGS, ids=lambda r: r.name)
def test_a_recorded_post_has_its_title_and_kind(walked: Walked, recorded: Recording) -> None:
    for expected in recorded.posts:
        post = walked.posts[recorded.name][expected_url(walked, recorded, expected)]
        assert (post.title, post.kind) == (expected["title"], expected["kind"])


@pytest.mark.parametrize("recorded", RECORDINGS, ids=lambda r: r.name)
def test_a_recorded_post_has_its_date_to_the_minute(walked: Walked, recorded: Recording) -> None:
    for expected in recorded.posts:
        post = walked.posts[recorded.name][expected_url(walked, recorded, expected)]
        if expected["published_at"] is None:
            assert post.published_at is None or post.published_doubtful, post.url
            continue
        assert post.published_at == datetime.fromisoformat(expected["published_at"]), (post.url, post.published_source)
        assert (post.published_source, post.published_doubtful) == (expected["source"], False)


@pytest.mark.parametrize("recorded", RECORDINGS, ids=lambda r: r.name)
def test_a_recorded_post_has_its_text_and_not_what_surrounds_it(walked: Walked, recorded: Recording) -> None:
    for expected in recorded.posts:
        post = walked.posts[recorded.name][expected_url(walked, recorded, expected)]
        text = fold(post.text)
        missing = [part for part in expected["text_has"] if fold(part) not in text]
        foreign = [part for part in expected["text_lacks"] if fold(part) in text]
        assert (missing, foreign) == ([], []), post.text


@pytest.mark.parametrize("recorded", RECORDINGS, ids=lambda r: r.name)
def test_a_recorded_channel_proves_what_it_shows(walked: Walked, recorded: Recording) -> None:
    observed = walked.first[recorded.name].observed
    assert (observed and observed.start) == recorded.observed


@pytest.mark.parametrize("recorded", RECORDINGS, ids=lambda r: r.name)
def test_a_second_look_finds_nothing_new_and_reads_no_post_again(walked: Walked, recorded: Recording) -> None:
    run = walked.second[recorded.name]
    assert (run.outcome, run.posts_new) == (RunOutcome.UNCHANGED, 0)
    articles = {p["url"] for p in recorded.posts}
    assert [path for path in walked.asked_again[recorded.name] if path in articles] == []
