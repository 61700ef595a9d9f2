"""Content as plain data: what a snapshot keeps, and when two contents are the same."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from blog.content import FIELDS, PostContent

CONTENT = PostContent(
    title="Thee",
    slug="thee",
    summary="Over thee.",
    body="Warme thee.\n",
    theme="voeding",
    tags=("avond", "thee"),
    byline=("mirjam", "joost"),
    reading_minutes_override=3,
    seo_title="Thee voor het slapen",
    seo_description="Alles over thee.",
    discloses_own_products=True,
    reviewed_by="A. Arts",
    reviewed_on=date(2026, 1, 2),
    review_due_on=date(2027, 1, 2),
)


def test_content_comes_back_from_its_snapshot() -> None:
    stored = json.loads(json.dumps(CONTENT.as_json()))

    assert PostContent.from_json(stored) == CONTENT


def test_snapshot_has_every_field() -> None:
    assert tuple(CONTENT.as_json()) == FIELDS


@pytest.mark.parametrize("field", FIELDS)
def test_digest_changes_with_every_field(field: str) -> None:
    changed = replace(CONTENT, **{field: getattr(PostContent(), field)})

    assert changed.digest != CONTENT.digest
    assert changed.changed_fields(CONTENT) == [field]


def test_order_of_the_byline_is_content() -> None:
    turned = replace(CONTENT, byline=tuple(reversed(CONTENT.byline)))

    assert turned.digest != CONTENT.digest


def test_field_that_an_old_snapshot_lacks_has_its_default() -> None:
    old = {name: value for name, value in CONTENT.as_json().items() if name != "reviewed_by"}

    assert PostContent.from_json(old) == replace(CONTENT, reviewed_by="")


def test_field_that_we_no_longer_know_is_left_out() -> None:
    newer = {**CONTENT.as_json(), "mood": "sleepy"}

    assert PostContent.from_json(newer) == CONTENT


def test_digest_is_the_same_on_every_machine() -> None:
    assert (
        PostContent().digest == "c2370e06157c96f38239ee5e6984bde01b17da26523399a499ac3fd6feec2308"
    )
