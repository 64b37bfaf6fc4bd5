"""What a site's templates are at the moment: kept between looks, checked on every page, audited now and then, learned anew."""

from collections import deque
from collections.abc import MutableMapping
from datetime import datetime

from crawlers.extract.page import ExtractedPage
from crawlers.extract.template.applying import Template, apply_template
from crawlers.extract.template.blocks import key_of
from crawlers.extract.template.learning import FEWEST_LESSONS, Lesson

_STATE = "templates"
_MOST_TEMPLATES = 4
_LESSONS = 5
_MOST_LESSONS = 20
_AUDIT_EVERY = 40
_AUDIT_EVERY_SETTLED = 200
_SETTLED = 500
_SHORT_SHARE = 0.1
_SHORTEST = 20
_MOST_SHORT = 3
_FAILED_AUDITS = 2


class SiteTemplates:
    """Templates of one channel, the one that fitted last first. A page that fits none is a lesson for the next template."""

    def __init__(self, state: MutableMapping[str, object]) -> None:
        self._state = state
        self._templates = _kept(state.get(_STATE))
        self._recent: deque[tuple[str, str]] = deque(maxlen=6)
        self._short = 0
        self._applied = 0
        self._failed_audits = 0
        self.lessons: list[Lesson] = []
        self._needed = _LESSONS

    def apply(self, html: str, url: str, now: datetime, dated: bool = True) -> ExtractedPage | None:
        """The page by the first template that fits it; None: read it carefully. `dated` as for `apply_template`."""
        for template in self._templates:
            page = apply_template(template, html, url, now, dated)
            if page is not None and self._is_plausible(page, template):
                if template is not self._templates[0]:
                    self._templates.remove(template)
                    self._templates.insert(0, template)
                self._applied += 1
                return page
        return None

    def _is_plausible(self, page: ExtractedPage, template: Template) -> bool:
        """The same text under another title is a frame, not a post; one short text may be, a row of them is drift."""
        if page.text and any(text == page.text and title != page.title for title, text in self._recent):
            return False
        self._recent.append((page.title, page.text))
        if len(page.text) >= max(_SHORTEST, _SHORT_SHARE * template.typical_length):
            self._short = 0
            return True
        self._short += 1
        return self._short <= _MOST_SHORT

    @property
    def audit_is_due(self) -> bool:
        every = _AUDIT_EVERY if self._applied < _SETTLED else _AUDIT_EVERY_SETTLED
        return self._applied % every == every - 1

    def audit(self, by_template: ExtractedPage, careful: ExtractedPage) -> None:
        """Two audits in a row in which template and careful text differ altogether end the template.

        Careful text is no truth: it may be longer by boilerplate or lose short notices. Only a text that is not in it fails, or one
        that lost nearly all of it.
        """
        own, whole = _shingles(by_template.text), _shingles(careful.text)
        common = len(own & whole)
        contained = common / len(own) if own else 0.0
        kept = common / len(whole) if whole else 1.0
        failed = contained < 0.4 or (kept < 0.25 and len(careful.text) > 3 * len(by_template.text))
        self._failed_audits = self._failed_audits + 1 if failed else 0
        if self._failed_audits >= _FAILED_AUDITS and self._templates:
            self._templates.pop(0)
            self._failed_audits = 0
            self._save()

    @property
    def can_learn(self) -> bool:
        return len(self.lessons) >= self._needed

    @property
    def may_learn_at_the_end(self) -> bool:
        """Fewer lessons than usual are worth a try when a look ends and nothing is known of the site."""
        return not self._templates and FEWEST_LESSONS <= len(self.lessons) < self._needed

    def learned(self, template: Template | None) -> None:
        """The outcome of learning on the lessons so far. After a failure twice as many are waited for."""
        if template is None:
            self._needed = min(2 * self._needed, _MOST_LESSONS)
            del self.lessons[:-_MOST_LESSONS]
            return
        self._templates.insert(0, template)
        del self._templates[_MOST_TEMPLATES:]
        self.lessons.clear()
        self._needed = _LESSONS
        self._save()

    def _save(self) -> None:
        self._state[_STATE] = [template.to_json() for template in self._templates]


def _kept(value: object) -> list[Template]:
    """Templates that an older version wrote differently are forgotten, not trusted."""
    templates = []
    for data in value if isinstance(value, list) else []:
        try:
            templates.append(Template.from_json(data))
        except (KeyError, TypeError, ValueError):
            continue
    return templates


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = key_of(text).split()
    return {tuple(words[i : i + 4]) for i in range(max(len(words) - 3, 1))}
