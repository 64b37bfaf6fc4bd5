"""Letters, tones and syllables of Vietnamese: which words can be one, which are two written together, which are slips."""

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

_ONSETS = "b c ch d g gh gi h k kh l m n ng ngh nh p ph q qu r s t th tr v x"
_RIMES = (
    "a ac ach ai am an ang anh ao ap at au ay e ec em en eng eo ep et i ia ich iec iem ien ieng iep iet ieu im in inh ip it iu "
    "o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oen oeo oet oi om on ong ooc oong op ot u ua uan uang uat uay uc "
    "ue uech uen uenh ui um un ung uo uoc uoi uom uon uong uop uot uou up ut uu uy uya uych uyen uyet uynh uyt uyu "
    "y yem yen yet yeu"
)
_WORD = re.compile(r"[a-z]{5,16}")
_OLD_TONE = re.compile(r"(o[àáảãạ]|o[èéẻẽẹ]|(?<!q)u[ỳýỷỹỵ])(?![^\W\d_])")
_TONE_MOVES = dict(
    pair
    for old, new in (
        ("oà oá oả oã oạ", "òa óa ỏa õa ọa"),
        ("oè oé oẻ oẽ oẹ", "òe óe ỏe õe ọe"),
        ("uỳ uý uỷ uỹ uỵ", "ùy úy ủy ũy ụy"),
    )
    for pair in zip(old.split(), new.split(), strict=True)
)


class _LowerCase(dict[int, int]):
    def __missing__(self, code: int) -> int:
        lower = chr(code).lower()
        self[code] = ord(lower) if len(lower) == 1 else code
        return self[code]


class _Folded(dict[int, int]):
    def __missing__(self, code: int) -> int:
        lower = chr(code).lower()
        character = lower if len(lower) == 1 else chr(code)
        base = "d" if character in "đð" else unicodedata.normalize("NFD", character)[0]
        self[code] = ord(base)
        return self[code]


LOWER, FOLDED = _LowerCase(), _Folded()
"""Tables for `str.translate`, one character for one: lower case, and lower case without marks."""


def accented(cased: str) -> str:
    """Lower case, the tones of oa, oe and uy on their first vowel."""
    return _OLD_TONE.sub(lambda m: _TONE_MOVES[m[0]], cased.translate(LOWER))


@lru_cache(maxsize=1)
def _shapes() -> frozenset[str]:
    return frozenset(onset + rime for onset in ("", *_ONSETS.split()) for rime in _RIMES.split())


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(files("classifier").joinpath("data", "syllables.txt").read_text("utf-8").split())


def is_syllable(word: str) -> bool:
    """Whether a word has the shape of a Vietnamese syllable, whatever its marks."""
    return word.translate(FOLDED) in _shapes()


def is_slip(word: str) -> bool:
    """Whether an accented word has the shape of a syllable but marks that none has: typed or scanned wrongly."""
    return not word.isascii() and word not in _known() and is_syllable(word)


@lru_cache(maxsize=100_000)
def cuts(word: str) -> tuple[int, ...]:
    """Where a word is really two: `thưNguyễn`, `diễnbiến`. Only words that are no syllable and whose parts both are."""
    folded = word.translate(FOLDED)
    syllables = _shapes()
    humps = [i for i in range(1, len(word)) if word[i].isupper() and word[i - 1].islower()]
    if humps:
        bounds = [0, *humps, len(word)]
        parts = [folded[a:b] for a, b in pairwise(bounds)]
        if all(p in syllables for p in parts):
            return tuple(humps)
    if folded in syllables or not _WORD.fullmatch(folded):
        return ()
    for cut in range(len(folded) - 2, 1, -1):
        if folded[:cut] in syllables and folded[cut:] in syllables:
            return (cut,)
    return ()
