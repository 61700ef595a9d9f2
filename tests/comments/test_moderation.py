"""What editors decide about comments, and what is remembered of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client

from comments import moderation
from comments.models import Comment, Decision
from tests.factories import create_comment, create_editor, create_user

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))
DECISIONS: list[tuple[Callable[..., Comment], str]] = [
    (moderation.approve, "approved"),
    (moderation.reject, "rejected"),
    (moderation.mark_spam, "spam"),
]


@pytest.mark.parametrize(("decide", "status"), DECISIONS)
def test_decision_is_recorded_with_who_why_and_when(
    decide: Callable[..., Comment], status: str
) -> None:
    comment, editor = create_comment(status="pending"), create_editor()

    with time_machine.travel(NOON, tick=False):
        decide(comment, by=editor, reason="Zo spreken we het af.")

    decision = Decision.objects.get()
    assert Comment.objects.get().status == status
    assert (decision.comment, decision.status, decision.made_by) == (comment, status, editor)
    assert (decision.reason, decision.made_at) == ("Zo spreken we het af.", NOON)


def test_approved_comment_has_a_moment_of_approval() -> None:
    comment = create_comment(status="pending")

    with time_machine.travel(NOON, tick=False):
        moderation.approve(comment, by=create_editor())

    assert Comment.objects.get().approved_at == NOON


@pytest.mark.parametrize(("decide", "status"), DECISIONS)
def test_deciding_the_same_again_records_nothing(
    decide: Callable[..., Comment], status: str
) -> None:
    comment = create_comment(status=status)
    before = Comment.objects.values().get()

    decide(comment, by=create_editor())

    assert Comment.objects.values().get() == before
    assert Decision.objects.count() == 1


def test_every_step_of_a_changed_mind_is_recorded() -> None:
    comment, editor = create_comment(status="pending"), create_editor()

    for decide in (moderation.approve, moderation.reject, moderation.approve):
        decide(comment, by=editor)

    steps = [decision.status for decision in comment.decisions.all()]
    assert steps == ["approved", "rejected", "approved"]


@pytest.mark.parametrize(("decide", "status"), DECISIONS)
def test_deciding_asks_for_its_own_permission(decide: Callable[..., Comment], status: str) -> None:
    comment = create_comment(status="pending")
    others = ["change_comment", "add_comment", "delete_comment", "view_comment", "publish_post"]

    with pytest.raises(PermissionDenied):
        decide(comment, by=create_user(may=others))

    assert Comment.objects.get().status == "pending"
    assert Decision.objects.count() == 0
    decide(comment, by=create_user(may=["moderate_comment"]))
    assert Comment.objects.get().status == status


def test_rejected_comment_leaves_the_page(client: Client) -> None:
    comment = create_comment(text="Was zichtbaar.")
    assert "Was zichtbaar." in client.get(comment.post.get_absolute_url()).content.decode()

    moderation.reject(comment, by=create_editor())

    assert "Was zichtbaar." not in client.get(comment.post.get_absolute_url()).content.decode()


def test_deleted_moderator_leaves_the_decision() -> None:
    editor = create_editor()
    create_comment(by=editor)

    editor.delete()

    assert Decision.objects.get().made_by is None
