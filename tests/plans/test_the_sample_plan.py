"""The sample organisation's plan, a real Word document with two appendix tables: nothing of it may stay unread."""

from collections import Counter
from datetime import date

import pytest

from domain.errors import Severity
from examples.sample_organisation import build
from plans.reading import read_plan


@pytest.fixture(scope="module")
def organisation(tmp_path_factory):
    return build(date(2026, 11, 21), tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module")
def draft(organisation):
    return read_plan(organisation.plan_path.read_bytes(), "plan.docx")


def test_the_table_of_units_under_its_group_rows_is_read_with_every_address(organisation, draft):
    listed = {url for unit in draft.plan.listed_units for url in unit.urls}
    assert listed == {site.url for site in organisation.sites}
    assert Counter(u.group for u in draft.plan.listed_units) == Counter(
        {"Các sở, ban, ngành": 7, "UBND các xã, phường": 6, "Cơ quan báo chí": 2, "MTTQ và các tổ chức chính trị - xã hội": 5}
    )


def test_a_quota_for_a_lettered_topic_is_not_taken_for_one_of_its_parent(draft):
    topics = {t.id for t in draft.plan.topics}
    asked = {q.topic for q in draft.plan.quotas}
    assert asked <= topics
    assert {"2.1.a", "2.1.b", "2.1.c"} <= asked
    assert "2.1" not in asked


def test_no_part_of_the_document_is_left_unread(draft):
    assert [(p.line, p.message.vi) for p in draft.problems if p.severity is not Severity.NOTE or p.code == "unknown_table"] == []
