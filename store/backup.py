"""Copies of a SQLite database, made while it is in use and checked before they are trusted."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from domain.errors import InvalidInput, MissingProgram, StoreUnavailable
from store.checks import check
from store.engine import BUSY_SECONDS, database_url, file_of, require_file
from store.migrate import Standing


def backup(url: str, path: Path) -> None:
    """Copies the database to `path`, a complete database of its own, while others read and write it.

    A file that is there is replaced only when the new copy is complete and sound. Raises StoreUnavailable; MissingProgram
    for PostgreSQL, which has its own tool.
    """
    source = _file(url, "pg_dump --format=custom --file=TỆP", "pg_dump --format=custom --file=FILE")
    require_file(database_url(url))
    if path.exists() and path.samefile(source):
        raise InvalidInput("Bản sao lưu không được trùng với chính cơ sở dữ liệu.", "the backup cannot be the database itself")
    new = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new.unlink(missing_ok=True)
        _copy(source, new)
        _require_sound(new, path)
        with new.open("rb") as file:
            os.fsync(file.fileno())
        new.replace(path)
    except (OSError, sqlite3.Error) as fault:
        raise StoreUnavailable(
            f"Không ghi được bản sao lưu {path}: {fault}.", f"cannot write the backup {path}: {fault}"
        ) from fault
    finally:
        new.unlink(missing_ok=True)


def restore(url: str, path: Path) -> None:
    """Puts the backup `path` in the place of the database, in one step: whoever has it open sees all of it or nothing.

    Raises InvalidInput when the file is not a sound database of this version or an earlier one; nothing has changed then.
    """
    target = _file(url, "pg_restore --clean --if-exists --dbname=TÊN TỆP", "pg_restore --clean --if-exists --dbname=NAME FILE")
    if not path.is_file():
        raise InvalidInput(f"Không có tệp sao lưu {path}.", f"there is no backup file {path}")
    # The backup may lie on a medium that cannot be written, where SQLite cannot open it: what is checked and used is a copy.
    checked = target.with_name(target.name + ".restoring")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, checked)
        _require_sound(checked, path)
        _copy(checked, target)
    except (OSError, sqlite3.Error) as fault:
        raise StoreUnavailable(
            f"Không phục hồi được vào {target}: {fault}. Dữ liệu cũ vẫn còn nguyên.",
            f"cannot restore into {target}: {fault}; what was there is unchanged",
        ) from fault
    finally:
        checked.unlink(missing_ok=True)


def _file(url: str, command_vi: str, command_en: str) -> Path:
    path = file_of(database_url(url))
    if path is None:
        raise MissingProgram(
            f"PostgreSQL được sao lưu và phục hồi bằng công cụ riêng của nó. Hãy chạy: {command_vi}",
            f"PostgreSQL is backed up and restored with its own tool: {command_en}",
        )
    return path


def _copy(source: Path, target: Path) -> None:
    with (
        closing(sqlite3.connect(source, timeout=BUSY_SECONDS)) as reader,
        closing(sqlite3.connect(target, timeout=BUSY_SECONDS)) as writer,
    ):
        reader.backup(writer)


def _require_sound(copy: Path, shown: Path) -> None:
    """Raises InvalidInput. A copy with an earlier schema is sound: it needs `bamsat db upgrade` afterwards."""
    wrong = [p for p in check(f"sqlite:///{copy}") if p.code != Standing.BEHIND]
    if wrong:
        raise InvalidInput(
            f"{shown} không phải là bản sao lưu dùng được: {wrong[0].message.vi}",
            f"{shown} is not a backup that can be used: {wrong[0].message.en}",
            wrong,
        )
