"""All posts, newest first, over steady pages."""

from __future__ import annotations

import pytest
from django.test import Client

from blog.paging import POSTS_A_PAGE
from tests.factories import (
    create_author,
    create_editor,
    create_post,
    create_tag,
    create_theme,
    in_days,
)
from tests.pages import all_with_class, parse, visible_text, with_class

pytestmark = pytest.mark.django_db


@pytest.fixture
def many_posts() -> None:
    """One post more than fits on two pages."""
    editor = create_editor()
    moment = in_days(-1)
    for number in range(2 * POSTS_A_PAGE + 1):
        create_post(title=f"Nummer {number:02}", published_at=moment, by=editor)


def titles(client: Client, address: str) -> list[str]:
    """The titles on one page of the list."""
    return [
        visible_text(row) for row in all_with_class(parse(client.get(address).content), "row-title")
    ]


def test_every_post_stands_on_exactly_one_page(many_posts: None, client: Client) -> None:
    found = [
        title
        for address in ("/blog/", "/blog/?pagina=2", "/blog/?pagina=3")
        for title in titles(client, address)
    ]

    assert found == [f"Nummer {number:02}" for number in reversed(range(41))]


def test_page_one_has_one_address_and_nothing_else_is_a_page(
    many_posts: None, client: Client
) -> None:
    signs = ["1", "01", "+1", " 1", "1 ", "0", "-1", "1.0", "1e0", "²", "١", "0x2", "1_0", "02"]
    words = ["", "x", "next", "\x00"]
    past_the_end = ["4", "999999999999999999999", "9" * 5_000]

    answers = {
        asked: client.get("/blog/", {"pagina": asked}).status_code
        for asked in signs + words + past_the_end
    }

    assert [asked for asked, status in answers.items() if status != 404] == []


def test_pages_lead_to_each_other(many_posts: None, client: Client) -> None:
    def links(address: str) -> dict[str | None, str | None]:
        page = parse(client.get(address).content)
        return {
            a.get("rel"): a.get("href") for a in page.iter("a") if a.get("rel") in {"prev", "next"}
        }

    assert links("/blog/") == {"next": "?pagina=2"}
    assert links("/blog/?pagina=2") == {"prev": ".", "next": "?pagina=3"}
    assert links("/blog/?pagina=3") == {"prev": "?pagina=2"}


def test_canonical_address_names_the_page(many_posts: None, client: Client) -> None:
    def canonical(address: str) -> str | None:
        page = parse(client.get(address).content)
        (link,) = [link for link in page.iter("link") if link.get("rel") == "canonical"]
        return link.get("href")

    assert canonical("/blog/") == "http://127.0.0.1:8000/blog/"
    assert canonical("/blog/?pagina=2") == "http://127.0.0.1:8000/blog/?pagina=2"
    assert canonical("/blog/?utm_source=mail") == "http://127.0.0.1:8000/blog/"


def test_theme_tag_and_author_are_paged_alike(client: Client) -> None:
    theme, tag, author, editor = create_theme(), create_tag(), create_author(), create_editor()
    for _number in range(POSTS_A_PAGE + 1):
        create_post(theme=theme, tags=[tag], authors=[author], by=editor)

    for address in (thing.get_absolute_url() for thing in (theme, tag, author)):
        assert len(titles(client, address)) == POSTS_A_PAGE
        assert len(titles(client, f"{address}?pagina=2")) == 1
        assert client.get(f"{address}?pagina=3").status_code == 404


def test_list_says_what_it_is_and_leads_to_the_archive(client: Client) -> None:
    (main,) = parse(client.get("/blog/").content, strict=True).iter("main")

    assert len(list(main.iter("h1"))) == 1
    assert visible_text(with_class(main, "lead"))
    assert "/archief/" in [link.get("href") for link in main.iter("a")]


def test_list_without_posts_says_so(client: Client) -> None:
    response = client.get("/blog/")

    assert response.status_code == 200
    assert titles(client, "/blog/") == []
    (words,) = with_class(parse(response.content), "list").iter("p")
    assert visible_text(words)
    assert client.get("/blog/?pagina=2").status_code == 404
