"""What who may only look sees of a post."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client

from blog import publishing
from tests.blog.admin.desk import change_address
from tests.factories import (
    content_with_every_field,
    create_editor,
    create_post,
    create_user,
    newest,
)
from tests.pages import parse, visible_text, with_id

pytestmark = pytest.mark.django_db


def test_who_may_only_look_sees_every_field_of_the_newest_draft(client: Client) -> None:
    post = create_post(title="Wat lezers zien", body="De tekst die live staat.")
    drafted = replace(content_with_every_field(), title="Het concept", body="Nog niet live.")
    publishing.save_draft(post, drafted, by=create_editor(), base=newest(post))
    client.force_login(create_user(may=["view_post"]))

    page = parse(client.get(change_address(post), follow=True).content)

    text = visible_text(with_id(page, "post_form"))
    for words in (
        *("Het concept", "een-adres", "Een samenvatting.", "Nog niet live.", "Slaap"),
        *("Zoë, Adam", "Rust, Thee", "A. Arts, huisarts", "Een zoektitel", "Een zoekomschrijving."),
        *("2 januari 2026", "4 maart 2027"),
    ):
        assert words in text
    assert "De tekst die live staat." not in text
    assert list(page.iter("textarea")) == []
