"""Posts that take no comments, or none any more: whoever was writing keeps the text."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus

import pytest
import time_machine
from django.test import Client

from blog import publishing
from blog.models import Post, SiteSettings
from comments import submission
from comments.models import Comment
from tests.comments.forms import send
from tests.factories import create_draft, create_editor, create_page, create_post, in_days, newest
from tests.instants import NOON
from tests.pages import Answer, parse, visible_text, with_class

pytestmark = pytest.mark.django_db

WAYS_TO_GO = ("taken offline", "thrown away", "expired")


def take_from_readers(post: Post, way: str) -> Post:
    """Make a post one that readers could see, and cannot any more."""
    if way == "expired":
        Post._base_manager.filter(pk=post.pk).update(
            published_at=in_days(-2), expires_at=in_days(-1)
        )
    elif way == "thrown away":
        publishing.throw_away(post, by=create_editor())
    else:
        publishing.unpublish(post, by=create_editor())
    return post


def kept_text(response: Answer) -> str | None:
    """The text that the page hands back, to be copied."""
    page = parse(response.content, strict=True)
    assert (page.findtext("head/title") or "").startswith("Fout: ")
    assert with_class(page, "error-summary").get("autofocus") is not None
    (field,) = page.iter("textarea")
    assert field.get("readonly") is not None
    return field.text


def test_closed_post_takes_no_comment_and_the_text_is_kept(client: Client) -> None:
    post = create_post()
    publishing.open_comments(post, by=create_editor(), opened=False)

    response = send(client, post, tekst="\nTe laat geschreven.")

    assert response.status_code == HTTPStatus.CONFLICT
    assert kept_text(response) == "\nTe laat geschreven."
    assert Comment.objects.count() == 0


def test_answer_of_a_closed_post_says_since_when_and_why(client: Client) -> None:
    post = create_post(published_at=NOON - timedelta(days=30))
    with time_machine.travel(NOON, tick=False):
        publishing.open_comments(post, by=create_editor(), opened=False, reason="Alles is gezegd.")

    with time_machine.travel(NOON + timedelta(days=3), tick=False):
        response = send(client, post)

    summary = visible_text(with_class(parse(response.content), "error-summary"))
    assert "2 maart 2026" in summary
    assert "Alles is gezegd." in summary


def test_post_whose_term_ended_while_somebody_wrote_hands_back_the_text(client: Client) -> None:
    SiteSettings.objects.create(comments_close_after=30)
    post = create_post(published_at=NOON - timedelta(days=30))

    with time_machine.travel(NOON - timedelta(seconds=1), tick=False):
        in_time = send(client, post, tekst="Net op tijd.")
    with time_machine.travel(NOON, tick=False):
        too_late = send(client, post, tekst="Te laat geschreven.")

    assert in_time.status_code == 302
    assert too_late.status_code == HTTPStatus.CONFLICT
    assert kept_text(too_late) == "Te laat geschreven."
    assert "2 maart 2026" in visible_text(with_class(parse(too_late.content), "error-summary"))


def test_form_of_a_closed_post_says_so_before_anything_is_typed(client: Client) -> None:
    post = create_post()
    publishing.open_comments(post, by=create_editor(), opened=False)

    response = client.get(f"/blog/{post.slug}/reageren/")

    page = parse(response.content, strict=True)
    assert list(page.iter("form")) == []
    assert [visible_text(heading) for heading in page.iter("h1")] == ["Reageren kan niet meer"]
    assert (page.findtext("head/title") or "").startswith("Reageren kan niet meer")


@pytest.mark.parametrize("way", WAYS_TO_GO)
def test_post_that_went_while_somebody_wrote_hands_back_the_text(client: Client, way: str) -> None:
    post = take_from_readers(create_post(title="Geheim", body="Geheime tekst."), way)

    response = send(client, post, tekst="\n  Een lang verhaal.\x00\n")

    assert response.status_code == HTTPStatus.GONE
    assert kept_text(response) == "\n  Een lang verhaal.\n"
    assert "Geheim" not in response.content.decode()
    assert Comment.objects.count() == 0


@pytest.mark.parametrize("way", WAYS_TO_GO)
def test_form_of_a_post_that_went_is_gone_too(client: Client, way: str) -> None:
    post = take_from_readers(create_post(), way)

    answers = client.get(f"/blog/{post.slug}/reageren/"), send(client, post, tekst=" \n")

    for answer in answers:
        assert answer.status_code == HTTPStatus.GONE
        assert list(parse(answer.content).iter("textarea")) == []


def test_post_that_goes_while_its_comment_is_kept_shows_nothing_of_itself(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = create_post(title="Geheim")

    def too_late(*args: object, **kwargs: object) -> None:
        publishing.unpublish(post, by=create_editor())
        raise submission.RefusedError(submission.CLOSED)

    monkeypatch.setattr("comments.views.submission.submit", too_late)

    response = send(client, post, tekst="Een lang verhaal.")

    assert response.status_code == HTTPStatus.GONE
    assert kept_text(response) == "Een lang verhaal."
    assert "Geheim" not in response.content.decode()


def test_reason_why_a_post_went_stands_above_the_text(client: Client) -> None:
    post = create_post()
    publishing.unpublish(post, by=create_editor(), reason="Het klopte <b>niet</b> meer.")

    response = send(client, post)

    summary = with_class(parse(response.content), "error-summary")
    assert "Het klopte <b>niet</b> meer." in visible_text(summary)


def test_form_sent_to_no_post_hands_back_the_text(client: Client) -> None:
    response = client.post("/blog/bestaat-niet/reageren/", {"naam": "Joke", "tekst": "<b>Ach.</b>"})

    assert response.status_code == HTTPStatus.NOT_FOUND
    assert kept_text(response) == "<b>Ach.</b>"


def test_form_sent_to_a_draft_gives_nothing_away(client: Client) -> None:
    draft = create_draft(slug="nog-geheim", title="Nog geheim")

    response = send(client, draft)
    nowhere = client.post("/blog/nog-gemeen/reageren/", {"naam": "Joke", "tekst": "Fijn artikel."})

    assert response.status_code == HTTPStatus.NOT_FOUND
    assert response.content == nowhere.content


@pytest.mark.parametrize("slug", ["bestaat-niet", "over-ons"])
def test_form_of_no_post_is_not_found(client: Client, slug: str) -> None:
    create_page(slug="over-ons")

    assert client.get(f"/blog/{slug}/reageren/").status_code == HTTPStatus.NOT_FOUND
    assert client.post(f"/blog/{slug}/reageren/", {}).status_code == HTTPStatus.NOT_FOUND


def test_form_sent_to_an_earlier_address_arrives(client: Client) -> None:
    post = create_post(slug="toen")
    editor = create_editor()
    content = replace(newest(post).content, slug="nu")
    publishing.publish(
        publishing.save_draft(post, content, by=editor, base=newest(post)), by=editor
    )

    response = send(client, post)

    assert response.status_code == 302
    assert Comment.objects.get().post == post
