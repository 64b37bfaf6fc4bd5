"""What a plan demands where it has no table of quotas of its own."""

from domain.plan import Plan, Requirement


def default_requirements(plan: Plan) -> tuple[Requirement, ...]:
    """At least one original post by every unit on every topic that no other topic elaborates, within the topic's days."""
    parents = plan.parents()
    found = []
    for topic in plan.topics:
        if topic.id not in parents:
            start, end = plan.days(topic)
            found.append(Requirement(topic.id, start=start, end=end, source="default", lines=topic.lines))
    return tuple(found)
