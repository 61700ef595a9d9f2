"""An expired login costs no text: the form that was sent is carried through the new one."""

from __future__ import annotations

import io
import random
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

from blog.models import Post
from tests.factories import (
    create_comment,
    create_draft,
    create_superuser,
    create_user,
    fresh,
    newest,
)
from tests.instants import NOON
from tests.pages import Answer, all_with_class, form_values, parse, visible_text, with_id

pytestmark = pytest.mark.django_db

ADD = "/admin/blog/post/add/"
PASSWORD = "een-lang-wachtwoord"
SEEN = "1.pending.0.1"  # what a moderator saw of a new comment
OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def editor(settings: Settings) -> User:
    """Somebody with a password, which is quick to judge here."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    editor = create_superuser(username="karin")
    editor.set_password(PASSWORD)
    editor.save()
    return editor


@pytest.fixture
def desk(editor: User) -> Client:
    """A browser as it is, with CSRF checks, in which the editor is logged in."""
    desk = Client(enforce_csrf_checks=True)
    desk.force_login(editor)
    return desk


def open_form(desk: Client, address: str = ADD) -> dict[str, Any]:
    """The values of a change form as it is served."""
    return form_values(with_id(parse(desk.get(address, follow=True).content), "post_form"))


def log_in(
    desk: Client, address: str, answer: Answer, *, password: str = PASSWORD, name: str = "karin"
) -> Answer:
    """Fill in the login form that came instead of an answer, and send it where it leads."""
    assert answer.status_code == 403
    page = parse(answer.content)
    form = with_id(page, "login-form")
    assert form.get("action") == address
    outside = [field for field in page.iter("input") if field.get("form") == "login-form"]
    carried = {field.get("name"): field.get("value") for field in outside}
    return desk.post(
        address, form_values(form) | carried | {"username": name, "password": password}
    )


def send_again(desk: Client, address: str, answer: Answer) -> Answer:
    """Press the one button of the page that offers the form."""
    assert answer.status_code == 403
    (form,) = [f for f in parse(answer.content).iter("form") if not f.get("id")]
    return desk.post(address, form_values(form), headers=OURS)


def forget_login(desk: Client) -> None:
    """What a browser does when the session has expired."""
    del desk.cookies["sessionid"]


@pytest.mark.parametrize(
    "body",
    [
        "  Twee spaties vooraf.\r\n\r\nTwee regels.\r\n",
        "\n\nEerst lege regels, en aan het eind één.\n",
        "\r\n🌙 é́ ﬁ & <b> %41 + \\u0041 ;=\t",
    ],
    ids=["spaces", "lines", "signs"],
)
def test_form_goes_through_the_login_byte_for_byte(desk: Client, body: str) -> None:
    values = open_form(desk) | {"title": "Bewaard", "body": body, "_save": "1"}
    forget_login(desk)

    refused = log_in(desk, ADD, desk.post(ADD, values), password="verkeerd")
    assert not Post.objects.exists()
    saved = log_in(desk, ADD, refused)

    post = Post.objects.get()
    assert saved["Location"] == f"/admin/blog/post/{post.pk}/change/?vanaf=1"
    assert newest(post).content.body == body.replace("\r\n", "\n")
    assert desk.get(saved["Location"], follow=True).status_code == 200


def test_a_megabyte_goes_through_the_login_too(desk: Client) -> None:
    # More than a text may have, so that the form comes back with it.
    body = "\r\n".join(random.Random(1).randbytes(500).hex() for _line in range(1_000))
    values = open_form(desk) | {"title": "Bewaard", "body": body, "_save": "1"}
    forget_login(desk)

    answer = log_in(desk, ADD, desk.post(ADD, values))

    assert answer.status_code == 200
    assert form_values(with_id(parse(answer.content), "post_form"))["body"] == [body]


def test_login_page_says_that_the_text_is_safe(desk: Client) -> None:
    values = open_form(desk) | {"title": "Bewaard"}
    forget_login(desk)

    page = parse(desk.post(ADD, values).content)

    assert "Wat je hebt getypt, is veilig" in visible_text(page)
    assert not all_with_class(page, "errornote")


def test_refused_form_comes_back_at_its_own_address(desk: Client) -> None:
    values = open_form(desk) | {"title": "", "body": "Zonder titel.", "_save": "1"}
    forget_login(desk)

    answer = log_in(desk, ADD, desk.post(ADD, values))

    assert answer.status_code == 200
    form = with_id(parse(answer.content), "post_form")
    assert form_values(form)["body"] == ["Zonder titel."]
    assert form.get("action") is None
    again = desk.post(ADD, form_values(form) | {"title": "Met titel", "_save": "1"})
    assert again.status_code == 302


def test_carried_form_may_do_what_the_new_account_may(desk: Client) -> None:
    viewer = create_user(may=["view_post"], username="wim")
    viewer.set_password(PASSWORD)
    viewer.save()
    post = create_draft(title="Begin")
    address = f"/admin/blog/post/{post.pk}/change/"
    values = open_form(desk, address) | {"title": "Stiekem", "_save": "1"}
    forget_login(desk)

    answer = log_in(desk, address, desk.post(address, values), name="wim")

    assert answer.status_code == 403
    assert fresh(post).title == "Begin"


def test_carried_form_cannot_be_brought_elsewhere_or_changed(
    desk: Client, subtests: pytest.Subtests
) -> None:
    values = open_form(desk) | {"title": "Bewaard"}
    forget_login(desk)
    page = parse(desk.post(ADD, values).content)
    (carried,) = [f.get("value") for f in page.iter("input") if f.get("name") == "carried"]
    assert carried
    other = Client()
    other.force_login(create_superuser())

    for address, sent in (
        ("/admin/blog/page/add/", carried),
        (ADD, carried + "x"),
        (ADD, ""),
    ):
        with subtests.test(address, sent=sent[-5:]):
            assert other.post(address, {"carried": sent}).status_code == 400
    assert not Post._base_manager.exists()


def test_form_from_before_another_login_is_offered_to_be_sent_again(
    desk: Client, editor: User
) -> None:
    values = open_form(desk) | {"title": "Bewaard", "_save": "1"}
    # What a login in another tab does.
    desk.force_login(editor)
    desk.cookies["csrftoken"] = "x" * 32

    answer = desk.post(ADD, values, headers=OURS)

    assert not Post.objects.exists()
    assert send_again(desk, ADD, answer).status_code == 302
    assert Post.objects.get().title == "Bewaard"


@pytest.mark.parametrize("address", [ADD, "/admin/comments/comment/beslissen/"])
@pytest.mark.parametrize("logged_in", [True, False], ids=["logged in", "logged out"])
def test_form_of_another_site_is_not_offered(desk: Client, address: str, logged_in: bool) -> None:
    if not logged_in:
        forget_login(desk)

    for headers in ({}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}):
        answer = desk.post(address, {"title": "Van elders"}, headers=headers)

        assert answer.status_code == 403
        assert not any(f.get("name") == "carried" for f in parse(answer.content).iter("input"))


def test_decision_about_a_comment_goes_the_same_way(desk: Client) -> None:
    comments = [create_comment(status="pending") for _number in range(2)]
    first, second = (f"/admin/comments/comment/{c.pk}/beslissen/" for c in comments)
    page = parse(desk.get("/admin/comments/comment/wachtrij/").content)
    (token, *_others) = [f for f in page.iter("input") if f.get("name") == "csrfmiddlewaretoken"]
    values = {"csrfmiddlewaretoken": token.get("value"), "choice": "approve", "seen": SEEN}
    forget_login(desk)

    log_in(desk, first, desk.post(first, values))
    # What a login in another tab does.
    desk.cookies["csrftoken"] = "x" * 32
    send_again(desk, second, desk.post(second, values, headers=OURS))

    assert [fresh(comment).status for comment in comments] == ["approved", "approved"]


def test_form_that_waited_for_days_asks_before_it_goes_on(desk: Client) -> None:
    with time_machine.travel(NOON):
        desk.force_login(User.objects.get())
        values = open_form(desk) | {"title": "Bewaard", "_save": "1"}
        forget_login(desk)
        page = desk.post(ADD, values)
    with time_machine.travel(NOON + timedelta(days=2)):
        answer = log_in(desk, ADD, page)

        assert not Post.objects.exists()
        assert send_again(desk, ADD, answer).status_code == 302
    assert Post.objects.get().title == "Bewaard"


def test_passwords_files_and_logouts_are_not_carried(desk: Client) -> None:
    forget_login(desk)
    token = {"csrfmiddlewaretoken": desk.get("/admin/login/").cookies["csrftoken"].value}

    for address, sent in (
        ("/admin/password_change/", {"old_password": "geheim"}),
        ("/admin/auth/user/add/", {"password1": "geheim"}),
        ("/admin/logout/", {}),
    ):
        assert desk.post(address, token | sent).status_code == 302
    # A browser keeps no file from one page to the next.
    assert desk.post(ADD, token | {"file": io.BytesIO(b"x")}).status_code == 302
