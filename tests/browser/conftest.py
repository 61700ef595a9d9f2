"""A real Chromium, and the site as its owner runs it."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.journeys import (
    AFTER_EDITORS,
    PUBLIC_PAGES,
    REASON,
    OpenedPage,
    handed_over,
    log_in,
    open_page,
    publish_post,
    withdraw_post,
)
from tests.missing import skip_or_fail
from tests.running_site import RunningSite, own_database, running_site

# The first is Chromium without the window around it, and a third quicker.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
MISSING = (
    "Chromium is missing, so no browser test ran: install it (on Debian with “sudo apt install "
    "chromium-headless-shell” or “chromium”) or set CHROMIUM to its path."
)
# The pages of Chromium's own address bar, which cost as much as ours; and what Playwright switches
# off, because this list takes the place of its own.
FEATURES = [
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxPopup",
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
]
FLAGS = [
    "--no-sandbox",
    f"--disable-features={','.join(FEATURES)}",
    "--disable-gpu",
    "--font-render-hinting=none",  # letters as wide as in a window
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark every test of this folder."""
    item.add_marker("browser")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last in one process; in several, others may still follow them."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="session", autouse=True)
def chromium() -> None:
    """Where there is no browser, its tests are skipped; in CI they fail."""
    if not CHROMIUM:
        skip_or_fail(MISSING)


@pytest.fixture(scope="session", autouse=True)
def allow_database_beside_playwright() -> None:
    """Playwright keeps an event loop running until the end, in which Django refuses queries."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's Chromium: nothing is downloaded."""
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": FLAGS}


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    """The example site under the production server, for the whole session."""
    folder = tmp_path_factory.mktemp("demo")
    with (
        own_database() as environment,
        running_site(folder, "--demo", environment=environment) as site,
    ):
        yield site


@pytest.fixture(scope="session")
def browser_context_args(
    browser_context_args: dict[str, Any], demo_site: RunningSite
) -> dict[str, Any]:
    """Addresses without a host are of the example site; smooth scrolling would cost seconds."""
    return {**browser_context_args, "base_url": demo_site.url, "reduced_motion": "reduce"}


@pytest.fixture(scope="session")
def login(browser: Browser, browser_context_args: dict[str, Any], demo_site: RunningSite) -> Any:
    """The cookies of the account `redactie`, so that not every test types its password."""
    context = browser.new_context(**browser_context_args)
    log_in(context.new_page(), demo_site.admin_password)
    cookies = context.storage_state()
    context.close()
    return cookies


@pytest.fixture(
    params=[pytest.param(True, marks=pytest.mark.long), False],
    ids=["with scripts", "without scripts"],
)
def scripts(request: pytest.FixtureRequest) -> bool:
    """Whether a browser runs scripts: a test that asks for this is run both ways."""
    with_scripts: bool = request.param
    return with_scripts


@pytest.fixture
def visitor(new_context: Callable[..., BrowserContext]) -> Page:
    """Somebody who reads without scripts."""
    return new_context(java_script_enabled=False).new_page()


@pytest.fixture
def desk(new_context: Callable[..., BrowserContext], login: Any) -> Page:
    """An editor who is logged in, and works without scripts."""
    return new_context(java_script_enabled=False, storage_state=login).new_page()


@pytest.fixture
def scripted_desk(new_context: Callable[..., BrowserContext], login: Any) -> Page:
    """An editor who is logged in, with scripts."""
    return new_context(storage_state=login).new_page()


@pytest.fixture(scope="session")
def newsroom(browser: Browser, browser_context_args: dict[str, Any], login: Any) -> None:
    """Editors have been at work: three more posts, and one that was taken offline again."""
    context = browser.new_context(
        **browser_context_args, storage_state=login, java_script_enabled=False
    )
    desk = context.new_page()
    for number in ("Eén", "Twee", "Drie"):
        publish_post(desk, title=f"{number} keer wakker")
    publish_post(desk, title="Slapen op zolder")
    withdraw_post(desk, title="Slapen op zolder", reason=REASON)
    context.close()


@pytest.fixture(scope="session", params=PUBLIC_PAGES)
def opened(
    request: pytest.FixtureRequest, browser: Browser, browser_context_args: dict[str, Any]
) -> Iterator[OpenedPage]:
    """Every kind of page in turn, opened once for all tests that only look at it."""
    # As late as can be: until then the pages show the example content and nothing else.
    if request.param in AFTER_EDITORS:
        request.getfixturevalue("newsroom")
    context = browser.new_context(**browser_context_args)
    page = context.new_page()
    documents = handed_over(page)
    open_page(page, request.param)
    yield OpenedPage(kind=request.param, page=page, html=documents[-1].body())
    context.close()
