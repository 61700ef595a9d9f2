"""A preview link: the newest draft for somebody without an account, for as long as it works."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client

from blog import publishing
from blog.models import Page, Post, PreviewLink
from blog.preview_links import make_link, withdraw_link
from blog.publishing import NotReadyError
from blog.taxonomy import rename
from tests.factories import (
    create_author,
    create_draft,
    create_editor,
    create_page,
    create_post,
    create_superuser,
    create_tag,
    create_theme,
    create_user,
    fresh,
    in_days,
    newest,
    save_draft_of,
)
from tests.instants import DAY, NOON
from tests.pages import all_with_class, parse, visible_text, with_class

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)


def link_to(post: Post, *, days: int = 7) -> PreviewLink:
    """A link as an editor makes it."""
    return make_link(post, by=create_editor(), days=days)


def status_of(link: PreviewLink) -> int:
    """What somebody without an account gets there."""
    return Client().get(link.get_absolute_url()).status_code


def test_draft_is_shown_in_the_page_of_a_post(client: Client) -> None:
    read_first = create_post(title="Lees eerst dit")
    post = create_draft(
        title="Slapen met sneeuw",
        body="De *lead*.\n\n## Een kop\n\nZie [dit](post:nergens) en [dat](/over-ons/).",
        theme=create_theme(name="Winterslaap"),
        authors=[create_author(name="Zoë Zomer"), create_author(name="Adam Avond")],
        tags=[create_tag(name="Sneeuw")],
        related=[read_first],
        reviewed_by="A. Arts, huisarts",
    )

    response = client.get(link_to(post).get_absolute_url())

    assert response.status_code == 200
    page = parse(response.content, strict=True)
    text = visible_text(page)
    assert "Voorbeeld: dit artikel is nog niet openbaar." in visible_text(
        with_class(page, "notice-bar")
    )
    for words in (
        "De lead.",
        "Zie dit en dat.",
        "Winterslaap",
        "Geschreven door Zoë Zomer en Adam Avond",
        "Sneeuw",
        "Lees eerst dit",
        "A. Arts, huisarts",
    ):
        assert words in text
    assert list(page.iter("form")) == []
    assert [link for link in page.iter("link") if link.get("rel") == "canonical"] == []


def test_draft_of_a_page_is_shown_in_the_page_of_a_page(client: Client) -> None:
    page = create_draft(kind=Page, title="Zo werken wij", body="De lead.\n\nWij lezen alles.")

    text = visible_text(parse(client.get(link_to(page).get_absolute_url()).content, strict=True))

    assert "Voorbeeld: deze pagina is nog niet openbaar." in text
    assert "Wij lezen alles." in text


def test_nobody_keeps_or_lists_a_preview_or_what_stands_in_its_place(
    client: Client, subtests: pytest.Subtests
) -> None:
    link = link_to(create_draft())
    live = link_to(create_post())
    for address in (link.get_absolute_url(), live.get_absolute_url(), "/voorbeeld/bestaat-niet/"):
        with subtests.test(address=address):
            response = client.get(address)

            assert "no-store" in response["Cache-Control"]
            assert response["X-Robots-Tag"] == "noindex"
            assert response["Referrer-Policy"] == "same-origin"
            assert response["X-Frame-Options"] == "DENY"
            assert not response.cookies
    assert client.post(link.get_absolute_url()).status_code == 405


def test_link_works_until_its_last_second() -> None:
    with time_machine.travel(NOON, tick=False):
        link = link_to(create_draft(title="Zilverreiger"), days=1)
        page = visible_text(parse(Client().get(link.get_absolute_url()).content))

    assert "Deze link werkt tot 3 maart 2026, 12.00 uur." in page
    with time_machine.travel(NOON + DAY - SECOND, tick=False):
        assert status_of(link) == 200
    with time_machine.travel(NOON + DAY, tick=False):
        response = Client().get(link.get_absolute_url())
    assert response.status_code == 410
    assert b"Zilverreiger" not in response.content


def test_link_that_does_not_work_gives_nothing_away(subtests: pytest.Subtests) -> None:
    editor = create_superuser()
    withdrawn = link_to(create_draft())
    withdraw_link(withdrawn, by=editor)
    of_live = link_to(create_post())
    withdraw_link(of_live, by=editor)
    thrown_away = link_to(create_draft())
    publishing.throw_away(thrown_away.post, by=editor)
    expired = link_to(create_draft())
    PreviewLink.objects.filter(pk=expired.pk).update(expires_at=NOON)
    unknown = PreviewLink(key="x" * 22)
    pages = set()

    for link, status in (
        (withdrawn, 410),
        (of_live, 410),
        (thrown_away, 410),
        (expired, 410),
        (unknown, 404),
    ):
        with subtests.test(link=link.pk):
            response = Client().get(link.get_absolute_url())

            assert response.status_code == status
            pages.add(response.content)
    assert len(pages) == 1
    assert "Hier is geen voorbeeld" in visible_text(parse(pages.pop(), strict=True))


def test_link_leads_to_the_post_once_its_newest_text_is_live(client: Client) -> None:
    post = create_draft(slug="sneeuw")
    link = link_to(post)
    publishing.publish(newest(post), by=create_editor())

    response = client.get(link.get_absolute_url())

    assert (response.status_code, response["Location"]) == (302, "/blog/sneeuw/")
    with time_machine.travel(link.expires_at + DAY):
        assert status_of(link) == 302

    save_draft_of(post, title="Slapen met ijzel")

    page = parse(client.get(link.get_absolute_url()).content)
    assert "lezers zien nog een eerdere tekst" in visible_text(with_class(page, "notice-bar"))
    assert "Slapen met ijzel" in visible_text(page)
    assert link_to(post).key != link.key


def test_link_to_a_post_that_waits_for_its_moment_shows_it() -> None:
    post = create_draft(slug="sneeuw")
    link = link_to(post)
    with time_machine.travel(NOON, tick=False):
        publishing.publish(newest(post), by=create_editor(), at=NOON + DAY)
    PreviewLink.objects.update(expires_at=NOON + 9 * DAY)

    with time_machine.travel(NOON + DAY - SECOND, tick=False):
        assert status_of(link) == 200
    with time_machine.travel(NOON + DAY, tick=False):
        assert status_of(link) == 302


def test_preview_names_no_theme_tag_or_author_that_is_gone(client: Client) -> None:
    theme, tag, author = create_theme(), create_tag(), create_author()
    post = create_draft(title="Kaal", body="", theme=theme, tags=[tag], authors=[author])
    link = link_to(post)
    Post.objects.update(theme=None)
    post.bylines.all().delete()
    for gone in (theme, tag, author):
        gone.delete()

    page = parse(client.get(link.get_absolute_url()).content, strict=True)

    assert "Kaal" in visible_text(page)
    assert all_with_class(page, "illustration") == []


def test_link_is_made_and_withdrawn_by_who_may_change_the_post() -> None:
    post = create_draft()
    link = link_to(post)
    for stranger in (create_user(may=["view_post"]), create_user(may=["change_page"])):
        with pytest.raises(PermissionDenied):
            make_link(post, by=stranger, days=1)
        with pytest.raises(PermissionDenied):
            withdraw_link(link, by=stranger)

    assert PreviewLink.objects.get() == link
    assert fresh(link).withdrawn_at is None


def test_link_is_named_by_the_day_on_the_clock_of_the_site() -> None:
    with time_machine.travel(NOON + timedelta(hours=12, minutes=30), tick=False):
        link = link_to(create_draft(title="Na middernacht"))

    assert str(link) == "Na middernacht · 2026-03-03"


def test_post_in_the_wastebasket_gets_no_link() -> None:
    post = create_page()
    publishing.throw_away(post, by=create_superuser())

    with pytest.raises(NotReadyError):
        link_to(post)


def test_second_withdrawal_leaves_the_moment_of_the_first() -> None:
    link = link_to(create_draft())
    with time_machine.travel(NOON, tick=False):
        withdraw_link(link, by=create_superuser())

    withdraw_link(link, by=create_superuser())

    assert fresh(link).withdrawn_at == NOON


def read_on_below(post: Post) -> list[str]:
    """The titles that the preview of a draft leads on to, in order."""
    page = parse(Client().get(link_to(post).get_absolute_url()).content)
    (further,) = all_with_class(page, "related")
    return [visible_text(heading) for heading in further.iter("h3")]


def test_preview_leads_on_by_a_tag_that_was_renamed_since() -> None:
    tag = create_tag(name="Moeheid", slug="moeheid")
    create_post(title="Ook over moeheid", tags=[tag], published_at=in_days(-9))
    for number in range(3):
        create_post(title=f"Iets nieuwers {number}", published_at=in_days(-1))
    post = create_draft(tags=[tag])
    rename(tag, name="Vermoeidheid")

    assert read_on_below(post)[0] == "Ook over moeheid"


def test_preview_leads_on_to_the_first_three_of_more() -> None:
    chosen = [create_post(title=f"Nummer {number}") for number in range(5)]

    assert read_on_below(create_draft(related=chosen)) == ["Nummer 0", "Nummer 1", "Nummer 2"]


def test_preview_leads_on_to_a_post_once_whose_two_addresses_were_chosen() -> None:
    earlier = create_post(title="Eerder", slug="eerder")
    later = create_post(title="Later", slug="later")
    post = create_draft(related=[earlier, later])
    publishing.unpublish(earlier, by=create_editor())
    publishing.publish(save_draft_of(later, slug="eerder"), by=create_editor(), taking_over=True)

    assert read_on_below(post).count("Later") == 1
