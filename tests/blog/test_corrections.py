"""What was put right stands below the text: since when, what, and in which section."""

from __future__ import annotations

from datetime import date
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from django.core import serializers
from django.test import Client

from blog import publishing
from blog.comparison import compare_contents
from blog.content import Correction, PostContent
from blog.models import Page, Post
from blog.preview_links import make_link
from tests.factories import (
    create_draft,
    create_editor,
    create_post,
    fresh,
    newest,
    save_and_publish,
    save_draft_of,
)
from tests.pages import all_with_class, parse, visible_text, with_class

pytestmark = pytest.mark.django_db

BODY = "Lead.\n\n## Hoeveel neem je?\n\n375 mg.\n\n## Wanneer?\n\n’s Avonds."
EARLY = Correction(on=date(2026, 3, 1), text="De dosis is 375 mg.", section="hoeveel-neem-je")
LATE = Correction(on=date(2026, 4, 2), text="Niet 's ochtends.\nMaar 's avonds.", section="nergens")
LATER_THAT_DAY = Correction(on=date(2026, 4, 2), text="Een naam was verkeerd gespeld.")


def below(client: Client, address: str) -> Element:
    """The corrections on a page."""
    return with_class(parse(client.get(address).content, strict=True), "corrections")


def lines(section: Element) -> list[str]:
    """What the corrections say, one by one."""
    return [visible_text(line) for line in section.iter("li")]


def links(section: Element) -> list[str]:
    """Where the corrections lead."""
    return [link.get("href", "") for link in section.iter("a")]


@pytest.mark.parametrize("kind", [Post, Page])
def test_corrections_stand_below_the_text_the_newest_first(
    client: Client, kind: type[Post]
) -> None:
    post = create_post(kind=kind, body=BODY, corrections=(EARLY, LATE, LATER_THAT_DAY))

    section = below(client, post.get_absolute_url())

    assert lines(section) == [
        "2 april 2026 Een naam was verkeerd gespeld.",
        "2 april 2026 Niet 's ochtends. Maar 's avonds.",
        "1 maart 2026 · Hoeveel neem je? De dosis is 375 mg.",
    ]
    assert links(section) == ["#hoeveel-neem-je"]


def test_text_without_corrections_has_no_such_section(client: Client) -> None:
    page = parse(client.get(create_post().get_absolute_url()).content)

    assert not all_with_class(page, "corrections")


def test_correction_follows_a_section_that_is_reworded(client: Client) -> None:
    post = create_post(body=BODY, corrections=(EARLY,))

    save_and_publish(post, body=BODY.replace("Hoeveel neem je?", "Wat is de dosis?"))

    section = below(client, post.get_absolute_url())
    assert links(section) == ["#wat-is-de-dosis"]
    assert "Wat is de dosis?" in lines(section)[0]


def test_preview_shows_the_corrections_of_the_draft(client: Client) -> None:
    draft = create_draft(body=BODY, corrections=(EARLY,))
    address = make_link(draft, by=create_editor(), days=7).get_absolute_url()

    assert links(below(client, address)) == ["#hoeveel-neem-je"]


def test_correction_that_is_saved_is_not_live_yet(client: Client) -> None:
    post = create_post(body=BODY)

    save_draft_of(post, corrections=(EARLY,))

    assert b"correcties" not in client.get(post.get_absolute_url()).content
    assert fresh(post).has_newer_changes


def test_row_and_fixture_give_the_same_corrections_back() -> None:
    post = create_post(body=BODY, corrections=(EARLY, LATE))

    fixture = serializers.serialize("json", [post])
    (loaded,) = serializers.deserialize("json", fixture)

    assert fresh(post).corrections == (EARLY, LATE)
    assert loaded.object.corrections == (EARLY, LATE)  # type: ignore[attr-defined]
    assert fresh(post).content == newest(post).content


def test_database_can_be_asked_for_what_a_correction_says() -> None:
    post = create_post(corrections=(EARLY,))

    rows: Any = Post.objects.filter(corrections__0__section="hoeveel-neem-je")

    assert list(rows.values_list("pk", "corrections__0__on")) == [(post.pk, "2026-03-01")]


def test_earlier_text_takes_its_corrections_back() -> None:
    post = create_post(body=BODY, corrections=(EARLY,))
    before = newest(post)
    after = save_draft_of(post, corrections=())

    publishing.restore(before, by=create_editor(), base=after)

    assert newest(post).content.corrections == (EARLY,)


def test_comparison_puts_corrections_in_words() -> None:
    before, after = PostContent(), PostContent(corrections=(EARLY, LATER_THAT_DAY))

    (change,) = compare_contents(before, after).fields

    assert change.label == "Correcties"
    assert "".join(piece.text for piece in change.after).replace("\u00a0", " ") == (
        "1 maart 2026 (#hoeveel-neem-je): De dosis is 375 mg.\n"
        "2 april 2026: Een naam was verkeerd gespeld."
    )
