"""“Nagekeken, niets gewijzigd” in the admin: a button on the form, and an action of the list."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from blog import clock
from blog.models import Post
from tests.blog.admin.desk import LIST, change_address, form_of, message_after
from tests.factories import create_draft, create_post, create_user, fresh, newest
from tests.pages import all_with_class, parse, visible_text, with_class, with_id

pytestmark = pytest.mark.django_db

ARTS = "A. Arts, huisarts"


@pytest.fixture
def post() -> Post:
    """A live post of which the check was due yesterday."""
    yesterday = clock.today() - timedelta(days=1)
    return create_post(title="Thee", reviewed_by=ARTS, review_due_on=yesterday)


def test_button_says_that_the_text_was_checked(desk: Client, post: Post) -> None:
    page = parse(desk.get(change_address(post), follow=True).content)
    form = with_id(page, "confirm-review")
    clock_line = with_class(page, "review-clock")

    (button,) = clock_line.iter("button")
    said = message_after(desk, desk.post(form.get("action", "")))

    assert "De volgende controle had op" in visible_text(clock_line)
    # Enter in a field of the text must press no button of another form.
    assert button.get("form") == "confirm-review"
    assert form not in list(form_of(desk.get(change_address(post), follow=True)).iter())
    assert "Lezers zien dat de tekst vandaag is nagekeken." in said
    assert fresh(post).reviewed_on == clock.today()


def test_following_the_address_changes_nothing(desk: Client, post: Post) -> None:
    response = desk.get(f"/admin/blog/post/{post.pk}/nagekeken/")

    assert response.status_code == 302
    assert newest(post).number == 1


def test_form_says_where_to_fill_in_who_checks(desk: Client) -> None:
    post = create_post()

    page = parse(desk.get(change_address(post), follow=True).content)

    line = with_class(page, "review-clock")
    assert [link.get("href") for link in line.iter("a")] == ["#id_reviewed_by"]
    assert not list(line.iter("button"))
    assert with_id(page, "id_reviewed_by").tag == "input"
    said = message_after(desk, desk.post(f"/admin/blog/post/{post.pk}/nagekeken/"))
    assert "Vul bij" in said


def test_draft_has_no_clock(desk: Client) -> None:
    page = parse(desk.get(change_address(create_draft(reviewed_by=ARTS)), follow=True).content)

    assert not all_with_class(page, "review-clock")


def test_who_may_not_publish_gets_no_button(client: Client, post: Post) -> None:
    client.force_login(create_user(may=["change_post", "view_post"]))

    page = parse(client.get(change_address(post), follow=True).content)

    assert not list(with_class(page, "review-clock").iter("button"))
    assert client.post(f"/admin/blog/post/{post.pk}/nagekeken/").status_code == 403


def test_list_shows_what_is_due_with_its_number_and_confirms_several(
    desk: Client, post: Post
) -> None:
    other = create_post(title="Koffie")
    page = parse(desk.get(LIST, {"state": "due"}).content)
    assert "Te controleren (1)" in visible_text(with_class(page, "states"))
    assert "Te controleren" in visible_text(with_id(page, "result_list"))
    assert "Koffie" not in visible_text(with_id(page, "result_list"))

    sent = {"action": "confirm_reviews", "_selected_action": [post.pk, other.pk]}
    said = message_after(desk, desk.post(LIST, sent))

    assert "Lezers zien dat één artikel vandaag is nagekeken." in said
    assert "Koffie: Niet bewaard als nagekeken: Vul bij" in said
    assert fresh(post).reviewed_on == clock.today()
    assert not Post.objects.in_state("due").exists()
