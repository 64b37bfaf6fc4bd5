import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import plan as p
from domain.errors import InvalidInput
from domain.plan_json import plan_from_json, plan_to_json
from domain.requirements import default_requirements
from tests.builders import a_plan, a_topic

words = st.text(min_size=1, max_size=12)
days = st.none() | st.dates()
lines = st.lists(st.integers(1, 500), max_size=3).map(tuple)
topics = st.builds(
    p.Topic, id=words, title=words, parent=st.none() | words, phase=st.none() | words, text=st.text(max_size=30),
    cited_documents=st.lists(words, max_size=2).map(tuple), key_phrases=st.lists(words, max_size=2).map(tuple),
    printed=st.none() | words, start=days, end=days, lines=lines,
)  # fmt: skip
plans = st.builds(
    p.Plan,
    title=words,
    number=st.none() | words,
    issued_on=days,
    signed_by=st.none() | st.builds(p.Signatory, role=st.none() | words, name=st.none() | words, lines=lines),
    phases=st.lists(st.builds(p.Phase, id=words, title=words, start=days, end=days, lines=lines), max_size=2).map(tuple),
    topics=st.lists(topics, max_size=3).map(tuple),
    obligations=st.lists(
        st.builds(
            p.Obligation, assignee=st.none() | words, action=words, quantity=st.none() | st.integers(0, 99), deadline=days,
            recurrence=st.none() | st.sampled_from(p.Recurrence), lines=lines,
        ),
        max_size=2,
    ).map(tuple),
    requirements=st.lists(
        st.builds(p.Requirement, topic=words, minimum=st.integers(0, 9), period=st.sampled_from(p.Period), start=days, end=days),
        max_size=2,
    ).map(tuple),
    recipients=st.lists(words, max_size=2).map(tuple),
)  # fmt: skip


@given(plans)
def test_a_plan_comes_back_from_json_as_it_was(plan):
    assert plan_from_json(json.loads(json.dumps(plan_to_json(plan)))) == plan


@pytest.mark.parametrize(
    ("data", "named"),
    [
        ([], "kế hoạch"),
        ({"topics": {}}, "topics"),
        ({"topics": [{"title": "không có mã"}]}, "id"),
        ({"phases": [{"id": "P1", "start": "30/11/2026"}]}, "start"),
        ({"number": 12}, "number"),
        ({"requirements": [{"topic": "1", "minimum": -1}]}, "minimum"),
        ({"obligations": [{"action": "x", "recurrence": "đôi khi"}]}, "recurrence"),
    ],
    ids=["no object", "no list", "no id", "date", "type", "negative", "word"],
)
def test_a_malformed_plan_is_refused_by_the_name_of_the_field(data, named):
    with pytest.raises(InvalidInput) as refusal:
        plan_from_json(data)
    assert f"“{named}”" in refusal.value.message.vi


def test_code_books_of_the_shared_folder_are_read(shared):
    for name in ("codebook_001.json", "codebook_004.json"):
        assert plan_from_json(json.loads((shared / "posts" / name).read_text("utf-8"))).topics


def test_a_plan_is_named_by_its_number_or_else_by_its_title():
    assert p.plan_id(a_plan(number="10-KH/ĐUK")) == "10-kh-duk"
    assert p.plan_id(a_plan(number=None, title="KẾ HOẠCH tuyên truyền bầu cử")) == "ke-hoach-tuyen-truyen-bau-cu"


def test_by_default_every_topic_that_no_other_elaborates_needs_one_post_in_its_days():
    phase = p.Phase(p.PhaseId("P1"), "Đợt 1", date(2026, 1, 1), date(2026, 3, 31))
    plan = a_plan(
        phases=(phase,),
        topics=(
            a_topic("1", phase=phase.id),
            a_topic("1.1", parent="1", phase=phase.id),
            a_topic("1.2", parent="1", phase=phase.id, start=date(2026, 2, 3), end=date(2026, 2, 5)),
        ),
    )
    assert [(r.topic, r.minimum, r.start, r.end) for r in default_requirements(plan)] == [
        ("1.1", 1, date(2026, 1, 1), date(2026, 3, 31)),
        ("1.2", 1, date(2026, 2, 3), date(2026, 2, 5)),
    ]
