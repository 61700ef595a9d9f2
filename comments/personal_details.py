"""Telephone numbers, e-mail addresses and citizen service numbers in what a visitor typed.

They are what nobody should find below a post by accident. What is found is a reason to ask the
writer, or to offer an editor a redaction, and never a reason to refuse.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from blog.rendering.typography import ADDRESS, UNITS

Kind = Literal["email", "phone", "bsn"]

# A stand-in that is no letter, no digit and no space.
COVER = "\ufffc"

# The number of a publication, a book or a firm.
REFERENCE = re.compile(
    r"\b(?:PMID|ISBN|KvK)(?:[ -]?(?:nummer|nr\.?))?[^\w\n]{0,3}[\d .-]+", re.IGNORECASE
)

NAME = r"(?<![\w.+-])[\w.+-]{1,64}"
PART = r"[^\W_][\w-]{0,62}"
EMAIL = re.compile(
    rf"""
    {NAME} (?: @ | [ ]?[(\[] (?:at|@|apenstaartje) [)\]][ ]? )
    (?: {PART} (?: \. | [ ]?[(\[] (?:punt|dot|\.) [)\]][ ]? ) ){{1,8}} [^\W\d_]{{2,63}}
    # In words only with an ending that is common here: "ik at brood" is no address.
    | {NAME} [ ] (?:at|apenstaartje) [ ] (?: {PART} [ ] (?:punt|dot) [ ] ){{1,3}}
      (?:nl|be|com|eu|net|org)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)

BETWEEN = r"[ \u00a0.\-‑–/)]{0,3}"
AREA_BRACKET = r"(?:\((?=\d{2,4}\)))?"
PHONE = re.compile(
    rf"""
    (?<![\w+]) (?<!\d[.-])
    # A bank account: NL91 ABNA 0417 1643 00.
    (?<! [A-Z]{{2}}\d\d[ ][A-Z]{{4}}[ ] )
    # A date or a time of day: 06-12-2023, 06.30 - 07.30.
    (?! 06([-./ ])\d\d\1(?:19|20)\d\d(?!\d) | 06\.\d\d[ ]?[-–] )
    (?:
        (?:\+|00)31 {BETWEEN} (?:\(?0{BETWEEN})? [1-8] (?:{BETWEEN}\d){{8}}
      | {AREA_BRACKET} 06 {BETWEEN} [1-58] (?:{BETWEEN}\d){{7}}
      # 0800, 0900 and 088 are numbers of firms and services.
      | {AREA_BRACKET} 0(?:[1-57]\d|8[457]) (?:{BETWEEN}\d){{7}}
    )
    (?![.:-]?\d)
    """,
    re.VERBOSE,
)

DATE = r"(?:19|20)\d\d(?:0[1-9]|1[0-2])[0-3]\d|[0-3]\d(?:0[1-9]|1[0-2])(?:19|20)\d\d"
BSN = re.compile(
    rf"""
    (?<![\w+€-]) (?<!€[ ]) (?<!\d[.,/]) (?<!\d[ ])
    (?! (?:{DATE})\b )
    # Three zeros at the end: a round number.
    (?: \d{{8,9}} | \d{{2,3}}([. ])\d{{3}}\1(?!000)\d{{3}} | \d{{3,4}}([. ])\d\d\2\d{{3}} )
    (?![\w€-]|[.,:/ ]\d|[ \u00a0]?(?:{UNITS}))
    """,
    re.VERBOSE,
)
BSN_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)

# In this order: what is part of an address is no number, and part of a telephone number no BSN.
PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("email", EMAIL),
    ("phone", PHONE),
    ("bsn", BSN),
)
# What stands in a comment in place of what was taken out: content, so Dutch.
REDACTED: dict[Kind, str] = {
    "email": "[e-mailadres verwijderd door de redactie]",
    "phone": "[telefoonnummer verwijderd door de redactie]",
    "bsn": "[burgerservicenummer verwijderd door de redactie]",
}


@dataclass(frozen=True)
class Detail:
    """One personal detail and its place in the text."""

    kind: Kind
    start: int
    end: int
    text: str


def personal_details(text: str) -> tuple[Detail, ...]:
    """The personal details in a text, in the order in which they stand there."""
    covered = REFERENCE.sub(cover, ADDRESS.sub(cover, text))
    details = []
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(covered):
            if kind != "bsn" or passes_eleven_test(match[0]):
                start, end = match.span()
                details.append(Detail(kind, start, end, text[start:end]))
        covered = pattern.sub(cover, covered)
    return tuple(sorted(details, key=lambda detail: detail.start))


def redacted(text: str) -> str:
    """The text with a remark in place of each personal detail."""
    pieces, end = [], 0
    for detail in personal_details(text):
        pieces += [text[end : detail.start], REDACTED[detail.kind]]
        end = detail.end
    return "".join([*pieces, text[end:]])


def kinds_in_words(details: Iterable[Detail]) -> str:
    """What was found, as a part of a sentence: "a phone number and an e-mail address"."""
    words: dict[Kind, str] = {
        "email": _("an e-mail address"),
        "phone": _("a phone number"),
        "bsn": _("a citizen service number (BSN)"),
    }
    kinds = dict.fromkeys(detail.kind for detail in details)
    return get_text_list([words[kind] for kind in kinds], _("and"))


def passes_eleven_test(number: str) -> bool:
    """Whether a number may be a citizen service number.

    The nine digits times 9, 8, 7, 6, 5, 4, 3, 2 and -1 add up to a multiple of 11; one of eight
    digits has a zero in front. (“Logisch Ontwerp BSN”, Rijksdienst voor Identiteitsgegevens.)
    """
    digits = [int(digit) for digit in re.findall(r"\d", number)]
    digits = [0] * (len(BSN_WEIGHTS) - len(digits)) + digits
    total = sum(weight * digit for weight, digit in zip(BSN_WEIGHTS, digits, strict=True))
    return any(digits) and total % 11 == 0


def cover(match: re.Match[str]) -> str:
    """As many stand-ins as there are characters, so that what follows keeps its place."""
    return COVER * len(match[0])
