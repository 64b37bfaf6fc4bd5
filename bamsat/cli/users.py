"""`bamsat users`: who may sign in to the dashboard."""

import click

from bamsat.application import now, open_application
from bamsat.cli.output import iso, json_option, print_json, print_table, say, shown
from bamsat.settings import Settings
from bamsat.workflows import accounts
from domain.access import Role
from domain.unit import UnitCode


@click.group()
def users() -> None:
    """Accounts of the dashboard."""


@users.command()
@click.argument("name")
@click.option("--role", type=click.Choice([r.value for r in Role]), required=True, help="what the person may do")
@click.option("--unit", help="unit code, for a unit admin")
@click.password_option(help="asked for unless given")
@click.pass_obj
def add(settings: Settings, name: str, role: str, unit: str | None, password: str) -> None:
    """Add an account."""
    store = open_application(settings).store
    accounts.add_user(store, name, Role(role), UnitCode(unit) if unit else None, password, now())
    say(f"Đã thêm tài khoản {name}.")


@users.command(name="list")
@json_option
@click.pass_obj
def list_(settings: Settings, as_json: bool) -> None:
    """List the accounts."""
    with open_application(settings).store.reading() as tx:
        found = tx.users.list()
    if as_json:
        print_json(
            [
                {"name": u.viewer.name, "role": u.viewer.role.value, "unit": u.viewer.unit, "disabled_at": iso(u.disabled_at)}
                for u in found
            ]
        )
    else:
        rows = [(u.viewer.name, u.viewer.role.value, u.viewer.unit, shown(u.disabled_at) if u.disabled_at else None) for u in found]
        print_table(("Tên", "Vai trò", "Đơn vị", "Khóa từ"), rows)


@users.command()
@click.argument("name")
@click.password_option(help="asked for unless given")
@click.pass_obj
def passwd(settings: Settings, name: str, password: str) -> None:
    """Give an account a new password."""
    accounts.set_password(open_application(settings).store, name, password, now())
    say(f"Đã đổi mật khẩu của {name}.")


@users.command()
@click.argument("name")
@click.pass_obj
def disable(settings: Settings, name: str) -> None:
    """Lock an account; what it did stays on record."""
    accounts.disable_user(open_application(settings).store, name, now())
    say(f"Đã khóa tài khoản {name}.")
