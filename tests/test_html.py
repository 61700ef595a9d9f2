"""Every kind of page is valid HTML, by the rules in tests/html-validate.mjs."""

from __future__ import annotations

import shutil
import subprocess
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import NoReturn
from unittest.mock import patch

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from blog import publishing
from blog.preview_links import make_link
from comments.intake.limits import LIMITS, Action, Limit
from comments.mail import links
from comments.mail.correspondence import request_replies
from comments.models import Comment, EmailAddress, Link, Report
from comments.reports import report
from comments.submission import withdraw
from tests.factories import (
    create_comment,
    create_draft,
    create_editor,
    create_post,
    create_post_with_errors,
    create_theme,
    create_user,
)
from tests.missing import skip_or_fail
from tests.pages import Answer

pytestmark = [pytest.mark.django_db, pytest.mark.long]

ROOT = Path(settings.BASE_DIR)
TEMPLATES = ROOT / "templates"
CONVENTIONS = sorted((ROOT / "fixtures" / "markdown").glob("[!R]*.md"))
HTML_VALIDATE = ROOT / ".node" / "node_modules" / ".bin" / "html-validate"
MISSING = (
    "html-validate is missing, so no page was checked: install Node.js with npm and run "
    "“make node-tools”."
)

EXAMPLE = ("magnesium", "demo")
ARTICLE = "/blog/magnesium-voor-het-slapengaan/"
COMMENT_FORM = f"{ARTICLE}reageren/"

EMPTY_SITE = {
    "home without posts": "/",
    "post list without posts": "/blog/",
    "archive without posts": "/archief/",
    "search without posts": "/zoeken/?q=slaap",
}
# On the example site, with a post for each convention of Markdown.
ADDRESSES = {
    "home": "/",
    "post list": "/blog/",
    "post list, page 2": "/blog/?pagina=2",
    "article": ARTICLE,
    **{f"article, {path.stem}": f"/blog/{path.stem}/" for path in CONVENTIONS},
    "theme": "/thema/slaap/",
    "theme without posts": "/thema/leeg/",
    "tag": "/tag/rust/",
    "author": "/auteurs/mirjam/",
    "archive": "/archief/",
    "archive, year": "/archief/2023/",
    "archive, month": "/archief/2023/01/",
    "search": "/zoeken/",
    "search with hits": "/zoeken/?q=slaap",
    "search without hits": "/zoeken/?q=%3Cb%3E%22qwx",
    "plain page": "/privacy/",
}


@pytest.fixture
def answers() -> dict[str, Answer]:
    """Every kind of page that a visitor can meet."""
    visitor = Client(enforce_csrf_checks=True, raise_request_exception=False)
    found = {kind: visitor.get(address) for kind, address in EMPTY_SITE.items()}
    fill_the_site()
    found |= {kind: visitor.get(address) for kind, address in ADDRESSES.items()}
    assert {kind for kind, answer in found.items() if answer.status_code != 200} == set()
    found |= dict(talk(visitor))
    named = dict(errors(visitor))
    told = {kind: answer.status_code for kind, answer in named.items() if kind.isdigit()}
    assert told == {kind: int(kind) for kind in told}
    return found | named


def fill_the_site() -> None:
    """The example content, and what else the addresses ask for."""
    call_command("loaddata", *EXAMPLE, verbosity=0)
    for path in CONVENTIONS:
        body = path.read_text(encoding="utf-8")
        create_post_with_errors(title=path.stem, slug=path.stem, body=body)
    create_theme(name="Leeg", slug="leeg")
    withdrawn = create_post(slug="ingetrokken")
    publishing.unpublish(withdrawn, by=create_editor(), reason="Deze tekst klopte niet meer.")


def talk(visitor: Client) -> Iterator[tuple[str, Answer]]:
    """The pages on the way of a comment."""
    answered = Comment.objects.approved().filter(post__slug="magnesium-voor-het-slapengaan")[0]
    yield "reply form", visitor.get(COMMENT_FORM, {"op": str(answered.uid)})
    yield "form with errors", visitor.post(COMMENT_FORM, {"naam": "", "tekst": ""})
    typed = {"naam": "Joke", "tekst": "- een\n- twee\n\n> *Bel* 06-12345678."}
    yield "preview", visitor.post(COMMENT_FORM, typed | {"voorbeeld": "1"})
    yield "nudge", visitor.post(COMMENT_FORM, typed)
    yield "post that is not there", visitor.post("/blog/weg/reageren/", typed)
    for status in ("pending", "approved", "rejected"):
        comment = create_comment(post=answered.post, status=status)
        yield f"receipt, {status}", visitor.get(comment.receipt_url)
    yield "report", visitor.get(reverse("comments:report", args=[answered.uid]))
    yield "report that says nothing", visitor.post(reverse("comments:report", args=[answered.uid]))
    yield "report of nothing", visitor.get(reverse("comments:report", args=[uuid.uuid4()]))
    made = report(answered, ground=Report.Ground.OTHER, explanation="Dit hoort hier niet.")
    yield "receipt of a report", visitor.get(reverse("comments:report_receipt", args=[made.key]))
    yield from private_pages(visitor, create_comment(post=answered.post, status="pending"))


def private_pages(visitor: Client, comment: Comment) -> Iterator[tuple[str, Answer]]:
    """What a writer can do on the receipt and by the links in our mails."""
    request_replies(comment, "joke@example.org")
    address = EmailAddress.objects.get()
    for name in ("edit", "withdraw", "erase", "mail_on_replies"):
        yield name, visitor.get(reverse(f"comments:{name}", args=[comment.key]))
    yield (
        "edit of another site",
        visitor.post(
            reverse("comments:edit", args=[comment.key]), headers={"Sec-Fetch-Site": "cross-site"}
        ),
    )
    yield (
        "withdrawal of another site",
        visitor.post(
            reverse("comments:withdraw", args=[comment.key]),
            headers={"Sec-Fetch-Site": "cross-site"},
        ),
    )
    (confirm,) = links.live(Link.Purpose.CONFIRM, address)
    data = links.make_data_link(address)
    yield "confirm", visitor.get(reverse("comments:confirm", args=[confirm.key]))
    yield "stop", visitor.get(reverse("comments:stop", args=[links.stop_link(address).key]))
    for name in ("data", "data_erase"):
        yield name, visitor.get(reverse(f"comments:{name}", args=[data.key]))
    for name in ("data_request", "data_sent", "erased"):
        yield name, visitor.get(reverse(f"comments:{name}"))
    yield "dead link", visitor.get("/reacties/bestaat-niet/")
    withdraw(comment)
    yield "put back", visitor.get(reverse("comments:put_back", args=[comment.key]))
    yield (
        "edit that is refused",
        visitor.post(
            reverse("comments:edit", args=[comment.key]), {"naam": "Joke", "tekst": "Te laat."}
        ),
    )
    with patch.dict(LIMITS, {Action.EDIT: (Limit(0, timedelta(hours=1)),)}):
        yield "too often", visitor.post(reverse("comments:put_back", args=[comment.key]))


def errors(visitor: Client) -> Iterator[tuple[str, Answer]]:
    """The pages for what goes wrong, each named by its status."""
    yield "404", visitor.get("/hier-is-niets/")
    yield "404, near matches", visitor.get(ARTICLE.replace("magnesium", "magnezium"))
    yield "410", visitor.get("/blog/ingetrokken/")
    yield "400", visitor.get("/", headers={"host": "evil.example"})
    yield "403, form", visitor.post("/admin/login/")
    link = make_link(create_draft(), by=create_editor(), days=1)
    yield "preview link", visitor.get(link.get_absolute_url())
    yield "preview link of nothing", visitor.get("/voorbeeld/bestaat-niet/")
    yield "413", visitor.post(COMMENT_FORM, {"tekst": "x" * 2_600_000})
    with connection.execute_wrapper(refuse):
        yield "500", visitor.get("/")
    visitor.force_login(create_user(may=[]))
    yield "403", visitor.get("/admin/blog/post/")


def refuse(*call: object) -> NoReturn:
    """A query while the database is away."""
    raise OperationalError


@pytest.fixture
def html_validate() -> Path:
    """The program that knows the rules; without it the test is skipped, and in CI it fails."""
    if not (HTML_VALIDATE.exists() and shutil.which("node")):
        skip_or_fail(MISSING)
    return HTML_VALIDATE


def test_every_page_is_valid_html(
    html_validate: Path, answers: dict[str, Answer], tmp_path: Path
) -> None:
    for kind, answer in answers.items():
        (tmp_path / f"{kind}.html").write_bytes(answer.content)

    result = subprocess.run(
        [
            html_validate,
            "--config=tests/html-validate.mjs",
            "--formatter=text",
            "--max-warnings=0",
            tmp_path,
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 0, result.stdout + result.stderr


def test_every_template_of_a_page_is_among_them(answers: dict[str, Answer]) -> None:
    used = {template.name for answer in answers.values() for template in answer.templates}

    pages = {
        path.relative_to(TEMPLATES).as_posix()
        for path in TEMPLATES.rglob("*.html")
        if not {"admin", "includes"} & set(path.parts)
    }
    assert pages - used == set()
