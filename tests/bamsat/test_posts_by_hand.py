import csv
import hashlib
import io
import json
from datetime import datetime, timedelta

import pytest
from openpyxl import Workbook

from bamsat.queries.post_details import post_details, post_evidence
from bamsat.workflows.evidence import Upload
from bamsat.workflows.posts import import_posts, record_post
from domain.access import SYSTEM, Role, Viewer
from domain.dates import VIETNAM
from domain.errors import InvalidInput, NotAllowed, NotFound
from domain.post import PostId, PublishedSource, post_id
from domain.tag import Band, TaggedPost, TopicTag
from domain.unit import ChannelKind, UnitCode
from tests.builders import NOON, a_channel, a_correction, a_plan, a_post, a_unit

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SITE = a_channel()
BY_FILE = a_channel(url="https://so-a.example.gov.vn/ban-giao", kind=ChannelKind.FILE)
PAGE = a_channel(url="https://facebook.com/so-an-toan", kind=ChannelKind.FACEBOOK)
OTHER = a_unit("SO-B", "Sở Bình Yên")
OWN = Viewer("so-a", Role.UNIT_ADMIN, UnitCode("SO-A"))
HEADINGS = ("Tiêu đề", "Nội dung", "Ngày đăng", "Đường dẫn", "Mã bài")
GOOD = ("Sở khai trương thư viện số", "Dòng một.\nDòng hai.", "05/11/2026 09:15", "https://so-a.example.gov.vn/tin-1", "A1")
SPOKEN = ("Phát thanh: mùa đọc sách", "Nội dung phát thanh.", "06/11/2026", "", "")
FIFTH = datetime(2026, 11, 5, 9, 15, tzinfo=VIETNAM)
PERSON = "Người Viết Bảy Bảy"


@pytest.fixture
def office(store):
    with store.transaction() as tx:
        tx.units.save(a_unit(channels=(SITE, BY_FILE, PAGE)), NOON - 9 * DAY)
        tx.units.save(OTHER, NOON - 9 * DAY)
    return store


def as_csv(*rows, headings=HEADINGS):
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows((headings, *rows))
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(*rows, headings=HEADINGS):
    book = Workbook()
    book.active.title = "Bài đã đăng"
    for row in (("CÁC BÀI ĐÃ ĐĂNG",), headings, *rows):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_lines(*rows, names=("title", "text", "published_at", "url", "id")):
    return "\n".join(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) for row in rows).encode()


def hand_in(store, content, at=NOON, **who):
    return import_posts(store, content, "bai", BY_FILE.id, at, **who)


def stored(store):
    with store.reading() as tx:
        return sorted(tx.posts.list(unit=UnitCode("SO-A")), key=lambda p: p.title)


def problems(store, content):
    with pytest.raises(InvalidInput) as refusal:
        hand_in(store, content)
    assert stored(store) == [], "whole file or nothing"
    return refusal.value.problems


@pytest.mark.parametrize(
    "content",
    [
        as_csv(GOOD, SPOKEN),
        as_xlsx(GOOD, SPOKEN),
        as_xlsx((*GOOD[:2], FIFTH.replace(tzinfo=None), *GOOD[3:]), (*SPOKEN[:2], datetime.fromisoformat("2026-11-06"), "", None)),
        as_csv(GOOD, SPOKEN, headings=("title", "text", "published_at", "url", "id")),
        as_lines(GOOD, SPOKEN),
        b"\xef\xbb\xbf" + as_lines((*GOOD[:2], "2026-11-05T09:15:00+07:00", *GOOD[3:]), SPOKEN),
    ],
    ids=["csv", "xlsx", "dates of Excel", "English headings", "JSON lines", "JSON lines with a mark and a zone"],
)
def test_a_table_of_posts_is_stored_as_handed_in_by_a_person(office, content):
    assert (hand_in(office, content).read, hand_in(office, content, NOON + HOUR).new) == (2, 0)
    spoken, post = stored(office)
    assert (post.id, post.url) == (post_id(GOOD[3]), GOOD[3])
    assert (post.title, post.text, post.published_at) == (GOOD[0], GOOD[1], FIFTH)
    assert (post.kind, post.published_source, post.channel, post.first_seen) == ("manual", PublishedSource.PERSON, BY_FILE.id, NOON)
    assert (spoken.url, spoken.published_at) == ("", datetime(2026, 11, 6, tzinfo=VIETNAM))


def test_nothing_of_a_person_is_stored_from_a_platforms_export(office, database_file):
    headings = ("Post ID", "Tác giả", "Author", "Description", "Người duyệt", "Publish time", "Bình luận", "Permalink", "Reach")
    row = ("77", PERSON, PERSON, "Ra quân làm sạch bờ kênh.\nMời xem ảnh.", PERSON, "2026-11-05 09:15", PERSON, "", 1200)
    hand_in(office, as_xlsx(row, headings=headings))
    hand_in(office, json.dumps({"id": "78", "title": "Tin", "author": PERSON, "comments": [PERSON]}, ensure_ascii=False).encode())
    first, second = stored(office)
    assert (first.title, first.text) == ("Ra quân làm sạch bờ kênh.", "Ra quân làm sạch bờ kênh.\nMời xem ảnh.")
    assert second.title == "Tin"
    office.close()
    kept = b"".join(path.read_bytes() for path in database_file.parent.glob(f"{database_file.name}*"))
    assert "Ra quân làm sạch".encode() in kept
    assert PERSON.encode() not in kept


@pytest.mark.parametrize(
    ("row", "column", "word"),
    [
        (("", "", *SPOKEN[2:]), "A", "thiếu tiêu đề"),
        ((*SPOKEN[:2], "hôm kia", "", ""), "C", "hôm kia"),
        ((*SPOKEN[:2], "06/11/26", "", ""), "C", "bốn chữ số"),
        ((*SPOKEN[:2], 46332.5, "", ""), "C", "là số"),
        ((*SPOKEN[:2], "19/11/2026", "", ""), "C", "chưa tới"),
        ((*SPOKEN[:3], "khong phai", ""), "D", "địa chỉ web"),
        ((*SPOKEN[:3], "https://so-b.example.gov.vn/tin-1", ""), "D", "so-b.example.gov.vn"),
        ((*SPOKEN[:3], "https://facebook.com/nguoi-nao-do/posts/1", ""), "D", "không thuộc kênh"),
        ((*SPOKEN[:2], None, "", ""), "C", "ít nhất một"),
        ((*SPOKEN[:4], 1.2210456789012e17), "E", "làm tròn"),
        ((*SPOKEN[:3], GOOD[3], ""), "E", "dòng 3"),
    ],
    ids=[
        "empty",
        "words",
        "short year",
        "number",
        "future",
        "no address",
        "another unit's",
        "a person's page",
        "nameless",
        "rounded id",
        "twice",
    ],
)
def test_a_wrong_cell_is_named_by_sheet_row_and_column_and_nothing_is_stored(office, row, column, word):
    (problem,) = problems(office, as_xlsx(GOOD, row))
    assert (problem.sheet, problem.row, problem.column) == ("Bài đã đăng", 4, column)
    assert word in problem.message.vi


def test_every_wrong_cell_is_named_at_once(office):
    content = as_csv(("", "", "x", "y", ""), GOOD, (*SPOKEN[:2], "32/13/2026", "", ""))
    assert [(p.row, p.column) for p in problems(office, content)] == [(2, "A"), (2, "C"), (2, "D"), (4, "C")]


@pytest.mark.parametrize("value", ["05/06/2026", datetime.fromisoformat("2026-06-05")], ids=["text", "a date that Excel made"])
def test_beside_a_date_with_the_month_first_one_that_could_be_turned_round_is_ambiguous(office, value):
    rows = [(f"Tin {n}", "", date, "", "") for n, date in enumerate(("10/25/2026", value, "07/07/2026", "2026-10-01"))]
    assert [(p.row, p.code) for p in problems(office, as_xlsx(*rows))] == [(3, "date"), (4, "turned_round")]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "tiêu đề"),
        (b"PK\x03\x04 not a workbook", "Excel"),
        (b"a;b;c\n1;2;3\n", "Ngày đăng"),
        (as_csv(), "không có bài nào"),
        ("Tiêu đề;Ngày đăng\nTin;05/11/2026".encode("utf-16-le"), "UTF-8"),
        (b'{"title": "Tin", "published_at": "2026-11-05"\n', "JSON"),
        (b'{"title": ["Tin"], "published_at": "2026-11-05"}', "phải là chữ"),
    ],
    ids=["empty", "broken workbook", "other headings", "headings only", "encoding", "broken JSON", "a list for a title"],
)
def test_a_file_that_cannot_be_read_says_why(office, content, word):
    assert any(word in p.message.vi for p in problems(office, content))


def test_a_corrected_row_is_a_new_version_of_its_post(office):
    hand_in(office, as_csv(GOOD))
    assert hand_in(office, as_csv(("Tiêu đề đã sửa", *GOOD[1:])), NOON + HOUR).new == 0
    details = post_details(OWN, office, post_id(GOOD[3]), NOON + DAY)
    assert [(v.title, v.recorded_at, v.superseded_at) for v in details.versions] == [
        (GOOD[0], NOON, NOON + HOUR),
        ("Tiêu đề đã sửa", NOON + HOUR, None),
    ]


def test_what_was_collected_from_the_outlet_stays_as_it_was_read(office):
    with office.transaction() as tx:
        tx.posts.add([a_post(GOOD[3])], NOON - DAY)
    assert hand_in(office, as_csv(GOOD, SPOKEN)).left == 1
    with office.reading() as tx:
        assert tx.posts.get(post_id(GOOD[3])) == a_post(GOOD[3])


def test_only_a_channel_of_kind_file_of_the_own_unit_takes_a_table(office):
    with pytest.raises(InvalidInput, match="kind website"):
        import_posts(office, as_csv(GOOD), "bai.csv", SITE.id, NOON)
    assert hand_in(office, as_csv(GOOD), viewer=OWN).new == 1
    for viewer in (Viewer("so-b", Role.UNIT_ADMIN, UnitCode("SO-B")), Viewer("doc", Role.VIEWER)):
        with pytest.raises(NotAllowed):
            hand_in(office, as_csv(SPOKEN), viewer=viewer)


PHOTO = Upload("C:\\anh\\pa no.jpg", b"a photograph of a panel")


def a_record(store, at=NOON, viewer=OWN, upload=PHOTO, published=FIFTH, channel=PAGE.id, title="Pa-nô ở cổng trụ sở", **fields):
    return record_post(store, UnitCode("SO-A"), channel, title, published, upload, viewer, at, **fields)


def test_what_no_interface_shows_is_recorded_with_a_file_that_shows_it(office):
    post = a_record(office, text="Chào mừng Ngày Chuyển đổi số", link="https://www.facebook.com/So-An-Toan/videos/9?fbclid=x")
    assert (post.kind, post.published_source, post.published_at) == ("manual", PublishedSource.PERSON, FIFTH)
    assert (post.channel, post.url) == (PAGE.id, "https://www.facebook.com/So-An-Toan/videos/9")
    (evidence,) = post_details(OWN, office, post.id, NOON).evidence
    assert (evidence.file.name, evidence.by, evidence.at) == ("pa no.jpg", "so-a", NOON)
    assert post_evidence(OWN, office, post.id, evidence.file.digest) == PHOTO.content


def test_recorded_again_a_post_is_the_same_one_with_one_more_file(office):
    first = a_record(office)
    assert a_record(office, NOON + HOUR) == first
    again = a_record(office, NOON + DAY, upload=Upload("khac.jpg", b"another photograph"), text="Thêm nội dung")
    assert (again.id, again.text, again.first_seen) == (first.id, "Thêm nội dung", NOON)
    details = post_details(OWN, office, first.id, NOON + DAY)
    assert [e.file.name for e in details.evidence] == ["pa no.jpg", "khac.jpg"]
    assert len(details.versions) == 2
    assert a_record(office, title="Pa-nô thứ hai").id != first.id


@pytest.mark.parametrize(
    ("fields", "fault", "said"),
    [
        ({"title": " "}, InvalidInput, "title"),
        ({"published": NOON + HOUR}, InvalidInput, "not come yet"),
        ({"link": "https://facebook.com/reel/123"}, InvalidInput, "no registered outlet"),
        ({"link": "https://so-b.example.gov.vn/tin"}, InvalidInput, "no registered outlet"),
        ({"upload": Upload("rong.jpg", b"")}, InvalidInput, "empty"),
        ({"channel": OTHER.channels[0].id}, NotFound, "no channel"),
        ({"viewer": Viewer("so-b", Role.UNIT_ADMIN, UnitCode("SO-B"))}, NotAllowed, "may not see"),
        ({"viewer": Viewer("doc", Role.VIEWER)}, NotAllowed, "may not see"),
        ({"link": "https://so-a.example.gov.vn/tin-1"}, InvalidInput, "in the store already"),
    ],
    ids=[
        "no title",
        "future",
        "anybody's reel",
        "another's link",
        "empty file",
        "another's channel",
        "another unit",
        "a reader",
        "collected",
    ],
)
def test_a_record_that_cannot_be_is_refused_and_leaves_nothing(office, fields, fault, said):
    with office.transaction() as tx:
        tx.posts.add([a_post()], NOON - DAY)
    with pytest.raises(fault, match=said):
        a_record(office, **fields)
    assert stored(office) == [a_post()]
    with office.reading() as tx:
        assert tx.audit.list() == []
        with pytest.raises(NotFound):
            tx.files.content(hashlib.sha256(PHOTO.content).hexdigest())


def test_who_handed_in_what_is_in_the_audit_log(office):
    hand_in(office, as_csv(GOOD, SPOKEN), viewer=OWN)
    post = a_record(office, NOON + HOUR)
    with office.reading() as tx:
        recorded, imported = tx.audit.list()
    assert (imported.by, imported.action, imported.subject) == ("so-a", "post.import", f"channel:{BY_FILE.id}")
    assert imported.after == {"file": "bai", "read": 2, "new": 2}
    assert (recorded.action, recorded.subject, recorded.after["file"]) == (
        "post.record",
        f"post:{post.id}",
        hashlib.sha256(PHOTO.content).hexdigest(),
    )


def test_a_post_is_shown_with_what_holds_of_it_under_each_plan_in_force(office):
    hand_in(office, as_csv(GOOD))
    id = post_id(GOOD[3])
    with office.transaction() as tx:
        version = tx.plans.add(a_plan(), "can-bo", NOON)
        tx.plans.confirm(version.plan_id, 1, "can-bo", NOON)
        machine = TaggedPost(id, (TopicTag("1.1", 0.4, Band.ASK, ()),), (), True)
        tx.tags.save(version.plan_id, 1, "m1", [machine], NOON)
    (under,) = post_details(SYSTEM, office, id, NOON + HOUR).tags
    assert [(t.topic, t.source.value, t.waiting) for t in under.tags] == [("1.1", "machine", True)]
    with office.transaction() as tx:
        tx.tags.correct(a_correction(stored(office)[0], plan_id=version.plan_id, at=NOON + HOUR))
    (under,) = post_details(SYSTEM, office, id, NOON + DAY).tags
    assert [(t.topic, t.source.value, t.waiting) for t in under.tags] == [("1.1", "person", False)]


def test_a_post_and_its_files_are_shown_to_the_own_unit_and_to_staff_only(office):
    post = a_record(office)
    (evidence,) = post_details(Viewer("can-bo", Role.STAFF), office, post.id, NOON).evidence
    for viewer in (Viewer("so-b", Role.UNIT_ADMIN, UnitCode("SO-B")), Viewer("doc", Role.VIEWER)):
        with pytest.raises(NotAllowed):
            post_details(viewer, office, post.id, NOON)
        with pytest.raises(NotAllowed):
            post_evidence(viewer, office, post.id, evidence.file.digest)
    other = a_record(office, title="Bài khác", upload=Upload("khac.jpg", b"another"))
    with pytest.raises(NotFound):
        post_evidence(OWN, office, other.id, evidence.file.digest)
    with pytest.raises(NotFound):
        post_details(SYSTEM, office, PostId("khong-co"), NOON)
