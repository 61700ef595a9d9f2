"""A preview link in a browser of somebody without an account: before, withdrawn, and after."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.journeys import own, pages_about


@pytest.mark.long
def test_link_shows_the_draft_until_it_is_withdrawn_and_leads_on_once_live(
    desk: Page, visitor: Page
) -> None:
    title = own("Slapen met sneeuw")
    desk.goto("/admin/blog/post/add/")
    desk.get_by_label("Titel:", exact=True).fill(title)
    desk.get_by_role("button", name="Concept opslaan").click()
    about = pages_about(desk)
    desk.get_by_role("link", name="Voorbeeldlinks").click()
    make = desk.get_by_role("button", name="Voorbeeldlink maken")
    make.click()
    make.click()
    addresses = desk.get_by_label("Adres om door te geven")
    second, first = (address.input_value() for address in addresses.all())

    visitor.goto(first)
    expect(visitor.locator(".notice-bar")).to_contain_text("dit artikel is nog niet openbaar")
    expect(visitor.get_by_role("heading", level=1)).to_have_text(title)

    desk.get_by_role("button", name="Intrekken").last.click()
    visitor.goto(first)
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Hier is geen voorbeeld")

    desk.goto(f"{about}publiceren/")
    desk.get_by_role("button", name="Publiceer nu").click()
    visitor.goto(second)
    assert "/blog/" in visitor.url
    expect(visitor.get_by_role("heading", level=1)).to_have_text(title)
