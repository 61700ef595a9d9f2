"""Where Dutch sentences begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator

# What may follow the sign that ends a sentence, and belongs to it.
CLOSING = r"[\"'”’)\]»]*"
END = re.compile(rf"(?<![.!?…])[.!?…]++{CLOSING}(?=\s)")
# After the space a new sentence begins with a capital, a number or an opening sign.
BEGINS = re.compile(r"\s+[\"'“‘‚„(\[«’]*(?:[A-ZÀ-ÖØ-Þ0-9]|['’‘][stn]\s)")
ABBREVIATION = re.compile(
    r"(?:^|[\s(\[“‘\"'])(?:"
    r"(?:[a-z]\.)+[a-z]"  # o.a., d.w.z., m.b.t.
    r"|aant|afb|afd|bijv|bv|blz|ca|dhr|dr|drs|ds|evt|excl|gem|geb|hfst|incl|ing|inw|ir|jr|max"
    r"|mevr|mej|mr|mw|nr|nrs|plm|prof|red|resp|uitg|vgl|vnl|vs|zgn"
    r"|jan|feb|mrt|apr|aug|sept?|okt|nov|dec"
    r")\.$",
    re.IGNORECASE,
)
# The initial of a name; "vitamine D." ends a sentence.
INITIAL = re.compile(
    r"(?<![Vv]itamine )(?<![Tt]ype )(?<![Pp]lan )(?<![Hh]epatitis )(?<!\w)[A-Z]\.$"
)
WORD = re.compile(r"[^\W_](?:[\w’'‘`.,:/-]*\w)?")


def split(text: str) -> Iterator[tuple[int, int]]:
    """The start and the end of each sentence of some running text."""
    start = 0
    for match in END.finditer(text):
        if not BEGINS.match(text, match.end()) or is_abbreviation(text, start, match):
            continue
        yield start, match.end()
        start = match.end() + len(text[match.end() :]) - len(text[match.end() :].lstrip())
    if text[start:].strip():
        yield start, len(text.rstrip())


def is_abbreviation(text: str, start: int, end: re.Match[str]) -> bool:
    """Whether the stop belongs to a word such as "bijv." or "A. Arts", and ends no sentence."""
    if end[0] != ".":
        return False
    before = text[max(start, end.start() - 15) : end.end()]
    return bool(ABBREVIATION.search(before) or INITIAL.search(before))


def words_of(text: str) -> list[str]:
    """The words, numbers among them; a loose dash is no word."""
    return WORD.findall(text)
