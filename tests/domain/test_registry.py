from dataclasses import replace
from datetime import date

from domain.registry import registry_difference
from tests.builders import a_channel, a_unit

TODAY = date(2026, 11, 21)


def test_a_unit_that_is_not_there_yet_is_added():
    difference = registry_difference([], [a_unit()], TODAY)
    assert difference.added == (a_unit(),)
    assert difference


def test_loading_the_same_table_again_changes_nothing():
    difference = registry_difference([a_unit()], [a_unit()], TODAY)
    assert not difference
    assert difference.unchanged == (a_unit(),)


def test_a_changed_name_is_shown_before_and_after():
    renamed = replace(a_unit(), name="Sở Mới")
    assert registry_difference([a_unit()], [renamed], TODAY).changed == ((a_unit(), renamed),)


def test_a_channel_that_the_table_dropped_ends_today_and_is_kept():
    moved = a_unit(channels=(a_channel(url="https://moi.example.gov.vn"),))
    ((_, after),) = registry_difference([a_unit()], [moved], TODAY).changed
    assert [(c.url, c.valid_until) for c in after.channels] == [
        ("https://so-a.example.gov.vn", TODAY),
        ("https://moi.example.gov.vn", None),
    ]


def test_after_a_channel_ended_the_same_table_changes_nothing_more():
    moved = a_unit(channels=(a_channel(url="https://moi.example.gov.vn"),))
    ((_, after),) = registry_difference([a_unit()], [moved], TODAY).changed
    assert not registry_difference([after], [moved], date(2026, 12, 1))


def test_a_unit_that_the_table_leaves_out_is_named_and_stays():
    assert registry_difference([a_unit(), a_unit("SO-B")], [a_unit()], TODAY).absent == (a_unit("SO-B"),)
