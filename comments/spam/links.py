"""Signals in the links of a comment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from comments.spam.addresses import linked_domains, undisguised
from comments.spam.evidence import Evidence
from comments.spam.verdict import HOLDS, Finding

A_LINK = 0.5
MOST_FOR_LINKS = 2.0

# What robots write because it makes a link elsewhere.
MARKUP = re.compile(r"<a\s[^<>]{0,200}href|\[url|\[link", re.IGNORECASE)


def links(evidence: Evidence) -> Iterator[Finding]:
    """How many links there are, and where they lead; those to this site are welcome."""
    domains = [domain for domain in evidence.links if domain != evidence.own_domain]
    if domains:
        yield Finding("links", min(A_LINK * len(domains), MOST_FOR_LINKS), " ".join(domains))


def disguised_link(evidence: Evidence) -> Iterator[Finding]:
    """A link is written so that a filter would miss it."""
    if len(evidence.links) > len(linked_domains(evidence.text)):
        yield Finding("disguised_link", 1.0)


def link_markup(evidence: Evidence) -> Iterator[Finding]:
    """A link in HTML or in the code of forums, which means nothing here."""
    if MARKUP.search(evidence.text):
        yield Finding("link_markup", HOLDS)


def link_in_name(evidence: Evidence) -> Iterator[Finding]:
    """A name is no place for a link."""
    if linked_domains(undisguised(evidence.name)):
        yield Finding("link_in_name", HOLDS)
