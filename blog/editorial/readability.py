"""How hard a text reads, for the editor only: no reader sees it, and nothing depends on it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from pyphen import Pyphen

from blog.editorial.manuscript import Manuscript
from blog.editorial.passages import Kind, Sentence

# Flesch's reading ease for Dutch by W. H. Douma, De leesbaarheid van landbouwbladen (1960).
BASE, A_WORD, A_SYLLABLE = 206.835, 0.93, 77
# Shorter sentences are left alone, however long their words.
SHORTEST = 12
SHOWN = 5

HYPHENATION = Pyphen(lang="nl_NL", left=1, right=1)


@dataclass(frozen=True)
class Readability:
    """The score, from 0 (hard) to 100 (easy), and the sentences that most deserve work."""

    score: int
    hardest: tuple[Sentence, ...]


def readability(text: Manuscript) -> Readability | None:
    """How hard the running text reads; None where there is none.

    Headings and lists have no full stops, and are left out.
    """
    sentences = [s for s in text.sentences if s.passage.kind == Kind.TEXT and s.words]
    if not sentences:
        return None
    words = [word for sentence in sentences for word in sentence.words]
    score = reading_ease(len(words) / len(sentences), words)
    long = [sentence for sentence in sentences if len(sentence.words) >= SHORTEST]
    by_ease = sorted(long, key=lambda s: reading_ease(len(s.words), s.words))
    return Readability(round(min(max(score, 0), 100)), tuple(by_ease[:SHOWN]))


def reading_ease(words_a_sentence: float, words: list[str]) -> float:
    """Flesch-Douma for some words that stand in sentences of this length."""
    a_word = sum(map(syllables, words)) / len(words)
    return BASE - A_WORD * words_a_sentence - A_SYLLABLE * a_word


@lru_cache(maxsize=50_000)
def syllables(word: str) -> int:
    """The syllables of a word, by the places at which it may be broken."""
    return len(HYPHENATION.positions(word.lower())) + 1
