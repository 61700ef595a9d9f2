"""An address that leads nowhere, and what its visitor may have meant."""

from __future__ import annotations

import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from blog import publishing
from blog.near_matches import CANDIDATES, near_matches
from tests.factories import create_draft, create_editor, create_page, create_post, in_days
from tests.pages import all_with_class, parse, visible_text, with_class

pytestmark = pytest.mark.django_db

MAGNESIUM = "magnesium-voor-het-slapengaan"


def slugs(path: str) -> list[str]:
    """The slugs of what looks like this address."""
    return [post.slug for post in near_matches(path)]


@pytest.mark.parametrize(
    "path",
    [
        "/magnesium-voor-het-slapengaan/",
        "/blog/magnesium-voor-het-slapengaan",
        "/2023/01/magnesium-voor-het-slapengaan.html",
        "/blog/magnesium-voor-het-slapengaan/amp/",
        "/blog/magnesum-voor-het-slapengaan/",
        "/blog/magnesium-voor-slapengaan/",
        "/blog/amgnesium/",
        "/blog/magnesium/",
        "/magnesum/",
        "/Magnesium_voor_het_slapengaan/",
        "/BLOG/MAGNÉSIUM/",
    ],
)
def test_slip_in_an_address_leads_to_what_was_meant(path: str) -> None:
    create_post(slug=MAGNESIUM)
    create_post(slug="een-halfuur-wandelen")
    create_page(slug="over-ons")

    assert slugs(path) == [MAGNESIUM]


def test_ending_of_a_file_does_not_count() -> None:
    create_page(slug="thee")

    assert slugs("/thee.html") == ["thee"]


@pytest.mark.parametrize("path", ["/blog/avond-op-zee/", "/blog/begin-van-het-einde/"])
def test_letters_here_and_there_make_no_match(path: str) -> None:
    create_post(slug="een-rustige-ochtend-begint-s-avonds-met-vijf-dingen")

    assert slugs(path) == []


def test_plain_page_is_a_match_too() -> None:
    create_page(slug="toegankelijkheid")

    assert slugs("/toegangkelijkheid/") == ["toegankelijkheid"]


def test_nearest_comes_first_and_three_is_all() -> None:
    editor = create_editor()
    for name in ("slaap-en-licht", "slaap-en-eten", "slaap-en-koffie", "slaap-en-thee"):
        create_post(slug=name, by=editor)

    assert slugs("/blog/slaap-en-ete/")[0] == "slaap-en-eten"
    assert len(slugs("/blog/slaap-en-ete/")) == 3


def test_nearest_is_found_among_many_that_share_a_word() -> None:
    editor = create_editor()
    create_post(slug="slaap-en-melatonine", by=editor, published_at=in_days(-100))
    for number in range(CANDIDATES + 5):
        create_post(slug=f"slaap-{number}", by=editor)

    assert slugs("/blog/slaap-en-melatonin/")[0] == "slaap-en-melatonine"


@pytest.mark.parametrize(
    "path", ["/", "/v/", "/an/", "/wp-login.php", "/.env", "/hier-is-niets-te-vinden/"]
)
def test_what_looks_like_nothing_has_no_match(path: str) -> None:
    create_post(slug=MAGNESIUM)
    create_post(slug="een-halfuur-wandelen")

    assert slugs(path) == []


def test_what_readers_may_not_see_is_no_match() -> None:
    editor = create_editor()
    create_draft(slug="magnesium-een")
    create_post(slug="magnesium-twee", published_at=in_days(1))
    create_post(slug="magnesium-drie", published_at=in_days(-2), expires_at=in_days(-1))
    publishing.throw_away(create_post(slug="magnesium-vier"), by=editor)
    publishing.unpublish(create_post(slug="magnesium-vijf"), by=editor)

    assert slugs("/blog/magnesium/") == []


def test_matches_take_one_query_and_read_no_text() -> None:
    for _number in range(5):
        create_post(slug=f"slaap-{_number}")

    with CaptureQueriesContext(connection) as queries:
        found = [(post.title, post.get_absolute_url()) for post in near_matches("/blog/slaap/")]

    assert len(found) == 3
    assert len(queries) == 1
    assert "body" not in queries[0]["sql"]
    assert "stored_rendering" not in queries[0]["sql"]


HOSTILE = [
    "/" + "a" * 100_000,
    "/" * 100_000,
    "/" + "a-" * 50_000,
    "/" + "slaap-" * 20_000,
    "/" + "%" * 5_000,
    "/" + "_" * 5_000,
    "/\x00\x01\x7f",
    "/\ud800\udfff",
    "/'\"\\;--",
    "/" + "é" * 5_000,
    "/" + "😀" * 5_000,
]


def test_hostile_address_holds_nobody_up() -> None:
    editor = create_editor()
    for number in range(CANDIDATES + 5):
        create_post(slug=f"{'a' * 40}-{'slaap-' * 6}{number}", by=editor)

    for path in HOSTILE:
        started = time.process_time()
        near_matches(path)
        assert time.process_time() - started < 0.25, ascii(path[:12])


def test_missing_page_offers_matches_search_and_the_newest_posts(client: Client) -> None:
    create_post(title="Magnesium", slug=MAGNESIUM, published_at=in_days(-9))
    for number in range(4):
        create_post(title=f"Nieuw {number}", published_at=in_days(-1 - number))

    response = client.get("/blog/magnesum/")

    assert response.status_code == 404
    page = parse(response.content, strict=True)
    near = with_class(page, "near-matches")
    assert [(link.get("href"), visible_text(link)) for link in near.iter("a")] == [
        (f"/blog/{MAGNESIUM}/", "Magnesium")
    ]
    assert [form.get("action") for form in page.iter("form")] == ["/zoeken/"]
    newest = with_class(page, "newest")
    cards = [visible_text(title) for title in all_with_class(newest, "card-title")]
    assert cards == ["Nieuw 0", "Nieuw 1", "Nieuw 2"]


def test_missing_page_of_an_empty_site_has_search_alone(client: Client) -> None:
    page = parse(client.get("/blog/magnesium/").content, strict=True)

    assert all_with_class(page, "near-matches") == []
    assert all_with_class(page, "newest") == []
    assert [form.get("action") for form in page.iter("form")] == ["/zoeken/"]


def test_missing_page_may_not_be_kept_without_asking(client: Client) -> None:
    kept = client.get("/bestaat-niet/")["Cache-Control"].split(", ")

    assert set(kept) == {"public", "max-age=0", "must-revalidate"}
