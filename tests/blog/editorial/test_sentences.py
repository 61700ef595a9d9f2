"""Where a Dutch sentence ends."""

from __future__ import annotations

import time

import pytest

from blog.editorial import sentences


@pytest.mark.parametrize(
    "text",
    [
        "Neem bijv. een boek mee.",
        "Dr. Vermeer en mevr. De Wit komen.",
        "Dit geldt o.a. voor Amsterdam.",
        "Het duurt ca. 20 minuten.",
        "A. Arts schreef het op.",
        "Om 22.30 uur is het stil.",
        "Er ging 2.000 euro om.",
        "“Nu al?” vroeg ze.",
        "Zie nr. 4 van de lijst.",
        "Het wordt stil… en dan donker.",
        "Jan en A. Arts schreven het op.",
        "Ing. De Boer las J. De Vries voor.",
        "Neem er max. 3 en stop op 5 jan. 2027.",
    ],
)
def test_this_is_one_sentence(text: str) -> None:
    assert [text[start:end] for start, end in sentences.split(text)] == [text]


@pytest.mark.parametrize(
    "text",
    [
        ("Het is laat.", "We gaan slapen."),
        ("Is het laat?", "Ja!", "Slaap lekker."),
        ("Hij zei: “Ga slapen.”", "Dat deed ze."),
        ("Het is stil.", "’s Avonds ook."),
        ("Dat zit vol vitamine D.", "Dat is fijn."),
        ("Het begint om 8.", "Daarna is er thee."),
        ("Zo is het (echt waar).", "“Goed zo.”"),
        ("Vraag het aan Jan.", "Hij weet het."),
        ("Dit doet Max.", "Hij kan het."),
        ("Ze woont in de VS.", "Slapen lukt daar goed."),
        ("Ze werkt bij ING.", "Slapen lukt haar goed."),
        ("Dat zit vol vitamine C en D.", "In de winter is dat fijn."),
        ("Je hebt bloedgroep A.", "In Nederland is dat gewoon."),
        ("Je loopt van A naar B.", "Dat is fijn."),
    ],
)
def test_these_are_as_many(text: tuple[str, ...]) -> None:
    joined = " ".join(text)

    assert tuple(joined[start:end] for start, end in sentences.split(joined)) == text


def test_words_are_counted_as_a_reader_counts_them() -> None:
    words = sentences.words_of("De co-factor (375 mg) – zo’n 4 keer, om 22.30 uur – werkt.")

    assert "|".join(words) == "De|co-factor|375|mg|zo’n|4|keer|om|22.30|uur|werkt"


def test_emoji_does_not_make_many_sentences_slow() -> None:
    start = time.process_time()

    count = sum(1 for _sentence in sentences.split("🙂 " + "Ja. " * 60_000))

    assert count == 60_000
    assert time.process_time() - start < 2
