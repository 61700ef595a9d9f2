"""Logging in: the only place that sets cookies, and they stay inside the admin."""

from __future__ import annotations

import pytest
from django.test import Client

from blog.models import SiteSettings
from tests.factories import create_superuser
from tests.pages import form_values, parse, with_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor() -> Client:
    """A browser as it is, with CSRF checks."""
    return Client(enforce_csrf_checks=True)


def log_in(visitor: Client, password: str) -> int:
    """Open the login form, fill it in, and send it."""
    form = with_id(parse(visitor.get("/admin/login/").content), "login-form")
    response = visitor.post(
        "/admin/login/", form_values(form) | {"username": "karin", "password": password}
    )
    return response.status_code


def test_editor_logs_in_with_a_password(visitor: Client) -> None:
    editor = create_superuser(username="karin")
    editor.set_password("een-lang-wachtwoord")
    editor.save()

    assert log_in(visitor, "verkeerd") == 200
    assert visitor.get("/admin/").status_code == 302
    assert log_in(visitor, "een-lang-wachtwoord") == 302
    assert visitor.get("/admin/").status_code == 200


def test_cookies_are_sent_to_the_admin_only_and_no_script_reads_them(visitor: Client) -> None:
    editor = create_superuser(username="karin")
    editor.set_password("een-lang-wachtwoord")
    editor.save()

    log_in(visitor, "een-lang-wachtwoord")

    assert set(visitor.cookies) == {"csrftoken", "sessionid"}
    for cookie in visitor.cookies.values():
        assert cookie["path"] == "/admin/"
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize("name", ["csrftoken", "sessionid", "messages"])
def test_cookie_of_another_site_on_this_host_keeps_no_editor_out(
    visitor: Client, name: str
) -> None:
    editor = create_superuser(username="karin")
    editor.set_password("een-lang-wachtwoord")
    editor.save()
    visitor.cookies[name] = "van een andere site"

    assert log_in(visitor, "een-lang-wachtwoord") == 302
    assert visitor.get("/admin/").status_code == 200


def test_pages_of_the_admin_are_kept_by_nobody(visitor: Client) -> None:
    visitor.force_login(create_superuser())

    for address in ("/admin/", "/admin/blog/post/", "/admin/blog/post/add/"):
        response = visitor.get(address)
        assert "no-store" in response["Cache-Control"]
        assert response["X-Frame-Options"] == "DENY"


def test_login_page_names_the_site_and_not_its_host(client: Client) -> None:
    SiteSettings.objects.create(name="Rustpunt")

    page = client.get("/admin/login/").content.decode()

    assert "Rustpunt – redactie" in page
    assert "testserver" not in page
