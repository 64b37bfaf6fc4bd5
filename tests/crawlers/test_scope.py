"""Nothing but registered outlets on public addresses is ever asked."""

from pathlib import Path

import pytest
from twisted.internet.address import IPv4Address, IPv6Address

from crawlers.extensions.addresses import GuardedResolver
from crawlers.scope import allowed_address, in_scope
from domain.crawl_run import RunOutcome
from domain.unit import ChannelKind
from tests.crawlers.builders import a_channel, look
from tests.crawlers.hostile import HostileServer, says

HOSTS = frozenset({"xabinhson.example"})


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://xabinhson.example/tin", True),
        ("http://www.xabinhson.example/tin", True),
        ("http://m.xabinhson.example/tin", True),
        ("https://XABINHSON.example./tin", True),
        ("https://xabinhson.example:443/tin", True),
        ("https://xabinhson.example:8443/tin", False),
        ("https://tin.xabinhson.example/", False),
        ("https://xabinhson.example.evil.example/", False),
        ("https://evil.example/?xabinhson.example", False),
        ("https://xabinhson.example@evil.example/", False),
        ("https://user:pass@xabinhson.example/", False),
        ("ftp://xabinhson.example/", False),
        ("file:///etc/passwd", False),
        ("data:text/html,x", False),
        ("//xabinhson.example/tin", False),
        ("http://[::1/", False),
        ("http://xabinhson.example:99999/", False),
        ("", False),
    ],
)
def test_only_addresses_on_the_registered_host_are_in_scope(url: str, allowed: bool) -> None:
    assert in_scope(url, HOSTS) is allowed


@pytest.mark.parametrize(
    ("address", "public", "in_a_demo"),
    [
        ("203.113.131.1", True, True),
        ("2405:4800::1", True, True),
        ("127.0.0.1", False, True),
        ("10.1.2.3", False, True),
        ("172.16.0.1", False, True),
        ("192.168.1.1", False, True),
        ("100.64.0.1", False, True),
        ("169.254.169.254", False, False),
        ("0.0.0.0", False, False),
        ("224.0.0.1", False, False),
        ("::1", False, True),
        ("fe80::1", False, False),
        ("fe80::1%eth0", False, False),
        ("fd00:ec2::254", False, True),
        ("::ffff:127.0.0.1", False, True),
        ("::ffff:169.254.169.254", False, False),
        ("64:ff9b::a9fe:a9fe", False, False),
        ("64:ff9b::cb71:8301", True, True),
        ("2002:7f00:1::", False, True),
        ("2002:a9fe:a9fe::", False, False),
    ],
)
def test_private_addresses_are_for_demos_and_link_local_ones_for_nobody(address: str, public: bool, in_a_demo: bool) -> None:
    assert allowed_address(address, allow_private=False) is public
    assert allowed_address(address, allow_private=True) is in_a_demo


def test_a_channel_on_this_machine_is_refused_unless_a_setting_permits_it(tmp_path: Path) -> None:
    server = HostileServer(says("<rss/>"))
    port = server.url.rpartition(":")[2]
    spellings = ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "127.1", "[::ffff:127.0.0.1]", "0.0.0.0"]
    channels = [a_channel(f"http://{host}:{port}/feed.xml", ChannelKind.FEED) for host in spellings]
    runs = look(tmp_path, *channels, allow_private_addresses=False)
    server.close()
    assert server.paths == []
    assert {r.outcome for r in runs} == {RunOutcome.REFUSED}
    assert all(r.reason and "private address" in r.reason.en for r in runs)


class Receiver:
    def __init__(self) -> None:
        self.addresses: list[str] = []

    def resolutionBegan(self, resolution: object) -> None:  # noqa: N802 - Twisted's name
        pass

    def addressResolved(self, address: IPv4Address) -> None:  # noqa: N802 - Twisted's name
        self.addresses.append(address.host)

    def resolutionComplete(self) -> None:  # noqa: N802 - Twisted's name
        pass


class Answers:
    """A name server that says something else each time."""

    def __init__(self, *answers: list[IPv4Address | IPv6Address]) -> None:
        self._answers = list(answers)
        self.nameResolver = self

    def resolveHostName(self, receiver: Receiver, *rest: object) -> None:  # noqa: N802 - Twisted's name
        for address in self._answers.pop(0):
            receiver.addressResolved(address)  # type: ignore[arg-type]
        receiver.resolutionComplete()


def test_a_name_that_turns_to_a_private_address_is_refused_at_that_moment() -> None:
    public, private = IPv4Address("TCP", "203.113.131.1", 80), IPv4Address("TCP", "10.0.0.5", 80)
    resolver = GuardedResolver(Answers([public], [private], [private, public]), allow_private=False)  # type: ignore[arg-type]
    seen = []
    for _ in range(3):
        receiver = Receiver()
        resolver.resolveHostName(receiver, "xabinhson.example", 80)
        seen.append((receiver.addresses, resolver.refused.get("xabinhson.example")))
    assert seen == [(["203.113.131.1"], None), ([], "10.0.0.5"), (["203.113.131.1"], None)]
