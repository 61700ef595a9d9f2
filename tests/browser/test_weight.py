"""The article is light, needs no script, and stands still while it arrives."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.journeys import ARTICLE

MOST_BYTES = 60_000
MOST_REQUESTS = 4
FONT_IS_LATE = 0.4  # seconds

# The layout shift so far, counted after the fonts have come and two frames were painted.
SHIFTED = """async () => {
    await document.fonts.ready;
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    return await new Promise(done => {
        let sum = 0;
        new PerformanceObserver(list => {
            for (const entry of list.getEntries()) sum += entry.value;
        }).observe({ type: "layout-shift", buffered: true });
        setTimeout(() => done(sum), 200);
    });
}"""


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_article_is_light_on_a_first_visit(
    new_context: Callable[..., BrowserContext], scripts: bool
) -> None:
    page = new_context(java_script_enabled=scripts).new_page()
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    requests: list[str] = []
    weights: list[float] = []
    wire.on("Network.requestWillBeSent", lambda event: requests.append(event["request"]["url"]))
    wire.on("Network.loadingFinished", lambda event: weights.append(event["encodedDataLength"]))

    page.goto(ARTICLE, wait_until="networkidle")

    assert len(requests) == len(weights) <= MOST_REQUESTS, requests
    assert 10_000 < sum(weights) <= MOST_BYTES, dict(zip(requests, weights, strict=True))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("button", name="Reactie plaatsen")).to_be_visible()


def test_article_carries_no_script(page: Page) -> None:
    page.goto(ARTICLE)

    expect(page.locator("script")).to_have_count(0)


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("late", [False, True], ids=["font in time", "font late"])
def test_nothing_moves_while_the_article_arrives(page: Page, width: int, late: bool) -> None:
    def hold_up(route: Route) -> None:
        time.sleep(FONT_IS_LATE)
        route.continue_()

    if late:
        page.route("**/*.woff2", hold_up)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(ARTICLE)

    assert page.evaluate(SHIFTED) == 0
    assert page.evaluate("document.fonts.check('1rem Literata')")
