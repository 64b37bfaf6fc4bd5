import hashlib
from datetime import date, timedelta

import pytest

from bamsat.queries.obligations import calendar, evidence, plan_calendar
from bamsat.workflows.evidence import MAX_EVIDENCE_MB, Upload
from bamsat.workflows.obligations import mark_done, set_event_day
from domain.access import SYSTEM, Role, Viewer
from domain.due_dates import ObligationKey, obligation_key
from domain.errors import InvalidInput, NotAllowed, NotFound
from domain.obligations import ObligationState
from domain.plan import Obligation, Phase, PhaseId, PlanId, Recurrence
from domain.unit import UnitCode
from tests.builders import NOON, a_plan, a_unit

PLAN = PlanId("01-kh-bcd")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TODAY = date(2026, 11, 18)
STAFF = Viewer("can-bo", Role.STAFF)
OWN = Viewer("so-a", Role.UNIT_ADMIN, UnitCode("SO-A"))
READER = Viewer("doc", Role.VIEWER)


def duty(assignee, action, text=None, deadline=None, recurrence=None, **fields):
    return Obligation(assignee, action, deadline=deadline, deadline_text=text, recurrence=recurrence, **fields)


PAST = duty("Sở An Toàn", "ban hành kế hoạch", "trước ngày 05/11/2026", date(2026, 11, 5))
SOON = duty("Các sở, ban, ngành", "gửi đầu mối", "trước ngày 01/12/2026", date(2026, 12, 1))
FAR = duty("Sở Bình Yên", "tổng kết", "trước ngày 02/12/2026", date(2026, 12, 2))
MONTHLY = duty("Các cơ quan, đơn vị, địa phương", "báo cáo", "trước ngày 25 hằng tháng", recurrence=Recurrence.MONTHLY)
AFTER = duty(None, "gửi tin", "trong vòng 10 ngày kể từ ngày khai mạc Đại hội")
ALWAYS = duty("Sở An Toàn", "theo dõi", "thường xuyên", recurrence=Recurrence.CONTINUOUS)
PHASE = Phase(PhaseId("P1"), "Đợt 1", date(2026, 11, 1), date(2026, 12, 31))


def key(obligation):
    return obligation_key(obligation)


@pytest.fixture
def office(store):
    with store.transaction() as tx:
        tx.units.save(a_unit(), NOON - DAY)
        tx.units.save(a_unit("SO-B", "Sở Bình Yên"), NOON - DAY)
        tx.units.save(a_unit("X-C", "Xã Cẩm", group="Xã, phường"), NOON - DAY)
        version = tx.plans.add(a_plan(obligations=(AFTER, ALWAYS, FAR, MONTHLY, PAST, SOON), phases=(PHASE,)), "can-bo", NOON - DAY)
        tx.plans.confirm(PLAN, version.version, "can-bo", NOON - DAY)
    return store


def seen(store, viewer=STAFF, now=NOON, as_of=None):
    return [(e.obligation.action, e.due.day, e.state.value) for e in calendar(viewer, store, now, as_of=as_of)]


def entry(store, obligation, now=NOON, day=None):
    return next(e for e in calendar(STAFF, store, now) if e.key == key(obligation) and day in (None, e.due.day))


def test_the_calendar_is_in_order_of_time_with_the_state_of_each_duty_and_waiting_ones_last(office):
    assert seen(office) == [
        ("ban hành kế hoạch", date(2026, 11, 5), "overdue"),
        ("báo cáo", date(2026, 11, 25), "soon"),
        ("gửi đầu mối", date(2026, 12, 1), "soon"),
        ("tổng kết", date(2026, 12, 2), "later"),
        ("báo cáo", date(2026, 12, 25), "later"),
        ("gửi tin", None, "waiting"),
    ]
    assert entry(office, AFTER).due.waits_for == "trong vòng 10 ngày kể từ ngày khai mạc Đại hội"


@pytest.mark.parametrize(
    ("now", "state"), [(NOON + 7 * DAY, "soon"), (NOON + 8 * DAY, "overdue")], ids=["on the day", "the day after"]
)
def test_a_duty_is_overdue_only_once_its_last_day_is_over(office, now, state):
    assert entry(office, MONTHLY, now, date(2026, 11, 25)).state.value == state


def test_an_entered_event_day_dates_the_duty_the_newest_word_holds_and_each_is_known_as_of_its_time(office):
    set_event_day(office, PLAN, key(AFTER), date(2026, 12, 1), STAFF, NOON)
    set_event_day(office, "01-KH/BCĐ", key(AFTER), date(2027, 1, 10), STAFF, NOON + HOUR)
    assert entry(office, AFTER, NOON + DAY).due.day == date(2027, 1, 20), "after the plan's own last day"
    assert ("gửi tin", date(2026, 12, 11), "later") in seen(office, now=NOON + DAY, as_of=NOON)
    assert ("gửi tin", None, "waiting") in seen(office, now=NOON + DAY, as_of=NOON - HOUR)
    set_event_day(office, PLAN, key(AFTER), None, STAFF, NOON + 2 * HOUR)
    assert entry(office, AFTER, NOON + DAY).state is ObligationState.WAITING


@pytest.mark.parametrize(
    ("obligation", "day", "said"),
    [
        (MONTHLY, date(2026, 12, 1), "waits for no event"),
        (FAR, date(2026, 12, 1), "waits for no event"),
        (AFTER, date(2062, 12, 1), "ten years"),
    ],
    ids=["recurring", "dated", "a slip of the pen"],
)
def test_an_event_day_that_makes_no_sense_is_refused(office, obligation, day, said):
    with pytest.raises(InvalidInput, match=said):
        set_event_day(office, PLAN, key(obligation), day, STAFF, NOON)


def test_each_time_of_a_recurring_duty_is_done_by_itself(office):
    mark_done(office, PLAN, key(MONTHLY), STAFF, NOON, due=date(2026, 11, 25), note="đã gửi", link="https://so-a.example.gov.vn/bc")
    done, later = [e for e in calendar(STAFF, office, NOON) if e.key == key(MONTHLY)]
    assert (done.state, later.state) == (ObligationState.DONE, ObligationState.LATER)
    assert (done.mark.by, done.mark.note, done.mark.link) == ("can-bo", "đã gửi", "https://so-a.example.gov.vn/bc")
    assert later.mark is None


def test_a_duty_that_falls_due_once_stays_done_when_its_event_moves(office):
    set_event_day(office, PLAN, key(AFTER), date(2026, 12, 1), STAFF, NOON)
    mark_done(office, PLAN, key(AFTER), STAFF, NOON, due=date(2026, 12, 11))
    set_event_day(office, PLAN, key(AFTER), date(2026, 12, 5), STAFF, NOON + HOUR)
    found = entry(office, AFTER, NOON + DAY)
    assert (found.due.day, found.state) == (date(2026, 12, 15), ObligationState.DONE)


def test_a_mark_taken_back_leaves_the_duty_open_and_the_earlier_word_in_the_past(office):
    mark_done(office, PLAN, key(PAST), STAFF, NOON)
    mark_done(office, PLAN, key(PAST), STAFF, NOON + HOUR, done=False, note="nhầm")
    found = entry(office, PAST, NOON + DAY)
    assert (found.state, found.mark.note) == (ObligationState.OVERDUE, "nhầm")
    assert seen(office, now=NOON + DAY, as_of=NOON)[0] == ("ban hành kế hoạch", date(2026, 11, 5), "done")


def test_a_mark_stays_with_its_duty_in_the_amended_plan(office):
    mark_done(office, PLAN, key(PAST), STAFF, NOON)
    with office.transaction() as tx:
        tx.plans.add(a_plan(obligations=(FAR, PAST), title="Kế hoạch sửa đổi"), "can-bo", NOON + HOUR)
        tx.plans.confirm(PLAN, 2, "can-bo", NOON + HOUR)
    assert [(e.obligation.action, e.state.value) for e in calendar(STAFF, office, NOON + DAY)] == [
        ("ban hành kế hoạch", "done"),
        ("tổng kết", "soon"),
    ]


def test_a_file_is_kept_with_its_name_and_given_back_to_who_sees_the_duty(office):
    content = "Báo cáo kết quả".encode() * 100
    upload = Upload("C:\\Users\\an\\Tài liệu\\báo cáo\n.docx", content)
    mark = mark_done(office, PLAN, key(FAR), STAFF, NOON, upload=upload)
    digest = hashlib.sha256(content).hexdigest()
    assert (mark.file.name, mark.file.size, mark.file.digest) == ("báo cáo .docx", len(content), digest)
    assert entry(office, FAR).mark == mark
    assert evidence(STAFF, office, NOON, PLAN, digest) == content
    assert evidence(Viewer("so-b", Role.UNIT_ADMIN, UnitCode("SO-B")), office, NOON, PLAN, digest) == content
    with pytest.raises(NotFound):
        evidence(OWN, office, NOON, PLAN, digest)
    with pytest.raises(NotAllowed):
        evidence(READER, office, NOON, PLAN, digest)


@pytest.mark.parametrize(
    "fields",
    [
        {"link": "javascript:alert(1)"},
        {"link": "file:///etc/passwd"},
        {"link": "báo cáo tuần"},
        {"upload": Upload("rong.pdf", b"")},
        {"upload": Upload("phim.mp4", b"x" * (MAX_EVIDENCE_MB * 1_000_000 + 1))},
        {"due": date(2026, 12, 3)},
    ],
    ids=["script", "local file", "words", "empty file", "too large", "not due then"],
)
def test_evidence_that_cannot_be_is_refused_in_vietnamese_and_nothing_is_marked(office, fields):
    with pytest.raises(InvalidInput) as refusal:
        mark_done(office, PLAN, key(FAR), STAFF, NOON, **fields)
    assert any(letter in refusal.value.message.vi for letter in "ệạàểỏ")
    assert entry(office, FAR).mark is None


def test_a_file_of_exactly_the_limit_is_taken(office):
    mark_done(office, PLAN, key(FAR), STAFF, NOON, upload=Upload("vua.bin", bytes(MAX_EVIDENCE_MB * 1_000_000)))
    assert entry(office, FAR).mark.file.size == 20_000_000


@pytest.mark.parametrize(
    ("obligation", "said"),
    [(MONTHLY, "say which due date: 25/11/2026, 25/12/2026"), (ALWAYS, "never falls due")],
    ids=["which one", "none"],
)
def test_a_duty_is_not_done_as_a_whole_where_that_has_no_meaning(office, obligation, said):
    with pytest.raises(InvalidInput, match=said):
        mark_done(office, PLAN, key(obligation), STAFF, NOON)


def test_what_does_not_exist_is_not_found(office):
    with pytest.raises(NotFound, match="no obligation"):
        mark_done(office, PLAN, ObligationKey("0" * 16), STAFF, NOON)
    with pytest.raises(NotFound):
        set_event_day(office, "khac", key(AFTER), TODAY, STAFF, NOON)
    with pytest.raises(NotFound):
        calendar(STAFF, office, NOON, plan="khac")


def test_a_unit_admin_sees_what_binds_the_own_unit_its_group_or_everybody(office):
    own = [action for action, *_ in seen(office, OWN)]
    assert own == ["ban hành kế hoạch", "báo cáo", "gửi đầu mối", "báo cáo", "gửi tin"]
    commune = Viewer("xa-c", Role.UNIT_ADMIN, UnitCode("X-C"))
    assert [action for action, *_ in seen(office, commune)] == ["báo cáo", "báo cáo", "gửi tin"]


def test_readers_of_the_summary_have_no_calendar(office):
    with pytest.raises(NotAllowed):
        plan_calendar(READER, office, NOON)


def test_a_unit_admin_marks_only_what_is_assigned_to_the_own_unit_alone(office):
    mark_done(office, PLAN, key(PAST), OWN, NOON)
    assert entry(office, PAST).mark.by == "so-a"
    for obligation, due in ((FAR, None), (SOON, None), (MONTHLY, date(2026, 11, 25)), (AFTER, None)):
        with pytest.raises(NotAllowed):
            mark_done(office, PLAN, key(obligation), OWN, NOON, due=due)
    with pytest.raises(NotAllowed):
        mark_done(office, PLAN, key(PAST), READER, NOON)
    with pytest.raises(NotAllowed):
        set_event_day(office, PLAN, key(AFTER), TODAY, OWN, NOON)


def test_a_draft_plan_has_no_calendar_yet(store):
    with store.transaction() as tx:
        tx.plans.add(a_plan(obligations=(FAR,)), "can-bo", NOON)
    with pytest.raises(NotFound):
        calendar(SYSTEM, store, NOON)
