"""A comment goes round: written, held, read by an editor, placed, answered."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.journeys import (
    ARTICLE,
    HELD,
    approve_comment,
    fill_in,
    log_in,
    own,
    send_comment,
)
from tests.running_site import RunningSite


def in_thread(page: Page, text: str) -> Locator:
    """The comments with this text, in the thread below the article."""
    return page.locator("#reacties article.comment", has_text=text)


def test_comment_goes_round(
    new_context: Callable[..., BrowserContext], demo_site: RunningSite, scripts: bool
) -> None:
    visitor, other, desk = (new_context(java_script_enabled=scripts).new_page() for _ in range(3))
    text, answer = (
        own("Ik ga sindsdien een uur eerder naar bed."),
        own("Helpt dat ook in de zomer?"),
    )

    # A visitor finds the article and leaves a comment.
    visitor.goto("/")
    visitor.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Slaap").click()
    visitor.get_by_role("main").get_by_role("link", name="Magnesium slikken").click()
    expect(visitor).to_have_url(f"{demo_site.url}{ARTICLE}")
    fill_in(visitor, name="Wim", text=text)

    # Only the visitor sees it, on the receipt.
    expect(visitor.get_by_role("heading", level=1)).to_have_text(HELD)
    expect(visitor.get_by_text(text)).to_be_visible()
    receipt = visitor.url
    other.goto(ARTICLE)
    expect(other.get_by_text(text)).to_have_count(0)
    visitor.goto(ARTICLE)
    expect(visitor.get_by_text(text)).to_have_count(0)

    # An editor logs in and approves it from the list.
    log_in(desk, demo_site.admin_password)
    approve_comment(desk, words=text)
    other.goto(ARTICLE)
    expect(in_thread(other, text)).to_have_count(1)

    # The receipt now leads to its place.
    visitor.goto(receipt)
    expect(visitor.get_by_text("Hij is geplaatst.")).to_be_visible()
    visitor.get_by_role("link", name="Bekijk je reactie onder het artikel").click()
    expect(visitor.locator("article.comment:target")).to_contain_text(text)

    # Somebody answers; an editor opens that answer and approves it with the button.
    in_thread(other, text).get_by_role("link", name="Beantwoord Wim").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Reactie op Wim")
    expect(other.get_by_text(text)).to_be_visible()
    fill_in(other, name="Fenna", text=answer)
    expect(other.get_by_role("heading", level=1)).to_have_text(HELD)
    desk.goto("/admin/comments/comment/")
    desk.locator("#result_list tr", has_text=answer).get_by_role("link").first.click()
    desk.get_by_role("button", name="Goedkeuren", exact=True).click()
    expect(desk.get_by_text("Goedgekeurd: reactie van Fenna.")).to_be_visible()

    # It stands below the comment that it answers.
    visitor.goto(ARTICLE)
    thread = visitor.locator("#reacties > div > ol.thread > li", has_text=text)
    expect(thread.locator("ol.thread article.comment")).to_have_count(1)
    expect(thread.locator("ol.thread article.comment")).to_contain_text(answer)


@pytest.mark.long
def test_rejected_comment_shows_to_nobody_and_its_receipt_says_so(
    visitor: Page, desk: Page
) -> None:
    text = own("Koop nu onze pillen!")
    receipt = send_comment(visitor, text=text)

    desk.goto("/admin/comments/comment/")
    desk.locator("#result_list tr", has_text=text).get_by_role("link").first.click()
    desk.get_by_role("button", name="Afwijzen", exact=True).click()
    expect(desk.get_by_text("Afgewezen: reactie van Hanneke.")).to_be_visible()

    visitor.goto(ARTICLE)
    expect(visitor.get_by_text(text)).to_have_count(0)
    visitor.goto(receipt)
    expect(visitor.get_by_text("We hebben besloten hem niet te plaatsen.")).to_be_visible()


@pytest.mark.long
def test_comment_that_is_sent_twice_is_kept_once(visitor: Page, desk: Page) -> None:
    text = own("Twee keer geklikt.")
    receipt = send_comment(visitor, text=text)

    visitor.reload()
    again = send_comment(visitor, text=text)

    assert again == receipt
    desk.goto("/admin/comments/comment/")
    expect(desk.locator("#result_list tbody tr", has_text=text)).to_have_count(1)


@pytest.mark.long
def test_reload_of_a_refused_form_keeps_no_comment(visitor: Page, desk: Page) -> None:
    text = own("Zonder naam.")
    visitor.goto(ARTICLE)
    fill_in(visitor, name="", text=text)

    visitor.reload()

    expect(visitor.get_by_label("Je reactie")).to_have_value(text)
    desk.goto("/admin/comments/comment/")
    expect(desk.locator("#result_list tbody tr", has_text=text)).to_have_count(0)
