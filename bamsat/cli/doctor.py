"""`bamsat doctor`: what is set up, what is stale, what is wrong."""

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import click

from bamsat.application import now
from bamsat.cli.output import json_option, print_json, print_table, shown
from bamsat.log_setup import hide_secrets
from bamsat.queries.channels import channel_status
from bamsat.queries.plans import plans_in_force
from bamsat.settings import FILE, Settings
from domain.access import SYSTEM
from domain.crawl_run import RunOutcome
from domain.errors import BamsatError
from store import Store, migrate, open_store

STALE = timedelta(days=2)
PROGRAMS = {
    "soffice": "LibreOffice: đọc kế hoạch .doc, .odt (gói libreoffice-writer)",
    "tesseract": "Tesseract: đọc kế hoạch quét ảnh (gói tesseract-ocr, tesseract-ocr-vie)",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """`state` is ok, note (nothing is wrong, something could be had) or wrong (the main job suffers)."""

    state: str
    what: str
    detail: str


@click.command()
@json_option
@click.pass_obj
def doctor(settings: Settings, as_json: bool) -> int:
    """Say what is set up and what is missing. Exit code 1 when something is wrong."""
    findings = list(examine(settings, now(), shutil.which))
    if as_json:
        print_json([{"state": f.state, "what": f.what, "detail": f.detail} for f in findings])
    else:
        marks = {"ok": "✓", "note": "·", "wrong": "✗"}
        print_table(("", "Mục", "Tình trạng"), [(marks[f.state], f.what, f.detail) for f in findings])
    return int(any(f.state == "wrong" for f in findings))


def examine(settings: Settings, at: datetime, find_program: Callable[[str], str | None]) -> Iterator[Finding]:
    """Looks at the machine, the settings and the store, and changes nothing."""
    yield Finding("ok", "Python", sys.version.split()[0])
    yield Finding(
        "ok" if FILE.exists() else "note",
        "Thiết lập",
        str(FILE.resolve()) if FILE.exists() else "chưa có bamsat.toml: dùng mặc định",
    )
    if not settings.contact:
        yield Finding("note", "Liên hệ", "chưa đặt “contact”: chủ trang web không biết hỏi ai về việc thu thập")
    if settings.allow_private_addresses:
        yield Finding("note", "Phạm vi", "đang cho phép địa chỉ nội bộ (chỉ dùng cho bản mẫu và kiểm thử)")
    for program, purpose in PROGRAMS.items():
        yield Finding(
            "ok" if find_program(program) else "note", program, purpose if find_program(program) else f"chưa cài — {purpose}"
        )
    yield Finding("ok", "Cơ sở dữ liệu", hide_secrets(settings.database_url, settings.secrets()))
    try:
        store = open_store(settings.database_url)
    except BamsatError as fault:
        yield Finding("wrong", "Lược đồ", fault.message.in_language(settings.language))
        return
    yield Finding("ok", "Lược đồ", migrate.current(settings.database_url) or "—")
    try:
        yield from _store_findings(store, at)
    finally:
        store.close()
    yield from _disk(settings)


def _store_findings(store: Store, at: datetime) -> Iterator[Finding]:
    plans = plans_in_force(SYSTEM, store, at)
    for version in plans:
        yield Finding(
            "ok",
            "Kế hoạch",
            f"{version.plan.number or version.plan_id}, phiên bản {version.version}, {len(version.plan.topics)} chủ đề",
        )
    if not plans:
        yield Finding("wrong", "Kế hoạch", "chưa có kế hoạch nào có hiệu lực: bamsat plan import TỆP, rồi bamsat plan confirm")
    status = channel_status(SYSTEM, store, at)
    units = {s.unit.code for s in status}
    if not status:
        yield Finding("wrong", "Kênh", "chưa có đơn vị hoặc kênh nào: bamsat units load TỆP")
        return
    never = [s for s in status if s.outcome is RunOutcome.NEVER]
    stale = [s for s in status if s.last_look and at - s.last_look > STALE]
    failing = [s for s in status if s.outcome is not RunOutcome.NEVER and not s.outcome.succeeded]
    yield Finding("ok", "Kênh", f"{len(status)} kênh của {len(units)} đơn vị")
    if never:
        yield Finding("note", "Chưa xem lần nào", f"{len(never)} kênh: bamsat crawl")
    if stale:
        yield Finding("note", "Đã lâu chưa xem", f"{len(stale)} kênh quá {STALE.days} ngày: bamsat crawl")
    for s in failing:
        reason = s.reason.vi if s.reason else s.outcome.value
        yield Finding("note", f"Kênh {s.unit.code}", f"{s.channel.url}: {reason}; lần đọc được gần nhất {shown(s.last_success)}")
    with store.reading() as tx:
        accounts = tx.users.list()
        posts = tx.posts.count()
    yield Finding(
        "ok" if accounts else "note", "Tài khoản", f"{len(accounts)}" if accounts else "chưa có: bamsat users add TÊN --role staff"
    )
    yield Finding("ok", "Bài đăng", str(posts))


def _disk(settings: Settings) -> Iterator[Finding]:
    if settings.database_url.startswith("sqlite:///"):
        folder = Path(settings.database_url.removeprefix("sqlite:///")).resolve().parent
        free = shutil.disk_usage(folder).free
        yield Finding("ok" if free > 1_000_000_000 else "wrong", "Đĩa còn trống", f"{free / 1e9:.1f} GB")
