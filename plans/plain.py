"""Text as it is compared while reading: a plain copy with the same length, so that a match in it is a place in the original."""

import unicodedata

_PUNCTUATION = {"–": "-", "—": "-", "−": "-", "‑": "-", "\u00a0": " ", "\t": " ", "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'"}


class _Letters(dict[int, str]):
    """Letter to its plain form, filled as letters are met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        bare = unicodedata.normalize("NFD", letter)[0].lower()
        found = _PUNCTUATION.get(letter) or {"đ": "d"}.get(bare) or (bare if len(bare) == 1 else letter)
        self[code] = found
        return found


_LETTERS = _Letters()


def plain(text: str) -> str:
    """Lower case without marks, dashes and quotes in one form. `text` must be NFC; the result has the same length.

    Printed plans lose marks in scanning (`chinh đón`, `công/trang`), so words are looked for here; the original is shown.
    """
    return text.translate(_LETTERS)


def is_capitals(text: str) -> bool:
    """A heading in capitals: at least two letters, and nine letters in ten upper case."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 2 and sum(c.isupper() for c in letters) >= 0.9 * len(letters)
