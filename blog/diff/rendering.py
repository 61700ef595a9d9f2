"""Two rendered texts as one, with the words marked that came and went."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile, zip_longest
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString

from blog.diff.addresses import Link, Picture, changed_links, changed_pictures
from blog.diff.alignment import Effort, Pair, align
from blog.diff.blocks import Block, closing_of, parse
from blog.diff.figures import Figure, changed_figures
from blog.diff.folding import folded
from blog.diff.words import Piece, compare_words, joined
from blog.rendering.sanitizer import sanitize_marked

NOTHING = Block("")
MARKS = {"gone": "del", "new": "ins"}


class Passage(NamedTuple):
    """Some blocks that follow each other; those far from any change may be folded away."""

    html: SafeString
    blocks: int
    is_far: bool


@dataclass(frozen=True)
class RenderedDiff:
    """A text as readers see it, with what changed in it."""

    passages: list[Passage]
    # A number that was changed by mistake may do harm.
    figures: list[Figure]
    pictures: list[tuple[Picture, Picture]]
    links: list[tuple[Link, Link]]


def compare_renderings(before: str, after: str, effort: Effort) -> RenderedDiff:
    """Compare two pieces of HTML that the sanitizer has seen."""
    old, new = parse(before), parse(after)
    figures: list[Figure] = []
    rows = [
        (was != now, "".join(merged((was, now), effort, figures)))
        for was, now in align(old.blocks, new.blocks, effort)
    ]
    passages = [
        Passage(sanitize_marked("\n".join(blocks)), len(blocks), is_far)
        for is_far, blocks in folded(rows, near=1)
    ]
    return RenderedDiff(
        passages,
        figures,
        pictures=list(changed_pictures(old, new, effort)),
        links=list(changed_links(old, new, effort)),
    )


def merged(pair: Pair[Block], effort: Effort, figures: list[Figure]) -> Iterator[str]:
    """Both of a pair as one block; the figures that differ are added to the list."""
    old, new = pair
    block = new or old or NOTHING
    yield block.opening
    if old and new and (old.blocks or new.blocks):
        inside: list[Figure] = []
        for inner in inner_pairs(old, new, effort):
            yield from merged(inner, effort, inside)
        figures += [in_row(figure, new) for figure in inside] if new.tag == "tr" else inside
    elif block.blocks:
        for inner_block in block.blocks:
            alone = (inner_block, None) if old else (None, inner_block)
            yield from merged(alone, effort, figures)
    else:
        pieces = pieces_of(old or NOTHING, new or NOTHING, effort)
        figures += changed_figures(pieces)
        yield from written(pieces)
    yield block.closing


def inner_pairs(old: Block, new: Block, effort: Effort) -> Iterable[Pair[Block]]:
    """The blocks in both; a cell goes by its place, for its words may all be others."""
    if old == new:
        return zip(old.blocks, new.blocks, strict=True)
    if new.tag == "tr":
        return zip_longest(old.blocks, new.blocks)
    return align(old.as_blocks, new.as_blocks, effort)


def in_row(figure: Figure, row: Block) -> Figure:
    """A figure that is alone in its cell says little without the name of its row."""
    name = f"{row.blocks[0].text}: " if row.blocks else ""
    return Figure(figure.before, figure.after, figure.leading or name, figure.trailing)


def pieces_of(old: Block, new: Block, effort: Effort) -> list[Piece]:
    """The words of both, marked."""
    if old == new:
        return list(joined("same", new.words))
    return compare_words(old.words, new.words, effort)


def written(pieces: Sequence[Piece]) -> Iterator[str]:
    """Pieces as HTML: marks around words only, inside the tags that the words stand in."""
    stack: tuple[str, ...] = ()
    for piece in pieces:
        yield from moved(stack, piece.context)
        stack = piece.context
        text = piece.tag or escape(piece.text)
        if mark := MARKS.get(piece.kind):
            figure = ' class="figure"' if piece.is_figure else ""
            yield f"<{mark}{figure}>{text}</{mark}>"
        else:
            yield text
    yield from moved(stack, ())


def moved(stack: tuple[str, ...], context: tuple[str, ...]) -> Iterator[str]:
    """The tags that end and begin between words in one context and words in another."""
    pairs = zip(stack, context, strict=False)
    both = sum(1 for _tag in takewhile(lambda pair: pair[0] == pair[1], pairs))
    yield from (closing_of(tag) for tag in reversed(stack[both:]))
    yield from context[both:]
