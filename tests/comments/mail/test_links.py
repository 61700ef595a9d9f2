"""The links in our mails: opening one changes nothing, and one that is dead does nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from comments.mail import correspondence, links
from comments.models import Comment, EmailAddress, Link, Report
from comments.privacy import retention
from tests.comments.correspondents import ADDRESS, confirm_link, create_confirmed_comment
from tests.factories import create_comment
from tests.pages import parse, visible_text
from tests.rows import every_row

pytestmark = pytest.mark.django_db

WORDS = "Ik slaap al jaren slecht."
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
OTHER_SITE = {"sec-fetch-site": "cross-site"}
PLACES = {
    "confirm": "/reacties/bevestigen/{}/",
    "stop": "/reacties/stoppen/{}/",
    "data": "/reacties/gegevens/{}/",
    "data_erase": "/reacties/gegevens/{}/wissen/",
}


@pytest.fixture
def comment() -> Comment:
    """A comment whose writer filled in an address and has not followed our link."""
    return create_comment(status="pending", text=WORDS, email=ADDRESS)


def link_for(place: str) -> Link:
    """A link that works in this place."""
    email = EmailAddress.objects.get()
    if place == "confirm":
        return Link.objects.get(purpose=Link.Purpose.CONFIRM)
    return links.stop_link(email) if place == "stop" else links.make_data_link(email)


def say(html: bytes) -> str:
    """What a page says."""
    return visible_text(parse(html, strict=True))


# --- Confirm --------------------------------------------------------------------------------------


def test_button_confirms_and_leads_to_the_receipt(client: Client, comment: Comment) -> None:
    address = PLACES["confirm"].format(confirm_link(comment).key)

    response = client.post(address)

    assert response.status_code == 200
    assert "Je adres is bevestigd" in say(response.content)
    assert comment.receipt_url in [a.get("href") for a in parse(response.content).iter("a")]
    assert Comment.objects.get().confirmed_at
    assert EmailAddress.objects.get().confirmed_at


def test_page_to_confirm_names_the_post_and_no_word_of_the_comment(
    client: Client, comment: Comment
) -> None:
    page = client.get(PLACES["confirm"].format(confirm_link(comment).key)).content

    assert comment.post.title.replace("’", "'") in say(page)
    assert WORDS not in say(page)
    assert comment.name not in say(page)
    assert comment.key
    assert comment.key not in page.decode()


def test_second_click_on_confirm_says_that_it_worked(client: Client, comment: Comment) -> None:
    address = PLACES["confirm"].format(confirm_link(comment).key)
    client.post(address)
    before = every_row()

    answers = [client.get(address), client.post(address)]

    assert [answer.status_code for answer in answers] == [404, 404]
    for answer in answers:
        assert "Je adres was al bevestigd" in say(answer.content)
        assert str(links.USED) in say(answer.content)
    assert every_row() == before


# --- Stop -----------------------------------------------------------------------------------------


def test_mail_program_stops_our_mails_with_one_request(comment: Comment) -> None:
    stop = link_for("stop")

    response = Client(enforce_csrf_checks=True).post(PLACES["stop"].format(stop.key), ONE_CLICK)

    assert response.status_code == 200
    assert EmailAddress.objects.get().stopped_at


def test_stopping_works_years_later_and_again_and_again(client: Client, comment: Comment) -> None:
    address = PLACES["stop"].format(link_for("stop").key)

    with time_machine.travel(timezone.now() + timedelta(days=3650)):
        answers = [client.post(address, ONE_CLICK) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert EmailAddress.objects.get().stopped_at


def test_page_to_stop_shows_a_button_and_no_whole_address(client: Client, comment: Comment) -> None:
    page = client.get(PLACES["stop"].format(link_for("stop").key)).content

    assert [visible_text(button) for button in parse(page).iter("button")] == ["Alle mail stoppen"]
    assert "h…@voorbeeld.nl" in say(page)
    assert ADDRESS not in page.decode()


def test_page_that_stopped_our_mails_says_where_to_turn_them_on_again(
    client: Client, comment: Comment
) -> None:
    page = client.post(PLACES["stop"].format(link_for("stop").key)).content

    assert "Op de pagina van je reactie kun je mail weer aanzetten." in say(page)


def test_link_to_get_mail_again_says_what_its_button_does(client: Client, comment: Comment) -> None:
    client.post(PLACES["confirm"].format(confirm_link(comment).key))
    client.post(PLACES["stop"].format(link_for("stop").key))
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        correspondence.request_replies(Comment.objects.get())
        again = PLACES["confirm"].format(Link.objects.filter(purpose="confirm").latest("pk").key)

        question, answer = client.get(again).content, client.post(again).content

    assert "Wil je weer mail van ons?" in say(question)
    assert "In elke mail staat een link waarmee je dat weer stopt." in say(answer)
    assert EmailAddress.objects.get().stopped_at is None


# --- All of them ----------------------------------------------------------------------------------


@pytest.mark.parametrize("place", PLACES)
def test_opening_a_link_changes_nothing_and_nobody_keeps_the_page(
    client: Client, comment: Comment, place: str
) -> None:
    address = PLACES[place].format(link_for(place).key)
    before = every_row()

    response = client.get(address)

    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "same-origin"
    assert not response.cookies
    assert every_row() == before


@pytest.mark.parametrize("place", [place for place in PLACES if place != "stop"])
def test_form_of_another_site_does_nothing(client: Client, comment: Comment, place: str) -> None:
    address = PLACES[place].format(link_for(place).key)
    before = every_row()

    response = client.post(address, headers=OTHER_SITE)

    assert response.status_code == 403
    assert "Er is niets veranderd" in say(response.content)
    assert every_row() == before


def spoil(link: Link, how: str) -> str:
    """Make a link do nothing; the key to try."""
    now = timezone.now()
    if how == "changed character":
        return ("B" if link.key[0] == "A" else "A") + link.key[1:]
    moments = {"expired": "expires_at", "used": "used_at", "withdrawn": "withdrawn_at"}
    Link.objects.filter(pk=link.pk).update(**{moments[how]: now})
    return link.key


@pytest.mark.parametrize("how", ["changed character", "expired", "used", "withdrawn"])
@pytest.mark.parametrize("place", PLACES)
def test_dead_link_leads_to_a_polite_page_and_does_nothing(
    client: Client, comment: Comment, place: str, how: str
) -> None:
    address = PLACES[place].format(spoil(link_for(place), how))
    before = every_row()

    answers = [client.get(address), client.post(address, ONE_CLICK)]

    heading = "Deze link werkt niet (meer)"
    if (place, how) == ("confirm", "used"):
        heading = "Je adres was al bevestigd"
    assert [answer.status_code for answer in answers] == [404, 404]
    for answer in answers:
        assert heading in say(answer.content)
    assert every_row() == before


@pytest.mark.parametrize("place", PLACES)
def test_key_of_another_kind_does_nothing(client: Client, comment: Comment, place: str) -> None:
    report = Report.objects.create(key="eenmeldingssleutel-abc", comment=comment, ground="other")
    own = {"data_erase": "data"}.get(place, place)
    others = [link_for(kind).key for kind in ("confirm", "stop", "data") if kind != own]
    before = every_row()

    for key in [*others, comment.key, report.key]:
        address = PLACES[place].format(key)
        assert client.get(address).status_code == 404
        assert client.post(address).status_code == 404

    assert every_row() == before


@pytest.mark.parametrize(
    "place", ["/reacties/{}/", "/reacties/{}/wissen/", "/reacties/melding/{}/"]
)
def test_key_of_a_link_opens_no_receipt(client: Client, comment: Comment, place: str) -> None:
    for kind in ("confirm", "stop", "data"):
        assert client.get(place.format(link_for(kind).key)).status_code == 404


@pytest.mark.parametrize("place", ["confirm", "data"])
def test_link_works_until_it_expires(client: Client, comment: Comment, place: str) -> None:
    link = link_for(place)
    assert link.expires_at
    assert link.expires_at <= timezone.now() + retention.LINK
    address = PLACES[place].format(link.key)

    with time_machine.travel(link.expires_at - timedelta(seconds=1), tick=False):
        assert client.get(address).status_code == 200
    with time_machine.travel(link.expires_at, tick=False):
        assert client.get(address).status_code == 404


def test_links_go_with_the_comment_and_with_the_address(client: Client) -> None:
    comment = create_confirmed_comment()
    addresses = [PLACES[place].format(link_for(place).key) for place in ("confirm", "data")]

    client.post(f"{comment.receipt_url}wissen/")
    assert client.get(addresses[0]).status_code == 404
    client.post(f"{addresses[1]}wissen/")
    assert client.get(addresses[1]).status_code == 404
