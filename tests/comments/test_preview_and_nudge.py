"""Between typing and sending: the preview, and a word before personal details stand there."""

from __future__ import annotations

from http import HTTPStatus
from xml.etree.ElementTree import Element

import pytest
from django.test import Client

from comments.models import Comment
from tests.comments.forms import message_beside, send, shown
from tests.factories import create_comment, create_post
from tests.pages import all_with_class, parse, visible_text, with_class

pytestmark = pytest.mark.django_db


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
    assert [link.get("href") for link in preview.iter("a")] == ["#id_tekst"]


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


def test_preview_leads_on_to_sending_and_to_writing(client: Client) -> None:
    response = send(client, create_post(), voorbeeld="ja")

    page = parse(response.content, strict=True)
    by_enter, send_it = with_class(page, "preview").iter("button")
    # Enter in a field shows another preview: what is typed there is not sent unseen.
    assert (by_enter.get("name"), by_enter.get("hidden")) == ("voorbeeld", "")
    assert (visible_text(send_it), send_it.get("name")) == ("Reactie plaatsen", None)
    (form,) = page.iter("form")
    assert by_enter.get("form") == send_it.get("form") == form.get("id")


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
