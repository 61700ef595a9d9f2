"""Two texts as they were typed, line by line."""

from __future__ import annotations

from blog.diff import Effort, compare_sources


def test_lines_are_marked_and_what_is_far_is_folded() -> None:
    before = "\n".join(["# Slaap", "", "Eén.", "Twee.", "Drie.", "Vier is wat je neemt.", "Vijf."])
    after = before.replace("Vier is", "Acht is") + "\nZes."

    folded, shown = compare_sources(before, after, Effort())

    assert (folded.is_far, shown.is_far) == (True, False)
    assert [line.pieces[0].text for line in folded.lines] == ["# Slaap", "", "Eén."]
    assert [line.kind for line in shown.lines] == ["same", "same", "changed", "same", "new"]
    assert [(piece.kind, piece.text) for piece in shown.lines[2].pieces] == [
        ("gone", "Vier"),
        ("new", "Acht"),
        ("same", " is wat je neemt."),
    ]


def test_both_sources_are_there_byte_for_byte() -> None:
    before, after = "  Een \n\ntwee\t\n", "\n  Een\n\ntwee\t"
    (stretch,) = compare_sources(before, after, Effort())

    for left_out, kind, expected in (("new", "gone", before), ("gone", "new", after)):
        lines = [line for line in stretch.lines if line.kind != left_out]
        text = "\n".join(
            "".join(piece.text for piece in line.pieces if piece.kind in ("same", kind))
            for line in lines
        )
        assert text == expected
