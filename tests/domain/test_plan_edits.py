from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import plan_edits as edits
from domain.errors import InvalidInput, NotFound
from domain.plan import Anniversary, Phase, PhaseId, Requirement, TopicId
from domain.requirements import default_requirements
from tests.builders import a_plan, a_topic

PHASE = Phase(PhaseId("P1"), "Đợt 1", date(2026, 11, 1), date(2026, 11, 30))


def plan():
    base = a_plan(
        phases=(PHASE,),
        topics=(
            a_topic("1", "Chuyển đổi số", phase=PHASE.id, text="Chuyển đổi số trong cơ quan"),
            a_topic("1.1", "Chữ ký số", parent="1", phase=PHASE.id, key_phrases=("chữ ký",)),
            a_topic("1.2", "Kho dữ liệu", parent="1", phase=PHASE.id, cited_documents=("05-CT/TU",)),
            a_topic("2", "Phòng cháy", phase=PHASE.id),
        ),
        requirements=(),
    )
    return replace(base, requirements=default_requirements(base))


def required(p):
    return {(r.topic, r.minimum) for r in p.requirements}


def test_a_renamed_topic_keeps_its_identity_and_requirement():
    edited = edits.rename_topic(plan(), TopicId("2"), "  Phòng cháy,\nchữa cháy ")
    assert edited.topic(TopicId("2")).title == "Phòng cháy, chữa cháy"
    assert edited.requirements == plan().requirements


def test_a_split_topic_owes_through_each_of_its_parts():
    edited = edits.split_topic(plan(), TopicId("2"), ["Phòng cháy rừng", "Phòng cháy nhà ở"])
    parts = [t for t in edited.topics if t.parent == "2"]
    assert [t.title for t in parts] == ["Phòng cháy rừng", "Phòng cháy nhà ở"]
    assert required(edited) == {("1.1", 1), ("1.2", 1), *((t.id, 1) for t in parts)}
    assert [t.id for t in edited.topics][3] == "2"


def test_merged_topics_are_one_subject_with_the_words_of_both():
    edited = edits.merge_topics(plan(), [TopicId("1.1"), TopicId("1.2")])
    assert [t.id for t in edited.topics] == ["1", "1.1", "2"]
    kept = edited.topic(TopicId("1.1"))
    assert kept.cited_documents == ("05-CT/TU",)
    assert "Kho dữ liệu" in kept.text
    assert required(edited) == {("1.1", 1), ("2", 1)}


def test_merging_a_topic_with_sub_topics_takes_those_along():
    edited = edits.merge_topics(plan(), [TopicId("2"), TopicId("1")])
    assert {t.parent for t in edited.topics} == {None, "2"}


def test_a_topic_cannot_be_merged_into_its_own_sub_topic():
    with pytest.raises(InvalidInput):
        edits.merge_topics(plan(), [TopicId("1.1"), TopicId("1")])


def test_a_removed_topic_leaves_its_sub_topics_to_its_parent():
    edited = edits.remove_topic(plan(), TopicId("1"))
    assert [(t.id, t.parent) for t in edited.topics] == [("1.1", None), ("1.2", None), ("2", None)]


def test_requirements_on_the_former_days_move_with_the_window():
    edited = edits.set_window(plan(), TopicId("2"), date(2026, 11, 10), date(2026, 11, 12))
    (moved,) = [r for r in edited.requirements if r.topic == "2"]
    assert (moved.start, moved.end) == (date(2026, 11, 10), date(2026, 11, 12))


def test_once_an_event_has_a_date_its_phase_and_what_is_required_in_it_end_there():
    edited = edits.set_phase_days(plan(), PHASE.id, date(2026, 11, 1), date(2026, 11, 25))
    assert edited.phase(PHASE.id).end == date(2026, 11, 25)
    assert {r.end for r in edited.requirements} == {date(2026, 11, 25)}


def test_a_topic_owed_in_every_phase_follows_the_phase_that_moved():
    second = Phase(PhaseId("P2"), "Đợt 2", date(2026, 12, 1), None)
    open_plan = a_plan(phases=(PHASE, second), topics=(a_topic("1"),), requirements=())
    owed = replace(open_plan, requirements=default_requirements(open_plan))
    edited = edits.set_phase_days(owed, second.id, date(2026, 12, 1), date(2026, 12, 20))
    assert [(r.start, r.end) for r in edited.requirements] == [(PHASE.start, PHASE.end), (date(2026, 12, 1), date(2026, 12, 20))]


def test_what_staff_asked_for_other_days_stays_when_the_phase_moves():
    asked = edits.set_requirement(plan(), Requirement(TopicId("2"), start=date(2026, 11, 5), end=date(2026, 11, 6)))
    edited = edits.set_phase_days(asked, PHASE.id, None, date(2026, 11, 25))
    assert [r.end for r in edited.requirements if r.topic == "2"] == [date(2026, 11, 6)]


def test_an_anniversary_becomes_a_topic_around_its_date():
    edited = edits.topic_from_anniversary(plan(), Anniversary("70 năm Ngày thành lập thư viện", date(2026, 12, 20)))
    topic = edited.topics[-1]
    assert (topic.title, topic.start, topic.end) == (
        "Kỷ niệm 70 năm Ngày thành lập thư viện",
        date(2026, 11, 20),
        date(2026, 12, 27),
    )
    assert (topic.id, 1) in required(edited)


def test_an_anniversary_without_a_date_is_left_to_a_person():
    with pytest.raises(InvalidInput):
        edits.topic_from_anniversary(plan(), Anniversary("Ngày truyền thống", None))


def test_a_requirement_replaces_the_one_of_the_same_units():
    edited = edits.set_requirement(plan(), Requirement(TopicId("2"), 3))
    edited = edits.set_requirement(edited, Requirement(TopicId("2"), 5, unit_group="Báo, đài"))
    assert required(edited) == {("1.1", 1), ("1.2", 1), ("2", 3), ("2", 5)}
    assert required(edits.set_requirement(edited, Requirement(TopicId("2"), 0))) == {("1.1", 1), ("1.2", 1), ("2", 5)}


@pytest.mark.parametrize(
    "edit",
    [
        lambda p: edits.rename_topic(p, TopicId("9"), "x"),
        lambda p: edits.split_topic(p, TopicId("9"), ["a", "b"]),
        lambda p: edits.merge_topics(p, [TopicId("1"), TopicId("9")]),
        lambda p: edits.remove_topic(p, TopicId("9")),
        lambda p: edits.add_topic(p, "x", TopicId("9")),
        lambda p: edits.set_requirement(p, Requirement(TopicId("9"))),
    ],
    ids=["rename", "split", "merge", "remove", "add", "require"],
)
def test_an_edit_of_a_topic_that_is_not_there_names_those_that_are(edit):
    with pytest.raises(NotFound, match=r"1, 1\.1, 1\.2, 2"):
        edit(plan())


@pytest.mark.parametrize(
    "edit",
    [
        lambda p: edits.rename_topic(p, TopicId("1"), " "),
        lambda p: edits.split_topic(p, TopicId("1"), ["a"]),
        lambda p: edits.merge_topics(p, [TopicId("1"), TopicId("1")]),
        lambda p: edits.set_window(p, TopicId("1"), date(2026, 2, 2), date(2026, 2, 1)),
    ],
    ids=["empty name", "one part", "one topic", "days turned round"],
)
def test_an_edit_without_sense_is_refused(edit):
    with pytest.raises(InvalidInput):
        edit(plan())


@given(
    st.lists(st.tuples(st.sampled_from(["split", "merge", "remove", "add"]), st.integers(0, 20), st.integers(0, 20)), max_size=6)
)
def test_after_any_edits_ids_are_unique_and_nothing_points_nowhere(steps):
    edited = plan()
    for name, i, j in steps:
        ids = [t.id for t in edited.topics]
        if not ids:
            break
        a, b = ids[i % len(ids)], ids[j % len(ids)]
        try:
            if name == "split":
                edited = edits.split_topic(edited, a, ["Một", "Hai"])
            elif name == "merge":
                edited = edits.merge_topics(edited, [a, b])
            elif name == "remove":
                edited = edits.remove_topic(edited, a)
            else:
                edited = edits.add_topic(edited, "Mới", a)
        except InvalidInput:
            continue
    ids = [t.id for t in edited.topics]
    assert len(ids) == len(set(ids))
    assert {t.parent for t in edited.topics} <= {None, *ids}
    assert {r.topic for r in edited.requirements} <= set(ids)
