import csv
import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from openpyxl import Workbook

from bamsat.queries.coverage import coverage_matrix
from bamsat.queries.review import DECIDED, review_progress, review_queue
from bamsat.workflows.review import decide, import_decisions
from domain.access import Role, Viewer
from domain.agreement import Share
from domain.dates import Interval
from domain.errors import InvalidInput, NotAllowed, NotFound
from domain.plan import PhaseId, PlanId, Requirement, TopicId
from domain.post import PostId
from domain.tag import Band, Evidence, TaggedPost, TopicScore, TopicTag, effective_tags
from domain.unit import UnitCode
from tests.builders import NOON, a_plan, a_post, a_run, a_topic, a_unit

PLAN = PlanId("01-kh-bcd")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
STAFF = Viewer("can-bo", Role.STAFF)
OWN = Viewer("so-a", Role.UNIT_ADMIN, UnitCode("SO-A"))
READER = Viewer("doc", Role.VIEWER)
A, B, C = (TopicId(t) for t in ("1.1", "1.2", "1.3"))
TOPICS = (a_topic("1.1", phase=PhaseId("P1")), a_topic("1.2", "=Đại hội"), a_topic("1.3", "Bầu cử"))
OWED = tuple(Requirement(t, start=date(2026, 11, 1), end=date(2026, 11, 17)) for t in (A, B))
ORIGINAL, COPY, FURTHER = (a_post(f"https://so-a.example.gov.vn/tin-{n}") for n in (1, 2, 3))


def an_answer(post, *kept, other=C, score=0.8, band=Band.ASK, review=True):
    evidence = (Evidence("phrase", "chuyển đổi số", "title", 0, 13),)
    tags = tuple(TopicTag(t, 1.0, band, evidence) for t in kept)
    return TaggedPost(post.id, tags, (TopicScore(other, score),), review)


def tag(store, *answers, at=NOON, model="m1"):
    with store.transaction() as tx:
        tx.tags.save(PLAN, 1, model, answers, at)


@pytest.fixture
def office(store):
    """Two posts with one text and a third one, all doubtfully tagged with 1.1, seen before the requirement fell due."""
    posts = [replace(p, published_at=NOON - 3 * DAY) for p in (ORIGINAL, COPY, FURTHER)]
    with store.transaction() as tx:
        tx.units.save(a_unit(), NOON - 30 * DAY)
        tx.plans.add(a_plan(topics=TOPICS, requirements=OWED), "can-bo", NOON - 30 * DAY)
        tx.plans.confirm(PLAN, 1, "can-bo", NOON - 30 * DAY)
        tx.posts.add(posts, NOON - DAY)
        tx.posts.mark_copies({COPY.id: ORIGINAL.id}, NOON - DAY)
        tx.crawl_runs.add(a_run(observed=Interval(NOON - 25 * DAY, NOON)), {})
    tag(store, *(an_answer(p, A) for p in posts))
    return store


def held(store, post, as_of=NOON + DAY):
    with store.reading() as tx:
        tags = tx.tags.list(PLAN, 1, as_of=as_of, posts=[post.id])
        return {(t.topic, t.waiting) for t in effective_tags(tags, tx.tags.corrections(PLAN, as_of=as_of)) if t.post == post.id}


def statuses(store, as_of=None):
    matrix = coverage_matrix(STAFF, store, NOON + DAY, as_of=as_of)
    return {t: matrix.cell(UnitCode("SO-A"), t).status.value for t in (A, B)}


def logged(store):
    with store.reading() as tx:
        return tx.audit.list(action=DECIDED)


def test_a_text_is_asked_once_with_what_the_machine_thinks_and_why(office):
    items = {i.post.id: i for i in review_queue(STAFF, office, NOON)}
    assert set(items) == {ORIGINAL.id, FURTHER.id}
    item = items[ORIGINAL.id]
    assert (item.unit.code, item.channel.url, item.copies) == ("SO-A", "https://so-a.example.gov.vn", 1)
    assert [(t.topic, t.evidence[0].words) for t in item.answer.tags] == [(A, "chuyển đổi số")]
    assert item.answer.others == (TopicScore(C, 0.8),)
    assert len(review_queue(STAFF, office, NOON, limit=1)) == 1


def test_a_copy_that_alone_is_doubtful_is_asked_through_its_original(office):
    tag(office, an_answer(ORIGINAL, A, review=False), an_answer(FURTHER, review=False), at=NOON + HOUR)
    assert [i.post.id for i in review_queue(STAFF, office, NOON + HOUR) if not i.random] in ([ORIGINAL.id], [])
    assert ORIGINAL.id in {i.post.id for i in review_queue(STAFF, office, NOON + HOUR)}
    assert COPY.id not in {i.post.id for i in review_queue(STAFF, office, NOON + HOUR)}


def test_a_decision_is_the_whole_answer_on_every_copy_of_the_text(office):
    made = decide(office, "01-KH/BCĐ", COPY.id, (B, C), STAFF, NOON + HOUR, "nêu trong đoạn đầu")
    assert set(made.posts) == set(made.changed) == {ORIGINAL.id, COPY.id}
    for post in (ORIGINAL, COPY):
        assert held(office, post) == {(B, False), (C, False)}
    assert held(office, FURTHER) == {(A, True)}
    assert FURTHER.id in {i.post.id for i in review_queue(STAFF, office, NOON + HOUR)}
    assert ORIGINAL.id not in {i.post.id for i in review_queue(STAFF, office, NOON + HOUR)}


def test_a_decision_survives_whatever_a_later_run_thinks(office):
    decide(office, PLAN, ORIGINAL.id, (B,), STAFF, NOON + HOUR)
    decide(office, PLAN, FURTHER.id, (), STAFF, NOON + HOUR)
    sure = [an_answer(p, A, C, other=B, band=Band.AUTOMATIC) for p in (ORIGINAL, FURTHER)]
    tag(office, *sure, at=NOON + 2 * HOUR, model="m2")
    assert held(office, ORIGINAL) == {(B, False)}
    assert held(office, FURTHER) == set()


def test_a_decision_changes_the_coverage_from_its_moment_on_and_not_before(office):
    before = statuses(office, NOON)
    decide(office, PLAN, ORIGINAL.id, (A, B), STAFF, NOON + HOUR)
    assert statuses(office) == {A: "covered", B: "covered"}
    assert statuses(office, NOON) == before == {A: "missing", B: "missing"}


def test_the_same_answer_again_changes_nothing_and_a_new_one_takes_its_place(office):
    decide(office, PLAN, ORIGINAL.id, (B, A), STAFF, NOON)
    with office.reading() as tx:
        said = tx.tags.corrections(PLAN)
    assert decide(office, PLAN, COPY.id, (A, B, A), STAFF, NOON + HOUR, "lần nữa").changed == ()
    with office.reading() as tx:
        assert tx.tags.corrections(PLAN) == said
    assert len(logged(office)) == 1
    decide(office, PLAN, ORIGINAL.id, (C,), STAFF, NOON)
    assert held(office, COPY) == {(C, False)}
    decide(office, PLAN, ORIGINAL.id, (), STAFF, NOON - DAY)
    assert held(office, COPY) == set(), "the newest word holds although the clock went back"
    with office.reading() as tx:
        moments = [c.at for c in tx.tags.corrections(PLAN) if c.post == COPY.id and c.topic is None]
    assert len(moments) == len(set(moments)) == 3, "each whole answer has a moment of its own"


def test_a_copy_that_came_later_is_asked_and_gets_the_same_answer_alone(office):
    decide(office, PLAN, ORIGINAL.id, (B,), STAFF, NOON)
    late = a_post("https://so-a.example.gov.vn/tin-9")
    with office.transaction() as tx:
        tx.posts.add([late], NOON)
        tx.posts.mark_copies({late.id: ORIGINAL.id}, NOON)
    tag(office, an_answer(late, A))
    assert late.id in {i.post.id for i in review_queue(STAFF, office, NOON)}
    assert decide(office, PLAN, ORIGINAL.id, (B,), STAFF, NOON + HOUR).changed == (late.id,)
    assert held(office, late) == {(B, False)}


def test_the_audit_log_says_who_changed_what_into_what(office):
    decide(office, PLAN, ORIGINAL.id, (B,), STAFF, NOON, "đọc cả bài")
    decide(office, PLAN, COPY.id, (), STAFF, NOON + HOUR)
    second, first = logged(office)
    assert (first.by, first.subject) == ("can-bo", f"post:{ORIGINAL.id}")
    assert first.before == {"topics": [], "machine": [A]}
    assert first.after["topics"] == [B]
    assert (first.after["plan"], first.after["reason"]) == (PLAN, "đọc cả bài")
    assert set(first.after["posts"]) == {ORIGINAL.id, COPY.id}
    assert (second.before["topics"], second.after["topics"]) == ([B], [])


@pytest.mark.parametrize("viewer", [OWN, READER], ids=["unit admin", "reader"])
def test_only_staff_review(office, viewer):
    for action in (
        lambda: decide(office, PLAN, ORIGINAL.id, (), viewer, NOON),
        lambda: import_decisions(office, b"", "q.csv", None, viewer, NOON),
        lambda: review_queue(viewer, office, NOON),
        lambda: review_progress(viewer, office, NOON),
    ):
        with pytest.raises(NotAllowed):
            action()
    assert logged(office) == []


def test_what_does_not_exist_is_refused(office):
    with pytest.raises(InvalidInput, match=r"no topic '9\.9'"):
        decide(office, PLAN, ORIGINAL.id, (A, TopicId("9.9")), STAFF, NOON)
    with pytest.raises(NotFound):
        decide(office, PLAN, PostId("khong-co"), (A,), STAFF, NOON)
    with pytest.raises(NotFound):
        decide(office, "khac", ORIGINAL.id, (A,), STAFF, NOON)
    assert held(office, ORIGINAL) == {(A, True)}


def as_csv(*rows, headings=("Mã bài", "Quyết định", "Lý do", "Kế hoạch", "Rút ngẫu nhiên")):
    out = io.StringIO()
    csv.writer(out, delimiter=";" if len(headings) == 2 else ",").writerows([headings, *rows])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(*rows):
    book = Workbook()
    for row in (("Bài chờ duyệt",), (), ("post_id", "decision", "reason"), *rows):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        as_csv((ORIGINAL.id, "1.2; 1.3", "vì"), (FURTHER.id, "KHÔNG", ""), ("", "", "1.1: chú thích"), (COPY.id, "", "")),
        as_csv((ORIGINAL.id, "1.2 ;1.3"), (FURTHER.id, "none"), headings=("post id", "decision")),
        as_xlsx((ORIGINAL.id, "1.3;1.2", None), (FURTHER.id, "Không", 7), (COPY.id, None, None)),
    ],
    ids=["csv", "csv with semicolons in English", "xlsx under a title"],
)
def test_a_filled_table_is_stored_and_storing_it_again_changes_nothing(office, content):
    done = import_decisions(office, content, "q", None, STAFF, NOON + HOUR)
    assert (len(done.decisions), done.changed) == (2, 2)
    assert held(office, COPY) == {(B, False), (C, False)}
    assert held(office, FURTHER) == set()
    assert import_decisions(office, content, "q", None, STAFF, NOON + 2 * HOUR).changed == 0


def test_a_number_in_a_workbook_is_the_topic_that_it_looks_like(office):
    import_decisions(office, as_xlsx((FURTHER.id, 1.2, None)), "q.xlsx", None, STAFF, NOON)
    assert held(office, FURTHER) == {(B, False)}


def test_a_table_with_wrong_cells_names_each_of_them_and_stores_nothing(office):
    content = as_csv(
        (FURTHER.id, "1.1", "đúng"),
        ("khong-co", "1.1", ""),
        ("", "1.1", ""),
        (ORIGINAL.id, "1.1;9.9;8", ""),
        (ORIGINAL.id, "không; 1.1", ""),
        (ORIGINAL.id, " ; ", ""),
        (ORIGINAL.id, "1.1", "", "02-kh"),
        (ORIGINAL.id, "1.1", "", PLAN),
        (COPY.id, "1.2", "bản sao nói khác"),
    )
    with pytest.raises(InvalidInput) as refusal:
        import_decisions(office, content, "q.csv", None, STAFF, NOON)
    places = [(p.row, p.column, p.code) for p in refusal.value.problems]
    assert places == [
        (3, "A", "unknown_post"),
        (4, "A", "no_post"),
        (5, "B", "topic"),
        (5, "B", "topic"),
        (6, "B", "none_and_topic"),
        (7, "B", "empty"),
        (8, "D", "other_plan"),
        (10, "B", "contradiction"),
    ]
    assert "chưa có quyết định nào được lưu" in refusal.value.message.vi
    assert held(office, FURTHER) == {(A, True)}
    assert logged(office) == []


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04rubbish", "Mã bài\nx".encode()], ids=["empty", "broken", "no decisions"])
def test_what_is_no_such_table_is_refused(office, content):
    with pytest.raises(InvalidInput):
        import_decisions(office, content, "q", None, STAFF, NOON)


def many(store, count):
    """So many more posts, three of four of them doubtful, all tagged with 1.1."""
    posts = [a_post(f"https://so-a.example.gov.vn/loat-{n}", text=f"Bài {n}") for n in range(count)]
    with store.transaction() as tx:
        tx.posts.add(posts, NOON)
    tag(store, *(an_answer(p, A, review=n % 4 > 0) for n, p in enumerate(posts)))


def test_agreement_is_measured_on_the_randomly_drawn_posts_alone_whatever_is_decided_first(office):
    many(office, 110)
    items = review_queue(STAFF, office, NOON)
    drawn = [i.post.id for i in items if i.random]
    assert any(not i.answer.review for i in items if i.random)
    others = as_csv(*((i.post.id, "không") for i in items if not i.random))
    import_decisions(office, others, "q.csv", None, STAFF, NOON + HOUR)
    nothing = review_progress(STAFF, office, NOON + HOUR).agreement
    assert (nothing.posts, nothing.precision.enough) == (0, False)
    assert [i.post.id for i in review_queue(STAFF, office, NOON + HOUR)] == drawn
    answers = as_csv(*((post, "1.1; 1.2" if n % 4 else "không") for n, post in enumerate(drawn)))
    import_decisions(office, answers, "q.csv", None, STAFF, NOON + 2 * HOUR)
    found = review_progress(STAFF, office, NOON + 2 * HOUR)
    right = sum(bool(n % 4) for n in range(len(drawn)))
    assert found.agreement.precision == Share(right, len(drawn))
    assert found.agreement.recall == Share(right, 2 * right)
    assert found.agreement.precision.enough
    assert (found.waiting, found.decided) == (0, len(items))


def test_the_machine_is_held_to_what_it_said_before_people_did_and_people_to_their_last_word(office):
    tag(office, an_answer(FURTHER, A, B))
    content = as_csv((FURTHER.id, "1.1;1.3", "", PLAN, "x"))
    import_decisions(office, content, "q.csv", None, STAFF, NOON)
    tag(office, an_answer(FURTHER, C), at=NOON + HOUR, model="m2")
    decide(office, PLAN, FURTHER.id, (A, B, C), STAFF, NOON + 2 * HOUR)
    found = review_progress(STAFF, office, NOON + DAY).agreement
    assert (found.posts, found.precision, found.recall) == (1, Share(2, 2), Share(2, 3))


def test_a_plan_in_force_without_tags_has_an_empty_queue(store):
    with store.transaction() as tx:
        tx.plans.add(a_plan(), "can-bo", NOON)
        tx.plans.confirm(PLAN, 1, "can-bo", NOON)
    assert review_queue(STAFF, store, NOON) == []
    assert review_progress(STAFF, store, NOON).waiting == 0
