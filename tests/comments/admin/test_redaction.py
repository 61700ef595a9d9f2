"""Adapting a comment: what readers see, and what was typed meanwhile."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

import pytest
from django.test import Client

from comments.models import Comment
from tests.comments.admin.desk_pages import COMMENTS, page_url, text_of
from tests.comments.correspondents import edit
from tests.factories import create_comment, fresh
from tests.pages import form_values, parse, visible_text, with_class

pytestmark = pytest.mark.django_db


def redact_url(comment: Comment) -> str:
    """Where something is taken out of a comment."""
    return f"{COMMENTS}{comment.pk}/aanpassen/"


def redaction_form(page: Element) -> dict[str, Any]:
    """The form as it is filled in."""
    return form_values(with_class(page, "queue-redaction"))


def test_adapted_text_is_what_readers_see(desk: Client, client: Client) -> None:
    comment = create_comment(name="Anna", text="Bel 06-12345678 maar.")
    values = redaction_form(parse(desk.get(redact_url(comment)).content))
    assert (values["name"], values["text"]) == (["Anna"], ["Bel 06-12345678 maar."])

    response = desk.post(
        redact_url(comment), values | {"text": "Bel […] maar.", "reason": "Privacy."}
    )

    assert response["Location"] == page_url(comment)
    article = Client().get(comment.post.get_absolute_url()).content.decode()
    assert "Bel […] maar." in article
    assert "06-12345678" not in article
    text = text_of(desk, page_url(comment))
    for words in ("Aangepast door de redactie · karin", "Privacy.", "Bel 06-12345678 maar."):
        assert words in text


def test_suggestions_take_the_personal_details_out_and_save_nothing(desk: Client) -> None:
    comment = create_comment(name="Anna", text="Bel 06-12345678 of mail anna@voorbeeld.nl.")
    values = redaction_form(parse(desk.get(redact_url(comment)).content))

    response = desk.post(
        redact_url(comment), values | {"_suggest": "", "reason": "Privacy.", "name": "An\0na"}
    )

    suggested = redaction_form(parse(response.content))
    assert "06-12345678" not in suggested["text"][0]
    assert "anna@voorbeeld.nl" not in suggested["text"][0]
    assert (suggested["name"], suggested["reason"]) == (["Anna"], ["Privacy."])
    assert fresh(comment).text == "Bel 06-12345678 of mail anna@voorbeeld.nl."
    assert desk.post(redact_url(comment), suggested).status_code == 302
    assert fresh(comment).text == suggested["text"][0].replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("text", "is_told"),
    [("Ik slaap\r\nslecht.", True), ("Bel 06-12345678.", False)],
    ids=["nothing found", "something found"],
)
def test_suggestions_that_find_nothing_say_so(desk: Client, text: str, is_told: bool) -> None:
    comment = create_comment()
    values = redaction_form(parse(desk.get(redact_url(comment)).content))

    response = desk.post(redact_url(comment), values | {"_suggest": "", "text": text})

    page = parse(response.content)
    told = "Geen telefoonnummer, mailadres of BSN gevonden." in visible_text(page)
    assert told == is_told
    (focused,) = [element for element in page.iter() if "autofocus" in element.attrib]
    assert focused.get("name") == "text"


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("approved", "Opgeslagen. Lezers zien dat de redactie de reactie heeft aangepast."),
        ("pending", "Opgeslagen. Als je de reactie goedkeurt, zien lezers dat de redactie hem"),
    ],
)
def test_what_readers_see_of_it_is_told(desk: Client, status: str, words: str) -> None:
    comment = create_comment(status=status)
    values = redaction_form(parse(desk.get(redact_url(comment)).content))

    response = desk.post(redact_url(comment), values | {"text": "[…]"}, follow=True)

    assert words in visible_text(parse(response.content))


def test_edit_that_came_meanwhile_stands_beside_what_was_typed(desk: Client) -> None:
    comment = create_comment(text="Gezien.")
    values = redaction_form(parse(desk.get(redact_url(comment)).content))
    edit(comment, "Niet gezien.")

    response = desk.post(redact_url(comment), values | {"text": "Minder gezien."})

    assert response.status_code == 409
    page = parse(response.content)
    text = visible_text(page)
    assert "De schrijver heeft de reactie net gewijzigd; dit is de nieuwe tekst." in text
    assert "Niet gezien." in text
    again = redaction_form(page)
    assert again["text"] == ["Minder gezien."]
    assert fresh(comment).text == "Gezien."
    assert desk.post(redact_url(comment), again).status_code == 302
    assert fresh(comment).text == "Minder gezien."


@pytest.mark.parametrize(
    "fields",
    [{"text": ""}, {"name": " "}, {"name": "x" * 61}, {"text": "x" * 4_001}, {"version": "x"}],
    ids=str,
)
def test_adaptation_that_cannot_be_saved_comes_back(desk: Client, fields: dict[str, str]) -> None:
    comment = create_comment(text="Zo is het.")
    values = redaction_form(parse(desk.get(redact_url(comment)).content))

    response = desk.post(redact_url(comment), values | {"reason": "Privacy."} | fields)

    assert response.status_code == 422
    assert redaction_form(parse(response.content))["reason"] == ["Privacy."]
    assert fresh(comment).text == "Zo is het."


def test_saving_without_a_change_changes_nothing(desk: Client) -> None:
    comment = create_comment()
    values = redaction_form(parse(desk.get(redact_url(comment)).content))

    response = desk.post(redact_url(comment), values, follow=True)

    assert "Er is niets veranderd" in visible_text(parse(response.content))
    assert fresh(comment).redacted_at is None


def test_adapting_an_edit_that_waits_warns_that_readers_will_see_it(desk: Client) -> None:
    comment = create_comment(text="Eerst dit.")
    edit(comment, "En nu dit.")

    text = text_of(desk, redact_url(comment))

    assert "Dit is een wijziging die nog wacht." in text
