"""Editors work on a post that readers see, and on a post that somebody else is working on."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.journeys import own, publish_post


def write(desk: Page, *, title: str, body: str, button: str) -> None:
    """Change title and text in the form that is open, and press one of its buttons."""
    desk.get_by_label("Titel:", exact=True).fill(title)
    desk.get_by_label("Tekst:", exact=True).fill(body)
    desk.get_by_role("button", name=button).click()


@pytest.mark.parametrize(
    "scripts",
    [pytest.param(True, marks=pytest.mark.long), False],
    ids=["with scripts", "without scripts"],
)
def test_readers_see_a_draft_only_when_it_is_published(
    new_context: Callable[..., BrowserContext], login: Any, visitor: Page, scripts: bool
) -> None:
    desk = new_context(storage_state=login, java_script_enabled=scripts).new_page()
    old, new = own("Waarom je droomt"), own("Waarom je vaak droomt")
    address = publish_post(desk, title=old, body="De oude tekst.")
    before = visitor.request.get(address).text()

    write(desk, title=new, body="De nieuwe tekst.", button="Concept opslaan")

    expect(desk.locator(".messagelist .success")).to_contain_text("Concept opgeslagen.")
    expect(desk.locator(".post-state").first).to_contain_text("lezers zien versie 1")
    assert visitor.request.get(address).text() == before

    desk.get_by_role("button", name="Opslaan en publiceren…").click()
    desk.get_by_role("button", name="Publiceer nu").click()

    expect(desk.locator(".messagelist .success")).to_contain_text(f"Gepubliceerd: {new}")
    visitor.goto(address)
    expect(visitor.get_by_role("heading", level=1)).to_have_text(new)
    expect(visitor.locator("main")).to_contain_text("De nieuwe tekst.")
    expect(visitor.locator("main")).not_to_contain_text("De oude tekst.")


@pytest.mark.long
def test_form_shows_the_draft_and_not_what_readers_see(desk: Page) -> None:
    publish_post(desk, title=own("Over dutjes"), body="Wat lezers zien.")
    write(desk, title=own("Over dutjes"), body="Wat nog wacht.", button="Concept opslaan")

    desk.goto(desk.url)

    expect(desk.get_by_label("Tekst:", exact=True)).to_have_value("Wat nog wacht.")


@pytest.mark.long
def test_second_of_two_editors_meets_both_texts_and_may_then_save(
    desk: Page, scripted_desk: Page
) -> None:
    first, second = desk, scripted_desk
    title = own("Slapen in de zomer")
    publish_post(first, title=title, body="Het begin.")
    second.goto(first.url)

    write(first, title=title, body="De tekst van de een.", button="Concept opslaan")
    write(second, title=title, body="De tekst van de ander.", button="Concept opslaan")

    # Side by side on a wide screen, and nothing that was typed is gone.
    both = second.get_by_role("region", name="Beide teksten")
    yours, theirs = both.locator("pre").first, both.locator("pre").last
    expect(yours).to_have_text("De tekst van de ander.")
    expect(theirs).to_have_text("De tekst van de een.")
    left, right = yours.bounding_box(), theirs.bounding_box()
    assert left
    assert right
    assert left["x"] + left["width"] <= right["x"]
    assert left["y"] == right["y"]
    expect(second.get_by_label("Tekst:", exact=True)).to_have_value("De tekst van de ander.")
    expect(second.locator(".errornote")).to_be_visible()
    first.goto(first.url)
    expect(first.get_by_label("Tekst:", exact=True)).to_have_value("De tekst van de een.")

    # To save again is a decision: this text now comes after the other.
    second.get_by_role("button", name="Concept opslaan").click()

    expect(second.locator(".messagelist .success")).to_contain_text("Concept opgeslagen.")
    expect(second.locator(".post-state").first).to_contain_text("De nieuwste tekst is versie 3")
    expect(second.get_by_label("Tekst:", exact=True)).to_have_value("De tekst van de ander.")


def test_post_without_a_title_is_not_published_and_keeps_its_text(desk: Page) -> None:
    desk.goto("/admin/blog/post/add/")

    write(desk, title="", body="\n\nNog zonder titel.", button="Opslaan en publiceren…")

    expect(desk.get_by_label("Tekst:", exact=True)).to_have_value("\n\nNog zonder titel.")
    expect(desk.locator(".field-title .errorlist")).to_be_visible()
    expect(desk).to_have_url(re.compile("/admin/blog/post/add/$"))
