"""The form “Reactie plaatsen”: what a visitor sends, and what comes back."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from xml.etree.ElementTree import Element

import pytest
from django.db import OperationalError
from django.test import Client

from blog import publishing
from blog.models import Post, SiteSettings
from comments import moderation
from comments.models import TEXT_LENGTH, Comment
from tests.comments.forms import message_beside, reply_form_of, send, shown
from tests.factories import create_editor, create_page, create_post, in_days, newest
from tests.pages import parse, visible_text, with_class, with_id

pytestmark = pytest.mark.django_db


UNSEEN = ("\u202e", "\u200b", "\u2066", "\x00", "\x07", "\x7f")


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

    moderation.approve(comment, by=create_editor(), version=1)

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


def test_form_and_its_answers_are_kept_by_nobody_but_the_browser_that_sent_it(
    client: Client,
) -> None:
    post = create_post()

    form = client.get(f"/blog/{post.slug}/reageren/")
    mistake, taken = send(client, post, naam=""), send(client, post)

    assert "no-store" in form["Cache-Control"]
    # One who reads the privacy statement and goes back finds the text again.
    assert mistake["Cache-Control"] == taken["Cache-Control"] == "private, no-cache"
    for answer in (form, mistake, taken):
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

    comment = Comment.objects.get()
    moderation.approve(comment, by=create_editor(), version=1)
    assert comment.text == "Hallo\tdaar.\nTot ziens."
    parse(client.get(post.get_absolute_url()).content, strict=True)


def test_form_sent_without_its_fields_comes_back(client: Client) -> None:
    post = create_post()

    response = client.post(f"/blog/{post.slug}/reageren/", {})

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


# --- The address ----------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["", "   ", "\u00a0"], ids=ascii)
def test_address_may_be_left_out(client: Client, typed: str) -> None:
    response = send(client, create_post(), mailadres=typed)

    assert response.status_code == 302
    assert Comment.objects.get().email is None


def test_address_is_kept_with_the_comment_and_shown_to_nobody(client: Client) -> None:
    post = create_post()

    send(client, post, mailadres="  Joke@Example.org ")

    comment = Comment.objects.get()
    assert comment.email
    assert comment.email.email == "joke@example.org"
    assert comment.confirmed_at is None
    moderation.approve(comment, by=create_editor(), version=1)
    for address in (post.get_absolute_url(), reply_form_of(comment)):
        assert "example.org" not in client.get(address).content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        "joke",
        "joke@",
        "joke@example",
        "joke@example.org, piet@example.org",
        "joke@example.org\nBcc: piet@example.org",
        "joke\u202e@example.org",
        "<joke@example.org>",
        f"{'j' * 243}@example.org",
        f"joke@{'e' * 100_000}.org",
    ],
    ids=range(9),
)
def test_what_is_no_address_comes_back_with_a_message_beside_it(client: Client, typed: str) -> None:
    response = send(client, create_post(), mailadres=typed, tekst="Fijn artikel.")

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert message_beside(parse(response.content), "id_mailadres")
    assert shown(response)["mailadres"] == [typed.replace("\n", "")] or "\n" in typed
    assert shown(response)["tekst"] == ["Fijn artikel."]
    assert Comment.objects.count() == 0


def test_longest_address_fits(client: Client) -> None:
    send(client, create_post(), mailadres=f"{'j' * 242}@example.org")

    comment = Comment.objects.get()
    assert comment.email
    assert len(comment.email.email) == 254


def test_every_refusal_keeps_the_address(client: Client) -> None:
    post = create_post()
    typed = {"mailadres": "joke@example.org"}

    answers = [
        send(client, post, **typed, naam=""),
        send(client, post, **typed, headers={"sec-fetch-site": "cross-site"}),
        send(client, post, **typed, op="x"),
        send(client, post, **typed, voorbeeld="ja"),
        send(client, post, **typed, tekst="Bel 06-12345678"),
    ]

    assert [answer.status_code for answer in answers] == [422, 403, 409, 200, 200]
    for answer in answers:
        assert shown(answer)["mailadres"] == ["joke@example.org"]


# --- The field that nobody sees -------------------------------------------------------------------


@pytest.mark.parametrize("place", ["article", "form alone"])
def test_trap_is_out_of_the_way_of_people(client: Client, place: str) -> None:
    post = create_post()
    address = post.get_absolute_url()
    page = parse(client.get(address if place == "article" else f"{address}reageren/").content)

    (wrapper,) = [element for element in page.iter("p") if element.get("hidden") is not None]

    (label,), (field,) = wrapper.iter("label"), wrapper.iter("input")
    assert label.get("for") == field.get("id")
    assert visible_text(label) == "Laat dit veld leeg"
    assert (field.get("autocomplete"), field.get("tabindex")) == ("off", "-1")
    assert field.get("type") == "text"


def test_filled_trap_keeps_no_comment_away(client: Client) -> None:
    response = send(client, create_post(), website="https://example.com/")

    comment = Comment.objects.get()
    assert response["Location"] == comment.receipt_url
    assert not comment.is_public


# --- A database that is busy ----------------------------------------------------------------------


@pytest.mark.parametrize("step", ["take", "submit"])
def test_comment_that_cannot_be_kept_now_comes_back(
    client: Client, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def locked(*args: object, **kwargs: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(f"comments.views.submission.{step}", locked)

    response = send(client, create_post(), tekst="Bewaar mij.", mailadres="joke@example.org")

    assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert int(response["Retry-After"]) > 0
    assert shown(response)["tekst"] == ["Bewaar mij."]
    assert shown(response)["mailadres"] == ["joke@example.org"]
    assert with_class(parse(response.content), "error-summary").get("autofocus") is not None


def test_address_that_grows_when_it_is_kept_is_refused_beside_its_field(client: Client) -> None:
    address = "a@" + ("İ" * 60 + ".") * 4 + "nl"

    response = send(client, create_post(), mailadres=address, tekst="Dit blijft staan.")

    assert response.status_code == 422
    assert "Dit blijft staan." in response.content.decode()
    assert not Comment.objects.exists()
