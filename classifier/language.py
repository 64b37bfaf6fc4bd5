"""The shipped data about the language, read once."""

from dataclasses import dataclass
from functools import lru_cache

from classifier.anniversaries import Event, parse_events
from classifier.lexicon import Entry
from classifier.places import place_entries
from classifier.reading import Abbreviations
from classifier.thesaurus import KnownDocument, Thesaurus, data_text, parse_abbreviations, parse_documents, parse_thesaurus
from domain.errors import Problem


@dataclass(frozen=True)
class LanguageData:
    """What is known of administrative Vietnamese, whatever the plan. `problems` are lines of the data files that were left out."""

    thesaurus: Thesaurus
    abbreviations: Abbreviations
    documents: tuple[KnownDocument, ...]
    events: tuple[Event, ...]
    places: tuple[Entry, ...]
    problems: tuple[Problem, ...] = ()


def language_data(thesaurus_text: str, abbreviations_text: str, documents_text: str, events_text: str) -> LanguageData:
    """The data in the four texts; lines that cannot be used become problems, the rest is used."""
    thesaurus, first = parse_thesaurus(thesaurus_text)
    abbreviations, second = parse_abbreviations(abbreviations_text)
    documents, third = parse_documents(documents_text, thesaurus)
    events, fourth = parse_events(events_text)
    return LanguageData(thesaurus, abbreviations, documents, events, place_entries(), (*first, *second, *third, *fourth))


@lru_cache(maxsize=1)
def shipped_language() -> LanguageData:
    names = ("thesaurus.txt", "abbreviations.txt", "documents.txt", "events.txt")
    return language_data(*(data_text(n) for n in names))
