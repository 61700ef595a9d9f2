"""What holds for every public page: who may keep it, what it never sets, what it never shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from blog import publishing
from blog.models import Page, Post
from tests.factories import (
    create_author,
    create_comment,
    create_draft,
    create_editor,
    create_page,
    create_post,
    create_tag,
    create_theme,
    in_days,
    newest,
)

pytestmark = pytest.mark.django_db

ADDRESSES = [
    "/",
    "/blog/",
    "/blog/magnesium-voor-het-slapengaan/",
    "/thema/slaap/",
    "/auteurs/mirjam/",
    "/over-ons/",
]


@pytest.fixture
def site() -> None:
    """The example site."""
    call_command("loaddata", "magnesium", "rustpunt", verbosity=0)


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_is_the_same_for_everybody(site: None, client: Client, address: str) -> None:
    plain = client.get(address)
    client.force_login(create_editor())
    client.cookies["csrftoken"] = "a" * 32

    response = client.get(address)

    assert response.status_code == 200
    assert response.content == plain.content
    assert "Set-Cookie" not in response.headers
    assert not response.cookies
    assert "cookie" not in response.get("Vary", "").lower()


@pytest.mark.parametrize("name", ["csrftoken", "sessionid", "messages", "django_language"])
@pytest.mark.parametrize(
    "address",
    [
        *ADDRESSES,
        "/blog/magnesium-voor-het-slapengaan/reageren/",
        "/bestaat-niet/",
        "/admin",
    ],
)
def test_cookie_of_another_site_on_this_host_changes_no_answer(
    site: None, client: Client, address: str, name: str
) -> None:
    plain = client.get(address)
    client.cookies[name] = "van een andere site"

    response = client.get(address)

    assert (response.status_code, response.content) == (plain.status_code, plain.content)
    assert not response.cookies
    assert "cookie" not in response.get("Vary", "").lower()


@pytest.mark.parametrize("name", ["csrftoken", "sessionid", "messages"])
def test_cookie_of_another_site_on_this_host_keeps_no_comment_away(site: None, name: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies[name] = "van een andere site"
    address = "/blog/magnesium-voor-het-slapengaan/reageren/"

    response = client.post(address, {"naam": "Joke", "tekst": "Fijn artikel."})

    assert response.status_code == 302
    assert not response.cookies
    assert "cookie" not in response.get("Vary", "").lower()


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_may_be_kept_by_anyone_who_asks_again(
    site: None, client: Client, address: str
) -> None:
    response = client.get(address)

    kept = {part.strip() for part in response["Cache-Control"].split(",")}
    assert kept == {"public", "max-age=0", "must-revalidate"}


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_that_did_not_change_is_not_sent_again(
    site: None, client: Client, address: str
) -> None:
    etag = client.get(address)["ETag"]

    response = client.get(address, headers={"if-none-match": etag})

    assert (response.status_code, response.content) == (304, b"")
    assert response["ETag"] == etag
    assert "public" in response["Cache-Control"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_compressed_page_that_did_not_change_is_not_sent_again(
    site: None, client: Client, address: str
) -> None:
    first = client.get(address, headers={"accept-encoding": "gzip"})

    response = client.get(
        address, headers={"accept-encoding": "gzip", "if-none-match": first["ETag"]}
    )

    assert first["Content-Encoding"] == "gzip"
    assert response.status_code == 304


def test_page_that_changed_is_sent_again(site: None, client: Client) -> None:
    post = Post.objects.get()
    address = post.get_absolute_url()
    etag = client.get(address)["ETag"]

    create_comment(post=post, text="Iets nieuws.")

    response = client.get(address, headers={"if-none-match": etag})
    assert response.status_code == 200
    assert "Iets nieuws." in response.content.decode()


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_page_takes_nothing(site: None, address: str, method: str) -> None:
    client = Client(enforce_csrf_checks=True)

    response = getattr(client, method)(address, {"title": "X"}, content_type="text/plain")

    assert response.status_code == 405
    assert not response.cookies


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_answers_without_a_body(site: None, client: Client, address: str) -> None:
    response = client.head(address)

    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize("address", [*ADDRESSES, "/bestaat-niet/"])
def test_policy_forbids_other_hosts_frames_and_inline_code(
    site: None, client: Client, address: str
) -> None:
    response = client.get(address)

    policy = {
        name: values
        for name, *values in (
            part.split() for part in response["Content-Security-Policy"].split(";")
        )
    }
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == ["'self'"]
    assert policy["frame-ancestors"] == ["'none'"]
    assert [value for value in policy["style-src"] if not value.startswith("'sha256-")] == [
        "'self'"
    ]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert "data:" not in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"


# --- What readers may not see ---------------------------------------------------------------------

HIDDEN: dict[str, Callable[..., Post]] = {
    "draft": create_draft,
    "scheduled": lambda **content: create_post(published_at=in_days(1), **content),
    "expired": lambda **content: create_post(
        published_at=in_days(-2), expires_at=in_days(-1), **content
    ),
    "thrown away": lambda **content: throw_away(create_post(**content)),
    "taken offline": lambda **content: publishing.unpublish(
        create_post(**content), by=create_editor()
    ),
}


def throw_away(post: Post) -> Post:
    """Move a post to the wastebasket."""
    publishing.throw_away(post, by=create_editor())
    return post


@pytest.mark.parametrize("state", HIDDEN)
def test_hidden_post_appears_on_no_page(client: Client, state: str) -> None:
    theme, author = create_theme(), create_author()
    shown = create_post(title="Zichtbaar", theme=theme, authors=[author])
    hidden = HIDDEN[state](title="Verborgen", summary="Geheim", theme=theme, authors=[author])

    pages = {
        address: client.get(address).content.decode()
        for address in (
            "/",
            "/blog/",
            theme.get_absolute_url(),
            author.get_absolute_url(),
            shown.get_absolute_url(),
        )
    }

    assert [address for address, page in pages.items() if "Zichtbaar" not in page] == []
    assert [address for address, page in pages.items() if "Verborgen" in page] == []
    assert [address for address, page in pages.items() if "Geheim" in page] == []
    assert client.get(f"/blog/{hidden.slug}/").status_code == 404
    assert client.get(f"/blog/{hidden.slug}/reageren/").status_code == 404


@pytest.mark.parametrize("state", HIDDEN)
def test_hidden_page_appears_in_no_footer(client: Client, state: str) -> None:
    hidden = HIDDEN[state](kind=Page, title="Verborgen", slug="verborgen")

    assert "Verborgen" not in client.get("/").content.decode()
    assert client.get(f"/{hidden.slug}/").status_code == 404


def test_draft_over_a_live_post_appears_on_no_page(client: Client) -> None:
    theme = create_theme()
    post = create_post(title="Zichtbaar", theme=theme)
    editor = create_editor()
    content = replace(newest(post).content, title="Verborgen", summary="Geheim")

    publishing.save_draft(post, content, by=editor, base=newest(post))

    for address in ("/", "/blog/", theme.get_absolute_url(), post.get_absolute_url()):
        page = client.get(address).content.decode()
        assert "Verborgen" not in page
        assert "Geheim" not in page


# --- Cost -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("which", ["home", "list", "theme", "author"])
def test_thirty_posts_cost_as_many_queries_as_one(client: Client, which: str) -> None:
    theme, authors, tag = create_theme(), [create_author(), create_author()], create_tag()
    editor = create_editor()
    address = {
        "home": "/",
        "list": "/blog/",
        "theme": theme.get_absolute_url(),
        "author": authors[0].get_absolute_url(),
    }[which]
    create_post(theme=theme, authors=authors, tags=[tag], by=editor)
    create_page()

    with CaptureQueriesContext(connection) as with_one:
        client.get(address)
    for _post in range(29):
        create_post(theme=theme, authors=authors, tags=[tag], by=editor)
    with CaptureQueriesContext(connection) as with_thirty:
        client.get(address)

    assert len(with_thirty) == len(with_one) <= 8


def test_footer_reads_no_text_of_the_plain_pages(client: Client) -> None:
    create_page(title="Over ons")

    with CaptureQueriesContext(connection) as queries:
        response = client.get("/")

    assert "Over ons" in response.content.decode()
    (of_pages,) = [query["sql"] for query in queries if "'page'" in query["sql"]]
    assert "body" not in of_pages
    assert "stored_rendering" not in of_pages
