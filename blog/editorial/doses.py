"""Amounts that changed against the text that readers see: a second look, for a slip does harm.

Each statement that has amounts, a sentence or a row of a table, is paired with what it was: first
those that are the same, wherever they stand now, then those that say the same of other amounts.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from django.utils.translation import gettext as _

from blog.content import PostContent
from blog.diff.amounts import BEGINS, DIGITS, IN_WORDS, UNIT, unit_named, values
from blog.editorial.findings import Finding, Severity, check
from blog.editorial.known import Known
from blog.editorial.manuscript import Manuscript
from blog.editorial.passages import Kind, Sentence
from blog.editorial.sentences import words_of
from blog.rendering import TooComplexError

# Digits are taken whole or not at all, however many there are.
NUMBER = rf"(?>{DIGITS})|{IN_WORDS}|een"
DOSE = re.compile(
    rf"{BEGINS}(?P<number>{NUMBER})"
    rf"(?:\s?(?:[-–]|tot|à|en|of)\s?(?P<most>{NUMBER}))?\s?(?P<unit>{UNIT})(?!\w)",
    re.IGNORECASE,
)
GAP = "\0"
OF_SENTENCES = (Kind.TEXT, Kind.ITEM, Kind.HEADING)
# The share of words in common from which a sentence is another one reworded.
ALIKE = 0.65
# About a tenth of a second; a hundred sentences that were all reworded take as many.
MOST_STEPS = 300_000


class Amount(NamedTuple):
    """A number, or two for a range, with its unit: the same in whatever way it is written."""

    numbers: tuple[float | str, ...]
    unit: str


class Typed(NamedTuple):
    """An amount as it was typed, and the sentence or cell that it stands in."""

    amount: Amount
    words: str
    around: Sentence


@dataclass(eq=False)
class Statement:
    """A sentence or a row of a table: a frame of words with gaps for its amounts."""

    where: Hashable  # the headings above it, and the head of its table
    after: str  # the frame before it
    frame: str
    typed: list[Typed]

    @cached_property
    def amounts(self) -> tuple[Amount, ...]:
        return tuple(typed.amount for typed in self.typed)

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(words_of(self.frame))


Pair = tuple[Statement, Statement]
# What a statement and what it was have in common, the surest first.
SIGNS: tuple[Callable[[Statement], Hashable], ...] = (
    lambda it: (it.where, it.after, it.frame, it.amounts),
    lambda it: (it.where, it.frame, it.amounts),
    lambda it: (it.where, it.frame),
    # Moved; as columns that changed places with their heads leave the amounts in another order.
    lambda it: (it.frame, frozenset(it.amounts)),
)


@check(Severity.WARNING)
def changed_dose(text: Manuscript, known: Known) -> Iterator[Finding]:
    """An amount differs from the one that readers see in the same sentence."""
    if known.live_body is None or known.live_body == text.content.body:
        return
    try:
        live = Manuscript(replace(PostContent(), body=known.live_body))
    except TooComplexError:
        return
    for was, now in paired(statements(live), statements(text)):
        for earlier, later in changes(was, now):
            yield Finding(
                reason=_("Readers see %(was)s here, and this says %(now)s.")
                % {"was": earlier.words, "now": later.words},
                hint=_("Look it up once more: is this what is meant?"),
                place=later.around.place,
                subject=f"{now.frame} {later.words} {earlier.words}",
            )


# --- Statements -----------------------------------------------------------------------------


def statements(text: Manuscript) -> Iterator[Statement]:
    """What the text says with amounts."""
    after = ""
    for where, parts in lines(text):
        frames, typed = zip(*map(gapped, parts), strict=True)
        frame = " ".join(" | ".join(frames).casefold().split())
        if any(typed):
            yield Statement(where, after, frame, list(chain(*typed)))
        after = frame


def lines(text: Manuscript) -> Iterator[tuple[Hashable, list[Sentence]]]:
    """The sentences one by one and the rows of tables as their cells, each with where it stands."""
    for passage in text.passages:
        if passage.kind in OF_SENTENCES:
            for sentence in passage.sentences:
                yield text.paths[passage.section], [sentence]
    for head, *rows in text.tables:
        columns = tuple(cell.text for cell in head)
        for row in (head, *rows):
            where = (text.paths[row[0].section], columns)
            yield where, [Sentence(cell, 0, len(cell.text)) for cell in row]


def gapped(part: Sentence) -> tuple[str, list[Typed]]:
    """The words of a sentence or a cell with gaps for its amounts, and those amounts."""
    typed = []

    def take_out(dose: re.Match[str]) -> str:
        typed.append(Typed(as_amount(dose), dose[0], part))
        return GAP

    return DOSE.sub(take_out, part.text), typed


def as_amount(dose: re.Match[str]) -> Amount:
    """An amount apart from how it is written: "één milligram" and "1,0mg" are the same."""
    number, most, unit = dose.groups(default="")
    return Amount(values(number) + (values(most) if most else ()), unit_named(unit))


# --- Then and now ---------------------------------------------------------------------------


def paired(old: Iterable[Statement], new: Iterable[Statement]) -> Iterator[Pair]:
    """What was said with what it became; what only one of the texts says is left out."""
    for sign in SIGNS:
        waiting: defaultdict[Hashable, deque[Statement]] = defaultdict(deque)
        for was in old:
            waiting[sign(was)].append(was)
        alone = []
        for now in new:
            if same := waiting.get(sign(now)):
                yield same.popleft(), now
            else:
                alone.append(now)
        old, new = [was for left in waiting.values() for was in left], alone
    yield from reworded(list(old), list(new))


def reworded(old: list[Statement], new: list[Statement]) -> Iterator[Pair]:
    """Those with most words in common, the most alike first; none if there are very many."""
    if sum(1 + len(was.words) for was in old) * len(new) > MOST_STEPS:
        return
    likely = [
        (share, was.amounts == now.amounts, was, now)
        for was in old
        for now in new
        if (share := likeness(was, now)) >= ALIKE
    ]
    taken: set[Statement] = set()
    for _share, _is_same, was, now in sorted(likely, key=itemgetter(0, 1), reverse=True):
        if taken.isdisjoint((was, now)):
            taken |= {was, now}
            yield was, now


def likeness(was: Statement, now: Statement) -> float:
    """The share of words that two statements have in common."""
    words = len(was.words) + len(now.words)
    return 2 * len(was.words & now.words) / words if words else 0


def changes(was: Statement, now: Statement) -> Iterator[tuple[Typed, Typed]]:
    """The amounts that differ, as they were and as they are.

    Other words, or the columns of another table, may give the same amounts in another order.
    """
    if (was.where, was.frame) == (now.where, now.frame):
        for earlier, later in zip(was.typed, now.typed, strict=True):
            if earlier.amount != later.amount:
                yield earlier, later
    else:
        yield from slips(without(was.typed, now.amounts), without(now.typed, was.amounts))


def without(typed: list[Typed], amounts: Iterable[Amount]) -> list[Typed]:
    """The amounts that are none of those others."""
    others = set(amounts)
    return [each for each in typed if each.amount not in others]


def slips(gone: list[Typed], new: list[Typed]) -> Iterator[tuple[Typed, Typed]]:
    """New amounts that share their unit or their number with one that is gone."""
    by_unit = {each.amount.unit: each for each in reversed(gone)}
    by_numbers = {each.amount.numbers: each for each in reversed(gone)}
    for later in new:
        amount = later.amount
        if earlier := by_unit.get(amount.unit) or by_numbers.get(amount.numbers):
            yield earlier, later
