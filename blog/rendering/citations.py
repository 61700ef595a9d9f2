"""`[^1]` in the text is a numbered mark, and `[^1]: …` the source that it leads to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.utils.html import format_html
from django.utils.safestring import SafeString
from markdown_it.token import Token

from blog.rendering import labels
from blog.rendering.bibliography import link_identifiers
from blog.rendering.commercial import mark_commercial_links
from blog.rendering.markdown import to_html
from blog.rendering.result import Known, Source
from blog.rendering.sanitizer import sanitize
from blog.rendering.tokens import html, inlines, text

Definitions = Mapping[str, list[Token]]


def take_definitions(tokens: list[Token]) -> tuple[list[Token], Definitions]:
    """The text without its `[^1]: …` definitions, and the definitions by label."""
    body: list[Token] = []
    definitions: dict[str, list[Token]] = {}
    # A stack: one definition may stand inside another.
    destinations = [body]
    for token in tokens:
        if token.type == "footnote_reference_open":
            definition: list[Token] = []
            definitions.setdefault(token.meta["label"], definition)
            destinations.append(definition)
        elif token.type == "footnote_reference_close":
            destinations.pop()
        else:
            destinations[-1].append(token)
    return body, {label: content for label, content in definitions.items() if content}


@dataclass
class Citation:
    """A source while its marks are being found."""

    number: int
    marks: list[str] = field(default_factory=list)

    def add_mark(self) -> str:
        """The id of one more mark: `verwijzing-1`, then `verwijzing-1-2`."""
        again = f"-{len(self.marks) + 1}" if self.marks else ""
        self.marks.append(f"verwijzing-{self.number}{again}")
        return self.marks[-1]


def cite(tokens: list[Token], definitions: Definitions, known: Known) -> tuple[Source, ...]:
    """Number the marks by first use; answer the sources that they lead to, in that order."""
    citations: dict[str, Citation] = {}
    # Nobody pays for a source, whoever pays for the text.
    unpaid = replace(known, paid=False)
    for children in inlines(tokens):
        for index, token in enumerate(children):
            if token.type != "footnote_ref":
                continue
            label = token.meta["label"]
            if label in definitions:
                citation = citations.setdefault(label, Citation(len(citations) + 1))
                children[index] = mark(citation)
            else:
                children[index] = as_typed(token)
    return tuple(
        Source(citation.number, source_html(definitions[label], unpaid), tuple(citation.marks))
        for label, citation in citations.items()
    )


def mark(citation: Citation) -> Token:
    """One raised number, named for those who do not see that it is raised."""
    return html(
        format_html(
            '<sup class="citation">'
            '<a id="{id}" href="#bron-{number}" aria-label="{label} {number}">{number}</a></sup>',
            id=citation.add_mark(),
            number=citation.number,
            label=labels.SOURCE,
        )
    )


def as_typed(reference: Token) -> Token:
    """A mark that leads nowhere is shown the way it was typed, never as a dead link."""
    return text(f"[^{reference.meta['label']}]")


def leave_marks_as_typed(children: list[Token]) -> list[Token]:
    """The running text of a source or a meaning, in which no mark leads to a source."""
    return [as_typed(token) if token.type == "footnote_ref" else token for token in children]


def source_html(definition: list[Token], known: Known) -> SafeString:
    """What the list of sources shows; a single paragraph goes without its paragraph tag."""
    for children in inlines(definition):
        children[:] = link_identifiers(leave_marks_as_typed(children))
    mark_commercial_links(inlines(definition), known)
    one_paragraph = len(definition) == 3 and definition[0].type == "paragraph_open"
    return sanitize(to_html(definition[1:2] if one_paragraph else definition))
