"""The references of this folder hold against their own texts; readings are judged elsewhere."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
NAMES = sorted(path.stem for path in HERE.glob("*.json"))
RECURRENCES = {None, "once", "monthly", "quarterly", "annual", "continuous"}
KINDS = {
    *("website", "facebook", "zalo", "youtube", "vcnet", "mocha", "press"),
    *("broadcast", "bulletin", "meeting", "visual", "publication", "other"),
}
PAGE_NUMBER = re.compile(r"^(?:- )?\d{1,2}(?: -)?$")


def reference(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((HERE / f"{name}.json").read_text("utf-8"))
    return loaded


def words(text: str) -> str:
    return " ".join(re.sub(r"[*\\]", "", text).split())


def cells(line: str) -> list[str] | None:
    if line.startswith("|"):
        return [cell.strip() for cell in line.strip().strip("|").split("|")]
    return [cell.strip() for cell in line.split("\t")] if "\t" in line else None


def running_text(name: str) -> str:
    """The text as a reader should see it: page ends closed, wrapped rows joined, Markdown gone."""
    lines: list[str] = []
    rows: list[list[str]] = []
    for line in (HERE / f"{name}.txt").read_text("utf-8").split("\n"):
        row = cells(line)
        if row is not None and rows and row[0] == "" and not row[-1].isdigit():
            rows[-1] = [f"{above} {below}".strip() for above, below in zip(rows[-1], row, strict=True)]
            lines[-1] = " ".join(rows[-1])
        elif row is not None:
            rows.append(row)
            lines.append(" ".join(row))
        elif not PAGE_NUMBER.match(line.strip()):
            lines.append(line)
    return words(" ".join(lines))


def phrases(plan: dict[str, Any]) -> Iterator[str]:
    yield from (plan["title"], plan["signed_by"]["name"], plan["signed_by"]["role"])
    for topic in plan["topics"]:
        yield from (topic["title"], topic["text_start"], topic["text_end"], topic["body_end"] or "")
    for phase in plan["phases"]:
        yield from (phase["title"], phase["start_text"] or "", phase["end_text"] or "")
    for duty in plan["obligations"]:
        yield from (duty[key] or "" for key in ("assignee", "action", "unit_of_quantity", "deadline_text", "report_to"))
    for channel in plan["channels"]:
        yield from (channel["name"], channel["named_outlet"] or "")
    yield from (anniversary["name"] for anniversary in plan["anniversaries"])
    yield from (*plan["unit_groups"], *plan["recipients"])
    yield from (basis["issuer"] or "" for basis in plan["based_on"])
    for unit in plan.get("listed_units", []):
        yield from (unit["name"], unit["group"] or "", *unit["urls"])


def missing(phrase: str, text: str) -> bool:
    position = 0
    for piece in filter(None, map(words, phrase.split("…"))):
        position = text.find(piece, position)
        if position < 0:
            return True
    return False


@pytest.mark.parametrize("name", NAMES)
def test_every_phrase_of_a_reference_stands_in_its_text(name: str) -> None:
    text = running_text(name)
    assert [phrase for phrase in phrases(reference(name)) if missing(phrase, text)] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_numbered_document_of_a_reference_stands_in_its_text(name: str) -> None:
    plan = reference(name)
    text = re.sub(r"\s*([-/])\s*", r"\1", running_text(name))
    numbers = [basis["number"] for basis in plan["based_on"]]
    numbers += [number for topic in plan["topics"] for number in topic["cited_documents"]]
    numbers += [plan["number"]] if plan["number"] else []
    assert [number for number in numbers if number not in text] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_reference_keeps_to_the_words_and_ids_of_its_shape(name: str) -> None:
    plan = reference(name)
    ids = [topic["id"] for topic in plan["topics"]]
    phases = {phase["id"] for phase in plan["phases"]}
    ends = [topic[key] for topic in plan["topics"] for key in ("text_start", "text_end", "body_end") if topic[key]]
    assert [end for end in ends if len(end.split()) > 8] == []
    assert len(ids) == len(set(ids))
    assert all(topic["parent"] in {None, *ids} and topic["phase"] in phases for topic in plan["topics"])
    assert all(duty["recurrence"] in RECURRENCES and duty.get("topic") in {None, *ids} for duty in plan["obligations"])
    assert all((duty["recurrence"] == "once") <= (duty["deadline"] is not None) for duty in plan["obligations"])
    assert all(channel["kind"] in KINDS for channel in plan["channels"])
    days = [day for phase in plan["phases"] for day in (phase["start"], phase["end"])]
    days += [duty["deadline"] for duty in plan["obligations"]] + [entry["date"] for entry in plan["anniversaries"]]
    assert all(date.fromisoformat(day) for day in days if day)
    assert all(phase["start"] <= phase["end"] for phase in plan["phases"] if phase["start"] and phase["end"])


@pytest.mark.parametrize("name", NAMES)
def test_an_anniversary_falls_on_the_day_and_the_number_of_years_that_the_text_prints(name: str) -> None:
    text = running_text(name)
    for entry in reference(name)["anniversaries"]:
        printed = re.search(re.escape(words(entry["name"])) + r" \((\d+/\d+)/(\d{4}) - (\d+/\d+)/(\d{4})\)", text)
        assert (entry["date"] is None) == (printed is None), entry
        if printed:
            first_day, first_year, day, year = printed.groups()
            assert first_day == day
            assert "/".join(str(int(part)) for part in reversed(entry["date"].split("-"))) == "/".join(
                str(int(part)) for part in f"{day}/{year}".split("/")
            )
            years = re.match(r"(\d+) năm", entry["name"])
            assert years is None or int(years[1]) == int(year) - int(first_year), entry
