"""What a list of sources is full of: addresses, DOIs and PubMed numbers become links."""

from __future__ import annotations

import re

from markdown_it.token import Token

from blog.rendering.tokens import closing, opening, text

IDENTIFIER = re.compile(
    r"(?P<url>https?://\S+)"
    r"|\b(?P<doi>10\.\d{4,9}/\S+)"
    r"|\bPMID:?\s?(?P<pmid>\d{1,8})\b"
)
# A link that shows its own address: paper need not show it twice.
WRITTEN_OUT = "address"
# Ends the sentence or the bracket around an address, and is no part of it.
TRAILING = ".,;:!?\"'”’)]}>"


def link_identifiers(children: list[Token]) -> list[Token]:
    """The running text of a source with its addresses, DOIs and PubMed numbers as links."""
    linked: list[Token] = []
    in_link = False
    for token in children:
        if token.tag == "a":
            in_link = token.nesting == 1
            if token.markup == "autolink" and in_link:
                token.attrs["class"] = WRITTEN_OUT
        if token.type == "text" and not in_link:
            linked += link_text(token.content)
        else:
            linked.append(token)
    return linked


def link_text(content: str) -> list[Token]:
    """One piece of text, cut where a link begins and ends."""
    pieces: list[Token] = []
    end = 0
    for match in IDENTIFIER.finditer(content):
        shown = trim(match[0])
        link = opening("a", href=address(match))
        if match["url"]:
            link.attrs["class"] = WRITTEN_OUT
        pieces += [text(content[end : match.start()]), link, text(shown), closing("a")]
        end = match.start() + len(shown)
    return [*pieces, text(content[end:])]


def trim(identifier: str) -> str:
    """The identifier without what ends the sentence; a bracket that it opens itself stays."""
    trimmed = identifier.rstrip(TRAILING)
    opens_bracket = trimmed.count("(") > trimmed.count(")")
    return trimmed + ")" if opens_bracket and identifier.startswith(trimmed + ")") else trimmed


def address(match: re.Match[str]) -> str:
    """Where to find what was recognised."""
    if match["pmid"]:
        return f"https://pubmed.ncbi.nlm.nih.gov/{match['pmid']}/"
    if match["doi"]:
        return f"https://doi.org/{trim(match['doi'])}"
    return trim(match["url"])
