"""`bamsat db`: the database itself."""

from pathlib import Path

import click

from bamsat.cli.output import json_option, print_json, say, show_problems
from bamsat.settings import Settings
from domain.errors import Severity
from store import backup as backups
from store import checks, migrate


@click.group()
def db() -> None:
    """Create, check, back up and restore the database."""


@db.command()
@click.pass_obj
def upgrade(settings: Settings) -> None:
    """Create the database or bring it up to this version of the program."""
    migrate.upgrade(settings.database_url)
    say(f"Cơ sở dữ liệu đã sẵn sàng (phiên bản {migrate.current(settings.database_url)}).")


@db.command()
@json_option
@click.pass_obj
def check(settings: Settings, as_json: bool) -> int:
    """Look for damage and for a schema that does not fit this program."""
    problems = checks.check(settings.database_url)
    if as_json:
        print_json(
            [{"severity": p.severity.value, "code": p.code, "message": p.message.in_language(settings.language)} for p in problems]
        )
    else:
        show_problems(problems, settings.language)
        say("Cơ sở dữ liệu tốt." if not problems else f"{len(problems)} vấn đề.")
    return int(any(p.severity is Severity.ERROR for p in problems))


@db.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def backup(settings: Settings, file: Path) -> None:
    """Copy the database to FILE while it is in use."""
    backups.backup(settings.database_url, file)
    say(f"Đã sao lưu vào {file}.")


@db.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.confirmation_option(prompt="Thay toàn bộ dữ liệu hiện có bằng bản sao lưu này?")
@click.pass_obj
def restore(settings: Settings, file: Path) -> None:
    """Put the backup FILE in the place of the database, after checking it."""
    backups.restore(settings.database_url, file)
    say(f"Đã khôi phục từ {file}.")
