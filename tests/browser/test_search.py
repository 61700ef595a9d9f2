"""Searching: from every page, without scripts, by mouse and by keyboard."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.checks import LONG_WORD, box_of, overflow, show
from tests.browser.journeys import ARTICLE, COMMON


def field_of(page: Page) -> Locator:
    """Where a reader types what to look for."""
    return page.get_by_role("searchbox", name="Wat zoek je?")


def test_reader_searches_from_an_article_and_reads_what_is_found(visitor: Page) -> None:
    visitor.goto(ARTICLE)

    visitor.get_by_role("banner").get_by_role("link", name="Zoeken").click()
    field_of(visitor).fill("ommetje dijk")
    field_of(visitor).press("Enter")

    expect(visitor.get_by_role("heading", level=2)).to_have_text("1 resultaat voor ‘ommetje dijk’")
    expect(field_of(visitor)).to_have_value("ommetje dijk")
    visitor.get_by_role("main").get_by_role("link", name="Lopen over de dijk").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Lopen over de dijk")


def test_reader_who_finds_nothing_goes_on_to_a_theme(visitor: Page) -> None:
    visitor.goto("/zoeken/")
    field_of(visitor).fill("vliegtuigmotor")

    visitor.get_by_role("button", name="Zoeken").click()

    expect(visitor.get_by_role("heading", level=2)).to_have_text(
        "Niets gevonden voor ‘vliegtuigmotor’"
    )
    visitor.get_by_role("main").get_by_role("link", name="Voeding").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Voeding")


def test_reader_pages_through_the_hits_and_back(newsroom: None, visitor: Page) -> None:
    pages = visitor.get_by_role("navigation", name="Pagina’s")
    titles = visitor.locator("main h3")
    visitor.goto(f"/zoeken/?q={COMMON}")
    first = titles.all_inner_texts()

    pages.get_by_role("link", name="Ouder").click()

    expect(pages).to_contain_text("Pagina 2 van")
    expect(field_of(visitor)).to_have_value(COMMON)
    assert not set(first) & set(titles.all_inner_texts())
    pages.get_by_role("link", name="Nieuwer").click()
    expect(visitor).to_have_url(f"/zoeken/?q={COMMON}")
    assert titles.all_inner_texts() == first


def test_long_word_that_is_not_found_fits_a_small_screen(page: Page) -> None:
    show(page, look="light", width=320)

    page.goto(f"/zoeken/?q={LONG_WORD}")

    assert overflow(page) == 0


def test_button_stands_beside_the_field_or_below_it_where_there_is_no_room(page: Page) -> None:
    page.goto("/zoeken/")
    button = page.get_by_role("button", name="Zoeken")

    for width, beside in ((320, False), (1280, True)):
        show(page, look="light", width=width)
        right = box_of(field_of(page))["x"] + box_of(field_of(page))["width"]
        assert (box_of(button)["x"] >= right) is beside, width
