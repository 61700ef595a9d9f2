"""Two texts as they were typed, line by line, with the words marked in lines that changed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from blog.diff.alignment import Effort, align
from blog.diff.folding import folded
from blog.diff.words import Piece, compare, split

# Lines around a change that are always shown.
NEAR = 2


@dataclass(frozen=True)
class Line:
    """One line of a text."""

    text: str
    kind: str = "line"

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words in it, each once."""
        return frozenset(word for word in split(self.text) if not word.isspace())


class ComparedLine(NamedTuple):
    """A line of both texts ("same", "changed") or of one of them ("gone", "new")."""

    kind: str
    pieces: list[Piece]


class SourcePassage(NamedTuple):
    """Some lines that follow each other; those far from any change may be folded away."""

    lines: list[ComparedLine]
    is_far: bool


def compare_sources(before: str, after: str, effort: Effort) -> list[SourcePassage]:
    """Compare two texts as they were typed."""
    old, new = ([Line(text) for text in source.split("\n")] for source in (before, after))
    lines = [compared(was, now, effort) for was, now in align(old, new, effort)]
    rows = [(line.kind != "same", line) for line in lines]
    return [SourcePassage(group, is_far) for is_far, group in folded(rows, near=NEAR)]


def compared(old: Line | None, new: Line | None, effort: Effort) -> ComparedLine:
    """What became of one line."""
    if old is None or new is None:
        kind = "gone" if old else "new"
        return ComparedLine(kind, [Piece(kind, (old or new or Line("")).text)])
    if old == new:
        return ComparedLine("same", [Piece("same", new.text)])
    return ComparedLine("changed", compare(old.text, new.text, effort))
