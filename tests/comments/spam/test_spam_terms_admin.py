"""The lists of the spam filter in the admin, and the box to try a comment on it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from comments.models import Comment, SpamTerm, SpamWord
from tests.factories import create_user
from tests.pages import all_with_class, parse, visible_text, with_id

pytestmark = pytest.mark.django_db

LIST = "/admin/comments/spamterm/"
ADD, TRY = f"{LIST}add/", f"{LIST}proberen/"


@pytest.fixture
def desk(client: Client) -> Client:
    """A browser in which a moderator is logged in, who may do nothing else."""
    client.force_login(create_user(may=["moderate_comment"]))
    return client


def added(desk: Client, *, kind: str, value: str, **fields: str) -> Any:
    """The answer to a new entry."""
    return desk.post(ADD, {"kind": kind, "value": value, "effect": "hold", "note": "", **fields})


def errors(response: Any) -> list[str]:
    """The messages beside the field of the value."""
    form = with_id(parse(response.content), "spamterm_form")
    (row,) = [
        row for row in all_with_class(form, "field-value") if "form-row" in row.get("class", "")
    ]
    return [visible_text(item) for item in all_with_class(row, "errorlist")]


def verdict(desk: Client, text: str, **fields: str) -> str:
    """What the box says of a comment."""
    response = desk.post(TRY, {"text": text, **fields})
    return visible_text(with_id(parse(response.content), "verdict"))


def test_empty_list_says_what_it_is_for(desk: Client) -> None:
    words = "Hier zet je woorden, domeinen en netwerken waar het spamfilter op moet letten."
    assert words in visible_text(parse(desk.get(LIST).content))

    SpamTerm.objects.create(kind="word", value="viagra")

    for address in (LIST, f"{LIST}?kind__exact=domain"):
        assert words not in visible_text(parse(desk.get(address).content))


def test_list_shows_each_entry_with_its_hits(desk: Client) -> None:
    SpamTerm.objects.create(
        kind="word",
        value="viagra",
        effect="spam",
        note="Elke dag",
        hits=1234,
        last_hit_at=timezone.now(),
    )

    page = parse(desk.get(LIST).content)
    row = visible_text(with_id(page, "result_list"))

    assert [visible_text(heading) for heading in page.iter("h1")] == ["Spamtermen"]
    for words in ("viagra", "woord", "spam", "1234", "Elke dag"):
        assert words in row


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("word", "  zonder   recept ", "zonder recept"),
        ("word", "виагра", "виагра"),
        ("domain", "Pillen.Example.com", "pillen.example.com"),
        ("domain", "https://www.pillen.example/pad?x=1", "pillen.example"),
        ("domain", "*.pillen.example", "pillen.example"),
        ("domain", "@pillen.example", "pillen.example"),
        ("domain", "münchen.example", "xn--mnchen-3ya.example"),
        ("network", "192.0.2.7/24", "192.0.2.0/24"),
        ("network", " 2001:db8::/32 ", "2001:db8::/32"),
    ],
)
def test_entry_is_kept_the_way_it_is_compared(
    desk: Client, kind: str, typed: str, kept: str
) -> None:
    response = added(desk, kind=kind, value=typed)

    assert response.status_code == 302
    assert SpamTerm.objects.get().value == kept


@pytest.mark.parametrize(
    ("kind", "typed", "message"),
    [
        ("word", "!!!", "Schrijf een woord: hier staat geen letter of cijfer in."),
        ("domain", "geen domein", "Schrijf een domein, zoals example.com."),
        ("domain", "com", "Schrijf een domein, zoals example.com."),
        ("domain", "192.0.2.7", "Schrijf een domein, zoals example.com."),
        ("domain", "https://", "Schrijf een domein, zoals example.com."),
        ("network", "example.com", "Schrijf een netwerk, zoals 192.0.2.0/24."),
        ("network", "192.0.2.0/99", "Schrijf een netwerk, zoals 192.0.2.0/24."),
        ("network", "192.0.2.7", "Het filter ziet geen losse adressen. Schrijf 192.0.2.0/24."),
        ("network", "2001:db8::1", "Het filter ziet geen losse adressen. Schrijf 2001:db8::/48."),
    ],
)
def test_value_that_means_nothing_is_refused_beside_its_field(
    desk: Client, kind: str, typed: str, message: str
) -> None:
    response = added(desk, kind=kind, value=typed)

    assert errors(response) == [message]
    assert not SpamTerm.objects.exists()


def test_entry_stands_on_a_list_once(desk: Client) -> None:
    added(desk, kind="word", value="Viagra")

    again = added(desk, kind="word", value="viagra")
    elsewhere = added(desk, kind="domain", value="viagra.example")

    assert errors(again) == ["Dit staat al op de lijst."]
    assert elsewhere.status_code == 302


def test_entry_can_be_changed_and_keeps_its_hits(desk: Client) -> None:
    term = SpamTerm.objects.create(kind="word", value="viagra", hits=7)

    response = desk.post(
        f"{LIST}{term.pk}/change/",
        {"kind": "word", "value": "viagra", "effect": "spam", "note": "", "hits": "0"},
    )

    term.refresh_from_db()
    assert response.status_code == 302
    assert (term.effect, term.hits) == ("spam", 7)


def test_lists_are_for_moderators_only(client: Client) -> None:
    term = SpamTerm.objects.create(kind="word", value="viagra")
    client.force_login(create_user(may=["view_comment", "add_spamterm", "change_spamterm"]))

    for address in (LIST, ADD, TRY, f"{LIST}{term.pk}/change/", f"{LIST}{term.pk}/delete/"):
        assert client.get(address).status_code == 403, address
    assert client.post(TRY, {"text": "Dag"}).status_code == 403


def test_visitor_is_sent_to_log_in(client: Client) -> None:
    assert client.get(TRY)["Location"].startswith("/admin/login/")


def test_list_leads_to_the_box_and_the_box_back_to_the_list(desk: Client) -> None:
    links = [a.get("href") for a in parse(desk.get(LIST).content).iter("a")]
    back = [a.get("href") for a in parse(desk.get(TRY).content).iter("a")]

    assert TRY in links
    assert LIST in back


def test_box_tells_where_a_comment_would_go_and_every_reason(desk: Client) -> None:
    SpamTerm.objects.create(kind="word", value="harmonica")
    SpamTerm.objects.create(kind="network", value="192.0.0.0/16")

    said = verdict(
        desk,
        "Harmonica https://a.example https://b.example",
        name="www.c.example",
        email="joke@mailinator.com",
        address="192.0.2.7",
    )

    for words in (
        "De reactie gaat naar de spammap.",
        "De score is",
        "Op de woordenlijst: harmonica (0)",
        "Op de netwerkenlijst (1,50)",
        "2 links: a.example, b.example (1)",
        "Een link in de naam (1,50)",
        "Een mailadres voor eenmalig gebruik (0,75)",
    ):
        assert words in said


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        (
            "https://a.example https://b.example https://c.example xyz",
            "De reactie wacht op een redacteur.",
        ),
        ("Xyzzy", "Er is niets verdachts aan"),
    ],
)
def test_box_tells_what_is_held_and_what_is_not(desk: Client, text: str, outcome: str) -> None:
    assert outcome in verdict(desk, text)


@pytest.mark.django_db(transaction=True)
def test_box_keeps_nothing_and_counts_no_hit(desk: Client) -> None:
    SpamTerm.objects.create(kind="word", value="viagra")

    assert "viagra" in verdict(desk, "Koop viagra")

    assert SpamTerm.objects.get().hits == 0
    assert not Comment.objects.exists()
    assert not SpamWord.objects.exists()


def test_box_keeps_a_text_that_it_cannot_judge(desk: Client) -> None:
    page = parse(desk.post(TRY, {"text": "Een tekst", "address": "nergens"}).content)

    assert "Een tekst" in visible_text(with_id(page, "id_text"))
    assert all_with_class(page, "errorlist")
    assert not [element for element in page.iter() if element.get("id") == "verdict"]


def test_box_shows_hostile_words_as_text(desk: Client) -> None:
    words = "<script>alert(1)</script>"
    SpamTerm.objects.create(kind="word", value=words)

    page = desk.post(TRY, {"text": words, "name": words}).content.decode()

    assert words not in page
    assert "&lt;script&gt;alert(1)" in page
