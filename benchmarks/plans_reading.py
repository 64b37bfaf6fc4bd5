"""How long reading a plan takes, by format and length; the aim is 20 pages in under two seconds without OCR.

usage: python benchmarks/plans_reading.py [FILE ...]     (without files: a Word plan of some 20 pages that is made here)
"""

import sys
import time
from io import BytesIO
from pathlib import Path

import docx

from plans.reading import read_plan

SENTENCE = "Tuyên truyền, vận động cán bộ, đảng viên và Nhân dân thực hiện tốt các chủ trương của Đảng, pháp luật của Nhà nước; "


def long_plan() -> bytes:
    document = docx.Document()
    for text in (
        "KẾ HOẠCH",
        "Tuyên truyền năm 2026",
        "Thực hiện Kế hoạch số 1-KH/TU, Đảng ủy xây dựng kế hoạch như sau:",
        "I. NỘI DUNG",
    ):
        document.add_paragraph(text)
    for number in range(1, 120):
        document.add_paragraph(f"{number}. Nội dung thứ {number}")
        document.add_paragraph(f"- {SENTENCE * 3}báo cáo về Đảng ủy trước ngày 25 hằng tháng.")
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def main(paths: list[str]) -> None:
    plans = {path: Path(path).read_bytes() for path in paths} or {"a long Word plan": long_plan()}
    for name, content in plans.items():
        begun = time.perf_counter()
        draft = read_plan(content, name)
        seconds = time.perf_counter() - begun
        sys.stdout.write(
            f"{seconds:6.2f} s  {draft.format:5} {len(draft.lines):5} lines {len(draft.plan.topics):4} topics  {name}\n"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
