"""What a topic asks of a post, derived from its text and its place in the plan."""

from datetime import date

from classifier.entities import Identity, Scope
from classifier.language import shipped_language
from classifier.profile import OPEN_YEAR, TopicProfile, profile_plan
from domain.plan import Plan, Topic
from tests.classifier.builders import CONGRESS, LIBERATION, PLENUM, RULES, a_plan, a_topic


def profile(topic: Topic, *others: Topic, title: str = "Kế hoạch tuyên truyền năm 2025") -> TopicProfile:
    return profile_plan(a_plan(topic, *others, title=title), shipped_language()).topics[0]


def test_the_title_requires_what_the_text_only_favours() -> None:
    found = profile(RULES)
    assert found.requires == (Identity(Scope.DOCUMENT, ("qd", 37, "tw", None)),)
    assert Identity(Scope.DOCUMENT, ("qd", 47, "tw", None)) in found.favours


def test_a_plenum_is_required_with_its_term() -> None:
    assert Identity(Scope.PLENUM, (10, 13)) in profile(PLENUM).requires


def test_an_anniversary_has_event_years_and_day() -> None:
    (anniversary,) = profile(LIBERATION).anniversaries
    assert (anniversary.event, anniversary.years, anniversary.day) == ("giai_phong_mien_nam", 50, date(2025, 4, 30))


def test_an_anniversary_that_only_the_plan_knows_is_learned_from_its_title() -> None:
    topic = a_topic("ho", "Kỷ niệm 40 năm Ngày khánh thành hồ chứa nước Bàu Sen (10/1/1985 - 10/1/2025)")
    (anniversary,) = profile(topic).anniversaries
    assert (anniversary.years, anniversary.day) == (40, date(2025, 1, 10))


def test_a_title_states_its_years() -> None:
    assert profile(a_topic("a", "Quy hoạch tỉnh thời kỳ 2021 - 2030")).years == (2021, 2030)
    assert profile(a_topic("a", "Nhiệm vụ phát triển kinh tế - xã hội năm 2025 và các năm tiếp theo")).years == (2025, OPEN_YEAR)
    assert profile(a_topic("a", "Kết quả năm 2024")).years == (2024, 2024)
    assert profile(CONGRESS).years is None, "a term of office is not the time of the topic"


def test_a_topic_without_edition_and_year_is_timeless() -> None:
    assert profile(a_topic("a", "Bảo vệ môi trường", "Thu gom rác thải.")).timeless
    assert not profile(CONGRESS).timeless


def test_a_plan_leads_up_to_a_congress_or_follows_one() -> None:
    before = profile_plan(a_plan(CONGRESS, title="Tuyên truyền từ nay đến Đại hội XIV của Đảng"), shipped_language())
    after = profile_plan(
        a_plan(CONGRESS, title="Tuyên truyền sau Đại hội Đảng bộ tỉnh lần thứ XVII và Đại hội đại biểu toàn quốc lần thứ XIII"),
        shipped_language(),
    )
    assert (before.target, before.past) == (14, None)
    assert (after.target, after.past) == (None, 13)


def test_the_plans_province_is_the_one_that_it_names_most() -> None:
    topic = a_topic(
        "a", "Phát triển kinh tế - xã hội tỉnh Bình Định", "Thu hút đầu tư vào tỉnh Bình Định và các tỉnh như Lâm Đồng."
    )
    found = profile_plan(a_plan(topic), shipped_language())
    assert found.province == "binh dinh"
    assert found.topics[0].province == "binh dinh"


def test_a_topic_knows_the_headings_above_it() -> None:
    heading = a_topic("1", "Đại hội Mặt trận Tổ quốc Việt Nam tỉnh lần thứ IX")
    inner = a_topic("1.a", "Công tác chuẩn bị ở cấp xã", parent=heading.id)
    found = profile_plan(a_plan(heading, inner), shipped_language())
    assert "mat tran to quoc" in found.sources[1].reading.line


def test_an_empty_plan_has_a_profile() -> None:
    assert profile_plan(Plan(title=""), shipped_language()).topics == ()
