"""An editor goes back: to an earlier text, and from a draft to what readers see."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import Look, overflow, show, violations
from tests.browser.journeys import own, pages_about, publish_post

SIZES: list[tuple[Look, int]] = [("light", 320), ("dark", 1280)]


def save(desk: Page, body: str) -> None:
    """Change the text in the form that is open and save it."""
    desk.get_by_label("Tekst:", exact=True).fill(body)
    desk.get_by_role("button", name="Concept opslaan").click()
    expect(desk.locator(".messagelist .success")).to_be_visible()


@pytest.mark.long
def test_earlier_text_comes_back_and_nothing_newer_is_lost(desk: Page) -> None:
    desk.goto("/admin/blog/post/add/")
    desk.get_by_label("Titel:", exact=True).fill(own("Hoeveel thee"))
    save(desk, "Drink 3 koppen thee.")
    save(desk, "Drink 5 koppen thee.")
    desk.get_by_role("link", name="Geschiedenis").click()

    desk.get_by_role("link", name="Terugzetten…").click()

    # Inside the frame with the site's own styles, which needs no script.
    text = desk.locator(".comparison-page .prose")
    expect(text.locator("del")).to_have_text("5 koppen")
    expect(text.locator("ins")).to_have_text("3 koppen")

    desk.get_by_role("button", name="Terugzetten").click()

    expect(desk.locator(".messagelist")).to_contain_text("weer de nieuwste, als versie 3")
    expect(desk.get_by_label("Tekst:", exact=True)).to_have_value("Drink 3 koppen thee.")
    desk.get_by_role("link", name="Geschiedenis").click()
    expect(desk.locator(".history-line")).to_have_count(3)


@pytest.mark.long
def test_draft_is_discarded_and_readers_notice_nothing(desk: Page, visitor: Page) -> None:
    address = publish_post(desk, title=own("Thee of melk"), body="Drink 3 koppen thee.")
    before = visitor.request.get(address).text()
    save(desk, "Drink 5 koppen thee.")

    desk.get_by_role("link", name="Concept weggooien…").click()
    expect(desk.locator(".comparison-figures")).to_contain_text("5 koppen 3 koppen")
    desk.get_by_role("button", name="Concept weggooien").click()

    expect(desk.get_by_label("Tekst:", exact=True)).to_have_value("Drink 3 koppen thee.")
    expect(desk.get_by_role("link", name="Concept weggooien…")).to_have_count(0)
    assert visitor.request.get(address).text() == before

    desk.get_by_role("link", name="Concept terughalen…").click()
    desk.get_by_role("button", name="Terugzetten").click()

    expect(desk.get_by_label("Tekst:", exact=True)).to_have_value("Drink 5 koppen thee.")
    assert visitor.request.get(address).text() == before


@pytest.mark.long
def test_pages_of_the_history_follow_every_rule(scripted_desk: Page) -> None:
    desk = scripted_desk
    publish_post(desk, title=own("Alles tegelijk"), body="a | b\n-|-\nDosis | 3 mg\n\n- Thee\n")
    save(desk, "a | b\n-|-\nDosis | 5 mg\n\n- Melk\n\n## Kop\n\n" + "Alinea.\n\n" * 9)
    about = pages_about(desk)

    for page in ("history/", "vergelijken/?van=1&tot=2", "terugzetten/1/", "weggooien/"):
        for look, width in SIZES:
            # Before the page comes: Django's links take their time to change colour.
            show(desk, look=look, width=width)
            desk.goto(about + page)

            assert violations(desk) == [], (page, look)
            assert overflow(desk) == 0, (page, look)
