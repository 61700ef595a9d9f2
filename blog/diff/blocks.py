"""Sanitised HTML as a tree of blocks, each with the words that stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser

from django.utils.html import escape

from blog.diff.words import Word, split

RUNNING = {"a", "abbr", "code", "em", "s", "span", "strong", "sup"}
EMPTY = {"br", "hr", "img"}
HIDDEN = '<span class="visually-hidden">'
# What tells two tags apart. Ids change with their surroundings.
TELLING = ("class", "role", "tabindex", "lang", "start", "href", "src", "alt", "title")
NAME = re.compile(r"\w+")


@dataclass(frozen=True)
class Block:
    """A paragraph, a list, a cell, …, with blocks in it or words; some words stand in no tag."""

    opening: str
    blocks: tuple[Block, ...] = ()
    words: tuple[Word, ...] = ()

    @property
    def kind(self) -> str:
        """What it can become: another one with the same tag."""
        return self.opening

    @property
    def tag(self) -> str:
        """The name of its tag."""
        return name_of(self.opening)

    @property
    def closing(self) -> str:
        """The end of its tag."""
        return closing_of(self.opening)

    @property
    def as_blocks(self) -> tuple[Block, ...]:
        """What is in it, as blocks also where that is words."""
        return self.blocks or (Block("", words=self.words),)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words in it, each once."""
        return frozenset(word.text for word in self.all_words() if not word.text.isspace())

    @property
    def text(self) -> str:
        """The words in it as plain text."""
        return "".join(word.text for word in self.all_words())

    def all_words(self) -> Iterator[Word]:
        """The words in it and in the blocks in it."""
        yield from self.words
        for block in self.blocks:
            yield from block.all_words()


def parse(html: str) -> Block:
    """HTML that the sanitizer has seen, as one block without a tag."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    reader.open[0].end_words()
    return reader.open[0].finished()


@dataclass
class OpenBlock:
    """A block that is still being read."""

    opening: str
    blocks: list[Block] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)

    def end_words(self) -> None:
        """Make the words up to here a block, as of an item that goes on with a list."""
        while self.words and self.words[-1].text.isspace():
            self.words.pop()
        if self.words:
            self.blocks.append(Block("", words=tuple(self.words)))
        self.words = []

    def finished(self) -> Block:
        """The whole block, now that its end has come."""
        if self.blocks:
            self.end_words()
        return Block(self.opening, tuple(self.blocks), tuple(self.words))


class Reader(HTMLParser):
    """Builds the tree."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [OpenBlock("")]
        self.context: list[str] = []  # the tags around the words that come now

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        opening = write_opening(tag, attrs)
        if tag in RUNNING:
            self.context.append(opening)
        elif tag in ("br", "img"):
            self.open[-1].words.append(Word("", tuple(self.context), opening))
        else:
            self.open[-1].end_words()
            self.open.append(OpenBlock(opening))
            if tag in EMPTY:
                self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in RUNNING:
            self.context.pop()
        else:
            block = self.open.pop().finished()
            self.open[-1].blocks.append(block)

    def handle_data(self, data: str) -> None:
        if HIDDEN not in self.context:
            context = tuple(self.context)
            self.open[-1].words += [Word(word, context) for word in split(data)]


def name_of(opening: str) -> str:
    """The name of a tag."""
    name = NAME.search(opening)
    return name.group() if name else ""


def closing_of(opening: str) -> str:
    """The tag that ends what this one begins."""
    tag = name_of(opening)
    return f"</{tag}>" if tag and tag not in EMPTY else ""


def write_opening(tag: str, attributes: list[tuple[str, str | None]]) -> str:
    """A tag with what tells it apart; a link to another place in the text goes by its name."""
    telling = {*TELLING, "aria-label"} if tag == "a" else TELLING
    shown = [
        f' {name}="{escape(value)}"'
        for name, value in attributes
        if name in telling and value and not (name == "href" and value.startswith("#"))
    ]
    return f"<{tag}{''.join(shown)}>"
