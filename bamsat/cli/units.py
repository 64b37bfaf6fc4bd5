"""`bamsat units`: the registry of units and their channels."""

from pathlib import Path

import click

from bamsat.application import now, open_application
from bamsat.cli.output import json_option, print_json, print_table, say
from bamsat.settings import Settings
from bamsat.workflows import units as workflow
from domain.dates import local_day
from domain.registry import RegistryDifference
from domain.unit import Unit

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def units() -> None:
    """The registry of member units and their own outlets."""


@units.command()
@click.argument("file", type=FILE)
@click.pass_obj
def check(settings: Settings, file: Path) -> None:
    """Check the table FILE (csv or xlsx) and show what loading it would change."""
    store = open_application(settings).store
    show_difference(workflow.check_units(store, file.read_bytes(), file.name, now()))


@units.command()
@click.argument("file", type=FILE)
@click.pass_obj
def load(settings: Settings, file: Path) -> None:
    """Load the table FILE: all of it, or nothing when a cell is wrong."""
    store = open_application(settings).store
    difference = workflow.load_units(store, file.read_bytes(), file.name, now())
    show_difference(difference)
    say("Đã nạp." if difference else "Không có gì thay đổi.")


@units.command(name="list")
@json_option
@click.pass_obj
def list_(settings: Settings, as_json: bool) -> None:
    """List the units with their channels."""
    with open_application(settings).store.reading() as tx:
        found = tx.units.list(on=local_day(now()))
    if as_json:
        print_json(
            [
                {
                    "unit": u.code,
                    "name": u.name,
                    "group": u.group,
                    "contact": u.contact,
                    "channels": [
                        {"channel": c.id, "kind": c.kind.value, "url": c.url, "posts_per_week": c.posts_per_week}
                        for c in u.channels
                    ],
                }
                for u in found
            ]
        )
    else:
        rows = [
            (u.code, u.name, u.group, c.kind.value if c else None, c.url if c else None)
            for u in found
            for c in u.channels or (None,)
        ]
        print_table(("Mã", "Đơn vị", "Nhóm", "Loại kênh", "Địa chỉ"), rows)


def show_difference(difference: RegistryDifference) -> None:
    """One line for each unit that is new, different or not listed."""
    for unit in difference.added:
        click.echo(f"+ {unit.code}  {unit.name}  ({unit.group}), {len(unit.channels)} kênh")
    for before, after in difference.changed:
        click.echo(f"~ {after.code}  {after.name}: {'; '.join(_changes(before, after))}")
    for unit in difference.absent:
        click.echo(f"  {unit.code}  {unit.name}: không có trong bảng, được giữ nguyên")
    say(f"{len(difference.added)} mới, {len(difference.changed)} thay đổi, {len(difference.unchanged)} giữ nguyên.")


def _changes(before: Unit, after: Unit) -> list[str]:
    words = [
        f"{name} “{old}” → “{new}”"
        for name, old, new in (
            ("tên", before.name, after.name),
            ("nhóm", before.group, after.group),
            ("liên hệ", before.contact, after.contact),
        )
        if old != new
    ]
    known = {c.id: c for c in before.channels}
    for channel in after.channels:
        old = known.get(channel.id)
        if old is None:
            words.append(f"thêm kênh {channel.url}")
        elif old.valid_until != channel.valid_until:
            words.append(f"{'ngừng' if channel.valid_until else 'dùng lại'} kênh {channel.url}")
        elif old != channel:
            words.append(f"sửa kênh {channel.url}")
    return words
