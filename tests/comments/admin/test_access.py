"""Who may look at the comments in the admin, and who may decide."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from comments.models import Comment, Decision
from tests.comments.admin.desk_pages import (
    COMMENTS,
    QUEUE,
    SCRIPT,
    decide,
    decide_url,
    names,
    page_of,
)
from tests.factories import create_comment, create_editor, create_user, fresh
from tests.pages import parse, visible_text, with_id
from tests.rows import every_row

pytestmark = pytest.mark.django_db


PAGES = ["wachtrij/", "{pk}/change/", "{pk}/aanpassen/", "{pk}/wissen/", "bezoeker/", ""]

POSTS = [
    "beslissen/",
    "ongedaan/",
    "bezoeker/",
    "{pk}/beslissen/",
    "{pk}/aanpassen/",
    "{pk}/wissen/",
]

OTHERS_MAY = ["view_comment", "change_comment", "delete_comment", "change_post", "publish_post"]

ALL_FIELDS = {
    "choice": "approve",
    "seen": "1.pending.0.1",
    "version": "1",
    "name": "x",
    "text": "x",
    "email": "anna@voorbeeld.nl",
    "_confirm": "1",
}


def filled(comment: Comment) -> dict[str, Any]:
    """Every field of every form about a comment, and about the last decision."""
    decision = Decision.objects.latest("pk")
    return ALL_FIELDS | {"ticked": f"{comment.pk}.1.pending.0.1", "decision": decision.pk}


@pytest.mark.parametrize("page", PAGES)
def test_staff_that_may_not_moderate_cannot_look(client: Client, page: str) -> None:
    client.force_login(create_user(may=OTHERS_MAY))
    comment = create_comment(status="pending", text="Geheim.")

    response = client.get(COMMENTS + page.format(pk=comment.pk))

    assert response.status_code == 403
    assert "Geheim." not in response.content.decode()


@pytest.mark.parametrize("headers", [{}, SCRIPT], ids=["page", "script"])
@pytest.mark.parametrize("address", POSTS)
def test_staff_that_may_not_moderate_changes_nothing(
    client: Client, address: str, headers: dict[str, str]
) -> None:
    create_comment()
    comment = create_comment(status="pending", email="anna@voorbeeld.nl")
    client.force_login(create_user(may=OTHERS_MAY))
    before = every_row()

    response = client.post(
        COMMENTS + address.format(pk=comment.pk), filled(comment), headers=headers
    )

    assert response.status_code == 403
    assert every_row() == before
    if headers:
        assert response["Content-Type"] == "application/json"
        assert response.json()["error"] == "Je mag dit niet doen. Meld je opnieuw aan."


@pytest.mark.parametrize("address", POSTS)
def test_stranger_is_sent_to_the_login_and_the_script_is_not(client: Client, address: str) -> None:
    create_comment()
    comment = create_comment(status="pending", email="anna@voorbeeld.nl")
    before = every_row()
    place = COMMENTS + address.format(pk=comment.pk)

    page = client.post(place, filled(comment))
    answer = client.post(place, filled(comment), headers=SCRIPT)

    assert page.status_code == 403
    assert with_id(parse(page.content), "login-form").get("action") == place
    assert answer.status_code == 403
    assert answer["Content-Type"] == "application/json"
    assert every_row() == before


@pytest.mark.parametrize("address", POSTS)
def test_form_of_another_site_changes_nothing(moderator: User, address: str) -> None:
    create_comment()
    comment = create_comment(status="pending", email="anna@voorbeeld.nl")
    client = Client(enforce_csrf_checks=True)
    client.force_login(moderator)
    before = every_row()
    place = COMMENTS + address.format(pk=comment.pk)

    page = client.post(place, filled(comment))
    answer = client.post(place, filled(comment), headers=SCRIPT)

    assert page.status_code == answer.status_code == 403
    assert answer["Content-Type"] == "application/json"
    assert every_row() == before


def test_permission_without_staff_is_not_enough(client: Client) -> None:
    client.force_login(create_editor(is_staff=False))
    comment = create_comment(status="pending")
    values = {"choice": "approve", "seen": "1.pending.0.1"}

    response = client.post(decide_url(comment), values, headers=SCRIPT)

    assert response.status_code == 403
    assert fresh(comment).status == "pending"


def test_moderator_needs_no_other_permission(client: Client) -> None:
    client.force_login(create_user(may=["moderate_comment"]))
    comment = create_comment(status="pending")

    assert names(page_of(client)) == ["Joke"]
    assert decide(client, comment).status_code == 302
    assert fresh(comment).is_public


def links_of(client: Client, address: str) -> dict[str, str]:
    """Where the links of a page lead, and what they say."""
    return {link.get("href", ""): visible_text(link) for link in page_of(client, address).iter("a")}


def test_queue_is_one_link_away_and_says_how_much_waits(desk: Client) -> None:
    addresses = ("/admin/", "/admin/comments/", COMMENTS)
    for address in addresses:
        assert links_of(desk, address)[QUEUE] == "Wachtrij: er wacht niets"

    create_comment(status="pending")

    for address in addresses:
        assert links_of(desk, address)[QUEUE] == "Wachtrij: 1 reactie wacht"
    assert QUEUE not in links_of(desk, "/admin/blog/")


def test_queue_is_not_told_to_who_may_not_moderate(client: Client) -> None:
    client.force_login(create_user(may=OTHERS_MAY))

    assert QUEUE not in links_of(client, "/admin/")
