"""A comment is judged as a whole, in few queries."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comments.models import SpamTerm, Submission
from comments.spam import Arrival, Finding, Verdict, examine, in_words, learn
from comments.spam.examination import SIGNALS
from comments.spam.verdict import FILES, HOLDS, MOST_GENUINE, SPAM_AT, SUSPICIOUS_AT
from tests.factories import create_comment

NUMBERED = Arrival(network="192.0.2.0/24", form_number="nummer", seconds=60)


def queries_of(text: str, *, arrival: Arrival) -> int:
    """How many queries a verdict takes."""
    with CaptureQueriesContext(connection) as queries:
        examine(name="Joke", text=text, email="joke@example.com", arrival=arrival)
    return len(queries)


@pytest.mark.django_db
def test_verdict_takes_three_queries_and_a_fourth_for_a_numbered_form() -> None:
    for word in ("casino", "drop"):
        SpamTerm.objects.create(kind="word", value=word)
    for _ in range(5):
        learn("Zwarte drop", genuine=True)
        create_comment(text="Zwarte drop")

    assert queries_of("Zwarte drop in het casino https://a.example", arrival=Arrival()) == 3
    assert queries_of("Kort", arrival=Arrival()) == 3
    assert queries_of("Zwarte drop " * 150, arrival=NUMBERED) == 4


@pytest.mark.django_db
def test_verdict_about_an_edit_takes_one_query_more() -> None:
    comment = create_comment()

    with CaptureQueriesContext(connection) as queries:
        examine(name="Joke", text="Anders", arrival=Arrival(), comment_pk=comment.pk)

    assert len(queries) == 4


@pytest.mark.django_db(transaction=True)
def test_hit_on_a_list_takes_one_query_more_after_the_commit() -> None:
    for word in ("casino", "drop"):
        SpamTerm.objects.create(kind="word", value=word)

    assert queries_of("Zwarte drop in het casino", arrival=NUMBERED) == 5


@pytest.mark.django_db
def test_number_of_a_form_that_another_comment_came_with_is_found() -> None:
    comment = create_comment(status="pending")
    Submission.objects.filter(comment=comment).update(form_number="nummer")

    again = examine(name="Joke", text="Nog eens", arrival=NUMBERED)
    edit = examine(name="Joke", text="Nog eens", arrival=NUMBERED, comment_pk=comment.pk)

    assert "used_form" in [finding.signal for finding in again.findings]
    assert "used_form" not in [finding.signal for finding in edit.findings]


@pytest.mark.django_db
def test_link_to_this_site_is_no_signal() -> None:
    verdict = examine(name="Joke", text="http://127.0.0.1:8000/blog/magnesium/", arrival=Arrival())

    assert "links" not in [finding.signal for finding in verdict.findings]


def test_what_holds_or_files_by_itself_does_so_whatever_the_words() -> None:
    genuine = Finding("like_genuine", MOST_GENUINE)

    assert Verdict((genuine, Finding("trap", HOLDS))).is_suspicious
    assert Verdict((genuine, Finding("listed_word", FILES))).is_spam


@pytest.mark.django_db
def test_edit_does_not_undo_how_a_comment_came() -> None:
    robot = Arrival(fills_trap=True, seconds=0, origin_known=False)
    comment = create_comment(
        status="pending",
        text="[url=https://a.example]Xyzzy[/url]",
        email="joke@mailinator.com",
        arrival=robot,
    )

    verdict = examine(
        name="Joke", text="Xyzzy", arrival=Arrival(origin_known=False), comment_pk=comment.pk
    )

    assert [finding.signal for finding in verdict.findings] == [
        "unknown_origin",
        "trap",
        "speed",
        "disposable_mail",
    ]
    assert verdict.is_suspicious


def test_score_is_the_sum_of_the_weights_and_the_borders_belong_to_the_stricter_side() -> None:
    tenths = tuple(Finding("x", 0.1) for _ in range(10))

    assert Verdict(tenths).score == SUSPICIOUS_AT
    assert Verdict(tenths).is_suspicious
    assert not Verdict(tenths).is_spam
    assert Verdict(tenths * 3).score == SPAM_AT
    assert Verdict(tenths * 3).is_spam


def test_no_signal_is_looked_at_twice() -> None:
    assert len(SIGNALS) == len(set(SIGNALS)) == 15


@pytest.mark.django_db
def test_verdict_is_kept_with_the_comment_and_tells_its_reasons_in_words() -> None:
    comment = create_comment(
        text="Zie https://a.example https://b.example https://c.example https://a.example",
        status="pending",
    )

    comment.refresh_from_db()

    assert comment.spam_score >= SUSPICIOUS_AT
    assert "4 links: a.example, b.example, c.example" in in_words(comment.spam_findings)
