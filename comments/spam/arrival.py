"""Signals in how a comment arrived. What is not known says nothing."""

from __future__ import annotations

from collections.abc import Iterator

from comments.spam.evidence import Evidence
from comments.spam.verdict import HOLDS, Finding

# Nobody reads a form and writes something in less.
QUICKEST_SECONDS = 3


def trap(evidence: Evidence) -> Iterator[Finding]:
    """A field that people cannot see was filled in; now and then a browser does that for them."""
    if evidence.arrival.fills_trap:
        yield Finding("trap", HOLDS + 0.5)


def speed(evidence: Evidence) -> Iterator[Finding]:
    """Form and comment are seconds apart."""
    seconds = evidence.arrival.seconds
    if seconds is not None and seconds < QUICKEST_SECONDS:
        yield Finding("speed", HOLDS)


def used_form(evidence: Evidence) -> Iterator[Finding]:
    """Another comment came with the same form."""
    if evidence.form_was_used:
        yield Finding("used_form", HOLDS)


def unseen_page(evidence: Evidence) -> Iterator[Finding]:
    """The value is missing that the form in the page sends along."""
    if not evidence.arrival.knows_page:
        yield Finding("unseen_page", 1.0)


def unknown_origin(evidence: Evidence) -> Iterator[Finding]:
    """The browser did not say where the form stood; privacy tools do that too."""
    if not evidence.arrival.origin_known:
        yield Finding("unknown_origin", 0.5)
