"""Abbreviations lead to their meaning at their first use, and the page lists those meanings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from markdown_it.token import Token

from blog.rendering.citations import leave_marks_as_typed
from blog.rendering.identifiers import Identifiers
from blog.rendering.markdown import to_html
from blog.rendering.result import Term
from blog.rendering.sanitizer import sanitize
from blog.rendering.tokens import inline, opening, plain_text
from blog.rendering.typography import ADDRESS, typeset

Meanings = Mapping[str, list[Token]]

# No text has these characters: `clean` takes them out, and no entity stands for them.
EDGE, BETWEEN, USE = "\x01\x02\x03"
WORD_EDGE = re.compile(r"\b")
# An address is passed over as a whole, so nothing is found inside it.
ADDRESS_OR_WORD_EDGE = re.compile(rf"{ADDRESS.pattern}|\b")


def take_meanings(tokens: list[Token]) -> tuple[list[Token], Meanings]:
    """The text without its definitions of abbreviations, and the meaning of each abbreviation."""
    meanings: dict[str, list[Token]] = {}
    for token in tokens:
        if "abbreviation" in token.meta:
            meaning = leave_marks_as_typed(token.children or [])
            meanings.setdefault(typeset(token.meta["abbreviation"]), meaning)
    return [token for token in tokens if "abbreviation" not in token.meta], meanings


def explain_abbreviations(
    page: list[Token], meanings: Meanings, identifiers: Identifiers
) -> tuple[Term, ...]:
    """Lead the first use of each abbreviation to its meaning; answer those that are used.

    `page` is the text in the order in which readers meet it.
    """
    texts = list(running_text(page))
    if not texts or not meanings:
        return ()
    terms: list[Term] = []
    for token, marked in zip(texts, mark_first_uses(texts, meanings), strict=True):
        pieces = marked.split(USE)
        for position in range(1, len(pieces), 2):  # Text and abbreviations take turns.
            abbreviation = pieces[position]
            meaning = meanings[abbreviation]
            identifier = identifiers.make(abbreviation, prefix="begrip-")
            terms.append(Term(abbreviation, sanitize(to_html([inline(meaning)])), identifier))
            pieces[position] = link(terms[-1], title=plain_text(meaning))
        if len(pieces) > 1:
            token.type, token.content = "html_inline", "".join(map(conditional_escape, pieces))
    return tuple(terms)


def running_text(page: list[Token]) -> Iterator[Token]:
    """The text in which a term may be linked: not in a link, a heading, a label or a caption."""
    for block, token in pairwise([opening("p"), *page]):
        if token.type == "inline" and not names_something(block):
            yield from outside_links(token.children or [])


def names_something(block: Token) -> bool:
    is_label = block.attrs.get("class") == "callout-label"
    return is_label or block.type in ("heading_open", "figcaption_open")


def outside_links(children: Iterable[Token]) -> Iterator[Token]:
    in_link = False
    for token in children:
        if token.tag == "a":
            in_link = token.nesting == 1
        if token.type == "text" and not in_link:
            yield token


def mark_first_uses(texts: list[Token], abbreviations: Iterable[str]) -> list[str]:
    """The contents of the texts, with a sign on both sides of each abbreviation's first use.

    One search through all texts for each abbreviation: its word edges are looked for as
    characters, so no search stops at every place where the letters stand inside another word.
    """
    page = BETWEEN.join(with_edges(ADDRESS_OR_WORD_EDGE, token.content) for token in texts)
    # The longest first: "REM-slaap" is no use of "REM".
    for abbreviation in sorted(abbreviations, key=len, reverse=True):
        found = with_edges(WORD_EDGE, abbreviation)
        page = page.replace(found, f"{USE}{abbreviation}{USE}", 1)
    return page.replace(EDGE, "").split(BETWEEN)


def with_edges(pattern: re.Pattern[str], text: str) -> str:
    """The text with a sign at each edge of a word."""
    return pattern.sub(lambda match: match[0] or EDGE, text)


def link(term: Term, *, title: str) -> SafeString:
    """The abbreviation where it is used first; its meaning is one step away, and in the title."""
    return format_html(
        '<a class="term" href="#{}"><abbr title="{}">{}</abbr></a>',
        term.id,
        title,
        term.abbreviation,
    )
