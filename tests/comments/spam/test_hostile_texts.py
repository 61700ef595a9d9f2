"""No text keeps the filter busy."""

from __future__ import annotations

import time
from itertools import islice, product

import pytest

from comments.models import NAME_LENGTH, TEXT_LENGTH
from comments.spam.evidence import ALL, Counts, Evidence
from comments.spam.examination import weigh

# Far more than any text takes, also on a busy machine; a slow pattern takes seconds.
SECONDS = 0.5

LETTERS = "bdfgklmnprst"
HOSTILE = {
    "one word": "a" * TEXT_LENGTH,
    "labels": "a." * 1_000,
    "labels and an ending": "a." * 990 + "nl",
    "dashes": "a-" * 1_000,
    "www": "www." * 500,
    "schemes": "http://" * 280,
    "links": "https://a.example " * 110,
    "bare links": "a.nl " * 400,
    "long host": "http://" + "ü" * 1_900,
    "mail addresses": "a@a." * 500,
    "mail address without end": "@" + "a." * 990,
    "opened brackets": "[(" * 1_000,
    "dots in brackets": "a[dot]" * 330,
    "dots in words": "a dot " * 330,
    "digits": "1" * TEXT_LENGTH,
    "digits apart": "1 " * 1_000,
    "markup": "<a " * 660,
    "markup without end": "<a " + "x " * 990,
    "accents": "e\u0301" * 1_000,
    "one sign that is eighteen": "\ufdfa" * TEXT_LENGTH,
    "mixed scripts": "aа" * 1_000,
    "spaces": "\u00a0" * TEXT_LENGTH,
    "emoji": "👍🏽" * 1_000,
    "syllables": "ge" * 1_000,
    "distinct words": " ".join(
        "".join(letters) for letters in islice(product(LETTERS, "aeiou", LETTERS), 500)
    ),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_judged_in_no_time(text: str) -> None:
    text = text[:TEXT_LENGTH]
    evidence = Evidence(name=text[:NAME_LENGTH], text=text, email=text, learned={ALL: Counts(1, 1)})
    start = time.thread_time()

    weigh(evidence)

    assert time.thread_time() - start < SECONDS
