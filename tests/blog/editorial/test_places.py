"""A finding leads to the very characters that were typed, whatever stands around them."""

from __future__ import annotations

from datetime import date

import pytest

from blog.content import PostContent
from blog.editorial import Known, findings

KNOWN = Known(today=date(2026, 11, 23))


@pytest.mark.parametrize(
    "before",
    [
        "",
        "Met *nadruk* en **vet**. ",
        'Met [een link](https://www.example.org/de-de-dag "de de") erbij. ',
        "Met <https://www.example.org/de%20de> erbij. ",
        "Met `de de` als code. ",
        "Met &amp; en \\* en &euro; erin. ",
        "Met 🙂 erin. ",
        "Met [iets]{lang=en} erin. ",
        "Met een mark.[^1] ",
        'Met ![een foto](/media/de-de.jpg "bij de de foto") ertussen. ',
        "Een regel\ndie doorloopt\n",
        "- een punt\n- ",
        "> Een citaat.\n> ",
        "1. eerst\n2. ",
        "## Een kop\n\n### 1. ",
        "| a | b |\n| --- | --- |\n| de dag | ",
        "Iets.\n\n[^1]: ",
        "*[PDS]: ",
        "Een [link][1].\n\n[1]: https://www.example.org/\n\n",
    ],
)
def test_doubled_word_is_found_where_it_stands(before: str) -> None:
    body = f"{before}Na de de dag.\n\n[^1]: Voorbeeldboek 2020. <https://www.example.org/>\n"

    (found,) = [f for f in findings(PostContent(body=body), KNOWN) if f.check == "doubled_word"]

    assert body[found.place.start : found.place.end] == "de de"
    assert found.place.start == body.rindex("de de")


def test_words_that_stay_are_the_same_finding_wherever_they_stand() -> None:
    first, second = (
        findings(PostContent(title="Titel", body=f"{before}Na de de dag.\n"), KNOWN)
        for before in ("", "Een nieuwe zin vooraan.\n\n")
    )

    assert {f.key for f in first} == {f.key for f in second}


def test_words_that_change_are_another_finding() -> None:
    first, second = (
        [
            f.key
            for f in findings(PostContent(body=f"Uit onderzoek blijkt dat {what}.\n"), KNOWN)
            if f.check == "unsourced_study"
        ]
        for what in ("thee helpt", "koffie helpt")
    )

    assert len(first) == len(second) == 1
    assert first != second


def test_thousand_of_a_kind_are_told_fifty_times() -> None:
    found = findings(PostContent(body="Na de de dag.\n\n" * 1_000), KNOWN)

    assert len([f for f in found if f.check == "doubled_word"]) == 50


def test_missing_section_is_named_as_it_was_typed() -> None:
    (finding,) = (
        found
        for found in findings(PostContent(body="Zie [de één](#één-dag) hier.\n"), KNOWN)
        if found.check == "missing_fragment"
    )

    assert finding.reason == "Er is geen kop “#één-dag”."
