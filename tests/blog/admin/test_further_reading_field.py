"""What an editor chooses to be read after a post: three places, typed or pasted, in an order."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from blog import publishing
from blog.models import Post
from tests.blog.admin.desk import (
    ADD,
    change_address,
    errors_of,
    form_of,
    publish,
    send,
)
from tests.factories import (
    create_draft,
    create_editor,
    create_page,
    create_post,
    create_user,
    fresh,
    in_days,
    newest,
)
from tests.pages import form_values, parse, visible_text, with_class, with_id

pytestmark = pytest.mark.django_db


def chosen(post: Post) -> tuple[str, ...]:
    """What the newest revision says."""
    return newest(post).content.related


def rename(post: Post, slug: str) -> None:
    """Publish a post under another address."""
    content = replace(newest(post).content, slug=slug)
    editor = create_editor()
    revision = publishing.save_draft(post, content, by=editor, base=newest(post))
    publishing.publish(revision, by=editor)


def test_choice_keeps_its_order_and_closes_up(desk: Client) -> None:
    create_post(slug="een")
    create_post(slug="twee")
    post = create_draft()

    send(desk, change_address(post), related_0="twee", related_1="", related_2="een")

    assert chosen(post) == ("twee", "een")
    values = form_values(form_of(desk.get(change_address(post), follow=True)))
    assert [values[f"related_{place}"] for place in range(3)] == [["twee"], ["een"], [""]]


@pytest.mark.parametrize(
    "typed",
    [
        "slapen",
        " Slapen ",
        "/blog/slapen/",
        "blog/slapen",
        "https://rustpunt.example/blog/slapen/",
        "http://127.0.0.1:8000/blog/slapen",
        "https://rustpunt.example/blog/slapen/?utm_source=x#kop",
        "eerder",
        "https://rustpunt.example/blog/eerder/",
    ],
)
def test_address_is_understood_as_it_is_pasted(desk: Client, typed: str) -> None:
    rename(create_post(slug="eerder"), "slapen")
    post = create_draft()

    send(desk, change_address(post), related_0=typed)

    assert chosen(post) == ("slapen",)


@pytest.mark.parametrize(
    "typed",
    [
        "bestaat-niet", "een-concept", "gepland", "verlopen", "offline", "weg", "een-pagina",
        "/een-pagina/", "/thema/openbaar/", "https://[", "javascript:alert(1)", "../../openbaar",
        "\x00", "<script>", "‮slapen", "a" * 100, "/" * 400,
    ],
    ids=ascii,
)  # fmt: skip
def test_what_readers_cannot_read_is_an_error_beside_the_field(desk: Client, typed: str) -> None:
    create_post(slug="openbaar")
    create_draft(slug="een-concept")
    create_post(slug="gepland", published_at=in_days(1))
    create_post(slug="verlopen", published_at=in_days(-2), expires_at=in_days(-1))
    publishing.unpublish(create_post(slug="offline"), by=create_editor())
    publishing.throw_away(create_post(slug="weg"), by=create_editor())
    create_page(slug="een-pagina")
    post = create_draft()

    response = send(desk, change_address(post), related_1=typed, body="Nieuw getypt.")

    assert list(errors_of(response)) == ["related"]
    values = form_values(form_of(response))
    assert values["body"] == ["Nieuw getypt."]
    assert newest(post).number == 1


def test_wrong_choice_is_named_and_stays_in_its_place(desk: Client) -> None:
    create_post(slug="goed")
    post = create_draft()

    response = send(desk, change_address(post), related_0="goed", related_2="Fout & mis")

    row = with_class(parse(response.content), "field-related")
    assert '"Fout & mis" is geen adres van een artikel dat lezers zien.' in visible_text(row)
    values = form_values(form_of(response))
    assert [values[f"related_{n}"] for n in range(3)] == [["goed"], [""], ["Fout & mis"]]


@pytest.mark.parametrize("typed", ["zelf", "/blog/zelf/", "eerder"])
def test_post_is_not_read_after_itself(desk: Client, typed: str) -> None:
    post = create_post(slug="eerder")
    rename(post, "zelf")

    response = send(desk, change_address(post), related_0=typed)

    assert errors_of(response) == {"related": ["Kies andere artikelen dan dit."]}


def test_post_chosen_twice_is_refused_also_under_an_earlier_address(desk: Client) -> None:
    rename(create_post(slug="eerder"), "later")
    post = create_draft()

    response = send(desk, change_address(post), related_0="later", related_1="eerder")

    assert errors_of(response) == {"related": ["Kies elk artikel één keer."]}


def test_choice_that_went_offline_may_stay(desk: Client) -> None:
    other = create_post(slug="ander")
    post = create_draft(related=[other])
    publishing.unpublish(other, by=create_editor())
    content = replace(newest(other).content, slug="straks-anders")
    publishing.save_draft(other, content, by=create_editor(), base=newest(other))

    send(desk, change_address(post), title="Anders")

    assert newest(post).number == 2
    assert chosen(post) == ("ander",)


def test_choice_that_was_renamed_is_no_change_of_the_editor(desk: Client) -> None:
    other = create_post(slug="eerder")
    post = create_draft(related=[other])
    rename(other, "later")

    send(desk, change_address(post))

    assert newest(post).number == 1


def test_choice_that_no_longer_exists_is_said_and_left_out(desk: Client) -> None:
    post = create_draft()
    content = replace(newest(post).content, related=("bestaat-niet",))
    publishing.save_draft(post, content, by=create_editor(), base=newest(post))
    page = parse(desk.get(change_address(post), follow=True).content)
    assert visible_text(with_class(page, "errorlist")) == '"bestaat-niet" bestaat niet meer.'

    send(desk, change_address(post), title="Anders")

    assert chosen(post) == ()


def test_difference_between_two_editors_shows_the_choice(desk: Client) -> None:
    create_post(slug="van-mij", title="Van mij")
    create_post(slug="van-hen", title="Van hen")
    post = create_draft()
    values = form_values(form_of(desk.get(change_address(post), follow=True))) | {
        "related_0": "van-mij"
    }
    content = replace(newest(post).content, related=("van-hen",))
    publishing.save_draft(post, content, by=create_editor(), base=newest(post))

    response = desk.post(change_address(post), values | {"_save": "1"})

    stale = with_class(parse(response.content), "stale")
    (row,) = [row for row in stale.iter("tr") if row.find("td") is not None]
    assert [visible_text(cell) for cell in row] == ["Verder lezen", "Van hen", "Van mij"]
    assert form_values(form_of(response))["related_0"] == ["van-mij"]


def suggestions(desk: Client, address: str) -> list[tuple[Any, str]]:
    """The addresses and titles that the fields suggest."""
    page = parse(desk.get(address, follow=True).content)
    places = [with_id(page, f"id_related_{place}").get("list") for place in range(3)]
    (shared,) = set(places)
    options = with_id(page, str(shared)).iter("option")
    return [(option.get("value"), visible_text(option)) for option in options]


def test_fields_suggest_the_newest_public_posts_but_not_this_one(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blog.admin.further_reading.SUGGESTIONS", 2)
    create_post(slug="oudst", published_at=in_days(-3))
    create_post(slug="ouder", title="Ouder & wijzer", published_at=in_days(-2))
    create_post(slug="nieuw", title="Nieuw", published_at=in_days(-1))
    create_post(title="Gepland", published_at=in_days(1))
    create_page(title="Pagina")
    post = create_post()

    shown = suggestions(desk, change_address(post))

    assert shown == [("nieuw", "Nieuw"), ("ouder", "Ouder & wijzer")]
    assert len(suggestions(desk, ADD)) == 2


def test_form_costs_as_many_queries_with_thirty_posts_as_with_three(desk: Client) -> None:
    others = [create_post() for _number in range(3)]
    post = create_draft(related=others)
    desk.get(change_address(post), follow=True)

    with CaptureQueriesContext(connection) as with_three:
        desk.get(change_address(post), follow=True)
    for _number in range(27):
        create_post()
    with CaptureQueriesContext(connection) as with_thirty:
        desk.get(change_address(post), follow=True)

    assert len(with_thirty) == len(with_three)


def test_who_may_only_look_sees_the_choice(client: Client) -> None:
    client.force_login(create_user(may=["view_post"]))
    post = create_post(related=[create_post(title="Lees ook dit")])

    page = parse(client.get(change_address(post), follow=True).content)

    assert "Lees ook dit" in visible_text(with_class(page, "field-drafted_related"))


def test_published_choice_is_what_readers_get_first(desk: Client) -> None:
    other = create_post(slug="ander")
    post = create_post()

    send(desk, change_address(post), related_0="/blog/ander/")
    publish(desk, post)

    assert [row.related_id for row in fresh(post).related.all()] == [other.pk]
