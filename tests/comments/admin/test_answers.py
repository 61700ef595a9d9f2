"""Answering from the queue, in the name of the author that an account belongs to."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from comments import moderation, queue
from comments.models import Comment
from comments.moderation import ChangedError
from tests.comments.admin.desk_pages import UNDO, card, decide, decide_url, form_of, page_of
from tests.comments.correspondents import edit
from tests.factories import create_author, create_comment, create_editor, fresh
from tests.pages import form_values, parse, visible_text, with_class

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(moderator: User) -> None:
    """The moderator has a name to answer with."""
    create_author(name="Karin", user=moderator)


@pytest.mark.usefixtures("author")
def test_answering_approves_and_both_are_undone_at_once(desk: Client) -> None:
    comment = create_comment(status="pending")

    response = decide(desk, comment, "answer", answer="Dank je wel.", reason="Goede vraag.")

    reply = comment.replies.get()
    assert fresh(comment).is_public
    assert comment.decisions.get().reason == "Goede vraag."
    assert (reply.name, reply.text, reply.badge) == ("Karin", "Dank je wel.", "editor")
    notice = with_class(page_of(desk, response["Location"]), "queue-notice")
    assert "Goedgekeurd en beantwoord: reactie van Joke." in visible_text(notice)
    response = desk.post(UNDO, form_values(next(notice.iter("form"))))
    assert fresh(comment).status == "pending"
    assert not fresh(reply).is_public
    notice = with_class(page_of(desk, response["Location"]), "queue-notice")
    assert visible_text(notice) == "Ongedaan gemaakt: reactie van Joke."


@pytest.mark.usefixtures("author")
def test_answering_twice_with_the_same_words_is_answering_once(desk: Client) -> None:
    comment = create_comment(status="pending")
    values = form_of(page_of(desk), comment) | {"choice": "answer", "answer": "Dank je wel."}

    desk.post(decide_url(comment), values)
    desk.post(decide_url(comment), values)

    assert comment.replies.count() == 1


@pytest.mark.usefixtures("author")
def test_answer_to_a_text_that_nobody_has_seen_is_kept_in_the_field(desk: Client) -> None:
    comment = create_comment(status="pending")
    values = form_of(page_of(desk), comment) | {"choice": "answer", "answer": "Dank je wel."}
    edit(comment, "Niet gezien.")

    response = desk.post(decide_url(comment), values)

    assert response.status_code == 409
    assert form_of(parse(response.content), comment)["answer"] == ["Dank je wel."]
    assert comment.replies.count() == 0
    assert fresh(comment).status == "pending"


@pytest.mark.usefixtures("author")
@pytest.mark.parametrize(
    ("typed", "problem"),
    [("", "Schrijf je antwoord."), (" \n", "Schrijf je antwoord."), ("x" * 2001, "2000")],
    ids=["nothing", "spaces", "too much"],
)
def test_answer_that_cannot_be_placed_comes_back(desk: Client, typed: str, problem: str) -> None:
    comment = create_comment(status="pending")

    response = decide(desk, comment, "answer", answer=typed)

    assert response.status_code == 422
    shown = card(parse(response.content), comment)
    assert problem in visible_text(with_class(shown, "card-problem"))
    assert typed.strip() in form_values(with_class(shown, "queue-form"))["answer"][0]
    assert fresh(comment).status == "pending"


def test_account_without_an_author_is_told_what_to_do(desk: Client) -> None:
    comment = create_comment(status="pending")

    shown = card(page_of(desk), comment)
    response = decide(desk, comment, "answer", answer="Dank je wel.")

    assert "Om te antwoorden heb je een naam nodig" in visible_text(shown)
    assert not list(shown.iter("textarea"))
    assert response.status_code == 422
    assert "koppel eerst een schrijver" in visible_text(card(parse(response.content), comment))
    assert Comment.objects.count() == 1


def test_same_answer_twice_is_one_answer_also_when_it_was_adapted() -> None:
    editor, comment = create_editor(), create_comment()
    create_author(user=editor)
    (decision,) = queue.answer(comment, by=editor, seen=None, text="Dank je wel!")
    moderation.redact(
        decision.comment, by=editor, version=1, name="De redactie", text="Dank je wel!"
    )

    again = queue.answer(comment, by=editor, seen=None, text="Dank je wel!")

    assert again == [decision]


@pytest.mark.parametrize("earlier", ["other words", "of a colleague", "taken back"])
def test_answer_is_placed_where_the_same_one_does_not_stand(earlier: str) -> None:
    editor, colleague, comment = create_editor(), create_editor(), create_comment()
    for account in (editor, colleague):
        create_author(user=account)
    text = "Graag gedaan." if earlier == "other words" else "Dank je wel!"
    by = colleague if earlier == "of a colleague" else editor
    (first,) = queue.answer(comment, by=by, seen=None, text=text)
    if earlier == "taken back":
        queue.undo(first, by=editor)

    (second,) = queue.answer(comment, by=editor, seen=None, text="Dank je wel!")

    assert second != first
    assert (second.made_by, second.comment.text) == (editor, "Dank je wel!")
    assert fresh(second.comment).is_public


def test_answer_that_a_colleague_rejected_is_not_taken_back_once_more() -> None:
    editor, comment = create_editor(), create_comment()
    create_author(user=editor)
    (decision,) = queue.answer(comment, by=editor, seen=None, text="Dank je wel!")
    moderation.reject(decision.comment, by=create_editor(username="bea"), version=1)

    with pytest.raises(ChangedError):
        queue.undo(decision, by=editor)


def test_answer_that_is_taken_back_is_on_record_with_who_did_it() -> None:
    editor, comment = create_editor(), create_comment()
    create_author(user=editor)
    (decision,) = queue.answer(comment, by=editor, seen=None, text="Dank je wel!")

    reply = queue.undo(decision, by=editor)

    assert reply.decisions.get(status="withdrawn").made_by == editor
