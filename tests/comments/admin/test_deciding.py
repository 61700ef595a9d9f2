"""Deciding in the queue, with and without the script, and never about what was not seen."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

import pytest
from django.contrib.auth.models import User
from django.test import Client

from comments import moderation, submission
from comments.models import Comment, Decision, Erasure
from comments.privacy import erasure
from tests.comments.admin.desk_pages import (
    CHOICES,
    COMMENTS,
    QUEUE,
    SCRIPT,
    UNDO,
    card,
    decide,
    decide_url,
    form_of,
    page_of,
)
from tests.comments.correspondents import edit, report
from tests.factories import create_comment, create_editor, create_post, fresh
from tests.pages import all_with_class, form_values, parse, visible_text, with_class, with_id

pytestmark = pytest.mark.django_db

SEVERAL = f"{COMMENTS}beslissen/"


def decide_by_script(desk: Client, comment: Comment, choice: str = "approve", **fields: Any) -> Any:
    """Press a button of a card as the script does it; the response has the JSON."""
    values = form_of(page_of(desk), comment) | {"choice": choice} | fields
    return desk.post(decide_url(comment), values, headers=SCRIPT)


def ticks(page: Element) -> list[str]:
    """What a browser would send of the boxes of all cards."""
    return [tick.get("value", "") for tick in all_with_class(page, "queue-tick")]


# --- Deciding without a script --------------------------------------------------------------------


@pytest.mark.parametrize(("choice", "status"), CHOICES)
def test_button_decides_and_leads_to_the_next_card(
    desk: Client, moderator: User, choice: str, status: str
) -> None:
    post = create_post()
    first, second = [create_comment(post=post, status="pending") for _number in range(2)]

    response = decide(desk, first, choice, reason="Zo spreken we het af.")

    decision = Decision.objects.get()
    assert fresh(first).status == status
    assert (decision.made_by, decision.reason) == (moderator, "Zo spreken we het af.")
    address = f"{QUEUE}?besluit={decision.pk}&voor={second.pk}#reactie-{second.pk}"
    assert response["Location"] == address
    notice = visible_text(with_class(page_of(desk, address), "queue-notice"))
    assert notice.startswith(f"{Comment.Status(status).label}: reactie van Joke.")
    assert "Ongedaan maken" in notice


def test_notice_stands_right_above_the_next_card(desk: Client) -> None:
    post = create_post()
    for number in range(3):
        create_comment(post=post, name=f"Nummer {number}", status="pending")
    second = Comment.objects.get(name="Nummer 1")

    page = page_of(desk, decide(desk, second)["Location"])

    kinds = [
        "notice" if "queue-notice" in element.get("class", "") else element.get("id")
        for element in with_class(page, "queue-cards")
    ]
    first, third = Comment.objects.get(name="Nummer 0"), Comment.objects.get(name="Nummer 2")
    assert kinds == [f"reactie-{first.pk}", "notice", f"reactie-{third.pk}"]


def test_last_card_leads_to_what_was_decided(desk: Client) -> None:
    comment = create_comment(status="pending")

    response = decide(desk, comment)

    assert response["Location"] == f"{QUEUE}?besluit={Decision.objects.get().pk}#besluit"
    page = page_of(desk, response["Location"])
    assert with_id(page, "besluit").get("tabindex") == "-1"


def test_decision_leads_back_to_the_same_page_and_filter(desk: Client) -> None:
    post = create_post()
    for _number in range(23):
        create_comment(post=post, status="pending")
    first, *_others = Comment.objects.all()
    address = f"{QUEUE}?pagina=2&van={first.pk}"
    comment = Comment.objects.waiting()[20]
    values = form_of(page_of(desk, address), comment)

    response = desk.post(decide_url(comment), values | {"choice": "approve"})

    assert response["Location"].startswith(f"{QUEUE}?van={first.pk}&pagina=2&besluit=")


def test_pressing_twice_is_deciding_once(desk: Client) -> None:
    comment = create_comment(status="pending")
    values = form_of(page_of(desk), comment) | {"choice": "approve"}

    first = desk.post(decide_url(comment), values)
    second = desk.post(decide_url(comment), values)

    assert Decision.objects.count() == 1
    assert first.status_code == second.status_code == 302


def test_reason_is_one_line_of_at_most_two_hundred_signs(desk: Client) -> None:
    comment = create_comment(status="pending")

    decide(desk, comment, "reject", reason="Re\0clame.\r\n" + "x" * 10_000)

    assert Decision.objects.get().reason == ("Reclame. " + "x" * 10_000)[:200]


def test_decision_that_does_not_exist_is_refused(desk: Client) -> None:
    comment = create_comment(status="pending")

    assert decide(desk, comment, "delete").status_code == 400
    assert fresh(comment).status == "pending"


def test_reason_of_a_report_reaches_its_report(desk: Client) -> None:
    comment = create_comment()
    made = report(comment)

    decide(desk, comment, "reject", reason="Dit is te grof.")

    made.refresh_from_db()
    assert (made.outcome, made.reason) == ("hidden", "Dit is te grof.")


def test_rejected_edit_is_told_apart_from_a_rejected_comment(desk: Client) -> None:
    comment = create_comment()
    edit(comment, "Toch anders.")

    response = decide(desk, comment, "reject")

    assert fresh(comment).is_public
    notice = with_class(page_of(desk, response["Location"]), "queue-notice")
    assert "Wijziging afgewezen: reactie van Joke." in visible_text(notice)


def test_address_of_a_decision_leads_to_the_comment(desk: Client) -> None:
    comment = create_comment(status="pending")

    assert desk.get(decide_url(comment))["Location"] == f"{COMMENTS}{comment.pk}/change/"
    assert desk.get(SEVERAL)["Location"] == desk.get(UNDO)["Location"] == QUEUE
    assert fresh(comment).status == "pending"


# --- What was not seen ----------------------------------------------------------------------------


@pytest.mark.parametrize(("choice", "_status"), CHOICES)
def test_text_that_came_after_the_page_is_not_decided_about(
    desk: Client, client: Client, choice: str, _status: str
) -> None:
    comment = create_comment(text="Gezien.")
    edit(comment, "Ook gezien.")
    values = form_of(page_of(desk), comment) | {"choice": choice, "reason": "Om die reden."}
    edit(comment, "Niet gezien.")

    response = desk.post(decide_url(comment), values)

    assert response.status_code == 409
    shown = card(parse(response.content), comment)
    text = visible_text(shown)
    assert "De schrijver heeft de reactie net gewijzigd; dit is de nieuwe tekst." in text
    assert "Niet gezien." in text
    assert form_values(with_class(shown, "queue-form"))["reason"] == ["Om die reden."]
    assert shown.get("autofocus") is not None
    article = Client().get(comment.post.get_absolute_url()).content.decode()
    assert "Gezien." in article
    assert "Niet gezien." not in article
    assert Decision.objects.count() == 1


def test_form_without_what_was_seen_decides_nothing(desk: Client) -> None:
    comment = create_comment(status="pending")

    for seen in ("", "x", "1.pending.0", "1.pending.0.1.1", "9" * 30 + ".pending.0.1"):
        response = desk.post(decide_url(comment), {"choice": "approve", "seen": seen})
        assert response.status_code == 409

    assert fresh(comment).status == "pending"


def test_report_that_came_after_the_page_is_not_decided_about(desk: Client) -> None:
    comment = create_comment()
    edit(comment, "Toch anders.")
    values = form_of(page_of(desk), comment) | {"choice": "reject"}
    made = report(comment, "Wat een toon.")

    response = desk.post(decide_url(comment), values)

    assert response.status_code == 409
    text = visible_text(card(parse(response.content), comment))
    assert "Iemand heeft deze reactie net gemeld. Lees eerst de melding." in text
    assert "Wat een toon." in text
    made.refresh_from_db()
    assert made.outcome == ""
    assert fresh(comment).is_public


def test_decision_of_a_colleague_is_not_overruled_unseen(desk: Client) -> None:
    comment = create_comment(status="pending")
    values = form_of(page_of(desk), comment) | {"choice": "approve", "reason": "Prima."}
    moderation.reject(comment, by=create_editor(), version=1)

    response = desk.post(decide_url(comment), values)

    assert response.status_code == 409
    page = parse(response.content)
    assert "Iemand anders heeft net over deze reactie beslist: Afgewezen." in visible_text(page)
    assert form_of(page, comment)["reason"] == ["Prima."]
    assert fresh(comment).status == "rejected"


def test_comment_that_was_withdrawn_meanwhile_stays_withdrawn(desk: Client) -> None:
    comment = create_comment(status="pending")
    values = form_of(page_of(desk), comment) | {"choice": "approve"}
    submission.withdraw(comment)

    response = desk.post(decide_url(comment), values)

    assert response.status_code == 409
    assert "De schrijver heeft deze reactie net ingetrokken." in visible_text(
        parse(response.content)
    )
    assert fresh(comment).status == "withdrawn"


@pytest.mark.parametrize("erased", [True, False])
def test_comment_that_is_gone_is_told_to_be_gone(desk: Client, erased: bool) -> None:
    comment = create_comment(status="pending")
    values = form_of(page_of(desk), comment) | {"choice": "approve"}
    if erased:
        erasure.erase(comment, wish=Erasure.Wish.WRITER)
    else:
        Comment.objects.all().delete()

    response = desk.post(decide_url(comment), values, follow=True)

    assert "Deze reactie is er niet meer." in visible_text(parse(response.content))
    assert not Comment.objects.approved()


# --- By the script --------------------------------------------------------------------------------


@pytest.mark.parametrize(("choice", "status"), CHOICES)
def test_script_hears_what_was_decided(desk: Client, choice: str, status: str) -> None:
    post = create_post()
    comment = create_comment(post=post, status="pending")
    create_comment(post=post, status="pending")

    response = decide_by_script(desk, comment, choice)

    assert response.status_code == 200
    assert response.json() == {
        "message": f"{Comment.Status(status).label}: reactie van Joke.",
        "decisions": [Decision.objects.get().pk],
        "decided": [comment.pk],
        "cards": {},
        "waiting": "1 reactie wacht.",
    }
    assert "no-store" in response["Cache-Control"]


def test_script_undoes(desk: Client) -> None:
    comment = create_comment(status="pending")
    decisions = decide_by_script(desk, comment).json()["decisions"]

    response = desk.post(UNDO, {"decision": decisions}, headers=SCRIPT)

    assert response.json() == {
        "message": "Ongedaan gemaakt: reactie van Joke.",
        "back": [comment.pk],
        "waiting": "1 reactie wacht.",
    }
    assert fresh(comment).status == "pending"


def test_script_gets_the_card_with_the_text_that_nobody_has_seen(desk: Client) -> None:
    comment = create_comment(status="pending")
    values = form_of(page_of(desk), comment) | {"choice": "approve", "reason": "Prima."}
    edit(comment, "Niet gezien.")

    response = desk.post(decide_url(comment), values, headers=SCRIPT)

    assert response.status_code == 409
    answer = response.json()
    assert "De schrijver heeft de reactie net gewijzigd" in answer["error"]
    shown = card(parse(answer["cards"][str(comment.pk)]), comment)
    assert "Niet gezien." in visible_text(shown)
    again = form_values(with_class(shown, "queue-form")) | {"choice": "approve"}
    assert again["reason"] == ["Prima."]
    assert desk.post(decide_url(comment), again, headers=SCRIPT).status_code == 200
    assert fresh(comment).text == "Niet gezien."


def test_script_hears_that_a_comment_is_gone(desk: Client) -> None:
    comment = create_comment(status="pending")
    values = form_of(page_of(desk), comment) | {"choice": "approve"}
    Comment.objects.all().delete()

    answer = desk.post(decide_url(comment), values, headers=SCRIPT).json()

    assert answer["message"] == "Deze reactie is er niet meer."
    assert (answer["decided"], answer["decisions"]) == ([comment.pk], [])


# --- Several at once ------------------------------------------------------------------------------


@pytest.mark.parametrize(("choice", "status"), CHOICES)
def test_ticked_cards_are_decided_about_at_once_and_undone_at_once(
    desk: Client, choice: str, status: str
) -> None:
    post = create_post()
    comments = [create_comment(post=post, status="pending") for _number in range(3)]
    ticked = ticks(page_of(desk))[:2]

    response = desk.post(SEVERAL, {"choice": choice, "ticked": ticked})

    assert [fresh(comment).status for comment in comments] == [status, status, "pending"]
    page = page_of(desk, response["Location"])
    notice = with_class(page, "queue-notice")
    assert visible_text(notice).startswith(f"{Comment.Status(status).label}: 2 reacties.")
    desk.post(UNDO, form_values(next(notice.iter("form"))))
    assert {fresh(comment).status for comment in comments} == {"pending"}


def test_no_more_is_decided_about_at_once_than_a_page_holds(desk: Client) -> None:
    post = create_post()
    for _number in range(21):
        create_comment(post=post, status="pending")
    both_pages = [*ticks(page_of(desk)), *ticks(page_of(desk, f"{QUEUE}?pagina=2"))]

    desk.post(SEVERAL, {"choice": "approve", "ticked": both_pages})

    assert len(both_pages) == 21
    assert Comment.objects.approved().count() == 20


def test_what_changed_meanwhile_is_left_and_told(desk: Client) -> None:
    post = create_post()
    first = create_comment(post=post, name="Anna", status="pending")
    second = create_comment(post=post, name="Bram", status="pending")
    ticked = ticks(page_of(desk))
    edit(second, "Niet gezien.", name="Bram")

    response = desk.post(SEVERAL, {"choice": "approve", "ticked": ticked}, follow=True)

    assert fresh(first).is_public
    assert fresh(second).status == "pending"
    text = visible_text(parse(response.content))
    assert "Goedgekeurd: reactie van Anna." in text
    assert "Bram: De schrijver heeft de reactie net gewijzigd" in text


def test_script_gets_the_cards_that_were_left(desk: Client) -> None:
    post = create_post()
    first = create_comment(post=post, status="pending")
    second = create_comment(post=post, status="pending")
    ticked = ticks(page_of(desk))
    edit(second, "Niet gezien.")

    response = desk.post(SEVERAL, {"choice": "spam", "ticked": ticked}, headers=SCRIPT)

    answer = response.json()
    assert answer["decided"] == [first.pk]
    assert list(answer["cards"]) == [str(second.pk)]
    assert "Niet gezien." in answer["cards"][str(second.pk)]


@pytest.mark.parametrize("ticked", [[], ["x"], [".."], ["9" * 40 + ".1.pending.0.1"]], ids=str)
def test_nothing_ticked_is_told(desk: Client, ticked: list[str]) -> None:
    comment = create_comment(status="pending")
    values = {"choice": "approve", "ticked": ticked}

    page = parse(desk.post(SEVERAL, values, follow=True).content)
    answer = desk.post(SEVERAL, values, headers=SCRIPT)

    assert "Kruis eerst aan om welke reacties het gaat." in visible_text(page)
    assert answer.status_code == 422
    assert answer.json()["error"] == "Kruis eerst aan om welke reacties het gaat."
    assert fresh(comment).status == "pending"


def test_part_of_what_was_decided_can_still_be_undone(desk: Client) -> None:
    post = create_post()
    first, second = [create_comment(post=post, status="pending") for _number in range(2)]
    answer = desk.post(
        SEVERAL, {"choice": "approve", "ticked": ticks(page_of(desk))}, headers=SCRIPT
    ).json()
    submission.withdraw(second)

    undone = desk.post(UNDO, {"decision": answer["decisions"]}, headers=SCRIPT).json()

    assert undone["back"] == [first.pk]
    assert "1 besluit blijft staan" in undone["message"]
    assert fresh(second).status == "withdrawn"
