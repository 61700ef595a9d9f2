"""A post's content, with its text taken apart into what the checks ask about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from markdown_it.token import Token

from blog.content import PostContent
from blog.editorial.findings import Place
from blog.editorial.passages import Kind, Lines, Link, Passage, Picture, Sentence, lay_out
from blog.rendering import read, render
from blog.rendering.bibliography import IDENTIFIER, trim
from blog.rendering.languages import mark_languages
from blog.rendering.sections import find_headings

# The fields that hold words for readers, beside the text itself.
FIELDS_OF_WORDS = ("title", "summary", "seo_title", "seo_description")
READ_ALOUD = (Kind.TEXT, Kind.ITEM)
# Rows of cells; the first row is the head.
Table = list[list[Passage]]
KINDS = {"list_item": Kind.ITEM, "td": Kind.CELL, "th": Kind.CELL, "heading": Kind.HEADING}


@dataclass
class Source:
    """The definition of a source, `[^label]: …`."""

    label: str
    place: Place
    passages: list[Passage] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its words; the addresses of its links are not among them."""
        return " ".join(passage.text for passage in self.passages)

    @property
    def addresses(self) -> list[str]:
        """Where its links lead."""
        return [link.address for passage in self.passages for link in passage.links]


@dataclass(frozen=True)
class Heading:
    """A heading as the renderer numbers it, and where it stands."""

    level: int
    number: int | None
    title: str
    run: tuple[int, int]
    place: Place
    is_empty: bool  # nothing stands below it


class Manuscript:
    """What the checks read; making it raises TooComplexError."""

    def __init__(self, content: PostContent) -> None:
        self.content = content
        self.lines = Lines(content.body)
        self.tokens = read(content.body)
        mark_languages(self.tokens)
        self.passages: list[Passage] = []
        self.sources: dict[str, Source] = {}
        self.take_apart()

    def take_apart(self) -> None:
        """Lay out every block; what stands in a definition belongs to its source."""
        inside: list[str] = []
        source: Source | None = None
        after = section = 0
        for token in self.tokens:
            name = token.type.rsplit("_", 1)[0]
            if token.type == "footnote_reference_open":
                source = self.begin_source(token)
            elif token.type == "footnote_reference_close":
                source = None
            elif token.nesting == 1:
                inside.append(name)
                section += name == "heading"
            elif token.nesting == -1:
                inside.pop()
            elif token.type == "inline":
                kind = Kind.SOURCE if source else kind_of(token, inside)
                if token.map:
                    after = max(after, self.lines.start(token.map[0]))
                passage = lay_out(token, self.lines, kind=kind, section=section, after=after)
                after = max(after, passage.end)
                self.passages.append(passage)
                if source:
                    source.passages.append(passage)

    def begin_source(self, token: Token) -> Source:
        """The first definition with its label counts, as for the renderer."""
        label = token.meta["label"]
        line = (token.map or (0, 0))[0]
        place = self.line_place(line, words=f"[^{label}]")
        return self.sources.setdefault(label, Source(label, place))

    def line_place(self, line: int, *, words: str = "") -> Place:
        """A whole line of the source."""
        start, end = self.lines.start(line), self.lines.end(line)
        return Place("body", start, end, words or self.content.body[start:end])

    # --- What checks ask --------------------------------------------------------------------

    @property
    def running(self) -> Iterator[Passage]:
        """The paragraphs and the items of lists."""
        return (passage for passage in self.passages if passage.kind in READ_ALOUD)

    @property
    def sentences(self) -> Iterator[Sentence]:
        """The sentences of the running text."""
        return (sentence for passage in self.running for sentence in passage.sentences)

    @property
    def links(self) -> Iterator[tuple[Passage, Link]]:
        """Every link, with the passage that it stands in."""
        return ((passage, link) for passage in self.passages for link in passage.links)

    @property
    def pictures(self) -> Iterator[Picture]:
        """Every picture."""
        return (picture for passage in self.passages for picture in passage.pictures)

    @property
    def destinations(self) -> Iterator[tuple[str, Place]]:
        """Every address to which something on the page leads, and the place of its words.

        A picture from elsewhere becomes a link to it, and an address in a source one to itself.
        """
        for passage, link in self.links:
            yield link.address, passage.place(link.start, link.end)
        for picture in self.pictures:
            yield picture.address, picture.place
        for source in self.sources.values():
            for passage in source.passages:
                for match, place in passage.matches(IDENTIFIER):
                    if match["url"]:
                        yield trim(match[0]), place

    @cached_property
    def used_labels(self) -> set[str]:
        """The labels of the sources that the text, or one of its sources, has a mark for."""
        return {label for passage in self.passages for label in passage.marks.values()}

    @cached_property
    def headings(self) -> list[Heading]:
        """The headings of the text itself, in order."""
        blocks = [token for token in self.tokens if is_block(token)]
        below = {id(block): following for block, following in pairwise([*blocks, None])}
        # Once the passages are made: this takes the numbers out of the titles.
        return [
            Heading(
                level=found.level,
                number=found.number,
                title=found.title,
                run=found.run,
                place=self.line_place((found.token.map or (0, 0))[0]),
                is_empty=ends(found.level, below[id(found.token)]),
            )
            for found in find_headings(self.tokens)
        ]

    @cached_property
    def paths(self) -> list[tuple[str, ...]]:
        """For each section by its number, the headings that it stands below, the widest first."""
        titles = {p.section: p.text for p in self.passages if p.kind == Kind.HEADING}
        levels = [int(token.tag[1:]) for token in self.tokens if token.type == "heading_open"]
        above: list[tuple[int, str]] = []
        paths: list[tuple[str, ...]] = [()]
        for section, level in enumerate(levels, start=1):
            above = [heading for heading in above if heading[0] < level]
            above.append((level, titles.get(section, "")))
            paths.append(tuple(title for _level, title in above))
        return paths

    @cached_property
    def tables(self) -> list[Table]:
        """The tables of the text itself; not those of its sources."""
        passages = iter(self.passages)
        tables: list[Table] = []
        for token in self.tokens:
            if token.type == "table_open":
                tables.append([])
            elif token.type == "tr_open":
                tables[-1].append([])
            elif token.type == "inline" and (passage := next(passages)).kind == Kind.CELL:
                tables[-1][-1].append(passage)
        return [table for table in tables if table[0]]

    @cached_property
    def heading_ids(self) -> frozenset[str]:
        """The ids of its sections, as its page will have them."""
        return frozenset(render(self.content.body).heading_ids)

    @cached_property
    def own_words(self) -> list[Passage]:
        """The fields of words beside the text, each as a passage of its own."""
        return [
            Passage(Kind.TEXT, 0, text=words, offsets=list(range(len(words))), name=name)
            for name in FIELDS_OF_WORDS
            if (words := getattr(self.content, name))
        ]


def is_block(token: Token) -> bool:
    """Whether this begins a block of the text itself, and no definition."""
    is_definition = token.type == "footnote_reference_open" or "abbreviation" in token.meta
    return token.level == 0 and token.nesting >= 0 and not is_definition


def ends(level: int, block: Token | None) -> bool:
    """Whether nothing stands in a section of this level: the text ends, or the next one begins."""
    return block is None or (block.type == "heading_open" and int(block.tag[1:]) <= level)


def kind_of(token: Token, inside: list[str]) -> Kind:
    """What a block of running text is, by what it stands in."""
    if "abbreviation" in token.meta:
        return Kind.MEANING
    return next((KINDS[name] for name in reversed(inside) if name in KINDS), Kind.TEXT)
