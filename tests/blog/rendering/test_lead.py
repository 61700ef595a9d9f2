"""Which paragraph of a text is its lead."""

from __future__ import annotations

import pytest

from blog.rendering import render


@pytest.mark.parametrize(
    "before",
    [
        "",
        "![Maan](/maan.jpg)\n\n",
        '![Maan](/maan.jpg "De maan boven een polder")\n\n',
        '![Maan](/maan.jpg "Een bijschrift")\n\n![Dijk](/dijk.jpg "Nog een")\n\n',
    ],
    ids=["nothing", "picture", "picture with a caption", "two pictures"],
)
def test_first_paragraph_is_the_lead_also_below_a_picture(before: str) -> None:
    rendered = render(f"{before}De *lead*.\n\nDe tweede alinea.")

    assert rendered.lead == "De <em>lead</em>."
    assert "lead" not in rendered.html
    assert "De tweede alinea." in rendered.html
    assert rendered.html.count("<img") == before.count("![")
    assert rendered.html.count("<figcaption>") == before.count('"') / 2


@pytest.mark.parametrize(
    "before",
    ["- Een punt", "> Een citaat", "> **Let op** Een kader", "## Een kop", "---", "    code",
     "```\ncode\n```", "a|b\n-|-\na|b"],
)  # fmt: skip
def test_paragraph_below_anything_else_is_no_lead(before: str) -> None:
    rendered = render(f"{before}\n\nDe eerste alinea.")

    assert rendered.lead == ""
    assert "<p>De eerste alinea.</p>" in rendered.html
