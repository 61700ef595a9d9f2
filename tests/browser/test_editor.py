"""The Markdown field with its live preview: a help beside the text, and never in its way."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Locator, Page, expect

from tests.browser.journeys import own

REFUSED = "Afbeeldingen toevoegen kan nog niet."

# Lets a file, or a text, arrive in the field; whether the browser may still do its own thing.
PASTE = """(field, {kind, file}) => {
    const data = new DataTransfer();
    if (file) data.items.add(new File(["GIF89a"], "foto.gif", { type: "image/gif" }));
    else data.setData("text/plain", "gewone tekst");
    const options = { bubbles: true, cancelable: true };
    return field.dispatchEvent(kind === "paste"
        ? new ClipboardEvent(kind, { ...options, clipboardData: data })
        : new DragEvent(kind, { ...options, dataTransfer: data }));
}"""


@pytest.fixture
def desk_with_editor(scripted_desk: Page) -> Page:
    """The form for a new post, with its preview."""
    scripted_desk.goto("/admin/blog/post/add/")
    return scripted_desk


def field_of(desk: Page) -> Locator:
    """The field in which the text is typed."""
    return desk.get_by_label("Tekst:", exact=True)


def preview_of(desk: Page) -> Locator:
    """The text as readers will see it."""
    return desk.get_by_role("region", name="Voorbeeld").locator(".markdown-preview-text")


def message_of(desk: Page) -> Locator:
    """Where the editor says what is the matter."""
    return desk.get_by_role("region", name="Voorbeeld").get_by_role("status")


def faces_of(session: CDPSession, expression: str) -> list[tuple[str, bool]]:
    """The typefaces in which an element is really painted, and whether each came from the site."""
    session.send("DOM.enable")
    session.send("CSS.enable")
    session.send("DOM.getDocument")
    element = session.send("Runtime.evaluate", {"expression": expression})["result"]
    node = session.send("DOM.requestNode", {"objectId": element["objectId"]})
    painted: dict[str, Any] = session.send("CSS.getPlatformFontsForNode", node)
    return [(font["familyName"], font["isCustomFont"]) for font in painted["fonts"]]


def test_preview_shows_what_is_typed_as_readers_will_see_it(desk_with_editor: Page) -> None:
    field_of(desk_with_editor).fill(
        "De inleiding.\n\n### 1. Rust\n\nWarm water ‘s avonds.\n\n> **Wist je dat?** Zo is het.\n"
    )

    preview = preview_of(desk_with_editor)

    expect(preview.locator("p.lead")).to_have_text("De inleiding.")
    expect(preview.get_by_role("heading", name="Rust")).to_have_class("numbered")
    expect(preview).to_contain_text("’s\xa0avonds")
    expect(preview.get_by_role("note", name="Wist je dat?")).to_be_visible()


def test_preview_is_set_in_the_typeface_of_the_site(desk_with_editor: Page) -> None:
    field_of(desk_with_editor).fill("Een gewone alinea.\n\nEn nog een.")
    expect(preview_of(desk_with_editor)).to_contain_text("En nog een.")
    desk_with_editor.evaluate("document.fonts.ready")

    session = desk_with_editor.context.new_cdp_session(desk_with_editor)
    faces = faces_of(
        session,
        "document.querySelector('.markdown-preview-text').shadowRoot.querySelector('.prose > p')",
    )

    assert [(name.split()[0], ours) for name, ours in faces] == [("Literata", True)]


def test_tab_leaves_the_field_and_types_nothing(desk_with_editor: Page) -> None:
    field = field_of(desk_with_editor)
    field.fill("Een zin.")

    field.press("Tab")

    expect(field).not_to_be_focused()
    expect(field).to_have_value("Een zin.")
    desk_with_editor.keyboard.press("Shift+Tab")
    expect(field).to_be_focused()
    desk_with_editor.keyboard.press("Shift+Tab")
    expect(field).not_to_be_focused()


def test_whole_form_is_passed_by_keyboard(desk_with_editor: Page) -> None:
    desk_with_editor.get_by_label("Titel:", exact=True).focus()
    publish = desk_with_editor.get_by_role("button", name="Opslaan en publiceren…")

    for _ in range(60):
        desk_with_editor.keyboard.press("Tab")
        if publish.evaluate("button => button === document.activeElement"):
            break

    expect(publish).to_be_focused()


def test_preview_of_an_ended_login_says_so_and_leaves_the_text_alone(
    desk_with_editor: Page,
) -> None:
    expect(preview_of(desk_with_editor)).to_be_attached()
    desk_with_editor.context.clear_cookies()

    field_of(desk_with_editor).fill("Niet kwijtraken.")

    expect(message_of(desk_with_editor)).to_have_text("Je mag dit niet doen. Log opnieuw in.")
    expect(field_of(desk_with_editor)).to_have_value("Niet kwijtraken.")


def test_preview_of_a_server_that_is_gone_says_so_and_leaves_the_text_alone(
    desk_with_editor: Page,
) -> None:
    desk_with_editor.route("**/markdownify/", lambda route: route.abort())

    field_of(desk_with_editor).fill("Niet kwijtraken.")

    expect(message_of(desk_with_editor)).to_contain_text("Je tekst staat nog in het veld.")
    expect(field_of(desk_with_editor)).to_have_value("Niet kwijtraken.")


def test_preview_of_a_tangled_text_says_why(desk_with_editor: Page) -> None:
    field_of(desk_with_editor).fill("[" * 100_000)

    expect(message_of(desk_with_editor)).to_contain_text("te veel Markdown-tekens")


@pytest.mark.parametrize("kind", ["paste", "drop"])
def test_picture_that_arrives_in_the_field_is_refused_in_words(
    desk_with_editor: Page, kind: str
) -> None:
    field = field_of(desk_with_editor)
    field.fill("De tekst.")

    left_to_browser = field.evaluate(PASTE, {"kind": kind, "file": True})

    assert left_to_browser is False
    expect(message_of(desk_with_editor)).to_have_text(REFUSED)
    expect(field).to_have_value("De tekst.")


@pytest.mark.parametrize("kind", ["paste", "drop"])
def test_text_that_arrives_in_the_field_is_the_browsers_business(
    desk_with_editor: Page, kind: str
) -> None:
    assert field_of(desk_with_editor).evaluate(PASTE, {"kind": kind, "file": False}) is True


def test_admin_loads_nothing_that_its_policy_forbids(scripted_desk: Page) -> None:
    complaints: list[str] = []
    scripted_desk.on("console", lambda message: complaints.append(message.text))
    scripted_desk.on("requestfailed", lambda request: complaints.append(request.url))

    scripted_desk.goto("/admin/blog/post/add/")
    field_of(scripted_desk).fill("Een **zin**.")
    expect(preview_of(scripted_desk)).to_contain_text("Een zin.")
    scripted_desk.goto("/admin/comments/comment/")

    assert complaints == []


def test_without_scripts_the_field_is_plain_and_saves(desk: Page) -> None:
    desk.goto("/admin/blog/post/add/")
    expect(desk.get_by_text("Voorbeeld", exact=True)).to_be_hidden()
    desk.get_by_label("Titel:", exact=True).fill(own("Een kladje"))
    field_of(desk).fill("\nEen regel.\n\n  En nog een.\n")

    desk.get_by_role("button", name="Concept opslaan").click()

    expect(desk).to_have_url(re.compile(r"/admin/blog/post/\d+/change/$"))
    expect(field_of(desk)).to_have_value("\nEen regel.\n\n  En nog een.\n")
