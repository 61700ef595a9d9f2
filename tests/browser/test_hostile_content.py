"""Words that want to be code stay words, on every page that shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.journeys import (
    HELD,
    OpenedPage,
    approve_comment,
    fill_in,
    handed_over,
    own,
    publish_post,
    withdraw_post,
)
from tests.pages import parse

HOSTILE = """"><img src=x onerror="hacked=1">'<script>hacked=1</script></textarea>"""
BODY = f"""{HOSTILE}

## {HOSTILE}

[klik](javascript:hacked=1) [klik](JaVaScRiPt&colon;hacked=1) <a href="javascript:hacked=1">klik</a>
![{HOSTILE}](javascript:hacked=1 "{HOSTILE.replace('"', "&quot;")}")

> **Wist je dat?** {HOSTILE}

| {HOSTILE} |
| --- |
| {HOSTILE} |

```{HOSTILE}
{HOSTILE}
```

Een bron.[^1]

[^1]: {HOSTILE} <javascript:hacked=1>
"""
# What must not stand in a page of ours, whatever an editor or visitor wrote.
ALIVE = """() => [...document.querySelectorAll("*")].filter(element =>
        element.matches("script:not([src^='/static/js/']:empty)")
        || [...element.attributes].some(attribute => attribute.name.startsWith("on")
            || /^\\s*javascript:/i.test(attribute.value))
    ).map(element => element.outerHTML)"""


def assert_nothing_ran(page: Page) -> None:
    """No script of a visitor or editor has run on the page that is open."""
    page.wait_for_load_state()
    assert page.evaluate("'hacked' in window") is False, page.url


@pytest.fixture
def unguarded(new_context: Callable[..., BrowserContext], login: Any) -> Page:
    """An editor's browser that runs whatever it meets: the site's policy is switched off."""
    return new_context(storage_state=login, bypass_csp=True).new_page()


@pytest.fixture
def hostile_post(desk: Page) -> Iterator[str]:
    """The address of a post whose every field is hostile, its author's included."""
    name = own(f"Wim {HOSTILE}")
    desk.goto("/admin/authors/author/add/")
    desk.get_by_label("Naam:").fill(name)
    desk.get_by_label("Adres:").fill(own("wim").replace(" ", "-"))
    desk.get_by_label("Achtergrond:").fill(HOSTILE)
    desk.get_by_label("Over de schrijver:").fill(HOSTILE)
    desk.get_by_role("button", name="Opslaan", exact=True).click()
    title = own(f"Over slapen {HOSTILE}")
    publish_post(desk, title=title, body=BODY)
    byline = desk.get_by_role("group", name="Schrijvers")
    byline.get_by_label("1.", exact=True).select_option(label=name)
    desk.get_by_label("Samenvatting:").fill(HOSTILE)
    desk.get_by_label("Nagekeken door:").fill(HOSTILE)
    desk.get_by_role("button", name="Opslaan en publiceren…").click()
    desk.get_by_role("button", name="Publiceer nu").click()
    address = desk.locator(".messagelist .success a").get_attribute("href")
    assert address
    yield address
    withdraw_post(desk, title=title[-8:])


@pytest.mark.long
def test_hostile_words_stay_words(hostile_post: str, desk: Page, unguarded: Page) -> None:
    name, text = own("Wim <script>hacked=1</script>"), own(HOSTILE)

    def check(heading: str) -> None:
        expect(unguarded.get_by_role("heading", level=1)).to_contain_text(heading)
        assert_nothing_ran(unguarded)
        assert unguarded.evaluate(ALIVE) == [], unguarded.url

    # Everything that a visitor comes to.
    unguarded.goto(hostile_post)
    check("<script>")
    fill_in(unguarded, name="", text=text)
    check("Reactie plaatsen")
    fill_in(unguarded, name=name, text=text)
    check(HELD)
    approve_comment(desk, words=name)
    unguarded.reload()
    check("Bedankt voor je reactie.")
    unguarded.get_by_role("link", name="Bekijk je reactie").click()
    check("<script>")
    expect(unguarded.locator("article.comment")).to_contain_text("</textarea>")
    unguarded.get_by_role("link", name="Beantwoord Wim").click()
    check("Reactie op Wim <script>")
    unguarded.goto(hostile_post)
    unguarded.get_by_role("link", name="Alle artikelen van").click()
    check("Wim")
    unguarded.goto("/blog/")
    check("Alle artikelen")
    unguarded.goto("/")
    check("Rustpunt")


@pytest.mark.long
def test_hostile_words_stay_words_in_the_admin_too(
    hostile_post: str, desk: Page, unguarded: Page
) -> None:
    name = own("Wim <script>hacked=1</script>")
    unguarded.goto(hostile_post)
    fill_in(unguarded, name=name, text=own(HOSTILE))

    unguarded.goto("/admin/comments/comment/")
    assert_nothing_ran(unguarded)
    unguarded.locator("#result_list tbody tr", has_text=name).locator("th a").click()
    expect(unguarded.get_by_role("button", name="Goedkeuren")).to_be_visible()
    assert_nothing_ran(unguarded)
    unguarded.goto("/admin/blog/post/")
    assert_nothing_ran(unguarded)
    unguarded.get_by_role("link", name="Over slapen").first.click()
    preview = unguarded.frame_locator(".markdown-preview iframe").locator("article")
    expect(preview).to_contain_text("<script>")
    expect(preview.locator("script, [onerror], a[href^=javascript]")).to_have_count(0)
    assert_nothing_ran(unguarded)


def test_page_is_flawless_html(opened: OpenedPage) -> None:
    parse(opened.html, strict=True)


@pytest.mark.long
def test_hostile_words_leave_the_html_flawless(hostile_post: str, visitor: Page) -> None:
    handed = handed_over(visitor)

    visitor.goto(hostile_post)
    parse(handed[-1].body(), strict=True)
    fill_in(visitor, name="", text=own(HOSTILE))
    parse(handed[-1].body(), strict=True)
    fill_in(visitor, name=HOSTILE[:50], text=own(HOSTILE))
    parse(handed[-1].body(), strict=True)
    for address in ("/", "/blog/"):
        visitor.goto(address)
        parse(handed[-1].body(), strict=True)

    assert [response.status for response in handed] == [200, 422, 200, 200, 200]
