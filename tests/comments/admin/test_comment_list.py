"""The list of comments: finding them, and deciding about what was ticked."""

from __future__ import annotations

from datetime import timedelta
from xml.etree.ElementTree import Element

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments import moderation
from comments.models import Comment, Decision
from tests.comments.admin.desk_pages import COMMENTS, list_of, page_url
from tests.comments.correspondents import edit, report
from tests.factories import create_comment, create_editor, create_post, fresh, planned_draft
from tests.pages import Answer, all_with_class, form_values, parse, visible_text, with_id

pytestmark = pytest.mark.django_db


def rows(page: Element) -> list[str]:
    """Who wrote each comment of the list, from top to bottom."""
    return [visible_text(next(row.iter("th"))) for row in list_of(page)]


def tick(client: Client, action: str, *comments: Comment, address: str = COMMENTS) -> Answer:
    """Tick comments in the list as it stands now, and carry out an action."""
    page = parse(client.get(address).content)
    form = next(form for form in page.iter("form") if form.get("id") == "changelist-form")
    ticked = [comment.pk for comment in comments]
    values = form_values(form) | {"action": action, "_selected_action": ticked}
    return client.post(address, values, follow=True)


@pytest.mark.parametrize(
    ("action", "status"), [("approve", "approved"), ("reject", "rejected"), ("mark_spam", "spam")]
)
def test_action_decides_about_what_was_ticked(desk: Client, action: str, status: str) -> None:
    post = create_post()
    ticked = [create_comment(post=post, status="pending") for _number in range(3)]
    left = create_comment(post=post, status="pending")

    response = tick(desk, action, *ticked)

    assert Comment.objects.filter(status=status).count() == 3
    assert fresh(left).status == "pending"
    assert Decision.objects.count() == 3
    assert "Over 3 reacties beslist." in visible_text(parse(response.content))


def test_list_shows_the_whole_text_that_it_lets_approve(desk: Client) -> None:
    words = "Alinea één.\n\n" + "heel lang " * 150 + "tot het eind."
    create_comment(status="pending", text=words)

    (text,) = all_with_class(parse(desk.get(COMMENTS).content), "list-text")

    assert text.text == words


def test_list_does_not_decide_about_a_text_that_it_did_not_show(desk: Client) -> None:
    post = create_post()
    edited, reported = create_comment(post=post, text="Gezien."), create_comment(post=post)
    edit(edited, "Niet gezien.")
    made = report(reported)

    response = tick(desk, "approve", edited, reported)

    text = visible_text(parse(response.content))
    assert "2 reacties bleven zoals ze waren" in text
    assert fresh(edited).text == "Gezien."
    made.refresh_from_db()
    assert made.outcome == ""
    assert fresh(edited).waiting_since
    assert fresh(reported).waiting_since


def test_edit_that_came_after_the_list_is_not_approved(desk: Client) -> None:
    comment = create_comment(status="pending", text="Gezien.")
    page = parse(desk.get(COMMENTS).content)
    form = next(form for form in page.iter("form") if form.get("id") == "changelist-form")
    edit(comment, "Niet gezien.")

    desk.post(COMMENTS, form_values(form) | {"action": "approve", "_selected_action": [comment.pk]})

    assert fresh(comment).status == "pending"


def test_list_tells_what_waits_of_a_comment_that_readers_see(desk: Client) -> None:
    post = create_post()
    edit(create_comment(post=post, name="Anna"), "Toch anders.")
    report(create_comment(post=post, name="Bram"))

    bram, anna = list_of(parse(desk.get(COMMENTS).content))

    assert "Goedgekeurd wijziging wacht" in visible_text(anna)
    assert "Goedgekeurd gemeld" in visible_text(bram)


def test_filters_find_what_waits_and_what_was_reported(desk: Client) -> None:
    post = create_post()
    create_comment(post=post, name="Anna", status="pending")
    create_comment(post=post, name="Bram", status="spam")
    report(create_comment(post=post, name="Chris"))
    kept = create_comment(post=post, name="Dirk")
    report(kept)
    moderation.approve(kept, by=create_editor(), version=1)

    filters = with_id(parse(desk.get(COMMENTS).content), "changelist-filter")
    offered = [link.get("href", "") for link in filters.iter("a")]

    def found(query: str) -> list[str]:
        assert f"?{query}" in offered
        return rows(parse(desk.get(f"{COMMENTS}?{query}").content))

    assert found("status__exact=spam") == ["Bram"]
    assert found("wacht=ja") == ["Chris", "Anna"]
    assert found("gemeld=open") == ["Chris"]
    assert found("gemeld=ooit") == ["Dirk", "Chris"]


def test_search_finds_names_words_and_posts_and_no_addresses(desk: Client) -> None:
    create_comment(name="Anna", text="Kamillethee.", post=create_post(title="Slapen kun je leren"))
    create_comment(name="Bram", email="anna.slapen@kamillethee.example")

    for words in ("anna", "kamille", "slapen", "anna kamillethee"):
        assert rows(parse(desk.get(f"{COMMENTS}?q={words}").content)) == ["Anna"], words


def test_comments_on_one_post_are_a_click_away(desk: Client) -> None:
    create_comment(name="Anna")
    create_comment(name="Bram")
    _bram, anna = list_of(parse(desk.get(COMMENTS).content))
    (link,) = [a for a in anna.iter("a") if "artikel=" in a.get("href", "")]

    assert rows(parse(desk.get(COMMENTS + link.get("href", "")).content)) == ["Anna"]


@pytest.mark.parametrize("value", ["x", "0", "-1", "9" * 40, "²"])
def test_filter_on_a_post_that_does_not_exist_is_no_filter(desk: Client, value: str) -> None:
    create_comment(name="Anna")

    assert rows(parse(desk.get(f"{COMMENTS}?artikel={value}").content)) == ["Anna"]


def test_spam_folder_has_the_newest_first_and_approves_after_all(desk: Client) -> None:
    post = create_post()
    first, _second = [
        create_comment(post=post, name=name, status="spam") for name in ("Anna", "Bram")
    ]
    folder = f"{COMMENTS}?status__exact=spam"
    page = parse(desk.get(folder).content)

    tick(desk, "approve", first, address=folder)

    assert rows(page) == ["Bram", "Anna"]
    options = [visible_text(option) for option in page.iter("option")]
    assert "Toch goedkeuren" in options
    assert "Goedkeuren" in [
        visible_text(o) for o in parse(desk.get(COMMENTS).content).iter("option")
    ]
    assert fresh(first).is_public


def test_list_and_page_know_nothing_past_its_term(desk: Client) -> None:
    comment = create_comment(status="rejected")

    with time_machine.travel(timezone.now() + timedelta(days=31)):
        desk.force_login(create_editor())
        assert rows(parse(desk.get(COMMENTS).content)) == []
        assert desk.get(page_url(comment)).status_code == 404


def test_nothing_is_written_or_deleted_here(desk: Client) -> None:
    comment = create_comment()

    assert desk.get(f"{COMMENTS}add/").status_code == 403
    assert desk.post(f"{COMMENTS}{comment.pk}/delete/", {"post": "yes"}).status_code == 403
    tick(desk, "delete_selected", comment)
    assert Comment.objects.filter(pk=comment.pk).exists()


def test_list_costs_as_many_queries_with_thirty_comments_as_with_one(desk: Client) -> None:
    post = create_post()
    create_comment(post=post)
    desk.get(COMMENTS)

    with CaptureQueriesContext(connection) as with_one:
        desk.get(COMMENTS)
    for _number in range(29):
        create_comment(post=post)
    with CaptureQueriesContext(connection) as with_thirty:
        desk.get(COMMENTS)

    assert len(with_thirty) == len(with_one)


def test_comments_of_a_post_that_lost_its_address_can_still_be_read(desk: Client) -> None:
    comment = create_comment()
    report(comment)
    planned_draft(comment.post, title="???", slug="")

    for address in (COMMENTS, page_url(comment), f"{COMMENTS}wachtrij/"):
        assert desk.get(address).status_code == 200


def test_hostile_comment_is_harmless_to_its_moderator(desk: Client) -> None:
    words = "<script>alert(1)</script>"
    comment = create_comment(name=words, text=words)
    edit(comment, f"{words} anders")
    report(comment, words)
    moderation.reject(comment, by=create_editor(), version=2, reason=words)

    for page in ("", f"{comment.pk}/change/", f"{comment.pk}/aanpassen/", f"{comment.pk}/wissen/"):
        html = desk.get(COMMENTS + page).content.decode()
        assert words not in html
        assert "&lt;script&gt;alert(1)" in html


def test_list_cannot_be_asked_about_the_keys_of_receipts(desk: Client) -> None:
    comment = create_comment()
    assert comment.key

    for question in (f"key__startswith={comment.key[:3]}", "email__email__startswith=a"):
        assert desk.get(f"{COMMENTS}?{question}").status_code == 400
