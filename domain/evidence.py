"""Files that show that something is so: that a duty was done, that a post went out."""

from dataclasses import dataclass
from datetime import datetime

from domain.post import PostId


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A kept file: its name as handed in, its size in bytes, its SHA-256 in hexadecimal."""

    name: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class PostEvidence:
    """A file that shows that a post went out, with who handed it in and when."""

    post: PostId
    file: EvidenceFile
    by: str
    at: datetime
