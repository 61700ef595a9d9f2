"""Whoever has no mouse reads and comments all the same."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.checks import STOPS, stops
from tests.browser.journeys import ARTICLE, HELD, own


def test_first_stop_is_the_link_to_the_content_and_it_shows(page: Page) -> None:
    page.goto(ARTICLE)
    skip = page.get_by_role("link", name="Naar de inhoud")
    expect(skip).not_to_be_in_viewport()

    page.keyboard.press("Tab")

    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("main").get_by_role("link", name="Home")).to_be_focused()


def test_every_stop_is_seen_and_has_an_outline(page: Page) -> None:
    page.goto(ARTICLE)

    passed = stops(page)

    assert len(passed) == page.locator(STOPS).filter(visible=True).count()
    assert [stop for stop in passed if not stop["seen"]] == []
    assert [stop for stop in passed if stop["outline"] < 2] == []


def test_every_stop_has_an_outline_on_the_reply_form_in_the_dark(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(ARTICLE)
    page.get_by_role("link", name="Beantwoord Joke").click()

    assert [stop for stop in stops(page) if stop["outline"] < 2] == []


def test_comment_is_written_and_sent_by_keyboard_alone(page: Page) -> None:
    text = own("Zonder muis.")
    page.goto(ARTICLE)
    name = page.get_by_label("Naam")

    while not name.evaluate("field => field === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.type("Wim")
    page.keyboard.press("Tab")
    page.keyboard.type(text)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text(HELD)
    expect(page.get_by_text(text)).to_be_visible()
