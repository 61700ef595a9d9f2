"""What a visitor does with a comment of their own, or about another's; with scripts and without."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.checks import Look, overflow, show, violations
from tests.browser.journeys import ARTICLE, HELD, approve_comment, own, send_comment

LOOKS: tuple[Look, ...] = ("light", "dark")
WIDTHS = (320, 1280)
# The name of what has the focus, as it is read out.
FOCUSED = """() => {
    const at = document.activeElement;
    return (at.labels?.[0] ?? at).innerText.trim();
}"""


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def visitor(request: pytest.FixtureRequest, new_context: Callable[..., BrowserContext]) -> Page:
    """A visitor's browser."""
    return new_context(java_script_enabled=request.param).new_page()


def press(page: Page, button: str) -> None:
    """Press a button of the page, and await what comes."""
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()


def title(page: Page, text: str) -> None:
    """Await the page with this heading."""
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def way_of_the_keyboard(page: Page) -> list[str]:
    """The names of all that takes the focus in the middle of the page, in their order."""
    names: list[str] = []
    page.locator("#inhoud").focus()
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.closest('main') !== null"):
        names.append(page.evaluate(FOCUSED))
        page.keyboard.press("Tab")
    return names


def follows_every_rule(page: Page) -> None:
    """Hold that axe finds nothing and nothing runs sideways, however the page is looked at."""
    for look, width in product(LOOKS, WIDTHS):
        show(page, look=look, width=width)

        assert violations(page) == [], (look, width)
        assert overflow(page) == 0, (look, width)


# --- One's own comment ----------------------------------------------------------------------------


def test_comment_is_changed_withdrawn_put_back_and_erased(visitor: Page) -> None:
    text, better = own("Ik slaap beter met een boek."), own("Ik slaap beter met een dun boek.")
    receipt = send_comment(visitor, text=text)

    # Change it.
    visitor.get_by_role("link", name="Wijzigen").click()
    title(visitor, "Je reactie wijzigen")
    expect(visitor.get_by_label("Je reactie")).to_have_value(text)
    visitor.get_by_label("Je reactie").fill(better)
    press(visitor, "Wijziging opslaan")
    expect(visitor).to_have_url(receipt)
    expect(visitor.get_by_role("region", name="Hanneke")).to_contain_text(better)
    title(visitor, "Je wijziging is bewaard. Een redacteur leest je reactie eerst.")

    # Withdraw it.
    visitor.get_by_role("link", name="Intrekken").click()
    title(visitor, "Je reactie intrekken?")
    press(visitor, "Intrekken")
    expect(visitor).to_have_url(receipt)
    title(visitor, "Je hebt je reactie ingetrokken.")
    expect(visitor.get_by_role("link", name="Wijzigen")).to_have_count(0)

    # Put it back.
    press(visitor, "Toch weer plaatsen")
    title(visitor, HELD)

    # Erase it.
    visitor.get_by_role("link", name="Wissen").click()
    title(visitor, "Je reactie wissen?")
    press(visitor, "Voorgoed wissen")
    title(visitor, "Je reactie is gewist")
    expect(visitor.get_by_text(better)).to_have_count(0)
    visitor.goto(receipt)
    title(visitor, "Deze link werkt niet (meer)")


def test_erased_comment_leaves_its_place_above_the_answers(visitor: Page, desk: Page) -> None:
    text, answer = own("Mijn verhaal."), own("Wat een verhaal.")
    receipt = send_comment(visitor, text=text)
    approve_comment(desk, words=text)
    visitor.goto(receipt)
    visitor.get_by_role("link", name="Bekijk je reactie onder het artikel").click()
    place = visitor.url
    visitor.locator("article.comment", has_text=text).get_by_role("link", name="Beantwoord").click()
    visitor.get_by_label("Naam").fill("Fenna")
    visitor.get_by_label("Je reactie").fill(answer)
    press(visitor, "Reactie plaatsen")
    approve_comment(desk, words=answer)

    visitor.goto(f"{receipt}wissen/")
    press(visitor, "Voorgoed wissen")
    visitor.goto(place)

    expect(visitor.get_by_text(text)).to_have_count(0)
    removed = visitor.locator(f"#{place.partition('#')[2]}")
    expect(removed).to_have_text("Reactie verwijderd")
    expect(visitor.locator("#reacties > div > ol > li", has=removed)).to_contain_text(answer)


def test_keyboard_goes_through_the_receipt_as_the_eye_does(visitor: Page) -> None:
    send_comment(visitor, text=own("Ik lees altijd nog even."))

    names = way_of_the_keyboard(visitor)

    assert names[:5] == ["Wijzigen", "Intrekken", "Wissen", "E-mailadres", "Mail mij de antwoorden"]
    assert names[5].startswith("Terug naar “")
    assert len(names) == 6


def test_change_without_a_name_leads_to_its_mistake(visitor: Page) -> None:
    send_comment(visitor, text=own("Ik slaap op mijn zij."))
    visitor.get_by_role("link", name="Wijzigen").click()
    visitor.get_by_label("Naam").fill("")
    press(visitor, "Wijziging opslaan")

    summary = visitor.get_by_role("group", name="Er ging iets mis")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="Vul je naam in.").click()

    expect(visitor.get_by_label("Naam")).to_be_focused()


def test_address_is_never_shown_in_full(visitor: Page) -> None:
    send_comment(visitor, text=own("Mail mij maar."))

    visitor.get_by_label("E-mailadres").fill("hanneke.bos@voorbeeld.nl")
    press(visitor, "Mail mij de antwoorden")

    region = visitor.get_by_role("region", name="Mail bij een antwoord")
    expect(region).to_contain_text("h…@voorbeeld.nl")
    expect(visitor.get_by_text("hanneke.bos")).to_have_count(0)


@pytest.mark.parametrize("act", ["", "wijzigen/", "intrekken/", "wissen/", "mail/"])
def test_pages_around_a_receipt_break_no_rule_of_axe(page: Page, act: str) -> None:
    receipt = send_comment(page, text=own("- een lijst\n- met twee\n\n> en een citaat"))

    page.goto(f"{receipt}{act}")

    follows_every_rule(page)


# --- Another's comment ----------------------------------------------------------------------------


def test_comment_is_reported_and_the_report_has_a_page_of_its_own(visitor: Page) -> None:
    visitor.goto(ARTICLE)
    visitor.get_by_role("link", name="Melden Joke").click()
    title(visitor, "Een reactie melden")
    expect(visitor.get_by_role("region", name="Joke")).to_be_visible()

    # The mistake first: nothing chosen.
    press(visitor, "Reactie melden")
    summary = visitor.get_by_role("group", name="Er ging iets mis")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="Kies wat er mis is met de reactie.").click()
    expect(visitor.get_by_label("Er staan persoonlijke gegevens van iemand in")).to_be_focused()

    grounds = visitor.get_by_role("group", name="Wat is er mis mee?")
    expect(grounds.get_by_role("radio")).to_have_count(6)
    grounds.get_by_label("Iets anders").check()
    explanation = own("Dit is een proef.")
    visitor.get_by_label("Toelichting").fill(explanation)
    press(visitor, "Reactie melden")

    title(visitor, "Bedankt voor je melding. Een redacteur kijkt ernaar.")
    expect(visitor.get_by_role("region", name="Je melding")).to_contain_text(explanation)
    visitor.get_by_role("link", name="Terug naar").click()
    expect(visitor.get_by_role("link", name="Melden Joke")).to_be_visible()


def test_pages_of_a_report_break_no_rule_of_axe(page: Page) -> None:
    page.goto(ARTICLE)
    page.get_by_role("link", name="Melden Joke").click()
    follows_every_rule(page)

    press(page, "Reactie melden")
    follows_every_rule(page)

    page.get_by_label("Het is reclame").check()
    press(page, "Reactie melden")
    follows_every_rule(page)


# --- One's own data -------------------------------------------------------------------------------


def test_privacy_statement_leads_to_the_form_for_ones_data(visitor: Page) -> None:
    visitor.goto("/privacy/")
    visitor.get_by_role("link", name="opvragen wat we van je bewaren").click()
    title(visitor, "Wat we van je bewaren")
    visitor.get_by_label("E-mailadres").fill("niemand@voorbeeld.nl")
    press(visitor, "Mail mij de link")

    title(visitor, "Kijk in je mail")


@pytest.mark.parametrize("address", ["", "verstuurd/", "onbekend/"])
def test_pages_of_ones_own_data_break_no_rule_of_axe(page: Page, address: str) -> None:
    page.goto(f"/reacties/gegevens/{address}")

    follows_every_rule(page)
