"""The hidden value of a form: what it says where it is ours, and that it is never in the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core.signing import Signer
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import Settings

from blog.models import Post
from comments.forms import CommentForm, OneTimeCommentForm
from comments.intake import form_proof
from comments.intake.arrival import arrival_of
from comments.intake.form_proof import Proof
from comments.models import Comment, Submission
from tests.comments.forms import reply_form_of
from tests.factories import create_comment, create_post
from tests.instants import NOON
from tests.pages import Answer, form_values, parse

pytestmark = pytest.mark.django_db

Make = Callable[[Post], str]


def for_one_visitor(post: Post) -> str:
    """The value of a form that a visitor gets now."""
    return form_proof.for_one_visitor(post, made_at=timezone.now().timestamp())


@pytest.fixture
def post() -> Post:
    """A post that was there long before anybody comments."""
    return create_post(published_at=NOON - timedelta(days=30))


def value_on(page: Answer) -> str:
    """The hidden value of the form on a page."""
    (form,) = parse(page.content, strict=True).iter("form")
    value: str = form_values(form)["formulier"][0]
    return value


def test_value_of_a_page_is_the_same_at_any_time_for_all_its_readers(post: Post) -> None:
    now = form_proof.for_everybody(post)

    with time_machine.travel(NOON + timedelta(days=7), tick=False):
        later = form_proof.for_everybody(post)

    assert now == later


def test_value_of_a_page_says_where_the_form_stood_and_nothing_else(post: Post) -> None:
    assert form_proof.read(form_proof.for_everybody(post), post) == Proof(knows_page=True)


def test_value_for_one_visitor_says_how_long_ago_it_was_made(post: Post) -> None:
    with time_machine.travel(NOON, tick=False):
        value = for_one_visitor(post)

    with time_machine.travel(NOON + timedelta(seconds=2.5), tick=False):
        proof = form_proof.read(value, post)

        assert proof.knows_page
        assert proof.seconds == pytest.approx(2.5)


def test_value_for_one_visitor_has_a_number_that_fits_its_column(post: Post) -> None:
    numbers = {form_proof.read(for_one_visitor(post), post).number for _time in range(50)}

    assert len(numbers) == 50
    assert {len(number or "") for number in numbers} == {22}


def test_value_is_as_good_after_a_week(post: Post) -> None:
    with time_machine.travel(NOON, tick=False):
        value = for_one_visitor(post)

    with time_machine.travel(NOON + timedelta(days=7), tick=False):
        assert form_proof.read(value, post).knows_page


@pytest.mark.parametrize("make", [form_proof.for_everybody, for_one_visitor])
def test_value_of_another_post_says_nothing(post: Post, make: Make) -> None:
    value = make(create_post())

    assert form_proof.read(value, post) == Proof()


@pytest.mark.parametrize("make", [form_proof.for_everybody, for_one_visitor])
def test_value_under_another_secret_key_says_nothing(
    post: Post, settings: Settings, make: Make
) -> None:
    value = make(post)
    settings.SECRET_KEY = "another"

    assert form_proof.read(value, post) == Proof()


@pytest.mark.parametrize("at", [0, 10, -1])
def test_changed_value_says_nothing(post: Post, at: int) -> None:
    value = list(for_one_visitor(post))
    value[at] = "A" if value[at] != "A" else "B"

    assert form_proof.read("".join(value), post) == Proof()


@pytest.mark.parametrize("value", ["", ":", "x", "x:y", "é:é", "a" * 100_000, "{}:{}"])
def test_value_that_is_none_says_nothing(post: Post, value: str) -> None:
    assert form_proof.read(value, post) == Proof()


def test_value_that_was_signed_for_something_else_says_nothing(post: Post) -> None:
    value = Signer(salt="something else").sign_object({"post": str(post.uid)})

    assert form_proof.read(value, post) == Proof()


# --- On the pages ---------------------------------------------------------------------------------


def test_page_of_a_post_carries_the_value_for_everybody(client: Client, post: Post) -> None:
    assert value_on(client.get(post.get_absolute_url())) == form_proof.for_everybody(post)


def test_form_for_a_reply_has_another_number_each_time(client: Client) -> None:
    parent = create_comment()

    values = [value_on(client.get(reply_form_of(parent))) for _time in range(2)]

    numbers = {form_proof.read(value, parent.post).number for value in values}
    assert len(numbers) == 2
    assert None not in numbers


@pytest.mark.parametrize(
    "fields",
    [
        {"naam": ""},
        {"voorbeeld": "ja"},
        {"tekst": "Bel me: 06-12345678"},
        {"op": "x"},
    ],
    ids=["mistake", "preview", "nudge", "no such parent"],
)
def test_form_that_comes_back_has_a_number(
    client: Client, post: Post, fields: dict[str, str]
) -> None:
    data = {"naam": "Joke", "tekst": "Ja."} | fields

    response = client.post(f"/blog/{post.slug}/reageren/", data)

    assert form_proof.read(value_on(response), post).number


def test_form_that_comes_back_keeps_the_moment_at_which_it_was_made(client: Client) -> None:
    with time_machine.travel(NOON, tick=False):
        parent = create_comment()
        value = value_on(client.get(reply_form_of(parent)))
    data = {"naam": "", "tekst": "Ja.", "op": str(parent.uid), "formulier": value}

    with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
        back = value_on(client.post(f"/blog/{parent.post.slug}/reageren/", data))
        proof = form_proof.read(back, parent.post)

        assert proof.seconds == pytest.approx(60)
    assert proof.number != form_proof.read(value, parent.post).number


def test_form_that_comes_back_to_a_reader_of_the_page_says_nothing_of_time(
    client: Client, post: Post
) -> None:
    value = value_on(client.get(post.get_absolute_url()))
    data = {"naam": "Joke", "tekst": "Ja.", "voorbeeld": "ja", "formulier": value}

    proof = form_proof.read(value_on(client.post(f"/blog/{post.slug}/reageren/", data)), post)

    assert (proof.knows_page, proof.seconds) == (True, None)
    assert proof.number


# --- How a form came in ---------------------------------------------------------------------------


def test_arrival_tells_all_that_a_form_and_its_headers_say(post: Post) -> None:
    with time_machine.travel(NOON, tick=False):
        value = for_one_visitor(post)
    data = {"formulier": value, "website": "https://example.com"}
    headers = {"sec-fetch-site": "same-origin"}
    request = RequestFactory().post("/", data, headers=headers, REMOTE_ADDR="192.0.2.7")

    with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
        arrival = arrival_of(request, OneTimeCommentForm(request.POST, post=post))

    assert arrival.network == "192.0.2.0/24"
    assert arrival.fills_trap
    assert arrival.seconds == pytest.approx(60)
    assert arrival.form_number == form_proof.read(value, post).number
    assert arrival.knows_page
    assert arrival.origin_known


def test_arrival_of_a_bare_form_says_that_little_is_known(post: Post) -> None:
    request = RequestFactory().post("/", {}, REMOTE_ADDR="")

    arrival = arrival_of(request, CommentForm(request.POST, post=post))

    assert arrival.network == ""
    assert not arrival.fills_trap
    assert (arrival.seconds, arrival.form_number) == (None, None)
    assert not arrival.knows_page
    assert not arrival.origin_known


@pytest.mark.parametrize("typed", ["", "   ", "\n\t", "\x00"], ids=ascii)
def test_trap_with_nothing_in_it_is_not_filled(post: Post, typed: str) -> None:
    request = RequestFactory().post("/", {"website": typed})

    assert not arrival_of(request, CommentForm(request.POST, post=post)).fills_trap


# --- And no comment is kept away ------------------------------------------------------------------


@pytest.mark.parametrize("value", ["", "forged", "é:é"])
def test_forged_value_keeps_no_comment_away(client: Client, post: Post, value: str) -> None:
    data = {"naam": "Joke", "tekst": "Fijn artikel.", "formulier": value}

    response = client.post(f"/blog/{post.slug}/reageren/", data)

    assert response.status_code == 302
    assert Comment.objects.count() == 1


def test_tab_that_was_open_for_a_week_can_be_sent(client: Client) -> None:
    with time_machine.travel(NOON, tick=False):
        parent = create_comment()
        (form,) = parse(client.get(reply_form_of(parent)).content).iter("form")
    values = {name: value[0] for name, value in form_values(form).items()}

    with time_machine.travel(NOON + timedelta(days=7), tick=False):
        data = values | {"naam": "Joke", "tekst": "Na een week."}
        response = client.post(f"/blog/{parent.post.slug}/reageren/", data)

    assert response.status_code == 302
    assert Comment.objects.get(text="Na een week.").parent == parent


def test_form_from_before_a_new_secret_key_can_be_sent(
    client: Client, post: Post, settings: Settings
) -> None:
    value = value_on(client.get(f"/blog/{post.slug}/reageren/"))
    settings.SECRET_KEY = "another"

    data = {"naam": "Joke", "tekst": "Na de verhuizing.", "formulier": value}
    response = client.post(f"/blog/{post.slug}/reageren/", data)

    assert response.status_code == 302
    assert Comment.objects.count() == 1


def test_one_form_that_is_sent_with_other_words_each_time_keeps_them_all(
    client: Client, post: Post
) -> None:
    value = for_one_visitor(post)

    for text in ("Eén.", "Twee.", "Drie."):
        data = {"naam": "Joke", "tekst": text, "formulier": value}
        assert client.post(f"/blog/{post.slug}/reageren/", data).status_code == 302

    assert Comment.objects.count() == 3
    assert Submission.objects.filter(form_number__isnull=False).count() == 1
