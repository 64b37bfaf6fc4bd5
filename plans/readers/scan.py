"""Pages that are pictures, read by Tesseract with its Vietnamese data."""

import shutil

import pypdfium2
import pytesseract

from domain.errors import MissingProgram, UnreadableDocument
from plans.readers.layout import Word
from plans.readers.limits import MAX_SCANNED_PIXELS, SCAN_PAGE_SECONDS

_DOTS_PER_INCH = 300
_POINTS_PER_INCH = 72
_LANGUAGE = "vie"
_LEAST_CONFIDENCE = 20.0


def read_words(page: pypdfium2.PdfPage) -> list[Word]:
    """The words of a page, in pixels. Raises MissingProgram without Tesseract or its Vietnamese data."""
    require_tesseract()
    width, height = page.get_size()
    scale = min(_DOTS_PER_INCH / _POINTS_PER_INCH, (MAX_SCANNED_PIXELS / max(width * height, 1.0)) ** 0.5)
    picture = page.render(scale=scale, grayscale=True).to_pil()
    try:
        data = pytesseract.image_to_data(
            picture, lang=_LANGUAGE, config="--psm 4", output_type=pytesseract.Output.DICT, timeout=SCAN_PAGE_SECONDS
        )
    except (pytesseract.TesseractError, RuntimeError) as fault:
        raise UnreadableDocument(
            "Không nhận dạng được chữ trên trang ảnh. Hãy quét lại rõ hơn hoặc dùng bản có chữ.",
            f"Tesseract failed on a page: {fault}",
        ) from fault
    found = []
    for text, left, top, wide, high, sure in zip(
        data["text"], data["left"], data["top"], data["width"], data["height"], data["conf"], strict=True
    ):
        if text.strip() and float(sure) >= _LEAST_CONFIDENCE:
            found.append(Word(text.strip(), left, left + wide, top, top + high))
    return found


def require_tesseract() -> None:
    install = "Cài bằng: apt install tesseract-ocr tesseract-ocr-vie"
    if shutil.which(pytesseract.pytesseract.tesseract_cmd) is None:
        raise MissingProgram(
            f"Tài liệu là ảnh quét, cần chương trình Tesseract để đọc. {install}",
            "a scanned document needs Tesseract: apt install tesseract-ocr tesseract-ocr-vie",
        )
    if _LANGUAGE not in pytesseract.get_languages():
        raise MissingProgram(
            f"Tesseract chưa có dữ liệu tiếng Việt. {install}",
            "Tesseract lacks its Vietnamese data: apt install tesseract-ocr-vie",
        )
