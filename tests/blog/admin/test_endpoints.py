"""The two addresses that the Markdown editor asks: JSON in every case, and only for editors."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from blog.models import Post, Revision
from tests.factories import create_author, create_draft, create_editor, create_post, create_user
from tests.pages import parse, visible_text

pytestmark = pytest.mark.django_db

MARKDOWNIFY = "/admin/blog/post/markdownify/"
UPLOAD = "/admin/blog/post/upload/"
BOTH = pytest.mark.parametrize("address", [MARKDOWNIFY, UPLOAD])


def picture() -> SimpleUploadedFile:
    """A file as the editor would drop it."""
    return SimpleUploadedFile("foto.png", b"\x89PNG\r\n\x1a\n", content_type="image/png")


def files() -> list[Path]:
    """Everything in the data folder and in the checkout's media, apart from the database."""
    folders = [Path(settings.DATA_DIR), Path(settings.BASE_DIR, "media")]
    return sorted(
        path
        for folder in folders
        for path in folder.rglob("*")
        if not path.name.startswith("test.sqlite3")
    )


@BOTH
def test_stranger_is_refused_in_json_and_nothing_is_kept(address: str) -> None:
    before = files()

    response = Client(enforce_csrf_checks=True).post(
        address, {"content": "**x**", "image": picture()}
    )

    assert response.status_code == 403
    assert response["Content-Type"] == "application/json"
    assert response.json()["error"]
    assert files() == before
    assert (Post._base_manager.count(), Revision.objects.count()) == (0, 0)


@BOTH
@pytest.mark.parametrize("may", [[], ["view_post"], ["moderate_comment", "publish_post"]], ids=str)
def test_staff_without_the_permission_is_refused_alike(
    client: Client, address: str, may: list[str]
) -> None:
    client.force_login(create_user(may=may))
    before = files()

    response = client.post(address, {"content": "x", "image": picture()})

    assert response.status_code == 403
    assert response.json()["error"]
    assert files() == before


@BOTH
def test_permission_without_staff_is_not_enough(client: Client, address: str) -> None:
    client.force_login(create_editor(is_staff=False))

    assert client.post(address, {"content": "x"}).status_code == 403


@BOTH
@pytest.mark.parametrize("permission", ["add_post", "change_post", "add_page", "change_page"])
def test_each_editing_permission_is_enough(client: Client, address: str, permission: str) -> None:
    client.force_login(create_user(may=[permission]))

    assert client.post(address, {"content": "x"}).status_code != 403


@BOTH
def test_reading_is_not_a_method(client: Client, address: str) -> None:
    client.force_login(create_editor())

    assert client.get(address).status_code == 405


@BOTH
def test_missing_token_is_answered_in_json(address: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(create_editor())

    response = client.post(address, {"content": "x"})

    assert response.status_code == 403
    assert response["Content-Type"] == "application/json"
    assert response.json()["error"]


@BOTH
def test_nobody_keeps_the_answer(client: Client, address: str) -> None:
    client.force_login(create_editor())

    assert "no-store" in client.post(address, {"content": "x"})["Cache-Control"]


def test_editor_gets_the_text_as_readers_see_it(client: Client) -> None:
    client.force_login(create_editor())

    response = client.post(
        MARKDOWNIFY, {"content": "Een *lead*.\n\n### 1. Een kop\n\nZin.[^1]\n\n[^1]: Een bron."}
    )

    html = response.json()["html"]
    for piece in ("<em>lead</em>", 'class="section-number"', "Een bron."):
        assert piece in html


def test_preview_links_to_what_readers_can_see_and_to_nothing_else(client: Client) -> None:
    client.force_login(create_editor())
    create_post(slug="te-lezen")
    create_draft(slug="nog-niet")
    create_author(slug="wim")
    typed = "[een](post:te-lezen), [twee](post:nog-niet), [drie](author:wim), [vier](author:x)"

    html = client.post(MARKDOWNIFY, {"content": typed}).json()["html"]

    preview = parse(html)
    assert [link.get("href") for link in preview.iter("a")] == ["/blog/te-lezen/", "/auteurs/wim/"]
    assert visible_text(preview) == "een, twee, drie, vier"


def test_text_that_is_too_complex_gets_a_message(client: Client) -> None:
    client.force_login(create_editor())

    response = client.post(MARKDOWNIFY, {"content": "[" * 100_000})

    assert response.status_code == 400
    assert response.json()["error"]

    assert visible_text(parse(client.post(MARKDOWNIFY).json()["html"])) == ""


def test_picture_is_refused_with_a_message_and_not_kept(client: Client) -> None:
    client.force_login(create_editor())
    before = files()

    response = client.post(UPLOAD, {"image": picture()})

    assert response.status_code == 400
    assert response.json()["error"]
    assert files() == before


@pytest.mark.parametrize("address", ["/markdownx/markdownify/", "/markdownx/upload/"])
def test_endpoints_of_the_package_are_not_there(client: Client, address: str) -> None:
    client.force_login(create_editor())

    assert client.post(address, {"content": "x"}).status_code == 404
