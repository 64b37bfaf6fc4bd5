"""`bamsat plan calendar`, `event` and `done`: what falls due when, the days of events, and what is done."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from bamsat.application import now, open_application
from bamsat.cli.output import MOMENT, iso, json_option, print_json, print_table, say
from bamsat.cli.plan_edit import DAY
from bamsat.queries.obligations import plan_calendar
from bamsat.settings import Settings
from bamsat.workflows import obligations as workflow
from bamsat.workflows.evidence import Upload
from domain.access import SYSTEM
from domain.dates import show_day
from domain.due_dates import ObligationKey
from domain.errors import InvalidInput
from domain.obligations import CalendarEntry
from reports.calendar_file import calendar_file
from reports.words import OBLIGATION_WORDS

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("wanted", metavar="[PLAN]", required=False)
@click.option("--as-of", type=MOMENT, help="as it was known then; now unless given")
@click.option("--ics", type=NEW_FILE, metavar="FILE", help="write it as an iCalendar file instead")
@json_option
@click.pass_obj
def calendar(settings: Settings, wanted: str | None, as_of: datetime | None, ics: Path | None, as_json: bool) -> None:
    """Show what falls due by the plan in force, in order of time."""
    at = now()
    found = plan_calendar(SYSTEM, open_application(settings).store, at, wanted, as_of)
    if ics:
        _write(ics, calendar_file(found, at, settings.language))
        say(f"Đã ghi {sum(e.due.day is not None for e in found.entries)} thời hạn vào {ics}.")
    if as_json:
        print_json(
            {
                "plan_id": found.version.plan_id,
                "version": found.version.version,
                "as_of": iso(found.as_of),
                "entries": [_entry_json(e) for e in found.entries],
            }
        )
    elif not ics:
        rows = [
            (
                show_day(e.due.day) if e.due.day else e.due.waits_for,
                OBLIGATION_WORDS[e.state].in_language(settings.language),
                e.obligation.assignee,
                e.obligation.action,
                e.key,
            )
            for e in found.entries
        ]
        print_table(("Thời hạn", "Tình trạng", "Đơn vị", "Nhiệm vụ", "Mã"), rows)


@click.command()
@click.argument("plan")
@click.argument("obligation")
@click.argument("day", type=DAY, required=False)
@click.pass_obj
def event(settings: Settings, plan: str, obligation: str, day: datetime | None) -> None:
    """Enter the DAY of the event that OBLIGATION of PLAN waits for (no DAY: there is none any more)."""
    store = open_application(settings).store
    word = workflow.set_event_day(store, plan, ObligationKey(obligation), day.date() if day else None, SYSTEM, now())
    say(f"Ngày của sự kiện: {show_day(word.day)}." if word.day else "Sự kiện chưa có ngày.")


@click.command()
@click.argument("plan")
@click.argument("obligation")
@click.option("--due", type=DAY, help="which time of an obligation that recurs")
@click.option("--link", metavar="URL", help="a page that shows it")
@click.option("--file", type=FILE, help="a file that shows it; the store keeps a copy")
@click.option("--note", default="", help="a few words on it")
@click.option("--undo", is_flag=True, help="it is not done after all")
@click.pass_obj
def done(
    settings: Settings,
    plan: str,
    obligation: str,
    due: datetime | None,
    link: str | None,
    file: Path | None,
    note: str,
    undo: bool,
) -> None:
    """Mark OBLIGATION of PLAN as done, with a link or a file that shows it."""
    mark = workflow.mark_done(
        open_application(settings).store,
        plan,
        ObligationKey(obligation),
        SYSTEM,
        now(),
        due=due.date() if due else None,
        done=not undo,
        note=note,
        link=link,
        upload=Upload(file.name, file.read_bytes()) if file else None,
    )
    time = f" (hạn {show_day(mark.due)})" if mark.due else ""
    say(f"Đã ghi nhận là {'xong' if mark.done else 'chưa xong'}{time}.")


def _entry_json(entry: CalendarEntry) -> dict[str, Any]:
    duty, mark = entry.obligation, entry.mark
    return {
        "obligation": entry.key,
        "assignee": duty.assignee,
        "action": duty.action,
        "deadline_text": duty.deadline_text,
        "report_to": duty.report_to,
        "topic": duty.topic,
        "due": _day(entry.due.day),
        "waits_for": entry.due.waits_for,
        "event": _day(entry.event),
        "state": entry.state.value,
        "mark": mark
        and {
            "done": mark.done,
            "by": mark.by,
            "at": iso(mark.at),
            "note": mark.note,
            "link": mark.link,
            "file": mark.file and {"name": mark.file.name, "size": mark.file.size, "sha256": mark.file.digest},
        },
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as fault:
        raise InvalidInput(f"Không ghi được tệp {path}: {fault.strerror}.", f"cannot write {path}: {fault.strerror}") from fault
