"""Two editors save one post at the same instant: one wins, and no word of the other is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from blog.models import Post, Sitting
from tests.blog.admin.desk import change_address, form_of
from tests.comments.together import Together, at_once, in_every_order
from tests.factories import create_draft, create_superuser, newest
from tests.pages import form_values, parse, visible_text, with_class

pytestmark = pytest.mark.django_db(transaction=True)


def save_together(post: Post, together: Together, *, round_: int = 0) -> None:
    """Let two editors open the form and save it at once; hold what must come of it."""
    texts = [f"De {who} tekst van ronde {round_}." for who in ("ene", "andere")]
    forms = [opened(post, body=text) for text in texts]
    before = newest(post)

    answers = together(*(lambda form=form: send(post, *form) for form in forms))

    winner = answers.index(next(answer for answer in answers if answer.status_code == 302))
    won, lost = texts[winner], texts[1 - winner]
    refusal = answers[1 - winner]
    assert refusal.status_code == 200
    assert (newest(post).content.body, newest(post).base) == (won, before)
    shown = visible_text(with_class(parse(refusal.content), "stale"))
    assert won in shown
    assert lost in shown
    kept = Sitting.objects.get(key=forms[1 - winner][1]["sitting"][0])
    assert (kept.typed["body"], kept.base) == ([lost], before)


def opened(post: Post, **changes: Any) -> tuple[Client, dict[str, Any]]:
    """An editor at a desk of their own, and the form with what they typed."""
    desk = Client()
    desk.force_login(create_superuser())
    return desk, form_values(form_of(desk.get(change_address(post), follow=True))) | changes | {
        "_save": "1"
    }


def send(post: Post, desk: Client, values: dict[str, Any]) -> Any:
    """Press the button."""
    return desk.post(change_address(post), values)


@in_every_order
def test_of_two_saves_at_once_one_wins_and_both_texts_are_kept(together: Together) -> None:
    save_together(create_draft(), together)


@pytest.mark.long
def test_of_two_saves_at_once_one_wins_a_hundred_times() -> None:
    post = create_draft()
    for round_ in range(100):
        save_together(post, at_once, round_=round_)
    assert post.revisions.count() == 101
