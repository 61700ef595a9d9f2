"""What a visitor sees when something goes wrong: our own pages, with the right status."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path

from blog.models import Post, SiteSettings
from comments.models import Comment
from tests.factories import create_comment, create_post, create_superuser, create_user
from tests.pages import Answer, form_values, parse, visible_text, with_id

FORM = "application/x-www-form-urlencoded"
TOO_MUCH = b"naam=Joke&tekst=" + b"x" * 2_600_000
UTF_16 = "naam=Joke&tekst=Hallo&csrfmiddlewaretoken=x".encode("utf-16")


@pytest.fixture
def visitor() -> Client:
    """A browser that meets the site as it is: with CSRF checks, and no exception shown."""
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


def our_page(response: Answer, status: int) -> Element:
    """Hold that this is our page for a status, in Dutch, for nobody to keep in an index."""
    assert response.status_code == status
    page = parse(response.content, strict=True)
    assert page.get("lang") == "nl"
    assert [m.get("content") for m in page.iter("meta") if m.get("name") == "robots"] == ["noindex"]
    assert len(list(page.iter("h1"))) == 1
    assert not response.cookies
    assert "cookie" not in response.get("Vary", "").lower()
    return page


def in_our_hand(response: Answer, status: int) -> None:
    """Hold that the page is the template of this status inside the site's own frame."""
    page = our_page(response, status)
    assert f"{status}.html" in [template.name for template in response.templates]
    assert visible_text(with_id(page, "inhoud"))
    assert "Rustpunt" in visible_text(page)


@pytest.fixture
def site(db: None) -> None:
    """A site that has a name."""
    SiteSettings.objects.create(name="Rustpunt")


@pytest.mark.parametrize(
    "address",
    [
        "/bestaat-niet/",
        "/a/b/c/",
        "/blog/niets/",
        "/favicon.ico",
        "/%00",
        "/%ff/",
    ],
)
def test_missing_page_is_ours(site: None, visitor: Client, address: str) -> None:
    in_our_hand(visitor.get(address), 404)


@pytest.mark.parametrize(
    "address",
    [
        "/" + "a" * 20_000 + "/",
        "/blog/" + "slaap-" * 3_000 + "/",
        "/%ed%a0%80/",
        "/%f0%9f%98%80/",
        "/%e2%80%ae%00%0d%0a/",
        "/..%2f..%2fetc%2fpasswd",
        "/blog/%27%20OR%201=1--/",
        "/%25%5f%25/",
        "/bestaat-niet?pagina=2&q=%00",
    ],
    ids=lambda address: address[:12],
)
def test_hostile_address_gets_our_404(site: None, visitor: Client, address: str) -> None:
    create_post(slug="slaap")

    in_our_hand(visitor.get(address, follow=True), 404)


def test_missing_page_takes_any_method(site: None, visitor: Client) -> None:
    for method in ("post", "put", "delete", "options"):
        assert getattr(visitor, method)("/a/b/c/").status_code == 404


def test_strange_host_gets_our_400(site: None, visitor: Client) -> None:
    response = visitor.get("/", headers={"host": "evil.example"})

    in_our_hand(response, 400)


def test_form_in_the_admin_without_its_token_gets_our_403(site: None, visitor: Client) -> None:
    response = visitor.post("/admin/login/", {"username": "x", "password": "y"})

    page = our_page(response, 403)
    assert "403_csrf.html" in [template.name for template in response.templates]
    assert "Rustpunt" in visible_text(page)


def test_editor_without_the_permission_gets_our_403(site: None, visitor: Client) -> None:
    visitor.force_login(create_user(may=[]))

    response = visitor.get("/admin/blog/post/")

    assert response.status_code == 403
    assert "403.html" in [template.name for template in response.templates]
    assert "Rustpunt" in visible_text(parse(response.content, strict=True))


def test_flood_into_the_comment_form_gets_our_413(site: None, visitor: Client) -> None:
    post = create_post()

    response = visitor.post(f"/blog/{post.slug}/reageren/", TOO_MUCH, content_type=FORM)

    in_our_hand(response, 413)
    assert Comment.objects.count() == 0


def test_flood_of_fields_in_parts_gets_our_413(site: None, visitor: Client) -> None:
    post = create_post()

    response = visitor.post(
        f"/blog/{post.slug}/reageren/", {"naam": "Joke", "tekst": TOO_MUCH.decode()}
    )

    in_our_hand(response, 413)


def test_flood_into_the_login_form_gets_our_413(site: None, visitor: Client) -> None:
    response = visitor.post("/admin/login/", TOO_MUCH, content_type=FORM)
    assert response.status_code in {403, 413}  # without a CSRF cookie nothing is read

    visitor.cookies["csrftoken"] = "a" * 32
    response = visitor.post("/admin/login/", TOO_MUCH, content_type=FORM)

    in_our_hand(response, 413)


def test_flood_into_the_editor_gets_our_413(site: None) -> None:
    editor = Client(raise_request_exception=False)
    editor.force_login(create_superuser())

    response = editor.post("/admin/blog/post/add/", TOO_MUCH, content_type=FORM)

    assert response.status_code == 413
    assert "413.html" in [template.name for template in response.templates]


def file_of(size: int) -> SimpleUploadedFile:
    """A file that somebody hangs on a form that asks for none."""
    return SimpleUploadedFile("groot.bin", b"x" * size, "application/octet-stream")


def test_large_file_in_the_comment_form_gets_our_413(site: None, visitor: Client) -> None:
    post = create_post()

    response = visitor.post(
        f"/blog/{post.slug}/reageren/",
        {"naam": "Joke", "tekst": "Met bijlage.", "bijlage": file_of(3_000_000)},
    )

    in_our_hand(response, 413)
    assert Comment.objects.count() == 0


def test_many_files_that_are_large_together_get_our_413(site: None, visitor: Client) -> None:
    post = create_post()
    files = {f"bijlage{number}": file_of(100_000) for number in range(30)}

    response = visitor.post(
        f"/blog/{post.slug}/reageren/", {"naam": "Joke", "tekst": "Met bijlagen.", **files}
    )

    in_our_hand(response, 413)
    assert Comment.objects.count() == 0


def test_small_file_in_the_comment_form_is_ignored(site: None, visitor: Client) -> None:
    post = create_post()

    response = visitor.post(
        f"/blog/{post.slug}/reageren/",
        {"naam": "Joke", "tekst": "Met bijlage.", "bijlage": file_of(1_000)},
    )

    assert response.status_code == 302
    assert Comment.objects.get().text == "Met bijlage."


def test_large_file_in_the_login_form_gets_our_413(site: None, visitor: Client) -> None:
    visitor.cookies["csrftoken"] = "a" * 32

    response = visitor.post("/admin/login/", {"username": "x", "bijlage": file_of(3_000_000)})

    in_our_hand(response, 413)


@pytest.mark.parametrize(("size", "status"), [(3_000_000, 413), (1_000, 302)])
def test_file_in_the_form_of_a_post_is_refused_when_large_and_ignored_when_small(
    site: None, size: int, status: int
) -> None:
    editor = Client(raise_request_exception=False)
    editor.force_login(create_superuser())
    address = "/admin/blog/post/add/"
    form = with_id(parse(editor.get(address).content), "post_form")

    response = editor.post(
        address,
        {**form_values(form), "title": "Bijlage", "_save": "1", "bijlage": file_of(size)},
    )

    assert response.status_code == status
    assert Post.objects.count() == (1 if status == 302 else 0)


@pytest.mark.parametrize("address", ["/admin/login/", "/blog/bericht/reageren/"])
@pytest.mark.parametrize("charset", ["utf-16", "utf-7", "latin-1", "nonsense", '"'])
@pytest.mark.parametrize("cookie", [True, False], ids=["cookie", "no cookie"])
def test_form_in_another_charset_gets_our_400(
    site: None, visitor: Client, address: str, charset: str, cookie: bool
) -> None:
    create_post(slug="bericht")
    if cookie:
        visitor.cookies["csrftoken"] = "a" * 32

    # generic(): post() would translate the bytes into the charset first.
    response = visitor.generic("POST", address, UTF_16, f"{FORM}; charset={charset}")

    if address.startswith("/admin/") and not cookie:
        assert response.status_code in {400, 403}
    elif charset in {"nonsense", '"'}:  # Django reads what it does not know as UTF-8
        assert response.status_code in {400, 403, 422}
    else:
        in_our_hand(response, 400)
    assert Comment.objects.count() == 0


def test_comment_in_utf_8_by_name_is_taken(site: None, visitor: Client) -> None:
    create_post(slug="bericht")

    response = visitor.post(
        "/blog/bericht/reageren/", b"naam=Joke&tekst=Ja", content_type=f"{FORM}; charset=UTF-8"
    )

    assert response.status_code == 302


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"--x\r\nfoo", "multipart/form-data"),
        (b"--x\r\nfoo", "multipart/form-data; boundary=x"),
        (b"--x\r\nfoo", 'multipart/form-data; boundary="' + "x" * 300 + '"'),
        (b"{}", "application/json"),
        (b"\xff\xfe", FORM),
        (b"%00=%00&naam=%00&tekst=%f0%28", FORM),
        (b"&" * 5_000, FORM),
        (b"a=1&" * 1_500, FORM),
        (b"", ""),
    ],
    ids=["no boundary", "broken parts", "long boundary", "json", "bytes", "bad escapes",
         "separators", "many fields", "nothing"],
)  # fmt: skip
def test_unreadable_form_is_no_error_of_ours(
    site: None, visitor: Client, body: bytes, content_type: str
) -> None:
    post = create_post()

    response = visitor.generic("POST", f"/blog/{post.slug}/reageren/", body, content_type)

    assert response.status_code in {400, 422}
    assert parse(response.content, strict=True).get("lang") == "nl"
    assert Comment.objects.count() == 0


def test_error_of_ours_is_a_static_page_that_needs_no_database(visitor: Client) -> None:
    # Without the database fixture every query fails, as it does when the database is away.
    page = our_page(visitor.get("/"), 500)

    assert page.findtext("head/title")
    assert list(page.iter("script")) == []
    assert [link.get("href") for link in page.iter("a")] == ["/"]


def test_missing_page_without_a_database_is_the_static_page(visitor: Client) -> None:
    our_page(visitor.get("/a/b/c/"), 500)


def test_static_error_page_asks_nothing_of_the_template_language() -> None:
    source = Path(settings.BASE_DIR, "templates", "500.html").read_text(encoding="utf-8")

    assert "{%" not in source
    assert "{{" not in source


def test_static_error_page_is_dressed_by_a_file_that_is_there_under_its_plain_name() -> None:
    source = Path(settings.BASE_DIR, "templates", "500.html").read_text(encoding="utf-8")

    sheets = [link for link in parse(source).iter("link") if link.get("rel") == "stylesheet"]

    (address,) = [sheet.get("href", "") for sheet in sheets]
    assert address.startswith(settings.STATIC_URL)
    sheet = finders.find(address.removeprefix(settings.STATIC_URL))
    assert isinstance(sheet, str)
    # Its own words only: no file that is named after its contents, and no other host.
    assert "url(" not in Path(sheet).read_text(encoding="utf-8")


def test_comment_is_kept_in_the_form_when_the_answer_is_an_error(
    site: None, visitor: Client
) -> None:
    post = create_post()

    response = visitor.post(f"/blog/{post.slug}/reageren/", {"naam": "", "tekst": "Bewaar mij."})

    (form,) = parse(response.content).iter("form")
    assert form_values(form)["tekst"] == ["Bewaar mij."]


@pytest.mark.parametrize("method", ["get", "post", "put"])
@pytest.mark.parametrize("ending", ["", "x/"], ids=["receipt", "no receipt"])
def test_key_of_a_receipt_never_comes_into_the_log(
    site: None, visitor: Client, caplog: pytest.LogCaptureFixture, method: str, ending: str
) -> None:
    address = create_comment(status="pending").receipt_url + ending

    getattr(visitor, method)(address)

    assert caplog.text == ""


def test_mistake_of_a_visitor_is_no_line_in_the_log(
    site: None, visitor: Client, caplog: pytest.LogCaptureFixture
) -> None:
    post = create_post()
    answers = [
        visitor.get("/bestaat-niet/"),
        visitor.post(f"/blog/{post.slug}/reageren/", {"naam": ""}),
        visitor.post("/blog/"),
    ]

    assert [answer.status_code for answer in answers] == [404, 422, 405]
    assert caplog.text == ""


@override_settings(ROOT_URLCONF="tests.config.test_errors")
def test_error_of_ours_comes_into_the_log(
    site: None, visitor: Client, caplog: pytest.LogCaptureFixture
) -> None:
    visitor.get("/kapot/")

    assert "geheim" in caplog.text


@override_settings(ROOT_URLCONF="tests.config.test_errors")
def test_error_in_a_view_shows_no_detail(site: None, visitor: Client) -> None:
    response = visitor.get("/kapot/")

    our_page(response, 500)
    assert "geheim" not in response.content.decode()


def broken(request: Any) -> HttpResponse:
    """A view with a mistake."""
    raise RuntimeError("geheim")


urlpatterns = [path("kapot/", broken)]
