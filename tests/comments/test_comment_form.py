"""The form “Reactie plaatsen”: what a visitor sends, and what comes back."""

from __future__ import annotations

import ipaddress
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any
from xml.etree.ElementTree import Element
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test import Client
from pytest_django import Settings

from blog import publishing
from blog.models import Post, SiteSettings
from comments import moderation
from comments.models import TEXT_LENGTH, Comment
from tests.factories import (
    create_comment,
    create_editor,
    create_page,
    create_post,
    in_days,
    newest,
)
from tests.pages import (
    Answer,
    all_with_class,
    form_values,
    parse,
    visible_text,
    with_class,
    with_id,
)

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))
UNSEEN = ("\u202e", "\u200b", "\u2066", "\x00", "\x07", "\x7f")


def send(client: Client, post: Post, **fields: Any) -> Answer:
    """Send the form below a post as a browser does."""
    data = {"naam": "Joke", "tekst": "Fijn artikel."} | fields
    extra = {name: data.pop(name) for name in ("headers", "REMOTE_ADDR") if name in data}
    response: Answer = client.post(f"/blog/{post.slug}/reageren/", data, **extra)
    return response


def shown(response: Answer) -> dict[str, Any]:
    """What the form that came back holds."""
    (form,) = parse(response.content, strict=True).iter("form")
    return form_values(form)


def message_beside(page: Element, field: str) -> str:
    """The message that the field points to."""
    named = with_id(page, field)
    assert named.get("aria-invalid") == "true"
    assert f"{field}_error" in (named.get("aria-describedby") or "").split()
    return visible_text(with_id(page, f"{field}_error"))


# --- The privacy statement ------------------------------------------------------------------------


@pytest.fixture
def privacy() -> Post:
    """The privacy statement that the site's settings point to, with readers to see it."""
    privacy = create_page(slug="privacy")
    SiteSettings.objects.create(name="Rustpunt", privacy_page_id=privacy.pk)
    return privacy


def pages_with_the_form(client: Client) -> list[Element]:
    """The article and the page of the form alone, which both must answer."""
    post = create_post()
    answers = [client.get(post.get_absolute_url()), client.get(f"/blog/{post.slug}/reageren/")]
    assert [answer.status_code for answer in answers] == [200, 200]
    pages = [parse(answer.content, strict=True) for answer in answers]
    assert all(list(page.iter("form")) for page in pages)
    return pages


def test_form_leads_to_the_privacy_statement(client: Client, privacy: Post) -> None:
    for page in pages_with_the_form(client):
        (form,) = page.iter("form")
        assert "/privacy/" in [link.get("href") for link in form.iter("a")]


@pytest.mark.parametrize("state", ["offline", "without an address", "thrown away", "expired"])
def test_form_leads_to_no_privacy_statement_that_readers_cannot_see(
    client: Client, privacy: Post, state: str
) -> None:
    editor = create_editor()
    if state == "thrown away":
        publishing.throw_away(privacy, by=editor)
    elif state == "expired":
        Post._base_manager.filter(pk=privacy.pk).update(expires_at=in_days(-1))
    else:
        slug = "" if state == "without an address" else "privacy"
        content = replace(newest(privacy).content, slug=slug)
        publishing.save_draft(privacy, content, by=editor, base=newest(privacy))
        publishing.unpublish(privacy, by=editor)

    for page in pages_with_the_form(client):
        links = [link.get("href") or "" for link in page.iter("a")]
        assert [link for link in links if "privacy" in link] == []


# --- A comment that is taken ----------------------------------------------------------------------


def test_comment_goes_to_its_receipt(client: Client) -> None:
    post = create_post()

    response = send(client, post, naam="Joke", tekst="Fijn artikel.")

    comment = Comment.objects.get()
    assert response.status_code in {302, 303}
    assert response["Location"] == comment.receipt_url
    assert (comment.name, comment.text, comment.status) == ("Joke", "Fijn artikel.", "pending")
    assert (comment.post, comment.parent) == (post, None)


def test_pending_comment_shows_to_nobody(client: Client) -> None:
    post = create_post()
    before = client.get(post.get_absolute_url()).content

    send(client, post)

    assert client.get(post.get_absolute_url()).content == before
    assert Client().get(post.get_absolute_url()).content == before


def test_approved_comment_shows_in_its_place(client: Client) -> None:
    post = create_post()
    send(client, post, tekst="Eerste regel\nTweede regel\n\nTweede alinea")
    comment = Comment.objects.get()

    moderation.approve(comment, by=create_editor())

    place = with_id(parse(client.get(post.get_absolute_url()).content), comment.anchor)
    text = with_class(place, "comment-text")
    assert [visible_text(paragraph) for paragraph in text.iter("p")] == [
        "Eerste regel Tweede regel",
        "Tweede alinea",
    ]
    assert len(list(text.iter("br"))) == 1


def test_no_answer_sets_a_cookie_or_varies_by_one(client: Client) -> None:
    post = create_post()

    answers = [
        send(client, post),
        send(client, post, naam=""),
        send(client, post, headers={"sec-fetch-site": "cross-site"}),
        client.get(f"/blog/{post.slug}/reageren/"),
        client.get(Comment.objects.get().receipt_url),
    ]

    for answer in answers:
        assert not answer.cookies
        assert "cookie" not in answer.get("Vary", "").lower()


def test_commenting_needs_no_csrf_token() -> None:
    client = Client(enforce_csrf_checks=True)

    response = send(client, create_post())

    assert response.status_code in {302, 303}


def test_form_and_its_answers_are_kept_by_nobody(client: Client) -> None:
    post = create_post()

    for answer in (
        client.get(f"/blog/{post.slug}/reageren/"),
        send(client, post, naam=""),
        send(client, post),
    ):
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Robots-Tag"] == "noindex"
        assert answer["Referrer-Policy"] == "same-origin"


# --- A comment with mistakes ----------------------------------------------------------------------


def test_comment_without_a_name_keeps_its_text(client: Client) -> None:
    text = 'Een lang verhaal.\n\n  Met <b>alles</b> & "meer".'

    response = send(client, create_post(), naam="  ", tekst=text)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert shown(response)["tekst"] == [text.replace("\n", "\r\n")]
    assert message_beside(parse(response.content), "id_naam")
    assert Comment.objects.count() == 0


def test_comment_without_a_text_keeps_its_name(client: Client) -> None:
    response = send(client, create_post(), naam="Joke", tekst=" \r\n ")

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert shown(response)["naam"] == ["Joke"]
    assert message_beside(parse(response.content), "id_tekst")


def test_summary_of_mistakes_takes_the_focus_and_leads_to_the_fields(client: Client) -> None:
    response = send(client, create_post(), naam="", tekst="")

    summary = with_class(parse(response.content), "error-summary")
    assert summary.get("autofocus") is not None
    assert summary.get("tabindex") == "-1"
    assert [link.get("href") for link in summary.iter("a")] == ["#id_naam", "#id_tekst"]
    assert (parse(response.content).findtext("head/title") or "").startswith("Fout")


def test_comment_that_is_one_character_too_long_keeps_its_text(client: Client) -> None:
    text = "é" * (TEXT_LENGTH + 1)

    response = send(client, create_post(), tekst=text)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert shown(response)["tekst"] == [text]
    message = message_beside(parse(response.content), "id_tekst")
    assert "2001" in message.replace(".", "")


def test_comment_of_the_greatest_length_fits(client: Client) -> None:
    send(client, create_post(), tekst="é" * TEXT_LENGTH)

    assert len(Comment.objects.get().text) == TEXT_LENGTH


def test_line_break_counts_as_one_character(client: Client) -> None:
    text = "a\r\n" * (TEXT_LENGTH // 2 - 1) + "bc"

    send(client, create_post(), tekst=text)

    assert Comment.objects.get().text == text.replace("\r\n", "\n")


def test_longest_name_fits_and_a_longer_one_is_refused(client: Client) -> None:
    post = create_post()

    assert send(client, post, naam="ë" * 60).status_code == 302
    response = send(client, post, naam="ë" * 61)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert shown(response)["naam"] == ["ë" * 61]


@pytest.mark.parametrize("sign", UNSEEN, ids=ascii)
def test_name_is_rid_of_signs_that_nobody_sees(client: Client, sign: str) -> None:
    send(client, create_post(), naam=f"J{sign}oke")

    assert Comment.objects.get().name == "Joke"


@pytest.mark.parametrize("name", [*UNSEEN, "\u202e\u202c", "\u2060 \u200b"], ids=ascii)
def test_name_of_nothing_visible_is_no_name(client: Client, name: str) -> None:
    response = send(client, create_post(), naam=name)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert Comment.objects.count() == 0


def test_name_is_one_line(client: Client) -> None:
    send(client, create_post(), naam="Joke\r\n\tvan  Dam")

    assert Comment.objects.get().name == "Joke van Dam"


@pytest.mark.parametrize("name", ["Zoë", "Łukasz", "李雷", "أمينة", "J. 🌙", "’t Hoen", "<b>"])
def test_names_of_the_world_are_welcome(client: Client, name: str) -> None:
    send(client, create_post(), naam=name)

    assert Comment.objects.get().name == name


@pytest.mark.parametrize("text", ["\u200b", "\u2060\n\u200b"], ids=ascii)
def test_text_of_nothing_visible_is_no_text(client: Client, text: str) -> None:
    response = send(client, create_post(), tekst=text)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_text_is_rid_of_control_characters(client: Client) -> None:
    post = create_post()

    send(client, post, tekst="Ha\x00l\x08l\x0bo\x1b\tdaar\x85.\r\nTot ziens.")

    comment = moderation.approve(Comment.objects.get(), by=create_editor())
    assert comment.text == "Hallo\tdaar.\nTot ziens."
    parse(client.get(post.get_absolute_url()).content, strict=True)


def test_form_sent_without_its_fields_comes_back(client: Client) -> None:
    post = create_post()

    response = client.post(f"/blog/{post.slug}/reageren/", {})

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


# --- Replies --------------------------------------------------------------------------------------


def test_reply_form_names_and_quotes_whom_it_answers(client: Client) -> None:
    parent = create_comment(name="Pieter", text="Waar staat de bron?")

    response = client.get(parent.reply_url)

    text = visible_text(parse(response.content))
    assert "Pieter" in text
    assert "Waar staat de bron?" in text
    assert shown(response)["op"] == [str(parent.uid)]


def test_reply_hangs_on_the_comment_it_answers(client: Client) -> None:
    parent = create_comment()

    send(client, parent.post, op=str(parent.uid))

    assert Comment.objects.get(status="pending").parent == parent


def test_reply_with_a_mistake_still_knows_whom_it_answers(client: Client) -> None:
    parent = create_comment()

    response = send(client, parent.post, op=str(parent.uid), naam="")

    assert shown(response)["op"] == [str(parent.uid)]


@pytest.mark.parametrize("status", ["pending", "rejected", "spam"])
def test_hidden_comment_cannot_be_answered_or_read(client: Client, status: str) -> None:
    parent = create_comment(status=status, text="Niet voor iedereen.")

    page = client.get(parent.reply_url)
    response = send(client, parent.post, op=str(parent.uid), tekst="Mijn antwoord.")

    assert "Niet voor iedereen." not in page.content.decode()
    assert response.status_code == HTTPStatus.CONFLICT
    assert "Niet voor iedereen." not in response.content.decode()
    assert shown(response)["tekst"] == ["Mijn antwoord."]
    assert Comment.objects.count() == 1


def test_comment_of_another_post_cannot_be_answered(client: Client) -> None:
    elsewhere = create_comment()

    response = send(client, create_post(), op=str(elsewhere.uid), tekst="Mijn antwoord.")

    assert response.status_code == HTTPStatus.CONFLICT
    assert shown(response)["tekst"] == ["Mijn antwoord."]


@pytest.mark.parametrize(
    "op", ["c0000000-0000-4000-8000-000000000099", "x", "1", "' OR 1=1", "\x00"]
)
def test_answer_to_nothing_keeps_its_text(client: Client, op: str) -> None:
    response = send(client, create_post(), op=op, tekst="Mijn antwoord.")

    assert response.status_code == HTTPStatus.CONFLICT
    assert shown(response)["tekst"] == ["Mijn antwoord."]
    assert Comment.objects.count() == 0


def test_refused_answer_can_be_sent_as_a_comment_of_its_own(client: Client) -> None:
    post = create_post()
    response = send(client, post, op="x", tekst="Mijn antwoord.")

    values = {name: value[0] for name, value in shown(response).items()}
    again = client.post(f"/blog/{post.slug}/reageren/", values)

    assert again.status_code == 302
    assert Comment.objects.get().parent is None


# --- Posts that take none -------------------------------------------------------------------------


def test_closed_post_takes_no_comment_and_the_text_is_kept(client: Client) -> None:
    post = create_post()
    publishing.open_comments(post, by=create_editor(), opened=False)

    response = send(client, post, tekst="Te laat geschreven.")

    assert response.status_code == HTTPStatus.CONFLICT
    assert "Te laat geschreven." in response.content.decode()
    assert Comment.objects.count() == 0


def test_form_of_a_closed_post_says_so_before_anything_is_typed(client: Client) -> None:
    post = create_post()
    publishing.open_comments(post, by=create_editor(), opened=False)

    response = client.get(f"/blog/{post.slug}/reageren/")

    assert list(parse(response.content).iter("form")) == []


@pytest.mark.parametrize("withdraw", [publishing.unpublish, publishing.throw_away])
def test_post_that_nobody_can_read_takes_no_comment(
    client: Client, withdraw: Callable[..., object]
) -> None:
    post = create_post()
    withdraw(post, by=create_editor())

    assert client.get(f"/blog/{post.slug}/reageren/").status_code == 404
    assert send(client, post).status_code == 404


def test_form_sent_to_an_earlier_address_arrives(client: Client) -> None:
    post = create_post(slug="toen")
    editor = create_editor()
    content = replace(newest(post).content, slug="nu")
    publishing.publish(
        publishing.save_draft(post, content, by=editor, base=newest(post)), by=editor
    )

    response = send(client, post)

    assert response.status_code == 302
    assert Comment.objects.get().post == post


# --- The same form twice --------------------------------------------------------------------------


def test_double_click_is_one_comment_with_one_receipt(client: Client) -> None:
    post = create_post()

    first, second = send(client, post), send(client, post)

    assert first["Location"] == second["Location"]
    assert Comment.objects.count() == 1


def test_double_click_is_one_comment_also_when_the_post_closed_in_between(client: Client) -> None:
    post = create_post()
    first = send(client, post, naam="Joke", tekst="Fijn artikel.")
    publishing.open_comments(post, by=create_editor(), opened=False)

    second = send(client, post, naam="Joke", tekst="Fijn artikel.")

    assert second["Location"] == first["Location"]
    assert Comment.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_double_click_of_the_same_instant_is_one_comment() -> None:
    post = create_post()
    start = threading.Barrier(4)
    places = []

    def click() -> None:
        start.wait(timeout=5)
        places.append(send(Client(), post)["Location"])
        connection.close()

    threads = [threading.Thread(target=click) for _click in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert Comment.objects.count() == 1
    assert places == [Comment.objects.get().receipt_url] * 4


@pytest.mark.parametrize(
    ("field", "value"), [("naam", "Pieter"), ("tekst", "Iets anders.")], ids=["name", "text"]
)
def test_other_words_are_another_comment(client: Client, field: str, value: str) -> None:
    post = create_post()
    send(client, post)

    send(client, post, **{field: value})

    assert Comment.objects.count() == 2


def test_same_words_below_another_post_are_another_comment(client: Client) -> None:
    send(client, create_post())
    send(client, create_post())

    assert Comment.objects.count() == 2


def test_same_words_to_another_comment_are_another_comment(client: Client) -> None:
    parent = create_comment()
    send(client, parent.post)

    send(client, parent.post, op=str(parent.uid))

    assert Comment.objects.filter(status="pending").count() == 2


def test_same_words_from_another_network_are_another_comment(client: Client) -> None:
    post = create_post()
    send(client, post, REMOTE_ADDR="192.0.2.1")

    send(client, post, REMOTE_ADDR="198.51.100.1")

    assert Comment.objects.count() == 2


def test_same_words_from_a_neighbour_are_the_same_comment(client: Client) -> None:
    post = create_post()
    send(client, post, REMOTE_ADDR="192.0.2.1")

    send(client, post, REMOTE_ADDR="192.0.2.254")

    assert Comment.objects.count() == 1


def test_same_words_after_ten_minutes_are_another_comment(client: Client) -> None:
    post = create_post(published_at=NOON - timedelta(days=1))

    for minutes, expected in ((0, 1), (9, 1), (11, 2), (12, 2)):
        with time_machine.travel(NOON + timedelta(minutes=minutes), tick=False):
            send(client, post)
        assert Comment.objects.count() == expected


def test_double_of_an_approved_comment_leads_to_its_place_never_to_its_receipt(
    client: Client,
) -> None:
    post = create_post()
    send(client, post)
    comment = moderation.approve(Comment.objects.get(), by=create_editor())

    response = send(client, post)

    assert response["Location"] == comment.get_absolute_url()
    assert str(comment.key) not in response["Location"]
    assert Comment.objects.count() == 1


# --- Where the form comes from --------------------------------------------------------------------

OWN = "http://testserver"


@pytest.mark.parametrize(
    ("headers", "taken"),
    [
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "garbage"}, False),
        ({"sec-fetch-site": "cross-site", "origin": OWN}, False),
        ({"sec-fetch-site": "same-origin", "origin": "null"}, True),
        ({}, True),
        ({"origin": "null"}, True),
        ({"origin": OWN}, True),
        ({"origin": "http://127.0.0.1:8000"}, True),
        ({"origin": "https://evil.example"}, False),
        ({"origin": "http://testserver.evil.example"}, False),
        ({"origin": "http://evil.example/testserver"}, False),
        ({"origin": "http://testserver:8080"}, False),
        ({"origin": "garbage"}, False),
        ({"origin": "http://[broken"}, False),
        ({"origin": ""}, False),
    ],
    ids=str,
)
def test_form_is_taken_from_our_own_pages_only(
    client: Client, headers: dict[str, str], taken: bool
) -> None:
    response = send(client, create_post(), headers=headers)

    assert response.status_code == (302 if taken else HTTPStatus.FORBIDDEN)
    assert Comment.objects.count() == int(taken)


def test_refused_form_keeps_its_text(client: Client) -> None:
    response = send(
        client, create_post(), tekst="Van elders.", headers={"sec-fetch-site": "cross-site"}
    )

    assert shown(response)["tekst"] == ["Van elders."]
    assert all_with_class(parse(response.content), "error-summary")


@pytest.mark.parametrize("address", ["203.0.113.9, 10.0.0.2", "203.0.113.7"])
def test_visitors_behind_a_proxy_are_told_apart(
    client: Client, settings: Settings, address: str
) -> None:
    settings.TRUSTED_PROXIES = (ipaddress.ip_network("10.0.0.0/8"),)
    post = create_post()
    send(client, post, REMOTE_ADDR="10.0.0.1", headers={"x-forwarded-for": "198.51.100.3"})

    send(client, post, REMOTE_ADDR="10.0.0.1", headers={"x-forwarded-for": address})

    assert Comment.objects.count() == 2


def test_header_of_a_visitor_is_not_believed(client: Client) -> None:
    post = create_post()
    for forwarded in ("198.51.100.3", "203.0.113.9"):
        send(client, post, REMOTE_ADDR="192.0.2.1", headers={"x-forwarded-for": forwarded})

    assert Comment.objects.count() == 1


@pytest.mark.parametrize("address", ["", "garbage", "fe80::1%eth0", "::1", "::ffff:192.0.2.1"])
def test_strange_address_loses_no_comment(client: Client, address: str) -> None:
    response = send(client, create_post(), REMOTE_ADDR=address)

    assert response.status_code == 302
