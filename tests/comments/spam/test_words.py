"""The words of a comment by their stems."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from comments.spam.words import stem, stems

CONSONANTS = "bcdfghjklmnprstvwz"


@pytest.fixture
def hasty_threads() -> Iterator[None]:
    """Threads that take turns within every word, and not once in a hundred."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("geslapen", "slaap"),
        ("pillen", "pil"),
        ("Geïnteresseerd", "geinteresseerd"),
        ("foto's", "fotos"),
        ("KOOP", "kopen"),
        ("viаgra", "viagra"),
    ],
)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert set(stems(one)) == set(stems(other))


def test_word_counts_once_and_is_named_as_it_was_written_first() -> None:
    assert stems("Slapen, slaapt, slaap.") == {"slaap": "slapen"}


def test_numbers_addresses_and_single_letters_are_not_learned() -> None:
    text = "a 4711 b12 joke@example.com 06-12345678 x"

    assert set(stems(text)) == {"sign:phone"}


def test_domain_of_a_link_is_learned_and_its_path_is_not() -> None:
    assert stems("zie https://www.example.com/geheim?naam=joke") == {
        "site:example.com": "example.com",
        "zie": "zie",
    }


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("€ 5", "sign:money"),
        ("5 euro", "sign:money"),
        ("5 %", "sign:percent"),
        ("06 12 34 56 78", "sign:phone"),
        ("Kom!", "sign:exclamation"),
        ("Kom?", "sign:question"),
    ],
)
def test_some_signs_are_learned_like_words(text: str, sign: str) -> None:
    assert sign in stems(text)
    assert sign not in stems("In 2009 kwam 1 op de 12 mensen")


def test_no_stem_is_longer_than_its_column() -> None:
    text = f"{'lang' * 500} https://{'lang' * 12}.{'lang' * 12}.example"

    assert {len(found) for found in stems(text)} == {40}


def test_threads_do_not_mix_up_their_words(hasty_threads: None) -> None:
    words = [f"{first}{second}lijkheden" for first in CONSONANTS for second in CONSONANTS]
    alone = [stem(word) for word in words]
    stem.cache_clear()

    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(stem, words))

    assert together == alone
