"""The addresses that the Markdown editor asks: JSON in every case, and only for editors."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from blog.models import Post, Revision
from tests.factories import create_editor, create_user

pytestmark = pytest.mark.django_db

PREVIEW = "/admin/blog/post/voorbeeld/"
UPLOAD = "/admin/blog/post/upload/"
OWN_CONTENT = "/admin/blog/post/eigen-artikelen/"
EACH = pytest.mark.parametrize("address", [PREVIEW, UPLOAD, OWN_CONTENT])


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


@EACH
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


@EACH
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


@EACH
def test_permission_without_staff_is_not_enough(client: Client, address: str) -> None:
    client.force_login(create_editor(is_staff=False))

    assert client.post(address, {"content": "x"}).status_code == 403


@pytest.mark.parametrize(
    "permission", ["add_post", "change_post", "change_own_post", "add_page", "change_page"]
)
def test_each_editing_permission_is_enough(client: Client, permission: str) -> None:
    client.force_login(create_user(may=[permission]))

    assert client.post(UPLOAD).status_code != 403


@EACH
def test_reading_is_not_a_method(client: Client, address: str) -> None:
    client.force_login(create_editor())

    assert client.get(address).status_code == 405


@EACH
def test_missing_token_is_answered_in_json(address: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(create_editor())

    response = client.post(address, {"content": "x"})

    assert response.status_code == 403
    assert response["Content-Type"] == "application/json"
    assert response.json()["error"]


@EACH
def test_nobody_keeps_the_answer(client: Client, address: str) -> None:
    client.force_login(create_editor())

    assert "no-store" in client.post(address, {"content": "x"})["Cache-Control"]


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
