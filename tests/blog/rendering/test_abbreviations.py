"""What counts as a definition of an abbreviation, and what as its first use."""

from __future__ import annotations

import pytest

from blog.rendering import TooComplexError, render

DEFINITION = "\n\n*[PDS]: Prikkelbaredarmsyndroom"
LINK = '<a class="term" href="#begrip-pds"><abbr title="Prikkelbaredarmsyndroom">PDS</abbr></a>'


@pytest.mark.parametrize(
    "sentence",
    [
        "PDS",
        "Bij PDS, dus.",
        "(PDS)",
        "“PDS”",
        "Met PDS-klachten",
        "De anti-PDS",
        "Een PDS’er",
        "Het *PDS* of **een PDS**",
        "- PDS in een lijst",
        "> PDS in een citaat",
        "> **Let op** PDS",
        "a|b\n-|-\nPDS|c",
        "PDS|b\n-|-\na|c",
        "`code` PDS",
        "[PDS]{lang=en}",
    ],
)
def test_first_use_leads_to_the_meaning(sentence: str) -> None:
    rendered = render(f"---\n\n{sentence}\n\nNog eens PDS.{DEFINITION}")

    assert rendered.html.count(LINK) == 1
    assert rendered.html.index(LINK) < rendered.html.index("Nog eens PDS.")
    assert [(term.abbreviation, term.meaning, term.id) for term in rendered.terms] == [
        ("PDS", "Prikkelbaredarmsyndroom", "begrip-pds")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Geen woord ervan.",
        "XPDS, PDSX, PDS2, éPDS en PDS_a",
        "pds",
        "## Wat PDS is",
        "> ## Wat PDS is",
        "[over PDS](/blog/pds/)",
        "<https://example.org/PDS>",
        "Zie https://example.org/PDS/",
        "`PDS`",
        "    PDS",
        "![PDS](/pds.jpg)",
        '![Darm](/pds.jpg "Een darm met PDS")',
        "Een bron.[^1]\n\n[^1]: Over PDS",
        "*[RDS]: ook wel PDS",
    ],
)
def test_abbreviation_without_a_use_in_running_text_is_not_explained(text: str) -> None:
    rendered = render(text + DEFINITION)

    assert rendered.terms == ()
    assert "term" not in rendered.lead + rendered.html
    assert "Prikkelbaredarmsyndroom" not in rendered.lead + rendered.html


def test_label_of_a_callout_is_no_running_text() -> None:
    rendered = render("> **Let op** Nu.\n\n*[Let op]: a\n*[Nu]: b")

    assert [term.abbreviation for term in rendered.terms] == ["Nu"]


def test_first_use_in_the_lead_goes_before_one_in_the_body() -> None:
    rendered = render(f"![Maan](/maan.jpg)\n\nPDS in de lead.\n\nPDS in de tekst.{DEFINITION}")

    assert rendered.lead == f"{LINK} in de lead."
    assert "<p>PDS in de tekst.</p>" in rendered.html


def test_terms_stand_in_the_order_of_their_first_use() -> None:
    definitions = "*[A]: a\n*[B]: b\n*[C]: c\n*[D]: d"

    rendered = render(f"C en A.\n\n- A\n- D\n\n{definitions}")

    assert [term.abbreviation for term in rendered.terms] == ["C", "A", "D"]


def test_longer_abbreviation_goes_before_one_that_it_begins_with() -> None:
    rendered = render("REM-slaap, REM en REM.\n\n*[REM]: a\n*[REM-slaap]: b")

    assert rendered.lead == (
        '<a class="term" href="#begrip-rem-slaap"><abbr title="b">REM-slaap</abbr></a>, '
        '<a class="term" href="#begrip-rem"><abbr title="a">REM</abbr></a> en REM.'
    )


def test_abbreviations_with_one_slug_have_each_their_own_place() -> None:
    rendered = render("pds, PDS en π.\n\n*[PDS]: a\n*[pds]: b\n*[π]: c")

    assert [(term.abbreviation, term.id) for term in rendered.terms] == [
        ("pds", "begrip-pds"),
        ("PDS", "begrip-pds-2"),
        ("π", "begrip-sectie"),
    ]


def test_first_of_two_definitions_counts() -> None:
    rendered = render("PDS\n\n*[PDS]: de eerste\n*[PDS]: de tweede")

    assert [term.meaning for term in rendered.terms] == ["de eerste"]
    assert "de tweede" not in rendered.lead + rendered.html


def test_definition_ends_the_paragraph_list_quote_or_table_above_it() -> None:
    for above in ("PDS", "- PDS", "> PDS", "a|b\n-|-\nPDS|c", "PDS\n*[RDS]: x"):
        rendered = render(f"---\n\n{above}\n*[PDS]: Prikkelbaredarmsyndroom\nDaarna.")

        assert LINK in rendered.html
        assert rendered.html.endswith("<p>Daarna.</p>")
        assert "*[" not in rendered.html


@pytest.mark.parametrize(
    "line",
    ["    *[PDS]: a", "```\n*[PDS]: a\n```", "*[PDS]:", "*[PDS]: \t", "*[PDS] a", "\\*[PDS]: a",
     "*[]: a", "*[ ]: a", "*[...]: a", "*[P[D]S]: a", f"*[{'P' * 101}]: a", "a *[PDS]: a"],
)  # fmt: skip
def test_what_is_no_definition_stays_as_typed(line: str) -> None:
    rendered = render(f"---\n\n{line}")

    assert rendered.terms == ()
    assert "*[" in rendered.html


def test_indented_line_below_a_quote_still_belongs_to_it() -> None:
    html = render("> a\n    *[PDS]: b").html

    assert html == "<blockquote>\n<p>a\n*[PDS]: b</p>\n</blockquote>"


def test_abbreviation_and_meaning_are_typeset_and_may_hold_what_running_text_holds() -> None:
    definition = '*[foto\'s]: "beelden", [shots]{lang=en} van *5 mm* & <b>[^1]\n\n[^1]: Bron'

    rendered = render(f"De foto's.\n\n{definition}")

    (term,) = rendered.terms
    assert term.abbreviation == "foto’s"
    assert term.meaning == (
        '“beelden”, <span lang="en">shots</span> van <em>5&nbsp;mm</em> &amp; &lt;b&gt;[^1]'
    )
    assert (
        'title="“beelden”, shots van 5&nbsp;mm &amp; &lt;b&gt;[^1]">foto’s</abbr>' in rendered.lead
    )
    assert rendered.sources == ()


def test_abbreviation_may_hold_signs_and_spaces() -> None:
    rendered = render('R&D, n.v.t., vitamine B6 en 5-HTP.\n\n*[R&D]: a\n*[n.v.t.]: b\n'
                      "*[vitamine B6]: c\n*[5-HTP]: d")  # fmt: skip

    assert [term.abbreviation for term in rendered.terms] == [
        *("R&D", "n.v.t.", "vitamine\u00a0B6", "5-HTP"),
    ]
    assert 'title="a">R&amp;D</abbr>' in rendered.lead


def test_definitions_are_no_words_to_read() -> None:
    assert render(f"Met PDS.{DEFINITION} en nog veel meer woorden").word_count == 2


def test_a_hundred_abbreviations_are_allowed_and_no_more() -> None:
    definitions = "".join(f"*[A{number}]: b\n" for number in range(100))

    assert len(render("A0 A99\n\n" + definitions).terms) == 2
    with pytest.raises(TooComplexError):
        render(definitions + "*[A100]: b")
