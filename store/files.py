"""Files that people hand in as evidence: the bytes, kept once and packed, and which posts they show."""

import hashlib
import zlib
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from domain.errors import NotFound, StoreUnavailable
from domain.evidence import EvidenceFile, PostEvidence
from domain.post import PostId
from store.statements import insert_missing, require_known
from store.tables import evidence_files, post_evidence, posts
from store.types import storable


class FileRepository:
    """Files and what they show are only ever added."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, name: str, content: bytes, at: datetime) -> EvidenceFile:
        """Stores a file, once for the same bytes whatever their names."""
        digest = hashlib.sha256(content).hexdigest()
        known = select(evidence_files.c.digest).where(evidence_files.c.digest == digest)
        if self._connection.execute(known).first() is None:
            row = {"digest": digest, "size": len(content), "packed": zlib.compress(content), "stored_at": at}
            self._connection.execute(insert_missing(self._connection, evidence_files), row)
        return EvidenceFile(storable(name), len(content), digest)

    def content(self, digest: str) -> bytes:
        """The bytes of a kept file. Raises NotFound, or StoreUnavailable when they are not what was handed in."""
        row = self._connection.execute(select(evidence_files).where(evidence_files.c.digest == digest)).one_or_none()
        if row is None:
            raise NotFound("Không có tệp minh chứng này trong kho dữ liệu.", f"there is no evidence file {digest!r} in the store")
        try:
            unpacked = zlib.decompress(row.packed, bufsize=row.size or 1)
        except zlib.error:
            unpacked = b""
        if hashlib.sha256(unpacked).hexdigest() != digest:
            raise StoreUnavailable(
                "Tệp minh chứng trong kho dữ liệu bị hỏng. Hãy chạy `bamsat db check` và phục hồi từ bản sao lưu.",
                f"the evidence file {digest!r} is damaged; run `bamsat db check` and restore a backup",
            )
        return unpacked

    def show_post(self, evidence: PostEvidence) -> bool:
        """Adds a kept file to what shows a post; False when that file shows it already. Raises NotFound for an unknown post or
        a file that is not kept."""
        require_known(self._connection, posts.c.id, {evidence.post}, "bài", "post")
        require_known(self._connection, evidence_files.c.digest, {evidence.file.digest}, "tệp minh chứng", "evidence file")
        row = {
            "post": evidence.post,
            "file": evidence.file.digest,
            "file_name": storable(evidence.file.name),
            "added_by": evidence.by,
            "added_at": evidence.at,
        }
        insert = insert_missing(self._connection, post_evidence).returning(post_evidence.c.post)
        return self._connection.execute(insert, row).first() is not None

    def of_post(self, post: PostId) -> list[PostEvidence]:
        """In the order in which they were handed in."""
        query = (
            select(post_evidence, evidence_files.c.size)
            .join(evidence_files, evidence_files.c.digest == post_evidence.c.file)
            .where(post_evidence.c.post == post)
            .order_by(post_evidence.c.added_at, post_evidence.c.file)
        )
        return [_evidence(row) for row in self._connection.execute(query)]


def _evidence(row: Row[Any]) -> PostEvidence:
    return PostEvidence(PostId(row.post), EvidenceFile(row.file_name, row.size, row.file), row.added_by, row.added_at)
