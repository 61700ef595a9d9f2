"""The dialog that finds own content to link to, beside the Markdown field."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.checks import follows_every_rule
from tests.browser.journeys import own

SELECT = """(field, words) => {
    const start = field.value.indexOf(words);
    field.focus();
    field.setSelectionRange(start, start + words.length);
}"""


@pytest.fixture
def field(scripted_desk: Page) -> Locator:
    """The field for the text of a new post, with its toolbar."""
    scripted_desk.goto("/admin/blog/post/add/")
    return scripted_desk.get_by_label("Tekst:", exact=True)


def test_own_content_is_picked_by_keyboard_and_undo_takes_it_back(field: Locator) -> None:
    picker = field.page.get_by_role("dialog", name="Link naar een eigen artikel")
    words = picker.get_by_role("combobox")
    status = picker.get_by_role("status")
    field.fill("Wandel eens over de dijk, met plezier.")
    field.evaluate(SELECT, "dijk")

    field.press("Control+Shift+K")
    expect(words).to_be_focused()
    expect(words).to_have_value("dijk")
    expect(status).to_have_text("1 gevonden")
    words.press("ArrowDown")
    chosen = picker.get_by_role("option", selected=True)
    expect(chosen).to_have_text("Lopen over de dijk artikel")
    expect(words).to_have_attribute("aria-activedescendant", str(chosen.get_attribute("id")))
    words.press("Enter")

    expect(picker).to_be_hidden()
    expect(field).to_be_focused()
    linked = "Wandel eens over de [dijk](post:lopen-over-de-dijk), met plezier."
    expect(field).to_have_value(linked)
    field.press("Control+z")
    expect(field).to_have_value("Wandel eens over de dijk, met plezier.")

    field.evaluate(SELECT, "plezier")
    field.press("Control+Shift+K")
    expect(status).to_have_text("Niets gevonden. Probeer het met minder woorden.")
    words.press("Escape")
    expect(field).to_be_focused()
    field.press("Delete")
    expect(field).to_have_value("Wandel eens over de dijk, met .")


def test_title_becomes_the_words_where_none_are_selected(field: Locator) -> None:
    desk = field.page
    title = own("Wat [is] *rust*")
    desk.get_by_label("Titel:", exact=True).fill(title)
    desk.get_by_label("Adres:", exact=True).fill(title.split()[-1])
    desk.get_by_role("button", name="Concept opslaan").click()
    desk.goto("/admin/blog/post/add/")

    desk.get_by_role("button", name="Eigen artikel").click()
    desk.keyboard.type(title.split()[-1])
    picker = desk.get_by_role("dialog")
    expect(picker.get_by_role("status")).to_have_text("1 gevonden")
    expect(picker.get_by_role("option")).to_have_text(f"{title} artikel nog niet openbaar")
    picker.get_by_role("option").click()

    name = title.split()[-1]
    expect(field).to_have_value(rf"[Wat \[is\] \*rust\* {name}](post:{name})")
    expect(field).to_be_focused()


def test_result_of_other_words_is_not_put_in_while_the_answer_is_awaited(field: Locator) -> None:
    picker = field.page.get_by_role("dialog")
    words = picker.get_by_role("combobox")
    field.fill("dijk")
    field.press("Control+a")
    field.press("Control+Shift+K")
    expect(picker.get_by_role("option")).to_have_count(1)
    field.page.route("**/eigen-artikelen/", lambda _route: None)  # it is never answered

    words.fill("rust")
    words.press("ArrowDown")
    words.press("Enter")

    expect(picker).to_be_visible()
    expect(field).to_have_value("dijk")
    expect(picker.get_by_role("option")).to_have_count(0)


def test_dialog_follows_every_rule(field: Locator) -> None:
    picker = field.page.get_by_role("dialog")
    field.press("Control+Shift+K")
    expect(picker.get_by_role("status")).not_to_be_empty()
    field.page.keyboard.press("ArrowDown")
    expect(picker.get_by_role("option", selected=True)).to_be_visible()

    follows_every_rule(field.page)


def test_link_that_is_selected_is_led_elsewhere(field: Locator) -> None:
    field.fill("Over de [dijk](https://example.org/).")
    field.evaluate(SELECT, "[dijk](https://example.org/)")

    field.press("Control+Shift+K")
    field.page.get_by_role("dialog").get_by_role("option", name="Lopen over de dijk").click()

    expect(field).to_have_value("Over de [dijk](post:lopen-over-de-dijk).")


def test_link_with_brackets_in_its_words_is_led_elsewhere(field: Locator) -> None:
    field.fill(r"[Wat \[is\] dit](post:oud)")
    field.press("Control+a")

    field.press("Control+Shift+K")
    words = field.page.get_by_role("dialog").get_by_role("combobox")
    words.fill("dijk")
    field.page.get_by_role("option", name="Lopen over de dijk").click()

    expect(field).to_have_value(r"[Wat \[is\] dit](post:lopen-over-de-dijk)")


@pytest.mark.parametrize("text", ["Een dijk.\n\nEen zee.", "Een [dijk", "Zie [dit](post:dat) eens"])
def test_selection_that_cannot_be_one_link_gets_a_link_behind_it(field: Locator, text: str) -> None:
    field.fill(text)
    field.press("Control+a")
    field.press("Control+k")
    expect(field).to_have_value(f"{text}[](https://)")

    field.fill(text)
    field.press("Control+a")
    field.press("Control+Shift+K")
    field.page.get_by_role("dialog").get_by_role("combobox").fill("dijk")
    field.page.get_by_role("option", name="Lopen over de dijk").click()
    expect(field).to_have_value(f"{text}[Lopen over de dijk](post:lopen-over-de-dijk)")


def test_link_goes_around_words_only_and_breaks_no_mark(field: Locator) -> None:
    around = ["#dijk", "**dijk** en *zee*", "een - of twee", "dijk\nen zee", r"\*\*dijk", "2026"]
    for text in around:
        field.fill(text)
        field.press("Control+a")
        field.press("Control+k")
        expect(field).to_have_value(f"[{text}](https://)")

    behind = ["bron[^1]", "- item", "# kop", "> citaat", "| a | b |", "1. punt", "```\nx\n```"]
    behind += ["a\n---\nb", "a\n===", "a\n| b |", "a | b\n--- | ---", "a\n~~~\nb", "---", "**vet"]
    for text in behind:
        field.fill(text)
        field.press("Control+a")
        field.press("Control+k")
        expect(field).to_have_value(f"{text}[](https://)")


def test_dialog_says_what_is_the_matter_and_offers_nothing(field: Locator) -> None:
    picker = field.page.get_by_role("dialog")
    field.press("Control+Shift+K")
    expect(picker.get_by_role("option").first).to_be_visible()

    field.page.route("**/eigen-artikelen/", lambda route: route.abort())
    picker.get_by_role("combobox").fill("dijk")
    expect(picker.get_by_role("status")).to_contain_text("De server antwoordt niet.")
    expect(picker.get_by_role("option")).to_have_count(0)
    field.page.unroute("**/eigen-artikelen/")

    field.page.context.clear_cookies()
    picker.get_by_role("combobox").fill("rust")
    expect(picker.get_by_role("status")).to_have_text("Je mag dit niet doen. Meld je opnieuw aan.")
