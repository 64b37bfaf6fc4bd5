from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dates import VIETNAM, show_day, show_moment
from domain.written_dates import UnclearDate, written_moment

QUARTER_PAST_NINE = datetime(2026, 11, 5, 2, 15, tzinfo=UTC)
IN_EXCEL = datetime.fromisoformat("2026-11-05T09:15")
EARLIEST, LATEST = datetime.fromisoformat("2000-01-01"), datetime.fromisoformat("2099-12-31")
MIDNIGHT = datetime(2026, 11, 4, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "05/11/2026 09:15",
        "5/11/2026 9:15:00",
        "05-11-2026, 09h15",
        "09:15 05/11/2026",
        "09h15, ngày 05.11.2026",
        "9 giờ 15 phút ngày 5 tháng 11 năm 2026",
        "Thứ Năm, ngày 05/11/2026 lúc 09:15",
        "Thứ 5, 05/11/2026 | 09:15 AM",
        "05/11/2026 09:15 SA",
        "05/11/2026 - 09:15",
        "2026-11-05T09:15",
        "2026-11-05 09:15:00",
        "2026-11-05T02:15:00Z",
        "2026-11-05T02:15:00.000+00:00",
        "2026-11-05T09:15:00+0700",
        "2026-11-05 09:15+07",
        IN_EXCEL,
        datetime(2026, 11, 5, 2, 15, tzinfo=UTC),
    ],
    ids=str,
)
def test_a_moment_is_read_in_vietnamese_time_unless_it_names_its_zone(written):
    assert written_moment(written) == QUARTER_PAST_NINE


@pytest.mark.parametrize(
    "written",
    ["05/11/2026", "5.11.2026", "Ngày 5/11/2026", "ngày 05 tháng 11 năm 2026", "2026-11-05", "2026/11/05", date(2026, 11, 5)],
    ids=str,
)
def test_a_day_is_its_first_moment_in_viet_nam(written):
    assert written_moment(written) == MIDNIGHT


@pytest.mark.parametrize(
    ("written", "hour"), [("05/11/2026 02:15 CH", 14), ("2h15 chiều 05/11/2026", 14), ("12:15 sáng 5/11/2026", 0)]
)
def test_the_half_of_the_day_is_heard(written, hour):
    assert written_moment(written).astimezone(VIETNAM) == datetime(2026, 11, 5, hour, 15, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("11/25/2026", "tháng trước ngày"),
        ("05/11/26", "bốn chữ số"),
        ("31/02/2026", "không có ngày giờ này"),
        ("05/11/2026 25:00", "không có ngày giờ này"),
        ("05/11/2026 14:00 sáng", "không khớp"),
        ("05/11", "không phải là ngày"),
        ("hôm qua", "không phải là ngày"),
        ("05/11/2026 và 06/11/2026", "không phải là ngày"),
        ("từ 05/11/2026", "không phải là ngày"),
        ("05/11-2026", "không phải là ngày"),
        ("", "không phải là ngày"),
        (46331.4, "là số"),
        (True, "là số"),
    ],
    ids=str,
)
def test_what_is_unclear_is_refused_with_its_reason(written, said):
    with pytest.raises(UnclearDate) as refusal:
        written_moment(written)
    assert said in refusal.value.message.vi


@given(st.datetimes(EARLIEST, LATEST, timezones=st.just(UTC)))
def test_what_the_product_shows_is_read_back(moment):
    minute = moment.replace(second=0, microsecond=0)
    assert written_moment(show_moment(minute)) == minute
    assert written_moment(show_day(minute.astimezone(VIETNAM).date())) <= minute


@given(st.datetimes(EARLIEST, LATEST), st.integers(-12, 14))
def test_iso_with_any_zone_is_the_same_moment(moment, hours):
    aware = moment.replace(microsecond=0, tzinfo=timezone(timedelta(hours=hours)))
    assert written_moment(aware.isoformat()) == aware
