"""Signals in the same text elsewhere on the site."""

from __future__ import annotations

from collections.abc import Iterator

from comments.spam.evidence import Evidence
from comments.spam.folding import words
from comments.spam.verdict import HOLDS, SPAM_AT, Finding

# Two people can well say the same in fewer words than these.
A_LONG_TEXT = 10
MANY = 3


def same_text(evidence: Evidence) -> Iterator[Finding]:
    """The same text stands with another comment, perhaps one that was spam."""
    if not evidence.copies:
        return
    if len(words(evidence.text)) < A_LONG_TEXT:
        weight = 1.0 if evidence.copies == evidence.copies_in_spam else 0.0
    elif evidence.copies_in_spam:
        weight = SPAM_AT
    else:
        weight = HOLDS if evidence.copies >= MANY else 1.0
    if weight:
        yield Finding("same_text", weight)
