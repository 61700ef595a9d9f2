"""What advertising promises is found, and what an honest sentence denies is left alone."""

from __future__ import annotations

from datetime import date

import pytest

from blog.content import PostContent
from blog.editorial import Known, findings


def found_in(sentence: str) -> set[str]:
    """Which checks of claims find something in a sentence of a post that sells something."""
    content = PostContent(body=f"{sentence}\n", discloses_own_products=True)
    found = {finding.check for finding in findings(content, Known(today=date(2026, 11, 23)))}
    return found & {"health_claim", "medicinal_word"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Magnesium helpt niet alleen bij stress, maar ook bij depressie.",
        "Niet alleen ouderen merken effect: magnesium helpt tegen slapeloosheid.",
        "Magnesium werkt tegen migraine en heeft geen bijwerkingen.",
        "Magnesium maakt dat je geen hoofdpijn meer hebt.",
        "Vitamine D voorkomt griep: je wordt nooit meer ziek.",
        "Magnesium helpt je slapen en werkt niet verslavend.",
        "Magnesium helpt niet meteen, maar na een week slaap je beter.",
        "Magnesium helpt tegen stress en er zijn geen bijwerkingen bekend.",
        "Magnesium staat niet voor niets bekend om een goede nachtrust.",
        "Magnesium is niet duur en heeft een bewezen effect op je slaap.",
        "Magnesium helpt tegen slapeloosheid als niets anders werkt.",
    ],
)
def test_claim_is_found_beside_what_a_sentence_denies(sentence: str) -> None:
    assert "health_claim" in found_in(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Magnesium geneest migraine en heeft geen bijwerkingen.",
        "Dit slaapmiddel is niet verslavend.",
        "Slik geen pillen meer: ons natuurlijke slaapmiddel helpt.",
        "Dit is geen medicijn, maar magnesium geneest wel migraine.",
    ],
)
def test_medicinal_word_is_found_beside_what_a_sentence_denies(sentence: str) -> None:
    assert "medicinal_word" in found_in(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Magnesium helpt niet tegen migraine.",
        "Tegen migraine helpt magnesium niet.",
        "Als je slecht slaapt, helpt magnesium niet.",
        "Bij stress, angst en slapeloosheid helpt magnesium niet.",
        "Magnesium voorkomt geen griep en helpt niet bij stress.",
        "Er is geen bewijs dat magnesium helpt bij stress en slapeloosheid.",
        "Of magnesium tegen stress helpt, is niet of nauwelijks onderzocht.",
        "Vaak hoor je dat magnesium helpt bij slapeloosheid, maar dat is niet bewezen.",
        "Dit is geen geneesmiddel.",
        "Magnesium geneest migraine niet.",
        "Geen kruid geneest slapeloosheid.",
        "Magnesium heeft niet veel effect op je slaap.",
    ],
)
def test_denial_is_no_claim(sentence: str) -> None:
    assert not found_in(sentence)
