"""What a visitor does with a comment of their own, or about another's; with scripts and without."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.checks import follows_every_rule, way_of_the_keyboard
from tests.browser.journeys import ARTICLE, HELD, approve_comment, own, press, send_comment

# One page looked at from all sides: `make test` leaves it to the other tests of that page.
pytestmark = pytest.mark.long


@pytest.fixture
def visitor(new_context: Callable[..., BrowserContext], scripts: bool) -> Page:
    """A visitor's browser, with scripts and without."""
    return new_context(java_script_enabled=scripts).new_page()


def title(page: Page, text: str) -> None:
    """Await the page with this heading."""
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


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
    with visitor.expect_navigation():
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


@pytest.mark.parametrize(
    ("act", "names"),
    [
        (
            "wijzigen/",
            [
                "Naam",
                "Je reactie",
                "Wijziging opslaan",
                "Voorbeeld bekijken",
                "Terug naar mijn reactie",
            ],
        ),
        ("intrekken/", ["Intrekken", "Nee, terug naar mijn reactie"]),
        ("wissen/", ["Voorgoed wissen", "Nee, terug naar mijn reactie"]),
    ],
)
def test_keyboard_goes_through_what_can_be_done_as_the_eye_does(
    visitor: Page, act: str, names: list[str]
) -> None:
    receipt = send_comment(visitor, text=own("Ik lees liever een boek."))

    visitor.goto(f"{receipt}{act}")

    assert way_of_the_keyboard(visitor) == names


def test_keyboard_finds_the_way_back_of_a_comment_that_was_withdrawn(visitor: Page) -> None:
    receipt = send_comment(visitor, text=own("Ik lees liever niets."))
    visitor.goto(f"{receipt}intrekken/")

    press(visitor, "Intrekken")

    title(visitor, "Je hebt je reactie ingetrokken.")
    assert way_of_the_keyboard(visitor)[:2] == ["Toch weer plaatsen", "Wissen"]


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


def test_reply_is_written_by_keyboard_alone_and_stands_below_what_it_answers(
    visitor: Page, desk: Page
) -> None:
    text = own("Dat stuk heb ik ook twee keer gelezen.")
    visitor.goto(ARTICLE)
    visitor.get_by_role("link", name="Beantwoord Joke").focus()
    visitor.keyboard.press("Enter")

    # The page says whom one answers, and what.
    title(visitor, "Reactie op Joke")
    expect(visitor.get_by_role("blockquote")).to_contain_text("Fijn artikel, en goed te volgen.")
    assert way_of_the_keyboard(visitor)[1:6] == [
        "Naam",
        "E-mailadres (niet verplicht)",
        "Je reactie",
        "Reactie plaatsen",
        "Voorbeeld bekijken",
    ]

    visitor.get_by_role("textbox", name="Naam").focus()
    for words in ("Fenna", "", text):
        visitor.keyboard.type(words)
        visitor.keyboard.press("Tab")
    with visitor.expect_navigation():
        visitor.keyboard.press("Enter")
    title(visitor, HELD)

    approve_comment(desk, words=text)
    visitor.reload()
    visitor.get_by_role("link", name="Bekijk je reactie onder het artikel").click()
    answered = visitor.locator("#reacties > div > ol.thread > li", has_text="Fijn artikel, en goed")
    expect(answered.locator("ol.thread article.comment:target")).to_contain_text(text)


def test_comment_is_reported_and_the_report_has_a_page_of_its_own(visitor: Page) -> None:
    visitor.goto(ARTICLE)
    visitor.get_by_role("link", name="Melden Joke").click()
    title(visitor, "Een reactie melden")
    expect(visitor.get_by_role("region", name="Joke")).to_be_visible()
    assert way_of_the_keyboard(visitor)[1:] == [
        "Er staan persoonlijke gegevens van iemand in",  # one stop for all grounds
        "Toelichting (niet verplicht, behalve bij de laatste twee)",
        "Reactie melden",
        "Nee, terug naar het artikel",
    ]

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
    title(page, "Een reactie melden")
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
