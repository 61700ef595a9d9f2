"""Content as plain data: what a snapshot keeps, and when two contents are the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from blog.content import FIELDS, JSON, Correction, PostContent

CONTENT = PostContent(
    title="Thee",
    slug="thee",
    summary="Over thee.",
    body="Warme thee.\n",
    theme="voeding",
    tags=("avond", "thee"),
    byline=("mirjam", "joost"),
    related=("rust", "avond"),
    reading_minutes_override=3,
    seo_title="Thee voor het slapen",
    seo_description="Alles over thee.",
    discloses_own_products=True,
    discloses_affiliate_links=True,
    sponsored_by="Kaaswinkel",
    supplied_by="Theehuis",
    reviewed_by="A. Arts",
    reviewed_on=date(2026, 1, 2),
    review_due_on=date(2027, 1, 2),
    corrections=(Correction(on=date(2026, 3, 4), text="Niet warm.", section="thee"),),
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


@pytest.mark.parametrize("field", ["byline", "related"])
def test_order_is_content(field: str) -> None:
    turned: dict[str, Any] = {field: tuple(reversed(getattr(CONTENT, field)))}

    assert replace(CONTENT, **turned).digest != CONTENT.digest


def test_field_that_an_old_snapshot_lacks_has_its_default() -> None:
    old = {name: value for name, value in CONTENT.as_json().items() if name != "reviewed_by"}

    assert PostContent.from_json(old) == replace(CONTENT, reviewed_by="")


def test_field_that_we_no_longer_know_is_left_out() -> None:
    newer = {**CONTENT.as_json(), "mood": "sleepy"}

    assert PostContent.from_json(newer) == CONTENT


def test_digest_is_the_same_on_every_machine() -> None:
    content = PostContent(title="Thee’s", tags=("avond", "thee"), review_due_on=date(2027, 1, 2))

    assert content.digest == "b379c167807be9ced16c8c0a9c8feffa65945494236d67b68525eb8b11c06815"


def test_field_that_is_added_later_changes_no_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    before = CONTENT.digest

    monkeypatch.setattr(PostContent, "as_json", with_a_later_field(PostContent.as_json))

    assert CONTENT.as_json()["later"] == []
    assert CONTENT.digest == before


def with_a_later_field(as_json: Callable[[PostContent], JSON]) -> Callable[[PostContent], JSON]:
    """Snapshots as a later version makes them: with one more field, at its default."""
    return lambda content: {"later": [], **as_json(content)}


def test_snapshot_of_before_a_field_was_added_has_the_digest_of_today() -> None:
    old = CONTENT.as_json()
    del old["related"]

    assert PostContent.from_json(old).digest == replace(CONTENT, related=()).digest


@pytest.mark.parametrize(
    ("field", "value"), [("reading_minutes_override", 0), ("tags", ("",)), ("title", " ")]
)
def test_what_looks_like_nothing_and_is_something_counts(field: str, value: Any) -> None:
    changed = replace(PostContent(), **{field: value})

    assert changed.digest != PostContent().digest
