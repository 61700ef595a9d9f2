"""Addresses that change, in a browser that remembers them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import follows_every_rule
from tests.browser.journeys import own, press, publish_post


def rename(desk: Page, slug: str) -> None:
    """Give the post whose form is open another address, and publish it."""
    desk.get_by_label("Adres:", exact=True).fill(slug)
    press(desk, "Opslaan en publiceren…")
    press(desk, "Publiceer nu")


@pytest.mark.long
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


@pytest.mark.long
def test_pages_of_redirects_break_no_rule(scripted_desk: Page, visitor: Page) -> None:
    missing, old = f"/{own('weg').replace(' ', '-')}/", f"/{own('oud').replace(' ', '-')}/"
    visitor.goto(missing)

    for address in ("", "add/", "proberen/", f"proberen/?adres={missing}", "importeren/"):
        scripted_desk.goto(f"/admin/blog/redirect/{address}")
        follows_every_rule(scripted_desk)
    scripted_desk.get_by_label("Lijst").fill(f"oud;nieuw\n{old};/blog/\n/blog/;/a/\n")
    press(scripted_desk, "Eerst bekijken")
    expect(scripted_desk.locator(".redirect-lines")).to_have_count(2)
    follows_every_rule(scripted_desk)
    press(scripted_desk, "Importeren")
    expect(scripted_desk.locator(".messagelist")).to_contain_text("1 nieuwe doorverwijzing.")
    follows_every_rule(scripted_desk)

    # The server writes its counts every ten seconds.
    scripted_desk.wait_for_timeout(11_000)
    scripted_desk.goto("/admin/blog/missingaddress/")
    expect(scripted_desk.get_by_role("cell", name=missing.rstrip("/"), exact=True)).to_be_visible()
    follows_every_rule(scripted_desk)
    visitor.goto(old)
    expect(visitor).to_have_url(re.compile("/blog/$"))
