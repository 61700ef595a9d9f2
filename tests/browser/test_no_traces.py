"""Reading and commenting leave nothing on a visitor's computer, and tell nobody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Response

from tests.browser.journeys import (
    ADDRESSES,
    AFTER_EDITORS,
    ARTICLE,
    OpenedPage,
    fill_in,
    open_page,
    own,
)
from tests.running_site import RunningSite

# A violation of the policy also reaches the console; said twice is said for certain.
TELL_VIOLATIONS = """document.addEventListener("securitypolicyviolation",
    event => console.error("policy: " + event.violatedDirective))"""


class Watch:
    """Everything that a browser asked, was answered, and complained about."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.requests: list[Request] = []
        self.responses: list[Response] = []
        self.failures: list[str] = []
        self.console: list[str] = []
        context.on("request", lambda request: self.requests.append(request))
        context.on("response", lambda response: self.responses.append(response))
        context.on("requestfailed", self.note_failure)
        context.on("console", lambda message: self.console.append(message.text))
        context.on("weberror", lambda error: self.console.append(str(error.error)))
        context.add_init_script(TELL_VIOLATIONS)

    def note_failure(self, request: Request) -> None:
        """A request that went wrong, unless the visitor went on before its answer had come."""
        if request.failure != "net::ERR_ABORTED":
            self.failures.append(f"{request.url}: {request.failure}")


@pytest.fixture(scope="module")
def walk(browser: Browser, browser_context_args: dict[str, Any], newsroom: None) -> Iterator[Watch]:
    """A visitor with a browser as most have it reads everything, and leaves two comments."""
    context = browser.new_context(**browser_context_args)
    watch = Watch(context)
    page = context.new_page()
    for kind in (*ADDRESSES, *AFTER_EDITORS):
        open_page(page, kind)
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.goto(ARTICLE)
    fill_in(page, name="", text=own("Zonder naam."))
    fill_in(page, name="Wim", text=own("En nu met een naam."))
    page.get_by_role("link", name="Terug naar").click()
    page.get_by_role("link", name="Beantwoord Joke").click()
    fill_in(page, name="Wim", text=own("Dat vond ik ook."))
    page.evaluate("document.fonts.ready")
    yield watch
    context.close()


def test_walk_saw_every_kind_of_answer(walk: Watch) -> None:
    assert {response.status for response in walk.responses} >= {200, 302, 404, 410, 422, 500}
    assert {request.method for request in walk.requests} == {"GET", "POST"}
    assert {request.resource_type for request in walk.requests} >= {
        "document",
        "font",
        "script",
        "stylesheet",
    }


def test_no_answer_sets_a_cookie(walk: Watch) -> None:
    setting = [answer.url for answer in walk.responses if answer.header_value("set-cookie")]

    assert setting == []
    assert walk.context.cookies() == []


def test_nothing_is_stored_in_the_browser(walk: Watch) -> None:
    stored = walk.context.pages[0].evaluate(
        "[Object.keys(localStorage), Object.keys(sessionStorage)]"
    )

    assert stored == [[], []]


def test_no_answer_depends_on_a_cookie(walk: Watch) -> None:
    varying = {answer.url: answer.header_value("vary") or "" for answer in walk.responses}

    assert {url for url, vary in varying.items() if "cookie" in vary.lower()} == set()


def test_every_request_goes_to_the_site_itself(walk: Watch, demo_site: RunningSite) -> None:
    hosts = {urlsplit(request.url).netloc for request in walk.requests}

    assert hosts == {urlsplit(demo_site.url).netloc}


def test_nothing_fails_and_the_browser_has_nothing_to_say(walk: Watch) -> None:
    # It always says so when a page itself is answered with one of these.
    expected = [("Failed to load resource", status) for status in ("404", "410", "422", "500")]
    surprises = [
        text
        for text in walk.console
        if not any(text.startswith(start) and status in text for start, status in expected)
    ]

    assert surprises == []
    assert walk.failures == []
    assert {
        a.url for a in walk.responses if a.status >= 400 and not a.request.is_navigation_request()
    } == set()


def test_only_a_text_to_read_brings_a_script(opened: OpenedPage) -> None:
    scripts = opened.page.locator("script").count()

    assert scripts == (1 if opened.kind in {"article", "plain page"} else 0)


def test_visitor_with_an_old_cookie_gets_the_same_page(
    new_context: Callable[..., BrowserContext], demo_site: RunningSite
) -> None:
    plain, marked = new_context(), new_context()
    marked.add_cookies(
        [
            {"name": name, "value": "x", "url": demo_site.url}
            for name in ("sessionid", "csrftoken", "messages")
        ]
    )

    pages = [context.request.get(ARTICLE) for context in (plain, marked)]

    assert pages[0].body() == pages[1].body()
    assert [name for name in pages[1].headers if name == "set-cookie"] == []


def test_editor_who_reads_gets_the_page_of_a_visitor(desk: Page, visitor: Page) -> None:
    assert desk.request.get(ARTICLE).body() == visitor.request.get(ARTICLE).body()
