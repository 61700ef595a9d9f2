"""A quote that opens with a bold label is a callout, however the label ends."""

from __future__ import annotations

import pytest

from blog.rendering import render


@pytest.mark.parametrize(
    "opening",
    [
        "**Let op** Neem",
        "**Let op**: Neem",
        "**Let op:** Neem",
        "**Let op**. Neem",
        "**Let op** . Neem",
        "**Let op!** Neem",
        "**let op**\n> Neem",
        "**Let op**.\n> Neem",
        "**Let op**\u00a0Neem",
        "**Let op**\n>\n> Neem",
    ],
    ids=ascii,
)
def test_text_of_a_callout_begins_with_its_first_word(opening: str) -> None:
    html = render(f"> {opening} geen pillen.").html

    assert html.count("Let op") == 1
    assert '<p class="callout-label" id="let-op">Let op</p>' in html
    assert "<p>Neem geen pillen.</p>" in html


@pytest.mark.parametrize(
    "quote",
    ["**Let wel** op.", "Let op: dit is een citaat.", "**Let op dit** is er geen.", "**a**"],
)
def test_quote_without_a_label_stays_a_quote(quote: str) -> None:
    html = render(f"> {quote}").html

    assert html.startswith("<blockquote>")
    assert "callout" not in html
