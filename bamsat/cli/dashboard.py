"""`bamsat dashboard`: the screens."""

import subprocess
import sys
from importlib.util import find_spec

import click

from bamsat.application import open_application
from bamsat.cli.output import say
from bamsat.settings import Settings, as_environment


@click.command()
@click.option("--port", type=int, help="port to listen on (setting dashboard_port)")
@click.option("--open/--no-open", "open_browser", default=True, show_default=True, help="open the browser")
@click.pass_obj
def dashboard(settings: Settings, port: int | None, open_browser: bool) -> int:
    """Open the dashboard; Ctrl+C ends it."""
    chosen = settings.model_copy(update={"dashboard_port": port}) if port else settings
    open_application(chosen).store.close()
    return serve_dashboard(chosen, open_browser)


def serve_dashboard(settings: Settings, open_browser: bool) -> int:
    """Runs Streamlit with these settings until it ends, and returns its exit code."""
    spec = find_spec("dashboard.app")
    if spec is None or spec.origin is None:
        raise click.ClickException("the dashboard package is not installed")
    say(f"Bảng điều khiển: http://{settings.dashboard_address}:{settings.dashboard_port}  (Ctrl+C để dừng)")
    command = [
        sys.executable, "-m", "streamlit", "run", spec.origin,
        f"--server.address={settings.dashboard_address}",
        f"--server.port={settings.dashboard_port}",
        f"--server.headless={'false' if open_browser else 'true'}",
        "--server.showEmailPrompt=false",
        "--browser.gatherUsageStats=false",
    ]  # fmt: skip
    try:
        return subprocess.call(command, env=as_environment(settings))
    except KeyboardInterrupt:
        return 0
