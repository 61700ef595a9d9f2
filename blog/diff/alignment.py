"""Which parts of two texts belong together: difflib's answer, within bounds."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence, Set
from difflib import SequenceMatcher
from typing import NamedTuple, Protocol, TypeVar

# About half a second; an article with a changed section takes some hundred thousand.
STEPS = 2_000_000
# The share of words in common from which two parts are one that was changed.
MUCH_ALIKE = 0.4


class TooMuchWorkError(Exception):
    """What is left to compare differs so much that it is shown as replaced."""


class Effort:
    """How much work one comparison may still take: texts that share little could take minutes."""

    def __init__(self, steps: int = STEPS) -> None:
        self.left = steps

    def spend(self, steps: int) -> None:
        """Count work that is about to be done. Raises TooMuchWorkError when none is left."""
        self.left -= steps
        if self.left < 0:
            raise TooMuchWorkError


class Matcher(SequenceMatcher[int]):
    """difflib's, which gives up where it would take too long."""

    # Not in the types of the standard library: the earlier text, and the places in the later one.
    a: Sequence[int]
    b2j: dict[int, list[int]]

    def __init__(self, old: Sequence[int], new: Sequence[int], effort: Effort) -> None:
        self.effort = effort
        # Words that are everywhere begin no match: they cost much time and tell nothing.
        super().__init__(None, old, new, autojunk=True)
        self.hits = {number: len(places) for number, places in self.b2j.items()}

    def find_longest_match(self, *bounds: int) -> Match:  # type: ignore[override]
        start, end = bounds[:2]
        self.effort.spend(sum(1 + self.hits.get(number, 0) for number in self.a[start:end]))
        return Match(*super().find_longest_match(*bounds))


class Match(NamedTuple):
    """A stretch that both have: where it begins in each, and how long it is."""

    a: int
    b: int
    size: int


class Stretch(NamedTuple):
    """Part of the one and part of the other, which are the same or differ."""

    same: bool
    old: slice
    new: slice


def stretches(
    old: Sequence[Hashable], new: Sequence[Hashable], effort: Effort
) -> Iterator[Stretch]:
    """Both from beginning to end, in stretches that are the same and stretches that differ."""
    # Numbers, for the matcher looks at everything many times.
    numbers: dict[Hashable, int] = {}
    was = [numbers.setdefault(part, len(numbers)) for part in old]
    now = [numbers.setdefault(part, len(numbers)) for part in new]
    try:
        opcodes = Matcher(was, now, effort).get_opcodes()
    except TooMuchWorkError:
        opcodes = [("replace", 0, len(was), 0, len(now))]
    for kind, start, end, new_start, new_end in opcodes:
        yield Stretch(kind == "equal", slice(start, end), slice(new_start, new_end))


class Part(Hashable, Protocol):
    """A line or a block: what can be paired with one that has many of the same words."""

    @property
    def kind(self) -> str: ...

    @property
    def vocabulary(self) -> Set[str]: ...


P = TypeVar("P", bound=Part)
Pair = tuple[P | None, P | None]


def align(old: Sequence[P], new: Sequence[P], effort: Effort) -> Iterator[Pair[P]]:
    """Every part of both, in order: with its equal, with what it became, or alone."""
    for stretch in stretches(old, new, effort):
        if stretch.same:
            yield from zip(old[stretch.old], new[stretch.new], strict=True)
        else:
            yield from pair(old[stretch.old], new[stretch.new], effort)


def pair(old: Sequence[P], new: Sequence[P], effort: Effort) -> Iterator[Pair[P]]:
    """Parts that differ, each with the one that it became: the pairs with most in common."""
    try:
        effort.spend(sum(1 + len(part.vocabulary) for part in old) * len(new))
    except TooMuchWorkError:
        yield from ((part, None) for part in old)
        yield from ((None, part) for part in new)
        return
    # best[i][j] is how much old[i:] and new[j:] have in common at most.
    best = [[0.0] * (len(new) + 1) for _part in range(len(old) + 1)]
    alike = [[likeness(was, now) for now in new] for was in old]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            together = alike[i][j] and alike[i][j] + best[i + 1][j + 1]
            best[i][j] = max(together, best[i + 1][j], best[i][j + 1])
    i = j = 0
    while i < len(old) or j < len(new):
        if i < len(old) and best[i][j] == best[i + 1][j]:
            yield old[i], None
            i += 1
        elif j < len(new) and best[i][j] == best[i][j + 1]:
            yield None, new[j]
            j += 1
        else:
            yield old[i], new[j]
            i, j = i + 1, j + 1


def likeness(old: Part, new: Part) -> float:
    """The share of words that two parts have in common; 0 where that is too little."""
    if old.kind != new.kind:
        return 0
    words = len(old.vocabulary) + len(new.vocabulary)
    share = 2 * len(old.vocabulary & new.vocabulary) / words if words else 0
    return share if share >= MUCH_ALIKE else 0
