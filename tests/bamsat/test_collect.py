from datetime import date, timedelta

import pytest

from bamsat.workflows.collect import channels_to_look_at, mark_copies
from domain.errors import NotFound
from domain.unit import ChannelKind
from tests.builders import NOON, a_channel, a_post, a_unit

TEXT = "Sáng nay xã tổ chức lễ khởi công tuyến đường liên thôn dài hơn ba cây số nối các thôn vùng cao với trung tâm xã."


@pytest.fixture
def units(store):
    """A unit with a website, a page and a file; another with a website that it gave up."""
    handed_in = a_channel(url="https://so-a.example.gov.vn/tep", kind=ChannelKind.FILE)
    page = a_channel(url="https://page.example/so-a", kind=ChannelKind.FACEBOOK)
    old = a_channel("SO-B", "https://so-b.example.gov.vn", valid_until=date(2026, 11, 1))
    with store.transaction() as tx:
        tx.units.save(a_unit(channels=(*a_unit().channels, page, handed_in)), NOON)
        tx.units.save(a_unit("SO-B", channels=(old,)), NOON)
    return page


def test_what_is_handed_in_as_a_file_and_what_was_given_up_is_not_looked_at(store, units):
    assert [c.kind for c in channels_to_look_at(store, NOON)] == [ChannelKind.WEBSITE, ChannelKind.FACEBOOK]


def test_one_unit_or_one_channel_can_be_looked_at_alone(store, units):
    assert len(channels_to_look_at(store, NOON, unit=a_unit().code)) == 2
    assert channels_to_look_at(store, NOON, channel=units.id) == [units]


@pytest.mark.parametrize("wanted", [{"unit": "SO-B"}, {"unit": "KHONG-CO"}, {"channel": "khong-co"}])
def test_nothing_to_look_at_is_said(store, units, wanted):
    with pytest.raises(NotFound):
        channels_to_look_at(store, NOON, **wanted)


def test_a_text_that_came_later_from_another_unit_is_marked_as_a_copy_as_of_then(store, units):
    other = a_channel("SO-B", "https://so-b.example.gov.vn")
    first = a_post(text=TEXT, published_at=NOON - timedelta(days=2))
    again = a_post("https://so-b.example.gov.vn/tin", other, text=f"Theo SO-A: {TEXT}", published_at=NOON - timedelta(days=1))
    with store.transaction() as tx:
        tx.posts.add([first, again], NOON)
    assert mark_copies(store, NOON - timedelta(days=30), NOON + timedelta(hours=1)) == 1
    with store.reading() as tx:
        assert tx.posts.get(again.id).original_of == first.id
        assert tx.posts.get(again.id, as_of=NOON).original_of is None
