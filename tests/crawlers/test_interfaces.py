"""Facebook, YouTube and Zalo against stand-ins that behave as their documentation and other people's code say."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from domain.crawl_run import CrawlRun, RunOutcome
from domain.post import Post, PublishedSource
from domain.unit import ChannelKind
from tests.crawlers.builders import NOW, a_channel, a_title, at, look, posts
from tests.crawlers.sites import Asked, Page, Reply, serving

TOKEN = "EAAtoken-bi-mat-123"
KEY = "AIzaKhoa-bi-mat"
OK, UNCHANGED, BLOCKED = RunOutcome.OK, RunOutcome.UNCHANGED, RunOutcome.BLOCKED
TOKEN_DEAD, UNREADABLE, UNREACHABLE = RunOutcome.TOKEN_DEAD, RunOutcome.UNREADABLE, RunOutcome.UNREACHABLE
SINCE = NOW - timedelta(days=30)


@dataclass(frozen=True)
class Case:
    """`answers` are given in turn: the first to the first page, and so on. `since` is what the look proves, if anything."""

    name: str
    answers: list[Reply]
    outcome: RunOutcome
    posts: int = 0
    since: datetime | None = None


def in_json(data: object, status: int = 200, **headers: str) -> Reply:
    return Reply(json.dumps(data), "application/json", status, dict(headers))


def graph_page(days: list[int], after: int | None = None, **headers: str) -> Reply:
    data = [
        {
            "id": f"1_{d}",
            "message": f"{a_title(d)}\nChi tiết trong bài.",
            "created_time": f"2026-11-{d:02}T01:00:00+0000",
            "permalink_url": f"https://www.facebook.com/NAME/posts/{d}",
            "is_published": True,
        }
        for d in days
    ]
    return in_json({"data": data, "paging": paging(after)}, **headers)


def paging(after: int | None) -> dict[str, object]:
    return {"cursors": {"after": str(after)}, "next": f"https://graph/?access_token={TOKEN}"} if after else {}


def graph_error(code: int) -> Reply:
    error = {"code": code, "type": "OAuthException", "message": f"Error validating access token: {TOKEN}"}
    return in_json({"error": error}, 400)


ODD = [
    {"id": "1_1", "created_time": "2026-11-20T01:00:00+0000", "story": "Trang đã cập nhật ảnh bìa."},
    {"id": "1_2", "message": "Bản nháp", "is_published": False},
    {"id": "1_3", "message": "Đã hết hạn", "is_expired": True},
    {"message": "Không có mã"},
    "không phải là một bài",
    {
        "id": "1_4",
        "created_time": "2026-11-19T01:00:00+0000",
        "permalink_url": "/1/videos/4",
        "status_type": "added_video",
        "attachments": {"data": [{"title": "Video ra quân", "unshimmed_url": "https://xabinhson.example/tin/1"}]},
    },
    {"id": "1_5", "created_time": "not a date", "message": "x " * 200, "permalink_url": "https://evil.example/1"},
]

FACEBOOK = [
    Case("ranked", [graph_page([20, 2, 19], 1), graph_page([18, 1, 17])], OK, 6, SINCE),
    Case("quiet", [graph_page([])], RunOutcome.EMPTY),
    Case("odd", [in_json({"data": ODD})], OK, 3, SINCE),
    Case("dead", [graph_error(190)], TOKEN_DEAD),
    Case("app-throttled", [graph_error(4)], BLOCKED),
    Case("page-throttled", [graph_error(32)], BLOCKED),
    Case("custom-throttled", [graph_error(613)], BLOCKED),
    Case("pages-throttled", [graph_error(80001)], BLOCKED),
    Case("unknown", [graph_error(803)], UNREADABLE),
    Case("trouble", [graph_error(2)], UNREACHABLE),
    Case("dies-midway", [graph_page([20, 19], 1), graph_error(190)], TOKEN_DEAD, 2),
    Case("busy", [graph_page([20], 1, **{"X-App-Usage": '{"call_count": 85, "total_time": 10}'}), graph_page([19])], BLOCKED, 1),
    Case(
        "business-busy",
        [graph_page([20], 1, **{"X-Business-Use-Case-Usage": json.dumps({"1": [{"type": "pages", "total_cputime": 99}]})})],
        BLOCKED,
        1,
    ),
    Case("broken", [Reply("<html>502</html>", "text/html", 502)], UNREADABLE),
    Case("no-object", [in_json([1, 2])], UNREADABLE),
]  # fmt: skip


def zalo_slice(days: list[int], name: str = "medias") -> Reply:
    medias = [
        {
            "id": f"m{d}",
            "title": a_title(d),
            "create_date": int(datetime(2026, 11, d, 1, tzinfo=UTC).timestamp() * 1000),
            "link_view": f"https://rd.zapps.vn/detail/NAME/{d}",
            "status": "show",
        }
        for d in days
    ]
    return in_json({"error": 0, "message": "Success", "data": {name: medias, "total": len(medias)}})


def zalo_error(code: int) -> Reply:
    return in_json({"error": code, "message": f"token {TOKEN} is invalid"})


DETAIL = in_json(
    {"error": 0, "data": {"description": "Mô tả ngắn.", "body": [{"type": "text", "content": "<p>Nội dung bài.</p>"}]}}
)

ZALO = [
    Case("articles", [zalo_slice([20, 19, 18])], OK, 3, SINCE),
    Case("other-name", [zalo_slice([20], "articles")], OK, 1, SINCE),
    Case("two-pages", [zalo_slice(list(range(20, 10, -1))), zalo_slice([10, 9])], OK, 12, SINCE),
    Case("expired", [zalo_error(-216)], TOKEN_DEAD),
    Case("refresh-used", [zalo_error(-14020)], TOKEN_DEAD),
    Case("unpaid", [zalo_error(-224)], BLOCKED),
    Case("bad-parameter", [zalo_error(-201)], UNREADABLE),
    Case("odd-data", [in_json({"error": 0, "data": [1, 2, 3]})], RunOutcome.EMPTY),
]


def video_feed(days: list[int]) -> Reply:
    entries = "".join(
        f"<entry><id>yt:video:v{d:010}</id><yt:videoId>v{d:010}</yt:videoId><title>{a_title(d)}</title>"
        f"<link rel='alternate' href='https://www.youtube.com/watch?v=NAME{d:02}'/><author><name>Không đọc tên</name></author>"
        f"<published>2026-11-{d:02}T01:00:00+00:00</published><updated>2026-11-21T01:00:00+00:00</updated>"
        f"<media:group><media:description>Mô tả video {d}.</media:description></media:group></entry>"
        for d in days
    )
    spaces = "xmlns:yt='http://www.youtube.com/xml/schemas/2015' xmlns:media='http://search.yahoo.com/mrss/'"
    return Reply(
        f"<feed {spaces} xmlns='http://www.w3.org/2005/Atom'><title>Kênh</title>{entries}</feed>", "text/xml; charset=UTF-8"
    )


def uploads(days: list[int], after: str | None = None) -> Reply:
    items = [
        {
            "snippet": {"title": a_title(d), "description": f"Mô tả video {d}."},
            "contentDetails": {"videoId": f"NAME{d:02}", "videoPublishedAt": f"2026-11-{d:02}T01:00:00Z"},
        }
        for d in days
    ]
    return in_json({"items": items} | ({"nextPageToken": after} if after else {}))


def api_error(status: int, reason: str) -> Reply:
    return in_json({"error": {"code": status, "errors": [{"reason": reason}], "message": f"key {KEY}"}}, status)


@dataclass(frozen=True)
class Video:
    name: str
    feed: Reply
    api: list[Reply]
    outcome: RunOutcome
    posts: int = 0
    since: datetime | None = None
    methods: set[str] = field(default_factory=lambda: {"feed+api"})


AWAY = Reply("", "text/html", 404)
YOUTUBE = [
    Video("UCaaaaaaaaaaaaaaaaaaaaaa", video_feed([20, 18]), [uploads([20, 18, 12], "p2"), uploads([11])], OK, 4, SINCE),
    Video("UCbbbbbbbbbbbbbbbbbbbbbb", AWAY, [uploads([20, 18])], OK, 2, SINCE, {"api"}),
    Video("UCcccccccccccccccccccccc", AWAY, [api_error(403, "quotaExceeded")], BLOCKED),
    Video("UCdddddddddddddddddddddd", AWAY, [api_error(400, "keyInvalid")], TOKEN_DEAD),
    Video("UCeeeeeeeeeeeeeeeeeeeeee", AWAY, [api_error(404, "playlistNotFound")], UNREADABLE),
    Video("UCffffffffffffffffffffff", AWAY, [api_error(500, "backendError")], UNREACHABLE),
]


def named(reply: Reply, name: str) -> Reply:
    """Posts of different cases are different posts."""
    return Reply(reply.octets.replace(b"NAME", name.encode()), reply.content_type, reply.status, reply.headers)


def graph_server() -> dict[str, Page]:
    def answer(case: Case) -> Page:
        def published_posts(asked: Asked) -> Reply:
            query = parse_qs(urlsplit(asked.path).query)
            assert query["access_token"] == [TOKEN]
            fields = set(query["fields"][0].replace("{", ",").replace("}", ",").split(","))
            assert not fields & {"from", "comments", "reactions", "message_tags", "admin_creator"}
            return named(case.answers[int(query.get("after", ["0"])[0])], case.name)

        return published_posts

    return {f"/v26.0/{case.name}/published_posts": answer(case) for case in FACEBOOK}


def zalo_server() -> dict[str, Page]:
    def getslice(asked: Asked) -> Reply:
        query = parse_qs(urlsplit(asked.path).query)
        case = next(c for c in ZALO if asked.headers["access_token"] == f"{TOKEN}-{c.name}")
        if query["type"] == ["video"] and case.outcome is OK:
            return zalo_slice([])
        return named(case.answers[min(int(query["offset"][0]) // 10, len(case.answers) - 1)], case.name)

    return {"/v2.0/article/getslice": getslice, "/v2.0/article/getdetail": DETAIL}


def youtube_server() -> dict[str, Page]:
    def feeds(asked: Asked) -> Reply:
        (channel,) = parse_qs(urlsplit(asked.path).query)["channel_id"]
        return named(next(v.feed for v in YOUTUBE if v.name == channel), channel)

    def items(asked: Asked) -> Reply:
        query = parse_qs(urlsplit(asked.path).query)
        assert query["key"] == [KEY]
        video = next(v for v in YOUTUBE if "UU" + v.name[2:] == query["playlistId"][0])
        return named(video.api[1 if "pageToken" in query else 0], video.name)

    return {"/feeds/videos.xml": feeds, "/youtube/v3/playlistItems": items}


@dataclass(frozen=True)
class Ended:
    runs: dict[str, CrawlRun]
    posts: dict[str, list[Post]]
    everything_kept: bytes


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ended]:
    folder: Path = tmp_path_factory.mktemp("interfaces")
    with serving(graph_server()) as graph, serving(zalo_server()) as zalo, serving(youtube_server()) as youtube:
        channels = {
            **{c.name: a_channel(f"https://www.facebook.com/{c.name}", ChannelKind.FACEBOOK) for c in FACEBOOK},
            **{f"zalo {c.name}": a_channel(f"https://oa.zalo.me/{c.name}", ChannelKind.ZALO) for c in ZALO},
            **{v.name: a_channel(f"https://www.youtube.com/channel/{v.name}", ChannelKind.YOUTUBE) for v in YOUTUBE},
            "without a token": a_channel("https://www.facebook.com/khong-co-ma", ChannelKind.FACEBOOK),
            "without an id": a_channel("https://www.youtube.com/@xabinhson", ChannelKind.YOUTUBE),
        }
        runs = look(
            folder,
            *channels.values(),
            graph_address=graph.url,
            zalo_address=zalo.url,
            youtube_feed_address=youtube.url,
            youtube_api_address=youtube.url,
            youtube_key=KEY,
            page_tokens={
                **{f"https://facebook.com/{c.name}/": TOKEN for c in FACEBOOK},
                **{f"https://oa.zalo.me/{c.name}": f"{TOKEN}-{c.name}" for c in ZALO},
            },
        )
        yield Ended(
            dict(zip(channels, runs, strict=True)),
            {name: [p for p in posts(folder) if p.channel == c.id] for name, c in channels.items()},
            (folder / "kept.pickle").read_bytes() + repr(runs).encode(),
        )


@pytest.mark.parametrize("case", FACEBOOK, ids=lambda c: c.name)
def test_a_facebook_page_ends_as_its_answers_say(ended: Ended, case: Case) -> None:
    run = ended.runs[case.name]
    assert (run.outcome, len(ended.posts[case.name])) == (case.outcome, case.posts), run.reason
    assert (run.observed and run.observed.start) == case.since


@pytest.mark.parametrize("case", ZALO, ids=lambda c: c.name)
def test_a_zalo_account_ends_as_its_answers_say(ended: Ended, case: Case) -> None:
    run = ended.runs[f"zalo {case.name}"]
    assert (run.outcome, len(ended.posts[f"zalo {case.name}"])) == (case.outcome, case.posts), run.reason
    assert (run.observed and run.observed.start) == case.since


@pytest.mark.parametrize("video", YOUTUBE, ids=lambda v: v.name)
def test_a_youtube_channel_ends_as_its_answers_say(ended: Ended, video: Video) -> None:
    run = ended.runs[video.name]
    assert (run.outcome, len(ended.posts[video.name])) == (video.outcome, video.posts), run.reason
    assert (run.observed and run.observed.start) == video.since
    assert run.outcome is not OK or run.method in video.methods


def test_no_token_is_kept_or_shown(ended: Ended) -> None:
    assert TOKEN.encode() not in ended.everything_kept
    assert KEY.encode() not in ended.everything_kept


def test_what_is_missing_is_named(ended: Ended) -> None:
    assert ended.runs["without a token"].outcome is TOKEN_DEAD
    assert ended.runs["without an id"].outcome is UNREADABLE


def test_a_facebook_post_has_its_first_line_as_title(ended: Ended) -> None:
    (post,) = [p for p in ended.posts["ranked"] if p.url.endswith("/20")]
    assert (post.title, post.published_at, post.published_source) == (a_title(20), at(20), PublishedSource.API)
    assert post.url == "https://www.facebook.com/ranked/posts/20"


def test_odd_facebook_posts_are_mended(ended: Ended) -> None:
    found = {p.url: p for p in ended.posts["odd"]}
    assert set(found) == {f"https://www.facebook.com/{x}" for x in ("1_1", "1/videos/4", "1_5")}
    assert found["https://www.facebook.com/1/videos/4"].title == "Video ra quân"
    assert found["https://www.facebook.com/1/videos/4"].kind == "video"
    assert found["https://www.facebook.com/1_5"].published_at is None
    assert len(found["https://www.facebook.com/1_5"].title) <= 161


def test_a_zalo_article_has_its_text(ended: Ended) -> None:
    post = ended.posts["zalo articles"][0]
    assert (post.text, post.published_source) == ("Mô tả ngắn.\nNội dung bài.", PublishedSource.API)


def test_a_video_has_its_description_and_no_name_of_a_person(ended: Ended) -> None:
    post = next(p for p in ended.posts["UCaaaaaaaaaaaaaaaaaaaaaa"] if p.title == a_title(20))
    assert (post.kind, post.published_at) == ("video", at(20))
    assert post.text == "Mô tả video 20."
    assert "Không đọc tên".encode() not in ended.everything_kept
