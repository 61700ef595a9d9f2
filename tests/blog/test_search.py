"""Search: every word that a reader types stands in what they find."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest
from django.test import Client

from blog.paging import POSTS_A_PAGE
from tests.factories import (
    create_draft,
    create_editor,
    create_page,
    create_post,
    create_theme,
    in_days,
)
from tests.pages import all_with_class, form_values, parse, visible_text, with_class

pytestmark = pytest.mark.django_db


def search(client: Client, query: str, **more: str) -> Element:
    """What a reader sees who looks for this."""
    response = client.get("/zoeken/", {"q": query, **more})
    assert response.status_code == 200
    return parse(response.content, strict=True)


def found(client: Client, query: str) -> list[str]:
    """The titles that come up."""
    return [visible_text(row) for row in all_with_class(search(client, query), "row-title")]


def main_text(page: Element) -> str:
    """The text of a page without its head and foot."""
    (main,) = page.iter("main")
    return visible_text(main)


def test_word_is_found_in_title_summary_and_text_newest_first(client: Client) -> None:
    create_post(title="Over magnesium", published_at=in_days(-3))
    create_post(title="In het kort", summary="Magnesium dus.", published_at=in_days(-2))
    create_post(title="Verderop", body="Ook hier MAGNESIUM.", published_at=in_days(-1))
    create_post(title="Iets anders")

    assert found(client, "magnesium") == ["Verderop", "In het kort", "Over magnesium"]


def test_every_word_has_to_be_there_wherever_it_stands(client: Client) -> None:
    create_post(title="Thee in de avond", body="Zonder suiker.")
    create_post(title="Thee", body="Met suiker.")

    assert found(client, "suiker avond thee") == ["Thee in de avond"]
    assert found(client, "thee koffie") == []


def test_plain_page_is_found_and_wears_no_date(client: Client) -> None:
    create_page(title="Zo werken wij", body="Met bronnen.")

    page = search(client, "bronnen")

    row = with_class(page, "row")
    assert visible_text(with_class(row, "row-title")) == "Zo werken wij"
    assert list(row.iter("time")) == []


def test_what_readers_may_not_see_is_not_found(client: Client) -> None:
    create_draft(title="Magnesium")
    create_post(title="Magnesium", published_at=in_days(1))
    create_page(title="Magnesium", published_at=in_days(-2), expires_at=in_days(-1))

    assert found(client, "magnesium") == []


@pytest.mark.parametrize("query", ["één", "Één", "ÉÉN", "één eënt"])
def test_capitals_with_accents_make_no_difference(client: Client, query: str) -> None:
    create_post(title="Één nacht", body="Eënt.")
    create_post(title="Nacht", body="Over één ding, eënt.")
    create_post(title="Een nacht", body="Ent.")

    assert set(found(client, query)) == {"Één nacht", "Nacht"}


@pytest.mark.parametrize("query", ["foto’s", "foto's", "“foto’s”", "‘foto’s’"])
def test_quotes_of_a_phone_make_no_difference(client: Client, query: str) -> None:
    create_post(title="Beeld", body="Met foto's erbij.")

    assert found(client, query) == ["Beeld"]


@pytest.mark.parametrize("query", ["%", "_", "100%", r"\d", "' OR 1=1 --", "*", "[a-z]"])
def test_sign_means_only_itself(client: Client, query: str) -> None:
    create_post(title="Iets", body="Een tekst zonder tekens, 100 maal op 1.")

    assert found(client, query) == []


def test_number_of_hits_is_said_in_singular_and_plural(client: Client) -> None:
    create_post(title="Appel")
    create_post(title="Appel en peer")

    one, two = search(client, "peer"), search(client, "appel")

    (heading,) = [h for h in one.iter("h2") if h.get("id") == "artikelen"]
    assert visible_text(heading).startswith("1 ")
    assert "'peer'" in visible_text(heading)
    (heading,) = [h for h in two.iter("h2") if h.get("id") == "artikelen"]
    assert visible_text(heading).startswith("2 ")


def test_hits_are_paged_and_keep_the_words(client: Client) -> None:
    editor = create_editor()
    for _number in range(2 * POSTS_A_PAGE + 1):
        create_post(title="Slaap & rust", by=editor)

    def links(page: Element) -> dict[str | None, str | None]:
        return {a.get("rel"): a.get("href") for a in page.iter("a") if a.get("rel")}

    query = "slaap & rust"
    assert links(search(client, query)) == {"next": "?q=slaap%20%26%20rust&pagina=2"}
    assert links(search(client, query, pagina="2")) == {
        "prev": "?q=slaap%20%26%20rust",
        "next": "?q=slaap%20%26%20rust&pagina=3",
    }
    assert links(search(client, query, pagina="3")) == {"prev": "?q=slaap%20%26%20rust&pagina=2"}
    assert client.get("/zoeken/", {"q": query, "pagina": "4"}).status_code == 404
    assert client.get("/zoeken/", {"q": query, "pagina": "1"}).status_code == 404


@pytest.mark.parametrize("query", ["", "   ", "\x00", "’", "\n\t"])
def test_nothing_typed_shows_the_field_and_the_themes(client: Client, query: str) -> None:
    create_theme(name="Slaap", slug="slaap")
    create_post()

    page = search(client, query)

    (main,) = page.iter("main")
    assert all_with_class(main, "row") == []
    assert "/thema/slaap/" in [link.get("href") for link in main.iter("a")]


def test_nothing_found_says_so_and_leads_to_the_themes(client: Client) -> None:
    create_theme(name="Slaap", slug="slaap")

    page = search(client, "kwantumfysica")

    (main,) = page.iter("main")
    assert "'kwantumfysica'" in visible_text(main)
    assert "/thema/slaap/" in [link.get("href") for link in main.iter("a")]


def test_what_was_typed_stays_in_the_field(client: Client) -> None:
    (form,) = search(client, '  "slecht"  slapen ').iter("form")

    assert form.get("action") == "/zoeken/"
    assert form.get("method", "get") == "get"
    assert form_values(form) == {"q": ['"slecht" slapen']}


def test_only_the_first_hundred_signs_and_eight_words_count(client: Client) -> None:
    create_post(title="Een twee drie vier vijf zes zeven acht")

    assert found(client, "een twee drie vier vijf zes zeven acht negen") != []
    assert found(client, f"een{' ' * 97}negen") != []
    assert found(client, "een twee drie negen") == []
    assert len(main_text(search(client, "x" * 50_000))) < 1_000


@pytest.mark.parametrize(
    "query",
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7|add:7 }}", "\x00slaap"],
)
def test_harm_in_the_words_comes_out_harmless(client: Client, query: str) -> None:
    page = search(client, query)

    assert list(page.iter("script")) == []
    assert list(page.iter("img")) == []
    assert "14" not in main_text(page)


def test_bytes_that_are_no_text_are_no_error_of_ours(client: Client) -> None:
    for query in ("q=%ff%fe", "q=%00", "q=%ed%a0%80", "q=%f0%9f%98%80", "q=a&q=b", "q[]=a"):
        assert client.get(f"/zoeken/?{query}").status_code == 200


def test_answer_is_for_one_reader_and_for_no_index(client: Client) -> None:
    response = client.get("/zoeken/", {"q": "slaap"})

    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "same-origin"
    page = parse(response.content)
    assert [m.get("content") for m in page.iter("meta") if m.get("name") == "robots"] == ["noindex"]
    assert [link for link in page.iter("link") if link.get("rel") == "canonical"] == []


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_search_takes_nothing_but_a_question(method: str) -> None:
    client = Client(enforce_csrf_checks=True)

    assert getattr(client, method)("/zoeken/", {"q": "slaap"}).status_code == 405
