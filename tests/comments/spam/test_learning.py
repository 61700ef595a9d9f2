"""The filter learns from what moderators decide."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comments.models import SpamWord
from comments.spam import Arrival, examine, learn, unlearn
from comments.spam.evidence import ALL
from comments.spam.learning import rows_of
from tests.instants import at_the_same_instant

pytestmark = pytest.mark.django_db

TEXT = "Zwart brood en bruin brood"


def counts() -> dict[str, tuple[int, int]]:
    """What was learned: how many genuine and how many spam comments held a stem."""
    return {word.stem: (word.genuine, word.spam) for word in SpamWord.objects.all()}


def test_each_word_of_a_comment_is_counted_once_and_so_is_the_comment() -> None:
    learn(TEXT, genuine=True)
    learn("Gratis brood", genuine=False)

    assert counts() == {
        ALL: (1, 1),
        "brood": (1, 1),
        "zwart": (1, 0),
        "en": (1, 0),
        "bruin": (1, 0),
        "gratis": (0, 1),
    }


@pytest.mark.parametrize("genuine", [True, False])
def test_what_is_unlearned_was_never_learned(genuine: bool) -> None:
    learn("Zoet brood", genuine=True)
    learn("Zuur brood", genuine=False)
    before = counts()

    learn(TEXT, genuine=genuine)
    unlearn(TEXT, genuine=genuine)

    assert counts() == before


def test_word_that_nobody_uses_any_more_is_forgotten() -> None:
    learn(TEXT, genuine=False)
    unlearn(TEXT, genuine=False)

    assert counts() == {}


def test_word_that_the_other_kind_used_is_not_forgotten() -> None:
    learn("Zwart brood", genuine=True)
    learn("Bruin brood", genuine=False)

    unlearn("Zwart brood", genuine=False)
    unlearn("Bruin brood", genuine=True)

    assert counts() == {"zwart": (1, 0), "bruin": (0, 1)}


def test_nothing_is_counted_below_zero() -> None:
    learn("brood", genuine=True)

    unlearn(TEXT, genuine=False)
    unlearn("brood", genuine=True)
    unlearn("brood", genuine=True)

    assert counts() == {}


def test_learning_takes_one_statement_however_long_the_text() -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        learn(
            " ".join(f"w{chr(97 + n % 26)}{chr(97 + n // 26)}q" for n in range(500)), genuine=True
        )

    assert len(queries) == 1
    assert SpamWord.objects.count() > 400


@pytest.mark.parametrize("text", ["", "👍 123", "'; DROP TABLE comments_spamword; --", "100% %s"])
def test_strange_text_is_learned_without_harm(text: str) -> None:
    learn(text, genuine=True)

    assert counts()[ALL] == (1, 0)


def test_filter_holds_what_moderators_called_spam_and_trusts_what_they_approved() -> None:
    text = "Breng je harmonica mee naar de blauwe vuurtoren"
    before = examine(name="Joke", text=text, arrival=Arrival())

    for _ in range(3):
        learn("Harmonica en vuurtoren, blauwe vuurtoren", genuine=False)
    spam = examine(name="Joke", text=text, arrival=Arrival())
    for _ in range(30):
        learn("Harmonica en vuurtoren, blauwe vuurtoren", genuine=True)
    genuine = examine(name="Joke", text=text, arrival=Arrival())

    assert not before.is_suspicious
    assert spam.is_suspicious
    assert not genuine.is_suspicious


def test_words_are_counted_in_one_order_so_that_no_two_decisions_wait_for_each_other() -> None:
    assert rows_of("Zwart brood") == rows_of("Brood, zwart") == [ALL, "brood", "zwart"]


@pytest.mark.django_db(transaction=True)
def test_decisions_at_the_same_instant_are_all_counted() -> None:
    learn("brood", genuine=True)

    outcomes = at_the_same_instant(
        lambda: learn("zwart brood en bruin brood", genuine=True),
        lambda: learn("brood bruin en zwart brood", genuine=True),
        lambda: learn("en zwart brood", genuine=False),
        lambda: unlearn("brood", genuine=True),
    )

    assert outcomes == [None] * 4
    assert counts() == {
        ALL: (2, 1),
        "brood": (2, 1),
        "zwart": (2, 1),
        "en": (2, 1),
        "bruin": (2, 0),
    }
