"""What every page must stand: axe's rules, a small screen, a walk by keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import FloatRect, Locator, Page

Look = Literal["light", "dark", "forced colours"]
LOOKS: tuple[Look, ...] = ("light", "dark", "forced colours")

LONG_WORD = "Hottentottententententoonstellingsmakersopleidingsinstituutsdirecteur" * 2

# The name of what has the focus, as it is read out.
FOCUSED = """() => {
    const at = document.activeElement;
    return (at.labels?.[0] ?? at).innerText.trim();
}"""

# What has the focus: its place among everything that can, whether it is seen, and its outline.
STOP = """() => {
    const at = document.activeElement, style = getComputedStyle(at);
    const box = at.getBoundingClientRect();
    return {
        name: at === document.body ? "" : at.outerHTML.slice(0, 120),
        seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight
            && box.right > 0 && box.left < innerWidth && style.opacity > 0,
        outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    };
}"""
STOPS = "a[href], button, input:not([type=hidden]), textarea, summary, [tabindex='0']"


def show(page: Page, *, look: Look, width: int, height: int = 900) -> None:
    """Set the size of the screen, and the colours that its owner wants."""
    page.emulate_media(
        color_scheme="dark" if look == "dark" else "light",
        forced_colors="active" if look == "forced colours" else "none",
    )
    page.set_viewport_size({"width": width, "height": height})


def violations(page: Page, *, leaving_out: Sequence[str] = ()) -> list[str]:
    """What axe finds wrong with the page as it stands, and where."""
    scope = {"exclude": [[selector] for selector in leaving_out]} if leaving_out else None
    # Django's links and buttons fade from one look to the other: to the end of that.
    page.evaluate("document.getAnimations().forEach((fading) => fading.finish())")
    # A page that was looked at before has the rules already.
    script = "" if page.evaluate("'axe' in window") else AXE_SCRIPT
    found = Axe(script).run(page, context=scope, options=RULES).response["violations"]
    return [
        f"{violation['id']}: {node['html']} {node['failureSummary']}"
        for violation in found
        for node in violation["nodes"]
    ]


def overflow(page: Page) -> int:
    """How many pixels the page is wider than the screen."""
    wider: int = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return wider


RULES = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}


def box_of(element: Locator) -> FloatRect:
    """Where an element stands on the screen."""
    box = element.bounding_box()
    assert box
    return box


def stops(page: Page) -> list[dict[str, Any]]:
    """Press Tab through the whole page; every stop on the way."""
    found: list[dict[str, Any]] = []
    for _ in range(page.locator(STOPS).count() + 5):
        page.keyboard.press("Tab")
        stop: dict[str, Any] = page.evaluate(STOP)
        if not stop["name"]:
            break
        found.append(stop)
    return found


def way_of_the_keyboard(page: Page) -> list[str]:
    """The names of all that takes the focus in the middle of the page, in their order."""
    names: list[str] = []
    page.locator("#inhoud").focus()
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.closest('main') !== null"):
        names.append(page.evaluate(FOCUSED))
        page.keyboard.press("Tab")
    return names


def follows_every_rule(page: Page) -> None:
    """Hold that axe finds nothing and nothing runs sideways, on a phone and on a dark desk."""
    looks: tuple[tuple[Look, int], ...] = (("light", 320), ("dark", 1280))
    for look, width in looks:
        show(page, look=look, width=width)

        assert violations(page) == [], (look, width)
        assert overflow(page) == 0, (look, width)
