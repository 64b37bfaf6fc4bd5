"""The command line. Results go to standard output, log and progress to standard error.

Exit codes: 0 done, 1 failed, 2 wrong use, 3 done but some channels failed.
"""

import importlib
import sys
from collections.abc import Mapping, Sequence

import click

from bamsat.cli.output import show_error
from bamsat.log_setup import set_up_logging
from bamsat.settings import load
from domain.errors import BamsatError

COMMANDS: Mapping[str, tuple[str, str]] = {
    "up": ("bamsat.cli.up:up", "Collect, tag and show, again and again."),
    "demo": ("bamsat.cli.demo:demo", "Show Bám Sát at work on an invented province."),
    "db": ("bamsat.cli.db:db", "Create, check, back up and restore the database."),
    "plan": ("bamsat.cli.plan:plan", "Read plan documents and put plans in force."),
    "units": ("bamsat.cli.units:units", "The registry of member units and their own outlets."),
    "channels": ("bamsat.cli.channels:channels", "The official outlets of the units, and how looking at them goes."),
    "crawl": ("bamsat.cli.crawl:crawl", "Look at every channel once and store what is new."),
    "posts": ("bamsat.cli.posts:posts", "Posts that were collected or handed in."),
    "tag": ("bamsat.cli.tag:tag", "Tag posts against the topics of the plans in force."),
    "review": ("bamsat.cli.review:review", "What people say of doubtful posts, one by one or as a table."),
    "coverage": ("bamsat.cli.coverage:coverage", "The matrix of units and topics."),
    "report": ("bamsat.cli.report:report", "Write the weekly summary."),
    "users": ("bamsat.cli.users:users", "Accounts of the dashboard."),
    "dashboard": ("bamsat.cli.dashboard:dashboard", "Open the dashboard."),
    "doctor": ("bamsat.cli.doctor:doctor", "Say what is set up and what is missing."),
}
"""Name → where it is, and what `bamsat --help` says of it. A command is imported when it is called: `bamsat doctor` need not
load what tags posts."""


class _LazyGroup(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name][0].split(":")
        command = getattr(importlib.import_module(module), name)
        if not isinstance(command, click.Command):
            raise TypeError(f"{COMMANDS[cmd_name]} is not a command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="bamsat", prog_name="bamsat")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Bám Sát: which units publish on what the plan requires, by when, and which do not."""
    settings = load()
    set_up_logging(settings)
    ctx.obj = settings


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs a command and ends the process with its exit code."""
    language = "vi"
    try:
        language = load().language
        outcome = cli.main(args=list(arguments) if arguments is not None else None, prog_name="bamsat", standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as fault:
        fault.show()
        sys.exit(fault.exit_code)
    except BamsatError as fault:
        show_error(fault, "en" if language == "en" else "vi")
        sys.exit(fault.exit_code)
    sys.exit(outcome if isinstance(outcome, int) else 0)
