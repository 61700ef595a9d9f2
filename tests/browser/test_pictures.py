"""Every kind of page as a picture in test-results/screenshots, for a person to look at.

`make test-long` takes them.
"""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import Look, show
from tests.browser.journeys import ARTICLE, OpenedPage, own, publish_post

pytestmark = pytest.mark.long

PICTURES = Path(__file__).parents[2] / "test-results" / "screenshots"

LOOKS: tuple[Look, ...] = ("light", "dark")
WIDTHS = (360, 1280)


def take(page: Page, name: str, *, look: Look, width: int) -> None:
    """Leave a picture of the whole page; it is as wide as the screen, or the page runs sideways."""
    show(page, look=look, width=width)
    # Another test may have left the page where it had scrolled to.
    page.evaluate("() => { scrollTo(0, 0); return document.fonts.ready; }")
    name = re.sub(r"\W+", "-", name)
    picture = page.screenshot(path=PICTURES / f"{name}-{width}-{look}.png", full_page=True)

    # A PNG begins with its signature and the header of its first chunk; then comes its width.
    assert int.from_bytes(picture[16:20], "big") == width


def test_page_has_its_picture_taken(opened: OpenedPage) -> None:
    for look, width in product(LOOKS, WIDTHS):
        take(opened.page, opened.kind, look=look, width=width)


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("start", "/admin/"),
        ("posts", "/admin/blog/post/"),
        ("post", "/admin/blog/post/?q=Magnesium"),
        ("comments", "/admin/comments/comment/"),
        ("comment", "/admin/comments/comment/?q=Joke"),
        ("author", "/admin/authors/author/?q=Mirjam"),
        ("page", "/admin/blog/page/?q=Privacy"),
    ],
)
def test_page_of_the_admin_has_its_picture_taken(
    scripted_desk: Page, name: str, address: str
) -> None:
    scripted_desk.goto(address)
    if "?q=" in address:
        scripted_desk.locator("#result_list tbody th a").first.click()
    scripted_desk.wait_for_load_state("networkidle")

    for width in WIDTHS:
        take(scripted_desk, f"admin {name}", look="light", width=width)


def test_page_with_both_texts_has_its_picture_taken(desk: Page, scripted_desk: Page) -> None:
    publish_post(desk, title=own("Twee schrijvers"))
    scripted_desk.goto(desk.url)
    for editor, body in ((desk, "De tekst van de een.\n" * 5), (scripted_desk, "De ander.")):
        editor.get_by_label("Tekst:", exact=True).fill(body)
        editor.get_by_role("button", name="Concept opslaan").click()
    expect(scripted_desk.get_by_role("region", name="Beide teksten")).to_be_visible()

    for width in WIDTHS:
        take(scripted_desk, "admin both texts", look="light", width=width)


def test_login_has_its_picture_taken(page: Page) -> None:
    page.goto("/admin/")

    for width in WIDTHS:
        take(page, "admin login", look="light", width=width)


def test_paper_has_its_picture_taken(page: Page) -> None:
    page.goto(ARTICLE)
    page.emulate_media(media="print")

    take(page, "paper", look="light", width=800)
    page.pdf(path=PICTURES / "paper.pdf", prefer_css_page_size=True)
