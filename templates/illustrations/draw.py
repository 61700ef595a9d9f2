"""Draws every illustration of this folder as a PNG beside its SVG: `make illustrations`."""

from __future__ import annotations

import os
import shutil
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).parent
SIZE = (1200, 1500)
COLOURS = 256  # more would make a smooth sky several times as heavy
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")


def draw_all() -> None:
    """One page of Chromium draws them all."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": SIZE[0], "height": SIZE[1]})
        for drawing in sorted(FOLDER.glob("*.svg")):
            draw(drawing, page)
        browser.close()


def draw(drawing: Path, page: Page) -> None:
    """Draw one SVG as large as the page."""
    page.goto(drawing.as_uri())
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(COLOURS, kmeans=3).save(drawing.with_suffix(".png"), optimize=True)


if __name__ == "__main__":
    draw_all()
