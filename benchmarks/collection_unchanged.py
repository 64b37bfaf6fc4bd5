"""What it costs to look again at channels where nothing has changed, and how much memory many channels take.

    python -m benchmarks.collection_unchanged [--channels 2000]

Every channel is a feed on a host of its own; the second look is answered 304. The peer is as many requests by bare Scrapy.
"""

import argparse
import resource
import tempfile
from datetime import timedelta
from pathlib import Path

from benchmarks.collection_rate import bare_scrapy, collect, in_process, prepare, processor_seconds
from benchmarks.collection_sites import NOW, serving_sites
from domain.crawl_run import RunOutcome
from domain.unit import Channel, ChannelKind, UnitCode, channel_id


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--channels", type=int, default=2000)
    count = parser.parse_args().channels
    with serving_sites() as sites, tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{Path(folder) / 'bench.db'}"
        urls = [sites.base(n) + "/feed.xml" for n in range(count)]
        prepare(database, [Channel(channel_id(ChannelKind.FEED, u), UnitCode("U"), ChannelKind.FEED, u) for u in urls])
        long_ago = NOW + timedelta(days=200)  # every post of the feeds is older than `since`: only the feeds are read
        collect(sites, count, database, ChannelKind.FEED, "/feed.xml", long_ago, since=long_ago - timedelta(days=1))
        sites.count()
        before = processor_seconds()
        seconds, runs = collect(
            sites, count, database, ChannelKind.FEED, "/feed.xml", long_ago + timedelta(hours=6), since=long_ago - timedelta(days=1)
        )
        own = processor_seconds() - before
        requests, _ = sites.count()
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        before = processor_seconds()
        in_process(bare_scrapy, urls + [sites.base(n) + "/robots.txt" for n in range(count)])
        bare = processor_seconds() - before
    unchanged = sum(r.outcome is RunOutcome.UNCHANGED for r in runs)
    print(f"{'channels, of them unchanged':42} {count}, {unchanged}")
    print(f"{'seconds for all of them':42} {seconds:.1f}")
    print(f"{'requests':42} {requests}")
    print(f"{'processor ms a channel: ours, bare Scrapy':42} {1000 * own / count:.2f}, {1000 * bare / count:.2f}")
    print(f"{'largest child process, MB':42} {memory:.0f}")


if __name__ == "__main__":
    main()
