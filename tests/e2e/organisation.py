"""The sample organisation at work, driven through the command line as an office would."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from examples.sample_organisation import SampleOrganisation
from store import Store, open_store


@dataclass(frozen=True)
class Office:
    """A folder with its own database; the local sites of `organisation` answer while the tests run."""

    folder: Path
    organisation: SampleOrganisation
    database_url: str
    environment: Mapping[str, str]

    def run(self, *arguments: object, expect: int = 0) -> str:
        """Runs `bamsat` in a process of its own and returns what it printed; fails with its own words on another exit code."""
        done = subprocess.run(
            [sys.executable, "-m", "bamsat", *map(str, arguments)],
            cwd=self.folder,
            env=dict(self.environment),
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == expect, (
            f"bamsat {arguments}: exit {done.returncode}\n{done.stdout[-2000:]}\n{done.stderr[-3000:]}"
        )
        return done.stdout

    def json(self, *arguments: object, expect: int = 0) -> Any:
        return json.loads(self.run(*arguments, expect=expect))

    def store(self) -> Store:
        return open_store(self.database_url)


def an_office(folder: Path, organisation: SampleOrganisation, database_url: str | None = None) -> Office:
    url = database_url or f"sqlite:///{folder / 'bamsat.db'}"
    plain = {k: v for k, v in os.environ.items() if not k.startswith("BAMSAT_")}
    settings = {
        "BAMSAT_DATABASE_URL": url,
        "BAMSAT_ALLOW_PRIVATE_ADDRESSES": "true",
        "BAMSAT_CRAWL_DELAY_SECONDS": "0",
        "BAMSAT_GRAPH_ADDRESS": organisation.graph_address,
        "BAMSAT_PAGE_TOKENS": json.dumps(dict(organisation.page_tokens)),
        "COLUMNS": "200",
    }
    return Office(folder, organisation, url, {**plain, **settings})
