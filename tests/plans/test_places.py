import pytest

from plans.reading import read_plan
from tests.plans.builders import a_sample


@pytest.mark.parametrize("name", ["commune_environment.txt", "ward_congress.md"])
def test_every_plain_field_names_the_lines_that_it_stands_in(name):
    draft = read_plan(a_sample(name), name)
    plan = draft.plan
    for field in ("number", "title", "issuing_body", "issued_on", "place"):
        assert (field in draft.places) == bool(getattr(plan, field)), field
    for field, found in draft.places.items():
        assert all(found), field
    assert len(draft.places.get("recipients", ())) == len(plan.recipients)
    for value, lines in zip(plan.recipients, draft.places.get("recipients", ()), strict=True):
        assert value.split()[0] in " ".join(draft.lines[n - 1] for n in lines)


def test_a_title_over_several_lines_names_all_of_them():
    head = "KẾ HOẠCH\ntuyên truyền vệ sinh\n\nmôi trường năm 2026\n\n"
    text = head + "UBND xã Cỏ May xây dựng kế hoạch như sau:\n\nI. NỘI DUNG\n1. Rác.\n"
    draft = read_plan(text.encode(), "plan.txt")
    (lines,) = draft.places["title"]
    assert lines == (1, 2, 4)
