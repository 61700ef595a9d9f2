"""What was meant to be filled in, or taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from blog.editorial.findings import Finding, Severity, check
from blog.editorial.known import Known
from blog.editorial.manuscript import Manuscript
from blog.editorial.passages import Passage

MISSING = (
    r"(?:bron|naam|datum|link|titel|cijfer|getal|citaat|quote|tekst|foto|bedrag|aantal|leeftijd"
    r"|plaats|woonplaats|check|checken|controleren|nakijken)"
)
FILL_IN = r"(?:in|aan|op)\s?(?:te\s)?(?:vullen|zoeken)"
# What only a writer says to a writer, and no reader is to see.
LEFTOVER = re.compile(
    r"(?i:\blorem\s+ipsum\b)"
    r"|\b(?:TODO|FIXME|TBD)\b|(?i:\btodo\s*:)"
    rf"|(?i:\[\s*{FILL_IN}\b[^\]\n]{{0,60}}\])"
    rf"|(?i:\[\s*(?:[\w-]+\s+){{0,3}}?nog\s+(?:[\w-]+\s+){{0,3}}?{FILL_IN}\s*\])"
    rf"|(?i:\[\s*{MISSING}\s*\?+\s*\](?!\())"
    r"|(?i:\((?:bron|datum|check)\s?\?+\))"
)
# What often is a note to oneself, and may be meant: “[nog steeds]” in a quotation, a sample letter.
NOTE = re.compile(
    r"(?i:\[\s*(?:[\w-]+\s+){0,3}nog\s+[^\]\n]{1,60}\])"
    rf"|(?i:\[\s*{MISSING}\s*\](?!\())"
    r"|\bXXX+\b"
    r"|\b(?:TK|PM|N\.?T\.?B\.?)\b(?=\s*[:)\]]|\s*$)|\?{3,}"
    r"|(?i:\bhier (?:komt|moet) nog\b|\bnog (?:invullen|aanvullen|uitzoeken|checken)\b)"
    r"|(?i:\bplaceholder\b)"
)


@check(Severity.ERROR)
def leftover(text: Manuscript, known: Known) -> Iterator[Finding]:
    """A text that was to be replaced, or something that was to be filled in."""
    yield from left(text, LEFTOVER)


@check(Severity.WARNING)
def note_to_self(text: Manuscript, known: Known) -> Iterator[Finding]:
    """Words that writers leave for themselves, where they may be meant for readers."""
    yield from left(text, NOTE)


def left(text: Manuscript, pattern: re.Pattern[str]) -> Iterator[Finding]:
    """What a pattern finds in any field, but for the words of links."""
    for passage in [*text.own_words, *text.passages]:
        for match, place in passage.matches(pattern):
            if not is_link(passage, match.start(), match.end()):
                yield Finding(
                    reason=_("“%(words)s” was left in the text.") % {"words": match[0]},
                    hint=_("Fill in what is missing, or take it out."),
                    place=place,
                    subject=passage.sentence_at(match.start()),
                )


def is_link(passage: Passage, start: int, end: int) -> bool:
    """Whether these words are those of a link, brackets and all."""
    links = passage.links_in(start, end)
    return any(link.start <= start and end <= link.end for link in links)
