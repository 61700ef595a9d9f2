"""No text, however it was made, keeps the checks busy for more than a few seconds."""

from __future__ import annotations

import random
import time
from datetime import date

import pytest

from blog.content import PostContent
from blog.editorial import Known, findings
from blog.rendering import MAX_CHARACTERS
from tests.blog.rendering.test_limits import REPEATED

# Words that the patterns of the checks look for.
WORDS = (
    *("ons", "onze", "de", "twee", "5", "%", "mg", "procent", "onderzoek"),
    *("studies", "toont", "laat", "zien", "niet", "geen", "aangetoond", "magnesium", "slaap"),
    *("dit", "mineraal", "helpt", "supplement", "natuurlijk", "middel", "is", "uit", "volgens"),
    *("A.", "o.a.", "‘s", "bij", "koop", "verkopen", "web-", "keer", "1.000"),
    *("–", "x", "voor", "klik", "hier", "TODO", "[bron", ".", "!"),
    *("?"),
)
SHAPES = {
    **{word: f"{word} " for word in WORDS},
    **{f"joined {word}": word for word in ("on-", "1,", "1/", ".", "1.000", "A.", "nl-")},
    "headings": "## 1. a\n",
    "sources": "a[^1] ",
    "paragraphs": "onderzoek a\n\n",
    "spaces in a link": "[op" + " " * 5_000 + "x](https://a.nl) ",
    "denials": "magnesium geneest niet maar helpt niet en werkt ",
    "verbs that go on": "wie krijgt krijgt ",
    "brackets": "[nog a-a ",
    "doses": "Abcdef 5 mg. ",
    "long doses": "Neem 5 mg " + "van dit en dat " * 60 + "in. ",
    **REPEATED,
}
SECONDS = 6


def seconds_for(body: str) -> float:
    """The processor time that all checks take, with another text live."""
    content = PostContent(title="vijf " * 40, body=body, discloses_own_products=True)
    known = Known(today=date(2026, 1, 1), live_body=body.replace("mg", "µg").replace("5", "6"))
    start = time.process_time()
    findings(content, known)
    return time.process_time() - start


@pytest.mark.long
@pytest.mark.parametrize("shape", SHAPES)
def test_one_shape_as_long_as_a_text_may_be(shape: str) -> None:
    piece = SHAPES[shape]

    assert seconds_for(piece * (MAX_CHARACTERS // len(piece))) < SECONDS


@pytest.mark.parametrize(
    "shape",
    [
        *("joined .", "joined on-", "joined 1/", "onderzoek", "ons", "spaces in a link"),
        *("long doses", "doses"),
    ],
)
def test_shapes_that_once_took_the_square_of_their_length(shape: str) -> None:
    piece = SHAPES[shape]

    assert seconds_for(piece * (60_000 // len(piece))) < 2


@pytest.mark.parametrize("piece", ["[^1] ", "[a](b) ", "[a] [TODO](b) "])
def test_many_pieces_before_many_sentences_take_no_square_of_their_number(piece: str) -> None:
    body = piece * (12_000 // len(piece)) + "Ab. " * 25_000 + "\n\n[^1]: Een bron uit 2020."

    assert seconds_for(body) < 3


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10))
def test_words_in_any_order(seed: int) -> None:
    chance = random.Random(seed)
    words = [chance.choice(WORDS) for _ in range(40_000)]

    assert seconds_for(" ".join(words)[:MAX_CHARACTERS]) < SECONDS
