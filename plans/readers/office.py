"""Older and other word processor files (.doc, .odt, .rtf): LibreOffice turns them into .docx, without a window."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from domain.errors import MissingProgram, UnreadableDocument
from plans.document import Document
from plans.readers.archive import open_archive, parse_xml, read_part
from plans.readers.docx import read_docx
from plans.readers.limits import OFFICE_SECONDS

_PROGRAMS = ("soffice", "libreoffice")
_NOWHERE = "http://127.0.0.1:9"
"""A proxy that answers nothing: what a document links to is never fetched."""


def reader_of(suffix: str) -> Callable[[bytes], Document]:
    """A reader for files that LibreOffice knows by `suffix`.

    It raises MissingProgram without LibreOffice, UnreadableDocument when LibreOffice cannot read the file in time.
    """

    def read(content: bytes) -> Document:
        if suffix == ".odt":
            _check_odt(content)
        return read_docx(to_docx(content, suffix))

    return read


def _check_odt(content: bytes) -> None:
    """Looks into the archive before a large program does: sizes, entities, depth."""
    with open_archive(content) as archive:
        for name in ("content.xml", "styles.xml", "meta.xml", "settings.xml"):
            if part := read_part(archive, name):
                parse_xml(part)


def to_docx(content: bytes, suffix: str) -> bytes:
    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise MissingProgram(
            f"Cần LibreOffice để đọc tệp {suffix}. Cài bằng: apt install libreoffice-writer, hoặc lưu lại thành .docx rồi thử lại.",
            f"reading {suffix} needs LibreOffice: apt install libreoffice-writer, or save the file as .docx",
        )
    with tempfile.TemporaryDirectory(prefix="bamsat-office-") as folder:
        source = Path(folder) / f"plan{suffix}"
        source.write_bytes(content)
        command = [
            program,
            "--headless",
            "--norestore",
            f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            str(Path(folder) / "out"),
            str(source),
        ]
        surroundings = {"HOME": folder, "PATH": os.defpath, "LANG": "C.UTF-8", "http_proxy": _NOWHERE, "https_proxy": _NOWHERE}
        _run(command, surroundings, suffix)
        made = Path(folder) / "out" / "plan.docx"
        if not made.is_file():
            raise _failed(suffix)
        return made.read_bytes()


def _run(command: list[str], surroundings: dict[str, str], suffix: str) -> None:
    """LibreOffice starts a second process; when time is up both end."""
    process = subprocess.Popen(
        command,
        env=surroundings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(OFFICE_SECONDS)
    except subprocess.TimeoutExpired as fault:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise _failed(suffix) from fault


def _failed(suffix: str) -> UnreadableDocument:
    return UnreadableDocument(
        f"LibreOffice không đọc được tệp {suffix} này. Hãy mở bằng Word, lưu lại thành .docx rồi thử lại.",
        f"LibreOffice could not read this {suffix} file; save it as .docx and retry",
    )
