"""Files that a person hands in to show that something is so."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from domain.errors import InvalidInput
from domain.evidence import EvidenceFile
from domain.text import one_line
from store import Transaction

MAX_EVIDENCE_MB = 20
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as a person handed it in."""

    name: str
    content: bytes


def keep_upload(tx: Transaction, upload: Upload, at: datetime) -> EvidenceFile:
    """Stores the file. Raises InvalidInput when it is empty or larger than 20 MB."""
    if not upload.content:
        raise InvalidInput(f"Tệp “{upload.name}” rỗng. Hãy chọn tệp khác.", f"the file {upload.name!r} is empty")
    if len(upload.content) > MAX_EVIDENCE_MB * 1_000_000:
        raise InvalidInput(
            f"Tệp “{upload.name}” lớn hơn {MAX_EVIDENCE_MB} MB. Hãy chọn tệp nhỏ hơn hoặc dẫn liên kết tới nó.",
            f"the file {upload.name!r} is larger than {MAX_EVIDENCE_MB} MB; hand in a smaller one, or a link to it",
        )
    return tx.files.keep(_file_name(upload.name), upload.content, at)


def _file_name(name: str) -> str:
    """The last part of a path, printable and not too long; its ending stays."""
    last = "".join(c for c in one_line(name.replace("\\", "/").rsplit("/", 1)[-1]) if c.isprintable()).strip(" .")
    path = PurePosixPath(last or "minh-chung")
    return path.stem[:_LONGEST_NAME] + path.suffix[:10]
