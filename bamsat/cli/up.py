"""`bamsat up`: everything in one command."""

import logging
import threading

import click

from bamsat.application import now
from bamsat.cli.dashboard import serve_dashboard
from bamsat.cli.demo import DIRECTORY, run_demo
from bamsat.cli.output import say
from bamsat.settings import Settings
from bamsat.workflows.demo import main_job
from domain.errors import BamsatError
from store import migrate, open_store

logger = logging.getLogger(__name__)


@click.command()
@click.option("--open/--no-open", "open_browser", default=True, show_default=True, help="open the browser")
@click.pass_obj
def up(settings: Settings, open_browser: bool) -> int:
    """Collect, tag and show, again and again; Ctrl+C ends it. Without any unit yet: the sample organisation."""
    migrate.upgrade(settings.database_url)
    store = open_store(settings.database_url)
    with store.reading() as tx:
        first_use = not tx.units.list()
    store.close()
    if first_use:
        say("Chưa có đơn vị nào, nên Bám Sát mở tổ chức mẫu. Khi đã sẵn sàng: bamsat units load TỆP, bamsat plan import TỆP.")
        return run_demo(settings, DIRECTORY, 8600, with_dashboard=True, open_browser=open_browser)
    ended = threading.Event()
    rounds = threading.Thread(target=_rounds, args=(settings, ended), name="rounds", daemon=True)
    rounds.start()
    try:
        return serve_dashboard(settings, open_browser)
    finally:
        ended.set()


def _rounds(settings: Settings, ended: threading.Event) -> None:
    """Round after round until the dashboard ends; a round that fails is logged, and the next one tries again."""
    store = open_store(settings.database_url)
    while not ended.is_set():
        try:
            collected, tagged = main_job(store, settings, now)
            logger.info(
                "round done: %d new posts, %d channels failed, %d posts tagged",
                collected.posts_new,
                len(collected.failed),
                sum(t.posts for t in tagged),
            )
        except BamsatError as fault:
            logger.error("round failed: %s", fault)
        ended.wait(settings.collect_every_hours * 3600)
    store.close()
