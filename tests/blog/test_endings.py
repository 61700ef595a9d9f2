"""What readers find where a post has ended: another post, that it is gone, or the archived text."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from blog import publishing
from blog.models import LogRecord, Page, Post
from blog.publishing import NotReadyError
from tests.comments.forms import send
from tests.factories import (
    create_comment,
    create_draft,
    create_editor,
    create_page,
    create_post,
    fresh,
    in_days,
    newest,
    save_and_publish,
)
from tests.instants import DAY, HOUR, NOON, SECOND
from tests.pages import all_with_class, parse, visible_text, with_class

pytestmark = pytest.mark.django_db


def withdraw(post: Post, *, leads_to: Post | None = None, reason: str = "") -> Post:
    """Take a post offline, and lead readers elsewhere."""
    return publishing.unpublish(
        fresh(post), by=create_editor(), reason=reason, leads_to=leads_to and fresh(leads_to)
    )


def ends(post: Post, at: datetime, **how: Any) -> Post:
    """Let a post expire."""
    return publishing.set_expiry(fresh(post), by=create_editor(), at=at, **how)


def archived(**content: Any) -> Post:
    """A post that has expired into the archive, a day ago."""
    with time_machine.travel(in_days(-2)):
        post = create_post(**content)
        ends(post, in_days(1), ending=Post.Ending.ARCHIVE)
    return fresh(post)


def where(client: Client, address: str) -> tuple[int, str]:
    """What an address answers, and where it leads."""
    response = client.get(address)
    return response.status_code, response.get("Location", "")


# --- Another post ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [Post, Page])
def test_withdrawn_post_leads_to_another_from_all_its_addresses(
    client: Client, kind: type[Post]
) -> None:
    post = create_post(kind=kind, slug="eerst", title="Geheim")
    first = post.get_absolute_url()
    save_and_publish(post, slug="toen")
    other = create_page(slug="over-slaap")

    withdraw(post, leads_to=other)
    save_and_publish(other, slug="over-slapen")

    for address in (first, fresh(post).get_absolute_url()):
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (301, "/over-slapen/")
        assert "max-age=0" in response["Cache-Control"]


def test_several_gone_posts_in_a_row_lead_to_the_last_in_one_step(client: Client) -> None:
    a, b, c, d = (create_post(slug=slug) for slug in "abcd")

    withdraw(a, leads_to=b)
    withdraw(b, leads_to=c)
    withdraw(c, leads_to=d)

    assert [where(client, f"/blog/{slug}/") for slug in "abc"] == [(301, "/blog/d/")] * 3


def test_way_that_ends_at_nothing_readable_says_that_the_post_is_gone(
    client: Client, subtests: pytest.Subtests
) -> None:
    gone = withdraw(create_post())
    targets = {
        "gone": gone,
        "never seen": create_draft(),
        "scheduled": create_post(published_at=in_days(1)),
        "in the wastebasket": create_post(),
        "archived, in the wastebasket": archived(),
    }
    for name in ("in the wastebasket", "archived, in the wastebasket"):
        publishing.throw_away(targets[name], by=create_editor())

    for name, target in targets.items():
        with subtests.test(target=name):
            post = withdraw(create_post(slug=f"weg-{target.pk}"), leads_to=target)
            assert where(client, post.get_absolute_url()) == (410, "")


def test_circle_of_gone_posts_is_refused_and_never_walked(client: Client) -> None:
    a, b = create_post(slug="a"), create_post(slug="b")
    withdraw(a, leads_to=b)

    for target in (a, b):
        with pytest.raises(NotReadyError) as refusal:
            withdraw(b, leads_to=target)
        assert refusal.value.field == "leads_to"
    # As if both editors had pressed the button at once.
    withdraw(b)
    Post.objects.filter(pk=b.pk).update(ending=Post.Ending.REDIRECT, leads_to=a)

    assert [where(client, f"/blog/{slug}/") for slug in "ab"] == [(410, "")] * 2


def test_post_that_returns_leads_nowhere_else(client: Client) -> None:
    post = create_post(slug="terug")
    ends(post, in_days(1), ending=Post.Ending.ARCHIVE)
    withdraw(post, leads_to=create_post())

    publishing.publish(newest(post), by=create_editor())

    assert where(client, "/blog/terug/") == (200, "")
    assert (fresh(post).leads_to, fresh(post).expires_at) == (None, None)
    withdraw(post)
    assert where(client, "/blog/terug/") == (410, "")


# --- At its moment --------------------------------------------------------------------------------


def test_post_leads_to_another_from_the_second_at_which_it_expires(client: Client) -> None:
    with time_machine.travel(NOON - HOUR, tick=False):
        post, other = create_post(slug="actie"), create_post(slug="acties")
        ends(post, NOON, ending=Post.Ending.REDIRECT, leads_to=other)

    with time_machine.travel(NOON - SECOND, tick=False):
        assert where(client, "/blog/actie/") == (200, "")
    with time_machine.travel(NOON, tick=False):
        assert where(client, "/blog/actie/") == (301, "/blog/acties/")


def test_change_of_a_live_post_leaves_its_end_as_it_was_chosen(client: Client) -> None:
    post, other = create_post(slug="actie"), create_post(slug="acties")
    ends(post, in_days(1), ending=Post.Ending.REDIRECT, leads_to=other)

    save_and_publish(post, title="Een beter woord")

    with time_machine.travel(in_days(2)):
        assert where(client, "/blog/actie/") == (301, "/blog/acties/")


@time_machine.travel(NOON, tick=False)
def test_end_that_makes_no_sense_is_refused(subtests: pytest.Subtests) -> None:
    appears = in_days(3)
    post = create_post(published_at=in_days(-1))
    planned = create_post(published_at=appears)
    endings: dict[str, tuple[Post, datetime, dict[str, Any], str]] = {
        "led to nothing": (post, in_days(1), {"ending": Post.Ending.REDIRECT}, "leads_to"),
        "led to itself": (
            post,
            in_days(1),
            {"ending": Post.Ending.REDIRECT, "leads_to": post},
            "leads_to",
        ),
        "now": (post, NOON, {}, "expires_at"),
        "before it appears": (planned, appears, {}, "expires_at"),
    }

    for name, (ended, at, how, field) in endings.items():
        with subtests.test(end=name):
            with pytest.raises(NotReadyError) as refusal:
                ends(ended, at, **how)
            assert refusal.value.field == field
            assert fresh(ended).expires_at is None


def test_post_that_is_planned_beyond_its_end_does_appear() -> None:
    post, end = create_post(published_at=in_days(1)), in_days(2)
    ends(post, end)

    publishing.schedule(newest(post), by=create_editor(), at=end)

    with time_machine.travel(in_days(3)):
        assert fresh(post).is_published


def test_log_tells_when_a_post_ends_and_what_is_found_then() -> None:
    post, other = create_post(), create_post(slug="ander")
    at = datetime(2099, 4, 3, 7, tzinfo=UTC)
    ends(post, at, ending=Post.Ending.ARCHIVE)
    ends(post, at, ending=Post.Ending.REDIRECT, leads_to=other)
    publishing.set_expiry(post, by=create_editor(), at=None)

    records = LogRecord.objects.filter(action="expiry_set").order_by("pk")

    assert list(records.values_list("detail", flat=True)) == [
        "3-4-2099 09:00 · De tekst, met ‘archief’ erboven",
        "3-4-2099 09:00 · → /blog/ander/",
        "geen einde",
    ]


def test_what_readers_find_can_be_changed_after_the_end(client: Client) -> None:
    post = archived(slug="toen")

    ends(post, post.expires_at or NOON, reason="Voorbij.")

    assert "Voorbij." in client.get("/blog/toen/").content.decode()


@pytest.mark.parametrize("days", [None, 1])
def test_text_with_an_error_does_not_come_back_from_its_end(days: int | None) -> None:
    target = create_post(slug="doel", published_at=in_days(-3))
    post = archived(body="Lees [het doel](post:doel).")
    at = in_days(days) if days else None
    publishing.unpublish(target, by=create_editor())

    with pytest.raises(NotReadyError, match="post:doel"):
        publishing.set_expiry(post, by=create_editor(), at=at)
    assert not fresh(post).is_published
    ends(post, post.expires_at or NOON, reason="Voorbij.")

    publishing.publish(newest(target), by=create_editor())
    publishing.set_expiry(post, by=create_editor(), at=at)
    assert fresh(post).is_published


def test_end_that_is_taken_back_leaves_nothing_behind() -> None:
    post = create_post()
    ends(post, in_days(1), ending=Post.Ending.REDIRECT, leads_to=create_post(), reason="Voorbij.")

    publishing.set_expiry(post, by=create_editor(), at=None)

    post = fresh(post)
    assert (post.expires_at, post.ending, post.leads_to, post.gone_reason) == (
        None,
        Post.Ending.GONE,
        None,
        "",
    )


# --- The archive ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [Post, Page])
def test_post_goes_into_the_archive_at_the_second_and_stays_at_its_address(
    client: Client, kind: type[Post]
) -> None:
    with time_machine.travel(NOON - DAY, tick=False):
        post = create_post(kind=kind, slug="toen", body="De oude tekst.")
        ends(post, NOON, ending=Post.Ending.ARCHIVE, reason="De actie is voorbij.")
    address = post.get_absolute_url()

    with time_machine.travel(NOON - SECOND, tick=False):
        assert all_with_class(parse(client.get(address).content), "archived") == []
    with time_machine.travel(NOON, tick=False):
        page = parse(client.get(address).content, strict=True)
    banner = visible_text(with_class(page, "archived"))
    assert "2 maart 2026" in banner
    assert "De actie is voorbij." in banner
    assert "De oude tekst." in visible_text(page)
    assert [each for each in page.iter("meta") if each.get("name") == "robots"] == []


def test_only_what_readers_see_or_saw_goes_into_the_archive_now() -> None:
    editor = create_editor()
    for unseen in (create_draft(), create_post(published_at=in_days(1))):
        with pytest.raises(NotReadyError) as refusal:
            publishing.archive(unseen, by=editor)
        assert refusal.value.field == "ending"
    ended = archived()
    live = create_post()
    publishing.schedule(newest(live), by=editor, at=in_days(1))

    for post in (ended, live):
        publishing.archive(post, by=editor, reason="Uit de tijd.")

    assert fresh(ended).expires_at == ended.expires_at
    with time_machine.travel(in_days(2)):
        publishing.apply_planned_changes()
        assert fresh(live).is_archived


def test_nothing_goes_from_the_wastebasket_into_the_archive() -> None:
    post = create_post()
    publishing.throw_away(post, by=create_editor())

    with pytest.raises(NotReadyError):
        publishing.archive(post, by=create_editor())

    assert fresh(post).expires_at is None


def test_archived_post_is_in_no_list(client: Client, subtests: pytest.Subtests) -> None:
    archived(title="Van vroeger", slug="van-vroeger")
    addresses = ["/", "/blog/", "/archief/", "/zoeken/?q=vroeger", "/blog/van-vroege/"]

    for address in addresses:
        with subtests.test(address=address):
            assert "van-vroeger" not in client.get(address).content.decode().replace(address, "")


def test_earlier_address_leads_to_an_archived_post(client: Client) -> None:
    with time_machine.travel(in_days(-2)):
        post = create_post(slug="eerst")
        save_and_publish(post, slug="toen")
        ends(post, in_days(1), ending=Post.Ending.ARCHIVE)

    assert where(client, "/blog/eerst/") == (301, "/blog/toen/")
    assert not Post.objects.gone()


def test_archived_post_keeps_its_comments_and_takes_no_more(client: Client) -> None:
    with time_machine.travel(in_days(-2)):
        post = create_post(slug="toen")
        comment = create_comment(post=post, text="Daar herken ik me in.")
        ends(post, in_days(1), ending=Post.Ending.ARCHIVE)

    page = parse(client.get("/blog/toen/").content, strict=True)

    assert "Daar herken ik me in." in visible_text(page)
    assert [form.get("action") for form in page.iter("form") if form.get("method") == "post"] == []
    assert client.get("/blog/toen/reacties/feed/").status_code == 200
    assert client.get(f"/reacties/melden/{comment.uid}/").status_code == 200
    answer = send(client, post, tekst="Te laat geschreven.")
    assert answer.status_code == 409
    assert "Te laat geschreven." in answer.content.decode()


def test_archived_post_in_the_wastebasket_is_gone(client: Client) -> None:
    post = archived(slug="toen")

    publishing.throw_away(post, by=create_editor())

    assert where(client, "/blog/toen/") == (410, "")
