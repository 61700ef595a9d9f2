"""Redirects and missing addresses in the admin: making, trying, importing, dismissing."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from blog import publishing
from blog.models import MissingAddress, Redirect
from tests.factories import (
    create_editor,
    create_page,
    create_post,
    create_user,
    save_and_publish,
)
from tests.pages import (
    Answer,
    all_with_class,
    form_values,
    parse,
    visible_text,
    with_class,
    with_id,
)

pytestmark = pytest.mark.django_db

LIST, MISSING = "/admin/blog/redirect/", "/admin/blog/missingaddress/"
ADD, TRY, IMPORT = f"{LIST}add/", f"{LIST}proberen/", f"{LIST}importeren/"


def messages_of(response: Answer) -> list[tuple[str, str]]:
    """What the editor is told, each with its kind."""
    return [(message.level_tag, str(message)) for message in get_messages(response.wsgi_request)]


def errors_beside(response: Answer, field: str) -> list[str]:
    """The messages beside one field."""
    form = with_id(parse(response.content), "redirect_form")
    rows = list(all_with_class(form, f"field-{field}"))
    return [visible_text(item) for item in all_with_class(rows[0], "errorlist")]


def own_form(response: Answer) -> dict[str, Any]:
    """What a browser would send of the only form of a page of ours."""
    page = parse(response.content, strict=True)
    (form,) = list(with_id(page, "content").iter("form"))
    return form_values(form)


# --- Making them ----------------------------------------------------------------------------------


def test_editor_makes_changes_and_deletes_a_redirect(desk: Client) -> None:
    create_page(slug="over-ons")

    added = desk.post(ADD, {"path": " /Oud/Pad/ ", "target": "/over-ons/"})

    assert added.status_code == 302
    assert [kind for kind, _text in messages_of(added)] == ["success"]
    made = Redirect.objects.get()
    assert (made.path, made.target) == ("/oud/pad", "/over-ons/")
    assert desk.get("/oud/pad/")["Location"] == "/over-ons/"

    change = f"{LIST}{made.pk}/change/"
    desk.post(change, {"path": "/oud/pad", "target": "https://example.org/"})
    assert desk.get("/oud/pad/")["Location"] == "https://example.org/"
    desk.post(f"{LIST}{made.pk}/delete/", {"post": "yes"})
    assert desk.get("/oud/pad/").status_code == 404


def test_mistake_is_told_beside_its_field_and_keeps_what_was_typed(
    desk: Client, subtests: pytest.Subtests
) -> None:
    create_page(slug="over-ons")
    Redirect.objects.create(path="/er-is-er-al-een", target="/a/")
    mistakes = [
        ("/over-ons/", "/a/", "path"),
        ("/er-is-er-al-een/", "/b/", "path"),
        ("/admin/", "/a/", "path"),
        ("//evil.example", "/a/", "path"),
        ("/oud/", "javascript:alert(1)", "target"),
        ("/a/", "/er-is-er-al-een/", "target"),
    ]

    for path, target, field in mistakes:
        with subtests.test(path=path, target=target):
            response = desk.post(ADD, {"path": path, "target": target})
            assert response.status_code == 200
            assert len(errors_beside(response, field)) == 1
            page = parse(response.content)
            assert with_id(page, "id_path").get("value") == path
    assert Redirect.objects.count() == 1


def test_redirect_to_nothing_is_kept_with_a_warning(desk: Client) -> None:
    response = desk.post(ADD, {"path": "/oud/", "target": "/blog/nergens/"})

    assert {kind for kind, _text in messages_of(response)} == {"success", "warning"}
    assert Redirect.objects.exists()


def test_form_that_is_sent_twice_makes_one_redirect(desk: Client) -> None:
    for _click in range(2):
        response = desk.post(ADD, {"path": "/oud/", "target": "/blog/"})

    assert len(errors_beside(response, "path")) == 1
    assert Redirect.objects.count() == 1


def test_list_shows_hits_and_finds_both_addresses(desk: Client) -> None:
    Redirect.objects.create(path="/oud", target="/nieuw/", hits=17)
    Redirect.objects.create(path="/anders", target="/heel-anders/")

    found = parse(desk.get(LIST, {"q": "nieuw"}).content)

    (row,) = list(with_id(found, "result_list").iter("tr"))[1:]
    assert "/oud" in visible_text(row)
    assert "17" in visible_text(row)


# --- Trying ---------------------------------------------------------------------------------------


def test_trying_an_address_tells_what_readers_get(desk: Client, subtests: pytest.Subtests) -> None:
    save_and_publish(create_post(slug="toen"), slug="nu")
    gone = create_post(slug="weg")
    publishing.unpublish(gone, by=create_editor())
    Redirect.objects.create(path="/oud", target="/blog/toen/")
    Redirect.objects.create(path="/blog/nu", target="/ergens/")
    tries = {
        "/blog/nu/": ("Een pagina van de site", None),
        "/blog/toen/": ("verhuisd", "/blog/nu/"),
        "/Oud/": ("doorverwijzing", "/blog/nu/"),
        "/blog/weg/": ("verdwenen", None),
        "/nergens": ("Hier is niets", None),
        "/admin/": ("site zelf", None),
    }

    for address, (words, leads_to) in tries.items():
        with subtests.test(address=address):
            page = parse(desk.get(TRY, {"adres": address}).content, strict=True)
            found = with_class(page, "redirect-found")
            assert words in visible_text(found)
            links = [link.get("href") for link in found.iter("a")]
            if leads_to:
                assert leads_to in links
            adds = [link for link in links if (link or "").startswith(ADD)]
            assert bool(adds) == (address in {"/blog/weg/", "/nergens"})


def test_trying_what_is_no_address_says_so(desk: Client) -> None:
    page = parse(desk.get(TRY, {"adres": "javascript:alert(1)"}).content, strict=True)

    assert all_with_class(page, "errorlist")
    assert all_with_class(page, "redirect-found") == []


# --- Importing ------------------------------------------------------------------------------------


def test_list_is_shown_first_and_kept_when_confirmed(desk: Client) -> None:
    Redirect.objects.create(path="/kept", target="/x/")
    text = "oud;nieuw\n/a/;/b/\n/kept/;/y/\n=kwaad();/b/\n"

    shown = desk.post(IMPORT, {"text": text})

    page = parse(shown.content, strict=True)
    assert "=kwaad()" in visible_text(all_with_class(page, "redirect-lines")[0])
    assert Redirect.objects.count() == 1
    answer = desk.post(IMPORT, {**own_form(shown), "_confirm": "Importeren"})

    assert (answer.status_code, answer["Location"]) == (302, LIST)
    assert dict(Redirect.objects.values_list("path", "target")) == {"/a": "/b/", "/kept": "/y/"}
    ((kind, message),) = messages_of(answer)
    assert kind == "success"
    assert message.count("1") == 3


def test_file_is_looked_through_like_a_text(desk: Client) -> None:
    file = SimpleUploadedFile("lijst.csv", "\ufeff/café/,/b/\n".encode())

    shown = desk.post(IMPORT, {"text": "", "file": file})
    desk.post(IMPORT, {**own_form(shown), "_confirm": "Importeren"})

    assert [made.path for made in Redirect.objects.all()] == ["/café"]


def test_list_that_changes_nothing_has_nothing_to_confirm(desk: Client) -> None:
    Redirect.objects.create(path="/a", target="/b/")

    page = parse(desk.post(IMPORT, {"text": "/a/,/b/"}).content, strict=True)

    assert [field for field in page.iter("input") if field.get("name") == "_confirm"] == []


def test_list_that_cannot_be_read_comes_back_with_the_reason(
    desk: Client, subtests: pytest.Subtests
) -> None:
    lists: dict[str, dict[str, Any]] = {
        "geen regel": {"text": ""},
        "geen regel met twee adressen": {"text": "zomaar een zin"},
        "CSV UTF-8": {"file": SimpleUploadedFile("a.csv", b"\xff\xd8\xff")},
        "te groot": {"file": SimpleUploadedFile("a.csv", b"/a/,/b/\n" * 150_000)},
        "hoogstens 5000 regels": {"text": "/a/,/b/\n" * 5_001},
    }

    for words, fields in lists.items():
        with subtests.test(says=words):
            response = desk.post(IMPORT, fields)
            assert response.status_code == 200
            (errors,) = all_with_class(parse(response.content, strict=True), "errorlist")
            assert words in visible_text(errors)
    assert not Redirect.objects.exists()


# --- Missing addresses ----------------------------------------------------------------------------


def test_most_asked_missing_addresses_lead_to_a_form_that_is_filled_in(desk: Client) -> None:
    MissingAddress.objects.create(path="/soms", hits=2)
    MissingAddress.objects.create(path="/vaak & veel", hits=30)

    rows = list(with_id(parse(desk.get(MISSING).content), "result_list").iter("tr"))[1:]

    # The moment stands in the row too, with numbers of its own.
    assert [visible_text(with_class(row, "field-hits")) for row in rows] == ["30", "2"]
    (link,) = rows[0].iter("a")
    form = parse(desk.get(link.get("href", "")).content)
    assert with_id(form, "id_path").get("value") == "/vaak & veel"


def test_missing_address_is_dismissed(desk: Client) -> None:
    row = MissingAddress.objects.create(path="/onzin")
    kept = MissingAddress.objects.create(path="/oud")

    response = desk.post(MISSING, {"action": "dismiss", "_selected_action": [row.pk]})

    assert list(MissingAddress.objects.all()) == [kept]
    assert [kind for kind, _text in messages_of(response)] == ["success"]


def test_empty_lists_say_what_they_are_for(desk: Client) -> None:
    for address in (LIST, MISSING):
        page = parse(desk.get(address).content)
        assert visible_text(with_id(page, "changelist"))


# --- Who may --------------------------------------------------------------------------------------


def test_each_page_asks_for_the_permission_of_its_model(subtests: pytest.Subtests) -> None:
    made = Redirect.objects.create(path="/oud", target="/blog/")
    missing = MissingAddress.objects.create(path="/weg")
    change = f"{LIST}{made.pk}/change/"
    new = {"path": "/nieuw/", "target": "/blog/"}
    dismissal = {"action": "dismiss", "_selected_action": [missing.pk]}
    every = ["add_redirect", "change_redirect", "delete_redirect", "view_redirect"]
    refusals: list[tuple[list[str], str, dict[str, Any] | None]] = [
        (["view_post"], LIST, None),
        (["view_post"], TRY, None),
        (["view_post"], MISSING, None),
        (["view_redirect"], ADD, new),
        (["view_redirect"], change, new),
        (["view_redirect", "change_redirect"], f"{LIST}{made.pk}/delete/", {"post": "yes"}),
        (["view_redirect", "add_redirect"], IMPORT, {"text": "/a/,/b/", "_confirm": "x"}),
        (["view_redirect", "change_redirect"], IMPORT, {"text": "/a/,/b/", "_confirm": "x"}),
        (every, MISSING, None),
    ]

    for may, address, data in refusals:
        with subtests.test(may=may, address=address):
            client = Client()
            client.force_login(create_user(may=may))
            response = client.get(address) if data is None else client.post(address, data)
            assert response.status_code == 403
    looker = Client()
    looker.force_login(create_user(may=["view_missingaddress", "view_redirect"]))
    looker.post(MISSING, dismissal)
    page = looker.get(MISSING).content.decode()
    assert ADD not in page
    assert IMPORT not in looker.get(LIST).content.decode()
    assert looker.get(TRY).status_code == 200
    assert [row.path for row in Redirect.objects.all()] == ["/oud"]
    assert MissingAddress.objects.exists()
