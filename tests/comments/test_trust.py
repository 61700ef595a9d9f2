"""Trust: whose second comment needs no moderator, where only first ones wait."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from blog.models import Moderation, Post
from comments import confirmation, moderation, submission
from comments.models import Comment, EmailAddress
from tests.comments.correspondents import (
    ADDRESS,
    confirm_link,
    create_confirmed_comment,
    report,
)
from tests.factories import create_comment, create_editor, create_post, set_moderation

pytestmark = pytest.mark.django_db


def test_second_comment_of_a_trusted_writer_is_shown_when_the_address_is_confirmed() -> None:
    set_moderation(Moderation.FIRST)
    create_confirmed_comment()
    second = create_comment(status="pending", email=ADDRESS)
    before = Comment.objects.get(pk=second.pk).status

    confirmation.confirm(confirm_link(second))

    second.refresh_from_db()
    assert (before, second.status) == ("pending", "approved")
    decision = second.decisions.get()
    assert (decision.status, decision.made_by) == ("approved", None)
    assert decision.reason


Arrange = Callable[[], Comment]


def second_where_all_wait() -> Comment:
    set_moderation(Moderation.ALL)
    create_confirmed_comment()
    return create_comment(status="pending", email=ADDRESS)


def second_that_is_suspicious() -> Comment:
    create_confirmed_comment()
    comment = create_comment(status="pending", email=ADDRESS)
    Comment.objects.filter(pk=comment.pk).update(spam_score=1.5)
    return comment


def second_after_one_that_was_not_confirmed() -> Comment:
    create_comment(email=ADDRESS)
    EmailAddress.objects.update(asked_at=None)
    return create_comment(status="pending", email=ADDRESS)


def second_after_one_that_was_rejected() -> Comment:
    first = create_confirmed_comment()
    moderation.reject(first, by=create_editor(), version=1)
    return create_comment(status="pending", email=ADDRESS)


def second_after_one_that_no_moderator_saw() -> Comment:
    post = create_post()
    Post.objects.filter(pk=post.pk).update(comments_moderation=Moderation.NONE)
    create_confirmed_comment(post=post, status="pending")
    return create_comment(status="pending", email=ADDRESS)


def second_after_an_approval_that_was_undone() -> Comment:
    first, editor = create_confirmed_comment(status="pending"), create_editor()
    submission.approve_by_rule(first, reason="")
    report(first)
    decision = moderation.approve(first, by=editor, version=1)
    assert decision
    assert moderation.undo(decision, by=editor).is_public
    return create_comment(status="pending", email=ADDRESS)


def first_at_another_address() -> Comment:
    create_confirmed_comment()
    return create_comment(status="pending", email="ander@example.org")


def first_that_was_taken_away_before() -> Comment:
    create_confirmed_comment()
    comment = create_comment(email=ADDRESS)
    return submission.put_back(submission.withdraw(comment))


@pytest.mark.parametrize(
    "arrange",
    [
        second_where_all_wait,
        second_that_is_suspicious,
        second_after_one_that_was_not_confirmed,
        second_after_one_that_was_rejected,
        second_after_one_that_no_moderator_saw,
        second_after_an_approval_that_was_undone,
        first_at_another_address,
        first_that_was_taken_away_before,
    ],
)
def test_comment_waits_for_a_moderator_all_the_same(arrange: Arrange) -> None:
    set_moderation(Moderation.FIRST)
    comment = arrange()

    confirmation.confirm(confirm_link(comment))

    assert Comment.objects.get(pk=comment.pk).status == "pending"


def test_typing_the_address_of_a_trusted_writer_gives_no_trust() -> None:
    set_moderation(Moderation.FIRST)
    create_confirmed_comment()

    create_comment(status="pending", email=ADDRESS)

    assert Comment.objects.latest("pk").status == "pending"


def test_taking_something_out_of_a_comment_is_no_trust_in_its_writer() -> None:
    set_moderation(Moderation.NONE)
    first = create_comment(status="pending", email=ADDRESS)
    submission.approve_by_rule(first, reason="")
    moderation.redact(first, by=create_editor(), version=1, name=first.name, text="Bel […].")
    confirmation.confirm(confirm_link(first))
    set_moderation(Moderation.FIRST)
    second = create_comment(status="pending", email=ADDRESS)

    confirmation.confirm(confirm_link(second))

    second.refresh_from_db()
    assert second.status == "pending"
