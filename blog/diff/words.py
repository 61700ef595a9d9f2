"""Two texts compared word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from blog.diff.alignment import Effort, stretches
from blog.diff.figures import FIGURE, is_figure

WORD = re.compile(rf"{FIGURE}|\w+(?:[-’'.]\w+)*|\s+|.", re.IGNORECASE | re.DOTALL)
# Sameness between two changes that is no longer than this is not worth a stop of the eye.
FEW_WORDS = 3
# The numbers of sections and sources.
COUNTED = ('<span class="section-number">', '<sup class="citation">')


class Word(NamedTuple):
    """A word, space or sign, and the tags that it stands in; or a tag that holds nothing."""

    text: str
    context: tuple[str, ...] = ()
    tag: str = ""

    @property
    def is_figure(self) -> bool:
        """Whether it is a number of the text; those that the page counts by itself are none."""
        return is_figure(self.text) and not any(tag in COUNTED for tag in self.context)


class Piece(NamedTuple):
    """Some words of a comparison: in both texts ("same"), only in the earlier or the later one.

    The kinds of the last two are "gone" and "new".
    """

    kind: str
    text: str
    context: tuple[str, ...] = ()
    tag: str = ""
    # A number that the other text does not have here.
    is_figure: bool = False


@dataclass(frozen=True)
class Run:
    """What stood at one place and what stands there now."""

    same: bool
    gone: list[Word]
    new: list[Word]

    @property
    def has_figure(self) -> bool:
        """Whether a number stands or stood here."""
        return any(word.is_figure for word in (*self.gone, *self.new))

    @property
    def length(self) -> int:
        """How much there is to read here."""
        return max(sum(len(word.text) for word in words) for words in (self.gone, self.new))


def split(text: str) -> list[str]:
    """A text as words, spaces and signs; a number is one word with its unit."""
    return WORD.findall(text)


def compare(before: str, after: str, effort: Effort | None = None) -> list[Piece]:
    """Two plain texts as pieces of the one and of the other."""
    old, new = ([Word(word) for word in split(text)] for text in (before, after))
    return compare_words(old, new, effort or Effort())


def compare_words(old: Sequence[Word], new: Sequence[Word], effort: Effort) -> list[Piece]:
    """Two rows of words as pieces of the one and of the other."""
    runs = [
        Run(same, list(old[was]), list(new[now])) for same, was, now in stretches(old, new, effort)
    ]
    return list(pieces_of(without_stops(runs)))


def without_stops(runs: list[Run]) -> Iterator[Run]:
    """The same with a stray "de" between two changes added to both: nobody reads that well."""
    stays = [run.same for run in runs]
    for place in range(1, len(runs) - 1):
        stays[place] = stays[place] and not is_stop(*runs[place - 1 : place + 2])
    for is_same, group in groupby(zip(stays, runs, strict=True), key=lambda pair: pair[0]):
        together = [run for _stays, run in group]
        gone = [word for run in together for word in run.gone]
        new = [word for run in together for word in run.new]
        yield Run(is_same, gone, new)


def is_stop(before: Run, run: Run, after: Run) -> bool:
    """Whether what is the same here is less than what differs on either side.

    Beside a number it is not: two that changed places would else be the same numbers.
    """
    if any(each.has_figure for each in (before, run, after)):
        return False
    return len(run.gone) <= FEW_WORDS and run.length <= min(before.length, after.length)


def pieces_of(runs: Iterable[Run]) -> Iterator[Piece]:
    """The words of each run, joined as far as they stand in the same tags."""
    for run in runs:
        if run.same:
            yield from joined("same", run.new)
        else:
            yield from joined("gone", run.gone, but_for=run.new)
            yield from joined("new", run.new, but_for=run.gone)


def joined(kind: str, words: Iterable[Word], *, but_for: Iterable[Word] = ()) -> Iterator[Piece]:
    """Words of one kind as few pieces; a figure that the other side lacks is one by itself."""
    known = {word.text for word in but_for}

    def standing(word: Word) -> tuple[tuple[str, ...], str, bool]:
        stands_out = kind != "same" and word.is_figure and word.text not in known
        return word.context, word.tag, stands_out

    for (context, tag, stands_out), group in groupby(words, key=standing):
        texts = [word.text for word in group]
        for text in texts if tag or stands_out else ["".join(texts)]:
            yield Piece(kind, text, context, tag, stands_out)
