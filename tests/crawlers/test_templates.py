"""What a site's template gives is the careful text without the boilerplate; what does not fit goes back to careful reading."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from crawlers.extract.page import ExtractedPage, extract_page
from crawlers.extract.template.applying import Template, apply_template
from crawlers.extract.template.learning import Lesson, learn_template
from crawlers.extract.template.site import SiteTemplates
from domain.dates import VIETNAM
from domain.post import PublishedSource
from domain.text import fold
from tests.crawlers.builders import NOW, SUBJECTS, a_title, at
from tests.crawlers.recorded import all_recordings
from tests.crawlers.sites import html, text

SITE = "https://xabinhson.example"
Change = Callable[[str], str]


def paragraphs(n: int) -> list[str]:
    subject = SUBJECTS[n % len(SUBJECTS)]
    return [
        f"Ngày qua, bà con thôn số {n} đã cùng nhau {subject} với sự tham gia của {30 + n} hộ gia đình trong vùng.",
        f"Trưởng thôn số {n} cho biết việc {subject} được bàn bạc công khai tại nhà văn hóa từ đầu tháng.",
        f"Kinh phí khoảng {n * 3} triệu đồng do các hộ tự nguyện đóng góp, mọi khoản thu chi đều được niêm yết.",
        f"Sau khi xong phần việc này, thôn số {n} sẽ chuyển sang chỉnh trang cổng làng và bồn hoa ven đường.",
    ]


def a_page(n: int, change: Change = lambda page: page) -> str:
    others = "".join(f"<li><a href='/tin/{m}'>{a_title(m)}</a></li>" for m in (n + 1, n + 2, n + 3))
    lead, *rest = paragraphs(n)
    body = (
        "<div class=top><a href='/'>Trang chủ</a><span class=clock>Hôm nay: 21/11/2026</span></div>"
        f"<div class=main><h1 class=title>{a_title(n)}</h1><div class=date>Ngày đăng: {1 + n % 20:02}/11/2026 09:{n:02}</div>"
        f"<div class=body><p class=sapo>{lead}</p>{text(*rest)}<div class=tool>Lượt xem: {n * 7}</div>"
        f"<div class=related><b>Tin liên quan</b><ul>{others}</ul></div></div></div>"
        "<div class=side>Thời tiết hôm nay nắng nhẹ, gió cấp hai</div><div class=foot>Giấy phép số 12 ngày 01/02/2019</div>"
    )
    return change(html(f"{a_title(n)} - Xã Bình Sơn", body))


def a_lesson(n: int, change: Change = lambda page: page) -> Lesson:
    page = a_page(n, change)
    return Lesson(page, f"{SITE}/tin/{n}", extract_page(page, f"{SITE}/tin/{n}", NOW, a_title(n)))


@pytest.fixture(scope="module")
def lessons() -> list[Lesson]:
    return [a_lesson(n) for n in range(1, 6)]


@pytest.fixture(scope="module")
def template(lessons: list[Lesson]) -> Template:
    learned = learn_template(lessons, NOW)
    assert learned is not None
    return learned


def applied(template: Template, page: str) -> ExtractedPage | None:
    return apply_template(template, page, f"{SITE}/tin/9", NOW)


def test_a_template_gives_title_date_and_text_and_nothing_else(template: Template) -> None:
    page = applied(template, a_page(9))
    assert page is not None
    assert page.title == a_title(9)
    assert page.published and (page.published.at, page.published.source) == (at(10, 9, 9), PublishedSource.PAGE)
    assert page.text.splitlines() == paragraphs(9)


def test_a_template_survives_being_kept(template: Template) -> None:
    assert Template.from_json(json.loads(json.dumps(template.to_json()))) == template


def test_a_short_notice_comes_out_whole(template: Template) -> None:
    notice = a_page(9, lambda page: page.replace(text(*paragraphs(9)[1:]), "").replace(paragraphs(9)[0], "Mất điện từ 8 giờ."))
    page = applied(template, notice)
    assert page and page.text == "Mất điện từ 8 giờ."


@pytest.mark.parametrize(
    "change",
    [
        lambda page: page.replace("class=", "class=moi-"),
        lambda page: page.replace("<div class=body>", "<section class=than>"),
        lambda page: page.replace("class=date>Ngày đăng: 10/11/2026 09:09", "class=date>"),
        lambda page: page.replace(f"<h1 class=title>{a_title(9)}</h1>", ""),
        lambda page: page.replace(f"<h1 class=title>{a_title(9)}</h1>", "<h1 class=title>Cổng thông tin điện tử</h1>"),
        lambda page: html("Bảo trì", "<p>Hệ thống đang bảo trì</p>"),
        lambda page: "",
    ],
    ids=["new theme", "body renamed", "no date", "no title", "another title", "another page", "nothing"],
)
def test_a_page_that_changed_goes_back_to_careful_reading(template: Template, change: Change) -> None:
    assert applied(template, a_page(9, change)) is None


def test_one_frame_around_every_title_is_not_believed(template: Template) -> None:
    site = SiteTemplates({"templates": [template.to_json()]})
    for n in (9, 10):
        page = a_page(n)
        for paragraph in paragraphs(n):
            page = page.replace(paragraph, "Vui lòng bật JavaScript để xem nội dung của trang này.")
        result = site.apply(page, f"{SITE}/tin/{n}", NOW)
        assert (result is None) == (n == 10)


def test_a_row_of_texts_that_shrank_is_drift(template: Template) -> None:
    site = SiteTemplates({"templates": [template.to_json()]})
    short = [a_page(n, lambda page, n=n: page.replace("".join(text(p) for p in paragraphs(n)[1:]), "")) for n in range(10, 16)]
    for i, page in enumerate(short):
        short[i] = page.replace(paragraphs(10 + i)[0], f"Tin {i}.")
    assert [site.apply(page, f"{SITE}/tin/{i}", NOW) is not None for i, page in enumerate(short)] == [True] * 3 + [False] * 3


def test_two_audits_that_find_another_text_end_a_template(template: Template) -> None:
    state: dict[str, object] = {"templates": [template.to_json()]}
    site = SiteTemplates(state)
    careful = a_lesson(9).page
    wrong = replace(careful, text="Thông tin quảng bá du lịch và danh bạ điện thoại của các cơ quan trong tỉnh.")
    site.audit(careful, careful)
    site.audit(wrong, careful)
    assert site.apply(a_page(11), f"{SITE}/tin/11", NOW)
    site.audit(wrong, careful)
    site.audit(wrong, careful)
    assert site.apply(a_page(12), f"{SITE}/tin/12", NOW) is None
    assert state["templates"] == []


def test_a_site_with_two_layouts_learns_both(lessons: list[Lesson]) -> None:
    def other(page: str) -> str:
        return page.replace("class=", "class=anh-")

    site = SiteTemplates({})
    for batch in (lessons, [a_lesson(n, other) for n in range(6, 11)]):
        site.lessons.extend(batch)
        assert site.can_learn
        site.learned(learn_template(site.lessons, NOW))
    assert site.apply(a_page(11), SITE, NOW)
    assert site.apply(a_page(12, other), SITE, NOW)
    assert site.apply(a_page(13), SITE, NOW)


def test_layouts_mixed_while_learning_are_told_apart(lessons: list[Lesson]) -> None:
    mixed = [*lessons[:3], a_lesson(20, lambda page: page.replace("class=", "class=khac-")), lessons[3]]
    learned = learn_template(mixed, NOW)
    assert learned and applied(learned, a_page(9))


def test_too_few_pages_teach_nothing(lessons: list[Lesson]) -> None:
    assert learn_template(lessons[:2], NOW) is None


def test_a_failure_waits_for_twice_as_many_pages(lessons: list[Lesson]) -> None:
    site = SiteTemplates({})
    site.lessons.extend(lessons)
    site.learned(None)
    assert not site.can_learn
    site.lessons.extend(lessons)
    assert site.can_learn


def test_what_another_version_kept_is_forgotten() -> None:
    site = SiteTemplates({"templates": [{"container": "div"}, "x", None]})
    assert site.apply(a_page(1), SITE, NOW) is None


RECORDED = [r for r in all_recordings() if r.name not in ("single_page_json", "wordpress_interface")]


def f1(found: str, wanted: str) -> float:
    a, b = fold(found).split(), fold(wanted).split()
    common = len(set(a) & set(b))
    return 2 * common / (len(set(a)) + len(set(b))) if a and b else 0.0


@pytest.mark.parametrize("recorded", RECORDED, ids=lambda r: r.name)
def test_on_recorded_sites_a_template_is_no_worse_than_the_careful_text(recorded) -> None:
    """Learned from all but the last page, judged on the last: within .01 of careful extraction, usually above it."""
    pages = recorded.served_at(SITE)
    taught = []
    for post in recorded.posts:
        page = pages[post["url"]].octets.decode()
        taught.append(Lesson(page, SITE + post["url"], extract_page(page, SITE + post["url"], NOW, post["title"])))
    learned = learn_template(taught[:-1], NOW)
    if learned is None:
        assert recorded.name == "photo_stories"
        return
    last, wanted = taught[-1], "\n".join(recorded.posts[-1]["text_has"])
    by_template = apply_template(learned, last.html, last.url, NOW)
    assert by_template is not None
    assert f1(by_template.text, wanted) >= f1(last.page.text, wanted) - 0.01
    if recorded.posts[-1]["published_at"]:
        assert (
            by_template.published and by_template.published.at.astimezone(VIETNAM).isoformat() == recorded.posts[-1]["published_at"]
        )
