"""Makes the pictures of the editors' guide, from the example site: `make screenshots`."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.browser.journeys import log_in
from tests.running_site import running_site

FOLDER = Path(__file__).parent / "images" / "redactie"
SIZE = (1280, 1000)
COLOURS = 64  # of a page of the admin, nobody sees the difference
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")

# The picture -> the page that it shows.
PAGES = {
    "start": "/admin/",
    "lijst": "/admin/blog/post/",
    "schrijven": "/admin/blog/post/{changed}/change/",
    "controles": "/admin/blog/post/{changed}/controles/",
    "publiceren": "/admin/blog/post/{changed}/publiceren/?moment_day=2099-04-03&moment_time=09:00",
    "vergelijken": "/admin/blog/post/{changed}/vergelijken/?van=live",
}

# What the editors of the example have been at.
WORK = """
import json
from dataclasses import replace
from datetime import timedelta
from django.contrib.auth.models import User
from django.utils import timezone
from blog import publishing
from blog.content import PostContent
from blog.models import Post

editor = User.objects.get(username="redactie")
posts = list(Post.objects.order_by("pk"))
def change(post, **fields):
    newest = post.newest_revision
    return publishing.save_draft(
        post, replace(newest.content, **fields), by=editor, base=newest, note="Nagelezen"
    )
def draft(title):
    return publishing.save_draft(Post(), PostContent(title=title), by=editor, base=None)
draft("Een middagdutje")
planned = change(posts[1], summary="Een nieuwe samenvatting.")
publishing.schedule(planned, by=editor, at=timezone.now() + timedelta(days=7))
body = posts[0].newest_revision.content.body
change(posts[0], body=body.replace("Veel", "Heel veel") + "Lees ook onze 3 andere artikelen.")
print(json.dumps({"changed": posts[0].pk}))
"""


def make_all() -> None:
    """One page of Chromium shows them all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        running_site(Path(folder) / "data", "--demo") as site,
        sync_playwright() as playwright,
    ):
        numbers = json.loads(site.shell(WORK))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(
            base_url=site.url, locale="nl-NL", viewport={"width": SIZE[0], "height": SIZE[1]}
        )
        log_in(page, site.admin_password)
        for name, address in PAGES.items():
            page.goto(address.format(**numbers), wait_until="networkidle")
            keep(page, FOLDER / f"{name}.png")
        browser.close()


def keep(page: Page, file: Path) -> None:
    """Keep what the screen shows, in few colours."""
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(COLOURS).save(file, optimize=True)


if __name__ == "__main__":
    make_all()
