"""Numbers and their units: what may do harm when it is changed by mistake."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from blog.diff.amounts import DIGITS, IN_WORDS, UNIT

if TYPE_CHECKING:
    from blog.diff.words import Piece

# "200–400 mg", "3 weken", "80%", "2023", "twee weken".
FIGURE = (
    rf"{DIGITS}(?:\s?[-–]\s?{DIGITS})?(?:\s?(?:{UNIT}))?(?!\w)"
    rf"|(?:{IN_WORDS})\s(?:{UNIT})(?!\w)"
)
IS_FIGURE = re.compile(FIGURE, re.IGNORECASE)

# The two texts of a comparison, by the kind of pieces that only it has.
SIDES = ("gone", "new")
# How many characters around a figure tell which one it is.
AROUND = 40


class Figure(NamedTuple):
    """A number that changed, came or went, between the words that stand around it."""

    before: str
    after: str
    leading: str
    trailing: str


def is_figure(word: str) -> bool:
    """Whether this word is a number, with its unit if it has one, or holds a digit."""
    return any(map(str.isnumeric, word)) or IS_FIGURE.fullmatch(word) is not None


def changed_figures(pieces: Sequence[Piece]) -> Iterator[Figure]:
    """The figures that differ in one compared text; those of one place belong together."""
    texts = {side: "".join(p.text for p in pieces if p.kind in ("same", side)) for side in SIDES}
    passed = dict.fromkeys(SIDES, 0)
    for _is_same, place in groupby(pieces, key=lambda piece: piece.kind == "same"):
        found: dict[str, list[Figure]] = {side: [] for side in SIDES}
        for piece in place:
            for side in SIDES if piece.kind == "same" else [piece.kind]:
                start, passed[side] = passed[side], passed[side] + len(piece.text)
                if piece.is_figure:
                    around = ending(texts[side], start), beginning(texts[side], passed[side])
                    found[side].append(Figure(piece.text, piece.text, *around))
        for gone, new in zip_longest(found["gone"], found["new"]):
            # It stands where it stands now, if it is still there.
            _before, _after, leading, trailing = new or gone
            yield Figure(gone.before if gone else "", new.after if new else "", leading, trailing)


def ending(text: str, end: int) -> str:
    """The last words before a place."""
    start = end - AROUND
    return text[:end] if start <= 0 else text[start:end].partition(" ")[2]


def beginning(text: str, start: int) -> str:
    """The first words from a place on."""
    end = start + AROUND
    return text[start:] if end >= len(text) else text[start:end].rpartition(" ")[0]
