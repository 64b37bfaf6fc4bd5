from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.appendix import NO_GROUP, propose
from domain.plan import ListedUnit
from domain.unit import ChannelKind
from tests.builders import a_channel, a_unit

TODAY = date(2026, 11, 18)


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://www.facebook.com/sotest", ChannelKind.FACEBOOK),
        ("m.facebook.com/sotest", ChannelKind.FACEBOOK),
        ("fb.com/sotest", ChannelKind.FACEBOOK),
        ("https://youtu.be/@sotest", ChannelKind.YOUTUBE),
        ("https://oa.zalo.me/123", ChannelKind.ZALO),
        ("notfacebook.com", ChannelKind.WEBSITE),
        ("facebook.com.example.vn", ChannelKind.WEBSITE),
        ("http://so-test.example.gov.vn/facebook.com", ChannelKind.WEBSITE),
    ],
)
def test_the_kind_of_an_outlet_is_told_by_its_host_alone(url, kind):
    ((unit,)) = propose([ListedUnit("Sở Thử", "Sở", (url,))], [], TODAY).difference.added
    assert [c.kind for c in unit.channels] == [kind]


@pytest.mark.parametrize(
    ("name", "code"),
    [("Ủy ban nhân dân xã Đông Hà", "UBNDXDH"), ("Phường 12", "P12"), ("Báo & Đài PT-TH", "BDPT"), ("…", "DV")],
)
def test_a_code_is_made_of_the_initials_of_the_name(name, code):
    (unit,) = propose([ListedUnit(name)], [], TODAY).difference.added
    assert (unit.code, unit.group) == (code, NO_GROUP)


names = st.sampled_from(["Sở An", "Sở Ân", "sở an", "Xã Bình", "Phường 1", "Phường 2", "SO-A"])
urls = st.sampled_from(
    [
        "https://a.example.vn",
        "http://www.a.example.vn/",
        "b.example.vn",
        "https://www.facebook.com/a",
        "https://facebook.com/groups/a",
        "??",
    ]
)
listings = st.lists(st.builds(ListedUnit, names, st.none() | st.just("Sở"), st.lists(urls, max_size=3).map(tuple)), max_size=6)
ends = st.none() | st.sampled_from([date(2026, 1, 1), date(2027, 1, 1)])
registries = st.lists(
    st.builds(
        lambda name, code, url, until, over: a_unit(
            code, name, channels=(a_channel(code, url, valid_until=until),), valid_until=over
        ),
        names,
        st.sampled_from(["SO-A", "SA", "XB"]),
        st.sampled_from(["https://a.example.vn", "https://b.example.vn", "https://c.example.vn"]),
        ends,
        ends,
    ),
    max_size=3,
    unique_by=lambda u: u.code,
)


@given(listings, registries)
def test_a_proposal_only_ever_adds_and_once_taken_in_proposes_nothing_more(listed, registry):
    difference = propose(listed, registry, TODAY).difference
    for before, after in difference.changed:
        assert (after.code, after.name, after.group, after.valid_until) == (
            before.code,
            before.name,
            before.group,
            before.valid_until,
        )
        assert after.channels[: len(before.channels)] == before.channels
        assert all(c.valid_until is None for c in after.channels[len(before.channels) :])
    codes = [u.code for u in (*registry, *difference.added)]
    assert len(codes) == len(set(codes))
    changed = {after.code: after for _, after in difference.changed}
    loaded = [*(changed.get(u.code, u) for u in registry), *difference.added]
    assert not propose(listed, loaded, TODAY).difference
