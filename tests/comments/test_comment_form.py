"""The form “Reactie plaatsen”: what a visitor sends, and what comes back."""

from __future__ import annotations

import ipaddress
import threading
from dataclasses import replace
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any
from xml.etree.ElementTree import Element
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import OperationalError, connection
from django.test import Client
from pytest_django import Settings

from blog import publishing
from blog.models import Moderation, Post, SiteSettings
from comments import moderation, submission
from comments.models import TEXT_LENGTH, Comment, Erasure
from comments.privacy import erasure
from tests.factories import (
    create_comment,
    create_draft,
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
WAYS_TO_GO = ("taken offline", "thrown away", "expired")
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


def take_from_readers(post: Post, way: str) -> Post:
    """Make a post one that readers could see, and cannot any more."""
    if way == "expired":
        Post._base_manager.filter(pk=post.pk).update(
            published_at=in_days(-2), expires_at=in_days(-1)
        )
    elif way == "thrown away":
        publishing.throw_away(post, by=create_editor())
    else:
        publishing.unpublish(post, by=create_editor())
    return post


def kept_text(response: Answer) -> str | None:
    """The text that the page hands back, to be copied."""
    page = parse(response.content, strict=True)
    assert (page.findtext("head/title") or "").startswith("Fout: ")
    assert with_class(page, "error-summary").get("autofocus") is not None
    (field,) = page.iter("textarea")
    assert field.get("readonly") is not None
    return field.text


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
    for address in (post.get_absolute_url(), comment.reply_url):
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


# --- The preview ----------------------------------------------------------------------------------


def test_preview_shows_the_comment_as_it_will_look_and_keeps_nothing(client: Client) -> None:
    text = "Eerste *alinea*.\n\n> Een citaat"

    response = send(client, create_post(), tekst=text, voorbeeld="ja")

    page = parse(response.content, strict=True)
    preview = with_class(page, "preview")
    assert response.status_code == HTTPStatus.OK
    assert "Joke" in visible_text(preview)
    assert [visible_text(emphasis) for emphasis in preview.iter("em")] == ["alinea"]
    assert [visible_text(quote) for quote in preview.iter("blockquote")] == ["Een citaat"]
    assert preview.get("autofocus") is not None
    assert (page.findtext("head/title") or "").startswith("Voorbeeld: ")
    assert shown(response)["tekst"] == [text.replace("\n", "\r\n")]
    assert Comment.objects.count() == 0


def test_link_in_a_preview_is_text(client: Client) -> None:
    text = "Zie https://example.com/goedkoop voor meer."

    response = send(client, create_post(), tekst=text, voorbeeld="ja")

    preview = with_class(parse(response.content, strict=True), "preview")
    assert "example.com" in visible_text(preview)
    assert list(preview.iter("a")) == []


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>"])
def test_preview_is_as_safe_as_a_comment(client: Client, text: str) -> None:
    response = send(client, create_post(), naam=text, tekst=text, voorbeeld="ja")

    preview = with_class(parse(response.content, strict=True), "preview")
    assert visible_text(preview).count(text) == 2
    assert [element.tag for element in preview.iter() if element.tag in {"script", "img"}] == []


def test_preview_of_a_form_with_a_mistake_shows_the_mistake(client: Client) -> None:
    response = send(client, create_post(), naam="", voorbeeld="ja")

    page = parse(response.content)
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert message_beside(page, "id_naam")
    assert all_with_class(page, "preview") == []


def test_comment_can_be_sent_from_its_preview(client: Client) -> None:
    parent = create_comment()
    own = {"op": str(parent.uid), "headers": {"sec-fetch-site": "same-origin"}}
    form = shown(client.get(parent.post.get_absolute_url()))["formulier"][0]
    response = send(client, parent.post, **own, tekst="Ja, *graag*.", voorbeeld="", formulier=form)

    values = {name: value[0] for name, value in shown(response).items()}
    send(client, parent.post, **own | values)

    comment = Comment.objects.get(text="Ja, *graag*.")
    assert (comment.parent, comment.spam_findings) == (parent, [])


# --- A word before personal details stand there ---------------------------------------------------

PHONE = "Bel me gerust: 06-12345678."


def anyway(page: Element) -> str:
    """What the button “Toch plaatsen” sends along with the form."""
    (button,) = [button for button in page.iter("button") if button.get("name") == "toch"]
    (form,) = page.iter("form")
    assert button.get("form") == form.get("id")
    return button.get("value") or ""


@pytest.mark.parametrize(
    ("fields", "found", "kinds"),
    [
        ({"tekst": PHONE}, "telefoonnummer", "phone"),
        ({"tekst": "Mail joke@example.org"}, "e-mailadres", "email"),
        ({"tekst": "Mijn BSN is 111222333."}, "BSN", "bsn"),
        ({"naam": "Joke 06-12345678"}, "telefoonnummer", "phone"),
        ({"tekst": f"{PHONE} joke@example.org"}, "telefoonnummer en", "email phone"),
    ],
    ids=["phone", "address", "bsn", "in the name", "two kinds"],
)
def test_personal_details_are_pointed_out_before_they_stand_there(
    client: Client, fields: dict[str, str], found: str, kinds: str
) -> None:
    response = send(client, create_post(), **fields)

    page = parse(response.content, strict=True)
    nudge = with_class(page, "nudge")
    assert response.status_code == HTTPStatus.OK
    assert found in visible_text(nudge)
    assert nudge.get("autofocus") is not None
    assert nudge.get("tabindex") == "-1"
    assert (page.findtext("head/title") or "").startswith("Nog niet geplaatst: ")
    (link,) = nudge.iter("a")
    assert link.get("href") == ("#id_naam" if "naam" in fields else "#id_tekst")
    assert anyway(page) == kinds
    assert Comment.objects.count() == 0


def test_own_address_in_its_own_field_is_no_reason_for_a_nudge(client: Client) -> None:
    response = send(client, create_post(), mailadres="joke@example.org")

    assert response.status_code == 302


def test_comment_with_personal_details_can_be_placed_anyway(client: Client) -> None:
    post = create_post()
    response = send(client, post, tekst=PHONE)
    values = {name: value[0] for name, value in shown(response).items()}

    values["toch"] = anyway(parse(response.content))
    again = client.post(f"/blog/{post.slug}/reageren/", values)

    assert again.status_code == 302
    assert Comment.objects.get().text == PHONE


def test_comment_without_its_personal_details_goes_on(client: Client) -> None:
    post = create_post()
    response = send(client, post, tekst=PHONE)
    values = {name: value[0] for name, value in shown(response).items()}

    again = client.post(f"/blog/{post.slug}/reageren/", values | {"tekst": "Vraag maar raak."})

    assert again.status_code == 302
    assert Comment.objects.get().text == "Vraag maar raak."


def test_nudged_comment_that_is_just_sent_again_is_nudged_again(client: Client) -> None:
    post = create_post()
    values = {name: value[0] for name, value in shown(send(client, post, tekst=PHONE)).items()}

    again = client.post(f"/blog/{post.slug}/reageren/", values)

    assert all_with_class(parse(again.content), "nudge")
    assert Comment.objects.count() == 0


def test_another_kind_of_detail_that_came_in_is_pointed_out_too(client: Client) -> None:
    post = create_post()

    response = send(client, post, tekst=f"{PHONE} Of mail joke@example.org", toch="phone")

    assert anyway(parse(response.content)) == "email phone"
    # Only one answer goes along with the form: that of the button.
    assert "toch" not in shown(response)
    assert Comment.objects.count() == 0


def test_what_was_allowed_once_is_not_asked_again_after_a_mistake(client: Client) -> None:
    response = send(client, create_post(), naam="", tekst=PHONE, toch="phone")

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert shown(response)["toch"] == ["phone"]


@pytest.mark.parametrize("toch", ["onzin", "phone' OR 1=1", "\x00", '"><script>', "x " * 50_000])
def test_strange_permission_permits_nothing_and_breaks_nothing(client: Client, toch: str) -> None:
    response = send(client, create_post(), tekst="Mail joke@example.org", toch=toch)

    page = parse(response.content, strict=True)
    assert anyway(page) == "email"
    assert list(page.iter("script")) == []
    assert Comment.objects.count() == 0


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
    assert "is er niet meer" not in visible_text(parse(page.content))
    assert response.status_code == HTTPStatus.CONFLICT
    assert "Niet voor iedereen." not in response.content.decode()
    assert shown(response)["tekst"] == ["Mijn antwoord."]
    assert Comment.objects.count() == 1


def remove(comment: Comment, how: str) -> None:
    """Take a comment away that readers have seen."""
    match how:
        case "withdrawn":
            submission.withdraw(comment)
        case "erased":
            erasure.erase(comment, wish=Erasure.Wish.WRITER)
        case _:
            decide = moderation.mark_spam if how == "spam" else moderation.reject
            decide(comment, by=create_editor(), version=1)


REMOVALS = ("withdrawn", "erased", "spam", "rejected")


@pytest.mark.parametrize("how", REMOVALS)
def test_form_for_a_reply_to_what_was_removed_offers_a_comment_of_its_own(
    client: Client, how: str
) -> None:
    parent = create_comment(name="Pieter", text="Niet meer voor iedereen.")
    remove(parent, how)

    response = client.get(parent.reply_url)

    assert "is er niet meer" in visible_text(parse(response.content))
    assert "Pieter" not in response.content.decode()
    assert "Niet meer voor iedereen." not in response.content.decode()
    assert "op" not in shown(response)


@pytest.mark.parametrize("how", REMOVALS)
def test_reply_to_what_was_removed_meanwhile_is_kept_in_its_place(client: Client, how: str) -> None:
    parent = create_comment()
    remove(parent, how)

    response = send(client, parent.post, op=str(parent.uid))

    assert response.status_code == 302
    assert Comment.objects.get(name="Joke", status="pending").parent == parent


@pytest.mark.parametrize("how", REMOVALS)
def test_mistake_in_a_reply_to_what_was_removed_keeps_its_place_and_shows_nothing(
    client: Client, how: str
) -> None:
    parent = create_comment(name="Pieter", text="Niet meer voor iedereen.")
    remove(parent, how)

    response = send(client, parent.post, op=str(parent.uid), naam="")

    assert shown(response)["op"] == [str(parent.uid)]
    assert "Pieter" not in response.content.decode()
    assert "Niet meer voor iedereen." not in response.content.decode()


@pytest.mark.parametrize("op", ["c0000000-0000-4000-8000-000000000099", "x", "\x00", ""])
def test_form_for_a_reply_to_nothing_is_the_plain_form(client: Client, op: str) -> None:
    post = create_post()

    response = client.get(f"/blog/{post.slug}/reageren/", {"op": op})

    assert response.status_code == HTTPStatus.OK
    assert "op" not in shown(response)
    assert "is er niet meer" not in visible_text(parse(response.content))


def test_quote_of_the_parent_is_formatted_as_in_the_thread(client: Client) -> None:
    parent = create_comment(text="Eerst *dit*.\n\n- een\n- twee")

    quote = with_class(parse(client.get(parent.reply_url).content), "quoted")

    assert [visible_text(emphasis) for emphasis in quote.iter("em")] == ["dit"]
    assert len(list(quote.iter("li"))) == 2


def test_comment_of_another_post_cannot_be_answered(client: Client) -> None:
    elsewhere, post = create_comment(name="Pieter"), create_post()

    page = client.get(f"/blog/{post.slug}/reageren/", {"op": str(elsewhere.uid)})
    response = send(client, post, op=str(elsewhere.uid), tekst="Mijn antwoord.")

    assert "Pieter" not in page.content.decode()
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


def test_reply_to_what_went_for_good_meanwhile_can_be_sent_as_a_comment_of_its_own(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_late(*args: object, **kwargs: object) -> None:
        raise submission.RefusedError(submission.PARENT_GONE)

    monkeypatch.setattr("comments.views.submission.submit", too_late)
    parent = create_comment()

    response = send(client, parent.post, op=str(parent.uid), tekst="Mijn antwoord.")

    assert response.status_code == HTTPStatus.CONFLICT
    assert shown(response)["tekst"] == ["Mijn antwoord."]
    assert "op" not in shown(response)


# --- Posts that take none -------------------------------------------------------------------------


def test_closed_post_takes_no_comment_and_the_text_is_kept(client: Client) -> None:
    post = create_post()
    publishing.open_comments(post, by=create_editor(), opened=False)

    response = send(client, post, tekst="\nTe laat geschreven.")

    assert response.status_code == HTTPStatus.CONFLICT
    assert kept_text(response) == "\nTe laat geschreven."
    assert Comment.objects.count() == 0


def test_answer_of_a_closed_post_says_since_when_and_why(client: Client) -> None:
    post = create_post(published_at=NOON - timedelta(days=30))
    with time_machine.travel(NOON, tick=False):
        publishing.open_comments(post, by=create_editor(), opened=False, reason="Alles is gezegd.")

    with time_machine.travel(NOON + timedelta(days=3), tick=False):
        response = send(client, post)

    summary = visible_text(with_class(parse(response.content), "error-summary"))
    assert "2 maart 2026" in summary
    assert "Alles is gezegd." in summary


def test_post_whose_term_ended_while_somebody_wrote_hands_back_the_text(client: Client) -> None:
    SiteSettings.objects.create(comments_close_after=30)
    post = create_post(published_at=NOON - timedelta(days=30))

    with time_machine.travel(NOON - timedelta(seconds=1), tick=False):
        in_time = send(client, post, tekst="Net op tijd.")
    with time_machine.travel(NOON, tick=False):
        too_late = send(client, post, tekst="Te laat geschreven.")

    assert in_time.status_code == 302
    assert too_late.status_code == HTTPStatus.CONFLICT
    assert kept_text(too_late) == "Te laat geschreven."
    assert "2 maart 2026" in visible_text(with_class(parse(too_late.content), "error-summary"))


def test_form_of_a_closed_post_says_so_before_anything_is_typed(client: Client) -> None:
    post = create_post()
    publishing.open_comments(post, by=create_editor(), opened=False)

    response = client.get(f"/blog/{post.slug}/reageren/")

    assert list(parse(response.content).iter("form")) == []


@pytest.mark.parametrize("way", WAYS_TO_GO)
def test_post_that_went_while_somebody_wrote_hands_back_the_text(client: Client, way: str) -> None:
    post = take_from_readers(create_post(title="Geheim", body="Geheime tekst."), way)

    response = send(client, post, tekst="\n  Een lang verhaal.\x00\n")

    assert response.status_code == HTTPStatus.GONE
    assert kept_text(response) == "\n  Een lang verhaal.\n"
    assert "Geheim" not in response.content.decode()
    assert Comment.objects.count() == 0


@pytest.mark.parametrize("way", WAYS_TO_GO)
def test_form_of_a_post_that_went_is_gone_too(client: Client, way: str) -> None:
    post = take_from_readers(create_post(), way)

    answers = client.get(f"/blog/{post.slug}/reageren/"), send(client, post, tekst=" \n")

    for answer in answers:
        assert answer.status_code == HTTPStatus.GONE
        assert list(parse(answer.content).iter("textarea")) == []


def test_post_that_goes_while_its_comment_is_kept_shows_nothing_of_itself(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = create_post(title="Geheim")

    def too_late(*args: object, **kwargs: object) -> None:
        publishing.unpublish(post, by=create_editor())
        raise submission.RefusedError(submission.CLOSED)

    monkeypatch.setattr("comments.views.submission.submit", too_late)

    response = send(client, post, tekst="Een lang verhaal.")

    assert response.status_code == HTTPStatus.GONE
    assert kept_text(response) == "Een lang verhaal."
    assert "Geheim" not in response.content.decode()


def test_reason_why_a_post_went_stands_above_the_text(client: Client) -> None:
    post = create_post()
    publishing.unpublish(post, by=create_editor(), reason="Het klopte <b>niet</b> meer.")

    response = send(client, post)

    summary = with_class(parse(response.content), "error-summary")
    assert "Het klopte <b>niet</b> meer." in visible_text(summary)


def test_form_sent_to_no_post_hands_back_the_text(client: Client) -> None:
    response = client.post("/blog/bestaat-niet/reageren/", {"naam": "Joke", "tekst": "<b>Ach.</b>"})

    assert response.status_code == HTTPStatus.NOT_FOUND
    assert kept_text(response) == "<b>Ach.</b>"


def test_form_sent_to_a_draft_gives_nothing_away(client: Client) -> None:
    draft = create_draft(slug="nog-geheim", title="Nog geheim")

    response = send(client, draft)
    nowhere = client.post("/blog/nog-gemeen/reageren/", {"naam": "Joke", "tekst": "Fijn artikel."})

    assert response.status_code == HTTPStatus.NOT_FOUND
    assert response.content == nowhere.content


@pytest.mark.parametrize("slug", ["bestaat-niet", "over-ons"])
def test_form_of_no_post_is_not_found(client: Client, slug: str) -> None:
    create_page(slug="over-ons")

    assert client.get(f"/blog/{slug}/reageren/").status_code == HTTPStatus.NOT_FOUND
    assert client.post(f"/blog/{slug}/reageren/", {}).status_code == HTTPStatus.NOT_FOUND


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
    moderation.approve(Comment.objects.get(), by=create_editor(), version=1)

    response = send(client, post)

    comment = Comment.objects.get()
    assert response["Location"] == comment.get_absolute_url()
    assert str(comment.key) not in response["Location"]


def test_comment_that_is_public_at_once_leads_its_writer_to_the_receipt(client: Client) -> None:
    SiteSettings.objects.create(moderation=Moderation.NONE)

    response = send(client, create_post(), headers={"sec-fetch-site": "same-origin"})

    comment = Comment.objects.get()
    assert comment.is_public
    assert response["Location"] == comment.receipt_url


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
