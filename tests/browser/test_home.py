"""The home page: the newest post large, what else is new, and a way into every theme."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import box_of, show


@pytest.mark.long
@pytest.mark.parametrize(
    "part",
    [
        "main article h2 a",
        "main section[aria-labelledby=nieuw] h3 a",
        "main section[aria-labelledby=thema-slaap] h2 a",
        "main section[aria-labelledby=thema-slaap] h3 a",
    ],
    ids=["lead story", "new post", "theme", "post of a theme"],
)
def test_every_part_leads_to_what_it_names(visitor: Page, part: str) -> None:
    visitor.goto("/")
    link = visitor.locator(part).first
    words = link.inner_text()

    link.click()

    expect(visitor.get_by_role("heading", level=1)).to_have_text(words)


def test_how_we_work_closes_the_page_and_can_be_read_whole(visitor: Page) -> None:
    visitor.goto("/")

    visitor.get_by_role("link", name="Lees de hele pagina “Zo werken wij”").click()

    expect(visitor.get_by_role("heading", level=1)).to_have_text("Zo werken wij")


def test_new_posts_stand_two_abreast_where_there_is_room(page: Page) -> None:
    page.goto("/")
    first, second = page.locator("section[aria-labelledby=nieuw] li").all()[:2]

    for width, abreast in ((320, False), (768, True), (1280, True)):
        show(page, look="light", width=width)
        assert (box_of(first)["y"] == box_of(second)["y"]) is abreast, width


def test_search_stands_beside_the_menu_or_above_it_and_the_keyboard_goes_as_the_eye_does(
    page: Page,
) -> None:
    page.goto("/")

    for width, above in ((320, True), (1280, False)):
        show(page, look="light", width=width)
        page.get_by_role("link", name="Naar de inhoud").focus()
        passed = []
        for _ in range(6):
            page.keyboard.press("Tab")
            passed.append(page.evaluate("document.activeElement.innerText"))

        themes = ["Slaap", "Voeding", "Beweging", "Hoofd"]
        rest = ["Zoeken", *themes] if above else [*themes, "Zoeken"]
        assert passed == ["Rustpunt", *rest], width
