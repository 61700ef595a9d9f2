"""Words that are like those of spam, or of genuine comments."""

from __future__ import annotations

import pytest

from comments.spam.evidence import ALL, Counts, Evidence
from comments.spam.examination import weigh
from comments.spam.likeness import log_odds
from comments.spam.verdict import MOST_GENUINE, SPAM_AT

EVEN = Counts(genuine=100, spam=100)


def test_words_of_spam_hold_a_comment_and_are_named() -> None:
    learned = {ALL: EVEN, "pil": Counts(spam=30), "koop": Counts(spam=9), "de": EVEN}
    learned["sign:exclamation"] = Counts(spam=90)
    learned["nu"] = Counts(genuine=10, spam=12)

    verdict = weigh(Evidence(text="De pillen koop je nu!", learned=learned))

    assert [(f.signal, f.detail) for f in verdict.findings] == [("like_spam", "pillen, koop")]
    assert verdict.is_suspicious


def test_words_of_genuine_comments_speak_for_one_but_not_for_much() -> None:
    learned = {ALL: EVEN, "huisarts": Counts(genuine=90)}

    (finding,) = weigh(Evidence(text="Mijn huisarts", learned=learned)).findings

    assert (finding.signal, finding.weight) == ("like_genuine", MOST_GENUINE)


def test_genuine_words_do_not_outweigh_a_link_in_the_name() -> None:
    learned = {ALL: EVEN, "huisarts": Counts(genuine=90)}

    verdict = weigh(Evidence(text="Mijn huisarts", name="www.a.example", learned=learned))

    assert verdict.is_suspicious


def test_however_many_words_are_like_spam_they_weigh_no_more_than_spam() -> None:
    words = ["kopen", "gratis", "casino", "bonus", "lening"]
    evidence = Evidence(text=" ".join(words))
    learned = {ALL: EVEN} | dict.fromkeys(evidence.stems, Counts(spam=90))

    verdict = weigh(Evidence(text=" ".join(words), learned=learned))

    assert verdict.score == SPAM_AT


@pytest.mark.parametrize("text", ["", "👍", "Xyzzy"])
def test_words_that_nobody_ever_used_say_nothing(text: str) -> None:
    assert weigh(Evidence(text=text, learned={ALL: EVEN})).findings == ()


@pytest.mark.parametrize(
    ("seen", "of"), [(Counts(0, 0), Counts(1_000, 10)), (Counts(100, 1), Counts(1_099, 10))]
)
def test_word_at_home_in_both_says_nothing_although_one_kind_is_rare(
    seen: Counts, of: Counts
) -> None:
    assert log_odds(seen, of=of) == pytest.approx(0)


def test_word_seen_once_says_less_than_one_seen_often() -> None:
    once, often = log_odds(Counts(0, 1), of=EVEN), log_odds(Counts(0, 20), of=EVEN)

    assert 0 < once < often
    assert log_odds(Counts(1, 0), of=EVEN) == pytest.approx(-once)
