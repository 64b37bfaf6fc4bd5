"""Renders plans of this folder as Word, OpenDocument and PDF files. Run by hand: python tests/plans/corpus/render.py

Sections, items, letters and bullets become automatic numbers and real bullets, so that their markers are no text of the paragraph;
rows in pipes or tabs become real tables with merged group rows and a heading row that Word repeats; letterhead and signature become
tables without lines, as offices make them. Only plans without page ends in their text are rendered.
"""

import datetime as dt
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

HERE = Path(__file__).parent
RIGHT_HALF = re.compile(r"^(CỘNG HÒA|Độc lập|ĐẢNG CỘNG SẢN|ĐOÀN TNCS|[^,]+, ngày .* năm \d{4}$)")
RULE = re.compile(r"^-{3,}$")
ROMAN = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]
EMPHASIS = re.compile(r"(\*{1,3})(.+?)\1")


@dataclass(frozen=True)
class Level:
    """A level of the automatic numbering: its Word format, the text around the number, and the marker as typed."""

    format: str
    text: str
    typed: str


@dataclass(frozen=True)
class Look:
    """How a plan is rendered: its levels, the sign of its bullets, and the files to make."""

    levels: tuple[Level, ...]
    bullets: str
    files: tuple[str, ...]
    numbered_tables: bool = False


ROMAN_POINT = Level("upperRoman", "%1.", r"([IVX]+)\. ")
ROMAN_DASH = Level("upperRoman", "%1 -", r"([IVX]+) - ")
ITEM_POINT = Level("decimal", "%2.", r"(\d+)\. ")
ITEM_SLASH = Level("decimal", "%2/", r"(\d+)/ ")
SUB_ITEM_DASH = Level("decimal", "%2.%3 -", r"(\d+\.\d+) - ")
LETTER_BRACKET = Level("lowerLetter", "%3)", r"([a-zđ])\) ")
LETTER_POINT = Level("lowerLetter", "%3.", r"([a-zđ])\. ")
DECIMALS = tuple(
    Level("decimal", "".join(f"%{n}." for n in range(1, depth + 1)), rf"(\d+(?:\.\d+){{{depth - 1}}})\. ") for depth in (1, 2, 3)
)
LOOKS = {
    "01_chuyen_doi_so": Look((ROMAN_POINT, ITEM_POINT, LETTER_BRACKET), "-", ("docx",), numbered_tables=True),
    "03_bau_cu": Look(DECIMALS, "-", ("docx", "pdf")),
    "05_tinh_doan": Look((ROMAN_POINT, ITEM_SLASH, LETTER_BRACKET), "-", ("docx",)),
    "06_bao_va_dai": Look((ROMAN_POINT, ITEM_POINT), "-", ("docx", "doc")),
    "09_ban_tuyen_giao_dan_van": Look((ROMAN_DASH, ITEM_POINT, SUB_ITEM_DASH), "-", ("pdf",)),
    "10_lien_doan_lao_dong": Look((ROMAN_POINT, ITEM_POINT, LETTER_POINT), "•", ("pdf", "odt")),
}


@dataclass
class Counter:
    """What Word would print: a number is left automatic only where it equals the typed one."""

    look: Look
    reached: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.reached = [0] * len(self.look.levels)

    def automatic(self, level: int, typed: str) -> bool:
        counts = [*self.reached[:level], self.reached[level] + 1]
        shown = self._shown(level, counts)
        if shown != typed:
            return False
        self.reached = [*counts, *[0] * (len(self.reached) - level - 1)]
        return True

    def _shown(self, level: int, counts: list[int]) -> str:
        kind = self.look.levels[level]
        if kind.format == "upperRoman":
            return ROMAN[counts[level]]
        if kind.format == "lowerLetter":
            return "abcdefghijklmnopqrstuvwxyz"[counts[level] - 1]
        used = [int(n) for n in re.findall(r"%(\d)", kind.text)]
        return ".".join(str(counts[n - 1]) for n in used)


def render(name: str, look: Look, folder: Path) -> Path:
    document = Document()
    page_set_up(document)
    list_number, bullet_number = add_numbering(document, look)
    lines = [line for line in (HERE / f"{name}.txt").read_text("utf-8").split("\n") if line.strip()]
    start = next(i for i, line in enumerate(lines) if line.strip("* ").upper().startswith("KẾ HOẠCH"))
    end = next(i for i, line in enumerate(lines) if line.strip("* ").startswith("Nơi nhận"))
    appendix = next((i for i, line in enumerate(lines) if line.upper().startswith("PHỤ LỤC")), len(lines))
    letterhead(document, lines[:start])
    body(document, lines[start:end], look, list_number, bullet_number)
    closing(document, lines[end:appendix])
    if appendix < len(lines):
        document.add_page_break()
        body(document, lines[appendix:], look, list_number, bullet_number)
    path = folder / f"{name}.docx"
    document.save(str(path))
    return path


def page_set_up(document: DocumentType) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = Cm(3), Cm(1.5), Cm(2), Cm(2)
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.core_properties.created = document.core_properties.modified = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    for style in ("Normal", "Heading 1", "Heading 2", "Heading 3"):
        document.styles[style].font.name = "Times New Roman"
        document.styles[style].font.size = Pt(13)
        document.styles[style].font.color.rgb = RGBColor(0, 0, 0)
        fonts = document.styles[style].element.rPr.rFonts
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = number.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)


def add_numbering(document: DocumentType, look: Look) -> tuple[int, int]:
    """Two definitions: the levels of the plan, and its bullets. Gives their numIds."""
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{level.format}"/><w:suff w:val="space"/>'
        f'<w:lvlText w:val="{level.text}"/><w:lvlJc w:val="left"/></w:lvl>'
        for i, level in enumerate(look.levels)
    )
    bullet = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:suff w:val="space"/>'
        f'<w:lvlText w:val="{look.bullets}"/><w:lvlJc w:val="left"/></w:lvl>'
    )
    table = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:suff w:val="nothing"/>'
        '<w:lvlText w:val="%1"/><w:lvlJc w:val="left"/></w:lvl>'
    )
    first = numbering.find(qn("w:num"))
    for offset, content in enumerate((levels, bullet, table)):
        abstract = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{90 + offset}">'
            f'<w:multiLevelType w:val="multilevel"/>{content}</w:abstractNum>'
        )
        first.addprevious(abstract)
        numbering.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="{190 + offset}"><w:abstractNumId w:val="{90 + offset}"/></w:num>')
        )
    return 190, 191


TABLE_NUMBER = 192


def number_automatically(paragraph: Paragraph, number: int, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'))


def write(paragraph: Paragraph, text: str, bold: bool = False, italic: bool = False) -> None:
    position = 0
    if not text.strip("*\\ "):
        add_run(paragraph, text.replace("\\", ""), bold, italic)
        return
    for found in EMPHASIS.finditer(text):
        add_run(paragraph, text[position : found.start()], bold, italic)
        stars = len(found[1])
        add_run(paragraph, found[2], bold or stars >= 2, italic or stars in (1, 3))
        position = found.end()
    add_run(paragraph, text[position:], bold, italic)


def add_run(paragraph: Paragraph, text: str, bold: bool, italic: bool) -> None:
    if text:
        run = paragraph.add_run(text)
        run.bold, run.italic = bold or None, italic or None


def letterhead(document: DocumentType, lines: list[str]) -> None:
    table = document.add_table(rows=1, cols=2)
    set_widths(table, [6.8, 9.7])
    for line in (line.strip() for line in lines):
        if not RULE.match(line):
            right = bool(RIGHT_HALF.match(line.strip("* ")))
            fill(table.cell(0, int(right)), line)


def closing(document: DocumentType, lines: list[str]) -> None:
    """Nơi nhận on the left, who signs on the right."""
    table = document.add_table(rows=1, cols=2)
    for line in (line.strip() for line in lines):
        listed = line.startswith("- ") or line.strip("* ").startswith("Nơi nhận")
        fill(table.cell(0, int(not listed)), line.replace("**", ""))


def fill(cell: _Cell, text: str) -> None:
    paragraph = cell.paragraphs[0] if not cell.text else cell.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if text.startswith("- ") else WD_ALIGN_PARAGRAPH.CENTER
    write(paragraph, text, bold=text.strip("* ").isupper())


def body(document: DocumentType, lines: list[str], look: Look, list_number: int, bullet_number: int) -> None:
    counter = Counter(look)
    in_title = True
    for group in grouped(lines):
        if isinstance(group, list):
            add_table(document, group, look)
            continue
        bare = group.strip()
        plain = bare.strip("*")
        level, marker = level_of(plain, look)
        if level is not None and marker and counter_allows(counter, level, plain, marker, lines):
            in_title = False
            heading = level == 0 or (level == 1 and not plain.endswith((".", ":")))
            style = f"Heading {level + 1}" if heading else "Normal"
            paragraph = document.add_paragraph(style=style)
            number_automatically(paragraph, list_number, level)
            write(paragraph, without(bare, marker), bold=heading)
        elif bare.startswith(f"{look.bullets} "):
            paragraph = document.add_paragraph()
            number_automatically(paragraph, bullet_number, 0)
            write(paragraph, bare[2:])
        elif RULE.match(bare):
            document.add_paragraph("_" * 8).alignment = WD_ALIGN_PARAGRAPH.CENTER
        else:
            basis = plain.startswith(("Căn cứ", "Thực hiện", "Theo đề nghị", "Trên đây"))
            in_title = in_title and not basis
            paragraph = document.add_paragraph()
            if in_title:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            write(paragraph, bare, bold=in_title, italic=plain.startswith("Căn cứ") and plain.endswith(";"))


def without(text: str, marker: str) -> str:
    stars, rest = re.match(r"(\**)(.*)", text, re.DOTALL).groups()  # type: ignore[union-attr]
    return str(stars) + str(rest).removeprefix(marker)


def level_of(text: str, look: Look) -> tuple[int | None, str]:
    for i, level in reversed(list(enumerate(look.levels))):
        if found := re.match(level.typed, text):
            return i, found[0]
    return None, ""


def counter_allows(counter: Counter, level: int, plain: str, marker: str, lines: list[str]) -> bool:
    """Word has no Vietnamese alphabet: a list that comes to đ) is typed, letter by letter, as people do."""
    typed = re.match(counter.look.levels[level].typed, plain)[1]  # type: ignore[index]
    if counter.look.levels[level].format == "lowerLetter":
        texts = [line.strip().strip("*") for line in lines]
        here = texts.index(plain)
        letters = []
        for line in texts[here:]:
            other, _ = level_of(line, counter.look)
            if other is not None and other < level:
                break
            if other == level:
                letters.append(line[0])
        if typed in "đeghik" or "đ" in letters:
            return False
    return counter.automatic(level, typed)


def grouped(lines: list[str]) -> Iterator[str | list[list[str]]]:
    """Lines one by one, and the rows of a table together."""
    rows: list[list[str]] = []
    for line in lines:
        row = cells(line)
        if row is None:
            if rows:
                yield rows
                rows = []
            yield line
        elif not all(re.fullmatch(r"-{3,}", cell) for cell in row):
            rows.append(row)
    if rows:
        yield rows


def cells(line: str) -> list[str] | None:
    if line.startswith("|"):
        return [cell.strip() for cell in line.strip().strip("|").split("|")]
    return [cell.strip() for cell in line.split("\t")] if "\t" in line else None


def add_table(document: DocumentType, rows: list[list[str]], look: Look) -> None:
    joined: list[list[str]] = [rows[0]]
    for row in rows[1:]:
        if row[0] == "" and not row[-1].isdigit():
            joined[-1] = [f"{above} {below}".strip() for above, below in zip(joined[-1], row, strict=True)]
        elif row != rows[0]:
            joined.append(row)
    table = document.add_table(rows=len(joined), cols=len(rows[0]))
    table.style = "Table Grid"
    set_widths(table, widths(joined))
    for i, row in enumerate(joined):
        for j, text in enumerate(row):
            if text:
                put(table.cell(i, j), text, i == 0, look.numbered_tables and j == 0 and i > 0)
        merge_group(table, i, row)
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))


def widths(rows: list[list[str]]) -> list[float]:
    """Centimetres, by the longest word and the longest text of each column that is not a group row."""
    full = [row for row in rows if sum(map(bool, row)) > 2]
    wanted = [max(2 + len(row[j]) ** 0.6 + max(map(len, row[j].split()), default=1) for row in full) for j in range(len(rows[0]))]
    wanted = [min(want, 24) for want in wanted]
    return [16.5 * want / sum(wanted) for want in wanted]


def set_widths(table: Table, centimetres: list[float]) -> None:
    table.autofit = False
    for column, width in zip(table.columns, centimetres, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)


def put(cell: _Cell, text: str, heading: bool, automatic: bool) -> None:
    paragraph = cell.paragraphs[0]
    if automatic:
        number_automatically(paragraph, TABLE_NUMBER, 0)
    else:
        write(paragraph, text, bold=heading)


def merge_group(table: Table, i: int, row: list[str]) -> None:
    """A row whose cells after the first or second are all empty is one merged cell there, as is the label of a sum."""
    last = len(row) - 1
    if row[0] and not any(row[1:]):
        table.cell(i, 0).merge(table.cell(i, last))
    elif row[1] and not any(row[2:]):
        table.cell(i, 1).merge(table.cell(i, last))
    elif row[0] and not row[1]:
        table.cell(i, 0).merge(table.cell(i, 1))


def convert(source: Path, suffix: str, folder: Path) -> Path:
    kind = {"pdf": "pdf:writer_pdf_Export", "doc": "doc:MS Word 97", "odt": "odt"}[suffix]
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation=file://{profile}",
                "--headless",
                "--convert-to",
                kind,
                "--outdir",
                str(folder),
                str(source),
            ],
            check=True,
            capture_output=True,
            timeout=180,
        )
    return folder / f"{source.stem}.{suffix}"


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for name, look in LOOKS.items():
            made = render(name, look, folder)
            for suffix in look.files:
                shutil.copy(made if suffix == "docx" else convert(made, suffix, folder), HERE)


if __name__ == "__main__":
    main()
