"""What a comparison of words does not show: the pictures of a text, and where its links lead."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterator
from html import unescape
from itertools import chain, groupby, zip_longest
from typing import NamedTuple

from blog.diff.alignment import Effort, stretches
from blog.diff.blocks import Block
from blog.diff.words import Word

ATTRIBUTE = re.compile(r' (\w+)="([^"]*)"')


class Picture(NamedTuple):
    """A picture in a text, with what is said of it."""

    address: str
    description: str
    caption: str


# In the place of a picture that the other text does not have.
NO_PICTURE = Picture("", "", "")


class Link(NamedTuple):
    """Words in a text that lead somewhere."""

    words: str
    address: str


def changed_pictures(
    before: Block, after: Block, effort: Effort
) -> Iterator[tuple[Picture, Picture]]:
    """The pictures that came, went or changed; beside one that came or went is `NO_PICTURE`."""
    old, new = list(pictures(before)), list(pictures(after))
    for stretch in stretches(old, new, effort):
        if stretch.same:
            continue
        # A picture may stand there twice.
        came: dict[str, deque[Picture]] = defaultdict(deque)
        for picture in new[stretch.new]:
            came[picture.address].append(picture)
        gone = []
        for picture in old[stretch.old]:
            if came[picture.address]:
                yield picture, came[picture.address].popleft()
            else:
                gone.append(picture)
        yield from zip_longest(gone, chain(*came.values()), fillvalue=NO_PICTURE)


def changed_links(before: Block, after: Block, effort: Effort) -> Iterator[tuple[Link, Link]]:
    """The links that lead elsewhere by the same words."""
    old, new = list(links(before)), list(links(after))
    for stretch in stretches([link.words for link in old], [link.words for link in new], effort):
        if stretch.same:
            both = zip(old[stretch.old], new[stretch.new], strict=True)
            yield from (pair for pair in both if pair[0] != pair[1])


def pictures(block: Block, caption: str = "") -> Iterator[Picture]:
    """The pictures of a text, in its order."""
    if block.tag == "figure":
        captions = [inner.text for inner in block.blocks if inner.tag == "figcaption"]
        caption = " ".join(captions)
    for word in block.words:
        if word.tag.startswith("<img"):
            told = attributes(word.tag)
            yield Picture(told.get("src", ""), told.get("alt", ""), caption)
    for inner in block.blocks:
        yield from pictures(inner, caption)


def links(block: Block) -> Iterator[Link]:
    """The links of a text to other pages, in its order."""
    for opening, words in groupby(block.words, key=link_around):
        if opening:
            text = "".join(word.text for word in words)
            yield Link(text, attributes(opening)["href"])
    for inner in block.blocks:
        yield from links(inner)


def link_around(word: Word) -> str:
    """The tag of the link that a word stands in."""
    return next((tag for tag in word.context if "href" in attributes(tag)), "")


def attributes(opening: str) -> dict[str, str]:
    """What a tag says, as `blocks` writes it."""
    return {name: unescape(value) for name, value in ATTRIBUTE.findall(opening)}
