"""From the document a committee has to the plan in force and its amendments: real Word files, PDF files that LibreOffice printed,
and a scan that Tesseract reads, all through the workflows."""

from dataclasses import replace
from datetime import date, timedelta
from difflib import SequenceMatcher

import pytest

from bamsat.queries.coverage import coverage_matrix
from bamsat.queries.obligations import calendar
from bamsat.queries.plans import plans_in_force
from bamsat.workflows.appendix import accept_proposal, appendix_proposal
from bamsat.workflows.obligations import set_event_day
from bamsat.workflows.plans import confirm_plan, edit_plan, import_plan
from bamsat.workflows.tagging import tag_posts
from domain import plan_edits as edits
from domain.access import SYSTEM, Role, Viewer
from domain.amendment import plan_difference
from domain.crawl_run import RunOutcome
from domain.dates import Interval, day_start
from domain.errors import NotAllowed
from domain.plan import PlanId, Requirement, TopicId
from domain.text import fold
from domain.unit import ChannelKind, UnitCode
from tests.bamsat.plan_documents import DEPARTMENT, PROVINCE, print_to_pdf, scan, write_docx
from tests.builders import NOON, a_channel, a_post, a_run, a_unit

PLAN = PlanId("21-kh-ubnd")
STAFF = Viewer("can-bo", Role.STAFF)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ONLINE, WASTE, FOREST, ANNIVERSARY = (
    "Dịch vụ công trực tuyến",
    "Phân loại rác tại nguồn",
    "Phòng, chống cháy rừng",
    "Kỷ niệm 80 năm Ngày Toàn quốc kháng chiến (19/12/1946 - 19/12/2026)",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("plans")


@pytest.fixture(scope="module")
def word(folder):
    return write_docx(folder / "ke-hoach.docx", PROVINCE)


@pytest.fixture(scope="module")
def printed(libreoffice, vietnamese_font, word):
    return print_to_pdf(libreoffice, word)


@pytest.fixture(scope="module")
def scanned(tesseract, printed):
    return scan(printed)


@pytest.fixture(scope="module")
def amended(folder):
    """The same plan issued again: topics in another order, one dropped, one new, another end of the second phase."""
    body = list(PROVINCE.body)
    start, end = body.index("III. NỘI DUNG TUYÊN TRUYỀN") + 1, body.index("IV. TỔ CHỨC THỰC HIỆN")
    online, waste, forest, _ = zip(body[start:end:2], body[start + 1 : end : 2], strict=True)
    water = (
        "3. Sử dụng tiết kiệm nước sạch",
        "Tuyên truyền cách dùng nước tiết kiệm, bảo vệ nguồn nước và công trình cấp nước tập trung.",
    )
    moved = [("1." + forest[0][2:], forest[1]), ("2." + online[0][2:], online[1]), water, ("4." + waste[0][2:], waste[1])]
    body[start:end] = [line for topic in moved for line in topic]
    body[body.index("2. Đợt 2: từ ngày 16/11/2026 đến ngày 31/12/2026.")] = "2. Đợt 2: từ ngày 16/11/2026 đến ngày 15/01/2027."
    body = [line.replace("trước ngày 25/10/2026", "trước ngày 30/10/2026") for line in body]
    return write_docx(folder / "sua-doi.docx", replace(PROVINCE, body=tuple(body)))


def imported(store, path, at=NOON, **options):
    return import_plan(store, path.read_bytes(), path.name, STAFF, at, **options)


def ids(plan):
    return {t.title: t.id for t in plan.topics}


def topic(plan, title):
    return next(t for t in plan.topics if t.title == title)


def test_a_word_document_is_in_force_only_after_a_person_has_edited_and_confirmed_it(store, word):
    version, draft = imported(store, word)
    assert (version.plan_id, version.version, version.confirmed_at, version.origin) == (PLAN, 1, None, "ke-hoach.docx")
    assert draft.problems == ()
    plan = version.plan
    assert (plan.number, plan.issued_on) == ("21/KH-UBND", date(2026, 10, 12))
    assert plan.title == "KẾ HOẠCH Tuyên truyền chuyển đổi số và bảo vệ môi trường quý IV năm 2026"
    assert [(p.start, p.end) for p in plan.phases] == [
        (date(2026, 10, 15), date(2026, 11, 15)),
        (date(2026, 11, 16), date(2026, 12, 31)),
    ]
    assert list(ids(plan)) == [ONLINE, WASTE, FOREST, ANNIVERSARY]
    assert plans_in_force(SYSTEM, store, NOON) == []

    known = ids(plan)
    for change in (
        lambda p: edits.set_key_phrases(p, known[ONLINE], ["nộp hồ sơ qua mạng"]),
        lambda p: edits.split_topic(p, known[WASTE], ["Rác hữu cơ", "Rác tái chế"]),
        lambda p: edits.rename_topic(p, known[FOREST], "Phòng cháy, chữa cháy rừng"),
        lambda p: edits.set_window(p, known[FOREST], date(2026, 11, 16), date(2026, 12, 31)),
        lambda p: edits.set_window(p, known[ANNIVERSARY], date(2026, 12, 1), date(2026, 12, 19)),
        lambda p: edits.set_requirement(p, Requirement(known[ONLINE], minimum=3, unit_group="Sở, ban, ngành")),
    ):
        edited = edit_plan(store, PLAN, change, STAFF, NOON + HOUR)
    assert edited.version == 7
    assert plans_in_force(SYSTEM, store, NOON + HOUR) == []

    confirm_plan(store, PLAN, STAFF, NOON + DAY)
    (in_force,) = plans_in_force(SYSTEM, store, NOON + DAY)
    assert in_force.version == 7
    assert in_force.plan.topic(known[ONLINE]).key_phrases == ("nộp hồ sơ qua mạng",)
    assert [t.title for t in in_force.plan.topics if t.parent == known[WASTE]] == ["Rác hữu cơ", "Rác tái chế"]
    assert in_force.plan.topic(known[FOREST]).title == "Phòng cháy, chữa cháy rừng"
    demands = {(r.topic, r.minimum, r.end) for r in in_force.plan.requirements}
    assert {
        (known[ONLINE], 3, None),
        (known[FOREST], 1, date(2026, 12, 31)),
        (known[ANNIVERSARY], 1, date(2026, 12, 19)),
    } <= demands
    with store.reading() as tx:
        assert tx.plans.get(PLAN, 1).plan == plan, "what was read from the document stays"


def test_the_same_document_again_changes_nothing(store, word):
    first, _ = imported(store, word)
    again, _ = imported(store, word, NOON + DAY)
    assert again == first


def test_only_staff_may_import_edit_or_confirm(store, word):
    imported(store, word)
    for viewer in (Viewer("so-a", Role.UNIT_ADMIN, UnitCode("SO-A")), Viewer("doc", Role.VIEWER)):
        with pytest.raises(NotAllowed):
            import_plan(store, word.read_bytes(), word.name, viewer, NOON)
        with pytest.raises(NotAllowed):
            edit_plan(store, PLAN, lambda plan: edits.add_topic(plan, "Khác"), viewer, NOON)
        with pytest.raises(NotAllowed):
            confirm_plan(store, PLAN, viewer, NOON)


def test_the_plan_that_an_office_program_printed_to_pdf_says_the_same_as_the_word_file(store, word, printed):
    written, _ = imported(store, word)
    edit_plan(store, PLAN, lambda p: edits.set_key_phrases(p, TopicId("2"), ["rác hữu cơ"]), STAFF, NOON)
    read, draft = imported(store, printed, NOON + DAY)
    assert (draft.format, read.plan_id, read.version) == ("pdf", PLAN, 3)
    assert [(t.id, t.title, fold(t.text)) for t in read.plan.topics] == [(t.id, t.title, fold(t.text)) for t in written.plan.topics]
    assert [replace(p, lines=()) for p in read.plan.phases] == [replace(p, lines=()) for p in written.plan.phases]
    assert [replace(o, lines=()) for o in read.plan.obligations] == [replace(o, lines=()) for o in written.plan.obligations]
    assert (read.plan.number, read.plan.issued_on, read.plan.issuing_body) == (
        written.plan.number,
        written.plan.issued_on,
        written.plan.issuing_body,
    )
    assert [u.name for u in read.plan.listed_units] == [u.name for u in written.plan.listed_units]
    assert read.plan.topic(TopicId("2")).key_phrases == ("rác hữu cơ",)


def test_a_scan_of_the_plan_is_the_same_plan_with_the_same_topics_and_says_that_a_machine_read_it(store, word, scanned):
    written, _ = imported(store, word)
    edit_plan(store, PLAN, lambda p: edits.set_key_phrases(p, TopicId("3"), ["đốt nương"]), STAFF, NOON)
    read, draft = imported(store, scanned, NOON + DAY)
    assert read.plan_id == PLAN
    assert "scanned" in {p.code for p in draft.problems}
    assert [t.id for t in read.plan.topics] == [t.id for t in written.plan.topics]
    likeness = [
        SequenceMatcher(None, fold(one.title + one.text), fold(other.title + other.text)).ratio()
        for one, other in zip(read.plan.topics, written.plan.topics, strict=True)
    ]
    assert min(likeness) > 0.95
    assert [(p.start, p.end) for p in read.plan.phases] == [(p.start, p.end) for p in written.plan.phases]
    assert read.plan.topic(TopicId("3")).key_phrases == ("đốt nương",)


def test_an_amended_document_keeps_each_topic_and_what_staff_added_and_says_what_changed(store, word, amended):
    first, _ = imported(store, word)
    known = ids(first.plan)
    edit_plan(store, PLAN, lambda p: edits.set_key_phrases(p, known[FOREST], ["đốt nương làm rẫy"]), STAFF, NOON)
    edit_plan(store, PLAN, lambda p: edits.set_requirement(p, Requirement(known[WASTE], minimum=2)), STAFF, NOON)
    before = confirm_plan(store, PLAN, STAFF, NOON + HOUR)

    after, _ = imported(store, amended, NOON + DAY)
    assert (after.plan_id, after.version, after.confirmed_at) == (PLAN, 4, None)
    assert [v.version for v in plans_in_force(SYSTEM, store, NOON + DAY)] == [3], "an amendment waits for a person too"
    assert {title: ids(after.plan)[title] for title in (ONLINE, WASTE, FOREST)} == {t: known[t] for t in (ONLINE, WASTE, FOREST)}
    new = ids(after.plan)["Sử dụng tiết kiệm nước sạch"]
    assert new not in known.values(), "an id that is taken, or was, never names another topic"
    assert after.plan.topic(known[FOREST]).key_phrases == ("đốt nương làm rẫy",)
    assert [t.printed for t in after.plan.topics] == ["1", "2", "3", "4"]

    said = [m.vi for m in plan_difference(before.plan, after.plan)]
    assert said[0] == "Giai đoạn P2: 16/11/2026 – 31/12/2026 → 16/11/2026 – 15/01/2027"
    assert f"Bỏ chủ đề {known[ANNIVERSARY]}: {ANNIVERSARY}" in said
    assert f"Thêm chủ đề {new}: Sử dụng tiết kiệm nước sạch" in said
    assert "Bỏ nhiệm vụ: Ban hành kế hoạch của cơ quan, địa phương trước ngày 25/10/2026" in said
    assert "Thêm nhiệm vụ: Ban hành kế hoạch của cơ quan, địa phương trước ngày 30/10/2026 (hạn: 30/10/2026)" in said
    assert not [m for m in said if ONLINE in m or WASTE in m or FOREST in m], "topics that only moved are no news"
    assert (known[WASTE], 2) in {(r.topic, r.minimum) for r in after.plan.requirements}

    confirm_plan(store, PLAN, STAFF, NOON + 2 * DAY)
    assert [v.version for v in plans_in_force(SYSTEM, store, NOON + 2 * DAY)] == [4]
    assert [v.version for v in plans_in_force(SYSTEM, store, NOON + DAY)] == [3], "what was in force then stays in force of then"


def test_a_document_with_a_number_of_its_own_amends_the_plan_that_a_person_names(store, folder, word):
    imported(store, word)
    path = write_docx(folder / "so-moi.docx", replace(PROVINCE, number="24/KH-UBND"))
    version, _ = imported(store, path, NOON + DAY, amends=PLAN)
    assert (version.plan_id, version.version, version.plan.number) == (PLAN, 2, "24/KH-UBND")
    apart, _ = imported(store, path, NOON + DAY)
    assert (apart.plan_id, apart.version) == ("24-kh-ubnd", 1)


def with_posts(store, at):
    """A unit with a channel that was looked at all the time, and three posts: services, waste, and something else."""
    channel = a_channel()
    subjects = (
        (
            "Hướng dẫn nộp hồ sơ dịch vụ công trực tuyến tại nhà",
            "Người dân tra cứu kết quả, thanh toán phí, lệ phí trên Cổng Dịch vụ công.",
        ),
        ("Nhiều hộ phân loại rác tại nguồn", "Hộ gia đình, trường học phân loại rác thải sinh hoạt tại nguồn trước khi thu gom."),
        ("Khai mạc giải bóng chuyền", "Mười đội bóng tranh tài trong ba ngày tại nhà thi đấu."),
    )
    posts = [
        a_post(f"https://so-a.example.gov.vn/tin-{n}", channel, title=title, text=text, published_at=at - DAY, first_seen=at)
        for n, (title, text) in enumerate(subjects)
    ]
    with store.transaction() as tx:
        tx.units.save(a_unit(channels=(channel,)), at)
        tx.posts.add(posts, at)
        tx.crawl_runs.add(a_run(channel, Interval(day_start(date(2026, 10, 1)), at), outcome=RunOutcome.OK))
    return posts


def test_tags_and_figures_stay_tied_to_the_version_they_were_made_under(store, word, amended):
    first, _ = imported(store, word)
    known = ids(first.plan)
    confirm_plan(store, PLAN, STAFF, NOON)
    online, waste, other = with_posts(store, NOON)
    tag_posts(store, lambda: NOON + HOUR)
    with store.reading() as tx:
        made = tx.tags.list(PLAN, 1)
    assert {(t.post, t.topic) for t in made} == {(online.id, known[ONLINE]), (waste.id, known[WASTE])}
    before = coverage_matrix(SYSTEM, store, NOON + HOUR, as_of=NOON + HOUR)
    assert before.cell("SO-A", known[WASTE]).counted == (waste.id,)

    imported(store, amended, NOON + DAY)
    edit_plan(store, PLAN, lambda p: edits.remove_topic(p, known[WASTE]), STAFF, NOON + DAY)
    confirm_plan(store, PLAN, STAFF, NOON + DAY)
    tag_posts(store, lambda: NOON + DAY + HOUR)
    with store.reading() as tx:
        assert tx.tags.list(PLAN, 1) == made
        assert {(t.post, t.topic) for t in tx.tags.list(PLAN, 3)} == {(online.id, known[ONLINE])}
        assert other.id not in {t.post for t in tx.tags.list(PLAN)}
    after = coverage_matrix(SYSTEM, store, NOON + 2 * DAY)
    assert known[WASTE] not in {t.id for t in after.topics}
    assert coverage_matrix(SYSTEM, store, NOON + 2 * DAY, as_of=NOON + HOUR) == before, "a figure of then is that figure for ever"


def test_plans_of_two_issuers_are_in_force_at_once_and_may_share_a_topic(store, folder, word):
    department = write_docx(folder / "so-y-te.docx", DEPARTMENT)
    versions = []
    for path in (word, department):
        version, _ = imported(store, path)
        versions.append(confirm_plan(store, version.plan_id, STAFF, NOON))
    assert {v.plan.issuing_body for v in plans_in_force(SYSTEM, store, NOON)} == {v.plan.issuing_body for v in versions}
    assert len({v.plan.issuing_body for v in versions}) == 2
    online, waste, _ = with_posts(store, NOON)
    results = tag_posts(store, lambda: NOON + HOUR)
    assert {(r.version.plan_id, r.posts) for r in results} == {(v.plan_id, 3) for v in versions}
    with store.reading() as tx:
        tagged = {v.plan_id: {(t.post, t.topic) for t in tx.tags.list(v.plan_id)} for v in versions}
    province, health = versions
    assert (waste.id, ids(province.plan)[WASTE]) in tagged[province.plan_id]
    assert (waste.id, ids(health.plan)[WASTE]) in tagged[health.plan_id]
    assert online.id not in {post for post, _ in tagged[health.plan_id]}
    for version in versions:
        cell = coverage_matrix(SYSTEM, store, NOON + HOUR, plan=version.plan_id).cell("SO-A", ids(version.plan)[WASTE])
        assert cell.counted == (waste.id,)


def test_the_document_brings_its_calendar_and_its_units_which_a_person_takes_in(store, word):
    imported(store, word)
    confirm_plan(store, PLAN, STAFF, NOON)
    due = [(e.due.day, e.state.value) for e in calendar(STAFF, store, NOON)]
    assert due == [
        (date(2026, 10, 25), "overdue"),
        (date(2026, 10, 25), "overdue"),
        (date(2026, 11, 25), "soon"),
        (date(2026, 12, 25), "later"),
        (None, "waiting"),
    ]
    waiting = calendar(STAFF, store, NOON)[-1]
    set_event_day(store, PLAN, waiting.key, date(2026, 12, 31), STAFF, NOON)
    assert calendar(STAFF, store, NOON + HOUR)[-1].due.day == date(2027, 1, 10)

    seen = appendix_proposal(store, PLAN, STAFF, NOON)
    accept_proposal(store, PLAN, seen, STAFF, NOON)
    with store.reading() as tx:
        found = {u.name: [(c.kind, c.url) for c in u.channels] for u in tx.units.list()}
    assert found == {
        "Sở Khoa học và Công nghệ": [
            (ChannelKind.WEBSITE, "https://khcn.example.vn/"),
            (ChannelKind.FACEBOOK, "https://facebook.com/khcn.np"),
        ],
        "Ủy ban nhân dân xã An Bình": [(ChannelKind.WEBSITE, "https://anbinh.example.vn/")],
    }


def test_a_phase_that_ends_with_an_event_gets_its_last_day_from_a_person(store, folder):
    open_end = "2. Đợt 2: từ ngày 16/11/2026 đến khi kết thúc Đại hội Đảng bộ tỉnh."
    body = tuple(open_end if line.startswith("2. Đợt 2") else line for line in PROVINCE.body)
    version, draft = imported(store, write_docx(folder / "su-kien.docx", replace(PROVINCE, body=body)))
    phase = version.plan.phases[1]
    assert (phase.start, phase.end) == (date(2026, 11, 16), None)
    assert "kết thúc Đại hội" in phase.end_text
    assert draft.problems, "a person is told that a day is missing"
    edited = edit_plan(store, PLAN, lambda p: edits.set_phase_days(p, phase.id, phase.start, date(2027, 1, 31)), STAFF, NOON)
    assert edited.plan.phases[1].end == date(2027, 1, 31)
