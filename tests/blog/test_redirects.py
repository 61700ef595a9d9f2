"""Redirects that editors make: where they lead, what is refused, and that they hide no page."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from blog import publishing
from blog.hits import hits
from blog.models import MissingAddress, Redirect
from blog.redirects import (
    RefusedError,
    WholeSite,
    keep,
    plain_path,
    plain_target,
    what_the_site_has,
)
from tests.factories import (
    create_draft,
    create_editor,
    create_page,
    create_post,
    in_days,
    save_and_publish,
)

pytestmark = pytest.mark.django_db


def redirect(path: str, target: str) -> Redirect:
    """A redirect as an editor makes it."""
    made = Redirect(path=plain_path(path), target=plain_target(target))
    keep(made)
    return made


def where(client: Client, address: str) -> tuple[int, str]:
    """What an address answers, and where it leads."""
    response = client.get(address)
    return response.status_code, response.get("Location", "")


def targets() -> dict[str, str]:
    """Every redirect as it is kept."""
    return dict(Redirect.objects.values_list("path", "target"))


# --- What readers meet ----------------------------------------------------------------------------


def test_redirect_leads_from_any_address_at_which_nothing_is(
    client: Client, subtests: pytest.Subtests
) -> None:
    addresses = {
        "/oud/pad.html": ["/oud/pad.html", "/oud/pad.html?van=mail", "/Oud/Pad.HTML"],
        "/wp/": ["/wp/", "/wp", "/wp?p=1"],
        "/blog/nooit-geweest/": ["/blog/nooit-geweest/", "/blog/nooit-geweest"],
        "/caf%C3%A9/": ["/caf%C3%A9/", "/café"],
        "/caf%E9.asp": ["/caf%E9.asp"],
        "/met een spatie": ["/met%20een%20spatie"],
    }

    for path, asked in addresses.items():
        redirect(path, "https://example.org/nieuw?a=b#c")
        for address in asked:
            with subtests.test(address=address):
                response = client.get(address)
                assert response.status_code == 301
                assert response["Location"] == "https://example.org/nieuw?a=b#c"
                kept = set(response["Cache-Control"].split(", "))
                assert kept == {"public", "max-age=0", "must-revalidate"}
    assert client.head("/oud/pad.html").status_code == 301
    assert client.post("/oud/pad.html").status_code == 404


def test_redirect_answers_in_place_of_the_news_that_a_post_is_gone(client: Client) -> None:
    post = create_post(slug="weg")
    publishing.unpublish(post, by=create_editor())

    redirect("/blog/weg/", "/blog/")

    assert where(client, "/blog/weg/") == (301, "/blog/")


def test_page_that_comes_later_hides_the_redirect(client: Client) -> None:
    redirect("/blog/straks/", "/blog/")
    redirect("/wie-we-zijn/", "/blog/")

    create_post(slug="straks")
    save_and_publish(create_page(slug="wie-we-zijn"), slug="over-ons")

    assert where(client, "/blog/straks/") == (200, "")
    assert where(client, "/wie-we-zijn/") == (301, "/over-ons/")


def test_redirect_to_a_post_that_was_renamed_leads_there_in_one_step(client: Client) -> None:
    post = create_post(slug="toen")
    redirect("/oud.html", "/blog/toen/")

    save_and_publish(post, slug="nu")

    assert where(client, "/oud.html") == (301, "/blog/nu/")


@pytest.mark.parametrize("folder", ["admin", "reacties", "voorbeeld"])
def test_nothing_leads_away_from_private_addresses(client: Client, folder: str) -> None:
    Redirect.objects.create(path=f"/{folder}/weg", target="/blog/")

    assert "/blog/" not in where(client, f"/{folder}/weg/")


def test_redirect_costs_a_page_that_is_there_no_query(client: Client) -> None:
    create_page(slug="over-ons")
    redirect("/oud/", "/over-ons/")

    with CaptureQueriesContext(connection) as queries:
        client.get("/over-ons/")

    assert not [query for query in queries if "blog_redirect" in query["sql"]]


# --- Making them ----------------------------------------------------------------------------------


def test_address_is_kept_in_one_form(subtests: pytest.Subtests) -> None:
    forms = {
        " /Oud/Pad/ ": "/oud/pad",
        f"{settings.SITE_URL}/oud/pad": "/oud/pad",
        f"https://www.{settings.SITE_HOST}/oud/": "/oud",
        "/caf%C3%A9": "/café",
        "/%2e%2e/x%2Fy": "/../x/y",
    }

    for typed, path in forms.items():
        with subtests.test(typed=typed):
            assert plain_path(typed) == path


HOSTILE = [
    "",
    "oud",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "=HYPERLINK(1)",
    "/a\r\nSet-Cookie: x",
    "/a\x00b",
    "/a\u202eb",
    "/" + "a" * 10_000,
    f"{settings.SITE_URL}//evil.example",
    f"{settings.SITE_URL}\\evil.example",
    "https://",
    "https://[",
    "ftp://example.org/",
]


def test_hostile_addresses_are_refused(subtests: pytest.Subtests) -> None:
    for typed in HOSTILE:
        with subtests.test(typed=typed[:30]):
            with pytest.raises(RefusedError) as refusal:
                plain_path(typed)
            assert refusal.value.field == "path"
            with pytest.raises(RefusedError) as refusal:
                plain_target(typed)
            assert refusal.value.field == "target"


def test_address_that_cannot_lead_away_is_refused(subtests: pytest.Subtests) -> None:
    for typed in [
        "/oud/?p=1",
        "/oud/#kop",
        "https://example.org/oud/",
        "/admin/",
        "/Reacties/sleutel/",
        "/voorbeeld/x/",
        "/a%0d%0ab",
        "/%5cevil",
    ]:
        with subtests.test(typed=typed), pytest.raises(RefusedError):
            plain_path(typed)


def test_own_address_is_kept_without_the_name_of_the_site() -> None:
    assert plain_target(f"{settings.SITE_URL}/blog/nu/?a=b#kop") == "/blog/nu/?a=b#kop"
    assert plain_target("https://example.org") == "https://example.org"


def test_address_of_a_page_is_refused_and_says_why(subtests: pytest.Subtests) -> None:
    create_post(slug="levend")
    save_and_publish(create_post(slug="toen"), slug="nu")
    create_page(slug="over-ons")

    for path in [
        "/",
        "/blog/",
        "/blog/levend/",
        "/over-ons/",
        "/zoeken/",
        "/blog/levend/reageren/",
    ]:
        with subtests.test(path=path), pytest.raises(RefusedError) as refusal:
            redirect(path, "https://example.org/")
        assert refusal.value.field == "path"
    with pytest.raises(RefusedError, match="/blog/nu/"):
        redirect("/blog/toen/", "https://example.org/")


def test_address_of_a_draft_may_lead_away_until_it_is_published(client: Client) -> None:
    create_draft(slug="concept")
    create_post(slug="straks", published_at=in_days(1))

    for slug in ("concept", "straks"):
        redirect(f"/blog/{slug}/", "/blog/")
        assert where(client, f"/blog/{slug}/") == (301, "/blog/")


def test_site_as_a_whole_has_at_an_address_what_its_view_answers(
    subtests: pytest.Subtests,
) -> None:
    create_post(slug="levend")
    save_and_publish(create_post(slug="toen"), slug="nu")
    publishing.unpublish(create_post(slug="weg"), by=create_editor())
    create_draft(slug="concept")
    create_page(slug="over-ons")
    site = WholeSite()

    for path in [
        *("/", "/blog", "/zoeken", "/blog/levend", "/blog/toen", "/blog/weg", "/blog/concept"),
        *("/over-ons", "/levend", "/blog/over-ons", "/thema/niets", "/oud.html", "/a/b/c"),
    ]:
        with subtests.test(path=path):
            assert site.has(path) == what_the_site_has(path)


def test_redirects_in_a_row_become_one_step(client: Client) -> None:
    redirect("/b/", "/c/#kop")
    redirect("/a/", "/B")
    redirect("/c", "https://example.org/")

    assert targets() == dict.fromkeys(["/a", "/b", "/c"], "https://example.org/")


def test_circle_is_refused(subtests: pytest.Subtests) -> None:
    redirect("/a/", "/b/")
    redirect("/b/", "/c/")

    for target in ("/a/", "/b", "/c?x=y"):
        with subtests.test(target=target), pytest.raises(RefusedError) as refusal:
            redirect("/c/", target)
        assert refusal.value.field == "target"
    assert targets() == {"/a": "/c/", "/b": "/c/"}


def test_redirect_can_be_changed(client: Client) -> None:
    made = redirect("/a/", "/c/")

    made.path, made.target = "/b", "/d/"
    keep(made)

    assert targets() == {"/b": "/d/"}


def test_address_that_leads_somewhere_is_missing_no_longer() -> None:
    MissingAddress.objects.create(path="/oud")
    MissingAddress.objects.create(path="/anders")

    redirect("/Oud/", "/blog/")

    assert [missing.path for missing in MissingAddress.objects.all()] == ["/anders"]


def test_who_follows_a_redirect_is_counted(client: Client) -> None:
    redirect("/oud/", "/blog/")
    for _reader in range(3):
        client.get("/oud/")
    client.head("/oud/")
    client.get("/blog/")

    hits.write()

    made = Redirect.objects.get()
    assert made.hits == 4
    assert made.asked_at is not None
    assert not MissingAddress.objects.exists()
