"""The sample plan as a Word document such as a People's Committee sends: letterhead, numbering, signature, appendices."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import _Cell

from examples.sample_organisation.articles import CONTENT, fill
from examples.sample_organisation.numbering import (
    BULLET_NUMBER,
    ITEM,
    LETTER,
    SECTION,
    SUB_ITEM,
    SUB_SUB_ITEM,
    add_numbering,
    number_paragraph,
)
from examples.sample_organisation.posts import anniversary_words
from examples.sample_organisation.registry import ListedChannel, Membership
from examples.sample_organisation.timeline import Timeline, official_day

NUMBER = "57/KH-UBND"
_SUBJECT = "Tuyên truyền các nhiệm vụ trọng tâm và kỷ niệm 30 năm Ngày thành lập tỉnh Nam Lĩnh"
_CLOSING = (
    "Trên đây là Kế hoạch tuyên truyền các nhiệm vụ trọng tâm và kỷ niệm 30 năm Ngày thành lập tỉnh Nam Lĩnh; trong quá trình "
    "thực hiện, nếu có khó khăn, vướng mắc, các cơ quan, đơn vị phản ánh về Sở Văn hóa, Thể thao và Du lịch để tổng hợp, báo cáo "
    "Ủy ban nhân dân tỉnh xem xét"
)
_LEVELS = {"#": SECTION, "##": ITEM, "###": SUB_ITEM, "####": SUB_SUB_ITEM, "****": LETTER}
LEAF_TOPICS = (
    "1.1", "1.2", "1.3", "1.4", "2.1.a", "2.1.b", "2.1.c", "2.2", "2.3.1", "2.3.2", "2.4", "2.5", "2.6", "3.1", "3.2", "3.3", "3.4",
)  # fmt: skip
"""The topics that no other topic elaborates, by the ids that the printed plan gives them."""
_RECIPIENTS = (
    "Thường trực Tỉnh ủy;",
    "Thường trực HĐND tỉnh;",
    "Chủ tịch, các PCT UBND tỉnh;",
    "Các sở, ban, ngành;",
    "UBND các xã, phường;",
    "Báo và Đài Phát thanh, Truyền hình Nam Lĩnh;",
    "Lưu: VT, VX.",
)
_MINIMUM = {
    "s": "1 1 1 1 1 - 1 1 - 1 1 1 1 1 1 1 1",
    "x": "1 1 1 1 1 1 1 1 1 1 1 1 1 - 1 1 1",
    "b": "2 2 2 2 2 1 2 2 2 2 2 2 2 1 2 1 2",
    "h": "1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
}
"""Letter of the group → least number of posts on each leaf topic, in their order."""


def write_plan(path: Path, timeline: Timeline, membership: Membership, channels: Sequence[ListedChannel]) -> None:
    document = Document()
    _page_layout(document)
    add_numbering(document)
    _letterhead(document, timeline)
    _title(document)
    words = _words(timeline)
    for line in _opening(words):
        _paragraph(document, line)
    _body(document, words)
    _paragraph(document, f"{_CLOSING}./.")
    _ending(document)
    _unit_appendix(document, membership, channels, words)
    _quota_appendix(document, membership, words)
    document.core_properties.title = f"Kế hoạch {_SUBJECT.lower()}"
    document.save(str(path))


def _words(timeline: Timeline) -> dict[str, str]:
    """The slots of `content/plan.txt`: days of the phases, of the cited documents, of the deadlines."""
    phases = {
        f"p{n}_{side}": official_day(day)
        for n, phase in enumerate(timeline.phases, 1)
        for side, day in zip(("start", "end"), phase, strict=True)
    }
    cited = {f"cite_{n}": official_day(_before(timeline.issued_on, 17 * n + 9)) for n in range(1, 10)}
    (_, first_end), (_, second_end), _ = timeline.phases
    due = (_before(first_end, 20), _before(timeline.issued_on, -14), _before(first_end, -7), _before(second_end, 3))
    return {
        **anniversary_words(timeline),
        **phases,
        **cited,
        **{f"due_{n}": official_day(day) for n, day in enumerate(due, 1)},
        "cite_year": str(timeline.issued_on.year - 1),
        "nam_nay": str(timeline.congress_day.year),
        "nam_5": str(timeline.congress_day.year + 5),
        "final_report": official_day(timeline.final_report),
        "issued": official_day(timeline.issued_on),
    }


def _before(day: date, days: int) -> date:
    return day - timedelta(days=days)


def _opening(words: dict[str, str]) -> Iterator[str]:
    yield (
        f"Thực hiện Kế hoạch số 214-KH/TU ngày {words['cite_1']} của Ban Thường vụ Tỉnh ủy về công tác tuyên truyền kỷ niệm 30 năm "
        "Ngày thành lập tỉnh Nam Lĩnh;"
    )
    yield (
        "Theo đề nghị của Sở Văn hóa, Thể thao và Du lịch, Ủy ban nhân dân tỉnh ban hành Kế hoạch tuyên truyền các nhiệm vụ trọng "
        "tâm và kỷ niệm 30 năm Ngày thành lập tỉnh Nam Lĩnh, như sau:"
    )


def _body(document: DocxDocument, words: dict[str, str]) -> None:
    for line in (CONTENT / "plan.txt").read_text(encoding="utf-8").splitlines():
        mark, _, text = line.partition(" ")
        filled = fill(text, words, Random(0))  # noqa: S311 - the plan has no random slots
        if mark == "-":
            paragraph = _paragraph(document, filled)
            number_paragraph(paragraph, 0, BULLET_NUMBER)
            continue
        level = _LEVELS[mark]
        paragraph = _paragraph(document, filled.upper() if level == SECTION else filled)
        for run in paragraph.runs:
            run.bold = level in (SECTION, ITEM, SUB_ITEM)
        number_paragraph(paragraph, level)


def _page_layout(document: DocxDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin = section.bottom_margin = Cm(2)
    section.left_margin, section.right_margin = Cm(3), Cm(1.5)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(14)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "Times New Roman")


def _paragraph(document: DocxDocument, text: str):  # type: ignore[no-untyped-def]
    paragraph = document.add_paragraph(text)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.space_after = Pt(6)
    paragraph.paragraph_format.first_line_indent = Cm(1)
    return paragraph


def _write(cell: _Cell, *lines: tuple[str, str]) -> None:
    """Centred lines in a cell; the style is made of the letters b (bold) and i (italic)."""
    for place, (text, style) in enumerate(lines):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(text)
        run.bold, run.italic = "b" in style, "i" in style


def _letterhead(document: DocxDocument, timeline: Timeline) -> None:
    table = document.add_table(rows=2, cols=2)
    _write(table.cell(0, 0), ("ỦY BAN NHÂN DÂN", "b"), ("TỈNH NAM LĨNH", "b"))
    _write(table.cell(0, 1), ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "b"), ("Độc lập - Tự do - Hạnh phúc", "b"))
    issued = timeline.issued_on
    month = f"{issued.month:02}" if issued.month < 3 else str(issued.month)
    _write(table.cell(1, 0), (f"Số: {NUMBER}", ""))
    _write(table.cell(1, 1), (f"Nam Lĩnh, ngày {issued.day:02} tháng {month} năm {issued.year}", "i"))


def _title(document: DocxDocument) -> None:
    document.add_paragraph()
    for text in ("KẾ HOẠCH", _SUBJECT):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(text).bold = True
    document.add_paragraph()


def _ending(document: DocxDocument) -> None:
    table = document.add_table(rows=1, cols=2)
    left, right = table.rows[0].cells
    left.paragraphs[0].add_run("Nơi nhận:").bold = True
    for recipient in _RECIPIENTS:
        left.add_paragraph(f"- {recipient}").runs[0].font.size = Pt(11)
    _write(right, ("TM. ỦY BAN NHÂN DÂN", "b"), ("KT. CHỦ TỊCH", "b"), ("PHÓ CHỦ TỊCH", "b"), ("", ""), ("Nguyễn Văn Mẫu", "b"))


def _appendix_head(document: DocxDocument, label: str, title: str, words: dict[str, str]) -> None:
    for text, style in (
        (label, "b"),
        (title, "b"),
        (f"(Kèm theo Kế hoạch số {NUMBER} ngày {words['issued']} của Ủy ban nhân dân tỉnh Nam Lĩnh)", "i"),
    ):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(text)
        run.bold, run.italic = style == "b", style == "i"


def _unit_appendix(
    document: DocxDocument, membership: Membership, channels: Sequence[ListedChannel], words: dict[str, str]
) -> None:
    document.add_section(WD_SECTION.NEW_PAGE)
    _appendix_head(document, "Phụ lục I", "DANH SÁCH ĐƠN VỊ VÀ KÊNH THÔNG TIN CHÍNH THỨC", words)
    table = document.add_table(rows=1, cols=3, style="Table Grid")
    for cell, heading in zip(table.rows[0].cells, ("TT", "Đơn vị", "Trang thông tin điện tử, trang mạng xã hội"), strict=True):
        cell.paragraphs[0].add_run(heading).bold = True
    number = 0
    for letter, group in membership.groups.items():
        row = table.add_row().cells
        row[0].merge(row[2]).paragraphs[0].add_run(group).bold = True
        for member in (m for m in membership.members if m.group == letter):
            number += 1
            addresses = [c.url for c in channels if c.member is member]
            for cell, text in zip(table.add_row().cells, (str(number), member.name, "\n".join(addresses)), strict=True):
                cell.paragraphs[0].add_run(text)


def _quota_appendix(document: DocxDocument, membership: Membership, words: dict[str, str]) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    _appendix_head(document, "Phụ lục II", "SỐ TIN, BÀI TỐI THIỂU CỦA MỖI ĐƠN VỊ THEO NHÓM VÀ NỘI DUNG", words)
    headings = ("Nhóm đơn vị", *(f"Mục {t}" for t in LEAF_TOPICS), "Tổng")
    table = document.add_table(rows=1, cols=len(headings), style="Table Grid")
    rows = [headings]
    for letter, group in membership.groups.items():
        minimum = _MINIMUM[letter].split()
        rows.append((group, *minimum, str(sum(int(m) for m in minimum if m != "-"))))
    for place, texts in enumerate(rows):
        cells = table.rows[0].cells if place == 0 else table.add_row().cells
        for cell, text in zip(cells, texts, strict=True):
            run = cell.paragraphs[0].add_run(text)
            run.font.size, run.bold = Pt(9), place == 0
    _paragraph(document, "Ghi chú: dấu “-” là không giao chỉ tiêu; tin, bài đăng lại của đơn vị khác không tính vào chỉ tiêu.")
