"""What Alembic runs: the migrations, on the connection that store.migrate hands over."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from store.tables import metadata
from store.types import Moment


def plain_type(kind: str, item: Any, _: AutogenContext) -> str | Literal[False]:
    """A migration is history: it names the database's types, not this project's, which may change."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Moment) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    render_item=plain_type,
)
context.run_migrations()
