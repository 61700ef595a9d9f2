"""Markdown in, a page's worth of safe HTML out; no database and no models.

`render()` reads as the list of everything that happens to a text on its way to the reader.
Each convention lives in the module that is called after it.
"""

from blog.rendering.callouts import label_callouts
from blog.rendering.citations import cite, take_definitions
from blog.rendering.figures import frame_figures
from blog.rendering.identifiers import Identifiers
from blog.rendering.lead import split_lead
from blog.rendering.limits import (
    MAX_CHARACTERS,
    TooComplexError,
    refuse_deep_nesting,
    refuse_long_addresses,
    refuse_slow_text,
)
from blog.rendering.links import resolve_links
from blog.rendering.markdown import clean, parse, to_html
from blog.rendering.result import Known, Rendered, Section, Source, Target
from blog.rendering.sanitizer import sanitize
from blog.rendering.sections import number_sections
from blog.rendering.tables import frame_tables
from blog.rendering.tokens import count_words
from blog.rendering.typography import typeset, typeset_tokens

__all__ = [
    "MAX_CHARACTERS",
    "VERSION",
    "Known",
    "Rendered",
    "Section",
    "Source",
    "Target",
    "TooComplexError",
    "render",
    "typeset",
]

# Raised when the output for the same source changes, so that stored HTML is made anew.
VERSION = 1

NOTHING_KNOWN = Known()


def render(source: str, *, known: Known = NOTHING_KNOWN) -> Rendered:
    """Everything a page shows of one text, made from its Markdown."""
    text = clean(source)
    refuse_slow_text(text)

    tokens = parse(text)
    refuse_deep_nesting(tokens)
    refuse_long_addresses(tokens)

    typeset_tokens(tokens)
    references = resolve_links(tokens, known)
    tokens, definitions = take_definitions(tokens)
    sources = cite(tokens, definitions)
    word_count = count_words(tokens)

    identifiers = Identifiers()
    sections = number_sections(tokens, identifiers)
    tokens = label_callouts(tokens, identifiers)
    tokens = frame_tables(tokens)
    tokens = frame_figures(tokens)
    lead, body = split_lead(tokens)

    return Rendered(
        html=sanitize(to_html(body)),
        lead=sanitize(to_html(lead)),
        sections=sections,
        sources=sources,
        references=references,
        word_count=word_count,
    )
