"""Nothing harmful reaches a reader, neither from a text nor from stored HTML."""

from __future__ import annotations

import re

import pytest

from blog.rendering import Rendered, render
from blog.rendering.sanitizer import sanitize

HARMFUL_ADDRESSES = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    " javascript:alert(1)",
    "\x01javascript:alert(1)",
    "\u00a0javascript:alert(1)",
    "javascript&colon;alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A;avascript&#58;alert(1)",
    "java&Tab;script:alert(1)",
    "java&NewLine;script:alert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:image/svg+xml,x",
    "file:///etc/passwd",
    "ftp://example.org",
    "unknown:x",
    "//example.org",
    "",
]
# Typed in Markdown these are harmless: the parser writes "%5C" and "%09" for what browsers skip.
HARMFUL_IN_HTML = ["/\\example.org", "\\\\example.org", "/\t/example.org"]
HARMFUL_HTML = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<img src="https://example.org/x.png" alt="x">',
    "<svg onload=alert(1)>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><annotation-xml encoding='text/html'><style><img src onerror=alert(1)></style></math>",
    '<p style="position: fixed">x</p>',
    "<style>p { display: none }</style>",
    "<iframe src=/></iframe>",
    '<form action="/"><input name="x"></form>',
    "<base href=https://example.org>",
    '<a href="/" onclick="alert(1)" target="_blank" name="body">x</a>',
    '<div class="site-header" tabindex="9" role="alert">x</div>',
    '<p id="a b\' c">x</p>',
    '<p title="x" lang="en">x</p>',
    '<abbr class="tooltip" onmouseover="alert(1)">x</abbr>',
    '<section class="site-footer" role="dialog" id="reacties">x</section>',
    '<span id="a b" lang="en onclick=alert(1)" class="skip-link" title="x">x</span>',
]
HARM = re.compile(
    r"<(?:script|svg|math|style|iframe|form|input|base)|script:|\son\w+=|style=|class=.\w|https?:"
    r"|name=|target=|tabindex=|role=|\sid=|title=|lang=|data:",
    re.IGNORECASE,
)


@pytest.mark.parametrize("address", HARMFUL_ADDRESSES)
def test_harmful_address_keeps_its_words_and_loses_its_link(address: str) -> None:
    text = f"[woord](<{address}>)\n\n![beeld](<{address}>)\n\n[verwijzing]"

    rendered = render(f"{text}\n\n[verwijzing]: <{address}>")

    for html in (rendered.lead, rendered.html):
        assert "<a" not in html
        assert "<img" not in html
    assert "woord" in rendered.lead


@pytest.mark.parametrize("address", HARMFUL_ADDRESSES + HARMFUL_IN_HTML)
def test_harmful_address_in_stored_html_is_taken_out(address: str) -> None:
    html = sanitize(f'<a href="{address}">woord</a><img src="{address}" alt="beeld">')

    assert html == '<a>woord</a><img alt="beeld">'


@pytest.mark.parametrize("harmful", HARMFUL_HTML)
def test_html_in_a_text_is_shown_as_text(harmful: str) -> None:
    html = render(f"---\n\n{harmful}\n\nzin {harmful}").html

    assert set(re.findall(r"</?(\w+)", html)) == {"hr", "p"}


@pytest.mark.parametrize("harmful", HARMFUL_HTML)
def test_harm_in_stored_html_is_taken_out(harmful: str) -> None:
    empty = {"sections": [], "references": [], "heading_ids": [], "word_count": 0}
    source = {"number": 1, "html": harmful, "marks": []}
    term = {"abbreviation": "PDS", "meaning": harmful, "id": "begrip-pds"}
    parts = {"html": harmful, "lead": harmful, "key_points": harmful}

    rendered = Rendered.from_json({**parts, "sources": [source], "terms": [term], **empty})

    body = (rendered.html, rendered.lead, rendered.key_points)
    for html in (*body, rendered.sources[0].html, rendered.terms[0].meaning):
        assert not HARM.search(html)


def test_heading_cannot_take_the_place_of_a_part_of_the_page() -> None:
    html = render("## Inhoud\n\n## Bronnen\n\n## Bron 1\n\n## id_naam").html

    assert re.findall(r'id="([^"]*)"', html) == [
        *("inhoud-2", "bronnen-2", "sectie-bron-1", "sectie-id_naam")
    ]


@pytest.mark.parametrize("character", ["\x00", "\x08", "\x7f", "\x85", "\ud800", "\ufdd0"])
def test_character_that_html_forbids_becomes_the_replacement_character(character: str) -> None:
    assert render(f"a{character}b").lead == "a\ufffdb"


def test_address_that_is_shown_decoded_brings_no_such_character_back() -> None:
    html = render("<https://a.nl/%00%02> <aa:%01%02%03> PDS\n\n*[PDS]: Darm").lead

    assert ">https://a.nl/\ufffd\ufffd</a> aa:\ufffd\ufffd\ufffd" in html
    assert 'title="Darm">PDS</abbr>' in html


def test_line_ends_of_other_systems_are_line_ends() -> None:
    assert render("a\r\n\r\nb\rc").html == "<p>b\nc</p>"
