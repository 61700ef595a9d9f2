"""A form that was not filled in well: what is wrong is easy to find, and nothing is lost."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.journeys import ARTICLE, HELD, fill_in, own

KEPT = "\n\n  Eerst een lege regel.\nDan <b>tekst</b> & “meer”.\n"

# The ids that a field names as its description, and which of them are on the page.
DESCRIPTIONS = """field => (field.getAttribute("aria-describedby") ?? "").split(" ")
    .map(id => document.getElementById(id)?.innerText ?? `nothing has the id ${id}`)"""


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
    assert text.evaluate(DESCRIPTIONS) == ["Hoogstens 2.000 tekens."]


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
