"""A reader reports a comment, a moderator decides, and the report's own page tells the outcome."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4
from xml.etree.ElementTree import Element

import pytest
import time_machine
from django.db import OperationalError
from django.test import Client

from blog import publishing
from comments import moderation, reports, submission
from comments.intake import limits
from comments.intake.limits import Action, Limit
from comments.models import Comment, Mail, Report
from tests.factories import create_comment, create_editor
from tests.instants import NOON
from tests.pages import Answer, parse, visible_text, with_class, with_id
from tests.rows import every_row

pytestmark = pytest.mark.django_db


def form_of(comment: Comment) -> str:
    """The address of the form to report a comment."""
    return f"/reacties/melden/{comment.uid}/"


def send(client: Client, comment: Comment, **fields: Any) -> Answer:
    """Send the form as a browser does."""
    headers = fields.pop("headers", {"sec-fetch-site": "same-origin"})
    data = {"grond": "insult", "toelichting": ""} | fields
    response: Answer = client.post(form_of(comment), data, headers=headers)
    return response


def outcome(client: Client, address: str) -> str:
    """What the page of a report says."""
    return visible_text(parse(client.get(address).content, strict=True))


def decided(comment: Comment, decide: Any, reason: str = "") -> None:
    """Let a moderator decide about what stands there now."""
    fresh = Comment.objects.get(pk=comment.pk)
    decide(fresh, by=create_editor(), version=fresh.newest_version, reason=reason)


# --- The form -------------------------------------------------------------------------------------


def test_form_shows_the_comment_and_the_grounds(client: Client) -> None:
    comment = create_comment(name="Piet", text="Slik gewoon **tien** pillen.")

    page = parse(client.get(form_of(comment)).content, strict=True)

    assert visible_text(with_class(page, "comment-text")) == "Slik gewoon tien pillen."
    assert "Piet" in visible_text(page)
    radios = [field for field in page.iter("input") if field.get("type") == "radio"]
    assert [radio.get("value") for radio in radios] == Report.Ground.values
    assert not any(radio.get("checked") for radio in radios)


def test_form_is_private_and_looking_changes_nothing(client: Client) -> None:
    comment = create_comment()
    before = every_row()

    response = client.get(form_of(comment))

    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies
    assert every_row() == before


@pytest.mark.parametrize("status", ["pending", "rejected", "spam", "withdrawn", "erased", "none"])
def test_only_what_readers_see_can_be_reported(client: Client, status: str) -> None:
    comment = create_comment(status="approved")
    if status == "withdrawn":
        submission.withdraw(comment)
    elif status == "erased":
        client.post(f"{comment.receipt_url}wissen/")
    elif status == "none":
        comment.uid = uuid4()
    else:
        comment = create_comment(status=status)
    before = every_row()

    answers = [client.get(form_of(comment)), send(client, comment)]

    assert [answer.status_code for answer in answers] == [404, 404]
    for answer in answers:
        assert "Deze reactie is er niet meer" in visible_text(parse(answer.content, strict=True))
    assert every_row() == before


@pytest.mark.parametrize(("status", "leads"), [("withdrawn", True), ("pending", False)])
def test_whoever_reports_what_is_gone_is_led_to_the_post_where_readers_saw_it(
    client: Client, status: str, leads: bool
) -> None:
    comment = create_comment(status="approved" if leads else status)
    if leads:
        submission.withdraw(comment)

    page = parse(client.get(form_of(comment)).content)

    links = [link.get("href") for link in page.iter("a")]
    assert (comment.post.get_absolute_url() in links) is leads


def test_comment_on_a_post_that_went_offline_cannot_be_reported(client: Client) -> None:
    comment = create_comment()
    publishing.unpublish(comment.post, by=create_editor())

    assert client.get(form_of(comment)).status_code == 404


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"grond": ""}, "grond"),
        ({"grond": "zomaar"}, "grond"),
        ({"grond": "illegal", "toelichting": ""}, "toelichting"),
        ({"grond": "other", "toelichting": " \n "}, "toelichting"),
        ({"toelichting": "x" * 1001}, "toelichting"),
    ],
)
def test_form_with_mistakes_comes_back_with_what_was_typed(
    client: Client, fields: dict[str, str], wrong: str
) -> None:
    comment = create_comment()
    before = every_row()
    sent = {"grond": "insult", "toelichting": "Met <b>alles</b>."} | fields

    response = send(client, comment, **sent)

    assert response.status_code == 422
    page = parse(response.content, strict=True)
    assert with_class(page, "error-summary").get("autofocus") == ""
    assert (with_id(page, "id_toelichting").text or "").strip() == sent["toelichting"].strip()
    assert chosen(page) == [sent["grond"]] * (sent["grond"] in Report.Ground.values)
    assert with_id(page, f"id_{wrong}_error") is not None
    assert every_row() == before


def chosen(page: Element) -> list[str]:
    """The ground that is chosen in the form."""
    return [
        field.get("value", "") for field in page.iter("input") if field.get("checked") is not None
    ]


def test_form_of_a_robot_comes_back_to_be_sent_once_more(client: Client) -> None:
    comment = create_comment()
    before = every_row()

    response = send(client, comment, toelichting="Kijk.", website="https://voorbeeld.nl/")

    assert response.status_code == 422
    page = parse(response.content, strict=True)
    assert (with_id(page, "id_toelichting").text or "").strip() == "Kijk."
    assert with_id(page, "id_website").get("value") is None
    assert "nog een keer" in visible_text(with_class(page, "error-summary"))
    assert every_row() == before


def test_error_summary_leads_to_the_first_ground(client: Client) -> None:
    page = parse(send(client, create_comment(), grond="").content, strict=True)

    (link,) = with_class(page, "error-summary").iter("a")

    assert with_id(page, link.get("href", "").removeprefix("#")).get("type") == "radio"


# --- A report -------------------------------------------------------------------------------------


def test_report_puts_the_comment_before_the_moderators_and_leaves_it_standing(
    client: Client,
) -> None:
    comment = create_comment(text="Slik gewoon tien pillen.")

    response = send(client, comment, grond="danger", toelichting="Tien is te veel.")

    made = Report.objects.get()
    assert response["Location"] == f"/reacties/melding/{made.key}/"
    assert (made.comment, made.ground, made.explanation) == (comment, "danger", "Tien is te veel.")
    assert Comment.objects.waiting().get() == comment
    assert b"Slik gewoon tien pillen." in client.get(comment.post.get_absolute_url()).content


def test_report_tells_the_moderators() -> None:
    comment = create_comment()
    moderator = create_editor(email="redacteur@example.org")

    reports.report(comment, ground=Report.Ground.INSULT, explanation="")

    assert Mail.objects.get(purpose="queue").user == moderator


def test_comment_that_waits_already_keeps_its_place_in_the_queue() -> None:
    comment = create_comment()
    Comment.objects.filter(pk=comment.pk).update(waiting_since=NOON)

    reports.report(comment, ground=Report.Ground.INSULT, explanation="")

    assert Comment.objects.get(pk=comment.pk).waiting_since == NOON


def test_same_report_sent_twice_is_one(client: Client) -> None:
    comment = create_comment()

    first, second = (send(client, comment) for _time in range(2))
    other = send(client, comment, toelichting="Hij scheldt.")

    assert first["Location"] == second["Location"] != other["Location"]
    assert Report.objects.count() == 2


def test_report_after_a_decision_is_a_new_one(client: Client) -> None:
    comment = create_comment()
    first = send(client, comment)
    decided(comment, moderation.approve)

    second = send(client, comment)

    assert first["Location"] != second["Location"]


def test_comment_that_goes_while_it_is_reported_is_told(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    comment = create_comment()

    def gone(*args: object, **kwargs: object) -> None:
        raise reports.NotPublicError

    monkeypatch.setattr(reports, "report", gone)
    response = send(client, comment)

    assert response.status_code == 404
    assert "Deze reactie is er niet meer" in visible_text(parse(response.content))


def test_use_case_refuses_what_readers_do_not_see() -> None:
    comment = create_comment()
    submission.withdraw(comment)

    with pytest.raises(reports.NotPublicError):
        reports.report(comment, ground=Report.Ground.INSULT, explanation="")


def test_report_from_another_site_is_refused_with_its_text(client: Client) -> None:
    comment = create_comment()
    before = every_row()

    response = send(client, comment, toelichting="Kijk.", headers={"sec-fetch-site": "cross-site"})

    assert response.status_code == 403
    assert (with_id(parse(response.content), "id_toelichting").text or "").strip() == "Kijk."
    assert every_row() == before


def test_reporting_too_often_keeps_the_text(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(limits.LIMITS, Action.REPORT, (Limit(0, timedelta(hours=1)),))

    response = send(client, create_comment(), toelichting="Kijk.")

    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert (with_id(parse(response.content), "id_toelichting").text or "").strip() == "Kijk."
    assert not Report.objects.exists()


# --- What became of it ----------------------------------------------------------------------------


def test_page_of_a_report_tells_that_it_waits_and_what_was_reported(client: Client) -> None:
    comment = create_comment(text="Scheldwoorden.")

    address = send(client, comment, toelichting="Kijk <b>dit</b>.")["Location"]

    said = outcome(client, address)
    assert "Een redacteur kijkt ernaar." in said
    assert "Iemand wordt beledigd of bedreigd" in said
    assert "Kijk <b>dit</b>." in said
    assert "Scheldwoorden." not in said
    links = [link.get("href") for link in parse(client.get(address).content).iter("a")]
    assert comment.get_absolute_url() in links


@pytest.mark.parametrize(
    ("decide", "told"),
    [
        (moderation.approve, "De reactie blijft staan."),
        (moderation.reject, "De reactie is weggehaald."),
        (moderation.mark_spam, "De reactie is weggehaald."),
    ],
)
def test_page_of_a_report_tells_the_decision_and_its_reason(
    client: Client, decide: Any, told: str
) -> None:
    comment = create_comment()
    address = send(client, comment)["Location"]

    decided(comment, decide, reason="Om deze reden.")

    assert told in outcome(client, address)
    assert "De reden: Om deze reden." in outcome(client, address)


@pytest.mark.parametrize("act", ["intrekken", "wissen"])
def test_page_of_a_report_tells_that_the_writer_took_the_comment_away(
    client: Client, act: str
) -> None:
    comment = create_comment()
    address = send(client, comment, toelichting="Hij zegt “ezel”.")["Location"]

    client.post(f"{comment.receipt_url}{act}/")

    assert "De reactie is er niet meer." in outcome(client, address)
    links = [link.get("href") for link in parse(client.get(address).content).iter("a")]
    assert comment.get_absolute_url() not in links


def test_page_of_a_report_is_private_and_takes_nothing(client: Client) -> None:
    address = send(client, create_comment())["Location"]
    before = every_row()

    response = client.get(address)

    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert client.post(address).status_code == 405
    assert every_row() == before


def test_key_of_a_report_with_a_changed_character_leads_nowhere(client: Client) -> None:
    address = send(client, create_comment())["Location"]
    key = address.split("/")[3]
    other = ("B" if key[0] == "A" else "A") + key[1:]

    response = client.get(f"/reacties/melding/{other}/")

    assert response.status_code == 404
    assert "Deze link werkt niet (meer)" in visible_text(parse(response.content))


def test_key_of_a_comment_opens_no_report_and_the_other_way_round(client: Client) -> None:
    comment = create_comment()
    send(client, comment)
    report = Report.objects.get()

    assert client.get(f"/reacties/melding/{comment.key}/").status_code == 404
    assert client.get(f"/reacties/{report.key}/").status_code == 404


def test_report_past_its_term_is_not_shown(client: Client) -> None:
    comment = create_comment()
    address = send(client, comment)["Location"]
    with time_machine.travel(NOON, tick=False):
        decided(comment, moderation.approve)

    with time_machine.travel(NOON + timedelta(days=180, seconds=-1), tick=False):
        assert client.get(address).status_code == 200
    with time_machine.travel(NOON + timedelta(days=180), tick=False):
        assert client.get(address).status_code == 404


def test_explanation_comes_back_when_the_comment_went_meanwhile(client: Client) -> None:
    comment = create_comment()
    submission.withdraw(comment)

    response = send(client, comment, grond="other", toelichting="Dit klopt niet.")

    assert response.status_code == 404
    assert "Dit klopt niet." in visible_text(parse(response.content, strict=True))


def test_explanation_comes_back_when_the_database_is_busy(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    comment = create_comment()

    def busy(*args: Any, **kwargs: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(Report.objects, "create", busy)
    response = send(client, comment, grond="other", toelichting="Dit klopt niet.")

    assert response.status_code == 503
    assert response["Retry-After"] == "60"
    page = parse(response.content, strict=True)
    assert "We konden je melding nu niet bewaren." in visible_text(
        with_class(page, "error-summary")
    )
    assert "Dit klopt niet." in visible_text(page)
    assert not Report.objects.exists()
