"""A slip in an amount is seen; the same amounts in another place, order or spelling are not."""

from __future__ import annotations

import time
from datetime import date
from itertools import islice

import pytest

from blog.content import PostContent
from blog.editorial import Finding, Known, Manuscript, findings
from blog.editorial.doses import changed_dose
from blog.rendering import MAX_CHARACTERS

TODAY = date(2026, 11, 23)
SENTENCE = "Geef vanaf dan hooguit {} van dit middel."
BY_AGE = "## Baby\n\nNeem 5 mg per dag.\n\n## Volwassenen\n\nNeem 50 mg per dag.\n"
BELOW_EACH_OTHER = """\
## Siroop

### Baby

Neem 5 mg per dag.

### Volwassenen

Neem 50 mg per dag.
"""
ROWS = "| Wie | Dosis |\n| --- | --- |\n| Baby | 5 mg |\n| Volwassene | 50 mg |\n"
COLUMNS = "| Middel | Kind | Ouder |\n| --- | --- | --- |\n| Siroop | 5 mg | 10 mg |\n"
PARAGRAPHS = "Neem 5 mg per dag.\n\nEet daarbij.\n\nNeem 50 mg per week.\n"


def found_in(before: str | None, after: str) -> list[Finding]:
    """What the check finds in a text where readers see another one, or none."""
    found = findings(PostContent(body=after), Known(today=TODAY, live_body=before))
    return [finding for finding in found if finding.check == "changed_dose"]


def reasons(before: str, after: str) -> list[str]:
    """What the check says of a text where readers see another one."""
    return [finding.reason for finding in found_in(before, after)]


def reason(was: str, now: str) -> str:
    """What it says of one amount."""
    return f"Lezers zien hier nu {was}, en dit zegt {now}."


def numbered(piece: str, *, times: int) -> str:
    """A piece again and again, each with another number in it."""
    return "".join(piece.format(number) for number in range(times))[:MAX_CHARACTERS]


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("1 theelepel", "1 eetlepel"),
        ("een theelepel", "een eetlepel"),
        ("2 glazen", "20 glazen"),
        ("12 jaar", "2 jaar"),
        ("38 graden", "39 graden"),
        ("38 °C", "39 °C"),
        ("120/80 mmHg", "140/80 mmHg"),
        ("0.125 mg", "125 mg"),
        ("1.500 mg", "1,500 mg"),
        ("zestien mg", "zestig mg"),
        ("tussen 5 en 10 mg", "tussen 7 en 10 mg"),
    ],
)
def test_slip_in_a_sentence_is_seen(was: str, now: str) -> None:
    assert found_in(SENTENCE.format(was), SENTENCE.format(now))


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("1,0 mg", "1 mg"),
        ("60 mg", "zestig mg"),
        ("anderhalve tablet", "1,5 tablet"),
        ("anderhalf uur", "1½ uur"),
        ("½ liter", "0,5 l"),
        ("1.5 mg", "1,50 mg"),
        ("10.000 IE", "10000 IE"),
        ("één dag", "1 dag"),
        ("5 μg", "5 µg"),
        ("5 tot 10 mg", "5–10 mg"),
        ("38 graden", "38 °C"),
        ("1.2.3 g", "1.2.3 gram"),
    ],
)
def test_amount_may_be_written_in_another_way(was: str, now: str) -> None:
    assert not found_in(SENTENCE.format(was), SENTENCE.format(now))


@pytest.mark.parametrize("before", [BY_AGE, BELOW_EACH_OTHER, ROWS, COLUMNS])
def test_amount_that_stands_elsewhere_is_no_excuse(before: str) -> None:
    after = before.replace("5 mg", "50 mg", 1)

    (found,) = found_in(before, after)

    assert found.reason == reason("5 mg", "50 mg")
    assert found.place.words in ("Neem 50 mg per dag.", "50 mg")
    assert found.place.start <= before.index("5 mg") < found.place.end


def test_finding_leads_to_the_place_of_the_slip() -> None:
    before = "**Baby**\n\nNeem 5 mg.\n\n**Volwassene**\n\nNeem 50 mg.\n"

    (found,) = found_in(before, before.replace("5 mg", "50 mg", 1))

    assert found.place.start == before.index("Neem")


def test_each_amount_of_a_sentence_is_told() -> None:
    told = reasons("Geef 5 mg, 3 keer per dag.", "Geef 50 mg, 8 keer per dag.")

    assert told == [reason("5 mg", "50 mg"), reason("3 keer", "8 keer")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Geef een kind 5 mg en een ouder 10 mg.", "Geef een kind 10 mg en een ouder 5 mg."),
        (COLUMNS, COLUMNS.replace("5 mg | 10 mg", "10 mg | 5 mg")),
    ],
)
def test_amounts_that_changed_places_are_both_told(before: str, after: str) -> None:
    assert reasons(before, after) == [reason("5 mg", "10 mg"), reason("10 mg", "5 mg")]


@pytest.mark.parametrize(
    "after",
    [
        "Neem elke dag 50 mg van dit middel bij het eten.",
        "Iets nieuws.\n\n## Later\n\nNeem 50 mg van dit middel bij het eten.\n",
    ],
)
def test_slip_in_a_sentence_that_was_reworded_or_moved_is_seen(after: str) -> None:
    before = "Neem 5 mg van dit middel bij het eten."

    assert reasons(before, after) == [reason("5 mg", "50 mg")]


def test_slip_is_seen_below_a_heading_that_was_reworded() -> None:
    sentences = numbered("Middel{0} bevat {0} mg per tablet. ", times=500)

    told = reasons(f"## Oud\n\n{sentences}", f"## Nieuw\n\n{sentences.replace(' 77 ', ' 7 ')}")

    assert told == [reason("77 mg", "7 mg")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            PARAGRAPHS,
            "Neem 50 mg per week.\n\nNeem 5 mg per dag.\n\nEet daarbij.\n",
            id="a paragraph was moved",
        ),
        pytest.param(
            "Neem 5 mg.\n\nNeem 50 mg.\n",
            "Neem 50 mg.\n\nNeem 5 mg.\n",
            id="of two sentences that differ in nothing else one was moved",
        ),
        pytest.param(
            BY_AGE,
            "## Volwassenen\n\nNeem 50 mg per dag.\n\n## Baby\n\nNeem 5 mg per dag.\n",
            id="a section was moved with its heading",
        ),
        pytest.param(
            BY_AGE,
            "## Volwassenen\n\nNeem 50 mg per dag.\n\nEen baby krijgt minder. Neem 5 mg per dag.\n",
            id="a sentence was moved below another heading",
        ),
        pytest.param(
            BY_AGE,
            BY_AGE.replace("## Baby", "## Baby en peuter"),
            id="a heading was reworded",
        ),
        pytest.param(
            "Neem 5 mg van dit middel per dag, een nacht lang.",
            "Neem per dag 5 mg van dit middel, 2 uur voor het slapen.",
            id="a sentence was reworded, with another amount",
        ),
        pytest.param(
            "Neem 5 mg zink per dag.",
            "Een sporter verliest 8 mg zink per dag.",
            id="a sentence made place for another one",
        ),
        pytest.param(
            "Geef een kind 5 mg en een ouder 10 mg.",
            "Geef een ouder 10 mg en een kind 5 mg.",
            id="a sentence was turned round",
        ),
        pytest.param(
            "Neem 5 mg per dag.",
            "Neem 5 mg per dag. Een kind van 12 jaar krijgt hooguit 2 mg.",
            id="a sentence was added",
        ),
        pytest.param(
            "- Neem 5 mg.\n- Neem 50 mg.\n",
            "- Neem 1 mg.\n- Neem 5 mg.\n- Neem 50 mg.\n",
            id="an item was added that differs in nothing but its amount",
        ),
        pytest.param("Neem dit elke dag.", "Neem dit 2 dagen.", id="there was no amount"),
        pytest.param(
            ROWS,
            ROWS.replace("| Baby", "| Peuter | 10 mg |\n| Baby"),
            id="a row was added",
        ),
        pytest.param(
            ROWS,
            "| Wie | Dosis |\n| --- | --- |\n| Volwassene | 50 mg |\n| Baby | 5 mg |\n",
            id="rows were put in another order",
        ),
        pytest.param(
            ROWS.replace("Baby", "Citraat"),
            ROWS.replace("Baby | 5 mg", "Oxide | 20 mg"),
            id="a row made place for another one",
        ),
        pytest.param(
            COLUMNS,
            "| Middel | Ouder | Kind |\n| --- | --- | --- |\n| Siroop | 10 mg | 5 mg |\n",
            id="columns changed places with their heads",
        ),
        pytest.param(
            "| Leeftijd | Dag | Week |\n| - | - | - |\n"
            "| Vanaf 12 jaar | 5 mg | 35 mg |\n| Vanaf 18 jaar | 10 mg | 70 mg |\n",
            "| Leeftijd | Week | Dag |\n| - | - | - |\n"
            "| Vanaf 18 jaar | 70 mg | 10 mg |\n| Vanaf 12 jaar | 35 mg | 5 mg |\n",
            id="rows and columns changed places",
        ),
        pytest.param(
            COLUMNS,
            "| Middel | Baby | Kind | Ouder |\n| --- | --- | --- | --- |\n"
            "| Siroop | 1 mg | 5 mg | 10 mg |\n",
            id="a column was added",
        ),
        pytest.param(
            "Zie hier.[^1]\n\n[^1]: | a | b |\n    | - | - |\n    | 5 mg | 6 mg |\n",
            "Zie hier.[^1]\n\n[^1]: | a | b |\n    | - | - |\n    | 7 mg | 6 mg |\n",
            id="a table in a source is no text",
        ),
        pytest.param("[" * 30_000, "Neem 5 mg.", id="what readers see cannot be read"),
    ],
)
def test_nothing_is_said_when(before: str, after: str) -> None:
    assert not found_in(before, after)


def test_nothing_is_said_of_a_text_that_readers_never_saw() -> None:
    assert not found_in(None, "Neem 5 mg.")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            numbered("Abc{0} 5 mg. ", times=15_000),
            numbered("Xyz{0} 6 mg. ", times=15_000),
            id="sentences that differ",
        ),
        pytest.param(
            numbered("Abcdef {0} mg{0}. Abc 5 mg. ", times=9_000),
            numbered("Abcdeg {0} mg{0}. Abd 6 mg. ", times=9_000),
            id="sentences that were all reworded",
        ),
        pytest.param(
            numbered("Neem " + "{0} a b " * 21 + "5 mg. ", times=60),
            numbered("Neem " + "{0} b a " * 21 + "6 mg. ", times=60),
            id="sixty long sentences",
        ),
        pytest.param("1/" * 60_000, "1/" * 60_001, id="numbers strung together"),
    ],
)
def test_no_text_keeps_the_check_busy(before: str, after: str) -> None:
    text = Manuscript(PostContent(body=after))
    known = Known(today=TODAY, live_body=before)

    start = time.process_time()
    list(islice(changed_dose(text, known), 50))

    assert time.process_time() - start < 4
