"""The lists of a theme, a tag and an author: found, looked through, and read from."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import LOOKS, box_of, show

POST = "/blog/uit-het-raam-kijken/"
TITLE = "Uit het raam kijken"

# What a reader sees of a link besides its words.
MARK = """link => {
    const { borderBottomStyle, borderBottomWidth, borderBottomColor, color } =
        getComputedStyle(link);
    return { width: borderBottomStyle === "none" ? "0px" : borderBottomWidth,
             as_its_words: borderBottomColor === color };
}"""


@pytest.mark.long
@pytest.mark.parametrize(
    ("link", "heading"),
    [
        ("Hoofd", "Hoofd"),
        ("Rust", "Rust"),
        ("Alle artikelen van Safiya Terhorst", "Safiya Terhorst"),
    ],
    ids=["theme", "tag", "author"],
)
def test_list_is_found_from_a_post_and_leads_back_to_it(
    visitor: Page, link: str, heading: str
) -> None:
    visitor.goto(POST)

    visitor.get_by_role("main").get_by_role("link", name=link, exact=True).click()

    expect(visitor.get_by_role("heading", level=1)).to_have_text(heading)
    visitor.get_by_role("main").get_by_role("link", name=TITLE).click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text(TITLE)


@pytest.mark.long
def test_menu_marks_the_theme_that_is_open_in_every_light(page: Page) -> None:
    page.goto("/")
    menu = page.get_by_role("navigation", name="Hoofdmenu")

    menu.get_by_role("link", name="Slaap").click()

    page.mouse.move(0, 0)
    for look in LOOKS:
        show(page, look=look, width=1280)
        open_theme, other = (menu.get_by_role("link", name=name) for name in ("Slaap", "Voeding"))
        assert open_theme.evaluate(MARK) == {"width": "3px", "as_its_words": True}, look
        assert other.evaluate(MARK)["width"] == "0px", look


@pytest.mark.long
def test_date_of_a_post_stands_above_its_title_or_beside_it_where_there_is_room(
    page: Page,
) -> None:
    page.goto("/thema/slaap/")
    row = page.get_by_role("listitem").filter(has=page.get_by_role("heading", level=3)).first
    date, title = row.locator("time"), row.get_by_role("heading", level=3)

    for width, beside in ((320, False), (768, True), (1280, True)):
        show(page, look="light", width=width)
        assert (box_of(date)["x"] < box_of(title)["x"]) is beside, width
        assert (box_of(date)["y"] + box_of(date)["height"] <= box_of(title)["y"]) is not beside
