"""`bamsat demo`: the sample organisation."""

import errno
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import click

from bamsat.application import now
from bamsat.cli.crawl import crawl_progress, show_collection
from bamsat.cli.dashboard import serve_dashboard
from bamsat.cli.output import say
from bamsat.cli.tag import show_tagging
from bamsat.settings import Settings
from bamsat.workflows.demo import ACCOUNTS, PASSWORD, main_job, prepare_demo, set_up_demo
from domain.errors import BamsatError
from examples.sample_organisation import SampleOrganisation, serve

DIRECTORY = Path("var/demo")


@contextmanager
def _serving(organisation: SampleOrganisation) -> Iterator[None]:
    """The local sites; a port that is taken is said in words, with the way out."""
    with ExitStack() as stack:
        try:
            stack.enter_context(serve(organisation))
        except OSError as fault:
            if fault.errno != errno.EADDRINUSE:
                raise
            raise BamsatError(
                f"Cổng từ {organisation.graph_port} trở đi đang có chương trình khác dùng (có thể một bản mẫu khác đang mở). "
                "Hãy đóng nó, hoặc chạy: bamsat demo --fresh --base-port 9600",
                f"a port from {organisation.graph_port} on is in use; close that program, or: bamsat demo --fresh --base-port 9600",
            ) from fault
        yield


@click.command()
@click.option("--no-dashboard", is_flag=True, help="end when the work is done")
@click.option("--fresh", is_flag=True, help="make the sample organisation anew, dated around today")
@click.option(
    "--directory", type=click.Path(file_okay=False, path_type=Path), default=DIRECTORY, show_default=True, help="where it is kept"
)
@click.option("--base-port", default=8600, show_default=True, help="first port of the local sites")
@click.option("--open/--no-open", "open_browser", default=True, show_default=True, help="open the browser")
@click.pass_obj
def demo(settings: Settings, no_dashboard: bool, fresh: bool, directory: Path, base_port: int, open_browser: bool) -> int:
    """Show Bám Sát at work on an invented province: local sites, collected over real HTTP."""
    if fresh and directory.exists():
        shutil.rmtree(directory)
    return run_demo(settings, directory, base_port, with_dashboard=not no_dashboard, open_browser=open_browser)


def run_demo(settings: Settings, directory: Path, base_port: int, *, with_dashboard: bool, open_browser: bool) -> int:
    """Serves the local sites while the work is done and the dashboard is open; returns the exit code."""
    prepared = prepare_demo(settings, directory, now(), base_port)
    with _serving(prepared.organisation):
        store = set_up_demo(prepared, directory, now())
        say("Đang thu thập bài từ các trang mẫu…")
        with crawl_progress() as progress:
            collected, tagged = main_job(store, prepared.settings, now, progress)
        show_collection(collected, prepared.settings)
        show_tagging(tagged)
        store.close()
        say(f"Tài khoản mẫu: {', '.join(ACCOUNTS)} — mật khẩu: {PASSWORD}")
        return serve_dashboard(prepared.settings, open_browser) if with_dashboard else 0
