"""Markdown in, a page's worth of safe HTML out; no database and no models.

`render()` reads as the list of everything that happens to a text on its way to the reader.
Each convention lives in the module that is called after it.
"""

from markdown_it.token import Token

from blog.rendering.callouts import label_callouts
from blog.rendering.citations import cite, take_definitions
from blog.rendering.commercial import is_affiliate_link, is_shop_link, mark_commercial_links
from blog.rendering.earlier_ids import keep_earlier_ids
from blog.rendering.figures import frame_figures
from blog.rendering.identifiers import Identifiers
from blog.rendering.key_points import frame_key_points, split_key_points
from blog.rendering.languages import mark_languages
from blog.rendering.lead import split_lead
from blog.rendering.limits import (
    MAX_CHARACTERS,
    TooComplexError,
    refuse_deep_nesting,
    refuse_long_addresses,
    refuse_many_abbreviations,
    refuse_slow_text,
)
from blog.rendering.links import name_references, resolve_links
from blog.rendering.markdown import clean, parse, to_html
from blog.rendering.result import Known, Rendered, Section, Source, Target, Term
from blog.rendering.sanitizer import sanitize
from blog.rendering.section_links import link_sections
from blog.rendering.sections import contents, number_sections
from blog.rendering.tables import frame_tables
from blog.rendering.terms import explain_abbreviations, take_meanings
from blog.rendering.tokens import count_words, inlines
from blog.rendering.typography import typeset, typeset_tokens

__all__ = [
    "MAX_CHARACTERS",
    "VERSION",
    "Known",
    "Rendered",
    "Section",
    "Source",
    "Target",
    "Term",
    "TooComplexError",
    "is_affiliate_link",
    "is_shop_link",
    "references_in",
    "render",
    "typeset",
]

# Raised when the output for the same source changes, so that stored HTML is made anew.
VERSION = 3

NOTHING_KNOWN = Known()


def render(source: str, *, known: Known = NOTHING_KNOWN) -> Rendered:
    """Everything a page shows of one text, made from its Markdown."""
    tokens = read(source)
    references = name_references(tokens)

    mark_languages(tokens)
    typeset_tokens(tokens)
    resolve_links(tokens, known)
    tokens, meanings = take_meanings(tokens)
    tokens, definitions = take_definitions(tokens)
    word_count = count_words(tokens)
    mark_commercial_links([*inlines(tokens), *meanings.values()], known)

    identifiers = Identifiers()
    tokens = frame_key_points(tokens, identifiers)
    headings = number_sections(tokens, identifiers)
    tokens = label_callouts(tokens, identifiers)
    keep_earlier_ids(headings, known.earlier_ids, identifiers)
    link_sections(headings)
    tokens = frame_tables(tokens)
    tokens = frame_figures(tokens)

    key_points, tokens = split_key_points(tokens)
    lead, body = split_lead(tokens)
    # What is numbered or explained once goes by the order in which readers meet it.
    page = [*lead, *key_points, *body]
    sources = cite(page, definitions, known)
    terms = explain_abbreviations(page, meanings, identifiers)

    return Rendered(
        html=sanitize(to_html(body)),
        lead=sanitize(to_html(lead)),
        key_points=sanitize(to_html(key_points)),
        sections=tuple(contents(headings)),
        sources=sources,
        terms=terms,
        references=references,
        heading_ids=tuple(heading.id for heading in headings),
        heading_titles=tuple(heading.title for heading in headings),
        word_count=word_count,
    )


def references_in(source: str) -> tuple[str, ...]:
    """The names of own content that a text links to, as `render` finds them."""
    return name_references(read(source))


def read(source: str) -> list[Token]:
    """The text as tokens; raises TooComplexError for one that would hold a worker too long."""
    text = clean(source)
    refuse_slow_text(text)

    tokens = parse(text)
    refuse_deep_nesting(tokens)
    refuse_long_addresses(tokens)
    refuse_many_abbreviations(tokens)
    return tokens
