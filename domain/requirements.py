"""What a plan demands where it has no table of quotas of its own."""

from domain.plan import Plan, Requirement, Topic


def default_requirements(plan: Plan) -> tuple[Requirement, ...]:
    """At least one original post by every unit on every topic that no other topic elaborates, within the topic's days."""
    parents = plan.parents()
    found = []
    for topic in plan.topics:
        if topic.id not in parents:
            start, end = plan.days(topic)
            found.append(Requirement(topic.id, start=start, end=end, source="default", lines=topic.lines))
    return tuple(found)


def requirements_by_topic(plan: Plan) -> list[tuple[Topic, tuple[Requirement, ...]]]:
    """The topics that somebody must publish on, in the order of the plan, with what is required."""
    found = [(t, tuple(r for r in plan.requirements if r.topic == t.id)) for t in plan.topics]
    return [(topic, demands) for topic, demands in found if demands]
