"""Comments in the admin: decided about one by one and in bulk, never rewritten."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comments import moderation
from comments.models import Comment, Decision
from tests.comments.test_receipt import planned_draft
from tests.factories import create_comment, create_editor, create_post, create_user
from tests.pages import parse, visible_text, with_id

pytestmark = pytest.mark.django_db

LIST = "/admin/comments/comment/"


@pytest.fixture
def desk(client: Client) -> Client:
    """A browser in which an editor is logged in."""
    client.force_login(create_editor(username="karin"))
    return client


def change_address(comment: Comment) -> str:
    """Where one comment is decided about."""
    return f"{LIST}{comment.pk}/change/"


INLINE = {"decisions-TOTAL_FORMS": "0", "decisions-INITIAL_FORMS": "0"}


@pytest.mark.parametrize(
    ("button", "status"),
    [("_approve", "approved"), ("_reject", "rejected"), ("_spam", "spam")],
)
def test_button_decides_and_leads_back_to_the_list(desk: Client, button: str, status: str) -> None:
    comment = create_comment(status="pending")

    response = desk.post(change_address(comment), {**INLINE, button: "1"})

    assert response["Location"] == LIST
    assert Comment.objects.get().status == status
    decision = Decision.objects.get()
    assert (decision.status, str(decision.made_by)) == (status, "karin")


def test_decision_leads_back_to_the_list_as_it_was_filtered(desk: Client) -> None:
    create_comment(status="pending")
    waiting = f"{LIST}?status__exact=pending"
    page = parse(desk.get(waiting).content)
    (address,) = [a.get("href", "") for a in page.iter("a") if "/change/" in a.get("href", "")]

    response = desk.post(address, {**INLINE, "_approve": "1"})

    assert response["Location"] == waiting


def test_reason_is_kept_with_the_decision(desk: Client) -> None:
    comment = create_comment(status="pending")
    page = parse(desk.get(change_address(comment)).content)
    assert with_id(page, "id_reason").get("name") == "reason"

    desk.post(change_address(comment), {**INLINE, "_reject": "1", "reason": "Is reclame."})

    assert Decision.objects.get().reason == "Is reclame."


def test_moderator_reads_the_reason_of_a_colleague(desk: Client) -> None:
    comment = create_comment(status="pending")
    moderation.reject(comment, by=create_editor(), reason="Is reclame.")

    text = visible_text(parse(desk.get(change_address(comment)).content))

    assert "Is reclame." in text


def test_reason_that_is_too_long_is_cut_and_no_error_of_ours(desk: Client) -> None:
    comment = create_comment(status="pending")

    desk.post(change_address(comment), {**INLINE, "_spam": "1", "reason": "x" * 10_000})

    assert Decision.objects.get().reason == "x" * 200


def test_sender_does_not_see_the_reason(desk: Client, client: Client) -> None:
    comment = create_comment(status="pending")

    desk.post(change_address(comment), {**INLINE, "_reject": "1", "reason": "Is reclame."})

    assert "Is reclame." not in client.get(comment.receipt_url).content.decode()


@pytest.mark.parametrize(
    ("action", "status"), [("approve", "approved"), ("reject", "rejected"), ("mark_spam", "spam")]
)
def test_bulk_action_decides_about_what_was_ticked(desk: Client, action: str, status: str) -> None:
    post = create_post()
    ticked = [create_comment(post=post, status="pending") for _number in range(3)]
    left = create_comment(post=post, status="pending")

    desk.post(LIST, {"action": action, "_selected_action": [c.pk for c in ticked]})

    assert Comment.objects.filter(status=status).count() == 3
    assert Comment.objects.get(pk=left.pk).status == "pending"
    assert Decision.objects.count() == 3


def test_words_of_a_visitor_cannot_be_rewritten(desk: Client) -> None:
    comment = create_comment(status="pending", name="Joke", text="Mijn woorden.")
    other = create_post()

    desk.post(
        change_address(comment),
        {
            **INLINE,
            "_approve": "1",
            "name": "Niet Joke",
            "text": "Niet mijn woorden.",
            "post": other.pk,
            "status": "spam",
            "key": "x",
        },
    )

    after = Comment.objects.get()
    assert (after.name, after.text) == ("Joke", "Mijn woorden.")
    assert (after.post, after.key, after.status) == (comment.post, comment.key, "approved")


def test_saving_without_a_decision_decides_nothing(desk: Client) -> None:
    comment = create_comment(status="pending")

    desk.post(change_address(comment), {**INLINE, "_save": "1"})

    assert Comment.objects.get().status == "pending"
    assert Decision.objects.count() == 0


def test_decision_of_the_past_cannot_be_forged(desk: Client) -> None:
    comment = create_comment(status="pending")

    desk.post(
        change_address(comment),
        {
            "decisions-TOTAL_FORMS": "1",
            "decisions-INITIAL_FORMS": "0",
            "decisions-0-status": "approved",
            "decisions-0-reason": "x",
            "_save": "1",
        },
    )

    assert Decision.objects.count() == 0


def test_moderator_sees_words_post_and_decisions(desk: Client) -> None:
    comment = create_comment(status="spam", name="Joke", text="Regel een\nRegel twee")

    text = visible_text(parse(desk.get(change_address(comment)).content))

    for words in ("Joke", "Regel een", "Regel twee", "Spam"):
        assert words in text


@pytest.mark.parametrize("may", [[], ["view_comment"], ["view_comment", "change_comment"]], ids=str)
def test_only_a_moderator_decides(client: Client, may: list[str]) -> None:
    client.force_login(create_user(may=may))
    comment = create_comment(status="pending")

    client.post(change_address(comment), {**INLINE, "_approve": "1"})
    client.post(LIST, {"action": "approve", "_selected_action": [comment.pk]})

    assert Comment.objects.get().status == "pending"


def test_who_may_not_moderate_cannot_read_what_waits(client: Client) -> None:
    client.force_login(create_user(may=["change_post", "publish_post"]))
    comment = create_comment(status="pending")

    assert client.get(LIST).status_code == 403
    assert client.get(change_address(comment)).status_code == 403


def test_nobody_writes_a_comment_here(desk: Client) -> None:
    assert desk.get(f"{LIST}add/").status_code == 403


def test_list_costs_as_many_queries_with_thirty_comments_as_with_one(desk: Client) -> None:
    post = create_post()
    create_comment(post=post)
    desk.get(LIST)

    with CaptureQueriesContext(connection) as with_one:
        desk.get(LIST)
    for _number in range(29):
        create_comment(post=post)
    with CaptureQueriesContext(connection) as with_thirty:
        desk.get(LIST)

    assert len(with_thirty) == len(with_one)


def test_comments_of_a_post_that_lost_its_address_can_still_be_read(desk: Client) -> None:
    comment = create_comment()
    planned_draft(comment.post, title="???", slug="")

    assert desk.get(LIST).status_code == 200
    assert desk.get(change_address(comment)).status_code == 200


def test_hostile_comment_is_harmless_to_its_moderator(desk: Client) -> None:
    words = "<script>alert(1)</script>"
    comment = create_comment(status="pending", name=words, text=words)

    for address in (LIST, change_address(comment)):
        page = desk.get(address).content.decode()
        assert words not in page
        assert "&lt;script&gt;alert(1)" in page
