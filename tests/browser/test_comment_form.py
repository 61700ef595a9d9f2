"""A form that was not filled in well: what is wrong is easy to find, and nothing is lost."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.checks import LONG_WORD, LOOKS, overflow, show, violations
from tests.browser.journeys import (
    ARTICLE,
    HELD,
    fill_in,
    own,
    press,
    publish_post,
    send_comment,
    withdraw_post,
)

# One page looked at from all sides: `make test` leaves it to the other tests of that page.
pytestmark = pytest.mark.long

KEPT = "\n\n  Eerst een lege regel.\nDan <b>tekst</b> & “meer”.\n"

# The ids that a field names as its description, and which of them are on the page.
DESCRIPTIONS = """field => (field.getAttribute("aria-describedby") ?? "").split(" ")
    .map(id => document.getElementById(id)?.innerText ?? `nothing has the id ${id}`)"""

# What a visitor who goes by keyboard stands on: a field by its name, a button by its words.
NAME_OF_FOCUS = "document.activeElement.innerText || document.activeElement.name"


def text_of(page: Page) -> Locator:
    """The field for the text; a heading above the form may begin with the same words."""
    return page.get_by_label("Je reactie", exact=True)


@pytest.fixture
def refused(visitor: Page) -> Page:
    """The answer to a form without a name."""
    visitor.goto(ARTICLE)
    fill_in(visitor, name="", text=KEPT)
    return visitor


def test_title_says_first_that_something_is_wrong(refused: Page) -> None:
    assert refused.title().startswith("Fout: ")


def test_error_summary_has_the_focus(refused: Page) -> None:
    expect(refused.get_by_role("group", name="Er ging iets mis")).to_be_focused()


def test_error_summary_has_the_focus_with_scripts_too(page: Page) -> None:
    page.goto(ARTICLE)
    fill_in(page, name="", text=KEPT)

    expect(page.get_by_role("group", name="Er ging iets mis")).to_be_focused()


def test_error_summary_leads_to_the_field(refused: Page) -> None:
    summary = refused.get_by_role("group", name="Er ging iets mis")

    summary.get_by_role("link", name="Vul je naam in.").click()

    expect(refused.get_by_label("Naam")).to_be_focused()
    expect(refused.get_by_label("Naam")).to_be_in_viewport()
    expect(refused.locator("label[for=id_naam]")).to_be_in_viewport(ratio=1)


def test_text_is_kept_to_the_letter(refused: Page) -> None:
    expect(refused.get_by_label("Je reactie")).to_have_value(KEPT)


def test_message_stands_with_the_field_that_is_wrong(refused: Page) -> None:
    name, text = refused.get_by_label("Naam"), refused.get_by_label("Je reactie")

    assert name.get_attribute("aria-invalid") == "true"
    assert text.get_attribute("aria-invalid") is None
    assert name.evaluate(DESCRIPTIONS) == [
        "Een voornaam of bijnaam is genoeg.",
        "Vul je naam in. Een bijnaam mag ook.",
    ]
    (hint,) = text.evaluate(DESCRIPTIONS)
    assert hint.startswith("Hoogstens 2.000 tekens.")


def test_message_is_seen_between_label_and_field(refused: Page) -> None:
    label, message, field = (
        refused.locator(selector).bounding_box()
        for selector in ("label[for=id_naam]", ".field-message", "#id_naam")
    )

    assert label
    assert message
    assert field
    assert label["y"] < message["y"] < field["y"]


def test_form_mended_on_the_spot_is_taken(refused: Page) -> None:
    text = own("Nu met een naam.")

    fill_in(refused, name="Wim", text=text)

    expect(refused.get_by_role("heading", level=1)).to_have_text(HELD)


def test_text_that_is_too_long_is_kept_whole(visitor: Page) -> None:
    text = "Slapen is gezond. " * 200
    visitor.goto(ARTICLE)

    fill_in(visitor, name="Wim", text=text)

    expect(visitor.get_by_label("Je reactie")).to_have_value(text)
    expect(visitor.locator(".field-message")).to_contain_text("hoogstens 2.000 tekens")
    assert visitor.get_by_label("Je reactie").get_attribute("aria-invalid") == "true"


def test_address_is_told_what_it_is_for_before_and_what_is_wrong_after(visitor: Page) -> None:
    visitor.goto(ARTICLE)
    address = visitor.get_by_label("E-mailadres")
    (hint,) = address.evaluate(DESCRIPTIONS)
    address.fill("joke@")
    fill_in(visitor, name="Joke", text=KEPT)

    expect(visitor.get_by_label("E-mailadres")).to_have_value("joke@")
    assert "We tonen het nooit." in hint
    assert address.evaluate(DESCRIPTIONS) == [
        hint,
        "Dit is geen e-mailadres. Verbeter het, of laat dit veld leeg.",
    ]


def test_nobody_meets_the_field_for_robots(visitor: Page) -> None:
    visitor.goto(ARTICLE)
    trap = visitor.locator("[name=website]")

    expect(trap).to_be_hidden()
    expect(visitor.get_by_role("textbox", name="Laat dit veld leeg")).to_have_count(0)
    visitor.get_by_label("Naam").focus()
    order = []
    for _stop in range(5):
        order.append(visitor.evaluate(NAME_OF_FOCUS))
        visitor.keyboard.press("Tab")
    assert order == ["naam", "mailadres", "tekst", "Reactie plaatsen", "Voorbeeld bekijken"]


# --- The preview ----------------------------------------------------------------------------------


@pytest.fixture
def previewed(visitor: Page) -> Page:
    """A comment that its writer looks at before it is sent."""
    visitor.goto(ARTICLE)
    visitor.get_by_label("Naam").fill("Wim")
    visitor.get_by_label("Je reactie").fill(own("Ik *slaap* beter. Zie https://example.com/tip\n"))
    press(visitor, "Voorbeeld bekijken")
    return visitor


def test_preview_has_the_focus_and_shows_links_as_text(previewed: Page) -> None:
    preview = previewed.get_by_role("region", name="Zo komt je reactie eruit te zien")

    expect(preview).to_be_focused()
    expect(preview.get_by_role("heading", name="Wim")).to_be_visible()
    expect(preview.get_by_role("emphasis")).to_have_text("slaap")
    expect(preview).to_contain_text("example.com")
    expect(preview.get_by_role("link")).to_have_text(["Verder schrijven"])


def test_comment_can_be_changed_and_sent_below_its_preview(previewed: Page) -> None:
    text = own("Toch maar zonder link.")

    text_of(previewed).fill(text)
    with previewed.expect_navigation():
        previewed.get_by_role("button", name="Reactie plaatsen").last.click()

    expect(previewed.get_by_role("heading", level=1)).to_have_text(HELD)
    expect(previewed.get_by_text(text)).to_be_visible()


def test_preview_leads_on_to_sending_and_to_writing(previewed: Page) -> None:
    preview = previewed.get_by_role("region", name="Zo komt je reactie eruit te zien")

    preview.get_by_role("link", name="Verder schrijven").click()
    expect(text_of(previewed)).to_be_focused()
    with previewed.expect_navigation():
        preview.get_by_role("button", name="Reactie plaatsen").click()

    expect(previewed.get_by_role("heading", level=1)).to_have_text(HELD)


def test_enter_below_a_preview_shows_another(previewed: Page) -> None:
    previewed.get_by_label("Naam").fill("Wim uit Ede")
    with previewed.expect_navigation():
        previewed.get_by_label("Naam").press("Enter")

    preview = previewed.get_by_role("region", name="Zo komt je reactie eruit te zien")
    expect(preview.get_by_role("heading", name="Wim uit Ede")).to_be_visible()


# --- A word before personal details stand there ---------------------------------------------------


@pytest.fixture
def nudged(visitor: Page) -> Page:
    """The answer to a comment with a telephone number."""
    visitor.goto(ARTICLE)
    fill_in(visitor, name="Wim", text=own("Bel me gerust op 06-12345678."))
    return visitor


def test_nudge_has_the_focus_and_says_what_was_found(nudged: Page) -> None:
    nudge = nudged.get_by_role("region", name="Nog niet geplaatst: er staat")

    expect(nudge).to_be_focused()
    expect(nudge.get_by_role("heading")).to_contain_text("een telefoonnummer")
    assert nudged.title().startswith("Nog niet geplaatst: ")


def test_nudge_leads_to_the_text(nudged: Page) -> None:
    nudged.get_by_role("link", name="Pas je reactie aan").click()

    expect(text_of(nudged)).to_be_focused()


def test_enter_in_the_name_is_no_yes(nudged: Page) -> None:
    with nudged.expect_navigation():
        nudged.get_by_label("Naam").press("Enter")

    expect(nudged.get_by_role("region", name="Nog niet geplaatst: er staat")).to_be_focused()


def test_enter_in_the_name_is_no_yes_to_a_change_either(visitor: Page) -> None:
    visitor.goto(f"{send_comment(visitor, text=own('Nog zonder nummer.'))}wijzigen/")
    text_of(visitor).fill("Bel me gerust op 06-12345678.")
    press(visitor, "Wijziging opslaan")

    with visitor.expect_navigation():
        visitor.get_by_label("Naam").press("Enter")

    expect(visitor.get_by_role("region", name="Nog niet opgeslagen: er staat")).to_be_focused()


def test_comment_is_placed_anyway_with_what_was_changed_below(nudged: Page) -> None:
    text = own("Bel me toch maar op 06-12345678.")
    text_of(nudged).fill(text)

    press(nudged, "Toch plaatsen")

    expect(nudged.get_by_role("heading", level=1)).to_have_text(HELD)
    expect(nudged.get_by_text(text)).to_be_visible()


# --- Away and back --------------------------------------------------------------------------------


@pytest.mark.parametrize("button", ["Reactie plaatsen", "Voorbeeld bekijken"])
def test_text_is_there_again_after_reading_another_page(visitor: Page, button: str) -> None:
    text = own("Bel me gerust op 06-12345678.")
    visitor.goto(ARTICLE)
    visitor.get_by_label("Naam").fill("Wim")
    text_of(visitor).fill(text)
    press(visitor, button)
    answered = visitor.title()

    visitor.get_by_role("link", name="privacyverklaring").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Privacy")
    visitor.go_back()

    expect(visitor).to_have_title(answered)
    expect(text_of(visitor)).to_have_value(text)


# --- A text that cannot go anywhere ---------------------------------------------------------------


def test_text_for_a_post_that_went_is_handed_back(visitor: Page, desk: Page) -> None:
    title = own("Wakker om vier uur")
    address = publish_post(desk, title=title)
    visitor.goto(address)
    withdraw_post(desk, title=title, reason="Het klopte niet meer.")

    fill_in(visitor, name="Wim", text=KEPT)

    expect(visitor.get_by_role("group", name="Je reactie is niet geplaatst")).to_be_focused()
    expect(text_of(visitor)).to_have_value(KEPT)
    expect(visitor.get_by_text("Het klopte niet meer.")).to_be_visible()
    expect(visitor.get_by_text(title)).to_have_count(0)


# --- Every look -----------------------------------------------------------------------------------


def preview(page: Page) -> None:
    """Look at a comment before it is sent."""
    page.goto(ARTICLE)
    page.get_by_label("Naam").fill(LONG_WORD[:60])
    page.get_by_label("Je reactie").fill(f"{LONG_WORD}\n\n- een\n- twee\n\n> Een citaat")
    press(page, "Voorbeeld bekijken")


def nudge(page: Page) -> None:
    """Send a comment with personal details."""
    page.goto(ARTICLE)
    fill_in(page, name="Wim", text=f"06-12345678 {LONG_WORD}")


def lose_post(page: Page) -> None:
    """Send a comment to a post that is not there."""
    page.goto(ARTICLE)
    page.evaluate("document.querySelector('.form').action = '/blog/is-er-niet/reageren/'")
    fill_in(page, name="Wim", text=LONG_WORD)


@pytest.mark.parametrize("come_to", [preview, nudge, lose_post])
def test_page_on_the_way_stands_every_look(page: Page, come_to: Callable[[Page], None]) -> None:
    come_to(page)

    for look, width in zip(LOOKS, (320, 1280, 320), strict=True):
        show(page, look=look, width=width)
        assert violations(page) == []
        assert overflow(page) <= 0
