"""`bamsat plan appendix`: units and outlets that a plan lists, for the registry."""

import sys

import click

from bamsat.application import now, open_application
from bamsat.cli.output import say, show_problems
from bamsat.cli.units import show_difference
from bamsat.settings import Settings
from bamsat.workflows.appendix import accept_proposal, appendix_proposal
from domain.access import SYSTEM
from domain.plan import PlanId


@click.command()
@click.argument("plan_id")
@click.option("--load", is_flag=True, help="take it into the registry; asks first where somebody sits at the terminal")
@click.pass_obj
def appendix(settings: Settings, plan_id: str, load: bool) -> None:
    """Show what the units and outlets listed in PLAN_ID would change in the registry."""
    store = open_application(settings).store
    seen = appendix_proposal(store, PlanId(plan_id), SYSTEM, now())
    show_problems(seen.problems, settings.language)
    show_difference(seen.difference)
    if not seen.difference:
        say("Không có gì để nạp.")
    elif not load:
        say(f"Chưa có gì được nạp. Nạp bằng: bamsat plan appendix {plan_id} --load")
    elif not at_a_terminal() or click.confirm("Nạp vào danh bạ?", err=True):
        accept_proposal(store, PlanId(plan_id), seen, SYSTEM, now())
        say("Đã nạp.")


def at_a_terminal() -> bool:
    """Whether somebody can be asked; a script has said what it wants."""
    return sys.stdin.isatty()
