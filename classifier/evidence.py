"""Why: the phrases and entities behind a tag, as readable stretches of the original text."""

from classifier.anniversaries import EVENT
from classifier.features import CONCEPT
from classifier.model import Examined, TopicModel
from classifier.profile import SLOGAN
from classifier.rules import Verdict
from domain.tag import Evidence

MOST = 12
_Piece = tuple[str, str, int, int, bool]


def evidence_for(model: TopicModel, post: Examined, column: int, verdict: Verdict) -> tuple[Evidence, ...]:
    """What speaks for and against one topic, in the order of the text; neighbours of one kind are one span."""
    topic = model.profile.topics[column]
    concepts = model.profile.sources[column].concepts
    events = {a.event for a in topic.anniversaries}
    pieces: list[_Piece] = []
    for hit in post.hits:
        kind = hit.entry.kind
        wanted = (
            (kind == CONCEPT and hit.entry.key in concepts)
            or (kind == EVENT and hit.entry.key in events)
            or (kind == SLOGAN and hit.entry.key in topic.slogans)
        )
        if wanted:
            span = post.reading.span(hit.first, hit.last)
            pieces.append((kind, span.field, span.start, span.end, False))
    reasons, objections = set(verdict.reasons[column]), set(verdict.objections[column])
    for mention in post.mentions:
        if mention.identity in reasons or mention.identity in objections:
            against = mention.identity in objections
            pieces.append((mention.identity.scope.value, mention.field, mention.start, mention.end, against))
    return tuple(_shown(post, p) for p in _merged(pieces))[:MOST]


def _merged(pieces: list[_Piece]) -> list[_Piece]:
    """Overlapping and adjoining pieces of the same side as one; the more telling kind (an entity before a concept) names it."""
    merged: list[_Piece] = []
    for kind, field, start, end, against in sorted(pieces, key=lambda p: (p[1] != "title", p[4], p[2], -p[3])):
        if merged:
            k, f, s, e, a = merged[-1]
            if f == field and a == against and start <= e + 1:
                merged[-1] = (k if k != CONCEPT else kind, f, s, max(e, end), a)
                continue
        merged.append((kind, field, start, end, against))
    return merged


def _shown(post: Examined, piece: _Piece) -> Evidence:
    kind, field, start, end, against = piece
    view = post.reading.title if field == "title" else post.reading.body
    first, last = view.original(start, end)
    return Evidence(kind, view.cased[start:end], field, first, last, against)
