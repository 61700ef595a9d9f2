"""What was meant to be filled in, or taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from blog.editorial.findings import Finding, Severity, check
from blog.editorial.known import Known
from blog.editorial.manuscript import Manuscript

# Capitals say that a note to oneself is meant: "todo" in small letters is a word as well.
LEFTOVER = re.compile(
    r"(?i:\blorem\s+ipsum\b)"
    r"|\b(?:TODO|TO DO|FIXME|TBD|TBC|TK|PM|N\.?T\.?B\.?|XXX+)\b(?=\s*[:.,;!?)\]]|\s+[a-z(]|\s*$)"
    r"|(?i:\bx{3,}\b)"
    r"|(?i:\[\s*(?:(?:nog\s+)?(?:in|aan|op)\s?(?:te\s)?(?:vullen|zoeken)|(?:bron|naam|datum|link|titel|cijfer|getal|"
    r"citaat|quote|tekst|foto|plaatje|bedrag|aantal|leeftijd|plaats|woonplaats|check|checken|"
    r"controleren|nakijken)\b)[^\]\n]{0,60}\])"
    r"|\?{3,}"
    r"|(?i:\bhier (?:komt|moet) nog\b|\bnog (?:invullen|aanvullen|uitzoeken|checken)\b)"
    r"|(?i:\bplaceholder|\bplaatshouder)"
)


@check(Severity.ERROR)
def leftover(text: Manuscript, known: Known) -> Iterator[Finding]:
    """A note to oneself, or a text that was to be replaced."""
    for passage in [*text.own_words, *text.passages]:
        for match, place in passage.matches(LEFTOVER):
            if is_link(passage.links, match.start(), match.end()):
                continue
            yield Finding(
                reason=_("“%(words)s” was left in the text.") % {"words": match[0]},
                hint=_("Fill in what is missing, or take it out."),
                place=place,
            )


def is_link(links: list, start: int, end: int) -> bool:  # type: ignore[type-arg]
    """Whether these words are those of a link, brackets and all."""
    return any(link.start <= start and end <= link.end for link in links)
