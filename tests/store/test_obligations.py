import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from domain.due_dates import ObligationKey
from domain.errors import NotFound, StoreUnavailable
from domain.evidence import EvidenceFile
from domain.obligations import EventDay, ObligationMark
from domain.plan import PlanId
from store import Store, open_store
from store.engine import database_url as address_of
from store.engine import engine_for
from store.tables import evidence_files
from tests.store.builders import DAY, HOUR, NOW, with_plan

PLAN = PlanId("12-kh-btg")
KEY = ObligationKey("00ff00ff00ff00ff")
PHOTO = b"\x89PNG one photograph" * 2000


def an_event_day(day: date | None = date(2026, 4, 1), at: datetime = NOW, by: str = "an") -> EventDay:
    return EventDay(PLAN, KEY, day, by, at)


def a_mark(at: datetime = NOW, **changes: object) -> ObligationMark:
    facts = {"plan_id": PLAN, "obligation": KEY, "due": date(2026, 3, 25), "done": True, "by": "an", "at": at}
    return ObligationMark(**facts | changes)


def test_event_days_come_in_the_order_in_which_they_were_said_and_as_of_any_moment(store: Store) -> None:
    with_plan(store)
    first, second, withdrawn = an_event_day(), an_event_day(date(2026, 5, 1), NOW + DAY), an_event_day(None, NOW + 2 * DAY)
    with store.transaction() as tx:
        for word in (second, first, withdrawn):
            tx.obligations.set_event_day(word)
    with store.reading() as tx:
        assert tx.obligations.event_days(PLAN) == [first, second, withdrawn]
        assert tx.obligations.event_days(PLAN, as_of=NOW + HOUR) == [first]
        assert tx.obligations.event_days(PLAN, as_of=NOW - HOUR) == []
        assert tx.obligations.event_days(PlanId("khac")) == []


def test_a_word_that_holds_already_is_not_written_again_but_one_that_returns_to_it_is(store: Store) -> None:
    with_plan(store)
    with store.transaction() as tx:
        assert tx.obligations.set_event_day(an_event_day())
        assert not tx.obligations.set_event_day(an_event_day(at=NOW + HOUR))
        assert tx.obligations.set_event_day(an_event_day(at=NOW + HOUR, by="bình"))
        assert tx.obligations.mark(a_mark())
        assert not tx.obligations.mark(a_mark(NOW + HOUR))
        assert tx.obligations.mark(a_mark(NOW + HOUR, done=False))
        assert tx.obligations.mark(a_mark(NOW + DAY))
        assert [m.done for m in tx.obligations.marks(PLAN)] == [True, False, True]


def test_marks_of_each_due_day_and_of_none_stand_apart(store: Store) -> None:
    with_plan(store)
    marks = [a_mark(), a_mark(due=date(2026, 4, 25), note="đã gửi"), a_mark(due=None, link="https://example.vn/bao-cao")]
    with store.transaction() as tx:
        assert all(tx.obligations.mark(m) for m in marks)
    with store.reading() as tx:
        assert tx.obligations.marks(PLAN) == marks
        assert tx.obligations.marks(PLAN, as_of=NOW - HOUR) == []


def test_a_file_comes_back_byte_for_byte_and_takes_one_place_under_all_its_names(store: Store, database_url: str) -> None:
    with_plan(store)
    with store.transaction() as tx:
        one = tx.files.keep("ảnh hội nghị.png", PHOTO, NOW)
        other = tx.files.keep("ban-sao.png", PHOTO, NOW + HOUR)
        tx.obligations.mark(a_mark(file=one))
        tx.obligations.mark(a_mark(due=None, file=other))
    assert one == EvidenceFile("ảnh hội nghị.png", len(PHOTO), hashlib.sha256(PHOTO).hexdigest())
    with store.reading() as tx:
        assert [m.file for m in tx.obligations.marks(PLAN)] == [one, other]
        assert tx.files.content(one.digest) == PHOTO
    engine = engine_for(address_of(database_url))
    with engine.connect() as connection:
        rows, bytes_kept = connection.execute(select(func.count(), func.sum(func.length(evidence_files.c.packed)))).one()
    engine.dispose()
    assert rows == 1
    assert bytes_kept < len(PHOTO) / 10


@pytest.mark.parametrize("damage", [b"not packed at all", b""], ids=["other bytes", "nothing"])
def test_a_damaged_file_is_never_handed_out(store: Store, database_url: str, damage: bytes) -> None:
    with store.transaction() as tx:
        kept = tx.files.keep("a.png", PHOTO, NOW)
    engine = engine_for(address_of(database_url))
    with engine.begin() as connection:
        connection.execute(update(evidence_files).values(packed=damage))
    engine.dispose()
    with pytest.raises(StoreUnavailable, match="damaged"), store.reading() as tx:
        tx.files.content(kept.digest)


def test_what_does_not_exist_is_not_found_and_nothing_is_stored(store: Store) -> None:
    with pytest.raises(NotFound, match="no plan"), store.transaction() as tx:
        tx.obligations.set_event_day(an_event_day())
    with pytest.raises(NotFound, match="no plan"), store.transaction() as tx:
        tx.obligations.mark(a_mark())
    with_plan(store)
    with pytest.raises(NotFound, match="no evidence file"), store.transaction() as tx:
        tx.obligations.mark(a_mark(file=EvidenceFile("a.png", 3, "00")))
    with pytest.raises(NotFound, match="no evidence file"), store.reading() as tx:
        tx.files.content("00")
    with store.reading() as tx:
        assert tx.obligations.marks(PLAN) == []


words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=20)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.binary(max_size=300),
    name=words,
    note=st.just("") | words,
    due=st.none() | st.dates(date(1945, 1, 1), date(2100, 1, 1)),
    done=st.booleans(),
)
def test_a_mark_with_its_file_comes_back_equal(
    new_database: Callable[[bool], str], content: bytes, name: str, note: str, due: date | None, done: bool
) -> None:
    store = open_store(new_database(True))
    with_plan(store)
    with store.transaction() as tx:
        kept = tx.files.keep(name, content, NOW)
        said = replace(a_mark(due=due, done=done, note=note), file=kept)
        assert tx.obligations.mark(said)
        assert tx.obligations.marks(PLAN) == [said]
        assert tx.files.content(kept.digest) == content
    store.close()


def test_what_no_database_can_hold_is_replaced_not_refused(store: Store) -> None:
    with_plan(store)
    with store.transaction() as tx:
        kept = tx.files.keep("a\x00\ud800.png", b"x", NOW)
        tx.obligations.mark(a_mark(note="xong\x00", file=kept))
        (mark,) = tx.obligations.marks(PLAN)
    assert (mark.note, mark.file) == ("xong\ufffd", kept)
    assert kept.name == "a\ufffd\ufffd.png"
