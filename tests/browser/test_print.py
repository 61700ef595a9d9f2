"""The article on paper: the text and who wrote it, and nothing to click."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.journeys import ARTICLE


@pytest.fixture
def paper(page: Page) -> Page:
    """The article as it is printed, by a reader whose screen is dark."""
    page.goto(ARTICLE)
    page.emulate_media(media="print", color_scheme="dark")
    return page


def test_paper_has_the_text_and_the_comments(paper: Page) -> None:
    for heading in ("Magnesium slikken", "Ondersteuning bij stress", "Over de schrijver", "Joke"):
        expect(paper.get_by_role("heading", name=heading)).to_be_visible()
    expect(paper.get_by_role("note", name="Wist je dat?")).to_be_visible()
    expect(paper.get_by_text("Geschreven door")).to_be_visible()
    expect(paper.get_by_text("17 januari 2023", exact=True)).to_be_visible()
    expect(paper.locator("article.comment").first).to_be_visible()


def test_paper_has_nothing_to_click(paper: Page) -> None:
    for selector in (
        ".skip-link",
        ".themes",
        ".breadcrumb",
        ".contents",
        "form",
        ".form-warning",
        ".comment-answer",
    ):
        expect(paper.locator(selector).first, selector).to_be_hidden()


def test_paper_is_white_and_its_ink_black(paper: Page) -> None:
    colours = paper.evaluate(
        """[getComputedStyle(document.body).backgroundColor,
            getComputedStyle(document.querySelector(".prose p")).color]"""
    )

    assert colours == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]


def test_article_fits_a_few_sheets(paper: Page) -> None:
    sheets = paper.pdf(prefer_css_page_size=True).count(b"/Type /Page\n")

    assert 2 <= sheets <= 6
