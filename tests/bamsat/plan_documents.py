"""A plan as an office writes it, and the other shapes in which it reaches a committee: printed to PDF, and scanned."""

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")


@dataclass(frozen=True)
class Written:
    """What stands in the document; `units` is the table of its appendix: name, website, page."""

    issuer: Sequence[str]
    number: str
    place_and_date: str
    subject: str
    body: Sequence[str]
    units: Sequence[tuple[str, str, str]] = ()


PROVINCE = Written(
    issuer=("ỦY BAN NHÂN DÂN", "TỈNH NAM PHONG"),
    number="21/KH-UBND",
    place_and_date="Nam Phong, ngày 12 tháng 10 năm 2026",
    subject="Tuyên truyền chuyển đổi số và bảo vệ môi trường quý IV năm 2026",
    body=(
        "Thực hiện Kế hoạch số 08-KH/TU ngày 05/9/2026 của Ban Thường vụ Tỉnh ủy về công tác tuyên truyền, Ủy ban nhân dân tỉnh "
        "ban hành Kế hoạch như sau:",
        "I. MỤC ĐÍCH, YÊU CẦU",
        "Nâng cao nhận thức của cán bộ và nhân dân; nội dung ngắn gọn, dễ hiểu, đúng thời gian.",
        "II. THỜI GIAN",
        "1. Đợt 1: từ ngày 15/10/2026 đến ngày 15/11/2026.",
        "2. Đợt 2: từ ngày 16/11/2026 đến ngày 31/12/2026.",
        "III. NỘI DUNG TUYÊN TRUYỀN",
        "1. Dịch vụ công trực tuyến",
        "Tuyên truyền cách nộp hồ sơ trực tuyến, thanh toán phí, lệ phí tại nhà, tra cứu kết quả trên Cổng Dịch vụ công quốc gia.",
        "2. Phân loại rác tại nguồn",
        "Tuyên truyền cách phân loại rác thải sinh hoạt tại hộ gia đình, trường học và cơ quan; các mô hình thu gom hiệu quả.",
        "3. Phòng, chống cháy rừng",
        "Tuyên truyền quy định về sử dụng lửa gần rừng, trách nhiệm của chủ rừng và lực lượng bảo vệ rừng trong mùa khô.",
        "4. Kỷ niệm 80 năm Ngày Toàn quốc kháng chiến (19/12/1946 - 19/12/2026)",
        "Tuyên truyền ý nghĩa lịch sử của ngày kỷ niệm; các hoạt động đền ơn đáp nghĩa tại địa phương.",
        "IV. TỔ CHỨC THỰC HIỆN",
        "1. Sở Khoa học và Công nghệ",
        "Tổng hợp kết quả, báo cáo Ủy ban nhân dân tỉnh trước ngày 25 hằng tháng.",
        "2. Các sở, ban, ngành và Ủy ban nhân dân các xã, phường",
        "Ban hành kế hoạch của cơ quan, địa phương trước ngày 25/10/2026.",
        "Báo cáo kết quả về Sở Khoa học và Công nghệ trong vòng 10 ngày kể từ ngày kết thúc đợt tuyên truyền.",
        "Trên đây là Kế hoạch tuyên truyền của Ủy ban nhân dân tỉnh, yêu cầu các cơ quan, đơn vị nghiêm túc thực hiện./.",
    ),
    units=(
        ("Sở Khoa học và Công nghệ", "https://khcn.example.vn", "facebook.com/khcn.np"),
        ("Ủy ban nhân dân xã An Bình", "https://anbinh.example.vn", ""),
    ),
)

DEPARTMENT = Written(
    issuer=("UBND TỈNH NAM PHONG", "SỞ Y TẾ"),
    number="35/KH-SYT",
    place_and_date="Nam Phong, ngày 20 tháng 10 năm 2026",
    subject="Truyền thông phòng, chống dịch bệnh mùa đông năm 2026",
    body=(
        "Sở Y tế ban hành Kế hoạch truyền thông phòng, chống dịch bệnh mùa đông năm 2026 như sau:",
        "I. NỘI DUNG TUYÊN TRUYỀN",
        "1. Tiêm chủng cho trẻ em",
        "Tuyên truyền lợi ích của tiêm chủng mở rộng, lịch tiêm và các điểm tiêm chủng cho trẻ em trên địa bàn tỉnh.",
        "2. Phân loại rác tại nguồn",
        "Tuyên truyền cách phân loại rác thải y tế và rác thải sinh hoạt tại bệnh viện, trạm y tế và hộ gia đình.",
        "II. TỔ CHỨC THỰC HIỆN",
        "Trung tâm Kiểm soát bệnh tật tỉnh báo cáo Sở Y tế trước ngày 20/12/2026.",
        "Trên đây là Kế hoạch của Sở Y tế, đề nghị các đơn vị triển khai thực hiện./.",
    ),
)


def write_docx(path: Path, written: Written) -> Path:
    document = Document()
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = "Times New Roman", Pt(14)
    document.sections[0].page_width, document.sections[0].page_height = Cm(21), Cm(29.7)
    letterhead = document.add_table(rows=2, cols=2)
    letterhead.cell(0, 0).text, letterhead.cell(0, 1).text = "\n".join(written.issuer), "\n".join(MOTTO)
    letterhead.cell(1, 0).text, letterhead.cell(1, 1).text = f"Số: {written.number}", written.place_and_date
    for cell in (c for row in letterhead.rows for c in row.cells):
        for paragraph in cell.paragraphs:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            for run in paragraph.runs:
                run.font.size = Pt(12)
    for line in ("KẾ HOẠCH", written.subject):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(line).bold = True
    for line in written.body:
        paragraph = document.add_paragraph(line)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Cm(1)
    if written.units:
        document.add_paragraph("PHỤ LỤC").alignment = WD_ALIGN_PARAGRAPH.CENTER
        document.add_paragraph("Danh sách đơn vị và kênh thông tin").alignment = WD_ALIGN_PARAGRAPH.CENTER
        table = document.add_table(rows=1, cols=4, style="Table Grid")
        for cell, heading in zip(
            table.rows[0].cells, ("STT", "Tên đơn vị", "Trang thông tin điện tử", "Trang Facebook"), strict=True
        ):
            cell.text = heading
        for number, unit in enumerate(written.units, 1):
            for cell, text in zip(table.add_row().cells, (str(number), *unit), strict=True):
                cell.text = text
        for cell in (c for row in table.rows for c in row.cells):
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(9)
    document.save(str(path))
    return path


def print_to_pdf(libreoffice: Path, document: Path) -> Path:
    """The document as LibreOffice prints it, beside it; with a profile of its own, so that no other office is in the way."""
    profile = document.parent / "office-profile"
    command = [str(libreoffice), "--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(document.parent), str(document)], check=True, capture_output=True, timeout=180)
    return document.with_suffix(".pdf")


def scan(pdf: Path) -> Path:
    """The pages of a PDF as pictures in a PDF without any text, as a scanner at 200 dots an inch makes it."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.render(scale=200 / 72, grayscale=True).to_pil() for page in document]
    scanned = pdf.with_name(f"{pdf.stem}-quet.pdf")
    pages[0].save(scanned, "PDF", save_all=True, append_images=pages[1:], resolution=200)
    return scanned
