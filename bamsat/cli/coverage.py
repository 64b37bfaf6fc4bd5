"""`bamsat coverage`: who published on what, by when."""

import csv
import sys
from datetime import datetime

import click

from bamsat.application import now, open_application
from bamsat.cli.output import MOMENT, iso, print_json, print_table, say, shown
from bamsat.queries.coverage import coverage_matrix
from bamsat.settings import Settings
from domain.access import SYSTEM
from domain.coverage import CoverageMatrix, CoverageStatus
from domain.errors import NotFound
from domain.weeks import Week

MARKS = {
    CoverageStatus.COVERED: "✓",
    CoverageStatus.LATE: "✓ muộn",
    CoverageStatus.DUE: "… còn hạn",
    CoverageStatus.MISSING: "✗ chưa có",
    CoverageStatus.UNKNOWN: "? chưa xem được",
    CoverageStatus.NOT_REQUIRED: "",
}


@click.command()
@click.option("--plan", help="id, number or title; the plan that came into force last unless given")
@click.option("--unit", help="only this unit")
@click.option("--week", help="judge at the end of this week, for example 2026-W47")
@click.option("--as-of", "as_of", type=MOMENT, help="with what was known at this time")
@click.option("--format", "shape", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True, help="shape")
@click.option("--json", "as_json", is_flag=True, help="the same as --format json")
@click.pass_obj
def coverage(
    settings: Settings,
    plan: str | None,
    unit: str | None,
    week: str | None,
    as_of: datetime | None,
    shape: str,
    as_json: bool,
) -> None:
    """The matrix of units and topics: published, looked and found none, or could not look."""
    store = open_application(settings).store
    matrix = coverage_matrix(SYSTEM, store, now(), plan, Week.parse(week) if week else None, as_of)
    shown_units = [u for u in matrix.units if unit is None or u.unit.code == unit]
    if unit is not None and not shown_units:
        raise NotFound(f"Không có đơn vị nào có mã “{unit}”.", f"no unit has the code {unit!r}")
    if as_json or shape == "json":
        print_json(_json(matrix, unit))
    elif shape == "csv":
        writer = csv.writer(sys.stdout)
        writer.writerow(CSV_COLUMNS)
        for u in shown_units:
            for c in u.cells:
                writer.writerow(
                    (u.unit.code, u.unit.name, c.topic, c.status.value, c.posts, c.originals, c.reposts, c.required,
                     len(c.waiting), iso(c.first_post), c.due, iso(u.looked_until))
                )  # fmt: skip
    else:
        rows = [
            (u.unit.code, c.topic, MARKS[c.status], f"{c.toward}/{c.required}", len(c.waiting) or None, shown(c.first_post))
            for u in shown_units
            for c in u.cells
            if c.required or c.posts
        ]
        print_table(("Đơn vị", "Chủ đề", "Trạng thái", "Bài/yêu cầu", "Chờ duyệt", "Bài đầu tiên"), rows)
        say(f"Tính đến {shown(matrix.as_of)}.")


CSV_COLUMNS = (
    "unit", "name", "topic", "status", "posts", "originals", "reposts", "required", "waiting", "first_post", "due", "looked_until",
)  # fmt: skip


def _json(matrix: CoverageMatrix, unit: str | None) -> dict[str, object]:
    return {
        "plan": matrix.plan.number or matrix.plan.title,
        "as_of": iso(matrix.as_of),
        "week": str(matrix.week) if matrix.week else None,
        "units": [
            {
                "unit": u.unit.code,
                "name": u.unit.name,
                "group": u.unit.group,
                "looked_until": iso(u.looked_until),
                "cells": [
                    {
                        "topic": c.topic,
                        "status": c.status.value,
                        "posts": c.posts,
                        "originals": c.originals,
                        "reposts": c.reposts,
                        "late": len(c.late),
                        "toward": c.toward,
                        "required": c.required,
                        "first_post": iso(c.first_post),
                        "due": c.due.isoformat() if c.due else None,
                        "in_week": c.in_week,
                        "waiting": len(c.waiting),
                        "best_status": c.best_status.value,
                        "gaps": [{"from": iso(g.start), "until": iso(g.end)} for g in c.gaps],
                    }
                    for c in u.cells
                ],
            }
            for u in matrix.units
            if unit is None or u.unit.code == unit
        ],
    }
