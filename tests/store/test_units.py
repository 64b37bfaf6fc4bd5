from dataclasses import replace
from datetime import date

import pytest

from domain.errors import NotFound
from domain.unit import UnitGroup
from store import Store
from tests.store.builders import DAY, HOUR, NOW, a_channel, a_unit


def test_a_unit_comes_back_equal_with_its_channels_in_their_order(store: Store) -> None:
    unit = a_unit(
        "TX",
        a_channel("https://z.example.vn", "TX", posts_per_week=2.5, valid_from=date(2025, 7, 1)),
        a_channel("https://a.example.vn", "TX"),
        valid_from=date(2025, 7, 1),
    )
    with store.transaction() as tx:
        assert tx.units.save(unit, NOW)
        assert not tx.units.save(unit, NOW + HOUR), "saving the same again says nothing new"
        assert tx.units.get(unit.code) == unit
        assert tx.units.list() == [unit]


def test_what_a_unit_was_called_before_is_still_known_as_of_then(store: Store) -> None:
    before = a_unit("AB")
    after = replace(before, name="Phường An Bình", group=UnitGroup("Phường"), contact=None)
    with store.transaction() as tx:
        tx.units.save(before, NOW)
        tx.units.save(after, NOW + DAY)
        assert tx.units.get(before.code) == after
        assert tx.units.get(before.code, as_of=NOW + HOUR) == before
        assert tx.units.list(as_of=NOW - HOUR) == []


def test_a_channel_that_is_no_longer_listed_ends_and_stays(store: Store) -> None:
    website, page = a_channel("https://ab.example.vn"), a_channel("https://trang.example.vn/ab")
    unit = a_unit("AB", website, page)
    with store.transaction() as tx:
        tx.units.save(unit, NOW)
        tx.units.save(replace(unit, channels=(website,)), NOW + DAY)
        ended = replace(page, valid_until=date(2026, 3, 3))
        assert tx.units.get(unit.code).channels == (website, ended)
        assert tx.units.get(unit.code, as_of=NOW).channels == (website, page)
        assert tx.units.list(on=date(2026, 3, 3))[0].channels == (website, ended)
        assert tx.units.list(on=date(2026, 3, 4))[0].channels == (website,)


def test_an_outlet_that_passes_to_another_unit_keeps_its_id_and_each_hold_its_days(store: Store) -> None:
    old = a_channel("https://huyen.example.vn", "HU", valid_until=date(2025, 6, 30))
    new = a_channel("https://huyen.example.vn", "XA", valid_from=date(2025, 7, 1))
    assert old.id == new.id
    with store.transaction() as tx:
        tx.units.save(a_unit("XA", new), NOW)
        tx.units.save(a_unit("HU", old), NOW)
        assert tx.units.channel(new.id) == new
        assert [u.code for u in tx.units.list(on=date(2025, 6, 30)) if u.channels] == ["HU"]
        assert tx.units.get(a_unit("HU").code).channels == (old,)


def test_a_retired_unit_names_its_successor_and_its_channels_end_with_it(store: Store) -> None:
    unit = a_unit("HU")
    with store.transaction() as tx:
        tx.units.save(unit, NOW)
        tx.units.retire(unit.code, date(2026, 6, 30), NOW + DAY, successor=a_unit("XA").code)
        retired = tx.units.get(unit.code)
        assert (retired.valid_until, retired.successor) == (date(2026, 6, 30), "XA")
        assert [c.valid_until for c in retired.channels] == [date(2026, 6, 30)]
        assert tx.units.list(on=date(2026, 7, 1)) == []
        assert tx.units.get(unit.code, as_of=NOW) == unit


def test_what_is_not_registered_is_not_found(store: Store) -> None:
    with store.reading() as tx:
        with pytest.raises(NotFound, match="no unit 'KHONG'"):
            tx.units.get(a_unit("KHONG").code)
        with pytest.raises(NotFound, match="no channel"):
            tx.units.channel(a_channel().id)
