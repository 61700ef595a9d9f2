"""Addresses that change, in a browser that remembers them."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.journeys import own, press, publish_post


def rename(desk: Page, slug: str) -> None:
    """Give the post whose form is open another address, and publish it."""
    desk.get_by_label("Adres:", exact=True).fill(slug)
    press(desk, "Opslaan en publiceren…")
    press(desk, "Publiceer nu")


def test_slug_renamed_there_and_back_never_sends_a_browser_in_circles(
    desk: Page, visitor: Page
) -> None:
    title = own("Slapen in de trein")
    there = publish_post(desk, title=title)
    slug = there.split("/")[2]
    back = f"/blog/{slug}-en-bus/"
    visitor.goto(there)

    rename(desk, f"{slug}-en-bus")
    visitor.goto(there)
    expect(visitor).to_have_url(re.compile(f"{back}$"))
    rename(desk, slug)

    # What the browser kept of the redirect there must not hide the way back.
    for address in (there, back):
        visitor.goto(address)
        expect(visitor).to_have_url(re.compile(f"{there}$"))
        expect(visitor.get_by_role("heading", level=1)).to_have_text(title)
