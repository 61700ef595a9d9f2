"""The words of a comment by their stems, which is how they are counted and kept."""

from __future__ import annotations

import re
from functools import lru_cache
from threading import Lock

import snowballstemmer

from comments.spam.addresses import linked_domains, undisguised, without_addresses
from comments.spam.folding import words

# As long as a stem can be in the database.
LONGEST = 40
LETTERS = re.compile(r"[^\d]+")
SIGNS = {
    "sign:exclamation": re.compile(r"!"),
    "sign:money": re.compile(r"[€$£]|\beuros?\b", re.IGNORECASE),
    "sign:percent": re.compile(r"\d\s?%"),
    "sign:phone": re.compile(r"\d(?:[\s-]?\d){8}"),
    "sign:question": re.compile(r"\?"),
}

# A stemmer keeps the word that it works on to itself: two threads would mix up theirs.
STEMMER, TURN = snowballstemmer.stemmer("dutch"), Lock()


@lru_cache(maxsize=8_192)
def stem(word: str) -> str:
    """The stem of a folded word, by the Dutch rules of Kraaij and Pohlmann."""
    with TURN:
        stemmed: str = STEMMER.stemWord(word)
    return stemmed[:LONGEST]


def stems(text: str) -> dict[str, str]:
    """The distinct stems of a text, each with the first word that has it.

    Numbers and addresses of people are left out: what is learned is kept for good. Of a link the
    domain counts, as `site:example.com`, and of some signs that they are there.
    """
    text = undisguised(text)
    found = {f"site:{domain}"[:LONGEST]: domain for domain in linked_domains(text)}
    rest = without_addresses(text)
    found |= {sign: "" for sign, pattern in SIGNS.items() if pattern.search(rest)}
    for word in words(rest):
        if len(word) > 1 and LETTERS.fullmatch(word):
            found.setdefault(stem(word), word)
    return found
