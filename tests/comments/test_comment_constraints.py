"""What must never happen to the rows of comments is refused by the database itself."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import RestrictedError
from django.db.utils import IntegrityError
from django.utils import timezone

from comments.models import (
    Attempt,
    Comment,
    DailyKey,
    EmailAddress,
    Link,
    Mail,
    Report,
    SpamTerm,
    Submission,
    Version,
)
from tests.factories import create_comment, create_editor

pytestmark = pytest.mark.django_db


def test_decided_comment_has_a_moment() -> None:
    create_comment(status="pending")

    with pytest.raises(IntegrityError, match="comments_comment_decided_has_moment"):
        Comment.objects.update(status="rejected")


def test_pending_comment_waits_for_a_moderator() -> None:
    create_comment(status="pending")

    with pytest.raises(IntegrityError, match="comments_comment_pending_waits"):
        Comment.objects.update(waiting_since=None)


def test_approved_comment_has_a_position() -> None:
    create_comment()

    with pytest.raises(IntegrityError, match="comments_comment_approved_has_position"):
        Comment.objects.update(position=None)


def test_two_roots_of_a_post_have_no_position_in_common() -> None:
    first = create_comment()
    create_comment(post=first.post)

    # SQLite names the columns, PostgreSQL the constraint.
    with pytest.raises(IntegrityError, match=r"comments_comment(_root_position_once|\.position)"):
        Comment.objects.update(position=1)


@pytest.mark.parametrize("column", ["name", "text", "html", "text_digest", "key"])
def test_erased_comment_says_nothing(column: str) -> None:
    comment = create_comment()
    nothing: dict[str, str | None] = dict.fromkeys(["name", "text", "html", "text_digest"], "")
    nothing["key"] = None
    nothing.pop(column)

    with pytest.raises(IntegrityError, match="comments_comment_erased_says_nothing"):
        Comment.objects.filter(pk=comment.pk).update(status="erased", **nothing)


def test_number_of_a_wording_is_used_once() -> None:
    comment = create_comment()
    Version.objects.create(comment=comment, number=2, name="Joke", text="Nee.")

    with pytest.raises(IntegrityError, match=r"comments_version"):
        Version.objects.create(comment=comment, number=2, name="Joke", text="Toch.")


def test_link_that_confirms_belongs_to_a_comment() -> None:
    address = EmailAddress.objects.create(email="anna@example.org")

    with pytest.raises(IntegrityError, match="comments_link_confirms_a_comment"):
        Link.objects.create(key="k" * 22, purpose="confirm", email=address)


def test_mail_has_one_recipient() -> None:
    with pytest.raises(IntegrityError, match="comments_mail_has_one_recipient"):
        Mail.objects.create(purpose="queue")


def test_one_mail_about_replies_waits_for_an_address() -> None:
    address = EmailAddress.objects.create(email="anna@example.org")
    Mail.objects.create(purpose="reply", email=address)

    with pytest.raises(IntegrityError, match="comments_mail"):
        Mail.objects.create(purpose="reply", email=address)


def test_one_mail_about_the_queue_waits_for_a_moderator() -> None:
    moderator = create_editor()
    Mail.objects.create(purpose="queue", user=moderator)

    with pytest.raises(IntegrityError, match="comments_mail"):
        Mail.objects.create(purpose="queue", user=moderator)


def test_decided_report_has_a_moment() -> None:
    report = Report.objects.create(key="k" * 22, comment=create_comment(), ground="other")

    with pytest.raises(IntegrityError, match="comments_report_decided_has_moment"):
        Report.objects.filter(pk=report.pk).update(outcome="kept")


@pytest.mark.parametrize("other", [{"network": "b"}, {"window": timezone.now()}])
def test_attempts_of_a_network_are_counted_in_one_row_a_window(other: dict[str, Any]) -> None:
    same = {"network": "a", "window": timezone.now()}
    Attempt.objects.create(**same)
    Attempt.objects.create(**(same | other))

    with pytest.raises(IntegrityError, match="comments_attempt"):
        Attempt.objects.create(**same)


def test_term_stands_on_a_list_once() -> None:
    SpamTerm.objects.create(kind="word", value="gokken")
    SpamTerm.objects.create(kind="domain", value="gokken")

    with pytest.raises(IntegrityError, match="comments_spamterm"):
        SpamTerm.objects.create(kind="word", value="gokken")


def test_status_is_one_that_we_know() -> None:
    create_comment(status="pending")

    with pytest.raises(IntegrityError, match="comments_comment_status_is_known"):
        Comment.objects.update(status="hidden", decided_at=timezone.now())


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
