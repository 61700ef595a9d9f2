"""Plain pages, and the menu at the foot of every page that leads to them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect


@pytest.mark.long
def test_every_link_at_the_foot_leads_to_what_it_names_and_is_marked_there(visitor: Page) -> None:
    links = visitor.get_by_role("navigation", name="Over deze site").get_by_role("link")
    visitor.goto("/")
    names = links.all_inner_texts()

    for name in names:
        links.filter(has_text=name).click()

        expect(visitor.get_by_role("heading", level=1)).to_have_text(name)
        expect(links.and_(visitor.locator("[aria-current=page]"))).to_have_text([name])
        expect(links.filter(has_text=name)).to_have_css("font-weight", "600")
    assert {"Over ons", "Zo werken wij", "Privacy", "Toegankelijkheid", "Contact"} < set(names)
