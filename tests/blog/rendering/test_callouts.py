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
    [
        "**Let wel** op.",
        "Let op: dit is een citaat.",
        "**Let op dit** is er geen.",
        "**a**",
        "**Wist je dat** slaap helpt?",
        "**Wanneer naar je huisarts** gaan?",
        "**Wanneer naar je huisarts:** bel als:",
        "Wanneer naar je huisarts? Morgen.",
    ],
)
def test_quote_without_a_label_stays_a_quote(quote: str) -> None:
    html = render(f"> {quote}").html

    assert html.startswith("<blockquote>")
    assert "callout" not in html


@pytest.mark.parametrize(
    "opening",
    ["**Wanneer naar je huisarts?** Bel", "**wanneer naar je HUISARTS?**: Bel",
     "**Wanneer naar je huisarts?**\n>\n> Bel"],
)  # fmt: skip
def test_care_card_keeps_its_question_and_its_list(opening: str) -> None:
    rendered = render(f"> {opening} als:\n>\n> - je lang wakker ligt\n> - je moe bent")

    assert rendered.html.startswith(
        '<aside class="callout callout-care" role="note" '
        'aria-labelledby="wanneer-naar-je-huisarts">\n'
        '<p class="callout-label" id="wanneer-naar-je-huisarts">Wanneer naar je huisarts?</p>\n'
    )
    assert "<p>Bel als:</p>\n<ul>\n<li>je lang wakker ligt</li>" in rendered.html
    assert rendered.sections == ()
