"""The data of a visitor, handed over or erased by an editor."""

from __future__ import annotations

import json

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client

from comments.models import EmailAddress, Erasure
from tests.comments.admin.desk_pages import COMMENTS
from tests.comments.correspondents import ADDRESS, create_confirmed_comment
from tests.factories import create_comment, fresh
from tests.pages import form_values, parse, visible_text, with_class

pytestmark = pytest.mark.django_db

VISITOR = f"{COMMENTS}bezoeker/"


def test_data_of_a_visitor_is_handed_over_as_a_file(desk: Client) -> None:
    create_confirmed_comment(name="Hanneke", text="Dat zei ik.")

    response = desk.post(VISITOR, {"email": f" {ADDRESS.upper()} ", "_export": ""})

    assert response["Content-Disposition"] == 'attachment; filename="reacties-en-gegevens.json"'
    assert "no-store" in response["Cache-Control"]
    (comment,) = json.loads(response.content)["comments"]
    assert (comment["name"], comment["text"]) == ("Hanneke", "Dat zei ik.")


def test_data_of_a_visitor_is_erased_after_a_question(desk: Client, moderator: User) -> None:
    comment = create_confirmed_comment()

    question = desk.post(VISITOR, {"email": ADDRESS, "_erase": ""})

    assert f"{ADDRESS} en 1 reactie voorgoed wissen?" in visible_text(parse(question.content))
    assert EmailAddress.objects.exists()
    form = form_values(with_class(parse(question.content), "queue-redaction"))
    response = desk.post(VISITOR, form | {"_confirm": ""}, follow=True)
    assert "Het adres en 1 reactie zijn voorgoed gewist." in visible_text(parse(response.content))
    assert fresh(comment).status == "erased"
    assert not EmailAddress.objects.exists()
    assert Erasure.objects.get().made_by == moderator
    assert ADDRESS not in response.redirect_chain[0][0]
    assert not LogEntry.objects.filter(object_repr__contains="@").exists()


def test_question_takes_the_focus_and_names_what_stays(desk: Client) -> None:
    create_confirmed_comment()
    create_comment(email=ADDRESS)

    response = desk.post(VISITOR, {"email": ADDRESS, "_erase": ""})

    page = parse(response.content)
    (focused,) = [element for element in page.iter() if "autofocus" in element.attrib]
    assert visible_text(focused).startswith(f"{ADDRESS} en 1 reactie voorgoed wissen?")
    words = "Bij nog 1 reactie is dit adres ingevuld maar niet bevestigd; die blijft staan"
    assert words in visible_text(page)


@pytest.mark.parametrize("button", ["_export", "_erase", "_confirm"])
def test_address_that_nobody_gave_is_told_to_be_unknown(desk: Client, button: str) -> None:
    create_confirmed_comment()

    response = desk.post(VISITOR, {"email": "piet@voorbeeld.nl", button: ""})

    assert "Van dit adres bewaren we niets." in visible_text(parse(response.content))
    assert EmailAddress.objects.count() == 1


def test_what_is_no_address_comes_back(desk: Client) -> None:
    response = desk.post(VISITOR, {"email": "geen adres", "_export": ""})

    assert response.status_code == 422
