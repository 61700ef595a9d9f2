"""The menus in the admin: both in one list, ordered by number, pointing at things."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from blog import publishing
from blog.models import MenuItem, Page, Post, Revision
from tests.blog.admin.desk import errors_of, form_of, send
from tests.factories import (
    create_draft,
    create_editor,
    create_page,
    create_post,
    create_theme,
    create_user,
    in_days,
    newest,
)
from tests.pages import Answer, all_with_class, form_values, parse, visible_text, with_id

pytestmark = pytest.mark.django_db

MENUS, ADD = "/admin/blog/menuitem/", "/admin/blog/menuitem/add/"


def create_item(**fields: Any) -> MenuItem:
    """A line of the menu at the head, which leads to a theme of its own or where it says."""
    if not {"post", "listing"} & set(fields):
        fields.setdefault("theme", create_theme())
    if post := fields.pop("post", None):
        fields["post_id"] = post.pk
    return MenuItem.objects.create(**fields)


def draft_with(post: Post, *, slug: str) -> Revision:
    """A new revision of a post, with another address."""
    base = newest(post)
    content = replace(base.content, slug=slug)
    return publishing.save_draft(post, content, by=create_editor(), base=base)


def lines(response: Answer) -> list[str]:
    """The list of menu items, line by line."""
    rows = with_id(parse(response.content), "result_list").iter("tr")
    return [visible_text(row) for row in list(rows)[1:]]


def list_form(response: Answer) -> dict[str, Any]:
    """What a browser would send of the list, as it stands."""
    return form_values(with_id(parse(response.content), "changelist-form"))


def test_both_menus_stand_in_one_list_in_their_order(desk: Client) -> None:
    create_item(place="footer", position=1, label="Voet een")
    create_item(place="header", position=2, label="Kop twee")
    create_item(place="header", position=1, label="Kop een")

    shown = lines(desk.get(MENUS))

    for line, words in zip(shown, ("Kop een", "Kop twee", "Voet een"), strict=True):
        assert words in line


def test_list_offers_no_other_order_and_names_each_number(desk: Client) -> None:
    create_item(label="Kop een")

    table = with_id(parse(desk.get(MENUS).content), "result_list")

    assert [link for head in table.iter("thead") for link in head.iter("a")] == []
    assert "Plaats: Kop een" in [field.get("aria-label") for field in table.iter("input")]


def test_order_is_changed_by_number_in_the_list(desk: Client) -> None:
    first, second = create_item(position=1, label="Een"), create_item(position=2, label="Twee")

    sent = list_form(desk.get(MENUS)) | {"form-0-position": "3", "_save": "1"}
    desk.post(MENUS, sent)

    assert list(MenuItem.objects.all()) == [second, first]


def test_number_that_is_none_is_an_error_in_the_list(desk: Client) -> None:
    create_item(position=1)

    sent = list_form(desk.get(MENUS)) | {"form-0-position": "x", "_save": "1"}
    response = desk.post(MENUS, sent)

    assert all_with_class(parse(response.content), "errorlist")
    assert list_form(response)["form-0-position"] == ["x"]


@pytest.mark.parametrize("kind", ["theme", "page", "post", "list"])
def test_line_leads_to_one_thing(desk: Client, kind: str) -> None:
    theme, page, post = create_theme(name="Slaap"), create_page(slug="over"), create_post(slug="p")
    choices: dict[str, tuple[str, Any, Any]] = {
        "theme": ("theme", theme.pk, theme.pk),
        "page": ("post", "over", page.pk),
        "post": ("post", "p", post.pk),
        "list": ("listing", "archive", "archive"),
    }
    field, typed, wanted = choices[kind]

    send(desk, ADD, place="footer", position="4", label="Kijk hier", **{field: typed})

    item = MenuItem.objects.get()
    assert (item.place, item.position, item.label) == ("footer", 4, "Kijk hier")
    chosen = {"theme": item.theme_id, "post": item.post_id, "listing": item.listing or None}
    assert {name: value for name, value in chosen.items() if value} == {field: wanted}


@pytest.mark.parametrize("choice", ["none", "two", "three"])
def test_line_that_leads_nowhere_or_to_two_things_comes_back_with_its_text(
    desk: Client, choice: str
) -> None:
    theme, _page = create_theme(), create_page(slug="over-ons")
    typed: dict[str, Any] = {
        "none": {},
        "two": {"theme": theme.pk, "post": "/over-ons/"},
        "three": {"theme": theme.pk, "post": "over-ons", "listing": "archive"},
    }[choice]

    response = send(desk, ADD, label="Al getypt", **typed)

    message = "Kies één ding: een thema, een pagina of artikel, of een lijst."
    assert errors_of(response) == {"__all__": [message]}
    values = form_values(form_of(response))
    assert values["label"] == ["Al getypt"]
    assert values["post"] == [typed.get("post", "")]
    assert MenuItem.objects.count() == 0


def test_line_that_leads_nowhere_any_more_is_not_saved(desk: Client) -> None:
    item = create_item(theme=create_theme())

    response = send(desk, f"{MENUS}{item.pk}/change/", theme="", label="")

    assert list(errors_of(response)) == ["__all__"]
    assert MenuItem.objects.get().theme_id == item.theme_id


@pytest.mark.parametrize(
    "typed", ["over-ons", "/over-ons/", "https://rustpunt.example/over-ons/?x#y", "wie-wij-zijn"]
)
def test_page_is_chosen_by_its_address(desk: Client, typed: str) -> None:
    page = create_page(slug="wie-wij-zijn")
    publishing.publish(draft_with(page, slug="over-ons"), by=create_editor())

    send(desk, ADD, post=typed)

    assert MenuItem.objects.get().post_id == page.pk


@pytest.mark.parametrize(
    "typed",
    ["bestaat-niet", "een-concept", "https://[", "\x00", "<b>", "12", "/thema/x/"],
    ids=ascii,
)
def test_address_of_nothing_is_an_error_beside_the_field(desk: Client, typed: str) -> None:
    create_draft(kind=Page, slug="een-concept")

    response = send(desk, ADD, post=typed, label="Al getypt")

    assert "post" in errors_of(response)
    assert form_values(form_of(response))["label"] == ["Al getypt"]
    assert MenuItem.objects.count() == 0


def test_form_suggests_pages_first_and_then_the_newest_posts(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blog.admin.addresses.SUGGESTIONS", 2)
    for number in range(3):
        create_post(title=f"Artikel {number}")
    create_page(title="Privacy")
    create_page(title="Contact")
    create_draft(kind=Page, title="Concept")

    page = parse(desk.get(ADD).content)

    options = with_id(page, str(with_id(page, "id_post").get("list"))).iter("option")
    titles = [visible_text(option) for option in options]
    assert titles == ["Contact", "Privacy", "Artikel 2", "Artikel 1"]


def test_line_is_edited_without_choosing_again(desk: Client) -> None:
    page = create_page(slug="over-ons")
    item = create_item(post=page, label="Wij")

    send(desk, f"{MENUS}{item.pk}/change/", label="Over ons")

    item.refresh_from_db()
    assert (item.label, item.post_id) == ("Over ons", page.pk)


def test_line_keeps_its_page_when_that_plans_the_address_of_another(desk: Client) -> None:
    page, _other = create_page(slug="over-ons"), create_page(slug="contact")
    item = create_item(post=page)
    publishing.unpublish(page, by=create_editor())
    draft_with(page, slug="contact")

    send(desk, f"{MENUS}{item.pk}/change/", label="Wij")

    item.refresh_from_db()
    assert (item.label, item.post_id) == ("Wij", page.pk)


@pytest.mark.parametrize(
    ("state", "visible"),
    [("live", True), ("scheduled", False), ("expired", False), ("offline", False), ("away", False)],
)
def test_line_to_what_readers_cannot_see_is_marked(desk: Client, state: str, visible: bool) -> None:
    moments = {
        "scheduled": {"published_at": in_days(1)},
        "expired": {"published_at": in_days(-2), "expires_at": in_days(-1)},
    }
    page = create_page(title="Privacy", **moments.get(state, {}))
    if state == "offline":
        publishing.unpublish(page, by=create_editor())
    elif state == "away":
        publishing.throw_away(page, by=create_editor())
    create_item(post=page)

    (line,) = lines(desk.get(MENUS))

    assert "Pagina: Privacy" in line
    assert ("niet zichtbaar" not in line) is visible


def test_new_line_comes_last(desk: Client) -> None:
    create_item(position=7)

    assert form_values(form_of(desk.get(ADD)))["position"] == ["8"]


def test_list_of_menu_items_costs_as_many_queries_with_twenty_as_with_one(desk: Client) -> None:
    create_item(post=create_page())
    desk.get(MENUS)

    with CaptureQueriesContext(connection) as with_one:
        desk.get(MENUS)
    for number in range(19):
        create_item(**{"post": create_page()} if number % 2 else {"theme": create_theme()})
    with CaptureQueriesContext(connection) as with_twenty:
        desk.get(MENUS)

    assert len(with_twenty) == len(with_one)
    assert not any("stored_rendering" in query["sql"] for query in with_twenty.captured_queries)


def test_menus_are_for_who_may_change_them(client: Client) -> None:
    item = create_item(label="Oud", position=1)
    sent = {"place": "header", "position": "5", "label": "Nieuw", "listing": "archive"}
    for may, status in ([], 403), (["view_post"], 403), (["view_menuitem"], 200):
        client.force_login(create_user(may=may))
        assert client.get(MENUS).status_code == status
        for address in (ADD, f"{MENUS}{item.pk}/change/", f"{MENUS}{item.pk}/delete/"):
            assert client.post(address, sent | {"post": "yes"}).status_code == 403

    client.post(MENUS, {"form-0-id": item.pk, "form-0-position": "5", "_save": "1"})
    item.refresh_from_db()
    assert (item.label, item.position) == ("Oud", 1)
