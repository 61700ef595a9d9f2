"""What the editor offers to link to: what readers can open, and drafts, by the words of a title."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from blog import publishing
from tests.factories import (
    create_author,
    create_draft,
    create_editor,
    create_page,
    create_post,
    create_user,
    in_days,
    planned_draft,
    save_draft_of,
)

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/blog/post/eigen-artikelen/"


def ask(desk: Client, query: str = "", *, address: str = ADDRESS) -> dict[str, Any]:
    """What the editor's script is answered."""
    response = desk.post(address, {"query": query})
    assert response.status_code == 200
    answer: dict[str, Any] = response.json()
    return answer


def targets(answer: dict[str, Any]) -> list[str]:
    """What is offered, by the names that a text has for it."""
    return [result["target"] for result in answer["results"]]


def test_newest_posts_are_offered_first_and_drafts_after_them(desk: Client) -> None:
    create_draft(slug="kladje")
    create_page(slug="over-ons", published_at=in_days(-2))
    create_post(slug="nieuw", published_at=in_days(-1))
    create_post(slug="oud", published_at=in_days(-3))
    create_author(slug="mirjam")

    answer = ask(desk)

    assert targets(answer) == ["post:nieuw", "post:over-ons", "post:oud", "post:kladje"]
    assert answer["summary"] == "4 gevonden"


def test_each_says_its_newest_title_its_kind_and_whether_readers_can_open_it(desk: Client) -> None:
    save_draft_of(create_post(slug="kaas", title="Kaas"), title="Kaas en wijn")
    create_page(slug="kaasboer", title="De kaasboer", published_at=in_days(1))
    planned_draft(create_post(slug="kaasmes", title="Kaasmes"))
    create_author(slug="kaas", name="Karel Kaas")

    told = {result.pop("target"): result for result in ask(desk, "kaas")["results"]}

    assert told == {
        "author:kaas": {"title": "Karel Kaas", "kind": "schrijver", "standing": ""},
        "post:kaas": {"title": "Kaas en wijn", "kind": "artikel", "standing": ""},
        "post:kaasboer": {
            "title": "De kaasboer",
            "kind": "pagina",
            "standing": "nog niet openbaar",
        },
        "post:kaasmes": {"title": "Kaasmes", "kind": "artikel", "standing": "niet meer openbaar"},
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("één", True),
        ("ÉÉN", True),
        ("NACHT slapen", True),  # in any order
        ("goed-slapen", True),  # the slug
        ("achtj", True),  # anywhere in a word
        ("nacht?", True),  # as it was selected in a sentence
        ("één dag", False),
        ("wakker", False),  # the text alone
    ],
)
def test_words_are_looked_for_in_title_and_slug(desk: Client, query: str, found: bool) -> None:
    create_post(slug="goed-slapen", title="Één nachtje slapen", body="Wakker.")

    assert targets(ask(desk, query)) == (["post:goed-slapen"] if found else [])


@pytest.mark.parametrize("query", ["???", "%", " ! "])
def test_signs_alone_find_nothing(desk: Client, query: str) -> None:
    create_post()

    assert targets(ask(desk, query)) == []
    assert len(targets(ask(desk, "  "))) == 1


def test_nothing_found_is_said(desk: Client) -> None:
    assert ask(desk, "vliegtuig")["summary"] == "Niets gevonden. Probeer het met minder woorden."


def test_what_cannot_be_linked_to_is_left_out(desk: Client) -> None:
    create_draft(slug="", title="Zonder adres")
    create_post(slug="bezet", title="Heeft het adres")
    create_draft(slug="bezet", title="Wil dat adres ook")
    publishing.throw_away(create_post(title="Weg"), by=create_editor())

    assert targets(ask(desk)) == ["post:bezet"]


def test_post_that_is_edited_does_not_offer_itself(desk: Client) -> None:
    post, other = create_post(slug="deze"), create_post(slug="die")

    answer = ask(desk, address=f"/admin/blog/post/{post.pk}/eigen-artikelen/")

    assert targets(answer) == [f"post:{other.slug}"]


def test_who_sees_no_pages_in_the_admin_is_told_of_no_draft_of_a_page(client: Client) -> None:
    client.force_login(create_user(may=["change_own_post", "view_post"]))
    create_draft(slug="kladje")
    create_page(slug="over-ons")
    create_page(slug="geheim", published_at=in_days(1))

    assert targets(ask(client)) == ["post:over-ons", "post:kladje"]


def test_at_most_twenty_are_offered_in_as_many_queries_as_one(desk: Client) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            ask(desk, "dutje")
        return len(queries)

    create_draft(title="Nog een dutje")
    create_author(name="Daan Dutje")
    before = count()
    for _ in range(20):
        create_draft(title="Nog een dutje")
        create_author(name="Dirk Dutje")

    with_authors, posts_alone = ask(desk, "dutje"), ask(desk, "nog")

    assert count() == before
    kinds = [result["kind"] for result in with_authors["results"]]
    assert kinds == ["schrijver"] * 5 + ["artikel"] * 15
    assert len(posts_alone["results"]) == 20
    assert posts_alone["summary"] == "De eerste 20. Typ meer woorden om andere te vinden."
