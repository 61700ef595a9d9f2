"""Whoever has no mouse reads and comments all the same."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.checks import STOP, STOPS, show, stops
from tests.browser.journeys import ARTICLE, HELD, OpenedPage, own

MOST_STOPS = 100


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


@pytest.mark.long
def test_every_stop_is_seen_and_has_an_outline_at_four_times_the_size(opened: OpenedPage) -> None:
    # A usual screen of 1280 by 1024, zoomed to 400 %.
    show(opened.page, look="light", width=320, height=256)
    every_stop = opened.page.locator(STOPS).filter(visible=True)
    # The form with errors begins further on.
    every_stop.first.focus()

    passed = stops(opened.page)

    assert len(passed) == every_stop.count() - 1
    assert [stop for stop in passed if not stop["seen"]] == []
    assert [stop for stop in passed if stop["outline"] < 2] == []


def test_every_stop_has_an_outline_on_the_reply_form_in_the_dark(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(ARTICLE)
    page.get_by_role("link", name="Beantwoord Joke").click()

    assert [stop for stop in stops(page) if stop["outline"] < 2] == []


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until this has the focus; every stop on the way is seen and has an outline."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        assert stop["seen"], stop
        assert stop["outline"] >= 2, stop
        if target.evaluate("target => target === document.activeElement"):
            return
    pytest.fail(f"no stop is {target}")


@pytest.mark.long
def test_whole_site_is_read_and_commented_on_by_keyboard_alone(page: Page) -> None:
    text = own("Zonder muis.")
    heading, main = page.get_by_role("heading", level=1), page.get_by_role("main")
    header, footer = page.get_by_role("banner"), page.get_by_role("contentinfo")

    def follow(link: Locator) -> None:
        tab_to(page, link)
        with page.expect_navigation():
            page.keyboard.press("Enter")

    # From the home page through the menu to an article.
    page.goto("/")
    follow(header.get_by_role("link", name="Voeding"))
    expect(heading).to_have_text("Voeding")
    follow(main.get_by_role("link", name="Wat staat er op een etiket?"))
    expect(heading).to_have_text("Wat staat er op een etiket?")

    # Through its contents to a section, to a source, and back to where that was named.
    contents = page.get_by_role("navigation", name="Op deze pagina")
    follow(contents.get_by_role("link", name="Beloften over je gezondheid"))
    expect(page.locator("h2:target")).to_be_in_viewport()
    mark = page.locator(".citation").get_by_role("link", name="Bron 1")
    follow(mark)
    source = page.locator(".sources li:target")
    expect(source).to_be_in_viewport()
    follow(source.get_by_role("link", name="Terug naar de tekst"))
    expect(mark).to_be_focused()
    expect(mark).to_be_in_viewport()

    # A comment, and its receipt.
    tab_to(page, page.get_by_label("Naam"))
    page.keyboard.type("Wim")
    tab_to(page, page.get_by_label("Je reactie"))
    page.keyboard.type(text)
    follow(page.get_by_role("button", name="Reactie plaatsen"))
    expect(heading).to_have_text(HELD)
    expect(page.get_by_text(text)).to_be_visible()

    # Searching, then the archive, and who wrote what stands there.
    follow(header.get_by_role("link", name="Zoeken"))
    tab_to(page, page.get_by_role("searchbox"))
    page.keyboard.type("zomerlicht")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    follow(main.get_by_role("link", name="Zomerlicht in je slaapkamer"))
    expect(heading).to_have_text("Zomerlicht in je slaapkamer")
    follow(footer.get_by_role("link", name="Archief"))
    follow(main.get_by_role("link", name="januari 2024"))
    follow(main.get_by_role("link", name="Een stil uur in huis"))
    follow(main.get_by_role("link", name="Jorrit Wijnbeek").first)
    expect(heading).to_have_text("Jorrit Wijnbeek")
