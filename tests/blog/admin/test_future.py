"""The site as it will be: staff see it, nobody else does, and nothing of it is kept."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client

from blog import publishing
from blog.models import Page, Post
from tests.factories import (
    create_draft,
    create_editor,
    create_page,
    create_post,
    create_user,
    newest,
    save_draft_of,
)
from tests.instants import DAY, NOON
from tests.pages import parse, visible_text, with_class
from tests.rows import every_row

pytestmark = pytest.mark.django_db

STRAKS = "/admin/blog/post/straks/"
NEXT_WEEK = f"{STRAKS}2026-03-09T12.00/"


@pytest.fixture(autouse=True)
def noon() -> object:
    """Time stands still on the second of March."""
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def plan_two_things() -> Post:
    """A post that appears within a week, and one that gets another title and address by then."""
    draft = create_draft(title="Komt nog", slug="komt-nog")
    publishing.schedule(newest(draft), by=create_editor(), at=NOON + 2 * DAY)
    post = create_post(title="Zo heet het nu", slug="nu", published_at=NOON - DAY)
    changed = save_draft_of(post, title="Zo heet het straks", slug="straks")
    publishing.schedule(changed, by=create_editor(), at=NOON + 3 * DAY)
    return post


def test_planned_posts_and_changes_show_with_links_that_stay_in_that_moment(
    desk: Client,
) -> None:
    plan_two_things()

    page = desk.get(NEXT_WEEK).content.decode()

    assert "Komt nog" in page
    assert "Zo heet het straks" in page
    assert "Zo heet het nu" not in page
    assert f'href="{NEXT_WEEK}blog/straks/"' in page
    assert 'href="/static/' in page
    bar = visible_text(with_class(parse(page.encode()), "notice-bar"))
    assert bar.startswith("De site zoals die is op ma 9 maart 12:00 (Amsterdam).")


def test_old_address_leads_to_the_new_one_of_that_moment(desk: Client) -> None:
    plan_two_things()

    response = desk.get(f"{NEXT_WEEK}blog/nu/")

    assert response["Location"] == f"{NEXT_WEEK}blog/straks/"
    assert desk.get(response["Location"]).status_code == 200


def test_nothing_of_it_is_kept_and_readers_see_the_site_of_today(desk: Client) -> None:
    plan_two_things()
    desk.get(NEXT_WEEK)
    before = every_row()

    response = desk.get(f"{NEXT_WEEK}blog/straks/")

    assert response.status_code == 200
    assert every_row() == before
    assert "no-store" in response["Cache-Control"]
    assert Client().get("/blog/straks/").status_code == 404
    assert "Zo heet het nu" in Client().get("/").content.decode()


@pytest.mark.parametrize(
    "page", ["admin/", "admin/login/", "static/x.css", "bestaat-niet/", "blog/../admin/", "/x/"]
)
def test_only_public_pages_are_shown(desk: Client, page: str) -> None:
    assert desk.get(f"{NEXT_WEEK}{page}").status_code == 404


@pytest.mark.parametrize("moment", ["2026-03-01T12.00", "gisteren", "2026-03-29T02.30", "--"])
def test_moment_that_cannot_be_is_not_there(desk: Client, moment: str) -> None:
    assert desk.get(f"{STRAKS}{moment}/").status_code == 404


def test_nothing_can_be_sent_to_a_moment_that_has_yet_to_come(desk: Client) -> None:
    create_post(slug="open")

    assert desk.post(f"{NEXT_WEEK}blog/open/reageren/", {"text": "x"}).status_code == 404


def test_choice_of_a_moment_leads_there(desk: Client) -> None:
    response = desk.get(STRAKS, {"moment_day": "2026-03-09", "moment_time": "12:00"})

    assert response["Location"] == NEXT_WEEK
    past = desk.get(STRAKS, {"moment_day": "2026-03-01", "moment_time": "12:00"})
    assert "Dit moment is al voorbij." in past.content.decode()


def test_visitors_and_other_accounts_do_not_see_it(client: Client) -> None:
    assert client.get(NEXT_WEEK).status_code == 302
    client.force_login(create_user(may=["moderate_comment"]))
    assert client.get(NEXT_WEEK).status_code == 403
    assert client.get(STRAKS).status_code == 403


def test_plain_pages_show_too(desk: Client) -> None:
    page = create_draft(kind=Page, title="Nieuwe pagina", slug="nieuw")
    publishing.schedule(newest(page), by=create_editor(), at=NOON + DAY)
    create_page(slug="oud")

    assert desk.get(f"{NEXT_WEEK}nieuw/").status_code == 200
    assert desk.get(f"{NEXT_WEEK}oud/").status_code == 200
