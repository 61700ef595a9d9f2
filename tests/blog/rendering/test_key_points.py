"""`## In het kort` with a list, as the first section, is shown above the body."""

from __future__ import annotations

import pytest

from blog.rendering import render


@pytest.mark.parametrize("heading", ["## In het kort", "## IN HET KORT:", "# In het kort :",
                                     "In het kort\n---"])  # fmt: skip
def test_first_section_with_a_list_becomes_the_key_points(heading: str) -> None:
    rendered = render(f"{heading}\n- Een\n- Twee")

    assert rendered.key_points == (
        '<section class="key-points" aria-labelledby="in-het-kort">\n'
        '<h2 id="in-het-kort">In het kort</h2>\n'
        "<ul>\n<li>Een</li>\n<li>Twee</li>\n</ul>\n</section>"
    )
    assert rendered.html == ""
    assert rendered.sections == ()
    assert rendered.heading_ids == ()


@pytest.mark.parametrize(
    "text",
    [
        "## Slaap\n\n## In het kort\n\n- Een",
        "## In het kort\n\nZin.\n\n- Een",
        "## In het kort",
        "### In het kort\n\n- Een",
        "## *In het kort*\n\n- Een",
        "## In het kort[^1]\n\n- Een\n\n[^1]: Bron",
        "## In het kort en meer\n\n- Een",
        "> ## In het kort\n>\n> - Een",
    ],
)
def test_anything_else_stays_a_part_of_the_text(text: str) -> None:
    rendered = render(text)

    assert rendered.key_points == ""
    assert "In het kort" in rendered.html
    assert ("Een" in text) == ("<li>Een</li>" in rendered.html)


@pytest.mark.parametrize("before", ["Lead.\n\n", "![Maan](/maan.jpg)\n\nLead.\n\n"])
def test_paragraph_before_the_key_points_is_the_lead(before: str) -> None:
    rendered = render(f"{before}## In het kort\n\n- Een\n\nNa.\n\n## Slaap")

    assert rendered.lead == "Lead."
    assert "<p>Na.</p>" in rendered.html
    assert "Een" not in rendered.html


@pytest.mark.parametrize("before", ["", "![Maan](/maan.jpg)\n\n"])
def test_paragraph_below_key_points_that_open_the_text_is_the_lead(before: str) -> None:
    rendered = render(f"{before}## In het kort\n\n- Een\n\nLead.\n\nNa.\n\n## Slaap")

    assert rendered.lead == "Lead."
    assert "<p>Na.</p>" in rendered.html


def test_paragraph_of_the_next_section_is_no_lead() -> None:
    rendered = render("## In het kort\n\n- Een\n\n## Slaap\n\nNa.")

    assert rendered.lead == ""


def test_citations_and_terms_go_by_the_order_in_which_readers_meet_them() -> None:
    text = "## In het kort\n- PDS[^punt]\n\nGABA en PDS[^lead]\n\n## Slaap\n\n"
    definitions = "*[PDS]: a\n*[GABA]: b\n\n[^punt]: Punt\n[^lead]: Lead"

    rendered = render(text + definitions)

    assert [source.html for source in rendered.sources] == ["Lead", "Punt"]
    assert [term.abbreviation for term in rendered.terms] == ["GABA", "PDS"]
    assert 'class="term"' not in rendered.key_points


def test_conventions_hold_inside_key_points() -> None:
    text = '## In het kort\n- "5 mg" [for sleep]{lang=en}\n\n  > **Let op** Pas op.\n\n## Let op'

    rendered = render(text)

    assert '“5&nbsp;mg” <span lang="en">for sleep</span>' in rendered.key_points
    assert 'id="let-op-2">Let op</p>' in rendered.key_points
    assert rendered.heading_ids == ("let-op",)


def test_table_in_or_below_key_points_stays_where_it_stands() -> None:
    table = "a|b\n-|-\n{}|c"
    inside = table.format("binnen").replace("\n", "\n  ")

    rendered = render(
        f"## In het kort\n- Punt\n\n  {inside}\n\n{table.format('buiten')}\n\nNa.\n\n## Kop"
    )

    assert "<td>binnen</td>" in rendered.key_points
    assert rendered.key_points.endswith("</ul>\n</section>")
    assert "<td>buiten</td>" in rendered.html
    assert "<p>Na.</p>" in rendered.html


def test_words_of_key_points_count() -> None:
    assert render("## In het kort\n- Een twee\n\nDrie.").word_count == 6
