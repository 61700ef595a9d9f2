"""Sentences, apostrophes, and words that were typed twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from blog.editorial.findings import Finding, Severity, check
from blog.editorial.known import Known
from blog.editorial.manuscript import Manuscript
from blog.editorial.passages import Kind

LONGEST_SENTENCE = 25
OPENING_QUOTE = re.compile(r"(?<![\w'‘’`´])[‘`´][stnmkr](?![\w'’\"”])(?:\s+\w+)?")
TWICE = re.compile(r"(?<![\w-])([^\W\d_]+)\s+(\1)(?![\w-])", re.IGNORECASE)
# "Wie hulp krijgt krijgt rust": what such a word begins may end in the verb that goes on.
RELATIVE = re.compile(r"\b(?:wie|wat|die|alles)\b[^.!?…:;,]*$", re.IGNORECASE)
VERB = re.compile(r"\w{4,}t|\w{3,}en")
# How many characters may stand between the two.
NEAR = 80
# Good Dutch twice in a row: "dat dat kan", "ze borstelt haar haar", "die geen tijd hebben hebben".
GOOD_TWICE = frozenset(
    (
        *(
            "je",
            "jij",
            "dat",
            "die",
            "wat",
            "het",
            "haar",
            "zijn",
            "was",
            "weer",
            "bij",
            "ze",
            "u",
            "er",
            "ons",
        ),
        *("is", "had", "kan", "wil", "moet", "in", "op", "aan", "om", "als", "wie", "over"),
        *("voor", "door", "heel", "erg", "zo", "ja", "nee", "nou", "wel", "hebben"),
        *(
            "moeten",
            "kunnen",
            "willen",
            "worden",
            "wordt",
            "doen",
            "gaan",
            "slapen",
            "eten",
            "lopen",
        ),
        *("komen", "staan", "zitten", "liggen", "werken", "maken", "ha", "hè", "bla", "blijft"),
        *("heeft", "waar", "daar", "hier", "snel", "stil", "lang", "steeds", "meer", "vaak"),
    )
)


@check(Severity.WARNING)
def long_sentence(text: Manuscript, known: Known) -> Iterator[Finding]:
    """A sentence that is hard to follow by its length."""
    for sentence in text.sentences:
        if sentence.passage.kind == Kind.TEXT and len(sentence.words) > LONGEST_SENTENCE:
            yield Finding(
                reason=_("This sentence has %(count)s words.") % {"count": len(sentence.words)},
                hint=_("Make two sentences of it; up to %(limit)s words reads well.")
                % {"limit": LONGEST_SENTENCE},
                place=sentence.place,
            )


@check(Severity.WARNING)
def opening_quote(text: Manuscript, known: Known) -> Iterator[Finding]:
    """‘s for ’s: an opening quotation mark where an apostrophe belongs."""
    for passage in [*text.own_words, *text.passages]:
        for match, place in passage.matches(OPENING_QUOTE):
            yield Finding(
                reason=_("“%(words)s” begins with a quotation mark.") % {"words": match[0]},
                hint=_("Type an apostrophe: ’ or '."),
                place=place,
                subject=passage.sentence_at(match.start()),
            )


@check(Severity.WARNING)
def doubled_word(text: Manuscript, known: Known) -> Iterator[Finding]:
    """The same word twice, where that is no Dutch."""
    for passage in [*text.own_words, *text.passages]:
        for match, place in passage.matches(TWICE):
            first, second = match[1], match[2]
            is_name = second[0].isupper() and first[0].isupper()
            if is_name or first.lower() in GOOD_TWICE or is_verb_that_goes_on(match):
                continue
            yield Finding(
                reason=_("“%(words)s” stands there twice.") % {"words": second},
                hint=_("Take one of them away."),
                place=place,
                subject=passage.sentence_at(match.start()),
            )


def is_verb_that_goes_on(match: re.Match[str]) -> bool:
    """Whether a word ends "wie hulp krijgt", and stands there again with what is said of it."""
    start = match.start()
    return bool(
        VERB.fullmatch(match[1]) and RELATIVE.search(match.string, max(start - NEAR, 0), start)
    )
