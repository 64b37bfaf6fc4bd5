"""`bamsat plan edit`: changes to the newest version of a plan, before it is confirmed."""

from collections.abc import Callable
from datetime import date, datetime

import click

from bamsat.application import now, open_application
from bamsat.cli.output import say
from bamsat.settings import Settings
from bamsat.workflows.plans import edit_plan
from domain import plan_edits as edits
from domain.access import SYSTEM
from domain.amendment import plan_difference
from domain.errors import NotFound
from domain.plan import Period, PhaseId, Plan, PlanId, Requirement, TopicId
from domain.text import fold
from domain.unit import ChannelKind

DAY = click.DateTime(["%Y-%m-%d", "%d/%m/%Y"])


@click.group()
@click.argument("plan_id")
@click.pass_context
def edit(ctx: click.Context, plan_id: str) -> None:
    """Change the newest version of PLAN_ID; the outcome is a new draft until it is confirmed."""
    ctx.meta["plan_id"] = PlanId(plan_id)


def _apply(change: Callable[[Plan], Plan]) -> None:
    """Stores the edited plan and says what is different now."""
    ctx = click.get_current_context()
    settings = ctx.find_object(Settings)
    if settings is None:
        raise RuntimeError("the command line has no settings")
    store, wanted = open_application(settings).store, ctx.meta["plan_id"]
    with store.reading() as tx:
        before = tx.plans.get(wanted)
    after = edit_plan(store, wanted, change, SYSTEM, now())
    for message in plan_difference(before.plan, after.plan):
        click.echo(message.in_language(settings.language))
    if after.version == before.version:
        say("Không có gì thay đổi.")
    else:
        say(f"Bản dự thảo: phiên bản {after.version}. Có hiệu lực sau khi: bamsat plan confirm {wanted}")


@edit.command()
@click.argument("topic")
@click.argument("title")
def rename(topic: str, title: str) -> None:
    """Give TOPIC another title."""
    _apply(lambda plan: edits.rename_topic(plan, TopicId(topic), title))


@edit.command()
@click.argument("topic")
@click.argument("titles", nargs=-1, required=True)
def split(topic: str, titles: tuple[str, ...]) -> None:
    """Make TITLES topics of their own below TOPIC."""
    _apply(lambda plan: edits.split_topic(plan, TopicId(topic), titles))


@edit.command()
@click.argument("topics", nargs=-1, required=True)
def merge(topics: tuple[str, ...]) -> None:
    """Make TOPICS one topic, the first of them."""
    _apply(lambda plan: edits.merge_topics(plan, [TopicId(t) for t in topics]))


@edit.command()
@click.argument("topic")
def remove(topic: str) -> None:
    """Take TOPIC out of the plan."""
    _apply(lambda plan: edits.remove_topic(plan, TopicId(topic)))


@edit.command()
@click.argument("title")
@click.option("--parent", help="the topic that it elaborates")
def add(title: str, parent: str | None) -> None:
    """Add a topic."""
    _apply(lambda plan: edits.add_topic(plan, title, TopicId(parent) if parent else None))


@edit.command()
@click.argument("topic")
@click.argument("phrases", nargs=-1)
def phrases(topic: str, phrases: tuple[str, ...]) -> None:
    """Set the key phrases of TOPIC (none: take them away)."""
    _apply(lambda plan: edits.set_key_phrases(plan, TopicId(topic), phrases))


@edit.command()
@click.argument("topic")
@click.option("--from", "start", type=DAY, help="first day")
@click.option("--until", "end", type=DAY, help="last day")
def window(topic: str, start: datetime | None, end: datetime | None) -> None:
    """Set the days on which posts on TOPIC count (neither: those of its phase)."""
    _apply(lambda plan: edits.set_window(plan, TopicId(topic), _day(start), _day(end)))


@edit.command()
@click.argument("phase")
@click.option("--from", "start", type=DAY, help="first day")
@click.option("--until", "end", type=DAY, help="last day")
def phase(phase: str, start: datetime | None, end: datetime | None) -> None:
    """Set the days of PHASE, for example once the event that ends it has a date."""
    _apply(lambda plan: edits.set_phase_days(plan, PhaseId(phase), _day(start), _day(end)))


@edit.command()
@click.argument("day", type=DAY)
def issued(day: datetime) -> None:
    """Set the day of issue."""
    _apply(lambda plan: edits.set_issued_on(plan, day.date()))


@edit.command()
@click.argument("topic")
@click.argument("minimum", type=click.IntRange(0))
@click.option("--group", help="only units of this group")
@click.option("--unit", help="only this unit")
@click.option(
    "--every", type=click.Choice([p.value for p in Period]), default=Period.WHOLE.value, show_default=True, help="how often"
)
@click.option("--from", "start", type=DAY, help="first day; that of the topic unless given")
@click.option("--until", "end", type=DAY, help="last day; that of the topic unless given")
@click.option("--kind", "kinds", type=click.Choice([k.value for k in ChannelKind]), multiple=True, help="only these channels count")
@click.option("--reposts/--no-reposts", default=False, show_default=True, help="re-posts count too")
def require(
    topic: str,
    minimum: int,
    group: str | None,
    unit: str | None,
    every: str,
    start: datetime | None,
    end: datetime | None,
    kinds: tuple[str, ...],
    reposts: bool,
) -> None:
    """Require at least MINIMUM posts on TOPIC (0: no longer)."""

    def change(plan: Plan) -> Plan:
        days = plan.days(edits.topic_named(plan, TopicId(topic)))
        return edits.set_requirement(
            plan,
            Requirement(
                TopicId(topic),
                minimum,
                Period(every),
                unit_group=group,
                unit=unit,
                start=_day(start) or days[0],
                end=_day(end) or days[1],
                channel_kinds=kinds,
                counts_reposts=reposts,
            ),
        )

    _apply(change)


@edit.command()
@click.argument("words")
def anniversary(words: str) -> None:
    """Make the plan's anniversary whose name has WORDS a topic around its date."""

    def change(plan: Plan) -> Plan:
        found = next((a for a in plan.anniversaries if fold(words) in fold(a.name)), None)
        if found is None:
            known = "; ".join(a.name for a in plan.anniversaries) or "—"
            raise NotFound(
                f"Kế hoạch không nêu ngày kỷ niệm “{words}”. Có: {known}.", f"no anniversary {words!r}; there are: {known}"
            )
        return edits.topic_from_anniversary(plan, found)

    _apply(change)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
