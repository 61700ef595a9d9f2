"""Signals in how the letters of a comment look."""

from __future__ import annotations

import re
from collections.abc import Iterator

from comments.spam.evidence import Evidence
from comments.spam.folding import LOOKALIKES
from comments.spam.verdict import HOLDS, Finding

LETTERS = re.compile(r"[^\W\d_]+")
LATIN = re.compile(r"[a-z]", re.IGNORECASE)
GREEK = re.compile(r"[Ͱ-Ͽ]")
# A shorter text in capitals is an exclamation.
LOUD_LETTERS = 40
LOUD_SHARE = 0.7


def mixed_scripts(evidence: Evidence) -> Iterator[Finding]:
    """Cyrillic or Greek letters pass for Latin ones; a word wholly in another script is fine."""
    words = LETTERS.findall(f"{evidence.text} {evidence.name}")
    mixed = [word for word in words if is_mixed(word)]
    if mixed:
        yield Finding("mixed_scripts", HOLDS, ", ".join(list(dict.fromkeys(mixed))[:3])[:100])


def is_mixed(word: str) -> bool:
    """Whether a word hides foreign letters among Latin ones."""
    if not LATIN.search(word):
        return False
    # A Greek letter in front belongs to science: “αtocopherol”.
    inside = word[1:] if GREEK.match(word) else word
    return not LOOKALIKES.keys().isdisjoint(inside.casefold())


def shouting(evidence: Evidence) -> Iterator[Finding]:
    """A longer text is nearly all capitals; angry people write so too."""
    cased = [c for c in evidence.text if c.isupper() or c.islower()]
    if len(cased) >= LOUD_LETTERS and sum(map(str.isupper, cased)) / len(cased) >= LOUD_SHARE:
        yield Finding("shouting", 0.5)
