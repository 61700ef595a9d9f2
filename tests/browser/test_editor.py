"""The Markdown field with its toolbar and preview: a help beside the text, never in its way."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import CDPSession, FrameLocator, Locator, Page, expect

from tests.browser.checks import follows_every_rule
from tests.browser.journeys import own

REFUSED = "Afbeeldingen toevoegen kan nog niet."

# Lets a file, or a text, arrive in the field; whether the browser may still do its own thing.
PASTE = """(field, {kind, file, text}) => {
    const data = new DataTransfer();
    if (file) data.items.add(new File(["GIF89a"], "foto.gif", { type: "image/gif" }));
    else data.setData("text/plain", text);
    const options = { bubbles: true, cancelable: true };
    return field.dispatchEvent(kind === "paste"
        ? new ClipboardEvent(kind, { ...options, clipboardData: data })
        : new DragEvent(kind, { ...options, dataTransfer: data }));
}"""
SELECT = "(field, [start, end]) => { field.focus(); field.setSelectionRange(start, end); }"


@pytest.fixture
def desk_with_editor(scripted_desk: Page) -> Page:
    """The form for a new post, with its toolbar and preview."""
    scripted_desk.context.grant_permissions(["clipboard-write"])
    scripted_desk.goto("/admin/blog/post/add/")
    return scripted_desk


def field_of(desk: Page) -> Locator:
    """The field in which the text is typed."""
    return desk.get_by_label("Tekst:", exact=True)


def preview_of(desk: Page) -> FrameLocator:
    """The page as readers will see it."""
    return desk.frame_locator(".markdown-preview iframe")


def message_of(desk: Page) -> Locator:
    """Where the editor says what is the matter."""
    return desk.locator(".markdown-problem").first


def select(field: Locator, words: str) -> None:
    """Select the first place of these words in the field."""
    start = field.input_value().index(words)
    field.evaluate(SELECT, [start, start + len(words)])


def faces_of(session: CDPSession, expression: str) -> list[tuple[str, bool]]:
    """The typefaces in which an element is really painted, and whether each came from the site."""
    session.send("DOM.enable")
    session.send("CSS.enable")
    session.send("DOM.getDocument")
    element = session.send("Runtime.evaluate", {"expression": expression})["result"]
    node = session.send("DOM.requestNode", {"objectId": element["objectId"]})
    painted: dict[str, Any] = session.send("CSS.getPlatformFontsForNode", node)
    return [(font["familyName"], font["isCustomFont"]) for font in painted["fonts"]]


def test_preview_is_the_page_of_the_site_and_stays_where_it_was(desk_with_editor: Page) -> None:
    field, preview = field_of(desk_with_editor), preview_of(desk_with_editor)
    desk_with_editor.get_by_label("Titel:", exact=True).fill("Warm water")
    field.fill("De inleiding.\n\n" + "## Rust\n\nWarm water ‘s avonds. [Thuis](/)\n\n" * 9)

    expect(preview.get_by_role("heading", level=1)).to_have_text("Warm water")
    expect(preview.locator("p.lead")).to_have_text("De inleiding.")
    expect(preview.locator(".prose p").first).to_contain_text("’s\xa0avonds")
    session = desk_with_editor.context.new_cdp_session(desk_with_editor)
    shown = "document.querySelector('iframe').contentDocument"
    desk_with_editor.evaluate(f"{shown}.fonts.ready")
    faces = faces_of(session, f"{shown}.querySelector('.prose > p')")
    assert [(name.split()[0], ours) for name, ours in faces] == [("Literata", True)]

    preview.get_by_role("link", name="Thuis").last.click()
    before = desk_with_editor.evaluate(f"{shown}.documentElement.scrollTop")
    assert before > 0
    field.focus()
    desk_with_editor.get_by_label("Thema:", exact=True).select_option(label="Slaap")
    expect(preview.locator(".illustration svg")).to_be_attached()
    assert desk_with_editor.evaluate(f"{shown}.documentElement.scrollTop") == before
    expect(desk_with_editor).to_have_url(re.compile("/post/add/$"))

    wide = desk_with_editor.get_by_role("button", name="Computer")
    wide.click()
    expect(wide).to_have_attribute("aria-pressed", "true")
    assert desk_with_editor.evaluate(f"{shown}.defaultView.innerWidth") >= 1_024


@pytest.mark.long
def test_preview_that_cannot_be_made_says_why_and_leaves_the_text_alone(
    desk_with_editor: Page,
) -> None:
    field, message = field_of(desk_with_editor), message_of(desk_with_editor)

    field.fill("[" * 100_000)
    expect(message).to_contain_text("te veel Markdown-tekens")

    desk_with_editor.route("**/voorbeeld/", lambda route: route.abort())
    field.fill("Niet kwijtraken.")
    expect(message).to_contain_text("Je tekst staat nog in het veld.")
    desk_with_editor.unroute("**/voorbeeld/")

    desk_with_editor.context.clear_cookies()
    field.fill("Ook dit niet.")
    expect(message).to_have_text("Je mag dit niet doen. Meld je opnieuw aan.")
    expect(field).to_have_value("Ook dit niet.")
    expect(field).to_be_focused()


# What is in the field, what of it is selected, the button, and what is there then.
COMMANDS = [
    ("Een woord.", "woord", "Vet", "Een **woord**."),
    ("Een **woord**.", "woord", "Vet", "Een woord."),
    ("Een **woord**.", "**woord**", "Vet", "Een woord."),
    ("Een **woord**.", "woord", "Cursief", "Een ***woord***."),
    ("Een woord.", "woord", "Kop", "## Een woord."),
    ("## Een woord.", "woord", "Kop", "### Een woord."),
    ("### Een woord.", "woord", "Kop", "Een woord."),
    ("Een woord.", "woord", "Link", "Een [woord](https://)."),
    ("Een [woord](/x/).", "[woord](/x/)", "Link", "Een woord."),
    ("een\n\ntwee", "een\n\ntwee", "Lijst", "- een\n\n- twee"),
    ("- een\n- twee", "een\n- twee", "Nummers", "1. een\n2. twee"),
    ("1. een\n2. twee", "een\n2. twee", "Nummers", "een\ntwee"),
    ("een\ntwee", "een\ntwee", "Citaat", "> een\n> twee"),
    ("Een.\n\nTwee.", "Twee.", "Wist je dat?", "Een.\n\n> **Wist je dat?** Twee.\n"),
    ("Zo.[^2]\n\n[^2]: Bron.\n", "Zo.", "Bron", "Zo.[^3][^2]\n\n[^2]: Bron.\n[^3]: "),
]


def test_toolbar_changes_what_is_selected_and_undo_takes_it_back(desk_with_editor: Page) -> None:
    field = field_of(desk_with_editor)
    toolbar = desk_with_editor.get_by_role("group", name="Opmaak")
    for text, words, button, result in COMMANDS:
        field.fill(text)
        select(field, words)

        toolbar.get_by_role("button", name=button, exact=True).click()

        assert field.input_value() == result, (text, button)
        expect(field).to_be_focused()
        field.press("Control+z")
        if button == "Bron":  # the mark, and the line below the text
            field.press("Control+z")
        assert field.input_value() == text, (text, button)


def test_keys_write_lists_links_and_save(desk_with_editor: Page) -> None:
    field = field_of(desk_with_editor)
    title = own("Met de toetsen")
    desk_with_editor.get_by_label("Titel:", exact=True).fill(title)
    field.focus()

    desk_with_editor.keyboard.insert_text("- een")
    for text in ("twee", "", "", "9. negen", "tien"):
        field.press("Enter")
        desk_with_editor.keyboard.insert_text(text)
    field.press("Enter")
    field.press("Enter")
    assert field.input_value() == "- een\n- twee\n\n9. negen\n10. tien\n"

    link = {"kind": "paste", "file": False, "text": "https://example.org/a_(b)"}
    # It makes no words of a whole line with its mark.
    field.fill("## Kop")
    select(field, "## Kop")
    assert field.evaluate(PASTE, link) is True

    field.fill("Lees dit vet.")
    select(field, "vet")
    field.press("Control+b")
    select(field, "dit")
    assert field.evaluate(PASTE, link) is False
    assert field.input_value() == "Lees [dit](https://example.org/a_%28b%29) **vet**."
    # Without a selection, or another text, it is the browser's business.
    assert field.evaluate(PASTE, link) is True
    select(field, " ")
    assert field.evaluate(PASTE, link) is True
    select(field, "Lees")
    assert field.evaluate(PASTE, {**link, "text": "gewone tekst"}) is True

    field.press("Control+s")
    expect(desk_with_editor).to_have_url(re.compile(r"/post/\d+/change/\?vanaf=1$"))
    # And goes on there.
    expect(field).to_be_focused()
    expect(desk_with_editor.locator(".markdown-saved")).to_contain_text("Concept opgeslagen")
    assert field.evaluate("field => [field.selectionStart, field.selectionEnd]") == [0, 4]


@pytest.mark.long
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


@pytest.mark.long
def test_whole_form_is_passed_by_keyboard(desk_with_editor: Page) -> None:
    desk_with_editor.get_by_label("Titel:", exact=True).focus()
    publish = desk_with_editor.get_by_role("button", name="Opslaan en publiceren…")

    for _ in range(60):
        desk_with_editor.keyboard.press("Tab")
        if publish.evaluate("button => button === document.activeElement"):
            break

    expect(publish).to_be_focused()


@pytest.mark.long
@pytest.mark.parametrize("kind", ["paste", "drop"])
def test_picture_that_arrives_in_the_field_is_refused_in_words(
    desk_with_editor: Page, kind: str
) -> None:
    field = field_of(desk_with_editor)
    field.fill("De tekst.")
    assert field.evaluate(PASTE, {"kind": kind, "file": False, "text": "gewone tekst"}) is True

    left_to_browser = field.evaluate(PASTE, {"kind": kind, "file": True})

    assert left_to_browser is False
    refused = desk_with_editor.locator(".refused-picture")
    expect(refused).to_have_text(REFUSED)
    expect(preview_of(desk_with_editor).locator(".lead")).to_have_text("De tekst.")
    expect(refused).to_have_text(REFUSED)
    expect(field).to_have_value("De tekst.")


def test_admin_loads_nothing_that_its_policy_forbids(scripted_desk: Page) -> None:
    complaints: list[str] = []
    scripted_desk.on("console", lambda message: complaints.append(message.text))
    scripted_desk.on("requestfailed", lambda request: complaints.append(request.url))

    scripted_desk.goto("/admin/blog/post/add/")
    field_of(scripted_desk).fill("Een **zin**.")
    expect(preview_of(scripted_desk).locator(".lead")).to_have_text("Een zin.")
    scripted_desk.goto("/admin/comments/comment/")

    assert complaints == []


def test_without_scripts_the_field_is_plain_and_saves(desk: Page) -> None:
    desk.goto("/admin/blog/post/add/")
    expect(desk.locator(".markdown-toolbar, .markdown-preview, .markdown-sides")).to_have_count(3)
    for part in desk.locator(".markdown-toolbar, .markdown-preview, .markdown-sides").all():
        expect(part).to_be_hidden()
    desk.get_by_label("Titel:", exact=True).fill(own("Een kladje"))
    field_of(desk).fill("\nEen regel.\n\n  En nog een.\n")
    with desk.context.expect_page() as opened:
        desk.get_by_role("button", name="Voorbeeld", exact=True).click()
    expect(opened.value.locator(".notice-bar")).to_contain_text("nog niet openbaar")
    expect(opened.value.get_by_role("heading", level=1)).to_contain_text("Een kladje")

    desk.get_by_role("button", name="Concept opslaan").click()

    expect(desk).to_have_url(re.compile(r"/admin/blog/post/\d+/change/\?vanaf=1$"))
    expect(field_of(desk)).to_have_value("\nEen regel.\n\n  En nog een.\n")


@pytest.mark.long
def test_editor_and_its_preview_links_follow_every_rule(desk_with_editor: Page) -> None:
    desk_with_editor.get_by_label("Titel:", exact=True).fill(own("Voor iedereen"))
    field_of(desk_with_editor).fill("De inleiding.")
    expect(preview_of(desk_with_editor).locator(".lead")).to_have_text("De inleiding.")
    follows_every_rule(desk_with_editor)

    desk_with_editor.set_viewport_size({"width": 360, "height": 800})
    sides = desk_with_editor.get_by_role("group", name="Wat je ziet")
    sides.get_by_role("button", name="Voorbeeld").click()
    expect(field_of(desk_with_editor)).to_be_hidden()
    expect(preview_of(desk_with_editor).locator(".lead")).to_be_visible()
    sides.get_by_role("button", name="Schrijven").click()
    expect(field_of(desk_with_editor)).to_be_visible()

    desk_with_editor.get_by_role("button", name="Concept opslaan").click()
    desk_with_editor.get_by_role("link", name="Voorbeeldlinks").click()
    expect(desk_with_editor.get_by_text("Er zijn nog geen voorbeeldlinks.")).to_be_visible()
    follows_every_rule(desk_with_editor)
    desk_with_editor.get_by_role("button", name="Voorbeeldlink maken").click()
    desk_with_editor.get_by_role("button", name="Kopiëren").click()
    expect(desk_with_editor.locator("#copied")).to_have_text("De link is gekopieerd.")
    follows_every_rule(desk_with_editor)
