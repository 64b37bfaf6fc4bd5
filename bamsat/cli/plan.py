"""`bamsat plan`: from the document to the plan in force."""

from collections.abc import Sequence
from pathlib import Path
from textwrap import shorten
from typing import Any

import click

from bamsat.application import now, open_application
from bamsat.cli.output import iso, json_option, print_json, print_table, say, show_problems, shown
from bamsat.cli.plan_appendix import appendix
from bamsat.cli.plan_calendar import calendar, done, event
from bamsat.cli.plan_edit import edit
from bamsat.queries.plans import plan_version
from bamsat.settings import Settings
from bamsat.workflows import plans as workflow
from domain.access import SYSTEM
from domain.amendment import plan_difference
from domain.dates import show_day
from domain.errors import Language, Problem, Severity
from domain.plan import Plan, PlanId, PlanVersion
from domain.plan_json import plan_to_json
from domain.requirements import requirements_by_topic

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def plan() -> None:
    """Read plan documents and put plans in force."""


plan.add_command(edit)
plan.add_command(calendar)
plan.add_command(event)
plan.add_command(done)
plan.add_command(appendix)


@plan.command()
@click.argument("file", type=FILE)
@json_option
@click.pass_obj
def check(settings: Settings, file: Path, as_json: bool) -> int:
    """Show what FILE says, and what could not be read; store nothing."""
    draft = workflow.check_plan(file.read_bytes(), file.name)
    if as_json:
        places = {name: [list(lines) for lines in found] for name, found in draft.places.items()}
        said = problems_json(draft.problems, settings.language)
        print_json({**plan_to_json(draft.plan), "places": places, "problems": said})
    else:
        _show(draft.plan)
        show_problems(draft.problems, settings.language)
    return int(any(p.severity is Severity.ERROR for p in draft.problems))


@plan.command(name="import")
@click.argument("file", type=FILE)
@click.option("--amends", metavar="PLAN_ID", help="the plan that FILE amends, when it has a number of its own")
@click.option("--confirm", is_flag=True, help="put it in force at once")
@click.pass_obj
def import_(settings: Settings, file: Path, amends: str | None, confirm: bool) -> None:
    """Store FILE as a new version of its plan; it is in force once somebody confirms it."""
    application, at = open_application(settings), now()
    amended = PlanId(amends) if amends else None
    version, draft = workflow.import_plan(application.store, file.read_bytes(), file.name, SYSTEM, at, amended)
    show_problems(draft.problems, settings.language)
    say(f"Đã lưu kế hoạch {version.plan_id}, phiên bản {version.version}: {len(version.plan.topics)} chủ đề.")
    if confirm:
        workflow.confirm_plan(application.store, version.plan_id, SYSTEM, at, version.version)
        say("Kế hoạch có hiệu lực từ bây giờ.")
    elif version.confirmed_at is None:
        say(f"Xem lại rồi xác nhận bằng: bamsat plan confirm {version.plan_id}")


@plan.command()
@click.argument("plan_id", required=False)
@click.option("--version", type=int, help="which version; the newest one unless given")
@click.pass_obj
def confirm(settings: Settings, plan_id: str | None, version: int | None) -> None:
    """Put a stored version in force (the newest draft unless PLAN_ID is given)."""
    store = open_application(settings).store
    wanted = PlanId(plan_id) if plan_id else workflow.latest_draft(store).plan_id
    confirmed = workflow.confirm_plan(store, wanted, SYSTEM, now(), version)
    say(f"Kế hoạch {confirmed.plan_id}, phiên bản {confirmed.version}, có hiệu lực từ {shown(confirmed.confirmed_at)}.")


@plan.command()
@click.argument("wanted", metavar="[PLAN]", required=False)
@json_option
@click.pass_obj
def show(settings: Settings, wanted: str | None, as_json: bool) -> None:
    """Show the plan in force (by id, number or title when there are several)."""
    version = _in_force(settings, wanted)
    if as_json:
        print_json({**_version_json(version), **plan_to_json(version.plan)})
    else:
        _show(version.plan)


@plan.command()
@click.argument("wanted", metavar="[PLAN]", required=False)
@json_option
@click.pass_obj
def requirements(settings: Settings, wanted: str | None, as_json: bool) -> None:
    """Show what each unit group owes on each topic, by when."""
    found = _in_force(settings, wanted).plan
    if as_json:
        print_json(plan_to_json(found)["requirements"])
        return
    rows = [
        (t.id, t.title, r.unit or r.unit_group or "mọi đơn vị", r.minimum, r.period.value, _day(r.start), _day(r.end), r.source)
        for t, demands in requirements_by_topic(found)
        for r in demands
    ]
    print_table(("Mã", "Chủ đề", "Đơn vị", "Ít nhất", "Mỗi", "Từ ngày", "Đến ngày", "Căn cứ"), rows)


@plan.command()
@json_option
@click.pass_obj
def versions(settings: Settings, as_json: bool) -> None:
    """List every stored version of every plan."""
    with open_application(settings).store.reading() as tx:
        found = [v for newest in tx.plans.list() for v in tx.plans.versions(newest.plan_id)]
    if as_json:
        print_json([_version_json(v) for v in found])
    else:
        rows = [(v.plan_id, v.version, v.plan.title, len(v.plan.topics), shown(v.stored_at), shown(v.confirmed_at)) for v in found]
        print_table(("Kế hoạch", "Phiên bản", "Tên", "Chủ đề", "Lưu lúc", "Có hiệu lực từ"), rows)


@plan.command()
@click.argument("plan_id")
@click.option("--from", "before", type=int, help="version; the one in force unless given")
@click.option("--to", "after", type=int, help="version; the newest one unless given")
@json_option
@click.pass_obj
def diff(settings: Settings, plan_id: str, before: int | None, after: int | None, as_json: bool) -> None:
    """Say what is different between two versions of PLAN_ID."""
    with open_application(settings).store.reading() as tx:
        known = tx.plans.versions(PlanId(plan_id))
        in_force = [v.version for v in known if v.confirmed_at]
        old = tx.plans.get(PlanId(plan_id), before or (in_force or [known[0].version])[-1])
        new = tx.plans.get(PlanId(plan_id), after)
    changes = [m.in_language(settings.language) for m in plan_difference(old.plan, new.plan)]
    if as_json:
        print_json({"plan_id": plan_id, "from": old.version, "to": new.version, "changes": changes})
    else:
        for change in changes:
            click.echo(f"- {change}")
        say(f"Phiên bản {old.version} → {new.version}: {len(changes)} thay đổi.")


def _in_force(settings: Settings, wanted: str | None) -> PlanVersion:
    with open_application(settings).store.reading() as tx:
        return plan_version(tx, wanted, now())


def _version_json(version: PlanVersion) -> dict[str, Any]:
    return {
        "plan_id": version.plan_id,
        "version": version.version,
        "title": version.plan.title,
        "stored_at": iso(version.stored_at),
        "stored_by": version.stored_by,
        "confirmed_at": iso(version.confirmed_at),
        "origin": version.origin,
    }


def problems_json(problems: Sequence[Problem], language: Language) -> list[dict[str, Any]]:
    return [
        {
            "severity": p.severity.value,
            "code": p.code,
            "line": p.line,
            "message": p.message.in_language(language),
            "hint": p.hint.in_language(language) if p.hint else None,
        }
        for p in problems
    ]


def _show(found: Plan) -> None:
    click.echo(f"{found.number or '(không có số)'}  {found.title}")
    click.echo(f"Cơ quan ban hành: {found.issuing_body or '—'}    Ngày: {_day(found.issued_on)}")
    for phase in found.phases:
        click.echo(f"  Giai đoạn {phase.id}: {phase.title}  [{_day(phase.start)} – {_day(phase.end)}]")
    print_table(("Mã", "Thuộc", "Giai đoạn", "Chủ đề"), [(t.id, t.parent, t.phase, t.title) for t in found.topics])
    dated = [o for o in found.obligations if o.deadline or o.deadline_text or o.recurrence]
    if dated:
        rows = [(o.assignee, shorten(o.action, 120, placeholder=" …"), o.deadline_text or _day(o.deadline)) for o in dated]
        print_table(("Đơn vị", "Nhiệm vụ", "Thời hạn"), rows)


def _day(day: Any) -> str:
    return show_day(day) if day else "—"
