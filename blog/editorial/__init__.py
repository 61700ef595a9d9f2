"""Editorial checks: content and what is known around it in, findings out; no database.

Each module is a family of checks, and each check a function (see `findings.check`). To add one,
write the function in its family; the list below only names the families.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from blog.content import FIELDS, PostContent
from blog.editorial import (
    corrections,
    disclosure,
    doses,
    health_claims,
    language,
    leftovers,
    links,
    pictures,
    reviews,
    sources,
    structure,
    titles,
)
from blog.editorial.findings import CHECKS, Check, Finding, Place, Severity
from blog.editorial.known import Known
from blog.editorial.manuscript import Manuscript
from blog.editorial.readability import Readability, readability
from blog.rendering import TooComplexError

__all__ = [
    "CHECKS",
    "Check",
    "Finding",
    "Known",
    "Manuscript",
    "Place",
    "Readability",
    "Severity",
    "findings",
    "readability",
]

# Each adds its checks to CHECKS when it is imported.
FAMILIES = (
    *(structure, sources, links, titles, pictures, language, leftovers),
    *(disclosure, doses, health_claims, reviews, corrections),
)

# What is wrong in a thousand places is wrong in one way.
MOST_OF_A_KIND = 50
# In the order of the form.
FIELD_ORDER = {name: position for position, name in enumerate(FIELDS)}


def findings(content: PostContent, known: Known, *, let_be: Collection[str] = ()) -> list[Finding]:
    """Everything that the checks have to say of this content: errors first, then as one reads.

    What editors let be, by the keys of the findings, stands among it and fills no room of others.
    """
    try:
        text = Manuscript(content)
    except TooComplexError as error:
        return [too_complex(error)]
    return sorted(look(text, known, let_be), key=in_order)


def look(text: Manuscript, known: Known, let_be: Collection[str]) -> Iterator[Finding]:
    """What each check finds, with its name and severity."""
    for check in CHECKS:
        open_still = 0
        for found in check.look(text, known):
            finding = replace(found, check=check.name, severity=check.severity)
            yield finding
            open_still += finding.key not in let_be
            if open_still == MOST_OF_A_KIND:
                break


def too_complex(error: TooComplexError) -> Finding:
    """A text that cannot be read in good time: nothing else is looked at."""
    return Finding(
        reason=str(error),
        hint=_("Make the text simpler, or split it."),
        place=Place("body"),
        check="too_complex",
        severity=Severity.ERROR,
    )


def in_order(finding: Finding) -> tuple[bool, int, int]:
    """Errors first; then by field, and in a field as it stands there."""
    return (
        finding.severity != Severity.ERROR,
        FIELD_ORDER.get(finding.place.field, len(FIELD_ORDER)),
        finding.place.start,
    )
