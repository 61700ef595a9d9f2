"""Where Dutch sentences begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator

# What may follow the sign that ends a sentence, and belongs to it.
CLOSING = r"[\"'”’)\]»]*"
END = re.compile(rf"(?<![.!?…])[.!?…]++{CLOSING}(?=\s)")
# After the space a new sentence begins with a capital, a number or an opening sign.
BEGINS = re.compile(r"\s++(?=[\"'“‘‚„(\[«’]*(?:[A-ZÀ-ÖØ-Þ0-9]|['’‘][stn]\s))")
ABBREVIATION = re.compile(
    r"(?:^|[\s(\[“‘\"'])(?:"
    r"(?i:(?:[a-z]\.)+[a-z]"  # o.a., d.w.z., m.b.t.
    r"|aant|afb|afd|bijv|blz|ca|dhr|dr|drs|ds|evt|excl|gem|geb|hfst|incl|inw|ir|jr"
    r"|mevr|mej|mr|mw|nr|nrs|plm|prof|red|resp|uitg|vgl|vnl|zgn)"
    # With a capital these are names: Jan, Max, ING, een BV, de VS.
    r"|[Ii]ng|bv|max|vs|jan|feb|mrt|apr|aug|sept?|okt|nov|dec"
    r")\.$"
)
# The initial of a name.
INITIAL = re.compile(r"(?<!\w)[A-Z]\.$")
# A letter that is no initial: "vitamine D.", "bloedgroep A.", "B6 en D."
LETTER = re.compile(
    r"\b(?:[Vv]itamines?|[Bb]loedgroep|[Tt]ype|[Pp]lan|[Hh]epatitis|[A-Z]\d{0,2}(?:,| en| of))"
    r"\s[A-Z]\.$"
)
# What begins a sentence, and no surname.
OPENER = re.compile(
    r"\s+(?:Dat|Dit|Deze|Die|Het|Een|Er|Ik|Je|Jij|We|Wij|Ze|Zij|Hij|Als|Maar|Ook|Wie|Wat|Daarom|Dus"
    r"|Daar|Zo)\s"
)
WORD = re.compile(r"[^\W_](?:[\w’'‘`.,:/-]*\w)?")


def split(text: str) -> Iterator[tuple[int, int]]:
    """The start and the end of each sentence of some running text."""
    start = 0
    for match in END.finditer(text):
        begins = BEGINS.match(text, match.end())
        if not begins or is_abbreviation(text, start, match):
            continue
        yield start, match.end()
        start = begins.end()
    if text[start:].strip():
        yield start, len(text.rstrip())


def is_abbreviation(text: str, start: int, end: re.Match[str]) -> bool:
    """Whether the stop belongs to a word such as "bijv." or "A. Arts", and ends no sentence."""
    if end[0] != ".":
        return False
    before = text[max(start, end.start() - 15) : end.end()]
    if INITIAL.search(before):
        return not (LETTER.search(before) or OPENER.match(text, end.end()))
    return bool(ABBREVIATION.search(before))


def words_of(text: str) -> list[str]:
    """The words, numbers among them; a loose dash is no word."""
    return WORD.findall(text)
