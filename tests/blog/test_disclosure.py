"""Readers are told who earns from an article, and search engines which links are paid for."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from blog.content import DISCLOSURES, PostContent
from blog.models import Post, SiteSettings
from blog.preview_links import make_link
from blog.stored_renderings import render_outdated
from tests.factories import create_draft, create_editor, create_post, create_superuser, fresh
from tests.pages import all_with_class, parse, visible_text, with_class

pytestmark = pytest.mark.django_db

SENTENCES: dict[str, tuple[Any, str]] = {
    "discloses_own_products": (True, "In dit artikel noemen we producten uit onze eigen winkel."),
    "discloses_affiliate_links": (
        True,
        "Als je via een link in dit artikel iets koopt, krijgen wij een vergoeding.",
    ),
    "sponsored_by": ("Theehuis", "Theehuis heeft voor dit artikel betaald."),
    "supplied_by": ("Theehuis", "Theehuis gaf ons de producten voor dit artikel gratis."),
}
BODY = "Zie [thee](https://thee.example.nl/).\n\nEn [wol](https://wol.example.nl/)."


def sell_at(*hosts: str) -> None:
    """Fill in which shops are ours."""
    defaults = {"shop_hosts": "\n".join(hosts)}
    SiteSettings.objects.update_or_create(pk=SiteSettings.ONLY, defaults=defaults)


def marked(post: Post) -> list[str]:
    """The sites to which a stored text has marked links."""
    rendered = fresh(post).stored_rendering["rendered"]
    links = (rendered["lead"] + rendered["html"]).split("<a ")[1:]
    return [link.split("//")[1].split(".")[0] for link in links if 'rel="sponsored"' in link]


@pytest.mark.parametrize("field", SENTENCES)
def test_line_above_the_text_says_what_holds_and_no_more(client: Client, field: str) -> None:
    value, sentence = SENTENCES[field]
    post = create_post(**{field: value})

    page = parse(client.get(post.get_absolute_url()).content)

    opening = with_class(page, "opening")
    assert visible_text(with_class(opening, "disclosure")) == f"Reclame · {sentence}"
    assert sentence not in visible_text(with_class(page, "post-body"))


def test_article_from_which_nobody_earns_has_no_line(client: Client) -> None:
    page = parse(client.get(create_post().get_absolute_url()).content)

    assert not all_with_class(page, "disclosure")


def test_every_disclosure_makes_a_text_commercial() -> None:
    assert set(SENTENCES) == set(DISCLOSURES)
    assert not PostContent().is_commercial
    for field, (value, _sentence) in SENTENCES.items():
        assert PostContent(**{field: value}).is_commercial


def test_preview_has_the_line_and_the_marked_links(client: Client) -> None:
    sell_at("wol.example.nl")
    draft = create_draft(body=BODY, discloses_own_products=True)

    html = client.get(make_link(draft, by=create_editor(), days=7).get_absolute_url()).content

    assert "Reclame" in visible_text(with_class(parse(html), "disclosure"))
    assert html.count(b'rel="sponsored"') == 1


def test_new_shop_renders_live_texts_anew_and_a_former_one_too(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    post = create_post(body=BODY)
    assert marked(post) == []

    with django_capture_on_commit_callbacks(execute=True):
        sell_at("thee.example.nl", "wol.example.nl")
    assert marked(post) == ["thee", "wol"]

    with django_capture_on_commit_callbacks(execute=True):
        sell_at("wol.example.nl")
    assert marked(post) == ["wol"]


def test_start_of_the_server_mends_what_a_crash_left_unmarked() -> None:
    post = create_post(body=BODY)
    sell_at("wol.example.nl")

    assert render_outdated() == 1
    assert marked(post) == ["wol"]
    assert render_outdated() == 0


def test_text_that_is_rendered_in_memory_keeps_its_marks() -> None:
    sell_at("wol.example.nl")
    post = create_post(body=BODY, discloses_own_products=True)
    stored = fresh(post).stored_rendering | {"version": 1}
    Post.objects.filter(pk=post.pk).update(stored_rendering=stored)

    html = fresh(post).rendered.html

    assert 'rel="sponsored"' in html


def test_paid_text_marks_its_links_once_it_is_live() -> None:
    assert marked(create_post(body=BODY, supplied_by="Theehuis")) == ["thee", "wol"]


# --- The settings ---------------------------------------------------------------------------------


@pytest.fixture
def desk(client: Client) -> Client:
    """A browser in which somebody may change the settings."""
    client.force_login(create_superuser())
    return client


def save_settings(desk: Client, **values: Any) -> dict[str, Any]:
    """Send the form of the settings; the messages beside its fields."""
    SiteSettings.objects.get_or_create(pk=SiteSettings.ONLY)
    sent = {"name": "Rustpunt", "moderation": "all", "review_months": 12} | values
    response = desk.post("/admin/blog/sitesettings/1/change/", sent)
    if response.status_code == 302:
        return {}
    errors: dict[str, Any] = response.context["adminform"].form.errors
    return errors


def test_shops_are_kept_as_plain_hosts(desk: Client) -> None:
    typed = " HTTPS://Winkel.example.NL/ \r\n\r\ncafé.example.nl\r\nwinkel.example.nl"

    assert save_settings(desk, shop_hosts=typed) == {}

    settings = SiteSettings.objects.get()
    assert settings.shop_hosts == "winkel.example.nl\nxn--caf-dma.example.nl"
    assert settings.shops == {"winkel.example.nl", "xn--caf-dma.example.nl"}


@pytest.mark.parametrize("line", ["winkel", "winkel.nl/thee", "ftp://winkel.nl", "a b.nl", "a..nl"])
def test_what_is_no_host_is_refused_beside_the_field(desk: Client, line: str) -> None:
    errors = save_settings(desk, shop_hosts=f"goed.example.nl\n{line}")

    assert list(errors) == ["shop_hosts"]
    assert f"“{line}”" in errors["shop_hosts"][0]
