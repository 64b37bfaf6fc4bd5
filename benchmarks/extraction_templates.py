"""Extraction at parser speed: pages a second by a learned template, beside trafilatura on the same pages, on one core.

python -m benchmarks.extraction_templates
"""

import time
from collections.abc import Callable

import trafilatura

from benchmarks.collection_sites import NOW, article, article_path
from crawlers.extract.page import extract_page
from crawlers.extract.template.applying import apply_template
from crawlers.extract.template.learning import Lesson, learn_template

PAGES = 40
SECONDS = 3.0


def rate(work: Callable[[str], object], pages: list[str]) -> float:
    began, done = time.process_time(), 0
    while time.process_time() - began < SECONDS:
        work(pages[done % len(pages)])
        done += 1
    return done / (time.process_time() - began)


def main() -> None:
    pages = [article(3, n).decode() for n in range(PAGES)]
    url = "https://trang.example" + article_path(1)
    began = time.process_time()
    lessons = [Lesson(page, url, extract_page(page, url, NOW)) for page in pages[:5]]
    read = time.process_time() - began
    began = time.process_time()
    template = learn_template(lessons, NOW)
    learned = time.process_time() - began
    if template is None:
        raise SystemExit("nothing was learned")
    misses = sum(apply_template(template, page, url, NOW) is None for page in pages)
    print(f"{'pages, KB each':42} {PAGES}, {sum(map(len, pages)) / PAGES / 1000:.0f}")
    print(f"{'pages that the template does not fit':42} {misses}")
    print(f"{'learned template, pages/s':42} {rate(lambda page: apply_template(template, page, url, NOW), pages):.0f}")
    print(f"{'careful (text, date, title), pages/s':42} {rate(lambda page: extract_page(page, url, NOW), pages):.0f}")
    print(f"{'trafilatura as it comes, text only, pages/s':42} {rate(trafilatura.extract, pages):.0f}")
    print(f"{'five careful pages, then learning, ms':42} {1000 * read:.0f}, {1000 * learned:.0f}")


if __name__ == "__main__":
    main()
