"""What holds for every text, tried on many that nobody would write."""

from __future__ import annotations

import json
import random
import re

import html5lib
import pytest

from blog.rendering import Known, Rendered, Target, references_in, render
from blog.rendering.sanitizer import sanitize

PIECES = [
    *("# Kop\n", "## 1. Slaap\n", "### 2. *Rust*\n", "## Bron 1\n", "Kop\n---\n", "### 1. \n"),
    *(
        "> **Wist je dat?** ja\n",
        "> **Let op**\n",
        "> ",
        "- ",
        "1. ",
        "    ",
        "\t",
        "```\n",
        "***\n",
    ),
    *("## In het kort\n", "\n## In het kort\n- a[^1]\n- PDS\n", "### Kop\n"),
    "> **Wanneer naar je huisarts?** ja\n",
    *('*[PDS]: a "b" [c]{lang=en}[^1]\n', "*[pds]: [a](author:x#y)\n", "*[kop]:\n", "*["),
    *("\n*[woord]: a\n*[PDS woord]: b\n", "\n*[é-PDS]: <b>\n", "PDS", "pds", "PDS woord", "é-PDS"),
    *("]{lang=en}", "{lang=", "[a *b*]{lang=nl}", "]: ", "}"),
    *("[a](/blog/x/#y)", "[a](post:y)", "![a](image:x)", "[a](post:x#y)"),
    *("[^1]", "[^a]", "[^1]: Bron 10.1234/x(y)z.\n", "[^a]: https://a.nl/(b).\n", "[1]", "[^"),
    *(
        "[a](post:x)",
        "[a](javascript:x)",
        "[a](//b)",
        "<https://a.nl>",
        "<aa:%01%02%03>",
        "[a][b]",
        "[b]: /c\n",
    ),
    *('![a](/b.jpg "c")', "![a](https://b.nl/c)", "![", "](", "[", "]", "(", ")", "<", ">", "&"),
    *("a | b\n- | -:\n", "|", "*", "**", "_", "~~", "`", "\\", '"', "'", "'s ", " - ", "...", "--"),
    *(
        "\n",
        "\n\n",
        "  \n",
        " ",
        "woord",
        "é",
        "5 mg",
        "&quot;",
        "&#1;",
        "<b id=x>",
        "<!--",
        "\x00",
    ),
    *("\ud800", "\u202e", "\ufdd0", "\x0c", "\x85", "\u2028", "\r", "😀"),
]
KNOWN = Known(
    targets={
        "post:x": Target("/blog/x-2/", public=True),
        "post:y": Target("/blog/y/", public=False),
    },
    earlier_ids={"oud": "kop", "kop": "slaap", "slaap": "rust", "ouder": "kop", "bronnen": "kop"},
)


@pytest.fixture(scope="module", params=[700, pytest.param(20_000, marks=pytest.mark.long)], ids=str)
def texts(request: pytest.FixtureRequest) -> list[str]:
    """Random texts, the same ones in every run; the long list has the short one's and more."""
    dice = random.Random("leestafel")
    return ["".join(dice.choices(PIECES, k=dice.randint(1, 40))) for _ in range(request.param)]


@pytest.fixture(scope="module")
def many(texts: list[str]) -> list[Rendered]:
    """What becomes of them."""
    return [render(text, known=KNOWN) for text in texts]


def test_sanitising_twice_is_the_same_as_once(many: list[Rendered]) -> None:
    for rendered in many:
        for html in all_html(rendered):
            assert sanitize(html) == html


def test_json_there_and_back_is_the_same(many: list[Rendered]) -> None:
    for rendered in many:
        assert Rendered.from_json(json.loads(json.dumps(rendered.as_json()))) == rendered


def test_no_id_is_given_twice_and_every_link_inside_the_page_arrives(many: list[Rendered]) -> None:
    for rendered in many:
        page = "".join(all_html(rendered))
        ids = [source.id for source in rendered.sources] + [term.id for term in rendered.terms]
        ids += re.findall(r' id="([^"]*)"', page)
        sections = [*rendered.sections, *(s for top in rendered.sections for s in top.subsections)]
        wanted = {section.id for section in sections} | set(rendered.heading_ids)
        wanted.update(mark for source in rendered.sources for mark in source.marks)
        wanted.update(re.findall(r'(?:aria-labelledby="|href="#)([^"]+)"', page))

        assert len(ids) == len(set(ids))
        assert wanted <= set(ids)


def test_one_place_in_the_text_leads_to_each_term(many: list[Rendered]) -> None:
    for rendered in many:
        text = rendered.lead + rendered.key_points + rendered.html
        terms = re.findall(r'<a class="term" href="#([^"]+)">', text)

        assert terms == [term.id for term in rendered.terms]


def test_every_heading_with_an_id_ends_with_a_link_to_itself(many: list[Rendered]) -> None:
    for rendered in many:
        headings = re.findall(r'<h\d id="([^"]+)"', rendered.html)
        links = re.findall(
            r'<a class="section-link" href="#([^"]+)"><span[^>]*>[^<]*</span></a></h\d>',
            rendered.html,
        )

        assert headings == links == [*rendered.heading_ids]


def test_html_parses_strictly(many: list[Rendered]) -> None:
    for rendered in many:
        for html in all_html(rendered):
            html5lib.HTMLParser(strict=True).parseFragment(html)


def test_references_are_the_same_without_rendering(texts: list[str], many: list[Rendered]) -> None:
    assert [references_in(text) for text in texts] == [rendered.references for rendered in many]


def test_no_sign_that_marks_first_uses_is_left_behind(many: list[Rendered]) -> None:
    for rendered in many:
        assert not re.search("[\x01-\x03]", "".join(all_html(rendered)))


def test_rendering_is_a_function_of_its_input(texts: list[str], many: list[Rendered]) -> None:
    assert [render(text, known=KNOWN) for text in texts] == many


def all_html(rendered: Rendered) -> list[str]:
    sources = [source.html for source in rendered.sources]
    meanings = [term.meaning for term in rendered.terms]
    return [rendered.lead, rendered.key_points, rendered.html, *sources, *meanings]
