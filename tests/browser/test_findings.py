"""What the checks find, beside the text while it is typed: by keyboard, by ear, on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.checks import follows_every_rule, show
from tests.browser.journeys import own

STUDY = "Uit onderzoek blijkt dat thee helpt."
SELECTED = "(field) => field.value.slice(field.selectionStart, field.selectionEnd)"
# Whether the selected line stands between the edges of the field, and those of the screen.
IN_SIGHT = """(field) => {
    const box = field.getBoundingClientRect();
    const share = field.selectionStart / field.value.length;
    const line = box.top + share * field.scrollHeight - field.scrollTop;
    return line > Math.max(box.top, 0) && line < Math.min(box.bottom, innerHeight);
}"""


def field_of(desk: Page) -> Locator:
    """The field in which the text is typed."""
    return desk.get_by_label("Tekst:", exact=True)


def open_checks(desk: Page) -> Locator:
    """Show what was found beside the text, or in its place; the list."""
    desk.get_by_role("button", name="Controles").click()
    return desk.get_by_role("region", name="Controles")


def save_long_text(desk: Page) -> None:
    """A saved post of many lines, with one point near its end."""
    desk.goto("/admin/blog/post/add/")
    desk.get_by_label("Titel:", exact=True).fill(own("Een lang verhaal"))
    lines = "Het regent op het dak, en 🙂 de kat slaapt door.\n\n"
    field_of(desk).fill(lines * 60 + STUDY + "\n\n" + lines * 5)
    with desk.expect_navigation():
        desk.get_by_role("button", name="Concept opslaan").click()


def test_point_is_told_while_it_is_typed_and_goes_when_it_is_mended(scripted_desk: Page) -> None:
    scripted_desk.goto("/admin/blog/post/add/")
    panel = open_checks(scripted_desk)
    told = scripted_desk.locator(".findings-told")
    expect(told).to_have_text("De controles kijken mee zodra je schrijft.")

    scripted_desk.get_by_label("Titel:", exact=True).fill("Een stuk")
    field_of(scripted_desk).fill(STUDY)

    expect(panel).to_contain_text("Hier gaat het over onderzoek")
    before = told.inner_text()
    field_of(scripted_desk).fill("Thee is lekker.")
    expect(panel).not_to_contain_text("Hier gaat het over onderzoek")
    expect(told).not_to_have_text(before)


def test_keyboard_goes_from_a_point_to_its_place_in_the_text(scripted_desk: Page) -> None:
    save_long_text(scripted_desk)
    panel = open_checks(scripted_desk)
    jump = panel.get_by_role("link", name="Hier gaat het over onderzoek")

    jump.focus()
    scripted_desk.keyboard.press("Enter")

    field = field_of(scripted_desk)
    expect(field).to_be_focused()
    assert field.evaluate(SELECTED) == "onderzoek blijkt"
    assert field.evaluate(IN_SIGHT)


@pytest.mark.long
def test_page_of_checks_leads_to_the_place_in_the_form(scripted_desk: Page) -> None:
    save_long_text(scripted_desk)
    with scripted_desk.expect_navigation():
        scripted_desk.get_by_role("list").get_by_role("link", name="Controles", exact=True).click()
    follows_every_rule(scripted_desk)

    scripted_desk.get_by_role("link", name="Hier gaat het over onderzoek").click()

    field = field_of(scripted_desk)
    expect(field).to_be_focused()
    assert field.evaluate(SELECTED) == "onderzoek blijkt"
    assert field.evaluate(IN_SIGHT)


@pytest.mark.long
def test_focus_stays_on_a_point_when_the_list_is_made_anew(scripted_desk: Page) -> None:
    save_long_text(scripted_desk)
    panel = open_checks(scripted_desk)
    jump = panel.get_by_role("link", name="Hier gaat het over onderzoek")
    jump.focus()

    with scripted_desk.expect_response("**/nakijken/"):
        field_of(scripted_desk).evaluate(
            "(field) => { field.value += 'Na de de dag.';"
            " field.dispatchEvent(new Event('input', { bubbles: true })); }"
        )

    expect(panel).to_contain_text("staat er twee keer")
    expect(jump).to_be_focused()


def test_panel_keeps_to_the_rules_and_to_a_phone(scripted_desk: Page) -> None:
    save_long_text(scripted_desk)
    show(scripted_desk, look="light", width=360)

    panel = open_checks(scripted_desk)

    expect(field_of(scripted_desk)).to_be_hidden()
    expect(panel).to_contain_text("Hier gaat het over onderzoek")
    follows_every_rule(scripted_desk)
    show(scripted_desk, look="light", width=360)
    panel.get_by_role("link", name="Hier gaat het over onderzoek").click()
    expect(field_of(scripted_desk)).to_be_focused()


@pytest.mark.long
def test_without_script_the_list_stands_below_the_form(desk: Page) -> None:
    desk.goto("/admin/blog/post/?q=slapengaan")
    desk.get_by_role("link", name="Magnesium slikken").click()

    given = desk.get_by_role("region", name="Controles: 18 punten om na te kijken")

    expect(given.get_by_role("link", name="Naar de plek").first).to_have_attribute(
        "href", "#id_title"
    )
