"""Each heading of the text can be linked to."""

from __future__ import annotations

import re

import pytest

from blog.rendering import render

END = '<span class="visually-hidden">Link naar dit deel</span></a>'


@pytest.mark.parametrize(
    "heading",
    ["## Slaap", "# Slaap", "###### Slaap", "### 1. Slaap", "## [Slaap](/blog/)", "Slaap\n---",
     "## *Slaap*", "## [Slaap]{lang=en}", "## Slaap[^1]\n\n[^1]: Bron"],
)  # fmt: skip
def test_heading_ends_with_a_link_to_itself(heading: str) -> None:
    rendered = render(heading)

    assert re.search(rf'<a class="section-link" href="#slaap">{END}</h\d>', rendered.html)
    assert rendered.heading_ids == ("slaap",)


def test_link_in_a_heading_is_closed_before_its_own_begins() -> None:
    assert '<a href="/blog/">Slaap</a><a class="section-link"' in render("## [Slaap](/blog/)").html


def test_heading_without_words_has_its_link_too() -> None:
    html = render("##").html

    assert html == f'<h2 id="sectie"><a class="section-link" href="#sectie">{END}</h2>'


def test_heading_in_a_quote_or_a_list_has_no_id_and_no_link() -> None:
    rendered = render("> ## Slaap\n\n- ## Moe")

    assert "section-link" not in rendered.html
    assert rendered.heading_ids == ()


def test_link_is_no_part_of_the_title_and_no_word_to_read() -> None:
    rendered = render("## Slaap\n\n### 1. Moe")

    assert rendered.sections[0].title == "Slaap"
    assert rendered.sections[0].subsections[0].title == "Moe"
    assert rendered.word_count == 3


def test_ids_of_headings_are_named_in_order_at_every_level() -> None:
    rendered = render("### 1. Eerst\n\n## In het kort\n\n- a\n\n#### Diep\n\n##\n\n## Eerst")

    assert rendered.heading_ids == ("eerst", "in-het-kort", "diep", "sectie", "eerst-2")
