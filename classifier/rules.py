"""What the identities of a post say for and against each topic: the answer depends on their set alone, so it is kept."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from classifier.arrays import Matrix
from classifier.entities import Identity, Mention, Role, Scope
from classifier.profile import PlanProfile, TopicProfile

HARD = 0.5
"""A contradiction of this size closes the gate: the post is about another edition, whatever its words are."""

NAMED_DOCUMENT, CITED_DOCUMENT = 1.0, 0.6
SAME_IN_TITLE, SAME_IN_TEXT, DECISIVE = 0.3, 0.1, 0.4
FOREIGN, OTHER_IN_PLAN, FOREIGN_TO_PLAN, MISSING_EDITION, MISSING_DOCUMENT = 0.6, 0.3, 0.35, 0.4, 0.1
OTHER_ORGANISATION, OTHER_TARGET, OTHER_DOCUMENT = 0.6, 0.6, 1.0
UNKNOWN_DOCUMENT = 0.1
NO_CONGRESS, OTHER_IN_TEXT, OTHER_LEVEL = 0.3, 0.2, 0.5
BODY, RECALLED = 0.8, 0.4
"""What a contradiction counts that stands in the body, and one that the body only looks back on."""
MOST = 1.2
MOST_KEPT = 20_000
"""Sets of identities whose verdicts are kept: posts repeat themselves."""

_DECISIVE = frozenset((Scope.DOCUMENT, Scope.PLENUM, Scope.SESSION))
_EDITIONS = frozenset((Scope.PLENUM, Scope.ASSEMBLY, Scope.COUNCIL, Scope.SESSION, Scope.TERM))
_PARTY_CONGRESSES = frozenset((Scope.NATIONAL_CONGRESS, Scope.PROVINCE_CONGRESS, Scope.BLOCK_CONGRESS, Scope.LOCAL_CONGRESS))
_PARTY_TYPES = frozenset(("ct", "kl", "qd", "nq"))
_NOT_COMPARED = frozenset((Scope.LOCAL_CONGRESS, Scope.ORGANISATION_CONGRESS))


@dataclass(frozen=True, slots=True)
class Said:
    """The identities of a post as the rules see them: those of the title, of the body, those that are awaited, and those that
    the body only looks back on (`theo Nghị quyết Trung ương 4 khóa XII`)."""

    title: frozenset[Identity]
    body: frozenset[Identity]
    awaited: frozenset[Identity]
    recalled: frozenset[Identity]
    home: bool
    """Whether the post may be about the plan's own province: it names it, or no province at all."""
    congress: bool = True
    """Whether it speaks of a congress at all, numbered or not."""

    @classmethod
    def of(cls, mentions: Iterable[Mention], home: bool, congress: bool = True) -> "Said":
        title: set[Identity] = set()
        body: set[Identity] = set()
        awaited: set[Identity] = set()
        recalled: set[Identity] = set()
        for mention in mentions:
            (title if mention.field == "title" else body).add(mention.identity)
            if mention.role is Role.TARGET:
                awaited.add(mention.identity)
            elif mention.role is Role.REFERENCE and mention.field != "title":
                recalled.add(mention.identity)
        return cls(frozenset(title), frozenset(body), frozenset(awaited), frozenset(recalled - title - awaited), home, congress)

    @property
    def all(self) -> frozenset[Identity]:
        return self.title | self.body


@dataclass(frozen=True)
class Verdict:
    """For each topic: support and contradiction, and the identities behind them."""

    support: Matrix
    against: Matrix
    reasons: tuple[tuple[Identity, ...], ...]
    objections: tuple[tuple[Identity, ...], ...]


@dataclass
class IdentityRules:
    plan: PlanProfile
    _known: dict[Said, Verdict] = field(default_factory=dict)

    def __post_init__(self) -> None:
        total = len(self.plan.topics)
        titled = {i for t in self.plan.topics for i in t.requires}
        self._organisation = any(i.scope is Scope.ORGANISATION_CONGRESS for i in titled)
        self._rarity: dict[Identity, float] = {}
        for identity in self.plan.known:
            having = sum(any(identity.agrees(i) for i in (*t.requires, *t.favours)) for t in self.plan.topics)
            self._rarity[identity] = math.log((total + 1) / (having + 0.5)) / math.log(total + 1) if total > 1 else 1.0

    def judge(self, said: Said) -> Verdict:
        verdict = self._known.get(said)
        if verdict is None:
            if len(self._known) >= MOST_KEPT:
                self._known.clear()
            verdict = self._known[said] = self._judge(said)
        return verdict

    def _judge(self, said: Said) -> Verdict:
        found = [self._one(topic, said) for topic in self.plan.topics]
        return Verdict(
            np.array([min(f[0], MOST) for f in found], dtype=np.float32),
            np.array([min(f[1], MOST) for f in found], dtype=np.float32),
            tuple(tuple(f[2]) for f in found),
            tuple(tuple(f[3]) for f in found),
        )

    def _one(self, topic: TopicProfile, said: Said) -> tuple[float, float, list[Identity], list[Identity]]:
        support = against = 0.0
        reasons: list[Identity] = []
        objections: list[Identity] = []
        if topic.congress and not said.congress:
            against += NO_CONGRESS
        own = (*topic.requires, *topic.favours)
        for identity in said.all:
            agreed = next((i for i in own if identity.agrees(i)), None)
            if agreed is None:
                continue
            if identity.scope is Scope.CONGRESS_LEVEL:
                continue  # every post on a congress has one
            support += self._support(identity, agreed, agreed in topic.requires, identity in said.title)
            reasons.append(identity)
        scopes = {i.scope for i in said.all} - _NOT_COMPARED
        if Scope.PLENUM in scopes:
            scopes.discard(Scope.PARTY_TERM)  # a plenum carries its term
        decided = any(i.scope in _DECISIVE and i.agrees(r) for i in said.all for r in topic.requires)
        for scope in sorted(scopes):
            if decided and all(i in said.recalled for i in said.all if i.scope is scope):
                continue  # it is about what the topic names, whatever else it looks back on
            size, behind = self._contradiction(topic, said, scope)
            if size:
                against += size
                objections += behind
        if topic.requires:
            for scope in _DECISIVE & {i.scope for i in topic.requires} - {i.scope for i in said.all}:
                against += MISSING_DOCUMENT if scope is Scope.DOCUMENT else MISSING_EDITION
        against += self._other_target(said, topic, objections)
        against += self._other_organisation(said, topic, objections)
        against += self._unknown_document(topic, said, objections)
        if excluded := [i for i in said.all if any(i.agrees(e) for e in topic.excludes)]:
            against = MOST
            objections += excluded
        return support, against, reasons, objections

    def _support(self, identity: Identity, agreed: Identity, required: bool, headline: bool) -> float:
        rarity = self._rarity.get(agreed, 1.0)
        if identity.scope is Scope.DOCUMENT:
            return (NAMED_DOCUMENT if required else CITED_DOCUMENT) * rarity * (1.0 if headline else 0.8)
        size = SAME_IN_TITLE if required else SAME_IN_TEXT
        if required and identity.scope in _DECISIVE:
            size += DECISIVE
        return size * rarity

    def _contradiction(self, topic: TopicProfile, said: Said, scope: Scope) -> tuple[float, list[Identity]]:
        if scope is Scope.PROVINCE_CONGRESS and not said.home:
            return 0.0, []
        values = [i for i in said.all if i.scope is scope]
        required = [i for i in topic.requires if i.scope is scope]
        own = [*required, *(i for i in topic.favours if i.scope is scope)]
        plan = [i for i in self.plan.known if i.scope is scope]
        if not plan or (scope is Scope.CONGRESS_LEVEL and len(required) != 1):
            return 0.0, []
        headline = [i for i in values if i in said.title]
        weighed = headline or [i for i in values if i not in said.recalled] or values
        compared = [i for i in weighed if any(i.comparable(o) for o in (required or own or plan))]
        if not compared or any(i.agrees(o) for i in compared for o in (required or own)):
            return 0.0, []
        share = 1.0 if headline else BODY if any(i not in said.recalled for i in weighed) else RECALLED
        foreign = not any(i.agrees(o) for i in compared for o in plan)
        if required:
            if scope is Scope.DOCUMENT:
                return OTHER_DOCUMENT, compared
            if scope in _DECISIVE:
                return FOREIGN, compared
            if scope is Scope.CONGRESS_LEVEL:
                return OTHER_LEVEL, compared
            agreeing = any(i.agrees(o) for i in values for o in own)
            return (FOREIGN if foreign and not agreeing else OTHER_IN_PLAN), compared
        if scope is Scope.DOCUMENT:
            return 0.0, []
        if not foreign:
            return (OTHER_IN_TEXT * share if own and scope in _EDITIONS else 0.0), compared if own else []
        return (FOREIGN if own else FOREIGN_TO_PLAN) * (0.5 if topic.timeless else 1.0) * share, compared

    def _unknown_document(self, topic: TopicProfile, said: Said, objections: list[Identity]) -> float:
        """A title about a numbered Party document that neither the plan nor anybody here knows: a person should look."""
        unknown = [
            i
            for i in said.title
            if i.scope is Scope.DOCUMENT
            and i.value[0] in _PARTY_TYPES
            and i.value[2] in (None, "tw")
            and not any(i.agrees(o) for o in self.plan.known)
            and not self.plan.concepts.knows(i)
        ]
        if not unknown or topic.anniversaries:
            return 0.0
        objections.extend(unknown)
        return UNKNOWN_DOCUMENT

    def _other_target(self, said: Said, topic: TopicProfile, objections: list[Identity]) -> float:
        if topic.timeless and not topic.congress:
            return 0.0
        awaited = [i for i in said.awaited if i.scope is Scope.NATIONAL_CONGRESS]
        target, past = self.plan.target, self.plan.past
        if past is not None:
            wrong = [i for i in awaited if int(i.value[0] or 0) <= past]
        else:
            wrong = awaited if target is not None and all(i.value[0] != target for i in awaited) else []
        if not wrong:
            return 0.0
        objections.extend(wrong)
        return OTHER_TARGET

    def _other_organisation(self, said: Said, topic: TopicProfile, objections: list[Identity]) -> float:
        """A union's or a company's congress is not the Party's; a plan for an organisation's own congress has no such rule."""
        others = [i for i in said.all if i.scope is Scope.ORGANISATION_CONGRESS]
        party = any(i.scope in _PARTY_CONGRESSES for i in said.all)
        if not others or party or not topic.congress or self._organisation:
            return 0.0
        objections.extend(others)
        return OTHER_ORGANISATION


def clashing(objections: Sequence[Identity], mentions: Iterable[Mention]) -> list[Mention]:
    """The places where a post names what speaks against a topic."""
    wanted = set(objections)
    return [m for m in mentions if m.identity in wanted]
