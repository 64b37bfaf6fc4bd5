"""What the matrix page shows, without a screen."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bamsat.queries.posts import CellPost
from dashboard.view_models.coverage import cell_view, matrix_view, topic_rows, unseen_view
from dashboard.view_models.filters import Asked, address_of, asked_for, groups_of, kinds_of, weeks_of
from domain.coverage import CoverageStatus
from domain.plan import PlanId, PlanVersion, TopicId
from domain.post import PublishedSource
from domain.tag import TagSource
from domain.unit import ChannelKind, UnitCode
from domain.weeks import Week
from reports.marks import MARKS
from reports.unseen import unseen_channels
from tests.builders import NOON, a_plan, a_topic
from tests.reports.builders import AS_OF, WEEK, an_effective_tag, the_week


@pytest.fixture(scope="module")
def facts():
    return the_week()


@pytest.fixture(scope="module")
def matrix(facts):
    return facts.matrix()


def by_code(view):
    return {line.head.key: [cell.text for cell in line.cells] for line in view.lines}


def test_every_cell_is_a_sign_and_a_figure(matrix):
    assert by_code(matrix_view(matrix, "vi")) == {
        "SO-A": ["✓ 1", "✓ 2/2", "✓ 1"],
        "SO-B": ["✓ 1", "○ 0/2", "✕ 0/1"],
        "SO-C": ["? 0/1", "○? 0/2", "? 0/1"],
        "XA-D": ["✕ 0/1", "○ 1/2", "–"],
    }


def test_units_show_what_is_done_of_what_is_required_and_until_when_they_were_read(matrix):
    lines = {line.head.key: (line.done, line.seen_until) for line in matrix_view(matrix, "vi").lines}
    assert lines == {
        "SO-A": ("3/3", "23/11/2026 07:00"),
        "SO-B": ("1/3", "23/11/2026 07:00"),
        "SO-C": ("0/3", "10/11/2026 12:00"),
        "XA-D": ("0/2", "23/11/2026 07:00"),
    }


def test_the_legend_counts_every_cell_of_the_grid_once(matrix):
    view = matrix_view(matrix, "vi")
    assert {e.mark.sign: e.cells for e in view.legend} == {"✓": 4, "◷": 0, "○": 2, "✕": 2, "?": 2, "–": 1, "○?": 1}


@pytest.mark.parametrize(
    ("group", "search", "codes"),
    [
        (None, "", ["SO-A", "SO-B", "SO-C", "XA-D"]),
        ("Xã, phường", "", ["XA-D"]),
        (None, "binh minh", ["SO-B"]),
        (None, "MINH, Bình", ["SO-B"]),
        (None, "xa-d", ["XA-D"]),
        ("Xã, phường", "binh minh", []),
    ],
    ids=["all", "a group", "without marks", "any order and case", "by code", "both must fit"],
)
def test_units_are_found_by_group_and_by_words(matrix, group, search, codes):
    assert list(matrix_view(matrix, "vi", group, search).units) == codes


def test_turned_the_same_cells_stand_the_other_way_round(matrix):
    upright, turned = matrix_view(matrix, "vi"), matrix_view(matrix, "vi", turned=True)
    assert [[c.text for c in line.cells] for line in turned.lines] == [
        [line.cells[n].text for line in upright.lines] for n in range(len(upright.columns))
    ]
    assert [c.key for c in turned.columns] == list(upright.units)
    assert turned.lines[0].done == "2/4"


def test_a_single_unit_has_room_for_words(matrix):
    view = matrix_view(matrix, "vi", search="dong lua", turned=True)
    assert [line.cells[0].text for line in view.lines] == ["✕ 0/1 · Chưa đăng", "○ 1/2 · Còn hạn", "– · Không yêu cầu"]


def test_a_place_and_its_cell_lead_to_each_other(matrix):
    for turned in (False, True):
        view = matrix_view(matrix, "vi", turned=turned)
        for unit in view.units:
            for topic in matrix.topics:
                cell = view.cell_at(*view.place_of(unit, topic.id))
                assert (cell.unit, cell.topic) == (unit, topic.id)


@pytest.mark.parametrize("place", [(0, "head"), (99, "1"), (-1, "1"), (0, "no such topic")])
def test_a_place_beside_the_cells_is_no_cell(matrix, place):
    assert matrix_view(matrix, "vi").cell_at(*place) is None


def test_headings_that_ask_nothing_of_anybody_are_left_out_and_counted(facts):
    changed = the_week()
    changed.plan = replace(changed.plan, topics=(*changed.plan.topics, a_topic("H", "Mục chung")))
    view = matrix_view(changed.matrix(), "vi")
    assert [c.key for c in view.columns] == ["1", "2", "3"]
    assert view.hidden_topics == 1


def test_topics_keep_the_number_by_which_the_grid_shows_them(matrix):
    shown = [c.short for c in matrix_view(matrix, "vi").columns]
    assert shown == ["1. Chuyển đổi số", "2. Xây dựng nông thôn mới", "3. Phòng, chống thiên tai"]
    first = topic_rows(matrix, "vi")[0]
    assert (first["STT"], first["Chủ đề"], first["Đạt"]) == (1, "Chuyển đổi số", "2/4")


def a_cell_post(facts, number, topic, **fields):
    post = facts.posts[number]
    unit = next(u for u in facts.units if u.code == post.unit)
    counted = fields.pop("counted", True)
    tag = an_effective_tag(post, topic, **{k: fields.pop(k) for k in ("waiting", "source", "evidence") if k in fields})
    return CellPost(replace(post, **fields), tag, unit.channels[0], counted)


def test_a_post_shows_its_date_with_its_source_its_channel_and_why_it_was_tagged(facts, matrix):
    view = cell_view(matrix, UnitCode("SO-A"), TopicId("1"), [a_cell_post(facts, 0, "1")], "vi")
    (post,) = view.posts
    assert post.title == "Sở An Toàn khai trương cổng dịch vụ"
    assert post.date == "17/11/2026 12:00 · ngày lấy từ: nguồn tin RSS"
    assert post.channel == "Trang thông tin điện tử của Sở An Toàn"
    assert post.tag == "Máy gắn · căn cứ: chuyển đổi số"
    assert (post.url, post.host) == ("https://so-a.example.gov.vn/tin-0", "so-a.example.gov.vn")
    assert post.badges == ("Bài gốc",)


def test_a_post_without_a_sure_date_says_so(facts, matrix):
    undated = a_cell_post(facts, 0, "1", published_at=None, published_source=None, counted=False)
    guessed = a_cell_post(facts, 0, "1", published_doubtful=True, published_source=PublishedSource.SUGGESTED, counted=False)
    posts = cell_view(matrix, UnitCode("SO-A"), TopicId("1"), [undated, guessed], "vi").posts
    assert posts[0].date == "Không rõ ngày đăng · thấy lần đầu 17/11/2026 14:00"
    assert posts[1].date.endswith("ước đoán · ngày chưa chắc chắn")
    assert posts[0].badges == ("Bài gốc", "Chờ duyệt")


def test_a_persons_word_is_told_from_the_machines(facts, matrix):
    view = cell_view(
        matrix, UnitCode("SO-A"), TopicId("1"), [a_cell_post(facts, 0, "1", source=TagSource.PERSON, evidence=())], "vi"
    )
    assert view.posts[0].tag.startswith("Cán bộ xác nhận")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"])
def test_only_web_addresses_can_be_opened(facts, matrix, url):
    view = cell_view(matrix, UnitCode("SO-A"), TopicId("1"), [a_cell_post(facts, 0, "1", url=url)], "vi")
    assert (view.posts[0].url, view.posts[0].host) == (None, "")


def test_a_cell_that_nobody_could_see_names_the_gap(matrix):
    sentences = " ".join(cell_view(matrix, UnitCode("SO-C"), TopicId("1"), [], "vi").sentences)
    assert "10/11/2026 12:00 – 21/11/2026 00:00" in sentences
    assert "Chưa kết luận được" in sentences


def test_posts_that_wait_say_what_they_could_change(facts, matrix):
    view = cell_view(matrix, UnitCode("SO-B"), TopicId("3"), [a_cell_post(facts, 4, "3", waiting=True, counted=False)], "vi")
    assert "1 bài còn chờ duyệt, chưa được tính; nếu đều được duyệt: đã đăng." in view.sentences
    assert view.mark is MARKS[CoverageStatus.MISSING]


def test_a_late_post_is_shown_as_late():
    late = the_week()
    late.publish("SO-B", "3", 20, "Diễn tập phòng cháy")
    matrix = late.matrix()
    assert by_code(matrix_view(matrix, "vi"))["SO-B"][2] == "◷ 1"
    view = cell_view(matrix, UnitCode("SO-B"), TopicId("3"), [a_cell_post(late, -1, "3", counted=False)], "vi")
    assert view.posts[0].badges == ("Bài gốc", "Đăng sau hạn")
    assert "1 bài đăng sau hạn." in view.sentences


def test_channels_that_could_not_be_read_are_those_of_the_units_shown(facts, matrix):
    unseen = unseen_channels(matrix, facts.runs)
    (row,) = unseen_view(unseen, ["SO-C"], "vi")
    assert (row.unit, row.reason) == ("Sở Chân Trời", "Máy chủ không trả lời.")
    assert row.last_look == "22/11/2026 12:00 · Không kết nối được"
    assert unseen_view(unseen, ["SO-A"], "vi") == ()


def test_english_is_a_switch(facts, matrix):
    view = cell_view(matrix, UnitCode("SO-A"), TopicId("1"), [a_cell_post(facts, 0, "1")], "en")
    assert view.sentences[0] == "✓ Published: the required number of posts is there."
    assert view.posts[0].badges == ("Original",)


WEEKS = [WEEK, WEEK.shifted(-1), WEEK.shifted(-2)]
ASKED = st.builds(
    Asked,
    plan=st.none() | st.text(min_size=1, max_size=20),
    week=st.sampled_from(WEEKS),
    group=st.none() | st.text(min_size=1, max_size=20),
    kind=st.none() | st.sampled_from(ChannelKind),
    search=st.text(max_size=20),
    turned=st.booleans(),
    unit=st.just("SO-A"),
    topic=st.none() | st.text(min_size=1, max_size=8),
)


@given(ASKED)
def test_an_address_leads_back_to_what_it_was_made_of(asked):
    assert asked_for(address_of(asked), WEEKS) == asked


@given(st.dictionaries(st.sampled_from(["plan", "week", "group", "kind", "q", "rows", "unit", "topic"]), st.text()))
def test_any_address_can_be_read(parameters):
    assert asked_for(parameters, WEEKS).week in WEEKS


def a_version(**fields):
    return PlanVersion(PlanId("p"), 1, a_plan(**fields), NOON, "can-bo")


def test_weeks_go_back_to_the_start_of_the_plan():
    assert weeks_of(a_version(), NOON) == [Week(2026, 47), Week(2026, 46), Week(2026, 45), Week(2026, 44)]


def test_a_plan_without_days_or_of_long_ago_offers_a_bounded_list():
    assert len(weeks_of(a_version(phases=(), requirements=()), NOON)) == 12
    assert len(weeks_of(a_version(issued_on=NOON.date() - timedelta(days=3000)), NOON)) == 60


def test_a_plan_that_has_not_begun_offers_this_week():
    assert weeks_of(a_version(issued_on=(AS_OF + timedelta(days=60)).date()), NOON) == [Week.of(NOON)]


def test_choices_are_what_the_units_have(matrix):
    assert groups_of(matrix) == ["Sở, ban, ngành", "Xã, phường"]
    assert kinds_of(matrix) == [ChannelKind.WEBSITE]
