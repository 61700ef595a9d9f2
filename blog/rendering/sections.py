"""Headings get ids; "### 1. Titel" gets its number apart; together they are the contents list."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.html import format_html
from markdown_it.token import Token

from blog.rendering import labels
from blog.rendering.identifiers import Identifiers
from blog.rendering.result import Section
from blog.rendering.tokens import closing, html, opening, plain_text

# Three digits: "2023. Een jaar later" is a year and not the two thousandth section.
NUMBER = re.compile(r"([0-9]{1,3})\.\s+")
NUMBERED_LEVELS = (2, 3)

# Numbers run on among the headings of one level below one parent: the two make a run's key.
Run = tuple[int, int]


@dataclass
class Heading:
    """One heading of the text, with the tokens that it is made of."""

    token: Token
    children: list[Token]
    level: int
    number: int | None
    title: str
    run: Run

    @property
    def id(self) -> str:
        return str(self.token.attrs["id"])

    def as_section(self, subsections: tuple[Section, ...] = ()) -> Section:
        return Section(self.id, self.title, self.number, subsections)


def number_sections(tokens: list[Token], identifiers: Identifiers) -> list[Heading]:
    """Give headings their ids and set their numbers apart; answer the headings in order."""
    headings = list(find_headings(tokens))
    totals = count_runs(headings)
    for heading in headings:
        heading.token.attrs["id"] = identifiers.make(heading.title)
        if heading.number is not None:
            set_number_apart(heading, heading.number, totals[heading.run])
    return headings


def count_runs(headings: list[Heading]) -> dict[Run, int]:
    """How many sections each run of numbers has, or says it has when one is left out."""
    numbers: defaultdict[Run, list[int]] = defaultdict(list)
    for heading in headings:
        if heading.number is not None:
            numbers[heading.run].append(heading.number)
    return {run: max(len(of_run), *of_run) for run, of_run in numbers.items()}


def find_headings(tokens: list[Token]) -> Iterator[Heading]:
    """The headings of the text itself; one inside a quote or a list makes no section."""
    above: list[Token] = []
    for index, token in enumerate(tokens):
        if token.type == "heading_open" and token.level == 0:
            while above and above[-1].tag >= token.tag:
                above.pop()
            level = int(token.tag.removeprefix("h"))
            content = tokens[index + 1]
            # One list, also for an empty heading: what is added to a heading is added here.
            content.children = children = content.children or []
            yield Heading(
                token=token,
                children=children,
                level=level,
                number=take_number(children) if level in NUMBERED_LEVELS else None,
                title=plain_text(children).strip(),
                run=(level, id(above[-1]) if above else 0),
            )
            above.append(token)


def take_number(children: list[Token]) -> int | None:
    """Cut "1. " from the front of a heading, when a title follows it."""
    if not children or children[0].type != "text":
        return None
    match = NUMBER.match(children[0].content)
    if not match or not plain_text(children)[match.end() :].strip():
        return None
    children[0].content = children[0].content[match.end() :]
    return int(match[1])


def set_number_apart(heading: Heading, number: int, total: int) -> None:
    """Put the number in front of the title in an element of its own: "1 van 5." to the ear."""
    heading.token.attrs["class"] = "numbered"
    apart = format_html(
        '<span class="section-number">{}<span class="visually-hidden"> {} {}</span>.</span> ',
        number,
        labels.OF,
        total,
    )
    heading.children[:] = [
        html(apart),
        opening("span"),
        *heading.children,
        closing("span"),
    ]


def contents(headings: list[Heading]) -> Iterator[Section]:
    """Every h2 with the numbered h3s below it; a numbered h3 before the first h2 stands alone."""
    chapter: Heading | None = None
    subsections: list[Section] = []
    for heading in headings:
        if not heading.title:
            continue
        if heading.level == 2:
            if chapter:
                yield chapter.as_section(tuple(subsections))
            chapter, subsections = heading, []
        elif heading.number is not None and chapter:
            subsections.append(heading.as_section())
        elif heading.number is not None:
            yield heading.as_section()
    if chapter:
        yield chapter.as_section(tuple(subsections))
