"""No text, however it was made, holds a worker for more than a second."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from django.utils import translation

from blog.rendering import MAX_CHARACTERS, TooComplexError, limits, render

# Every shape goes on as long as the text may be.
REPEATED = {
    "quotes": "\"'",
    "apostrophes": "'s ",
    "units": "€ 5 ",
    "identifiers": "10.1234/a PMID 1 ",
    "opening brackets": "[",
    "images": "![",
    "footnotes": "[^",
    "angles": ">",
    "spaced angles": "> ",
    "words after stars": "a*",
    "stars and underscores": "*_",
    "emphasis and strike": "**a~~b_",
    "parentheses": "(",
    "links": "[](",
    "long unclosed links": "[](aaaaaaaaaaaaaaaaaaaaaaaaa",
    "long unclosed images": "[![](aaaaaaaaaaaaaaaaaaaaaaaaa",
    "brackets in brackets": "[[](",
    "links to links": "[a][",
    "pictures in brackets": "](-<***[![",
    "backslashes": "\\",
    "entities": "&quot;",
    "tags": "<a ",
    "automatic links": "<http://a.nl>",
    "odd hosts": "[a](http://é.nl) ",
    "one long word": "a",
    "blank lines": "\n",
    "short lines": "a\n",
    "hard breaks": "a  \n",
    "headings": "## 1. aaaaa bbbb ccc dddd\n",
    "underlined headings": "a\n=\n",
    "headings in quotes": "> #\nb\n",
    "callouts": "> **Let op** a\n\n",
    "list items": "- a\n",
    "numbers": "1. a\n2. b\n",
    "lists in lists": "- a\n  - b\n    - c\n      - d\n",
    "definitions": "[a]: b\n",
    "broken definitions": "[a]: b 'c\n",
    "unclosed labels": "[a\n",
    "definitions in definitions": "[^a]: ",
    "table rows": "a|b\n",
    "tables": "a|b\n-|-\na|b\n\n",
    "figures": '![a](/b "c")\n\n',
    "tangled quotes": "[^a][^a]: \n| - | - |\n> \t- ## ## ",
    "control characters": "\x00\x01\ud800\u202e",
    "abbreviations": "*[a]: b\n",
    "unclosed abbreviations": "*[a\n",
    "abbreviations without a meaning": "*[a]:\n",
    "languages": "[a]{lang=en}",
    "lines in another language": "[a]{lang=en}\n\n",
    "unopened languages": "]{lang=en}",
    "addresses of posts": "[a](/blog/a/) ",
    "numbered headings": "### 1. a\n",
}
# As many as there may be, and none of them is found.
ABBREVIATIONS = "".join(f"*[a{n}]: b\n" for n in range(100)) + "\n"
LONG_ABBREVIATIONS = "".join(f"*[{'a.' * 40}{n}]: b\n" for n in range(100)) + "\n"
WRITTEN_OUT = {
    "lists on one line": "+ " * 19_999 + "a",
    "balanced brackets": "[" * 10_000 + "]" * 10_000,
    "balanced links": "[" * 5_000 + "](a)" * 3_000,
    "nested emphasis": "*a " * 7_900 + "b* " * 7_900,
    "deeper and deeper lists": "".join("  " * depth + "- a\n" for depth in range(540)),
    "lazy lines below deep quotes": ">" * 13 + "a\n" + "b\n" * 5_900,
    "lazy lines below deep lists": "1. " * 6 + "a\n" + "[^aaaaaaaaaaaaaaaaaaaaaa\n" * 5_900,
    "marks of one source": "[^1]: b\n\n" + "[^1]" * 6_600,
    "labels after one source": "[^1]: b\n\n" + "[^aaaaaaaaaaaaaaaaaa" * 7_900,
    "many sources": "".join(f"[^{n}]" for n in range(2_800))
    + "\n\n"
    + "".join(f"[^{n}]: b\n" for n in range(2_800)),
    "a source of identifiers": "a[^1]\n\n[^1]: " + "10.1234/a PMID 1 " * 14_700,
    "a source of brackets": "a[^1]\n\n[^1]: http://a" + ")" * 290_000,
    "one long address often used": f"[a]: {'b' * 7_900}\n\n" + "[a] " * 7_900,
    "a table filled up": "|a" * 256 + "\n" + "|-" * 256 + "\n" + "a\n" * 5_900,
    "a wide table": "a|" * 4_000 + "\n" + "-|" * 4_000,
    "pipes that are no table": "|" * 19_000 + "a\n-|-",
    "words that are no abbreviation": ABBREVIATIONS + "a " * 125_000,
    "a dictionary": "".join(f"*[a{n}]: b\n" for n in range(2_800)) + "\n" + "a " * 100_000,
    "texts without an abbreviation": ABBREVIATIONS + "a*b*" * 9_900,
    "words like long abbreviations": LONG_ABBREVIATIONS + "a." * 125_000,
    "one long meaning": "*[a]: " + "\"' " * 83_000 + "\n\na",
    "abbreviations below deep lists": "1. " * 6 + "a\n" + "*[aaaaaaaaaaaaaaaaaaaaaaa\n" * 5_900,
    "languages in languages": "[" * 1_900 + "a" + "]{lang=en}" * 1_900,
    "languages in emphasis": "[*" * 3_000 + "a" + "*]{lang=en}" * 1_900,
    "one long language": "[a]{lang=en" + "-a" * 9_900,
    "key points": "## In het kort\n" + "- a\n" * 5_900,
}
SHAPES = {name: shape * MAX_CHARACTERS for name, shape in REPEATED.items()} | WRITTEN_OUT
# A third of them; the others in the long tests.
USUAL = list(SHAPES)[::3]


@pytest.mark.parametrize(
    "name",
    [name if name in USUAL else pytest.param(name, marks=pytest.mark.long) for name in SHAPES],
)
def test_hostile_text_costs_less_than_a_second_at_every_length(name: str) -> None:
    whole = SHAPES[name][:MAX_CHARACTERS]
    allowed = longest_that_is_not_refused_by_counting(whole)

    assert is_quick(allowed)
    if whole != allowed:
        assert is_quick(whole)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a" * 250_001, "The text is too long: at most 250,000 characters are allowed."),
        ("a\n" * 10_000, "The text has too many lines: at most 6,000 are allowed."),
        ("a\r" * 6_000, "The text has too many lines: at most 6,000 are allowed."),
        ("[" * 20_001, "The text has too many Markdown characters such as * [ ] > |"),
        ("a" + "\u00a0" * 20_001 + "b", "The text has too many Markdown characters"),
        ("|a" * 99 + "\n" + "|-" * 99 + "\n" + "a\n" * 99, "The tables are too large"),
        ("[](" + "a" * 200_000 + "[](" * 9, "Too many links stand together"),
        ("> > > # a\nb\n" * 2_900, "The Markdown is too tangled"),
        ("- " * 9 + "a", "Lists, quotes or emphasis are nested too deep"),
        ("*a " * 17 + "b* " * 17, "Lists, quotes or emphasis are nested too deep"),
        (f"[a]: {'b' * 7_900}\n\n" + "[a] " * 99, "The link addresses are too long"),
        ("*[a]: b\n" * 101, "The text explains too many abbreviations: at most 100 are allowed."),
    ],
)
def test_refusal_says_what_is_too_much(text: str, message: str) -> None:
    with translation.override("en"), pytest.raises(TooComplexError) as refusal:
        render(text)

    assert str(refusal.value).startswith(message)


def test_nothing_is_dropped_at_the_deepest_level_allowed() -> None:
    assert "Diep" in render("> " * 15 + "Diep").html
    assert "Diep" in render("- " * 7 + "Diep").html


def test_long_but_ordinary_text_is_not_refused() -> None:
    paragraph = "Slaap is *belangrijk*, zegt [iemand](https://example.org/a-b).[^1]\n\n"
    section = "## Kop\n\n" + paragraph * 4 + "- punt\n- punt\n\n"

    assert render(section * 350 + "[^1]: Bron").word_count > 8_000


def render_or_refuse(text: str) -> None:
    with suppress(TooComplexError):
        render(text)


def is_quick(text: str) -> bool:
    """Whether rendering takes less than a second at best: noise only lengthens."""
    return any(seconds(text) < 1 for _attempt in range(3))


def seconds(text: str) -> float:
    """Processor time, which other programs on the machine lengthen least."""
    start = time.process_time()
    render_or_refuse(text)
    return time.process_time() - start


def longest_that_is_not_refused_by_counting(text: str) -> str:
    shortest, longest = 0, len(text)
    while shortest < longest:
        length = (shortest + longest + 1) // 2
        try:
            limits.refuse_slow_text(text[:length])
            shortest = length
        except TooComplexError:
            longest = length - 1
    return text[:shortest]
