"""The article that the site begins with, as its editor typed it."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

from blog.rendering import Rendered, render

MARKDOWN = (Path(__file__).parents[3] / "fixtures" / "markdown" / "magnesium.md").read_text()
TYPOGRAPHY = str.maketrans({"\u00a0": " ", "‘": "'", "’": "'"})


def test_every_word_is_there_and_in_order() -> None:
    typed = re.sub(r"^(#+ |> )|\*\*", "", MARKDOWN, flags=re.MULTILINE)

    assert words(visible_text(render(MARKDOWN))) == words(typed)


def test_it_has_945_words() -> None:
    assert render(MARKDOWN).word_count == 945


def test_its_first_paragraph_is_the_lead_and_stands_there_only() -> None:
    rendered = render(MARKDOWN)

    assert rendered.lead.startswith("Is magnesium slikken voor het slapengaan ook iets")
    assert "Is magnesium slikken" not in rendered.html


def test_its_contents_are_three_sections_and_five_numbered_ones() -> None:
    causes, benefits, forms = render(MARKDOWN).sections

    assert (causes.number, benefits.number, forms.number) == (None, None, None)
    assert [section.number for section in benefits.subsections] == [1, 2, 3, 4, 5]
    assert benefits.subsections[0].id == "ondersteuning-bij-stress"


def test_its_mark_without_a_source_stays_as_typed() -> None:
    rendered = render(MARKDOWN)

    assert "zorgt voor ontspanning en rust [1]. Dit" in rendered.html
    assert rendered.sources == ()


def visible_text(rendered: Rendered) -> str:
    html = re.sub(r'<span class="visually-hidden">[^<]*</span>', "", rendered.html)
    return unescape(re.sub(r"<[^>]*>", "", f"{rendered.lead}\n{html}"))


def words(text: str) -> list[str]:
    return text.translate(TYPOGRAPHY).split()
