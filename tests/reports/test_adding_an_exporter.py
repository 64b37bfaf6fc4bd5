"""The example in the document works as it stands."""

import csv
import io
import re
import textwrap
from pathlib import Path
from zipfile import ZipFile

import pytest

from reports.tables import tables
from tests.reports.builders import the_week

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "adding_an_exporter.md"


@pytest.fixture(scope="module")
def write_csv_zip():
    (code,) = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)
    names = {}
    exec(compile(textwrap.dedent(code), str(DOCUMENT), "exec"), names)
    return names["write_csv_zip"]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_table_is_a_file_with_its_rows(write_csv_zip, tmp_path, language):
    summary = the_week().summary()
    write_csv_zip(summary, tmp_path / "week.zip", language)
    with ZipFile(tmp_path / "week.zip") as archive:
        for table in tables(summary, language):
            header, *rows = csv.reader(io.StringIO(archive.read(f"{table.name}.csv").decode("utf-8-sig")))
            assert header == [c.title for c in table.columns]
            assert len(rows) == sum(1 for _ in table.rows())
            assert not any(cell.startswith(("=", "@")) for row in rows for cell in row)
