"""Plan texts and documents for the tests of this package, made by real programs."""

import subprocess
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.text.paragraph import Paragraph as WordParagraph

SAMPLES = Path(__file__).parent / "samples"
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def a_sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


def a_plan_text(
    content: Iterable[str] = (), duties: Iterable[str] = (), opening: str = "", title: str = "Tuyên truyền năm 2026"
) -> str:
    """A small plan: its sections of content and of duties hold the given paragraphs."""
    return "\n\n".join(
        (
            "KẾ HOẠCH",
            title,
            opening
            or "Thực hiện Kế hoạch số 28-KH/TU, ngày 19/5/2025 của Ban Thường vụ Tỉnh ủy, UBND xã ban hành Kế hoạch như sau:",
            "I. MỤC ĐÍCH, YÊU CẦU",
            "1. Nâng cao nhận thức của người dân.",
            "II. NỘI DUNG TUYÊN TRUYỀN",
            *content,
            "III. TỔ CHỨC THỰC HIỆN",
            *duties,
        )
    )


class Numbered:
    """A Word document whose list numbers are automatic: levels `I.`, `1.`, `a)`, `-` unless told otherwise."""

    def __init__(self, *levels: tuple[str, str]) -> None:
        self.document: WordDocument = docx.Document()
        chosen = levels or (("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"), ("bullet", "-"))
        self.lists = 0
        self.abstract(90, chosen)
        self.list(90, 90)

    def abstract(self, number: int, levels: Iterable[tuple[str, str]], extra: str = "") -> None:
        inner = "".join(
            f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{extra}<w:lvlText w:val="{text}"/></w:lvl>'
            for i, (form, text) in enumerate(levels)
        )
        self.document.part.numbering_part.element.insert(
            0, parse_xml(f'<w:abstractNum {WORD} w:abstractNumId="{number}">{inner}</w:abstractNum>')
        )

    def list(self, number: int, abstract: int, overrides: str = "") -> None:
        self.document.part.numbering_part.element.append(
            parse_xml(f'<w:num {WORD} w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{overrides}</w:num>')
        )

    def add(self, text: str, level: int | None = None, number: int = 90) -> WordParagraph:
        paragraph = self.document.add_paragraph(text)
        if level is not None:
            paragraph._p.get_or_add_pPr().append(
                parse_xml(f'<w:numPr {WORD}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
            )
        return paragraph

    def bytes(self) -> bytes:
        return word_bytes(self.document)


def word_bytes(document: WordDocument) -> bytes:
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def a_word_plan() -> bytes:
    """A whole plan as an office writes it: letterhead and ending in tables, automatic numbers, a table of tasks."""
    made = Numbered()
    document = made.document
    head = document.add_table(2, 2)
    head.cell(0, 0).text = "ỦY BAN NHÂN DÂN\nXÃ SƠN HẠ"
    head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    head.cell(1, 0).text = "Số: 15/KH-UBND"
    head.cell(1, 1).text = "Sơn Hạ, ngày 05 tháng 01 năm 2026"
    made.add("KẾ HOẠCH")
    made.add("Tuyên truyền cải cách hành chính năm 2026")
    made.add(
        "Căn cứ Kế hoạch số 10/KH-UBND ngày 02/01/2026 của Ủy ban nhân dân tỉnh về cải cách hành chính nhà nước trên địa bàn tỉnh, "
        "Ủy ban nhân dân xã Sơn Hạ ban hành Kế hoạch tuyên truyền cải cách hành chính như sau:"
    )
    made.add("MỤC ĐÍCH, YÊU CẦU", 0)
    made.add("Giúp người dân hiểu và dùng dịch vụ công trực tuyến.", 1)
    made.add("NỘI DUNG TUYÊN TRUYỀN", 0)
    made.add("Dịch vụ công trực tuyến", 1)
    made.add("Cách nộp hồ sơ trên mạng; cách tra cứu kết quả giải quyết và đánh giá mức độ hài lòng của người dân, doanh nghiệp", 2)
    made.add("Cách trả phí, lệ phí không dùng tiền mặt", 2)
    made.add("Chữ ký số cá nhân", 1)
    made.add("TỔ CHỨC THỰC HIỆN", 0)
    made.add("Văn phòng HĐND và UBND xã", 1)
    made.add("Đăng ít nhất 02 tin, bài mỗi tháng trên Trang thông tin điện tử xã Sơn Hạ.", 3)
    made.add("Báo cáo kết quả về Sở Nội vụ trước ngày 15/12/2026.", 3)
    table = document.add_table(3, 4, style="Table Grid")
    for row, cells in enumerate(
        (
            ("STT", "Nhiệm vụ", "Đơn vị chủ trì", "Thời gian hoàn thành"),
            ("1", "Tổ chức 02 hội nghị tập huấn", "Phòng Văn hóa - Xã hội", "Quý II/2026"),
            ("2", "Phát hành tờ gấp hướng dẫn", "Trung tâm Phục vụ hành chính công xã", "Trước ngày 30/6/2026"),
        )
    ):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    made.add("")
    end = document.add_table(1, 2)
    end.cell(0, 0).text = "Nơi nhận:\n- UBND tỉnh;\n- Các thôn;\n- Lưu: VT."
    end.cell(0, 1).text = "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\n\nTrần Văn Mẫu"
    made.add("")
    return made.bytes()


def converted(content: bytes, form: str, folder: Path) -> bytes:
    """A Word document as another program's file: LibreOffice writes PDF, ODT, DOC and RTF."""
    source = folder / "plan.docx"
    source.write_bytes(content)
    subprocess.run(
        [
            "soffice",
            "--headless",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--convert-to",
            form,
            "--outdir",
            str(folder),
            str(source),
        ],
        check=True,
        capture_output=True,
    )
    return (folder / "plan").with_suffix("." + form.split(":")[0]).read_bytes()
