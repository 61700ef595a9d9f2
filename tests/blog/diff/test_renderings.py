"""Two rendered texts as one: what is marked, and that it stays safe and whole."""

from __future__ import annotations

import random
import re
from pathlib import Path

import html5lib
import pytest

from blog.diff import Effort, RenderedDiff, compare_renderings
from blog.diff.blocks import parse
from blog.rendering import Rendered, render
from blog.rendering.sanitizer import sanitize_marked

MARKDOWN = sorted((Path(__file__).parents[3] / "fixtures" / "markdown").glob("[!R]*.md"))


def diff(before: str, after: str, effort: Effort | None = None) -> RenderedDiff:
    """Compare what becomes of two Markdown texts."""
    old, new = render(before), render(after)
    return compare_renderings(whole(old), whole(new), effort or Effort())


def whole(rendered: Rendered) -> str:
    """All HTML of a text."""
    return f"<p>{rendered.lead}</p>{rendered.key_points}{rendered.html}"


def html_of(compared: RenderedDiff) -> str:
    """All passages, on one line."""
    return "".join(passage.html for passage in compared.passages).replace("\n", "")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            "Neem *200 mg* thee.",
            "Neem *400 mg* thee.",
            '<p>Neem <em><del class="figure">200&nbsp;mg</del>'
            '<ins class="figure">400&nbsp;mg</ins></em> thee.</p>',
        ),
        (
            "Lees verder",
            "Lees **verder**",
            "<p>Lees <del>verder</del><strong><ins>verder</ins></strong></p>",
        ),
        (
            "- Thee\n- Koffie",
            "- Thee\n- Melk\n- Koffie",
            "<p></p><ul><li>Thee</li><li><ins>Melk</ins></li><li>Koffie</li></ul>",
        ),
        (
            "- Thee",
            "- Thee\n  - Melk",
            "<p></p><ul><li>Thee<ul><li><ins>Melk</ins></li></ul></li></ul>",
        ),
        (
            "a | b\n-|-\nOud | 5",
            "a | b\n-|-\nOud | 7",
            '<p></p><section class="table-scroll" tabindex="0"><table>'
            "<thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>Oud</td>"
            '<td><del class="figure">5</del><ins class="figure">7</ins></td></tr></tbody>'
            "</table></section>",
        ),
        (
            "Een alinea.",
            "Een alinea.\n\nEn nog een.",
            "<p>Een alinea.</p><p><ins>En nog een.</ins></p>",
        ),
        (
            "[Lees](/a/) dit",
            "[Lees](/b/) dit",
            "<p><a><del>Lees</del></a><a><ins>Lees</ins></a> dit</p>",
        ),
        (
            "![Maan](/m.jpg) hier",
            "![Zon](/m.jpg) hier",
            '<p><del><img src="/m.jpg" alt="Maan"></del>'
            '<ins><img src="/m.jpg" alt="Zon"></ins> hier</p>',
        ),
        (
            "De lead.\n\n## Slaap",
            "De lead.\n\n### Slaap",
            "<p>De lead.</p><h2><del>Slaap</del></h2><h3><ins>Slaap</ins></h3>",
        ),
    ],
)
def test_marks_stand_around_words_inside_the_blocks(before: str, after: str, expected: str) -> None:
    assert html_of(diff(before, after)) == expected


def test_figure_in_a_table_is_listed_with_its_row() -> None:
    before = "Wie | Dosis\n-|-\nVolwassenen | 200 mg\n"

    (figure,) = diff(before, before.replace("200", "400")).figures

    assert (figure.leading, figure.before, figure.after) == (
        "Volwassenen: ",
        "200\xa0mg",
        "400\xa0mg",
    )


def test_numbers_of_sections_and_sources_are_no_figures() -> None:
    before = "De lead.\n\n## 1. Slaap\n\nRust[^a] en thee[^b].\n\n[^a]: A\n[^b]: B\n"
    after = before.replace("## 1.", "## 2.").replace("Rust[^a] en", "Rust en")

    assert diff(before, after).figures == []


def test_far_from_a_change_is_folded_away() -> None:
    lines = [f"Alinea {number}." for number in "abcdefghij"]
    before = "\n\n".join(lines)

    compared = diff(before, before.replace("Alinea e.", "Alinea anders."))

    assert [(passage.is_far, passage.blocks) for passage in compared.passages] == [
        (True, 3),
        (False, 3),
        (True, 4),
    ]


def test_pictures_and_addresses_that_changed_are_told() -> None:
    before = '![Zon](/z.jpg)\n\n![Maan](/m.jpg "’s Nachts")\n\nZie [hier](/a/) en [daar](/b/).'
    after = '![De maan](/m.jpg "’s Nachts")\n\nZie [hier](/c/) en [daar](/b/).'

    compared = diff(before, after)

    assert [(old.description, new.description) for old, new in compared.pictures] == [
        ("Maan", "De maan"),
        ("Zon", ""),
    ]
    assert [(old.words, old.address, new.address) for old, new in compared.links] == [
        ("hier", "/a/", "/c/")
    ]


def test_picture_that_stands_there_twice_is_told_twice() -> None:
    once, twice = "Een.", "Een.\n\n![Ochtend](/m.jpg)\n\nTwee.\n\n![Avond](/m.jpg)"

    came = diff(once, twice).pictures
    changed = diff(twice, twice.replace("Ochtend", "Dag").replace("Avond", "Nacht")).pictures

    assert [new.description for _none, new in came] == ["Ochtend", "Avond"]
    assert [(old.description, new.description) for old, new in changed] == [
        ("Ochtend", "Dag"),
        ("Avond", "Nacht"),
    ]


def mixed(dice: random.Random) -> str:
    """A text that nobody would write, of lines that somebody did."""
    lines = [line for path in MARKDOWN for line in path.read_text().split("\n")]
    start = dice.randrange(len(lines))
    return "\n".join(line for line in lines[start : start + 40] if dice.random() < 0.9)


def changed(text: str, dice: random.Random) -> str:
    """The same with some words gone, doubled or moved to another line."""
    words = re.findall(r"\s+|\S+", text)
    return "".join(word * dice.choice([0, 1, 1, 1, 1, 1, 1, 2]) for word in words)


@pytest.mark.parametrize("steps", [Effort().left, 300], ids=["at ease", "short of time"])
def test_marked_text_holds_both_whole_and_is_safe(steps: int) -> None:
    dice = random.Random("leestafel")
    for _time in range(100):
        before = mixed(dice)
        after = changed(before, dice) if dice.random() < 0.8 else mixed(dice)
        old, new = whole(render(before)), whole(render(after))

        marked = "".join(p.html for p in compare_renderings(old, new, Effort(steps)).passages)

        assert parse(without(marked, "ins")).text == parse(old).text
        assert parse(without(marked, "del")).text == parse(new).text
        assert sanitize_marked(marked) == marked
        assert not re.search(r"<[^>]* (?:id|href|aria-[a-z]+)=", marked)
        html5lib.HTMLParser(strict=True).parseFragment(marked)


def without(marked: str, mark: str) -> str:
    """One of the two texts: what this mark stands around left out."""
    text = re.sub(rf"<{mark}\b[^>]*>.*?</{mark}>", "", marked, flags=re.DOTALL)
    return re.sub(r"</?(?:ins|del)\b[^>]*>", "", text)


def test_texts_that_share_nothing_take_no_minutes() -> None:
    # Counted instead of timed: no machine is too slow for this test.
    dice = random.Random("leestafel")
    words = [f"woord{number}" for number in range(300)]
    before, after = (
        "\n\n".join(" ".join(dice.choices(words, k=40)) for _line in range(400)) for _text in "ab"
    )
    effort = Effort(steps=200_000)

    compared = diff(before, after, effort)

    assert effort.left < 0
    assert html_of(compared).count("<del") == html_of(compared).count("</del>") > 0
