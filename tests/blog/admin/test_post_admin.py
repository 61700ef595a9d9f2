"""Posts in the admin, as an editor's browser uses it: the form as served, changed, and sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from django.contrib.auth.models import User
from django.test import Client

from blog import publishing
from blog.admin.posts import ContentAdmin
from blog.content import FIELDS, PostContent
from blog.models import Post, Tag, Theme
from tests.blog.admin.desk import (
    ADD,
    LIST,
    change_address,
    errors_of,
    form_of,
    message_after,
    publish,
    send,
)
from tests.factories import (
    content_with_every_field,
    create_author,
    create_draft,
    create_editor,
    create_page,
    create_post,
    create_tag,
    create_theme,
    create_user,
    fresh,
    in_days,
    newest,
)
from tests.pages import (
    form_values,
    parse,
    visible_text,
    with_class,
)

pytestmark = pytest.mark.django_db


# --- A new post -----------------------------------------------------------------------------------


def test_title_is_enough_for_a_draft(desk: Client, editor: User) -> None:
    response = send(desk, ADD, title="Slapen als een roos")

    post = Post.objects.get()
    assert response["Location"] == f"{change_address(post)}?vanaf=1"
    assert (post.title, post.slug) == ("Slapen als een roos", "slapen-als-een-roos")
    assert post.state == Post.State.DRAFT
    assert newest(post).made_by == editor
    assert post.revisions.count() == 1


def test_post_without_a_title_comes_back_with_its_text(desk: Client) -> None:
    response = send(desk, ADD, title="", body="Al een hele lap tekst.")

    assert "title" in errors_of(response)
    assert form_values(form_of(response))["body"] == ["Al een hele lap tekst."]
    assert Post.objects.count() == 0


def test_new_post_can_be_published_at_once(desk: Client, client: Client) -> None:
    send(desk, ADD, button="_publish", title="Meteen live", body="Hallo.")
    publish(desk, Post.objects.get())

    assert Client().get("/blog/meteen-live/").status_code == 200


def test_made_up_slug_stays_below_the_limit(desk: Client) -> None:
    send(desk, ADD, title="Waarom je wakker wordt " * 8)

    slug = Post.objects.get().slug
    assert 0 < len(slug) <= 100
    assert not slug.endswith("-")


def test_title_without_letters_can_be_kept_but_not_published(desk: Client) -> None:
    send(desk, ADD, button="_publish", title="???")

    post = Post.objects.get()
    assert post.slug == ""
    assert "Om te publiceren is een adres nodig." in visible_text(
        parse(publish(desk, post).content)
    )
    assert fresh(post).state == Post.State.DRAFT


def test_address_is_written_small(desk: Client) -> None:
    send(desk, ADD, title="Kopie", slug="Kopie-2")

    assert Post.objects.get().slug == "kopie-2"


# --- Byte for byte --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "    code met spaties vooraf\n",
        "\n\nEerst twee lege regels.",
        "Drie lege regels aan het eind.\n\n\n",
        "Regeleinde met spaties.  \nDaarna dit.\t",
        "  \n  ",
        '‘s avonds [1] & <b> "x" \\* &amp;',
        "</textarea><script>alert(1)</script>",
        "Nul​breedte en vaste spatie.",
        "🌙 é́ ﬁ",
    ],
    ids=ascii,
)
def test_text_is_kept_byte_for_byte_over_several_saves(desk: Client, body: str) -> None:
    post = create_draft(body=body)

    for number in range(3):
        send(desk, change_address(post), title=f"Titel {number}")

    assert newest(post).content.body == body
    assert fresh(post).body == body


@pytest.mark.long
def test_text_and_order_of_authors_survive_twenty_saves(desk: Client) -> None:
    authors = [create_author(name=name) for name in ("Zoë", "Adam", "Mirjam", "Bram")]
    body = "\n  Vooraf twee spaties.\r\n\r\n    code  \r\nLaatste regel.\r\n"
    post = create_draft(authors=authors)
    send(desk, change_address(post), body=body)

    for number in range(20):
        send(desk, change_address(post), note=f"Keer {number}", title=f"Titel {number}")

    assert newest(post).number == 22
    assert newest(post).content.body == body.replace("\r\n", "\n")
    assert newest(post).content.byline == tuple(author.slug for author in authors)
    assert fresh(post).byline == authors


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n"], ids=ascii)
def test_line_ends_of_any_kind_become_one_kind(desk: Client, ending: str) -> None:
    post = create_draft()

    send(desk, change_address(post), body=f"Een{ending}{ending}Twee{ending}")

    assert newest(post).content.body == "Een\n\nTwee\n"


def test_save_without_a_change_makes_no_revision(desk: Client) -> None:
    post = create_draft(
        theme=create_theme(),
        authors=[create_author(), create_author()],
        tags=[create_tag(), create_tag()],
        body="\n  Tekst.\n\n",
        summary="Een samenvatting.\nMet twee regels.",
        reviewed_on=date(2026, 1, 2),
        reading_minutes_override=4,
        discloses_own_products=True,
    )

    send(desk, change_address(post))

    assert newest(post).number == 1


def test_publishing_without_a_change_makes_no_revision(desk: Client) -> None:
    post = create_draft()

    send(desk, change_address(post), button="_publish")
    publish(desk, post)

    assert fresh(post).live_revision == newest(post)
    assert newest(post).number == 1


# --- Every field ----------------------------------------------------------------------------------


@pytest.mark.parametrize("field", FIELDS)
def test_field_walks_through_the_form(desk: Client, field: str) -> None:
    wanted = content_with_every_field()
    start = replace(wanted, **{field: getattr(PostContent(title="Eerst"), field)})
    post = publishing.save_draft(Post(), start, by=create_editor(), base=None).post
    typed: dict[str, Any] = {
        "theme": Theme.objects.get(slug=wanted.theme).pk,
        "tags": list(Tag.objects.filter(slug__in=wanted.tags).values_list("pk", flat=True)),
        "discloses_own_products": "on",
        "discloses_affiliate_links": "on",
        "reviewed_on": "02-01-2026",
        "review_due_on": "04-03-2027",
    }
    changes = {field: typed.get(field, getattr(wanted, field))}
    if field in {"byline", "related"}:
        slugs = getattr(wanted, field)
        changes = {f"{field}_{place}": slug for place, slug in enumerate(slugs)}
    if field == "corrections":
        typed_in_row = ["2026-05-06", "Het is 375 mg.", "dosis"]
        changes = {f"{field}_{place}": value for place, value in enumerate(typed_in_row)}

    send(desk, change_address(post), **changes)

    assert newest(post).number == 2
    assert newest(post).content == wanted


def test_byline_keeps_its_order_and_closes_up(desk: Client) -> None:
    first, second = create_author(name="Zoë"), create_author(name="Adam")
    post = create_draft()

    send(desk, change_address(post), byline_0=second.slug, byline_1="", byline_2=first.slug)

    assert fresh(post).byline == [second, first]


def test_author_chosen_twice_is_refused(desk: Client) -> None:
    author, post = create_author(), create_draft()

    response = send(desk, change_address(post), byline_0=author.slug, byline_1=author.slug)

    assert "byline" in errors_of(response)


def test_long_byline_shows_whole_with_a_place_left(desk: Client) -> None:
    authors = [create_author() for _number in range(6)]
    post = create_draft(authors=authors)

    send(desk, change_address(post), byline_6=(extra := create_author()).slug)

    assert fresh(post).byline == [*authors, extra]


# --- Draft and live -------------------------------------------------------------------------------


def test_saving_a_live_post_leaves_readers_their_text(desk: Client) -> None:
    post = create_post(title="Oude titel")
    before = Client().get(post.get_absolute_url()).content

    send(desk, change_address(post), title="Nieuwe titel", body="Anders.")

    assert Client().get(post.get_absolute_url()).content == before
    assert newest(post).content.title == "Nieuwe titel"


def test_form_shows_the_newest_revision_not_the_live_row(desk: Client) -> None:
    post = create_post(title="Live", body="Live tekst.", authors=[create_author()])
    content = replace(newest(post).content, title="Concept", body="Concepttekst.", byline=())
    publishing.save_draft(post, content, by=create_editor(), base=newest(post))

    values = form_values(form_of(desk.get(change_address(post), follow=True)))

    assert values["title"] == ["Concept"]
    assert values["body"] == ["Concepttekst."]
    assert set(values["byline_0"]) <= {""}


def test_publish_shows_readers_the_newest_revision(desk: Client) -> None:
    post = create_post(title="Oude titel")
    send(desk, change_address(post), title="Nieuwe titel")

    publish(desk, post)

    assert "Nieuwe titel" in Client().get(post.get_absolute_url()).content.decode()


def test_notable_change_dates_the_post(desk: Client) -> None:
    post = create_post(published_at=in_days(-9))

    send(desk, change_address(post), button="_publish", title="Herzien")
    publish(desk, post, notable="on")

    assert fresh(post).changed_at is not None


def test_note_is_kept_with_the_revision(desk: Client) -> None:
    post = create_draft()

    send(desk, change_address(post), title="Anders", note="Titel korter")

    assert newest(post).note == "Titel korter"


def test_address_of_another_post_is_said_on_the_page_with_a_link_to_the_field(
    desk: Client,
) -> None:
    create_post(slug="bezet")
    post = create_draft(title="Mijn titel")

    response = send(
        desk, change_address(post), button="_publish", slug="bezet", body="Nieuw getypt."
    )

    page = parse(desk.get(response["Location"]).content)
    links = [link.get("href") for link in with_class(page, "publish-obstacles").iter("a")]
    assert links == [f"{change_address(post)}#id_slug"]
    assert newest(post).content.body == "Nieuw getypt."
    assert publish(desk, post).status_code == 200
    assert fresh(post).state == Post.State.DRAFT


@pytest.mark.parametrize("slug", ["een adres", "é", "a" * 101])
def test_address_that_cannot_be_one_is_said_beside_its_field(desk: Client, slug: str) -> None:
    post = create_post()

    response = send(desk, change_address(post), slug=slug, title="Een nieuwe titel")

    assert list(errors_of(response)) == ["slug"]
    assert form_values(form_of(response))["title"] == ["Een nieuwe titel"]


def test_draft_may_plan_an_address_that_is_taken(desk: Client) -> None:
    create_post(slug="bezet")
    post = create_draft()

    send(desk, change_address(post), slug="bezet")

    assert fresh(post).slug == "bezet"


def test_text_that_is_too_complex_is_kept_in_the_form(desk: Client) -> None:
    post = create_draft()
    flood = "[" * 100_000

    response = send(desk, change_address(post), body=flood)

    assert "body" in errors_of(response)
    assert form_values(form_of(response))["body"] == [flood]
    assert newest(post).number == 1


# --- The same form twice --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("button", "page"), [("_save", "change/?vanaf=2"), ("_publish", "publiceren/")]
)
def test_change_form_sent_twice_is_saved_once(desk: Client, button: str, page: str) -> None:
    post = create_post(title="Begin")
    values = form_values(form_of(desk.get(change_address(post), follow=True))) | {"title": "Anders"}

    answers = [desk.post(change_address(post), values | {button: "1"}) for _click in range(2)]

    assert [answer["Location"] for answer in answers] == [f"/admin/blog/post/{post.pk}/{page}"] * 2
    titles = [revision.content.title for revision in post.revisions.order_by("number")]
    assert titles == ["Begin", "Anders"]


@pytest.mark.parametrize(
    ("button", "page"), [("_save", "change/?vanaf=1"), ("_publish", "publiceren/")]
)
def test_add_form_sent_twice_makes_one_post(desk: Client, button: str, page: str) -> None:
    values = form_values(form_of(desk.get(ADD))) | {"title": "Nieuw", "body": "Tekst."}

    answers = [desk.post(ADD, values | {button: "1"}) for _click in range(2)]

    post = Post.objects.get()
    assert [answer["Location"] for answer in answers] == [f"/admin/blog/post/{post.pk}/{page}"] * 2
    assert post.revisions.count() == 1
    assert post.state == Post.State.DRAFT


def test_add_form_sent_again_with_another_text_meets_both_texts(desk: Client) -> None:
    values = form_values(form_of(desk.get(ADD))) | {"title": "Nieuw", "_save": "1"}
    desk.post(ADD, values | {"body": "De eerste tekst."})

    response = desk.post(ADD, values | {"body": "De tweede tekst."})

    text = visible_text(with_class(parse(response.content), "stale"))
    assert "De eerste tekst." in text
    assert "De tweede tekst." in text
    assert form_values(form_of(response))["body"] == ["De tweede tekst."]
    assert Post.objects.get().body == "De eerste tekst."


def test_second_click_of_the_same_instant_finds_the_post_of_the_first(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = form_values(form_of(desk.get(ADD))) | {"title": "Nieuw", "_save": "1"}
    desk.post(ADD, values)
    look, looks = ContentAdmin.id_of_post_made_by, []

    def look_too_early(admin: ContentAdmin, request: Any) -> str | None:
        looks.append(request)
        return None if len(looks) == 1 else look(admin, request)

    monkeypatch.setattr(ContentAdmin, "id_of_post_made_by", look_too_early)
    response = desk.post(ADD, values)

    assert len(looks) == 2
    assert response["Location"] == f"{change_address(Post.objects.get())}?vanaf=1"
    assert Post.objects.get().revisions.count() == 1


def test_second_click_of_the_same_instant_with_another_text_meets_both_texts(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = form_values(form_of(desk.get(ADD))) | {"title": "Nieuw", "_save": "1"}
    desk.post(ADD, values | {"body": "De eerste tekst."})
    look, looks = ContentAdmin.id_of_post_made_by, []

    def look_too_early(admin: ContentAdmin, request: Any) -> str | None:
        looks.append(request)
        return None if len(looks) == 1 else look(admin, request)

    monkeypatch.setattr(ContentAdmin, "id_of_post_made_by", look_too_early)
    response = desk.post(ADD, values | {"body": "De tweede tekst."})

    assert form_values(form_of(response))["body"] == ["De tweede tekst."]
    assert "De eerste tekst." in visible_text(with_class(parse(response.content), "stale"))


def test_two_add_forms_make_two_posts(desk: Client) -> None:
    for _form in range(2):
        send(desk, ADD, title="Nieuw", slug="nieuw")

    assert Post.objects.count() == 2


@pytest.mark.parametrize("new_uid", ["", "x", "\x00", "{}", "0" * 4_000], ids=ascii)
def test_add_form_without_a_readable_uid_loses_no_text(desk: Client, new_uid: str) -> None:
    response = send(desk, ADD, title="Nieuw", body="Een hele lap tekst.", new_uid=new_uid)

    if response.status_code == 302:
        assert Post.objects.get().body == "Een hele lap tekst."
    else:
        assert list(errors_of(response)) == ["new_uid"]
        assert form_values(form_of(response))["body"] == ["Een hele lap tekst."]


def test_add_form_with_the_uid_of_a_page_is_no_error_of_ours(desk: Client) -> None:
    page = create_page(body="De tekst van de bladzijde.")

    response = send(desk, ADD, title="Nieuw", new_uid=str(page.uid))

    assert response.status_code in {200, 302}
    assert fresh(page).body == "De tekst van de bladzijde."


# --- What the admin says --------------------------------------------------------------------------


def test_new_draft_is_said_to_be_not_public(desk: Client) -> None:
    response = send(desk, ADD, title="Nieuw")

    assert message_after(desk, response) == "Concept opgeslagen. Het is nog niet openbaar."


def test_draft_over_a_live_text_is_said_to_wait(desk: Client) -> None:
    response = send(desk, change_address(create_post()), title="Anders")

    message = message_after(desk, response)
    assert message == "Concept opgeslagen. Lezers zien nog de tekst die live staat."


@pytest.mark.parametrize("create", [create_draft, create_post], ids=["draft", "live"])
def test_save_without_a_change_is_said_to_be_none(desk: Client, create: Any) -> None:
    response = send(desk, change_address(create()), note="Niets gedaan")

    message = message_after(desk, response)
    assert message == "Alles was al opgeslagen."


def test_publication_is_said_with_a_link_to_the_page(desk: Client) -> None:
    post = create_draft(title="Slapen & waken")

    response = publish(desk, post)

    page = parse(desk.get(response["Location"], follow=True).content)
    said = with_class(page, "messagelist")
    assert visible_text(said) == "Gepubliceerd: Slapen & waken."
    assert [link.get("href") for link in said.iter("a")] == [post.get_absolute_url()]


def test_live_text_can_get_a_date_of_change_afterwards(desk: Client) -> None:
    post = create_post(published_at=in_days(-9))

    publish(desk, post, notable="on")

    assert fresh(post).changed_at is not None
    assert newest(post).number == 1


@pytest.mark.parametrize("field", ["theme", "tags"])
def test_form_says_which_name_of_the_draft_is_gone(desk: Client, field: str) -> None:
    row = {"theme": create_theme, "tags": create_tag}[field](slug="weggegooid")
    post = create_post()
    named = {"theme": row.slug} if field == "theme" else {"tags": (row.slug,)}
    content = replace(newest(post).content, **named)
    publishing.save_draft(post, content, by=create_editor(), base=newest(post))
    assert "bestaat niet meer" not in desk.get(change_address(post), follow=True).content.decode()
    row.delete()

    page = parse(desk.get(change_address(post), follow=True).content)

    assert visible_text(with_class(page, "errorlist")) == '"weggegooid" bestaat niet meer.'


# --- Permissions ----------------------------------------------------------------------------------


def test_editor_who_may_not_publish_sees_no_button_and_cannot_forge_it(client: Client) -> None:
    client.force_login(create_user(may=["add_post", "change_post", "view_post"]))
    post = create_draft()
    names = [
        field.get("name")
        for field in form_of(client.get(change_address(post), follow=True)).iter("input")
    ]

    response = send(client, change_address(post), button="_publish", title="Stiekem")

    assert "_save" in names
    assert "_publish" not in names
    assert response.status_code == 403
    assert fresh(post).state == Post.State.DRAFT


@pytest.mark.parametrize(
    "action", ["take_offline", "throw_away", "take_back", "close_comments", "moderate_comments"]
)
def test_bulk_action_cannot_be_forged(client: Client, action: str) -> None:
    client.force_login(create_user(may=["add_post", "change_post", "view_post"]))
    post = create_post()
    before = Post.objects.values().get()

    sent = {"action": action, "_selected_action": [post.pk], "_confirm": "1", "moderation": "none"}
    client.post(LIST, sent)

    assert Post.objects.values().get() == before


def test_viewer_can_read_but_not_save(client: Client) -> None:
    client.force_login(create_user(may=["view_post"]))
    post = create_draft(title="Te lezen")

    assert client.get(change_address(post), follow=True).status_code == 200
    response = client.post(change_address(post), {"title": "Stiekem", "_save": "1"})

    assert response.status_code == 403
    assert newest(post).number == 1


def test_admin_is_closed_to_strangers(client: Client) -> None:
    post = create_draft()

    for address in (LIST, ADD, change_address(post), "/admin/comments/comment/"):
        assert client.get(address)["Location"].startswith("/admin/login/")


# --- Ways out -------------------------------------------------------------------------------------


def links(page: Element) -> list[str]:
    """The links that lead from the admin to the site."""
    return [a.get("href", "") for a in page.iter("a") if "viewsitelink" in a.get("class", "")]


def test_form_leads_once_to_the_page_that_readers_see(desk: Client) -> None:
    post = create_post()

    assert links(parse(desk.get(change_address(post), follow=True).content)) == [
        post.get_absolute_url()
    ]


def test_form_of_a_draft_leads_to_no_page(desk: Client) -> None:
    draft = create_draft()

    assert links(parse(desk.get(change_address(draft), follow=True).content)) == []


# --- Addresses of nothing -------------------------------------------------------------------------


def test_way_back_of_a_post_that_does_not_exist_is_no_error_of_ours(desk: Client) -> None:
    for name in ("999", "x"):
        response = desk.post(f"/admin/blog/post/{name}/change/", {"_take_back": "1"})
        assert response.status_code in {302, 404}


def test_post_that_does_not_exist_is_not_an_error_of_ours(desk: Client) -> None:
    assert desk.get("/admin/blog/post/999/change/").status_code == 302
    assert desk.get("/admin/blog/post/x/change/").status_code == 302
