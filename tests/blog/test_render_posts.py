"""The command that stores renderings after an upgrade or a fixture."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from blog.models import Page, Post
from blog.rendering import VERSION

pytestmark = pytest.mark.django_db


def test_fixture_is_rendered_once_and_then_left_alone() -> None:
    call_command("loaddata", "magnesium", "demo", verbosity=0)
    first, second = StringIO(), StringIO()

    call_command("render_posts", stdout=first)
    call_command("render_posts", stdout=second)

    assert str(Post._base_manager.count()) in first.getvalue()
    assert "0" in second.getvalue()
    assert {post.stored_rendering["version"] for post in Post._base_manager.all()} == {VERSION}


def test_page_without_links_to_others_is_the_same_before_and_after() -> None:
    call_command("loaddata", "magnesium", verbosity=0)
    address = Post.objects.get().get_absolute_url()
    before = Client().get(address).content

    call_command("render_posts", stdout=StringIO())

    assert Client().get(address).content == before


def test_loaded_text_has_its_links_once_it_is_rendered() -> None:
    call_command("loaddata", "magnesium", "demo", verbosity=0)
    link = 'href="/zo-werken-wij/"'

    before = Page.objects.get(slug="over-ons").rendered.html
    call_command("render_posts", stdout=StringIO())
    after = Page.objects.get(slug="over-ons").rendered.html

    assert link not in before
    assert link in after
