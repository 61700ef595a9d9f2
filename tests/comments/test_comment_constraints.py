"""What must never happen to the rows of comments is refused by the database itself."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.db.models import RestrictedError
from django.db.utils import IntegrityError
from django.utils import timezone

from comments.models import Comment, DailyKey, Submission
from tests.factories import create_comment

pytestmark = pytest.mark.django_db


def test_approved_comment_has_a_moment_of_approval() -> None:
    create_comment(status="pending")

    with pytest.raises(IntegrityError, match="comments_comment_approved_has_moment"):
        Comment.objects.update(status="approved")


def test_status_is_one_that_we_know() -> None:
    create_comment(status="pending")

    with pytest.raises(IntegrityError, match="comments_comment_status_is_known"):
        Comment.objects.update(status="hidden")


def test_comment_does_not_answer_itself() -> None:
    comment = create_comment()

    with pytest.raises(IntegrityError, match="comments_comment_answers_another"):
        Comment.objects.filter(pk=comment.pk).update(parent=comment)


@pytest.mark.parametrize("column", ["uid", "key"])
def test_uid_and_key_are_one_comments(column: str) -> None:
    first, second = create_comment(), create_comment()

    with pytest.raises(IntegrityError, match=rf"comments_comment[._]{column}"):
        Comment.objects.filter(pk=second.pk).update(**{column: getattr(first, column)})


def test_fingerprint_is_kept_once() -> None:
    create_comment()
    create_comment()
    first, second = Submission.objects.order_by("pk")

    with pytest.raises(IntegrityError, match=r"comments_submission[._]fingerprint"):
        Submission.objects.filter(pk=second.pk).update(fingerprint=first.fingerprint)


def test_day_has_one_key() -> None:
    today = timezone.localdate()
    DailyKey.objects.create(day=today, key=b"x")

    with (
        pytest.raises(IntegrityError, match=r"comments_dailykey[._]day"),
        transaction.atomic(),
    ):
        DailyKey.objects.bulk_create([DailyKey(day=today, key=b"y")])

    assert connection.is_usable()


def test_comment_with_answers_cannot_be_deleted() -> None:
    root = create_comment()
    create_comment(parent=root)

    with pytest.raises(RestrictedError):
        root.delete()


def test_deleted_post_takes_its_comments_along() -> None:
    reply = create_comment(parent=create_comment())

    reply.post.live_revision = reply.post.newest_revision = None
    reply.post.save()
    reply.post.delete()

    assert Comment.objects.count() == 0
