"""What holds for every public page: who may keep it, what it never sets, what it never shows."""

from __future__ import annotations

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from blog.models import Post
from tests.factories import (
    create_comment,
    create_editor,
    create_page,
)

pytestmark = pytest.mark.django_db

ARTICLE = "/blog/magnesium-voor-het-slapengaan/"
ADDRESSES = [
    "/",
    "/blog/",
    ARTICLE,
    "/thema/slaap/",
    "/auteurs/mirjam/",
    "/archief/",
    "/archief/2023/",
    "/archief/2023/01/",
    "/over-ons/",
    f"{ARTICLE}reacties/feed/",
]


@pytest.fixture
def site() -> None:
    """The example site."""
    call_command("loaddata", "magnesium", "demo", verbosity=0)


def test_page_is_the_same_for_everybody(
    site: None, client: Client, subtests: pytest.Subtests
) -> None:
    plain = {address: client.get(address).content for address in ADDRESSES}
    client.force_login(create_editor())
    client.cookies["csrftoken"] = "a" * 32

    for address in ADDRESSES:
        with subtests.test(address=address):
            response = client.get(address)

            assert response.status_code == 200
            assert response.content == plain[address]
            assert "Set-Cookie" not in response.headers
            assert not response.cookies
            assert "cookie" not in response.get("Vary", "").lower()


COOKIES = ("csrftoken", "sessionid", "messages", "django_language")


@time_machine.travel("2026-03-03T12:00:00+01:00", tick=False)
def test_cookie_of_another_site_on_this_host_changes_no_answer(
    site: None, client: Client, monkeypatch: pytest.MonkeyPatch, subtests: pytest.Subtests
) -> None:
    # A form that is made for one visitor carries the moment, and a number of its own.
    monkeypatch.setattr("comments.intake.form_proof.secrets.token_urlsafe", lambda size: "n" * 22)
    addresses = [*ADDRESSES, f"{ARTICLE}reageren/", "/bestaat-niet/", "/admin"]

    for address in addresses:
        with subtests.test(address=address):
            client.cookies.clear()
            plain = client.get(address)
            for name in COOKIES:
                client.cookies.clear()
                client.cookies[name] = "van een andere site"

                response = client.get(address)

                assert response.status_code == plain.status_code
                assert response.content == plain.content
                assert not response.cookies
                assert "cookie" not in response.get("Vary", "").lower()


@pytest.mark.parametrize("name", ["csrftoken", "sessionid", "messages"])
def test_cookie_of_another_site_on_this_host_keeps_no_comment_away(site: None, name: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies[name] = "van een andere site"

    response = client.post(f"{ARTICLE}reageren/", {"naam": "Joke", "tekst": "Fijn artikel."})

    assert response.status_code == 302
    assert not response.cookies
    assert "cookie" not in response.get("Vary", "").lower()


def test_page_may_be_kept_by_anyone_who_asks_again(
    site: None, client: Client, subtests: pytest.Subtests
) -> None:
    for address in ADDRESSES:
        with subtests.test(address=address):
            response = client.get(address)

            kept = {part.strip() for part in response["Cache-Control"].split(",")}
            assert kept == {"public", "max-age=0", "must-revalidate"}


def test_page_that_did_not_change_is_not_sent_again(
    site: None, client: Client, subtests: pytest.Subtests
) -> None:
    for address in ADDRESSES:
        with subtests.test(address=address):
            etag = client.get(address)["ETag"]

            response = client.get(address, headers={"if-none-match": etag})

            assert (response.status_code, response.content) == (304, b"")
            assert response["ETag"] == etag
            assert "public" in response["Cache-Control"]


def test_compressed_page_that_did_not_change_is_not_sent_again(
    site: None, client: Client, subtests: pytest.Subtests
) -> None:
    for address in ADDRESSES:
        with subtests.test(address=address):
            first = client.get(address, headers={"accept-encoding": "gzip"})

            response = client.get(
                address, headers={"accept-encoding": "gzip", "if-none-match": first["ETag"]}
            )

            assert first["Content-Encoding"] == "gzip"
            assert response.status_code == 304


def test_page_that_changed_is_sent_again(site: None, client: Client) -> None:
    post = Post.objects.get(slug="magnesium-voor-het-slapengaan")
    address = post.get_absolute_url()
    etag = client.get(address)["ETag"]

    create_comment(post=post, text="Iets nieuws.")

    response = client.get(address, headers={"if-none-match": etag})
    assert response.status_code == 200
    assert "Iets nieuws." in response.content.decode()


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_page_takes_nothing(site: None, method: str, subtests: pytest.Subtests) -> None:
    client = Client(enforce_csrf_checks=True)

    for address in ADDRESSES:
        with subtests.test(address=address):
            response = getattr(client, method)(address, {"title": "X"}, content_type="text/plain")

            assert response.status_code == 405
            assert not response.cookies


def test_head_answers_without_a_body(site: None, client: Client, subtests: pytest.Subtests) -> None:
    for address in ADDRESSES:
        with subtests.test(address=address):
            response = client.head(address)

            assert (response.status_code, response.content) == (200, b"")


def test_policy_forbids_other_hosts_frames_and_inline_code(
    site: None, client: Client, subtests: pytest.Subtests
) -> None:
    for address in [*ADDRESSES, "/bestaat-niet/"]:
        with subtests.test(address=address):
            response = client.get(address)

            header = response["Content-Security-Policy"]
            policy = {name: values for name, *values in map(str.split, header.split(";"))}
            assert policy["default-src"] == ["'none'"]
            assert policy["script-src"] == ["'self'"]
            assert policy["frame-ancestors"] == ["'none'"]
            styles = [value for value in policy["style-src"] if not value.startswith("'sha256-")]
            assert styles == ["'self'"]
            assert "unsafe" not in header
            assert "data:" not in header
            assert response["X-Content-Type-Options"] == "nosniff"


# --- Cost -----------------------------------------------------------------------------------------


def test_footer_reads_no_text_of_the_plain_pages(client: Client) -> None:
    create_page(title="Over ons")

    with CaptureQueriesContext(connection) as queries:
        response = client.get("/")

    assert "Over ons" in response.content.decode()
    (of_pages,) = [query["sql"] for query in queries if "'page'" in query["sql"]]
    assert "body" not in of_pages
    assert "stored_rendering" not in of_pages
