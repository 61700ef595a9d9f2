"""The page on which an editor publishes: what is missing, when, and what the button says."""

from __future__ import annotations

from typing import Any
from unittest.mock import Mock

import pytest
import time_machine
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from blog import publishing
from blog.models import LogRecord, PlannedChange, Post
from blog.publishing import PlanStandsError, TakenBeforeError
from tests.blog.admin.desk import change_address, message_after, publish
from tests.factories import (
    create_author,
    create_draft,
    create_editor,
    create_post,
    create_theme,
    create_user,
    fresh,
    in_days,
    newest,
    save_draft_of,
)
from tests.instants import NOON
from tests.pages import Answer, parse, visible_text, with_class, with_id

pytestmark = pytest.mark.django_db


def page_of(post: Post) -> str:
    """Where it is published."""
    return f"/admin/blog/post/{post.pk}/publiceren/"


def buttons(response: Answer) -> dict[str, str]:
    """What can be pressed, by name, and what stands on it."""
    inputs = parse(response.content).iter("input")
    return {
        str(field.get("name")): str(field.get("value"))
        for field in inputs
        if field.get("type") == "submit" and field.get("name")
    }


def text_of(response: Answer) -> str:
    """The page in words."""
    return visible_text(parse(response.content))


def choose(desk: Client, post: Post, *, day: str, time: str) -> Answer:
    """Choose a moment."""
    response: Answer = desk.get(page_of(post), {"moment_day": day, "moment_time": time})
    return response


def test_what_is_missing_is_said_and_leads_to_its_field(desk: Client) -> None:
    post = create_draft(title="Kort", body="", summary="")

    page = parse(desk.get(page_of(post)).content)

    found = {link.get("href"): visible_text(link) for link in page.iter("a")}
    for field in ("body", "summary", "theme", "byline_0"):
        assert f"{change_address(post)}#id_{field}" in found


def test_nothing_missing_is_said_too(desk: Client) -> None:
    post = create_draft(
        summary="Waar het over gaat, in een zin die lang genoeg is.",
        theme=create_theme(),
        authors=[create_author()],
        body="Tekst.",
    )

    assert "Er ontbreekt niets." in text_of(desk.get(page_of(post)))


def test_search_engine_and_card_show_title_and_description(desk: Client) -> None:
    summary = "Waar het over gaat, in een zin die lang genoeg is."
    post = create_draft(seo_title="Zoektitel", summary=summary, slug="adres")

    text = text_of(desk.get(page_of(post)))

    assert text.count("Zoektitel") == 2
    assert text.count(summary) == 2
    assert "/blog/adres/" in text


@time_machine.travel(NOON)
def test_button_says_for_when_a_text_is_planned(desk: Client) -> None:
    post = create_draft()

    response = choose(desk, post, day="2026-04-03", time="09:00")

    assert buttons(response)["_schedule"] == "Inplannen voor vr 3 april 09:00 (Amsterdam)"
    assert buttons(response)["_now"] == "Publiceer nu"


@time_machine.travel(NOON)
def test_moment_in_another_year_says_its_year(desk: Client) -> None:
    response = choose(desk, create_draft(), day="2027-01-04", time="08:15")

    assert buttons(response)["_schedule"] == "Inplannen voor ma 4 januari 2027 08:15 (Amsterdam)"


@time_machine.travel(NOON)
@pytest.mark.parametrize("is_live", [False, True])
def test_text_is_planned_and_the_message_says_what_will_happen(
    desk: Client, *, is_live: bool
) -> None:
    post = create_post(published_at=in_days(-9)) if is_live else create_draft()
    save_draft_of(post, title="Straks")
    address = f"{page_of(post)}?moment_day=2026-04-03&moment_time=09:00"
    at = buttons(desk.get(address))
    assert "_schedule" in at

    response = desk.post(
        address,
        {
            "revision": newest(post).number,
            "at": "2026-04-03T09:00:00+02:00",
            "_schedule": "1",
        },
    )

    said = message_after(desk, response)
    assert said == "Lezers zien deze tekst vanaf vr 3 april 09:00 (Amsterdam)."
    moment = PlannedChange.objects.get().goes_live_at if is_live else fresh(post).published_at
    assert f"{moment:%Y-%m-%d %H:%M}" == "2026-04-03 07:00"


@time_machine.travel(NOON)
@pytest.mark.parametrize(
    ("day", "time", "words"),
    [
        ("2026-03-29", "02:30", "02:30 bestaat niet"),
        ("2026-10-25", "02:30", "02:30 komt twee keer voor"),
        ("2026-01-01", "09:00", "Dit moment is al voorbij."),
        ("2026-04-03", "", "Kies een tijd."),
        ("", "09:00", "Kies een dag."),
        ("31-31-2026", "09:00", "Voer een geldige datum in."),
    ],
)
def test_moment_that_cannot_be_is_said_beside_the_field(
    desk: Client, day: str, time: str, words: str
) -> None:
    response = choose(desk, create_draft(), day=day, time=time)

    assert words in visible_text(with_class(parse(response.content), "errorlist"))
    assert "_schedule" not in buttons(response)


@time_machine.travel(NOON)
def test_hours_around_the_change_of_the_clock_are_each_one_moment(desk: Client) -> None:
    for time, label in (("01:59", "01:59"), ("03:00", "03:00")):
        shown = buttons(choose(desk, create_draft(), day="2026-10-25", time=time))
        assert label in shown["_schedule"]


def test_explanation_that_a_choice_names_is_on_the_page(desk: Client) -> None:
    post = create_post()
    save_draft_of(post, title="Nieuw")

    page = parse(desk.get(page_of(post)).content)

    choice = with_id(page, "id_notable")
    explanation = with_id(page, choice.get("aria-describedby", ""))
    assert visible_text(explanation).startswith("Vink dit aan als")


def test_page_asks_what_becomes_of_a_planned_change(desk: Client) -> None:
    post = create_post()
    publishing.schedule(save_draft_of(post, title="Straks"), by=create_editor(), at=in_days(1))
    save_draft_of(post, title="Nu")

    asked = publish(desk, post)

    assert "Kies wat er met de geplande wijziging gebeurt." in text_of(asked)
    assert fresh(post).title != "Nu"
    publish(desk, post, keep_plan="yes")
    assert fresh(post).title == "Nu"
    assert PlannedChange.objects.exists()


def test_page_asks_before_an_address_is_taken_from_another_post(desk: Client) -> None:
    other = create_post(slug="gewild", title="Eerst hier")
    publishing.publish(save_draft_of(other, slug="verhuisd"), by=create_editor())
    post = create_draft(slug="gewild")

    asked = publish(desk, post)

    assert '"Eerst hier" had dit adres eerder.' in text_of(asked)
    assert fresh(post).state == Post.State.DRAFT
    publish(desk, post, taking_over="on")
    assert fresh(post).is_published
    assert Client().get("/blog/gewild/").status_code == 200


@pytest.mark.parametrize("is_live", [False, True])
def test_plan_is_withdrawn(desk: Client, *, is_live: bool) -> None:
    post = create_post(published_at=in_days(-1 if is_live else 1))
    if is_live:
        publishing.schedule(save_draft_of(post, title="Straks"), by=create_editor(), at=in_days(1))

    response = publish(desk, post, button="_withdraw")

    assert message_after(desk, response) == "De planning is ingetrokken."
    assert fresh(post).state == (Post.State.LIVE if is_live else Post.State.DRAFT)
    assert not PlannedChange.objects.exists()
    assert LogRecord.objects.latest("pk").action == "plan_withdrawn"
    again = message_after(desk, publish(desk, post, button="_withdraw"))
    assert again == "Er is niets meer gepland. Hieronder staat wat lezers nu zien."


def test_busy_database_is_said_and_the_button_works_once_more(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = create_draft()
    with monkeypatch.context() as busy:
        busy.setattr(publishing, "publish", Mock(side_effect=OperationalError))
        assert "De database was even bezet." in text_of(publish(desk, post))

    publish(desk, post)

    assert fresh(post).is_published


def test_busy_database_is_said_to_who_withdraws_a_plan_too(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = create_post(published_at=in_days(1))
    monkeypatch.setattr(publishing, "unpublish", Mock(side_effect=OperationalError))

    answer = publish(desk, post, button="_withdraw")

    assert "De database was even bezet." in text_of(answer)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (PlanStandsError(Mock()), "Kies wat er met de geplande wijziging gebeurt."),
        (TakenBeforeError(Mock(title="De ander")), "Dit adres leidt lezers nog naar"),
    ],
)
def test_question_that_came_up_just_now_is_asked(
    desk: Client, monkeypatch: pytest.MonkeyPatch, question: Exception, words: str
) -> None:
    monkeypatch.setattr(publishing, "publish", Mock(side_effect=question))

    assert words in text_of(publish(desk, create_draft()))


def test_text_that_was_saved_after_the_page_was_opened_is_shown_first(desk: Client) -> None:
    post = create_draft(title="Gezien")
    opened = {"revision": newest(post).number, "_now": "1"}
    save_draft_of(post, title="Van een ander")

    response = desk.post(page_of(post), opened)

    assert "Iemand heeft intussen een nieuwere tekst opgeslagen." in text_of(response)
    assert fresh(post).state == Post.State.DRAFT


def test_second_click_publishes_nothing_twice(desk: Client) -> None:
    post = create_draft()
    sent = {"revision": newest(post).number, "_now": "1"}

    answers = [desk.post(page_of(post), sent) for _click in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert fresh(post).live_revision == newest(post)


@pytest.mark.parametrize("method", ["get", "post"])
def test_page_is_for_who_may_publish(client: Client, method: str) -> None:
    client.force_login(create_user(may=["add_post", "change_post", "view_post"]))
    post = create_draft()
    sent = {"revision": "1", "_now": "1"}

    assert getattr(client, method)(page_of(post), sent).status_code == 403
    assert fresh(post).state == Post.State.DRAFT


def test_page_costs_as_many_queries_for_a_long_history(desk: Client) -> None:
    post = create_draft()
    desk.get(page_of(post))

    with CaptureQueriesContext(connection) as short:
        desk.get(page_of(post))
    for number in range(12):
        save_draft_of(post, title=f"Versie {number}")
    with CaptureQueriesContext(connection) as long:
        desk.get(page_of(post))

    assert len(long) == len(short)


def test_page_of_a_post_that_does_not_exist_is_not_there(desk: Client) -> None:
    assert desk.get("/admin/blog/post/999/publiceren/").status_code == 404


@pytest.mark.parametrize(
    "sent", [{}, {"revision": "x"}, {"revision": "1", "at": "x"}, {"revision": "1", "at": ""}]
)
def test_crafted_form_is_no_error_of_ours(desk: Client, sent: dict[str, Any]) -> None:
    post = create_draft()

    assert desk.post(page_of(post), sent | {"_schedule": "1"}).status_code == 200
    assert fresh(post).state == Post.State.DRAFT


@pytest.mark.parametrize(
    "at",
    ["0001-01-01T00:00", "0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00", "9999-12-31T23:30Z"],
)
def test_moment_that_no_clock_can_show_is_refused_beside_its_field(desk: Client, at: str) -> None:
    post = create_draft()
    sent = {"revision": newest(post).number, "at": at, "_schedule": "1"}

    response = desk.post(page_of(post), sent)

    assert set(response.context["form"].errors) == {"at"}
    assert "Voer een geldige datum/tijd in." in text_of(response)
    assert fresh(post).state == Post.State.DRAFT
