"""Numbers and their units: what may do harm when it is changed by mistake."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from blog.diff.words import Piece

DIGITS = r"(?:\d+(?:[.,:/]\d+)*[½¼¾⅓⅔]?|[½¼¾⅓⅔])"
IN_WORDS = (
    "één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien|"
    "twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig|honderd|duizend|"
    "half|halve|anderhalf|anderhalve"
)
UNITS = (
    "mg|mcg|µg|μg|ug|gr?|kg|kilo|gram|milligram|microgram|ml|cl|dl|l|liter|IE|IU|kcal|kJ|"
    "mmol(?:/l)?|mmHg|mm|cm|km|m|meter|kilometer|%|‰|procent|°C|graden|euro|"
    "sec|seconden?|min|minuut|minuten|uren|uur|dag|dagen|nacht|nachten|week|weken|maand|maanden|"
    "jaar|jaren|keer|maal|x|×|tablet|tabletten|capsules?|druppels?|eetlepels?|theelepels?|"
    "glas|glazen|kop|koppen|kopjes?|porties?"
)
# "200–400 mg", "3 weken", "80%", "2023", "twee weken".
FIGURE = (
    rf"{DIGITS}(?:\s?[-–]\s?{DIGITS})?(?:\s?(?:{UNITS}))?(?!\w)"
    rf"|(?:{IN_WORDS})\s(?:{UNITS})(?!\w)"
)
IS_FIGURE = re.compile(FIGURE, re.IGNORECASE)

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


def changed_figures(pieces: Sequence[Piece]) -> Iterable[Figure]:
    """The figures that differ in one compared text; those of one place belong together."""
    text = ""  # the new text up to here
    whole = "".join(piece.text for piece in pieces if piece.kind != "gone")
    for same, run in groupby(pieces, key=lambda piece: piece.kind == "same"):
        place = list(run)
        came = "".join(piece.text for piece in place if piece.kind != "gone")
        if not same:
            gone = [piece.text for piece in place if piece.is_figure and piece.kind == "gone"]
            new = [piece.text for piece in place if piece.is_figure and piece.kind == "new"]
            leading, trailing = end_of(text), start_of(whole[len(text) + len(came) :])
            for before, after in zip_longest(gone, new, fillvalue=""):
                yield Figure(before, after, leading, trailing)
        text += came


def end_of(text: str) -> str:
    """The last words of what stands before."""
    return text if len(text) <= AROUND else text[-AROUND:].partition(" ")[2]


def start_of(text: str) -> str:
    """The first words of what comes after."""
    return text if len(text) <= AROUND else text[:AROUND].rpartition(" ")[0]
