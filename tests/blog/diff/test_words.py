"""Plain texts compared word by word, and the numbers in them."""

from __future__ import annotations

import random

import pytest

from blog.diff import changed_figures, compare
from blog.diff.alignment import Effort


def shown(before: str, after: str) -> str:
    """A comparison in one line: [gone] {new}, and ! before a figure."""
    signs = {"same": "{}", "gone": "[{}]", "new": "{{{}}}"}
    return "".join(
        signs[piece.kind].format("!" * piece.is_figure + piece.text)
        for piece in compare(before, after)
    )


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Ik slaap slecht.", "Ik slaap goed.", "Ik slaap [slecht]{goed}."),
        ("Neem 200 mg per dag.", "Neem 400 mg per dag.", "Neem [!200 mg]{!400 mg} per dag."),
        ("Neem 200 mg.", "Neem 200 µg.", "Neem [!200 mg]{!200 µg}."),
        ("Na 3 weken rust.", "Na 5 weken rust.", "Na [!3 weken]{!5 weken} rust."),
        ("Na drie weken.", "Na vijf weken.", "Na [!drie weken]{!vijf weken}."),
        ("Wel 2,5% merkt iets.", "Wel 25% merkt iets.", "Wel [!2,5%]{!25%} merkt iets."),
        ("Neem 200–400 mg.", "Neem 200–300 mg.", "Neem [!200–400 mg]{!200–300 mg}."),
        ("Vitamine B12", "Vitamine B6", "Vitamine [!B12]{!B6}"),
        ("Hooguit 5 dagen.", "Hooguit 5 nachten lang.", "Hooguit [!5 dagen]{!5 nachten}{ lang}."),
        ("200 mg en 400 mg", "400 mg en 200 mg", "[!200 mg]{!400 mg} en [!400 mg]{!200 mg}"),
        ("Neem een pil.", "Neem geen pil.", "Neem [een]{geen} pil."),
        # A lone word between two changes stops nobody.
        ("goede de thee", "slechte de koffie", "[goede de thee]{slechte de koffie}"),
        ("", "Nieuw.", "{Nieuw.}"),
        ("Oud.", "", "[Oud.]"),
        ("", "", ""),
    ],
)
def test_words_are_marked(before: str, after: str, expected: str) -> None:
    assert shown(before, after) == expected


def test_comparison_holds_both_texts_whole() -> None:
    dice = random.Random("leestafel")
    words = [
        "de ",
        "het",
        "\n\n",
        "  ",
        "200 mg",
        "1½",
        "é́",
        "<b>",
        "&amp;",
        "drie weken",
        ".",
        "\ud800",
    ]
    for _time in range(300):
        before, after = ("".join(dice.choices(words, k=dice.randint(0, 40))) for _text in range(2))

        pieces = compare(before, after)

        assert "".join(piece.text for piece in pieces if piece.kind != "new") == before
        assert "".join(piece.text for piece in pieces if piece.kind != "gone") == after


def test_number_that_changed_is_listed_between_its_words() -> None:
    before = "Neem hooguit 200 mg per dag, en dat 3 weken lang."
    after = "Neem hooguit 400 mg per dag, en dat weken lang."

    first, second = changed_figures(compare(before, after))

    assert first == ("200 mg", "400 mg", "Neem hooguit ", " per dag, en dat weken lang.")
    assert second[:2] == ("3 weken", "")


def test_number_in_a_long_text_is_listed_between_whole_words() -> None:
    before = "Dit gaat over slapen. " * 9 + "Neem 200 mg elke dag. " + "Dit gaat over slapen. " * 9

    (figure,) = changed_figures(compare(before, before.replace("200", "400")))

    assert figure.leading == "slapen. Dit gaat over slapen. Neem "
    assert figure.trailing == " elke dag. Dit gaat over slapen. Dit"


def test_number_in_new_words_is_listed_with_those_words() -> None:
    (figure,) = changed_figures(compare("Een begin.", "Een begin. Drink dan 3 glazen water."))

    assert figure == ("", "3 glazen", "Een begin. Drink dan ", " water.")


def test_texts_that_would_take_too_long_are_shown_as_replaced() -> None:
    # A number that both have is none that changed.
    before, after = "een twee 3 vier", "een twee 3 vijf"

    pieces = compare(before, after, Effort(steps=3))

    assert [(piece.kind, piece.text) for piece in pieces] == [("gone", before), ("new", after)]
