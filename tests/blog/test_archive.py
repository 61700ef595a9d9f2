"""The archive by year and month: only periods with public posts, in the site's own time zone."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree.ElementTree import Element

import pytest
from django.test import Client

from blog import publishing
from blog.paging import POSTS_A_PAGE
from tests.factories import create_draft, create_editor, create_page, create_post, in_days
from tests.pages import all_with_class, parse, visible_text, with_class

pytestmark = pytest.mark.django_db


def moment(year: int, month: int, day: int = 15, hour: int = 12, minute: int = 0) -> datetime:
    """A moment by the clock of the world."""
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def open_page(client: Client, address: str) -> Element:
    """A page of the archive."""
    response = client.get(address)
    assert response.status_code == 200
    return parse(response.content, strict=True)


def rows(page: Element) -> list[str]:
    """The titles of the posts that a page lists."""
    return [visible_text(row) for row in all_with_class(page, "row-title")]


def links(element: Element) -> list[str | None]:
    """Where the links in an element lead."""
    return [link.get("href") for link in element.iter("a")]


def test_archive_names_the_periods_that_hold_posts_newest_first(client: Client) -> None:
    for published_at in (moment(2023, 1), moment(2023, 1, 16), moment(2023, 4), moment(2024, 12)):
        create_post(published_at=published_at)

    page = open_page(client, "/archief/")

    (main,) = page.iter("main")
    assert [link for link in links(main) if link != "/"] == [
        "/archief/2024/",
        "/archief/2024/12/",
        "/archief/2023/",
        "/archief/2023/04/",
        "/archief/2023/01/",
    ]
    text = visible_text(main)
    for words in ("2024 1 ", "december 1 ", "2023 3 ", "april 1 ", "januari 2 "):
        assert words in text


def test_month_is_named_with_its_year_for_those_who_hear_only_the_link(client: Client) -> None:
    create_post(published_at=moment(2023, 1))

    months = with_class(open_page(client, "/archief/"), "months")

    assert ["".join(link.itertext()) for link in months.iter("a")] == ["januari 2023"]


def test_what_readers_may_not_see_makes_no_period(client: Client) -> None:
    editor = create_editor()
    create_draft()
    create_post(published_at=in_days(400))
    create_post(published_at=moment(2021, 5), expires_at=in_days(-1))
    publishing.throw_away(create_post(published_at=moment(2020, 5)), by=editor)
    publishing.unpublish(create_post(published_at=moment(2019, 5)), by=editor)
    create_page(published_at=moment(2018, 5))
    create_post(published_at=moment(2017, 5))

    (main,) = open_page(client, "/archief/").iter("main")

    assert [link for link in links(main) if link != "/"] == ["/archief/2017/", "/archief/2017/05/"]
    for address in ("2018/", "2018/05/", "2019/", "2020/05/", "2021/05/", "2017/06/"):
        assert client.get(f"/archief/{address}").status_code == 404


def test_amsterdam_decides_the_year(client: Client) -> None:
    create_post(title="Nieuwjaar", published_at=moment(2023, 12, 31, 23, 30))
    create_post(title="Oudjaar", published_at=moment(2023, 12, 31, 22, 30))

    assert rows(open_page(client, "/archief/2024/01/")) == ["Nieuwjaar"]
    assert rows(open_page(client, "/archief/2024/")) == ["Nieuwjaar"]
    assert rows(open_page(client, "/archief/2023/12/")) == ["Oudjaar"]
    assert rows(open_page(client, "/archief/2023/")) == ["Oudjaar"]


def test_amsterdam_decides_the_month_in_summer_too(client: Client) -> None:
    create_post(title="Juli", published_at=moment(2023, 6, 30, 22, 0))
    create_post(title="Juni", published_at=moment(2023, 6, 30, 21, 59))

    assert rows(open_page(client, "/archief/2023/07/")) == ["Juli"]
    assert rows(open_page(client, "/archief/2023/06/")) == ["Juni"]
    assert "juli" in visible_text(with_class(open_page(client, "/archief/2023/"), "months"))


def test_year_lists_its_posts_month_by_month(client: Client) -> None:
    create_post(title="Lente", published_at=moment(2023, 4))
    create_post(title="Begin", published_at=moment(2023, 1, 2))
    create_post(title="Eind van de maand", published_at=moment(2023, 1, 30))
    create_post(title="Ander jaar", published_at=moment(2022, 4))

    page = open_page(client, "/archief/2023/")

    assert [
        (visible_text(heading), rows(section))
        for section in all_with_class(page, "month")
        for heading in section.iter("h2")
    ] == [("April", ["Lente"]), ("Januari", ["Eind van de maand", "Begin"])]
    assert links(with_class(page, "months")) == ["/archief/2023/04/", "/archief/2023/01/"]


def test_periods_lead_to_the_ones_beside_them(client: Client) -> None:
    for published_at in (moment(2021, 3), moment(2023, 1), moment(2023, 5), moment(2024, 2)):
        create_post(published_at=published_at)

    def beside(address: str) -> list[str | None]:
        return links(with_class(open_page(client, address), "periods"))

    assert beside("/archief/2023/") == ["/archief/2024/", "/archief/2021/"]
    assert beside("/archief/2024/") == ["/archief/2023/"]
    assert beside("/archief/2021/") == ["/archief/2023/"]
    assert beside("/archief/2023/05/") == ["/archief/2024/02/", "/archief/2023/01/"]
    assert beside("/archief/2023/01/") == ["/archief/2023/05/", "/archief/2021/03/"]
    assert beside("/archief/2024/02/") == ["/archief/2023/05/"]
    assert beside("/archief/2021/03/") == ["/archief/2023/01/"]


def test_only_period_leads_nowhere(client: Client) -> None:
    create_post(published_at=moment(2023, 1))

    for address in ("/archief/2023/", "/archief/2023/01/"):
        assert all_with_class(open_page(client, address), "periods") == []


def test_full_period_is_paged(client: Client) -> None:
    editor = create_editor()
    for _number in range(POSTS_A_PAGE + 1):
        create_post(published_at=moment(2023, 1), by=editor)

    for address in ("/archief/2023/", "/archief/2023/01/"):
        assert len(rows(open_page(client, address))) == POSTS_A_PAGE
        assert len(rows(open_page(client, f"{address}?pagina=2"))) == 1
        for asked in ("1", "3", "x"):
            assert client.get(address, {"pagina": asked}).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/archief/23/",
        "/archief/02023/",
        "/archief/0000/",
        "/archief/9999/",
        "/archief/٢٠٢٣/",
        "/archief/2023/1/",
        "/archief/2023/001/",
        "/archief/2023/00/",
        "/archief/2023/13/",
        "/archief/2023/01/15/",
        "/archief/2022/",
        "/archief/2023/02/",
        "/archief/2022/01/",
    ],
)
def test_period_has_one_address_and_nothing_else_is_a_period(client: Client, address: str) -> None:
    create_post(published_at=moment(2023, 1))

    assert client.get(address).status_code == 404


def test_canonical_address_of_a_period_is_its_own(client: Client) -> None:
    create_post(published_at=moment(2023, 1))

    for address in ("/archief/", "/archief/2023/", "/archief/2023/01/"):
        page = open_page(client, f"{address}?utm_source=mail")
        (canonical,) = [link for link in page.iter("link") if link.get("rel") == "canonical"]
        assert canonical.get("href") == f"http://127.0.0.1:8000{address}"


def test_archive_of_an_empty_site_says_that_it_is_empty(client: Client) -> None:
    (main,) = open_page(client, "/archief/").iter("main")

    assert list(main.iter("section")) == []
    assert visible_text(with_class(main, "lead"))
    assert client.get("/archief/2026/").status_code == 404
