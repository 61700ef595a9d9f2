"""The page of one comment: its whole history, deciding there, and erasing it for good."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from xml.etree.ElementTree import Element

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from comments import moderation, submission
from comments.models import Comment, Decision, Erasure
from tests.comments.admin.desk_pages import COMMENTS, list_of, page_url, text_of
from tests.comments.correspondents import edit, report
from tests.factories import create_author, create_comment, create_editor, fresh
from tests.pages import Answer, all_with_class, form_values, parse, visible_text, with_class
from tests.rows import every_row

pytestmark = pytest.mark.django_db


# --- One comment ----------------------------------------------------------------------------------


def buttons(page: Element) -> list[str]:
    """The decisions that the card offers."""
    places = all_with_class(page, "queue-buttons")
    found = [visible_text(button) for place in places for button in place.iter("button")]
    return [words.rpartition(" ")[0] for words in found]


@pytest.mark.parametrize(
    ("status", "offered"),
    [
        ("pending", ["Goedkeuren", "Afwijzen", "Spam"]),
        ("approved", ["Afwijzen", "Spam"]),
        ("rejected", ["Toch goedkeuren", "Spam"]),
        ("spam", ["Toch goedkeuren", "Afwijzen"]),
    ],
)
def test_page_offers_what_would_change_something(
    desk: Client, status: str, offered: list[str]
) -> None:
    comment = create_comment(status=status)

    assert buttons(parse(desk.get(page_url(comment)).content)) == offered


def decide(desk: Client, comment: Comment, choice: str, **fields: Any) -> Answer:
    """Press a button on the comment's own page."""
    page = parse(desk.get(page_url(comment)).content)
    values = form_values(with_class(page, "queue-form")) | {"choice": choice} | fields
    return desk.post(f"{COMMENTS}{comment.pk}/beslissen/", values)


def test_decision_stays_on_the_page_and_is_undone_there(desk: Client) -> None:
    comment = create_comment(status="spam")

    response = decide(desk, comment, "approve", reason="Was echt.")

    decision = Decision.objects.latest("pk")
    address = f"{page_url(comment)}?besluit={decision.pk}#besluit"
    assert response["Location"] == address
    page = parse(desk.get(address).content)
    notice = with_class(page, "queue-notice")
    assert "Goedgekeurd: reactie van Joke." in visible_text(notice)
    response = desk.post(f"{COMMENTS}ongedaan/", form_values(next(notice.iter("form"))))
    assert response["Location"] == address
    assert fresh(comment).status == "spam"


def test_page_shows_every_step_with_who_why_and_what_was_undone(desk: Client) -> None:
    editor = create_editor(username="piet")
    comment = create_comment(by=editor)
    spam = moderation.mark_spam(comment, by=editor, version=1, reason="Leek reclame.")
    assert spam
    moderation.undo(spam, by=editor)
    submission.withdraw(comment)

    text = text_of(desk, page_url(comment))

    for words in ("Goedgekeurd · piet · versie 1", "Leek reclame.", "Ongedaan gemaakt op"):
        assert words in text
    assert "Ingetrokken door de schrijver · de schrijver" in text


def test_rejected_edit_is_told_apart_from_a_rejected_comment(desk: Client) -> None:
    editor = create_editor(username="piet")
    edited, reported = create_comment(), create_comment()
    for comment in (edited, reported):
        edit(comment, "Toch anders.")
    report(reported)

    for comment in (edited, reported):
        moderation.reject(comment, by=editor, version=2)

    assert "Wijziging afgewezen · piet · versie 2" in text_of(desk, page_url(edited))
    text = text_of(desk, page_url(reported))
    assert "Afgewezen · piet · versie 2" in text
    assert "Wijziging afgewezen" not in text


def test_title_names_the_writer(desk: Client) -> None:
    comment = create_comment(name="Vera")

    (title,) = parse(desk.get(page_url(comment)).content).iter("h1")

    assert visible_text(title) == "Reactie van Vera"


def test_page_shows_every_text_and_every_report(desk: Client) -> None:
    comment = create_comment(text="Eerst dit.")
    edit(comment, "En nu dit.")
    report(comment, "Wat een toon.")
    moderation.approve(comment, by=create_editor(), version=2, reason="Het mag.")

    text = text_of(desk, page_url(comment))

    for words in ("Eerst dit.", "En nu dit.", "Wat een toon.", "De reactie blijft staan"):
        assert words in text
    assert "Het mag." in text


def test_text_that_was_replaced_is_shown_for_thirty_days(desk: Client, moderator: User) -> None:
    comment = create_comment(text="Eerst dit.")
    edit(comment, "En nu dit.")
    moderation.approve(comment, by=moderator, version=2)
    assert "Eerst dit." in text_of(desk, page_url(comment))

    with time_machine.travel(timezone.now() + timedelta(days=31)):
        desk.force_login(moderator)
        assert "Eerst dit." not in text_of(desk, page_url(comment))


def test_last_decision_is_undone_on_the_page(desk: Client) -> None:
    comment = create_comment(status="rejected")
    page = parse(desk.get(page_url(comment)).content)
    (form,) = with_class(page, "queue-history").iter("form")

    desk.post(f"{COMMENTS}ongedaan/", form_values(form))

    assert fresh(comment).status == "pending"


def test_what_the_writer_or_a_redaction_did_is_not_undone(desk: Client) -> None:
    withdrawn, redacted = create_comment(), create_comment()
    submission.withdraw(withdrawn)
    moderation.redact(redacted, by=create_editor(), version=1, name="Joke", text="[…]")

    for comment in (withdrawn, redacted):
        history = all_with_class(parse(desk.get(page_url(comment)).content), "queue-history")
        assert not [form for part in history for form in part.iter("form")]


def test_redaction_cannot_be_undone_by_a_forged_form(desk: Client) -> None:
    comment = create_comment()
    moderation.redact(comment, by=create_editor(), version=1, name="Joke", text="[…]")
    before = every_row()

    response = desk.post(
        f"{COMMENTS}ongedaan/",
        {"decision": Decision.objects.latest("pk").pk},
        headers={"accept": "application/json"},
    )

    assert response.status_code == 409
    assert every_row() == before


def test_public_comment_is_answered_from_its_page(desk: Client, moderator: User) -> None:
    create_author(name="Karin", user=moderator)
    comment = create_comment()

    response = decide(desk, comment, "answer", answer="Dank je wel.")

    reply = comment.replies.get()
    assert (reply.name, reply.is_public) == ("Karin", True)
    notice = text_of(desk, response["Location"])
    assert "Beantwoord: reactie van Joke." in notice
    assert "Antwoord van de redactie · karin" in text_of(desk, page_url(reply))


def test_answer_that_was_taken_away_by_a_colleague_can_come_back(
    desk: Client, moderator: User
) -> None:
    create_author(name="Karin", user=moderator)
    answer = moderation.answer(create_comment(), by=moderator, text="Dank je wel.")
    decide(desk, answer, "reject")
    assert not fresh(answer).is_public

    desk.post(f"{COMMENTS}ongedaan/", {"decision": Decision.objects.latest("pk").pk})

    assert fresh(answer).is_public


def test_way_back_to_the_list_keeps_its_filters(desk: Client) -> None:
    create_comment(status="spam")
    folder = f"{COMMENTS}?status__exact=spam"
    (row,) = list_of(parse(desk.get(folder).content))
    link = next(next(row.iter("th")).iter("a")).get("href", "")

    page = parse(desk.get(link).content)

    assert folder in [a.get("href") for a in page.iter("a")]


@pytest.mark.parametrize("pk", ["0", "999", "x", "9" * 40])
@pytest.mark.parametrize("page", ["change", "aanpassen", "wissen"])
def test_page_of_no_comment_is_not_found(desk: Client, pk: str, page: str) -> None:
    assert desk.get(f"{COMMENTS}{pk}/{page}/", follow=True).status_code == 404


def test_words_of_a_visitor_are_not_written_by_the_page(desk: Client) -> None:
    comment = create_comment(status="pending", name="Joke", text="Mijn woorden.")
    before = every_row()

    desk.post(page_url(comment), {"name": "Niet Joke", "text": "x", "status": "spam", "_save": "1"})

    assert every_row() == before


# --- Erasing --------------------------------------------------------------------------------------


def test_erasing_asks_first_and_leaves_the_place(desk: Client, moderator: User) -> None:
    comment = create_comment(name="Anna", text="Weg ermee.")
    create_comment(parent=comment, text="Mooi gezegd.")
    address = f"{COMMENTS}{comment.pk}/wissen/"

    question = text_of(desk, address)
    assert "omdat er 1 antwoord op is" in question
    assert fresh(comment).text == "Weg ermee."
    response = desk.post(address)

    assert response["Location"] == COMMENTS
    erased = fresh(comment)
    assert (erased.status, erased.name, erased.text) == ("erased", "", "")
    log = Erasure.objects.get()
    assert (log.wish, log.made_by, log.comments) == ("editor", moderator, 1)
    article = Client().get(comment.post.get_absolute_url()).content.decode()
    assert "Mooi gezegd." in article
    assert "Weg ermee." not in article


def test_log_of_erasures_is_read_and_holds_nothing_that_was_erased(desk: Client) -> None:
    comment = create_comment(name="Annemiek", text="Weg ermee.")
    desk.post(f"{COMMENTS}{comment.pk}/wissen/")

    text = text_of(desk, "/admin/comments/erasure/")

    assert "een redacteur 1 reactie karin" in text
    assert "Annemiek" not in text
    pk = Erasure.objects.get().pk
    assert desk.get("/admin/comments/erasure/add/").status_code == 403
    assert desk.post(f"/admin/comments/erasure/{pk}/delete/", {"post": "yes"}).status_code == 403
    assert desk.post(f"/admin/comments/erasure/{pk}/change/", {"wish": "x"}).status_code == 403
