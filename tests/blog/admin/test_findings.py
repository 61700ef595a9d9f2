"""What the checks found, in the admin: beside the text, on its own page, in list and history."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from blog import checking, publishing
from blog.checking import report_on
from blog.models import Post, Waiver
from tests.blog.admin.desk import change_address, form_of, message_after, publish
from tests.factories import (
    create_draft,
    create_editor,
    create_page,
    create_post,
    create_user,
    fresh,
    newest,
    save_draft_of,
)
from tests.pages import Answer, form_values, parse, visible_text, with_class

pytestmark = pytest.mark.django_db

STUDY = "Uit onderzoek blijkt dat thee helpt.\n"
DEAD = "Lees ook [dit stuk](post:bestaat-niet).\n"
DEAD_IN_WORDS = '"post:bestaat-niet" bestaat niet op deze site.'
NEW = "/admin/blog/post/nakijken/"


def page_of(post: Post) -> str:
    """The page with all that is found in a post."""
    return f"/admin/blog/{post.kind}/{post.pk}/controles/"


def panel_of(post: Post) -> str:
    """What the script asks while somebody types."""
    return f"/admin/blog/{post.kind}/{post.pk}/nakijken/"


def typed_in(desk: Client, form: str, **changes: Any) -> dict[str, Any]:
    """What a browser sends of this form, with some of its fields changed."""
    return form_values(form_of(desk.get(form, follow=True))) | changes


def jumps(response: Answer) -> dict[str, str]:
    """Where the findings of an answer lead, by the field that each is about."""
    return {
        str(link.get("data-field")): str(link.get("href"))
        for link in parse(response.content).iter("a")
        if "finding-jump" in link.get("class", "")
    }


def text_of(response: Answer) -> str:
    """An answer in words."""
    return visible_text(parse(response.content))


def keys_of(post: Post) -> list[str]:
    """The keys of the warnings of a post."""
    return [finding.key for finding in report_on(post, newest(post).content).warnings]


def waive_all(desk: Client, post: Post, *, note: str = "Staat in het kader.") -> Answer:
    """Let every warning of a post stand, as the page offers."""
    data = {"keys": keys_of(post), "note": note, "_waive": "1"}
    response: Answer = desk.post(page_of(post), data)
    return response


# --- While somebody types -------------------------------------------------------------------------


def test_panel_tells_of_what_was_typed_and_not_of_what_was_saved(desk: Client) -> None:
    post = create_draft(body="Niets aan de hand.\n")
    typed = typed_in(desk, change_address(post), body=STUDY.replace("\n", "\r\n"))

    response = desk.post(panel_of(post), typed)

    assert "Hier gaat het over onderzoek" in text_of(response)
    assert fresh(post).newest_revision == newest(post)


def test_panel_looks_at_a_post_that_was_never_saved(desk: Client) -> None:
    typed = typed_in(desk, "/admin/blog/post/add/", title="Nieuw", body=DEAD)

    response = desk.post(NEW, typed)

    assert DEAD_IN_WORDS in text_of(response)
    assert not Post.objects.exists()


def test_panel_of_a_page_asks_for_no_theme(desk: Client) -> None:
    page = create_page()
    typed = typed_in(desk, f"/admin/blog/page/{page.pk}/change/")

    response = desk.post(panel_of(page), typed)

    assert "thema" not in text_of(response)


def test_form_has_the_findings_without_a_script(desk: Client) -> None:
    post = create_draft(body=STUDY)

    response = desk.get(change_address(post), follow=True)

    given = with_class(parse(response.content), "findings-given")
    assert "Hier gaat het over onderzoek" in visible_text(given)


def test_form_that_comes_back_with_an_error_tells_of_what_was_typed(desk: Client) -> None:
    post = create_draft(body="Niets aan de hand.\n")
    typed = typed_in(desk, change_address(post), body=STUDY, slug="geen adres")

    response = desk.post(change_address(post), typed | {"_save": "1"})

    given = with_class(parse(response.content), "findings-given")
    assert "Hier gaat het over onderzoek" in visible_text(given)


def test_panel_is_for_who_may_write(client: Client) -> None:
    mine, other = create_user(may=["add_post", "change_own_post", "view_post"]), create_editor()
    post, theirs = create_draft(by=mine), create_draft(by=other)
    client.force_login(mine)
    typed = typed_in(client, change_address(post), body=STUDY)

    assert client.post(panel_of(post), typed).status_code == 200
    assert client.post(panel_of(theirs), typed).status_code == 403
    assert client.post(panel_of(theirs), typed)["Content-Type"] == "application/json"
    assert client.get(page_of(theirs)).status_code == 403
    assert Client().post(panel_of(post), typed).status_code == 403


def test_text_that_is_too_complex_is_said_in_words(desk: Client) -> None:
    post = create_draft()
    typed = typed_in(desk, change_address(post), body="> " * 40)

    response = desk.post(panel_of(post), typed)

    assert response.status_code == 400
    assert response.json()["error"]


# --- The page -------------------------------------------------------------------------------------


def test_each_finding_leads_to_its_place_in_the_form(desk: Client) -> None:
    post = create_draft(body=STUDY, summary="")

    places = jumps(desk.get(page_of(post)))

    assert places["summary"] == f"{change_address(post)}#id_summary"
    start = STUDY.index("onderzoek blijkt")
    place = f"body-{start}-{start + len('onderzoek blijkt')}"
    assert places["body"] == f"{change_address(post)}?plek={place}#id_body"


def test_what_is_ticked_stands_with_its_reason_and_can_be_shown_again(
    desk: Client, editor: User
) -> None:
    post = create_draft(body=STUDY)

    told = message_after(desk, waive_all(desk, post))
    text = text_of(desk.get(page_of(post)))
    waiver = Waiver.objects.first()
    assert waiver
    again = {"_show_again": str(waiver.pk)}
    shown = message_after(desk, desk.post(page_of(post), again))

    assert told == f"{Waiver.objects.count()} punten mogen blijven staan."
    assert shown == "Dit is weer een punt om na te kijken."
    assert "weer een punt" not in text_of(desk.post(page_of(post), again, follow=True))
    assert "Staat in het kader." in text
    assert editor.username in text
    assert Waiver.objects.standing().count() == Waiver.objects.count() - 1


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"note": ""}, "Zeg waarom het mag blijven staan."),
        ({"keys": []}, "Vink aan wat mag blijven staan."),
        ({"keys": ["bestaat-niet"]}, "De tekst is intussen veranderd, of een collega was je voor."),
    ],
)
def test_nothing_stands_without_a_tick_and_a_reason(
    desk: Client, changes: dict[str, Any], problem: str
) -> None:
    post = create_draft(body=STUDY)
    data = {"keys": keys_of(post)[:1], "note": "Mijn lange uitleg.", "_waive": "1"}

    response = desk.post(page_of(post), data | changes)

    assert problem in text_of(response)
    assert not Waiver.objects.exists()
    if "note" not in changes:
        assert "Mijn lange uitleg." in response.content.decode()
    else:
        assert response.content.decode().count(" checked") == 1


def test_choice_that_came_too_late_is_told_also_when_nothing_is_left(desk: Client) -> None:
    post = create_draft(body=STUDY)
    data = {"keys": keys_of(post), "note": "Ook gezien.", "_waive": "1"}
    waive_all(desk, post)

    response = desk.post(page_of(post), data)

    assert "De tekst is intussen veranderd, of een collega was je voor." in text_of(response)


def test_page_costs_as_many_queries_for_points_that_many_let_stand_as_for_one(
    desk: Client,
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            desk.get(page_of(post))
        return len(found)

    post = create_draft(body=STUDY, summary="")
    first, *others = keys_of(post)
    publishing.waive(post, [first], by=create_editor(), note="Gezien.")
    one = queries()
    for key in others:
        publishing.waive(post, [key], by=create_editor(), note="Gezien.")

    assert len(others) > 1
    assert queries() == one


def test_writer_sees_the_page_and_lets_nothing_stand(client: Client) -> None:
    writer = create_user(may=["add_post", "change_own_post", "view_post"])
    post = create_draft(by=writer, body=STUDY)
    client.force_login(writer)

    text = text_of(client.get(page_of(post)))
    response = waive_all(client, post)

    assert "Hier gaat het over onderzoek" in text
    assert "Laat staan wat is aangevinkt" not in text
    assert response.status_code == 403
    assert not Waiver.objects.exists()


def test_page_without_findings_says_so(desk: Client) -> None:
    post = create_page(
        title="Over ons",
        body="Wij zijn er.\n",
        summary="Wie wij zijn, en wat we doen, in het kort.",
    )

    assert "Niets gevonden." in text_of(desk.get(page_of(post)))


def test_aid_is_named_where_something_is_sold(desk: Client) -> None:
    sold = create_draft(body="Van magnesium slaap je beter.\n", sponsored_by="Voorbeeld")

    text = text_of(desk.get(page_of(sold)))

    assert "geen juridisch advies" in text
    assert "niet op de lijst gevonden" in text
    assert "Magnesium draagt bij tot de elektrolytenbalans" in text
    assert "geen juridisch advies" not in text_of(desk.get(page_of(create_draft())))


# --- Publishing -----------------------------------------------------------------------------------


def test_publishing_page_lists_errors_and_points_and_refuses_the_errors(desk: Client) -> None:
    post = create_draft(body=DEAD + "\n" + STUDY)

    page = desk.get(f"/admin/blog/post/{post.pk}/publiceren/")
    response = publish(desk, post)

    assert DEAD_IN_WORDS in text_of(page)
    assert "Hier gaat het over onderzoek" in text_of(page)
    assert DEAD_IN_WORDS in text_of(response)
    assert fresh(post).live_revision is None


def test_points_do_not_keep_a_text_from_going_live(desk: Client) -> None:
    post = create_draft(body=STUDY)

    publish(desk, post)

    assert fresh(post).is_published


# --- List and history -----------------------------------------------------------------------------


def test_list_tells_how_much_is_open_and_shows_only_those(desk: Client) -> None:
    flagged = create_draft(title="Met een punt", body=DEAD + "\n" + STUDY)
    create_draft(title="Nooit nagekeken")
    checking.store_result(flagged.pk)

    response = desk.get("/admin/blog/post/?state=points")

    text = text_of(response)
    assert "Met een punt" in text
    assert "Nooit nagekeken" not in text
    assert re.search(r"1 fout, \d punten om na te kijken", text)


def test_list_costs_as_many_queries_for_many_open_points_as_for_one(desk: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            desk.get("/admin/blog/post/")
        return len(found)

    checking.store_result(create_draft(body=STUDY).pk)
    desk.get("/admin/blog/post/")
    one = queries()
    for _ in range(5):
        checking.store_result(create_draft(body=STUDY).pk)

    assert queries() == one


def test_waived_point_is_in_the_history_also_once_it_is_shown_again(desk: Client) -> None:
    post = create_draft(body=STUDY)
    waive_all(desk, post, note="De bron staat in het kader.")
    save_draft_of(post, title="Een volgende tekst")
    waiver = Waiver.objects.get(check_name="unsourced_study")
    publishing.withdraw_waiver(waiver, by=create_editor(username="karin"))

    text = text_of(desk.get(f"/admin/blog/post/{post.pk}/history/"))

    assert "De bron staat in het kader." in text
    assert "weer getoond door karin" in text


def test_waived_point_is_told_with_the_next_revision(desk: Client) -> None:
    post = create_post(body=STUDY)
    waive_all(desk, post, note="De bron staat in het kader.")
    save_draft_of(post, title="Een volgende tekst")

    form = desk.get(change_address(post), follow=True)

    assert "De bron staat in het kader." in visible_text(
        with_class(parse(form.content), "findings-given")
    )
