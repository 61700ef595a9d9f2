"""An address that leads nowhere, or no longer, or to an error of ours: there is always a way on."""

from __future__ import annotations

import re
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.browser.journeys import MISSING, MISTYPED, REASON, WITHDRAWN, open_page

PAPER: dict[Literal["light", "dark"], str] = {
    "light": "rgb(251, 248, 242)",
    "dark": "rgb(18, 25, 26)",
}


def test_mistyped_address_leads_to_the_article_that_was_meant(visitor: Page) -> None:
    visitor.goto(MISTYPED)
    meant = visitor.get_by_role("region", name="Bedoelde je misschien:")

    meant.get_by_role("link", name="Magnesium slikken").click()

    expect(visitor.get_by_role("heading", level=1)).to_contain_text("Magnesium slikken")


@pytest.mark.parametrize("address", [MISSING, pytest.param(WITHDRAWN, marks=pytest.mark.long)])
def test_reader_who_finds_no_page_searches_on_the_spot(
    newsroom: None, visitor: Page, address: str
) -> None:
    visitor.goto(address)

    visitor.get_by_role("searchbox", name="Wat zoek je?").fill("dijk")
    visitor.get_by_role("button", name="Zoeken").click()

    visitor.get_by_role("main").get_by_role("link", name="Lopen over de dijk").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Lopen over de dijk")


def test_reader_of_an_article_that_was_taken_away_is_told_why(
    newsroom: None, visitor: Page
) -> None:
    answer = visitor.goto(WITHDRAWN)

    assert answer
    assert answer.status == 410
    expect(visitor.get_by_role("main")).to_contain_text(REASON)
    expect(visitor.get_by_role("main")).not_to_contain_text("zolder")


def test_error_of_ours_wears_the_colours_of_the_site_and_leads_home(visitor: Page) -> None:
    open_page(visitor, "error of ours")

    for scheme, paper in PAPER.items():
        visitor.emulate_media(color_scheme=scheme)
        expect(visitor.locator("body")).to_have_css("background-color", paper)
    visitor.get_by_role("link", name="Naar de voorpagina").click()
    expect(visitor).to_have_url(re.compile(r"^http://[^/]+/$"))
