"""Automatic numbering of a Word document: I. / 1. / 1.1. / 1.1.1. / a) and a dash, as numbering.xml keeps it."""

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

_OUTLINE = (("upperRoman", "%1."), ("decimal", "%2."), ("decimal", "%2.%3."), ("decimal", "%2.%3.%4."), ("lowerLetter", "%5)"))
OUTLINE_NUMBER, BULLET_NUMBER = 901, 902
SECTION, ITEM, SUB_ITEM, SUB_SUB_ITEM, LETTER = range(5)


def add_numbering(document: Document) -> None:
    """Defines the two lists; abstract definitions must stand before the numbers that use them."""
    numbering = document.part.numbering_part.element
    first_number = numbering.find(qn("w:num"))
    for abstract in (_abstract(OUTLINE_NUMBER, _OUTLINE), _abstract(BULLET_NUMBER, (("bullet", "-"), ("bullet", "+")))):
        if first_number is None:
            numbering.append(abstract)
        else:
            first_number.addprevious(abstract)
    for number in (OUTLINE_NUMBER, BULLET_NUMBER):
        numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'))


def _abstract(number: int, levels: tuple[tuple[str, str], ...]):  # type: ignore[no-untyped-def]
    rows = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="space"/><w:lvlText w:val="{text}"/>'
        '<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="0" w:firstLine="567"/></w:pPr></w:lvl>'
        for level, (form, text) in enumerate(levels)
    )
    return parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>{rows}</w:abstractNum>'
    )


def number_paragraph(paragraph: Paragraph, level: int, number: int = OUTLINE_NUMBER) -> None:
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'),
        "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr",
    )  # fmt: skip
