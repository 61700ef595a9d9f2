"""Headings, and the numbers of sections."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext as _

from blog.editorial.findings import Finding, Place, Severity, check
from blog.editorial.known import Known
from blog.editorial.manuscript import Heading, Manuscript

NUMBER_WORDS = (
    *("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien"),
    *("elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien"),
    *("negentien", "twintig"),
)
# "5 voordelen", "zeven handige tips": a number, at most two words between, and a plural. What
# comes "na 4 koppen" is no list of them.
PROMISE = re.compile(
    rf"(?<!\bop de )(?<!\bna )\b(\d{{1,2}}|{'|'.join(NUMBER_WORDS[2:])})\s+"
    r"(?:[^\W\d]+\s+){0,2}?([^\W\d]+(?:en|s|’s|'s|n))\b",
    re.IGNORECASE,
)
# What is counted in these is no list of sections.
MEASURES = re.compile(
    r"(?:seconde|minuut|minute|uur|ure|dag|nacht|avond|ochtend|week|weke|weekend|maand|jaar|jare"
    r"|euro|cent|procent|graad|grade|gram|kilo|liter|meter|kilometer|centimeter|calorie|keer|kere"
    r"|stap(?=pen per)|mens|persoon|persone|vrouw|man(?=nen)|kind(?=eren)|lezer|deelnemer)"
)


@check(Severity.WARNING)
def heading_order(text: Manuscript, known: Known) -> Iterator[Finding]:
    """A heading skips a level: who hears the page read looks for what is missing."""
    above = 1  # the title of the page
    for heading in text.headings:
        if heading.level > above + 1:
            yield Finding(
                reason=_("A heading skips a level."),
                hint=_("Use ## for a chapter, and ### for what stands below it."),
                place=heading.place,
            )
        above = heading.level


@check(Severity.WARNING)
def empty_section(text: Manuscript, known: Known) -> Iterator[Finding]:
    """A heading has nothing below it, or no words."""
    for heading in text.headings:
        if not heading.title:
            yield Finding(
                reason=_("This heading has no words."),
                hint=_("Write a heading, or take the signs # away."),
                place=heading.place,
            )
        elif heading.is_empty:
            yield Finding(
                reason=_("There is no text below this heading."),
                hint=_("Write the section, or take the heading away."),
                place=heading.place,
            )


@check(Severity.WARNING)
def numbering(text: Manuscript, known: Known) -> Iterator[Finding]:
    """The numbers of sections do not count 1, 2, 3."""
    expected: defaultdict[tuple[int, int], int] = defaultdict(lambda: 1)
    for heading in numbered(text):
        if heading.number != expected[heading.run]:
            yield Finding(
                reason=_("This section has number %(number)s, where %(expected)s is next.")
                % {"number": heading.number, "expected": expected[heading.run]},
                hint=_("Number the sections anew, or put back what is missing."),
                place=heading.place,
            )
        expected[heading.run] = (heading.number or 0) + 1


@check(Severity.WARNING)
def title_count(text: Manuscript, known: Known) -> Iterator[Finding]:
    """The title promises another number of sections than there are."""
    counts: defaultdict[tuple[int, int], int] = defaultdict(int)
    for heading in numbered(text):
        counts[heading.run] += 1
    promises = [match for match in PROMISE.finditer(text.content.title) if is_promise(match)]
    if not counts or not promises or any(count_of(p) in counts.values() for p in promises):
        return
    promise, count = promises[0], max(counts.values())
    yield Finding(
        reason=_("The title says “%(promise)s”, and the text has %(count)s numbered sections.")
        % {"promise": promise[0], "count": count},
        hint=_("Change the title, or number the sections."),
        place=Place("title", promise.start(), promise.end(), promise[0]),
        subject=f"{promise[0]} {count}",
    )


@check(Severity.WARNING)
def duplicate_heading(text: Manuscript, known: Known) -> Iterator[Finding]:
    """Two headings have the same words."""
    seen: set[str] = set()
    for heading in text.headings:
        words = heading.title.casefold()
        if words and words in seen:
            yield Finding(
                reason=_("Another heading has the same words."),
                hint=_("Say in the heading what is different here."),
                place=heading.place,
            )
        seen.add(words)


def numbered(text: Manuscript) -> Iterator[Heading]:
    """The headings with a number, "### 1. Titel"."""
    return (heading for heading in text.headings if heading.number is not None)


def is_promise(match: re.Match[str]) -> bool:
    """Whether this counts things that a text can list."""
    return not MEASURES.match(match[2].lower())


def count_of(match: re.Match[str]) -> int:
    """The number that a title says, in digits or as a word."""
    number = match[1].lower()
    return int(number) if number.isdigit() else NUMBER_WORDS.index(number)
