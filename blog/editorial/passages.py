"""Running text as plain words that know where in the source each of them was typed."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from markdown_it.token import Token

from blog.editorial import sentences
from blog.editorial.findings import Place
from blog.rendering.tokens import OBJECT, plain_text


class Kind(StrEnum):
    """What a block of running text is."""

    TEXT = "text"
    ITEM = "item"
    HEADING = "heading"
    CELL = "cell"
    SOURCE = "source"
    MEANING = "meaning"


@dataclass(frozen=True)
class Link:
    """Where a link leads, as typed, and which words of its passage it is."""

    address: str
    start: int
    end: int


@dataclass(frozen=True)
class Picture:
    """A picture with its alternative text, and the place of the whole."""

    address: str
    alt: str
    place: Place


@dataclass
class Passage:
    """The running text of one block; `offsets` has for each character its place in the source."""

    kind: Kind
    section: int  # how many headings stand before it
    text: str = ""
    offsets: list[int] = field(default_factory=list)
    marks: dict[int, str] = field(default_factory=dict)  # position -> label of the source
    mark_offsets: list[int] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    name: str = "body"  # the field that it stands in

    def place(self, start: int, end: int) -> Place:
        """Some characters of it, by their place in the source."""
        if start >= end:
            at = self.offsets[start] if start < len(self.offsets) else self.end
            return Place(self.name, at, at)
        words = self.text[start:end].replace(OBJECT, "").strip()
        return Place(self.name, self.offsets[start], self.offsets[end - 1] + 1, words)

    @property
    def end(self) -> int:
        """Where it ends in the source."""
        return self.offsets[-1] + 1 if self.offsets else 0

    @property
    def whole(self) -> Place:
        """All of it."""
        return self.place(0, len(self.text))

    @cached_property
    def sentences(self) -> list[Sentence]:
        """Its sentences, in order."""
        return [Sentence(self, start, end) for start, end in sentences.split(self.text)]

    @cached_property
    def mark_positions(self) -> list[int]:
        """Where the marks of sources stand, in order."""
        return sorted(self.marks)

    def has_mark(self, start: int, end: int) -> bool:
        """Whether a source is marked between these positions, or right at the end."""
        first = bisect_left(self.mark_positions, start)
        return first < len(self.mark_positions) and self.mark_positions[first] <= end

    def links_in(self, start: int, end: int) -> list[Link]:
        """The links of which any word stands between these positions."""
        first = bisect_right(self.links, start, key=lambda link: link.end)
        after = bisect_left(self.links, end, key=lambda link: link.start)
        return self.links[first:after]

    def sentence_at(self, position: int) -> str:
        """The sentence in which this character stands; all of the text, if it is in none."""
        number = bisect_right(self.sentences, position, key=lambda sentence: sentence.start)
        if number and position < self.sentences[number - 1].end:
            return self.sentences[number - 1].text
        return self.text

    def matches(self, pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str], Place]]:
        """What a pattern finds in it, each with its place."""
        for match in pattern.finditer(self.text):
            yield match, self.place(match.start(), match.end())


@dataclass(frozen=True)
class Sentence:
    """One sentence of a passage."""

    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]

    @property
    def place(self) -> Place:
        return self.passage.place(self.start, self.end)

    @property
    def words(self) -> list[str]:
        return sentences.words_of(self.text)

    @property
    def links(self) -> list[Link]:
        """The links in it."""
        return self.passage.links_in(self.start, self.end)

    @property
    def is_cited(self) -> bool:
        """Whether it has the mark of a source, or has one right behind it."""
        return self.passage.has_mark(self.start, self.end)


@dataclass(frozen=True)
class Lines:
    """A source text, and where each of its lines begins."""

    source: str

    @cached_property
    def starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.source))]

    def start(self, line: int) -> int:
        """Where a line begins, by its number from nought."""
        return self.starts[min(line, len(self.starts) - 1)]

    def end(self, line: int) -> int:
        """Where a line ends, before its line end."""
        end = self.source.find("\n", self.start(line))
        return len(self.source) if end < 0 else end

    def line_of(self, position: int) -> int:
        """The number of the line that has this character."""
        return bisect_right(self.starts, position) - 1


def lay_out(inline: Token, lines: Lines, *, kind: Kind, section: int, after: int) -> Passage:
    """The running text of one block; `after` is how far the source was read already."""
    return Layout(inline, lines, Passage(kind, section), after=after).passage


class Layout:
    """Walks the pieces of running text along the source that they came from.

    markdown-it does not say where a piece stands; each is looked for after the one before it.
    """

    def __init__(self, inline: Token, lines: Lines, passage: Passage, *, after: int) -> None:
        self.passage = passage
        self.content = inline.content
        self.at = 0
        self.line_places = list(self.place_lines(inline, lines, after))
        self.line_starts = [0, *(m.end() for m in re.finditer("\n", self.content))]
        self.open_link: tuple[str, int] = ("", 0)
        self.in_autolink = False
        for token in inline.children or []:
            self.read(token)

    def place_lines(self, inline: Token, lines: Lines, after: int) -> Iterator[int]:
        """Where in the source each line of the content begins."""
        first, last = inline.map or (lines.line_of(after), lines.line_of(after) + 1)
        for number, line in enumerate(self.content.split("\n")):
            start = max(lines.start(min(first + number, last)), after if number == 0 else 0)
            found = lines.source.find(line, start)
            if found < 0:  # The pipes of a table were typed with a backslash.
                found = lines.source.find(line.replace("|", r"\|"), start)
            yield found if found >= 0 else start

    def offset(self, position: int) -> int:
        """The place in the source of a character of the content."""
        line = bisect_right(self.line_starts, position) - 1
        return self.line_places[line] + position - self.line_starts[line]

    def read(self, token: Token) -> None:
        """Add what one piece says, and pass it in the content."""
        passage = self.passage
        if token.type == "text" and not self.in_autolink:
            self.add(token.content, self.find(token.content), advance=1)
        elif token.type in ("text", "code_inline"):
            # An address or code: no check reads it as words.
            self.add(OBJECT * len(token.content), self.find(token.content), advance=1)
        elif token.type == "text_special":
            self.add(token.content, self.find(token.markup), advance=0)
            self.at += len(token.markup)
        elif token.type in ("softbreak", "hardbreak"):
            self.add(" ", self.find("\n"), advance=1)
        elif token.type == "footnote_ref":
            mark = f"[^{token.meta['label']}]"
            start = self.find(mark)
            passage.marks[len(passage.text)] = token.meta["label"]
            passage.mark_offsets.append(self.offset(start))
            self.at = start + len(mark)
        elif token.type == "link_open":
            self.open_link = (str(token.attrs.get("href", "")), len(passage.text))
            self.in_autolink = token.markup == "autolink"
        elif token.type == "link_close":
            address, start = self.open_link
            passage.links.append(Link(address, start, len(passage.text)))
            self.pass_address(">" if token.markup == "autolink" else ")")
            self.in_autolink = False
        elif token.type == "image":
            self.add_picture(token)

    def find(self, piece: str) -> int:
        """Where a piece stands; where we are, if it cannot be found as it is."""
        found = self.content.find(piece, self.at)
        return found if found >= 0 else self.at

    def add(self, words: str, start: int, *, advance: int) -> None:
        """Add words that begin at a place of the content; an entity is one place for all."""
        last = max(len(self.content) - 1, 0)
        self.passage.text += words
        self.passage.offsets += [
            self.offset(min(start + advance * index, last)) for index in range(len(words))
        ]
        if advance:
            self.at = start + len(words)

    def add_picture(self, token: Token) -> None:
        """Note a picture, which is no words of the text."""
        start = self.find("![")
        self.at = start + 2
        alt = plain_text(token.children or [])
        self.at = self.find(alt) + len(alt) if alt else self.at
        self.pass_address(")")
        place = Place("body", self.offset(start), self.offset(max(self.at - 1, start)) + 1, alt)
        self.passage.pictures.append(Picture(str(token.attrs.get("src", "")), alt, place))

    def pass_address(self, end: str) -> None:
        """Go on behind the address of a link or a picture, so that no word is found in it."""
        if end == ")":
            bracket = self.content.find("]", self.at)
            if bracket < 0:
                return
            self.at = bracket + 1
            opening = self.content[self.at : self.at + 1]
            end = {"(": ")", "[": "]"}.get(opening, "")
        found = self.content.find(end, self.at) if end else -1
        if found >= 0:
            self.at = found + 1
