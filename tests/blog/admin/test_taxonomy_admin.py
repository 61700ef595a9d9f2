"""Themes and tags in the admin: one name, one address, and several that become one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from blog import publishing, taxonomy
from blog.models import Post, Tag, Theme
from tests.blog.admin.desk import (
    change_address,
    errors_of,
    form_of,
    message_after,
    publish,
    send,
)
from tests.factories import (
    create_draft,
    create_editor,
    create_post,
    create_tag,
    create_theme,
    create_user,
    fresh,
    newest,
)
from tests.pages import (
    Answer,
    all_with_class,
    form_values,
    parse,
    visible_text,
    with_class,
)

pytestmark = pytest.mark.django_db

TAGS, THEMES = "/admin/blog/tag/", "/admin/blog/theme/"
BOTH = pytest.mark.parametrize(("model", "address"), [(Tag, TAGS), (Theme, THEMES)])

Create = Callable[..., Any]


def post_under(term: Tag | Theme, *, create: Create = create_post) -> Post:
    """A post with this tag, or on this theme."""
    post: Post = create(tags=[term]) if isinstance(term, Tag) else create(theme=term)
    return post


def merge(desk: Client, terms: Sequence[Tag | Theme], **fields: Any) -> Answer:
    """Ask to merge these, or do it when `into` and the button are among the fields."""
    address = TAGS if isinstance(terms[0], Tag) else THEMES
    chosen = {"action": "merge", "_selected_action": [term.pk for term in terms]}
    return desk.post(address, chosen | fields)


def confirm_merge(desk: Client, terms: Sequence[Tag | Theme], *, into: object) -> Answer:
    """Merge these into one of them."""
    pk = into.pk if isinstance(into, Tag | Theme) else into
    return merge(desk, terms, into=pk, _confirm="1")


# --- One name, one address ------------------------------------------------------------------------


@BOTH
def test_new_term_gets_its_address_from_its_name(
    desk: Client, model: type[Tag], address: str
) -> None:
    assert not all_with_class(form_of(desk.get(f"{address}add/")), "field-slug")

    send(desk, f"{address}add/", name="Cafés & thee", slug="iets-anders")

    assert model.objects.get().slug == "cafes-thee"


@BOTH
@pytest.mark.parametrize("name", ["Café", "cafe", "CAFÉ ", "Cafe!"])
def test_name_that_is_there_already_is_refused_beside_the_name(
    desk: Client, model: type[Tag], address: str, name: str
) -> None:
    send(desk, f"{address}add/", name="Café")

    response = send(desk, f"{address}add/", name=name, introduction="Al getypt.")

    assert errors_of(response) == {"name": ["“Café” bestaat al."]}
    assert form_values(form_of(response))["introduction"] == ["Al getypt."]
    assert model.objects.count() == 1


def test_name_without_letters_is_refused_beside_the_name(desk: Client) -> None:
    response = send(desk, f"{TAGS}add/", name="???")

    assert list(errors_of(response)) == ["name"]
    assert Tag.objects.count() == 0


def test_name_that_was_given_up_is_refused_to_another(desk: Client) -> None:
    taxonomy.rename(create_tag(name="Rust", slug="rust"), name="Avondrust")

    response = send(desk, f"{TAGS}add/", name="rust")

    assert errors_of(response) == {"name": ["Er zijn nog links naar “Avondrust” met deze naam."]}


@BOTH
def test_new_name_gives_a_new_address_and_the_old_one_leads_there(
    desk: Client, model: type[Tag], address: str
) -> None:
    term = model.objects.create(name="Slapen", slug="slapen")

    send(desk, f"{address}{term.pk}/change/", name="Beter slapen", introduction="Nieuw.")

    term.refresh_from_db()
    assert (term.name, term.slug, term.introduction) == ("Beter slapen", "beter-slapen", "Nieuw.")
    assert model.objects.at_slug("slapen") == term


def test_other_capitals_keep_the_address(desk: Client) -> None:
    tag = create_tag(name="cafe", slug="cafe")

    send(desk, f"{TAGS}{tag.pk}/change/", name="Café")

    tag.refresh_from_db()
    assert (tag.name, tag.slug) == ("Café", "cafe")
    assert not tag.earlier_slugs.exists()


def test_form_without_another_name_leaves_the_address_alone(desk: Client) -> None:
    theme = create_theme(name="Hoofd", slug="je-hoofd")

    send(desk, f"{THEMES}{theme.pk}/change/", colour="plum", slug="gekaapt")

    theme.refresh_from_db()
    assert (theme.slug, theme.colour) == ("je-hoofd", "plum")


def test_form_shows_the_address_and_that_earlier_ones_keep_working(desk: Client) -> None:
    tag = create_tag(slug="avondrust")

    page = parse(desk.get(f"{TAGS}{tag.pk}/change/").content)

    row = visible_text(with_class(page, "field-slug"))
    assert "avondrust" in row
    assert "Eerdere adressen blijven werken." in row


def test_name_taken_at_the_same_instant_is_an_error_beside_the_name(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    create_tag(name="Rust", slug="rust")
    look, looks = taxonomy.slug_for, []

    def look_too_early(name: str, *, term: Any) -> str:
        looks.append(name)
        return "rust" if len(looks) <= 2 else look(name, term=term)

    monkeypatch.setattr("blog.taxonomy.slug_for", look_too_early)
    response = send(desk, f"{TAGS}add/", name="rust", introduction="Al getypt.")

    assert list(errors_of(response)) == ["name"]
    assert form_values(form_of(response))["introduction"] == ["Al getypt."]


def test_renamed_tag_is_no_change_of_a_post(desk: Client) -> None:
    tag, theme = create_tag(name="Rust"), create_theme(name="Slapen")
    post = create_draft(tags=[tag], theme=theme)
    taxonomy.rename(tag, name="Avondrust")
    taxonomy.rename(theme, name="Beter slapen")
    assert "bestaat niet meer" not in desk.get(change_address(post), follow=True).content.decode()

    send(desk, change_address(post))

    assert newest(post).number == 1
    assert fresh(post).content.tags == ("avondrust",)


def test_renamed_tag_is_no_difference_between_two_editors(desk: Client) -> None:
    tag = create_tag(name="Rust")
    post = create_draft(tags=[tag], title="Begin")
    values = form_values(form_of(desk.get(change_address(post), follow=True))) | {
        "title": "Van mij"
    }
    content = replace(newest(post).content, title="Van hen")
    publishing.save_draft(post, content, by=create_editor(), base=newest(post))
    taxonomy.rename(tag, name="Avondrust")

    response = desk.post(change_address(post), values | {"_save": "1"})

    stale = with_class(parse(response.content), "stale")
    fields = [th for th in stale.iter("th") if th.get("scope") == "row"]
    assert [visible_text(field) for field in fields] == ["Titel"]


# --- The list -------------------------------------------------------------------------------------


@BOTH
def test_list_tells_how_many_posts_each_has(desk: Client, model: type[Tag], address: str) -> None:
    term = model.objects.create(name="Rust", slug="rust")
    model.objects.create(name="Stil", slug="stil")
    post_under(term)
    post_under(term, create=create_draft)

    page = parse(desk.get(address).content)

    cells = all_with_class(page, "field-post_count")
    assert [visible_text(cell) for cell in cells] == ["2", "0"]


@BOTH
def test_list_of_terms_costs_as_many_queries_with_thirty_as_with_one(
    desk: Client, model: type[Tag], address: str
) -> None:
    def fill(numbers: range) -> None:
        for number in numbers:
            term = model.objects.create(name=f"Naam {number}", slug=f"naam-{number}")
            post_under(term)

    fill(range(1))
    desk.get(address)
    with CaptureQueriesContext(connection) as with_one:
        desk.get(address)

    fill(range(1, 30))
    with CaptureQueriesContext(connection) as with_thirty:
        desk.get(address)

    assert len(with_thirty) == len(with_one)


def test_search_without_accents_finds_a_name_with_them(desk: Client) -> None:
    create_tag(name="Café", slug="cafe")
    create_tag(name="Thee", slug="thee")

    page = parse(desk.get(TAGS, {"q": "cafe"}).content)

    assert [visible_text(cell) for cell in all_with_class(page, "field-name")] == ["Café"]


def test_theme_with_posts_cannot_be_deleted(desk: Client) -> None:
    theme = create_theme()
    create_post(theme=theme)

    for address, sent in (
        (f"{THEMES}{theme.pk}/delete/", {"post": "yes"}),
        (THEMES, {"action": "delete_selected", "_selected_action": [theme.pk], "post": "yes"}),
    ):
        assert desk.post(address, sent).status_code == 200
    assert Theme.objects.filter(pk=theme.pk).exists()


# --- Several become one ---------------------------------------------------------------------------


def test_page_before_a_merge_tells_what_will_move(desk: Client) -> None:
    small, large, both = create_tag(name="Cafés"), create_tag(name="Café"), create_tag(name="Kroeg")
    create_post(tags=[small, both])
    for _number in range(2):
        create_post(tags=[large])

    form = with_class(parse(merge(desk, [small, large, both]).content), "confirm-action")

    rows = [visible_text(row) for row in form.iter("tr")]
    assert rows[1:] == ["Café 2 1", "Cafés 1 2", "Kroeg 1 2"]
    assert "adressen" in visible_text(form)
    assert form_values(form)["into"] == [str(large.pk)]
    assert Tag.objects.count() == 3


def test_form_of_that_page_merges(desk: Client) -> None:
    goes, stays = create_tag(name="Cafe"), create_tag(name="Café")
    post = create_post(tags=[goes])
    page = parse(merge(desk, [goes, stays]).content)
    form = with_class(page, "confirm-action")
    (button,) = [b for b in form.iter("input") if b.get("type") == "submit"]

    sent = form_values(form) | {"into": stays.pk, str(button.get("name")): "1"}
    response = desk.post(TAGS, sent)

    assert message_after(desk, response) == 'Samengevoegd: 1 artikel verhuisde naar "Café".'
    assert list(fresh(post).tags.all()) == [stays]


@pytest.mark.parametrize("create", [create_tag, create_theme])
def test_merged_terms_lead_to_the_one_that_stays(desk: Client, create: Create) -> None:
    terms = [create(name=name, slug=name) for name in ("een", "twee", "drie")]
    posts = [post_under(term) for term in terms]
    stays = terms[1]

    response = confirm_merge(desk, terms, into=stays)

    assert 'Samengevoegd: 2 artikelen verhuisden naar "twee".' in message_after(desk, response)
    assert set(stays.posts.all()) == set(posts)
    assert [type(stays).objects.at_slug(slug) for slug in ("een", "drie")] == [stays, stays]
    assert type(stays).objects.count() == 1


def test_post_with_two_merged_tags_is_counted_once(desk: Client) -> None:
    first, second, stays = create_tag(name="a"), create_tag(name="b"), create_tag(name="c")
    create_post(tags=[first, second])

    response = confirm_merge(desk, [first, second, stays], into=stays)

    assert message_after(desk, response) == 'Samengevoegd: 1 artikel verhuisde naar "c".'


@pytest.mark.parametrize("into", ["", "x", "999999", "other"])
def test_choice_of_what_stays_is_asked_again(desk: Client, into: str) -> None:
    terms, other = [create_tag(name="a"), create_tag(name="b")], create_tag(name="c")

    response = confirm_merge(desk, terms, into=other.pk if into == "other" else into)

    assert response.status_code == 200
    assert visible_text(with_class(parse(response.content), "errorlist"))
    assert Tag.objects.count() == 3


def test_second_click_merges_nothing_and_says_so(desk: Client) -> None:
    goes, stays = create_tag(name="a"), create_tag(name="b")
    confirm_merge(desk, [goes, stays], into=stays)
    desk.get(TAGS)

    response = confirm_merge(desk, [goes, stays], into=stays)

    said = message_after(desk, response)
    assert said == "Er is niets samengevoegd: een deel hiervan bestaat niet meer."
    assert Tag.objects.get() == stays


def test_merge_into_what_is_gone_meanwhile_says_so(desk: Client) -> None:
    first, second, stays = create_tag(name="a"), create_tag(name="b"), create_tag(name="c")
    pk = stays.pk
    stays.delete()

    chosen = {"action": "merge", "_selected_action": [first.pk, second.pk, pk]}
    response = desk.post(TAGS, chosen | {"into": pk, "_confirm": "1"})

    assert "niets samengevoegd" in message_after(desk, response)
    assert Tag.objects.count() == 2


@pytest.mark.parametrize(
    ("confirmed", "said"),
    [({}, "Kies er minstens twee."), ({"_confirm": "1"}, "Er is niets samengevoegd")],
    ids=["asked", "forged"],
)
def test_one_term_alone_is_not_merged(desk: Client, confirmed: dict[str, str], said: str) -> None:
    tag = create_tag()

    response = merge(desk, [tag], into=tag.pk, **confirmed)

    assert said in message_after(desk, response)
    assert Tag.objects.get() == tag


@pytest.mark.parametrize("may", [["change_tag"], ["delete_tag"], ["add_tag"], []], ids=str)
def test_merge_cannot_be_forged(client: Client, may: list[str]) -> None:
    client.force_login(create_user(may=[*may, "view_tag"]))
    terms = [create_tag(name="a"), create_tag(name="b")]

    assert "merge" not in client.get(TAGS).content.decode()
    confirm_merge(client, terms, into=terms[0])

    assert Tag.objects.count() == 2


def test_merge_needs_a_token() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(create_user(may=["view_tag", "change_tag", "delete_tag"]))
    terms = [create_tag(name="a"), create_tag(name="b")]

    assert confirm_merge(client, terms, into=terms[0]).status_code == 403
    assert Tag.objects.count() == 2


def test_page_before_a_merge_costs_as_many_queries_with_ten_tags_as_with_two(
    desk: Client,
) -> None:
    terms = [create_tag(name=str(number)) for number in range(10)]
    for term in terms:
        create_post(tags=[term])
    merge(desk, terms)

    with CaptureQueriesContext(connection) as with_two:
        merge(desk, terms[:2])
    with CaptureQueriesContext(connection) as with_ten:
        merge(desk, terms)

    assert len(with_ten) == len(with_two)


def test_draft_that_names_a_merged_tag_is_saved_with_the_other(desk: Client) -> None:
    goes, stays = create_tag(name="a"), create_tag(name="b")
    post = create_post(title="Live")
    content = replace(newest(post).content, tags=(goes.slug,))
    publishing.save_draft(post, content, by=create_editor(), base=newest(post))
    confirm_merge(desk, [goes, stays], into=stays)

    publish(desk, post)

    assert list(Post.objects.get().tags.all()) == [stays]


def test_merge_below_a_search_that_no_longer_finds_the_terms_asks_again(desk: Client) -> None:
    tags = [create_tag(name="Moe"), create_tag(name="Moeheid")]
    other = create_tag(name="Rust")

    response = desk.post(
        "/admin/blog/tag/?q=zzz",
        {
            "action": "merge",
            "_selected_action": [tag.pk for tag in tags],
            "_confirm": "1",
            "into": other.pk,
        },
    )

    assert response.status_code == 200
    assert Tag.objects.count() == 3


def test_deleting_a_renamed_tag_names_no_tables(desk: Client) -> None:
    tag = create_tag(name="Moe", slug="moe")
    taxonomy.rename(tag, name="Moeheid")
    create_post(tags=[tag])

    page = visible_text(parse(desk.get(f"/admin/blog/tag/{tag.pk}/delete/").content))

    assert "Eerdere adressen: 1" in page
    assert "Earlier" not in page
    assert "object (" not in page
