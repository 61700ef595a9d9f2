"""The same text elsewhere on the site."""

from __future__ import annotations

import pytest

from comments.models import Comment
from comments.spam import Arrival, Finding, examine
from comments.spam.evidence import Evidence
from comments.spam.repetition import same_text
from tests.factories import create_comment

LONG = "Ik heb dit al vaker gelezen en toch blijft het elke keer weer even waar."


def found(text: str, *, besides: Comment | None = None) -> list[Finding]:
    """What the same text elsewhere says of a comment that arrives now."""
    verdict = examine(
        name="Ria", text=text, arrival=Arrival(), comment_pk=besides.pk if besides else None
    )
    return [finding for finding in verdict.findings if finding.signal == "same_text"]


def test_text_that_stands_nowhere_else_says_nothing() -> None:
    assert list(same_text(Evidence(text=LONG))) == []


@pytest.mark.django_db
def test_long_text_that_stands_elsewhere_is_suspicious_whatever_its_capitals() -> None:
    create_comment(text=LONG)

    (finding,) = found(f"  {LONG.upper()}")

    assert finding.weight == 1.0


@pytest.mark.django_db
def test_many_copies_weigh_more() -> None:
    for name in ("Ans", "Bea", "Cor"):
        create_comment(text=LONG, name=name)

    (finding,) = found(LONG)

    assert finding.weight == 1.5


@pytest.mark.django_db
def test_copy_of_spam_weighs_most() -> None:
    create_comment(text=LONG, status="spam")

    (finding,) = found(LONG)

    assert finding.weight == 3.0


@pytest.mark.django_db
def test_thanks_in_the_same_few_words_are_no_copy() -> None:
    create_comment(text="Bedankt!")
    create_comment(text="Bedankt!", name="Wil")

    assert found("bedankt!") == []


@pytest.mark.django_db
def test_few_words_that_were_only_ever_spam_are_suspicious() -> None:
    create_comment(text="Klik hier!", status="spam")

    (finding,) = found("Klik hier!")

    assert finding.weight == 1.0


@pytest.mark.django_db
def test_few_words_that_were_once_genuine_are_not_suspicious() -> None:
    create_comment(text="Bedankt!")
    create_comment(text="Bedankt!", name="Wil", status="spam")

    assert found("Bedankt!") == []


@pytest.mark.django_db
def test_edit_is_no_copy_of_the_comment_that_it_changes() -> None:
    comment = create_comment(text=LONG, status="pending")

    assert found(LONG, besides=comment) == []


@pytest.mark.django_db
def test_comment_that_its_writer_took_away_is_no_copy() -> None:
    comment = create_comment(text=LONG)
    Comment.objects.filter(pk=comment.pk).update(status="withdrawn")

    assert found(LONG) == []
