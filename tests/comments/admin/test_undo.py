"""Undoing a decision: the card comes back, unless that can no longer be."""

from __future__ import annotations

import pytest
from django.test import Client

from comments import moderation, submission
from comments.models import Comment, Decision
from tests.comments.admin.desk_pages import CHOICES, QUEUE, SCRIPT, UNDO, decide, page_of
from tests.comments.correspondents import edit
from tests.factories import create_comment, create_editor, create_post, fresh
from tests.pages import all_with_class, form_values, parse, visible_text, with_class
from tests.rows import every_row

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("choice", "_status"), CHOICES)
def test_undo_brings_the_card_back(desk: Client, choice: str, _status: str) -> None:
    post = create_post()
    comments = [create_comment(post=post, status="pending") for _number in range(3)]
    notice = with_class(
        page_of(desk, decide(desk, comments[1], choice)["Location"]), "queue-notice"
    )

    response = desk.post(UNDO, form_values(next(notice.iter("form"))))

    address = response["Location"]
    assert address.endswith(f"#reactie-{comments[1].pk}")
    page = page_of(desk, address)
    assert [card.get("id") for card in all_with_class(page, "queue-card")] == [
        f"reactie-{comment.pk}" for comment in comments
    ]
    assert visible_text(with_class(page, "queue-notice")) == "Ongedaan gemaakt: reactie van Joke."


def test_undo_leads_to_the_page_of_the_card(desk: Client) -> None:
    post = create_post()
    for _number in range(22):
        create_comment(post=post, status="pending")
    comment = Comment.objects.waiting()[21]
    decided = moderation.approve(comment, by=create_editor(), version=1)
    assert decided

    response = desk.post(UNDO, {"decision": decided.pk})

    assert "pagina=2" in response["Location"]
    assert response["Location"].endswith(f"#reactie-{comment.pk}")


def test_decision_that_can_no_longer_be_undone_stays(desk: Client) -> None:
    comment = create_comment(status="pending")
    decide(desk, comment)
    edit(comment, "Toch anders.")
    decision = Decision.objects.get()

    response = desk.post(UNDO, {"decision": decision.pk}, follow=True)

    assert "Dit kan niet meer ongedaan worden gemaakt" in visible_text(parse(response.content))
    assert fresh(comment).is_public


def test_wording_that_is_past_its_term_cannot_be_brought_back(desk: Client) -> None:
    comment = create_comment()
    edit(comment, "Toch anders.")
    decide(desk, comment)
    comment.versions.filter(number=1).delete()

    response = desk.post(UNDO, {"decision": Decision.objects.latest("pk").pk}, follow=True)

    assert "Dit kan niet meer ongedaan worden gemaakt" in visible_text(parse(response.content))
    assert fresh(comment).text == "Toch anders."


@pytest.mark.parametrize("value", ["", "x", "0", "9" * 40, "-1", "²"])
def test_undoing_what_does_not_exist_changes_nothing(desk: Client, value: str) -> None:
    create_comment(status="pending")
    before = every_row()

    response = desk.post(UNDO, {"decision": value}, headers=SCRIPT)

    assert response.status_code == 409
    assert every_row() == before


def test_decision_of_a_rule_or_a_writer_is_not_undone(desk: Client) -> None:
    comment = create_comment()
    submission.withdraw(comment)

    response = desk.post(UNDO, {"decision": Decision.objects.latest("pk").pk}, headers=SCRIPT)

    assert response.status_code == 409
    assert fresh(comment).status == "withdrawn"


def test_notice_tells_nothing_of_a_colleagues_decision(desk: Client) -> None:
    create_comment(name="Anna", by=create_editor())

    page = page_of(desk, f"{QUEUE}?besluit={Decision.objects.get().pk},x,{'9' * 40}")

    assert not all_with_class(page, "queue-notice")
