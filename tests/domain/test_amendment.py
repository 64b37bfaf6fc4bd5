from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from domain.amendment import keep_identity, plan_difference
from domain.plan import Obligation, Phase, PhaseId, Requirement, TopicId
from domain.plan_edits import set_key_phrases, set_requirement
from tests.builders import a_plan, a_topic

TITLES = [
    "Tuyên truyền chuyển đổi số trong cơ quan hành chính",
    "Phòng cháy, chữa cháy rừng mùa khô",
    "Xây dựng nông thôn mới nâng cao",
    "Kỷ niệm ngày thành lập thư viện tỉnh",
]


def numbered(*titles):
    return tuple(a_topic(str(n), t) for n, t in enumerate(titles, 1))


BEFORE = a_plan(topics=numbered(*TITLES[:3]), requirements=())


def ids(plan):
    return {t.title: t.id for t in plan.topics}


def test_a_topic_that_moved_down_keeps_its_id_and_prints_its_new_number():
    after = keep_identity(BEFORE, a_plan(topics=numbered(TITLES[3], *TITLES[:3]), requirements=()))
    assert [ids(after)[t] for t in TITLES[:3]] == ["1", "2", "3"]
    assert [t.printed for t in after.topics] == ["1", "2", "3", "4"]


def test_a_new_topic_never_takes_the_id_of_an_old_one():
    after = keep_identity(BEFORE, a_plan(topics=numbered(TITLES[3], *TITLES[:3]), requirements=()))
    assert ids(after)[TITLES[3]] not in {"1", "2", "3"}


def test_the_id_of_a_dropped_topic_is_not_given_to_another():
    after = keep_identity(BEFORE, a_plan(topics=numbered(TITLES[0], TITLES[3], TITLES[2]), requirements=()))
    assert ids(after)[TITLES[3]] != "2"
    assert ids(after)[TITLES[2]] == "3"


def test_a_slightly_reworded_topic_is_the_same_topic():
    after = keep_identity(BEFORE, a_plan(topics=numbered("Đẩy mạnh " + TITLES[1], TITLES[0]), requirements=()))
    assert {t.id for t in after.topics} == {"1", "2"}


def test_what_staff_added_stays_and_what_the_document_demands_follows_the_document():
    edited = set_key_phrases(BEFORE, TopicId("1"), ["chữ ký số"])
    edited = set_requirement(edited, Requirement(TopicId("1"), 3))
    edited = replace(edited, requirements=(*edited.requirements, Requirement(TopicId("2"), 1)))
    amended = a_plan(
        topics=numbered(TITLES[1], TITLES[0]), requirements=(Requirement(TopicId("1"), 2), Requirement(TopicId("2"), 1))
    )
    after = keep_identity(edited, amended)
    assert after.topic(TopicId("1")).key_phrases == ("chữ ký số",)
    assert {(r.topic, r.minimum) for r in after.requirements} == {("1", 3), ("2", 2)}


def test_a_parent_is_followed_to_its_kept_id():
    before = a_plan(topics=(a_topic("1", TITLES[0]), a_topic("1.1", TITLES[1], parent="1")), requirements=())
    after = keep_identity(before, a_plan(topics=(a_topic("2", TITLES[0]), a_topic("2.1", TITLES[1], parent="2")), requirements=()))
    assert [(t.id, t.parent) for t in after.topics] == [("1", None), ("1.1", "1")]


@given(st.permutations(TITLES), st.integers(0, 4))
def test_the_same_topics_in_any_order_keep_their_ids(titles, count):
    before = a_plan(topics=numbered(*TITLES), requirements=())
    after = keep_identity(before, a_plan(topics=numbered(*titles[:count]), requirements=()))
    assert all(ids(before)[t] == ids(after)[t] for t in titles[:count])


def test_nothing_changed_is_no_difference():
    assert plan_difference(BEFORE, BEFORE) == ()


def test_the_same_words_on_other_lines_of_paper_are_no_difference():
    def on_lines(first):
        duty = Obligation("Văn phòng", "báo cáo kết quả", lines=(first + 9,))
        phase = Phase(PhaseId("P1"), "Đợt 1", date(2026, 1, 1), date(2026, 3, 31), lines=(first,))
        topics = tuple(replace(t, lines=(first + n,)) for n, t in enumerate(BEFORE.topics))
        return replace(BEFORE, phases=(phase,), topics=topics, obligations=(duty,))

    assert plan_difference(on_lines(3), on_lines(20)) == ()


def test_every_change_is_said_in_both_languages():
    phase = Phase(PhaseId("P1"), "Đợt 1", date(2026, 1, 1), date(2026, 3, 31))
    before = replace(BEFORE, phases=(phase,), obligations=(Obligation("Văn phòng", "báo cáo kết quả"),))
    after = replace(
        BEFORE,
        number="02-KH/BCĐ",
        phases=(replace(phase, end=date(2026, 4, 30)),),
        topics=(replace(BEFORE.topics[0], title="Chuyển đổi số toàn diện"), BEFORE.topics[1], a_topic("9", TITLES[3])),
        requirements=(Requirement(TopicId("1"), 2),),
        obligations=(Obligation("Văn phòng", "gửi tin", deadline=date(2026, 5, 20)),),
    )
    said = plan_difference(before, after)
    assert [m.vi for m in said] == [
        "Số: 01-KH/BCĐ → 02-KH/BCĐ",
        "Giai đoạn P1: 01/01/2026 – 31/03/2026 → 01/01/2026 – 30/04/2026",
        f"Bỏ chủ đề 3: {TITLES[2]}",
        f"Chủ đề 1: “{TITLES[0]}” → “Chuyển đổi số toàn diện”",
        f"Thêm chủ đề 9: {TITLES[3]}",
        "Yêu cầu 1, mọi đơn vị: — → 2/whole",
        "Bỏ nhiệm vụ: báo cáo kết quả",
        "Thêm nhiệm vụ: gửi tin (hạn: 20/05/2026)",
    ]
    assert all(m.en and m.en != m.vi for m in said)
