"""A real Chromium, and the site as its owner runs it."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from tests.running_site import RunningSite, own_database, running_site

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
MISSING = (
    "Chromium is missing, so no browser test ran: install it (on Debian and Ubuntu with "
    "“sudo apt install chromium”) or set CHROMIUM to its path."
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark every test of this folder, and skip it where there is no browser."""
    item.add_marker("browser")
    if not CHROMIUM:
        if os.environ.get("CI"):
            pytest.exit(MISSING, returncode=1)
        item.add_marker(pytest.mark.skip(reason=MISSING))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: what they need of this process no other test should have."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="session", autouse=True)
def allow_database_beside_playwright() -> None:
    """Playwright keeps an event loop running until the end, in which Django refuses queries."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say once why browser tests were skipped."""
    if not CHROMIUM and terminalreporter.stats.get("skipped"):
        terminalreporter.write_line(MISSING, yellow=True)


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
