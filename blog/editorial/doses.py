"""Amounts that changed against the text that readers see: a second look, for a slip does harm."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches

from django.utils.translation import gettext as _

from blog.content import PostContent
from blog.diff.figures import DIGITS, IN_WORDS
from blog.editorial.findings import Finding, Severity, check
from blog.editorial.known import Known
from blog.editorial.manuscript import Manuscript
from blog.editorial.passages import Kind, Passage
from blog.rendering import TooComplexError

# Each unit with the other ways to write it.
UNITS = {
    "mg": "mg|milligram",
    "µg": "[µμu]g|mcg|microgram",
    "g": "g|gr|gram",
    "kg": "kg|kilo|kilogram",
    "ml": "ml|milliliter",
    "l": "l|liter",
    "IE": "IE|IU",
    "mmol": "mmol(?:/l)?",
    "%": "%|procent",
    "tablet": "tablet(?:ten)?",
    "capsule": "capsules?",
    "pil": "pil(?:len)?",
    "druppel": "druppels?",
    "lepel": "(?:eet|thee)?lepels?",
    "keer": "keer|maal|x",
    "uur": "uur|uren",
    "minuut": "min|minuut|minuten",
    "dag": "dag(?:en)?",
    "week": "week|weken",
    "maand": "maand(?:en)?",
}
NUMBER = rf"{DIGITS}|{IN_WORDS}|een"
DOSE = re.compile(
    rf"(?<![\w.,])(?P<number>{NUMBER})(?:\s?(?:[-–]|tot|à|of)\s?(?P<most>{NUMBER}))?\s?"
    rf"(?:{'|'.join(f'(?P<u{i}>{unit})' for i, unit in enumerate(UNITS.values()))})(?!\w)",
    re.IGNORECASE,
)
IN_DIGITS = {
    word: str(number)
    for number, words in {
        1: "een één", 2: "twee", 3: "drie", 4: "vier", 5: "vijf", 6: "zes", 7: "zeven", 8: "acht",
        9: "negen", 10: "tien", 11: "elf", 12: "twaalf", 15: "vijftien", 20: "twintig",
        30: "dertig", 40: "veertig", 50: "vijftig", 100: "honderd", 1000: "duizend",
    }.items()
    for word in words.split()
}  # fmt: skip
THOUSANDS = re.compile(r"(?<=\d)[.](?=\d{3}(?!\d))")
GAP = "\0"
# Comparing sentences takes as long as the one number times the other.
MOST_SENTENCES = 60
LONGEST = 400
ALIKE = 0.6

Amounts = tuple[str, ...]


@check(Severity.WARNING)
def changed_dose(text: Manuscript, known: Known) -> Iterator[Finding]:
    """An amount differs from the one that readers see in the same sentence."""
    if known.live_body is None or known.live_body == text.content.body:
        return
    try:
        live = Manuscript(replace(PostContent(), body=known.live_body))
    except TooComplexError:
        return
    before: defaultdict[str, list[Amounts]] = defaultdict(list)
    for _passage, _start, _end, words in stretches(live):
        frame, amounts = apart(words)
        before[frame].append(amounts)
    looked = 0
    for passage, start, end, words in stretches(text):
        frame, amounts = apart(words)
        if not amounts or amounts in before.get(frame, ()):
            continue
        if frame not in before:
            looked += 1
            others = [o for o, found in before.items() if any(found) and len(o) <= LONGEST]
            if max(looked, len(others)) > MOST_SENTENCES or len(frame) > LONGEST:
                continue
            frame = next(iter(get_close_matches(frame, others, n=1, cutoff=ALIKE)), "")
        for earlier in before.get(frame, ()):
            if amounts != earlier and len(amounts) == len(earlier):
                was, now = difference(earlier, amounts)
                yield Finding(
                    reason=_("Readers see %(was)s here, and this says %(now)s.")
                    % {"was": was, "now": now},
                    hint=_("Look it up once more: is this what is meant?"),
                    place=passage.place(start, end),
                    subject=f"{words} {was}",
                )
                break


def stretches(text: Manuscript) -> Iterator[tuple[Passage, int, int, str]]:
    """The sentences and the cells of tables, with their words."""
    for passage in text.passages:
        if passage.kind == Kind.CELL:
            yield passage, 0, len(passage.text), passage.text
        elif passage.kind in (Kind.TEXT, Kind.ITEM, Kind.HEADING):
            for sentence in passage.sentences:
                yield passage, sentence.start, sentence.end, sentence.text


def apart(words: str) -> tuple[str, Amounts]:
    """A sentence with gaps for its amounts, and the amounts in one way of writing."""
    amounts = tuple(as_amount(match) for match in DOSE.finditer(words))
    frame = DOSE.sub(GAP, words)
    return " ".join(frame.casefold().replace("\u00a0", " ").split()), amounts


def as_amount(match: re.Match[str]) -> str:
    """An amount in one way of writing: "één milligram" and "1mg" are "1 mg"."""
    unit = next(name for i, name in enumerate(UNITS) if match[f"u{i}"])
    numbers = [as_number(match[name]) for name in ("number", "most") if match[name]]
    return f"{'–'.join(numbers)} {unit}"


def as_number(number: str) -> str:
    """A number in digits, without points between thousands."""
    lower = number.lower()
    return IN_DIGITS.get(lower) or THOUSANDS.sub("", lower)


def difference(before: Amounts, after: Amounts) -> tuple[str, str]:
    """The first amounts that differ."""
    return next((was, now) for was, now in zip(before, after, strict=True) if was != now)
