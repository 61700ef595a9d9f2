"""What the letters of a comment say."""

from __future__ import annotations

import pytest

from comments.spam.evidence import Evidence
from comments.spam.examination import weigh


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Koop nu viаgrа", "viаgrа"),  # Cyrillic а
        ("Gratis cаsino!", "cаsino"),
        ("een pοt pillen", "pοt"),  # Greek ο
        ("VІAGRA", "VІAGRA"),  # Cyrillic І
    ],
)
def test_word_with_foreign_letters_among_its_own_is_suspicious(text: str, word: str) -> None:
    verdict = weigh(Evidence(text=text))

    assert [(f.signal, f.detail) for f in verdict.findings] == [("mixed_scripts", word)]
    assert verdict.is_suspicious


@pytest.mark.parametrize(
    "text",
    [
        "Наталья schreef: спасибо большое!",
        "In het Grieks heet slaap ὕπνος.",
        "De dosis was 50 μg, of 50µg, en α-liponzuur, αtocopherol en β-caroteen",
        "Café, naïef, geïnd, Zoë en ÅNGSTRÖM",
        "日本語 met de trein",
    ],
)
def test_words_wholly_in_another_script_and_signs_of_science_are_fine(text: str) -> None:
    assert weigh(Evidence(text=text)).findings == ()


def test_foreign_letters_in_the_name_count_too() -> None:
    (finding,) = weigh(Evidence(name="Аdmin")).findings

    assert finding.signal == "mixed_scripts"


def test_longer_text_in_capitals_is_found_and_alone_not_suspicious() -> None:
    verdict = weigh(
        Evidence(text="IK BEN ER KLAAR MEE, NIEMAND NEEMT MIJ SERIEUS EN HET HELPT NIET!")
    )

    assert [finding.signal for finding in verdict.findings] == ["shouting"]
    assert not verdict.is_suspicious


@pytest.mark.parametrize(
    "text", ["HEERLIJK GESLAPEN!!!", "!!!! 1234567890 " * 10, "Dank aan het RIVM"]
)
def test_few_capitals_are_no_shouting(text: str) -> None:
    assert weigh(Evidence(text=text)).findings == ()
