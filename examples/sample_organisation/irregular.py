"""What makes real output irregular: re-posts, copies on another channel, edits, missing dates, odd spellings."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from domain.dates import day_start
from examples.sample_organisation.posts import ACTIVITIES, Original, SamplePost
from examples.sample_organisation.registry import Member
from examples.sample_organisation.timeline import Timeline

REPOSTS = 36
_UNDATED_SHARE = 0.12
_EDITED_SHARE = 0.05
_NEW_TONE = re.compile(
    r"(o)([\u0300\u0301\u0303\u0309\u0323])([ae])(?![a-z\u0300-\u036f])|(?<!q)(u)([\u0300\u0301\u0303\u0309\u0323])(y)(?![a-z\u0300-\u036f])",
    re.I,
)


def old_tone_style(text: str) -> str:
    """`hóa` → `hoá`, `thúy` → `thuý`: the tone on the second vowel, as older machines write it."""

    def move(match: re.Match[str]) -> str:
        if match[1]:
            return match[1] + match[3] + match[2]
        return match[4] + match[6] + match[5]

    return unicodedata.normalize("NFC", _NEW_TONE.sub(move, unicodedata.normalize("NFD", text)))


def with_irregularities(posts: Sequence[SamplePost], members: Mapping[str, Member], timeline: Timeline) -> list[SamplePost]:
    """`posts` with re-posts and page copies added and some written oddly; the same for the same day."""
    chance = Random(f"irregularities of {timeline.day}")  # noqa: S311 - a repeatable draw, no secret
    odd = [_spelled(_edited(post, timeline, chance), members[post.unit], chance) for post in posts]
    return [*odd, *_reposts(odd, members, timeline, chance), *_page_copies(odd, members, chance)]


def _spelled(post: SamplePost, member: Member, chance: Random) -> SamplePost:
    draw = chance.random()
    if member.engine in ("tables", "notices") and draw < _UNDATED_SHARE:
        post = replace(post, dated=False)
    if member.engine == "tables" or draw > 0.985:
        post = replace(post, title=old_tone_style(post.title), paragraphs=tuple(map(old_tone_style, post.paragraphs)))
    if (member.engine in ("tables", "notices") and 0.5 < draw < 0.85) or 0.95 < draw < 0.965:
        post = replace(post, title=post.title.upper())
    if 0.965 < draw < 0.98:
        decomposed = tuple(unicodedata.normalize("NFD", p) for p in post.paragraphs)
        post = replace(post, title=unicodedata.normalize("NFD", post.title), paragraphs=decomposed)
    return post


def _edited(post: SamplePost, timeline: Timeline, chance: Random) -> SamplePost:
    if chance.random() >= _EDITED_SHARE:
        return post
    later = post.published_at + timedelta(hours=chance.randint(2, 40))
    if later >= _newest(timeline):
        return post
    note = "(Bài viết đã được bổ sung số liệu sau khi đăng.)"
    return replace(post, modified_at=later, paragraphs=(*post.paragraphs, note))


def _reposts(posts: Sequence[SamplePost], members: Mapping[str, Member], timeline: Timeline, chance: Random) -> list[SamplePost]:
    """Texts that a unit took over from another, one to three days later, with a line saying from where."""
    givers = [p for p in posts if p.topics and p.topics[0][0] != "3" and p.channel == "site" and p.dated]
    takers = [m for m in members.values() if m.engine and m.habit not in ("none", "silent", "press")]
    found: list[SamplePost] = []
    for original in chance.sample(givers, len(givers)):
        taker = chance.choice(takers)
        at = original.published_at + timedelta(hours=chance.randint(20, 70))
        if taker.code == original.unit or at >= _newest(timeline):
            continue
        source = members[original.unit]
        line = chance.choice((f"Theo {source.name}", f"(Theo {source.name})", f"Nguồn: {source.name}"))
        found.append(
            replace(
                original,
                unit=taker.code,
                number=9000 + len(found),
                paragraphs=(*(p for p in original.paragraphs if p != f"({source.sign})"), line),
                published_at=at,
                modified_at=None,
                section=ACTIVITIES,
                copy_of=Original(original.unit, original.number),
            )
        )
        if len(found) == REPOSTS:
            break
    return found


def _page_copies(posts: Sequence[SamplePost], members: Mapping[str, Member], chance: Random) -> list[SamplePost]:
    """What a unit with a website and a Facebook page puts on both."""
    found = []
    for post in posts:
        member = members[post.unit]
        if member.page and member.engine and chance.random() < 0.6:
            found.append(
                replace(
                    post,
                    number=post.number + 50_000,
                    channel="page",
                    published_at=post.published_at + timedelta(minutes=chance.randint(4, 300)),
                    modified_at=None,
                    copy_of=Original(post.unit, post.number),
                )
            )
    return found


def _newest(timeline: Timeline) -> datetime:
    return day_start(timeline.day)
