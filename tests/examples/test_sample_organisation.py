"""The invented province: its files, and what its press offices wrote."""

import re
import unicodedata
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from openpyxl import load_workbook

from domain.dates import local_day
from domain.text import fold, new_tone_style, nfc
from domain.urls import canonical_url
from examples.sample_organisation import SampleOrganisation, build
from examples.sample_organisation.articles import read_articles
from examples.sample_organisation.irregular import old_tone_style
from examples.sample_organisation.plan_document import LEAF_TOPICS
from examples.sample_organisation.posts import SamplePost
from examples.sample_organisation.registry import read_members
from examples.sample_organisation.sites import ENGINES, post_address

DAY = date(2026, 11, 21)
DAYS = [date(2028, 1, 1), date(2028, 2, 29), date(2028, 3, 31), date(2028, 7, 9), date(2028, 12, 31), date(2027, 1, 4)]


@pytest.fixture(scope="module")
def organisation(tmp_path_factory: pytest.TempPathFactory) -> SampleOrganisation:
    return build(DAY, tmp_path_factory.mktemp("sample"), 8600)


def posts_of(organisation: SampleOrganisation) -> list[SamplePost]:
    return [post for site in organisation.sites for post in site.posts]


def paragraphs(organisation: SampleOrganisation) -> list[str]:
    return [p.text for p in Document(str(organisation.plan_path)).paragraphs]


def test_the_same_day_gives_the_same_organisation(tmp_path: Path, organisation: SampleOrganisation) -> None:
    again = build(DAY, tmp_path, 8600)
    assert again.sites == organisation.sites
    assert again.truth == organisation.truth
    assert paragraphs(again) == paragraphs(organisation)


def test_another_day_gives_other_posts(tmp_path: Path, organisation: SampleOrganisation) -> None:
    assert build(DAY + timedelta(days=1), tmp_path, 8600).truth != organisation.truth


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_day_has_a_whole_organisation_around_it(tmp_path: Path, day: date) -> None:
    organisation = build(day, tmp_path, 8600)
    posts = posts_of(organisation)
    assert len(posts) >= 450
    assert min(local_day(p.published_at) for p in posts) >= day - timedelta(days=99)
    assert max(local_day(p.changed_at) for p in posts) < day
    assert {t for label in organisation.truth.values() for t in label.topics} == set(LEAF_TOPICS)
    assert not re.search(r"[{}]", "\n".join(paragraphs(organisation)) + "\n".join(p.title + p.text for p in posts))


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_seen_from_its_day_one_phase_is_over_one_runs_and_one_is_to_come(tmp_path: Path, day: date) -> None:
    text = "\n".join(paragraphs(build(day, tmp_path, 8600)))
    found = re.findall(r"Giai đoạn \d \(từ ngày (\d+)/(\d+)/(\d+) đến hết ngày (\d+)/(\d+)/(\d+)\)", text)
    (_, first_end), (second_start, second_end), (third_start, _) = (
        (date(int(y1), int(m1), int(d1)), date(int(y2), int(m2), int(d2))) for d1, m1, y1, d2, m2, y2 in found
    )
    assert first_end < second_start <= day <= second_end < third_start


def test_the_plan_is_a_word_document_with_automatic_numbering(organisation: SampleOrganisation) -> None:
    with ZipFile(organisation.plan_path) as archive:
        numbering, body = archive.read("word/numbering.xml").decode(), archive.read("word/document.xml").decode()
    definitions = set(re.findall(r'<w:num w:numId="(\d+)"', numbering))
    used = Counter(re.findall(r'<w:numId w:val="(\d+)"/>', body))
    assert set(used) <= definitions
    assert sum(used.values()) >= 70
    assert not any(re.match(r"(\d+\.|[IVX]+\.|[a-d]\))", text) for text in paragraphs(organisation)), "numbers are Word's"
    assert numbering.rindex("<w:abstractNum ") < numbering.index("<w:num ")


def test_the_plan_has_a_letterhead_a_signature_and_two_appendix_tables(organisation: SampleOrganisation) -> None:
    letterhead, ending, units, quotas = Document(str(organisation.plan_path)).tables
    assert "57/KH-UBND" in letterhead.cell(1, 0).text
    assert "KT. CHỦ TỊCH" in ending.cell(0, 1).text
    listed = "\n".join(row.cells[2].text for row in units.rows)
    assert all(site.url in listed for site in organisation.sites)
    assert [c.text.removeprefix("Mục ") for c in quotas.rows[0].cells][1:-1] == list(LEAF_TOPICS)
    for row in quotas.rows[1:]:
        *numbers, total = [c.text for c in row.cells][1:]
        assert sum(int(n) for n in numbers if n != "-") == int(total)


def test_the_registry_lists_every_channel_under_vietnamese_headings(organisation: SampleOrganisation) -> None:
    sheet = load_workbook(organisation.units_path).active
    assert sheet is not None
    rows = [row for row in sheet.iter_rows(min_row=3, values_only=True) if row[0]]
    assert rows[0] == ("Mã đơn vị", "Tên đơn vị", "Nhóm đơn vị", "Loại kênh", "Địa chỉ kênh", "Số bài mỗi tuần", "Liên hệ")
    assert [row[4] for row in rows[1:]] == [site.url for site in organisation.sites]
    assert len({row[0] for row in rows[1:]}) >= 16
    assert len({row[2] for row in rows[1:]}) == 4
    assert all(str(row[6]).endswith(".namlinh.example") for row in rows[1:])


def test_at_least_four_engines_and_two_pages_are_in_use(organisation: SampleOrganisation) -> None:
    used = Counter(site.engine for site in organisation.sites)
    assert set(ENGINES) <= set(used)
    assert used["facebook"] == 2
    assert set(organisation.page_tokens) == {site.url for site in organisation.sites if site.engine == "facebook"}


def test_nearly_half_of_the_posts_are_about_no_topic(organisation: SampleOrganisation) -> None:
    labels = organisation.truth.values()
    assert 0.40 <= sum(not label.topics for label in labels) / len(labels) <= 0.55


def test_units_behave_as_different_as_real_ones(organisation: SampleOrganisation) -> None:
    on_topics = Counter(p.unit for p in posts_of(organisation) if p.topics and p.copy_of is None)
    silent = next(s for s in organisation.sites if s.member.habit == "silent")
    broken = next(s for s in organisation.sites if s.engine == "broken")
    assert on_topics[silent.member.code] == 0
    assert len(silent.posts) >= 8
    assert not broken.posts
    assert max(on_topics.values()) >= 20


def test_the_late_unit_writes_on_the_first_phase_only_after_its_end(organisation: SampleOrganisation) -> None:
    late = next(s for s in organisation.sites if s.member.habit == "late")
    own = [p for p in late.posts if p.topics and p.topics[0].startswith("1") and p.copy_of is None]
    assert len(own) >= 3
    assert all(local_day(p.published_at) > DAY - timedelta(days=43) for p in own)


def test_copies_come_after_their_originals_and_say_where_they_are_from(organisation: SampleOrganisation) -> None:
    by_address = {post_address(site, p): (site, p) for site in organisation.sites for p in site.posts}
    reposts = page_copies = 0
    for address, label in organisation.truth.items():
        if label.copy_of:
            (site, copy), (source, original) = by_address[address], by_address[label.copy_of]
            assert copy.published_at > original.published_at
            assert label.topics == organisation.truth[label.copy_of].topics
            if copy.channel == "page":
                page_copies += 1
                assert copy.text == original.text
            else:
                reposts += 1
                assert source.member.name in nfc(copy.paragraphs[-1])
                assert site.member.code != source.member.code
    assert reposts >= 30
    assert page_copies >= 2


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_no_text_is_repeated_word_for_word_except_by_copies(tmp_path: Path, day: date) -> None:
    texts = Counter(fold(p.text) for p in posts_of(build(day, tmp_path, 8600)) if p.copy_of is None)
    assert [text for text, count in texts.items() if count > 1] == []


def test_no_article_of_the_stock_is_there_twice() -> None:
    titles = Counter(fold(a.title) for a in read_articles())
    assert [title for title, count in titles.items() if count > 1] == []


def test_some_posts_are_written_oddly(organisation: SampleOrganisation) -> None:
    posts = posts_of(organisation)
    assert sum(not unicodedata.is_normalized("NFC", p.text) for p in posts) >= 3
    assert sum(p.title.isupper() for p in posts) >= 5
    assert sum(new_tone_style(p.text) != nfc(p.text) for p in posts) >= 5
    assert sum(not p.dated for p in posts) >= 2
    assert sum(p.modified_at is not None for p in posts) >= 8


def test_old_tone_style_moves_the_mark_and_leaves_other_words_alone() -> None:
    assert old_tone_style("Hòa Bãi hóa khỏe, thúy, quý, hoàn, tuy") == "Hoà Bãi hoá khoẻ, thuý, quý, hoàn, tuy"
    assert new_tone_style(old_tone_style("Thủy lợi, hòa giải")) == "Thủy lợi, hòa giải"


def test_addresses_are_canonical_and_unique(organisation: SampleOrganisation) -> None:
    identities = {canonical_url(address) for address in organisation.truth}
    assert len(identities) == len(organisation.truth) == len(posts_of(organisation))


def test_near_misses_are_among_the_posts_of_no_topic(organisation: SampleOrganisation) -> None:
    near = [a for a in read_articles() if a.near]
    assert len(near) >= 12
    assert not any(a.topics for a in near)
    plain = "\n".join(fold(p.title) for p in posts_of(organisation) if not p.topics)
    assert sum(fold(re.sub(r"\{.*?\}", "", a.title))[:20] in plain for a in near) >= 8


def test_every_article_is_about_topics_that_the_plan_has() -> None:
    assert {t for a in read_articles() for t in a.topics} == set(LEAF_TOPICS)


def test_articles_that_are_wrong_are_named(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "x.txt").write_text("= 1.1 | * | sometimes\nTiêu đề\nNội dung", encoding="utf-8")
    with pytest.raises(ValueError, match=r"x\.txt.*sometimes"):
        read_articles(tmp_path)


def test_every_publisher_of_an_article_is_a_group_or_a_unit() -> None:
    membership = read_members()
    known = set(membership.groups) | {m.code for m in membership.members}
    assert {p for a in read_articles() for p in a.publishers} <= known


def test_free_ports_are_given_when_asked_for(tmp_path: Path) -> None:
    organisation = build(DAY, tmp_path, 0)
    ports = {site.port for site in organisation.sites if site.engine != "facebook"} | {organisation.graph_port}
    assert len(ports) == sum(site.engine != "facebook" for site in organisation.sites) + 1
    assert replace(organisation.sites[0], port=1).url == "http://127.0.0.1:1/"
