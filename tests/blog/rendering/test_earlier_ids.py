"""The id that a heading had before it was reworded still leads to it."""

from __future__ import annotations

import re

import pytest

from blog.rendering import Known, render


def ids(text: str, earlier_ids: dict[str, str]) -> list[str]:
    """Every id in the body, in order."""
    return re.findall(r' id="([^"]*)"', render(text, known=Known(earlier_ids=earlier_ids)).html)


def test_earlier_id_is_the_first_thing_in_its_heading() -> None:
    earlier_ids = {"beter-slapen": "goed-slapen"}

    html = render("### 1. Goed slapen", known=Known(earlier_ids=earlier_ids)).html

    assert html.startswith(
        '<h3 id="goed-slapen" class="numbered"><span id="beter-slapen"></span>'
        '<span class="section-number">'
    )


def test_one_heading_may_have_had_several_ids() -> None:
    earlier_ids = {"een": "goed-slapen", "twee": "goed-slapen"}

    assert sorted(ids("## Goed slapen", earlier_ids)) == ["een", "goed-slapen", "twee"]


@pytest.mark.parametrize(
    ("earlier", "current"),
    [
        ("goed-slapen", "goed-slapen"),
        ("moe", "goed-slapen"),
        ("wist-je-dat", "goed-slapen"),
        ("in-het-kort", "goed-slapen"),
        ("bronnen", "goed-slapen"),
        ("bron-1", "goed-slapen"),
        ("begrip-pds", "goed-slapen"),
        ("verwijzing-1", "goed-slapen"),
        ("", "goed-slapen"),
        ("a b", "goed-slapen"),
        ('"><script>', "goed-slapen"),
        ("oud", "weg"),
        ("oud", "wist-je-dat"),
        ("oud", "in-het-kort"),
    ],
)
def test_earlier_id_stays_away_where_it_would_meet_or_miss_something(
    earlier: str, current: str
) -> None:
    text = "## In het kort\n- a\n\n## Goed slapen\n\n> **Wist je dat?** a\n\n## Moe"

    html = render(text, known=Known(earlier_ids={earlier: current})).html

    assert ids(text, {earlier: current}) == ["goed-slapen", "wist-je-dat", "moe"]
    assert "<span></span>" not in html


def test_chain_is_not_followed_because_the_caller_keeps_none() -> None:
    earlier_ids = {"oudst": "ouder", "ouder": "goed-slapen"}

    assert ids("## Goed slapen", earlier_ids) == ["goed-slapen", "ouder"]


def test_empty_heading_keeps_its_earlier_id_too() -> None:
    assert ids("##", {"oud": "sectie"}) == ["sectie", "oud"]


def test_extra_targets_are_no_headings() -> None:
    rendered = render("## Slaap", known=Known(earlier_ids={"oud": "slaap"}))

    assert 'id="oud"' in rendered.html
    assert rendered.heading_ids == ("slaap",)
    assert [section.id for section in rendered.sections] == ["slaap"]
