"""The page on which a post is ended: now or later, and what readers find afterwards."""

from __future__ import annotations

from typing import Any
from unittest.mock import Mock

import pytest
from django.db import OperationalError
from django.test import Client

from blog import publishing
from blog.models import Post
from tests.factories import (
    create_draft,
    create_editor,
    create_post,
    create_user,
    fresh,
    in_days,
)
from tests.pages import Answer, parse, visible_text, with_class

pytestmark = pytest.mark.django_db

DAY_AND_TIME = {"when": "later", "expires_at_day": "2099-04-03", "expires_at_time": "09:00"}


def end(desk: Client, post: Post, **choices: Any) -> Answer:
    """Send the form with these choices."""
    response: Answer = desk.post(f"/admin/blog/post/{post.pk}/einde/", choices)
    return response


def test_post_is_taken_offline_with_a_reason(desk: Client) -> None:
    post = create_post()

    end(desk, post, when="now", ending="gone", reason="Het klopte niet.")

    assert fresh(post).live_revision is None
    assert "Het klopte niet." in Client().get(post.get_absolute_url()).content.decode()


def test_reason_is_changed_afterwards_without_publishing(desk: Client) -> None:
    post = create_post()
    publishing.unpublish(post, by=create_editor(), reason="Eerst dit.")

    end(desk, post, ending="gone", reason="Toch dat.")

    assert fresh(post).gone_reason == "Toch dat."
    assert fresh(post).live_revision is None


def test_post_that_is_taken_offline_leads_to_another(desk: Client) -> None:
    post, other = create_post(), create_post(slug="ander")

    end(desk, post, when="now", ending="redirect", leads_to="/blog/ander/")

    answer = Client().get(post.get_absolute_url())
    assert (answer.status_code, answer["Location"]) == (301, other.get_absolute_url())


def test_post_ends_at_a_moment(desk: Client) -> None:
    post = create_post()

    end(desk, post, **DAY_AND_TIME, ending="gone")

    assert f"{fresh(post).expires_at:%Y-%m-%d %H:%M}" == "2099-04-03 07:00"
    assert fresh(post).is_published


def test_end_is_taken_back(desk: Client) -> None:
    post = create_post(published_at=in_days(-2), expires_at=in_days(-1))

    end(desk, post, when="never")

    assert fresh(post).is_published


def test_post_goes_to_the_archive_and_stays_readable(desk: Client) -> None:
    post = create_post(title="Oud nieuws")

    end(desk, post, when="now", ending="archive")

    assert fresh(post).is_archived
    assert not Post.objects.published().exists()
    assert Client().get(post.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("choices", "field"),
    [
        ({"ending": "gone"}, "when"),
        ({"when": "later", "ending": "gone"}, "expires_at"),
        (DAY_AND_TIME | {"expires_at_day": "2001-01-01", "ending": "gone"}, "expires_at"),
        (DAY_AND_TIME | {"expires_at_day": "morgen", "ending": "gone"}, "expires_at"),
        ({"when": "now"}, "ending"),
        ({"when": "now", "ending": "redirect"}, "leads_to"),
        ({"when": "now", "ending": "redirect", "leads_to": "niets"}, "leads_to"),
        ({"when": "now", "ending": "redirect", "leads_to": "zelf"}, "leads_to"),
        ({"when": "now", "ending": "gone", "reason": "x" * 301}, "reason"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    desk: Client, choices: dict[str, str], field: str
) -> None:
    post = create_post(slug="zelf")

    response = end(desk, post, **choices)

    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert fresh(post).is_published


@pytest.mark.parametrize(
    ("ending", "words"),
    [
        ("gone", 'Lezers zien dit niet meer. Wat ze nu lezen: "Voorbij."'),
        ("archive", "Het staat in het archief: wie het adres heeft, kan het nog lezen."),
    ],
)
def test_what_readers_find_of_what_has_expired_is_told(
    desk: Client, ending: str, words: str
) -> None:
    post = create_post(published_at=in_days(-2), expires_at=in_days(-1))
    Post.objects.update(ending=ending, gone_reason="Voorbij.")

    page = parse(desk.get(f"/admin/blog/post/{post.pk}/einde/").content)

    assert words in visible_text(with_class(page, "post-state"))


def test_end_of_what_has_yet_to_appear_is_told(desk: Client) -> None:
    post = create_post(published_at=in_days(1), expires_at=in_days(2))

    page = parse(desk.get(f"/admin/blog/post/{post.pk}/einde/").content)

    assert "Het verloopt op" in visible_text(with_class(page, "post-state"))


def test_error_of_a_choice_is_told_with_its_question(desk: Client) -> None:
    page = parse(end(desk, create_post(), when="now").content)

    (question,) = [
        fieldset
        for fieldset in page.iter("fieldset")
        if "Kies wat lezers vinden." in visible_text(fieldset)
    ]
    assert question.get("aria-describedby") == "id_ending_error"


def test_reason_comes_back_when_the_database_was_busy(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "unpublish", Mock(side_effect=OperationalError))

    page = end(
        desk, create_post(), when="now", ending="gone", reason="Klopt niet."
    ).content.decode()

    assert "De database was even bezet." in page
    assert "Klopt niet." in page


@pytest.mark.parametrize("method", ["get", "post"])
def test_page_is_for_who_may_publish(client: Client, method: str) -> None:
    client.force_login(create_user(may=["change_post", "view_post"]))
    post = create_post()
    sent = {"when": "now", "ending": "gone"}

    assert getattr(client, method)(f"/admin/blog/post/{post.pk}/einde/", sent).status_code == 403
    assert fresh(post).is_published


def test_draft_has_nothing_to_end(desk: Client) -> None:
    draft = create_draft()

    assert end(desk, draft, when="now", ending="gone").status_code == 302
    assert fresh(draft).gone_reason == ""
