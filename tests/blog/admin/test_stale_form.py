"""A form that was opened before a colleague saved: it stops and shows both texts."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from blog import publishing
from blog.admin.byline import PLACES
from blog.models import Post, Revision, Sitting
from tests.blog.admin.desk import (
    ADD,
    change_address,
    form_of,
    send,
)
from tests.factories import (
    create_author,
    create_draft,
    create_editor,
    create_post,
    create_superuser,
    fresh,
    newest,
    save_draft_of,
)
from tests.pages import (
    all_with_class,
    form_values,
    parse,
    visible_text,
    with_class,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def stale(desk: Client) -> tuple[Post, dict[str, Any]]:
    """A post, and the form of an editor who opened it before somebody else saved."""
    post = create_post(title="Begin", body="De tekst van het begin.")
    values = form_values(form_of(desk.get(change_address(post), follow=True)))
    content = replace(newest(post).content, title="Van hen", body="De tekst van hen.")
    publishing.save_draft(post, content, by=create_editor(username="Karin"), base=newest(post))
    return post, values | {"title": "Van mij", "body": "De tekst van mij."}


@pytest.mark.parametrize("button", ["_save", "_publish"])
def test_stale_form_meets_both_texts_and_writes_nothing(
    desk: Client, stale: tuple[Post, dict[str, Any]], button: str
) -> None:
    post, values = stale

    response = desk.post(change_address(post), values | {button: "1"})

    page = parse(response.content)
    text = visible_text(with_class(page, "stale"))
    for words in ("De tekst van hen.", "De tekst van mij.", "Van hen", "Van mij", "Karin"):
        assert words in text
    kept = form_values(form_of(response))
    assert (kept["title"], kept["body"]) == (["Van mij"], ["De tekst van mij."])
    assert newest(post).content.title == "Van hen"
    assert fresh(post).title == "Begin"


def test_second_save_comes_after_the_others(
    desk: Client, stale: tuple[Post, dict[str, Any]]
) -> None:
    post, values = stale
    kept = form_values(form_of(desk.post(change_address(post), values | {"_save": "1"})))

    desk.post(change_address(post), kept | {"_save": "1"})

    texts = [revision.content.title for revision in post.revisions.order_by("number")]
    assert texts == ["Begin", "Van hen", "Van mij"]
    assert newest(post).base == Revision.objects.get(post=post, number=2)


def test_third_editor_in_between_is_met_too(
    desk: Client, stale: tuple[Post, dict[str, Any]]
) -> None:
    post, values = stale
    kept = form_values(form_of(desk.post(change_address(post), values | {"_save": "1"})))
    content = replace(newest(post).content, title="Van een derde")
    publishing.save_draft(post, content, by=create_editor(), base=newest(post))

    response = desk.post(change_address(post), kept | {"_save": "1"})

    assert "Van een derde" in visible_text(with_class(parse(response.content), "stale"))
    assert newest(post).content.title == "Van een derde"


def test_stale_form_with_a_mistake_keeps_what_was_typed(
    desk: Client, stale: tuple[Post, dict[str, Any]]
) -> None:
    post, values = stale

    response = desk.post(change_address(post), values | {"title": "", "_save": "1"})

    assert form_values(form_of(response))["body"] == ["De tekst van mij."]
    assert newest(post).content.title == "Van hen"


def test_stale_form_of_an_unknown_base_is_no_error_of_ours(
    desk: Client, stale: tuple[Post, dict[str, Any]]
) -> None:
    post, values = stale
    elsewhere = newest(create_post())

    for base in ("", "999999", "x", str(elsewhere.pk)):
        response = desk.post(change_address(post), values | {"base": base, "_save": "1"})
        assert response.status_code == 200
        assert form_values(form_of(response))["body"] == ["De tekst van mij."]
    assert newest(post).content.title == "Van hen"


# --- The address of the form --------------------------------------------------------------------


def test_address_of_an_open_form_names_the_revision_it_starts_from(desk: Client) -> None:
    post = create_post()
    save_draft_of(post, title="Nieuwer")

    response = desk.get(f"{change_address(post)}?_changelist_filters=q%3Drust")

    assert response["Location"] == (
        f"{change_address(post)}?_changelist_filters=q%3Drust&vanaf={newest(post).number}"
    )


def test_form_that_is_fetched_anew_still_starts_where_it_did(desk: Client) -> None:
    post = create_post(title="Begin", body="De tekst van het begin.")
    address = desk.get(change_address(post))["Location"]
    karin = create_editor(username="Karin")
    content = replace(newest(post).content, title="Van haar")
    publishing.save_draft(post, content, by=karin, base=newest(post))

    response = desk.get(address)

    form = form_of(response)
    assert form_values(form)["title"] == ["Begin"]
    told = with_class(form, "sitting")
    assert "Karin" in visible_text(with_class(told, "sitting-newer"))
    assert change_address(post) in [link.get("href") for link in told.iter("a")]
    state = all_with_class(form, "post-state")[0]
    assert "De nieuwste tekst is versie 2; lezers zien versie 1." in visible_text(state)
    refused = desk.post(address, form_values(form) | {"title": "Van mij", "_save": "1"})
    assert "Van haar" in visible_text(with_class(parse(refused.content), "stale"))
    assert newest(post).content.title == "Van haar"


def test_form_of_the_newest_text_tells_of_no_newer_one(desk: Client) -> None:
    post = create_post()

    told = with_class(form_of(desk.get(change_address(post), follow=True)), "sitting")

    assert visible_text(with_class(told, "sitting-newer")) == ""
    assert change_address(post) not in [link.get("href") for link in told.iter("a")]


@pytest.mark.parametrize("name", ["", "x", "0", "99", "9" * 5000, "²", "-1", "live", "01"])
def test_address_with_an_unknown_revision_leads_to_the_newest(desk: Client, name: str) -> None:
    post = create_post()

    response = desk.get(change_address(post), {"vanaf": name})

    assert response["Location"] == f"{change_address(post)}?vanaf={newest(post).number}"


def test_address_that_names_what_is_live_leads_to_its_number(desk: Client) -> None:
    post = create_post()
    save_draft_of(post)

    response = desk.get(change_address(post), {"vanaf": "live"})

    assert response["Location"] == f"{change_address(post)}?vanaf=1"


def test_form_is_sent_to_the_address_that_names_its_revision(desk: Client) -> None:
    address = f"{change_address(create_post())}?_changelist_filters=q%3Drust"

    opened = form_of(desk.get(address, follow=True))
    refused = form_of(
        desk.post(f"{address}&vanaf=1", form_values(opened) | {"title": "", "_save": "1"})
    )

    for form in (opened, refused):
        asked = parse_qs(urlsplit(form.get("action", "")).query)
        assert asked == {"_changelist_filters": ["q=rust"], "vanaf": ["1"]}


def test_form_with_a_mistake_tells_of_a_newer_text_and_leads_nowhere(
    desk: Client, stale: tuple[Post, dict[str, Any]]
) -> None:
    post, values = stale
    publishing.save_draft(post, newest(post).content, by=create_editor(), base=newest(post))

    response = desk.post(change_address(post), values | {"slug": "een adres", "_save": "1"})

    told = with_class(form_of(response), "sitting")
    assert "Karin heeft dit opgeslagen" in visible_text(with_class(told, "sitting-newer"))
    assert all_with_class(told, "sitting-older") == []


def test_form_with_a_mistake_tells_of_no_newer_text_when_there_is_none(desk: Client) -> None:
    response = send(desk, change_address(create_post()), title="", slug="é")

    assert visible_text(with_class(form_of(response), "sitting-newer")) == ""


def test_own_newer_text_is_called_your_own(desk: Client) -> None:
    post = create_post()
    address = desk.get(change_address(post), follow=True).redirect_chain[-1][0]
    send(desk, change_address(post), title="Later van mij")

    told = with_class(form_of(desk.get(address)), "sitting-newer")

    assert "Je hebt dit zelf opgeslagen" in visible_text(told)


def test_no_author_gets_lost_when_the_newest_text_has_fewer(desk: Client) -> None:
    authors = [create_author() for _number in range(PLACES + 2)]
    post = create_draft(authors=authors)
    values = form_values(form_of(desk.get(change_address(post), follow=True)))
    save_draft_of(post, byline=(authors[0].slug,))

    both = form_values(
        form_of(desk.post(change_address(post), values | {"title": "Van mij", "_save": "1"}))
    )
    typing = both | {"doing": "typing", "post": str(post.pk), "title": "Nog niet"}
    desk.post("/admin/blog/post/zitting/", typing)
    taken_up = {"verder": both["sitting"][0]}
    again = form_values(form_of(desk.get(change_address(post), taken_up, follow=True)))
    desk.post(change_address(post), again | {"_save": "1"})

    assert newest(post).content.title == "Nog niet"
    assert newest(post).content.byline == tuple(author.slug for author in authors)


def test_crafted_form_has_no_more_places_for_authors_than_there_are_authors(desk: Client) -> None:
    post = create_draft(authors=[create_author() for _number in range(PLACES + 1)])
    crafted = {f"byline_{place}": "" for place in range(500)}

    form = form_of(desk.post(change_address(post), {"title": "", **crafted, "_save": "1"}))

    places = [name for name in form_values(form) if name.startswith("byline_")]
    assert len(places) == PLACES + 2


def test_text_typed_on_while_the_first_save_was_under_way_starts_from_that(
    desk: Client,
) -> None:
    typed = form_values(form_of(desk.get(ADD))) | {"title": "Begin"}
    desk.post(ADD, typed | {"_save": "1"})
    post = Post.objects.get()
    spare = str(uuid.uuid4())
    bringing = {"doing": "bringing", "post": "", "spare": spare, "body": "Nog meer."}
    told = desk.post("/admin/blog/post/zitting/", typed | bringing).json()
    assert "Nadat je was begonnen" not in desk.get(told["choice"]).content.decode()
    save_draft_of(post, title="Van haar")

    page = parse(desk.get(told["choice"]).content)
    (address,) = [a.get("href", "") for a in page.iter("a") if "verder=" in a.get("href", "")]
    form = form_of(desk.get(address, follow=True))

    assert form_values(form)["body"] == ["Nog meer."]
    assert form_values(form)["base"] == [str(post.revisions.get(number=1).pk)]
    assert visible_text(with_class(form, "sitting-newer"))
    assert all_with_class(form, "sitting-older") == []


def test_kept_text_keeps_its_base_when_another_tab_has_a_newer_one(desk: Client) -> None:
    post = create_post()
    values = form_values(form_of(desk.get(change_address(post), follow=True)))
    typing = values | {"title": "Getypt", "doing": "typing", "post": str(post.pk)}
    desk.post("/admin/blog/post/zitting/", typing)
    save_draft_of(post, title="Van haar")

    here = typing | {"doing": "here", "base": str(newest(post).pk)}
    desk.post("/admin/blog/post/zitting/", here)

    address = f"{change_address(post)}?verder={values['sitting'][0]}"
    for named in ("", "&vanaf=1", "&vanaf=2"):
        shown = form_values(form_of(desk.get(address + named, follow=True)))
        assert (shown["title"], shown["base"]) == (["Getypt"], values["base"])


def test_text_that_goes_on_from_the_newest_has_that_as_its_base(desk: Client) -> None:
    post = create_post()
    values = form_values(form_of(desk.get(change_address(post), follow=True)))
    typing = values | {"title": "Getypt", "doing": "typing", "post": str(post.pk)}
    desk.post("/admin/blog/post/zitting/", typing)
    save_draft_of(post, title="Van haar")

    both = {"title": "Van ons", "base": str(newest(post).pk)}
    desk.post("/admin/blog/post/zitting/", typing | both)

    address = f"{change_address(post)}?verder={values['sitting'][0]}"
    assert form_values(form_of(desk.get(address, follow=True)))["base"] == [both["base"]]


def test_text_is_gone_on_with_by_who_typed_it_and_in_its_own_form(desk: Client) -> None:
    post, other = create_post(title="Begin"), create_post(title="Een ander")
    values = form_values(form_of(desk.get(change_address(post), follow=True)))
    typing = values | {"title": "Getypt", "doing": "typing", "post": str(post.pk)}
    desk.post("/admin/blog/post/zitting/", typing)
    query = f"?verder={values['sitting'][0]}"
    colleague = Client()
    colleague.force_login(create_superuser())

    for somebody, address in ((colleague, change_address(post)), (desk, change_address(other))):
        shown = form_values(form_of(somebody.get(address + query, follow=True)))
        assert shown["title"] != ["Getypt"]
        assert shown["sitting"] != values["sitting"]
    assert form_values(form_of(desk.get(ADD + query)))["title"] == [""]


def test_text_that_was_gone_on_with_still_starts_where_it_did(desk: Client) -> None:
    post = create_post(title="Begin")
    values = form_values(form_of(desk.get(change_address(post), follow=True)))
    typing = values | {"title": "Getypt", "doing": "typing", "post": str(post.pk)}
    desk.post("/admin/blog/post/zitting/", typing)
    save_draft_of(post, title="Van haar")
    address = f"{change_address(post)}?verder={values['sitting'][0]}"

    address = desk.get(address)["Location"]

    form = form_values(form_of(desk.get(address)))
    assert (form["title"], form["base"]) == (["Getypt"], values["base"])
    # Even when the sitting has gone on from another revision, or is there no more.
    desk.post("/admin/blog/post/zitting/", typing | {"base": str(newest(post).pk)})
    assert form_values(form_of(desk.get(address)))["base"] == values["base"]
    Sitting.objects.all().delete()
    assert form_values(form_of(desk.get(address)))["base"] == values["base"]
