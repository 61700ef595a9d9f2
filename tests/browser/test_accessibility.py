"""Every page can be used by everybody: axe's rules, small screens; at length, forced colours."""

from __future__ import annotations

from itertools import product

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import LONG_WORD, LOOKS, overflow, show, violations
from tests.browser.journeys import (
    OpenedPage,
    approve_comment,
    own,
    publish_post,
    send_comment,
)

HEIGHT = 900
SMALL, DESK = 320, 1280

UNYIELDING = f"""Een woord: {LONG_WORD}.

## {LONG_WORD}

| {" | ".join(f"Kolom nummer {number}" for number in range(12))} |
| {" | ".join("---" for _ in range(12))} |
| {" | ".join("waarde" for _ in range(12))} |

```
{"een regel code die niet wordt afgebroken " * 8}
```

Zo heet het: `{LONG_WORD}`, en zie <https://example.org/{LONG_WORD}>.[^1]

> **Let op** {LONG_WORD}

[^1]: Bron. <https://example.org/{LONG_WORD}>
"""


def test_page_breaks_no_rule_of_axe_on_a_phone(opened: OpenedPage) -> None:
    show(opened.page, look="light", width=SMALL)

    assert violations(opened.page) == []


@pytest.mark.long
def test_page_breaks_no_rule_of_axe_in_any_look(opened: OpenedPage) -> None:
    for look, width in product(LOOKS, (DESK, SMALL)):
        show(opened.page, look=look, width=width)

        assert violations(opened.page) == [], (look, width)


def test_page_fits_every_screen(opened: OpenedPage) -> None:
    for width in (SMALL, 768, DESK):
        show(opened.page, look="light", width=width)

        assert overflow(opened.page) == 0, width


@pytest.mark.long
def test_post_with_things_that_do_not_wrap_fits_a_small_screen(desk: Page, page: Page) -> None:
    title, name = f"{own('De')} {LONG_WORD}", own("W" * 51)
    address = publish_post(desk, title=title, body=UNYIELDING)
    page.set_viewport_size({"width": SMALL, "height": HEIGHT})
    receipt = send_comment(page, address=address, name=name, text=LONG_WORD * 5)
    approve_comment(desk, words=name)

    for place in (address, receipt, "/", "/blog/"):
        page.goto(place)
        assert overflow(page) == 0, place
    page.goto(address)
    page.get_by_role("link", name=f"Beantwoord {name}").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Reactie op {name}")
    assert overflow(page) == 0
    assert violations(page) == []


@pytest.mark.long
def test_wide_table_scrolls_in_a_box_of_its_own_that_takes_the_focus(
    desk: Page, page: Page
) -> None:
    address = publish_post(desk, title=own("Een brede tabel"), body=UNYIELDING)
    page.set_viewport_size({"width": SMALL, "height": HEIGHT})
    page.goto(address)
    box = page.get_by_role("region", name="Tabel")

    expect(box.get_by_text("Kolom nummer 11")).not_to_be_in_viewport()

    box.focus()
    for _ in range(50):
        page.keyboard.press("ArrowRight")

    expect(box).to_be_focused()
    expect(box.get_by_text("Kolom nummer 11")).to_be_in_viewport()
    assert overflow(page) == 0
    assert violations(page) == []


# What Django's own templates bring, and so not ours to judge.
DJANGOS_OWN = [
    ".inline-group th",  # empty-table-header: the columns for links and for removing rows
]
ADMIN_PAGES = {
    "start": "/admin/",
    "posts": "/admin/blog/post/",
    "new post": "/admin/blog/post/add/",
    "post": "/admin/blog/post/?q=Magnesium",
}


@pytest.mark.parametrize(
    "name",
    [
        "start",
        "post",
        *(pytest.param(name, marks=pytest.mark.long) for name in ("posts", "new post")),
    ],
)
def test_admin_breaks_no_rule_of_axe(scripted_desk: Page, name: str) -> None:
    scripted_desk.goto(ADMIN_PAGES[name])
    if "?q=" in ADMIN_PAGES[name]:
        scripted_desk.locator("#result_list tbody th a").first.click()
    scripted_desk.wait_for_load_state("networkidle")

    found = violations(scripted_desk, leaving_out=DJANGOS_OWN)

    # Django puts the links of its lists and filters close together.
    assert [v for v in found if not v.startswith("target-size")] == []


@pytest.mark.long
def test_page_with_both_texts_breaks_no_rule_of_axe(desk: Page, scripted_desk: Page) -> None:
    publish_post(desk, title=own("Twee schrijvers"))
    scripted_desk.goto(desk.url)
    for editor, body in ((desk, "De een."), (scripted_desk, "De ander.")):
        editor.get_by_label("Tekst:", exact=True).fill(body)
        editor.get_by_role("button", name="Concept opslaan").click()
    expect(scripted_desk.get_by_role("region", name="Beide teksten")).to_be_visible()

    assert violations(scripted_desk, leaving_out=DJANGOS_OWN) == []


def test_login_breaks_no_rule_of_axe(page: Page) -> None:
    page.goto("/admin/")

    # Django's login page has no heading at all.
    assert [v for v in violations(page) if not v.startswith("page-has-heading-one")] == []
