"""What the way in which a comment arrived says."""

from __future__ import annotations

import pytest

from comments.spam import Arrival, in_words
from comments.spam.evidence import Evidence
from comments.spam.examination import weigh


def test_comment_of_which_nothing_is_known_is_not_suspicious() -> None:
    verdict = weigh(Evidence(arrival=Arrival()))

    assert verdict.findings == ()
    assert not verdict.is_suspicious


@pytest.mark.parametrize(
    ("arrival", "signal"),
    [
        (Arrival(fills_trap=True), "trap"),
        (Arrival(seconds=2.9), "speed"),
        (Arrival(knows_page=False), "unseen_page"),
    ],
)
def test_way_of_a_robot_holds_a_comment_and_does_not_file_it(arrival: Arrival, signal: str) -> None:
    verdict = weigh(Evidence(arrival=arrival))

    assert [finding.signal for finding in verdict.findings] == [signal]
    assert verdict.is_suspicious
    assert not verdict.is_spam


def test_unknown_origin_alone_is_not_suspicious() -> None:
    verdict = weigh(Evidence(arrival=Arrival(origin_known=False)))

    assert [finding.signal for finding in verdict.findings] == ["unknown_origin"]
    assert not verdict.is_suspicious


def test_form_that_was_used_before_holds_a_comment() -> None:
    verdict = weigh(Evidence(form_was_used=True))

    assert [finding.signal for finding in verdict.findings] == ["used_form"]
    assert verdict.is_suspicious


@pytest.mark.parametrize("seconds", [3.0, 3_600.0, 30 * 24 * 3_600.0])
def test_nobody_is_too_slow(seconds: float) -> None:
    verdict = weigh(Evidence(arrival=Arrival(seconds=seconds)))

    assert verdict.findings == ()


def test_robot_that_fills_everything_at_once_is_spam() -> None:
    verdict = weigh(Evidence(arrival=Arrival(fills_trap=True, seconds=0.1)))

    assert verdict.is_spam
    assert in_words(finding.as_json() for finding in verdict.findings) == [
        "Er is een veld ingevuld dat mensen niet zien",
        "Binnen enkele seconden verstuurd",
    ]
