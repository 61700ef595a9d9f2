"""Text in another language says so, and nothing else gets into the page that way."""

from __future__ import annotations

import pytest

from blog.rendering import render


@pytest.mark.parametrize("language", ["en", "en-GB", "zh-Hant-TW", "sl-rozaj-biske"])
def test_text_in_another_language_says_which(language: str) -> None:
    lead = render(f"De [Dietary reference]{{lang={language}}} values").lead

    assert lead == f'De <span lang="{language}">Dietary reference</span> values'


@pytest.mark.parametrize(
    "behind",
    [
        "{lang=}",
        "{lang=e}",
        "{lang=en-}",
        "{lang=en_GB}",
        "{lang=en onclick=alert(1)}",
        "{lang=en>",
        "{lang=en\u00a0}",
        "{lang=é}",
        "{lang=" + "a" * 9 + "}",
        "{lang=en" + "-a" * 5 + "}",
        "{LANG=en}",
        "{class=en}",
        " {lang=en}",
    ],
)
def test_anything_but_a_language_stays_as_typed(behind: str) -> None:
    html = render(f"---\n\n[tekst]{behind}").html

    assert "[tekst]" in html
    assert "<span" not in html


def test_typography_and_links_hold_inside_and_around_it() -> None:
    lead = render("\"[5 mg of '[this](/blog/)']{lang=en}\" - 's avonds").lead

    assert lead == (
        '“<span lang="en">5&nbsp;mg of ‘<a href="/blog/">this</a>’</span>” – ’s&nbsp;avonds'
    )


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("[a [b]{lang=en} c]", '[a <span lang="en">b</span> c]'),
        ("[a] b]{lang=en}", "[a] b]{lang=en}"),
        ("[a [b]{lang=en} c]{lang=nl}", '[a <span lang="en">b</span> c]{lang=nl}'),
        ("*[a* b]{lang=en}", "<em>[a</em> b]{lang=en}"),
        ("[a *b]{lang=en}*", "[a <em>b]{lang=en}</em>"),
        ("*[a***b]{lang=en}**", "<em>[a</em><strong>b]{lang=en}</strong>"),
        ("*[a]{lang=en}*", '<em><span lang="en">a</span></em>'),
        ("[*a*\nb]{lang=en}", '<span lang="en"><em>a</em>\nb</span>'),
        ("[[a]{lang=en}](/b)", '<a href="/b"><span lang="en">a</span></a>'),
        ("\\[a]{lang=en} [b\\]{lang=en}", "[a]{lang=en} [b]{lang=en}"),
        ("`[a]{lang=en}`", "<code>[a]{lang=en}</code>"),
    ],
)
def test_both_brackets_stand_in_the_same_element(typed: str, html: str) -> None:
    assert render(typed).lead == html


def test_sources_and_titles_of_sections_know_it_too() -> None:
    rendered = render("## [Sleep]{lang=en}[^1]\n\n[^1]: EFSA. [Opinion]{lang=en}.")

    assert '<span lang="en">Sleep</span>' in rendered.html
    assert rendered.sections[0].title == "Sleep"
    assert rendered.sources[0].html == 'EFSA. <span lang="en">Opinion</span>.'
