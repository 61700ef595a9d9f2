"""A list of redirects from a spreadsheet: looked through first, and then kept."""

from __future__ import annotations

import time

import pytest

from blog.models import Redirect
from blog.redirect_import import (
    MOST_LINES,
    Outcome,
    UnreadableError,
    import_redirects,
    look_through,
)
from tests.factories import create_page, create_post

pytestmark = pytest.mark.django_db


def outcomes(text: str) -> list[tuple[int, str, str, str]]:
    """What becomes of each line."""
    return [
        (line.number, line.old, line.new, line.outcome.value) for line in look_through(text).lines
    ]


def targets() -> dict[str, str]:
    """Every redirect as it is kept."""
    return dict(Redirect.objects.values_list("path", "target"))


LISTS = {
    "commas": "/a/,/b/\n/c/,/d/\n",
    "semicolons": "/a/;/b/\r\n/c/;/d/\r\n",
    "tabs": "/a/\t/b/\n/c/\t/d/",
    "quotes": '"/a/","/b/"\n"/c/","/d/"',
    "a mark": "\ufeff/a/,/b/\n/c/,/d/",
    "a heading, a mark and empty cells": "\ufeffoud;nieuw;\n\n/a/;/b/;\n;;\n /c/ ; /d/ ;;",
    "old line ends": "/a/,/b/\r/c/,/d/",
}


@pytest.mark.parametrize("text", LISTS.values(), ids=LISTS)
def test_list_is_read_as_spreadsheets_write_it(text: str) -> None:
    import_redirects(text)

    assert targets() == {"/a": "/b/", "/c": "/d/"}


def test_each_line_says_what_becomes_of_it_and_nothing_is_kept() -> None:
    create_page(slug="over-ons")
    Redirect.objects.create(path="/kept", target="/x/")
    Redirect.objects.create(path="/other", target="/x/")
    text = """Oud adres,Nieuw adres
/new/,https://example.org/
/kept/,/x/
/other/,/y/
/over-ons/,/y/
=1+1,/y/
/a/,javascript:alert(1)
/alone/
/round/,/round/
/new,https://example.org/
/new,/y/
"""

    assert outcomes(text) == [
        (2, "/new", "https://example.org/", "added"),
        (3, "/kept", "/x/", "same"),
        (4, "/other", "/y/", "changed"),
        (5, "/over-ons/", "/y/", "refused"),
        (6, "=1+1", "/y/", "refused"),
        (7, "/a/", "javascript:alert(1)", "refused"),
        (8, "/alone/", "", "refused"),
        (9, "/round/", "/round/", "refused"),
        (10, "/new", "https://example.org/", "same"),
        (11, "/new", "/y/", "refused"),
    ]
    remarks = {line.number: line.remark for line in look_through(text).lines}
    assert remarks[2] == ""
    assert "/x/" in remarks[4]
    assert "2" in remarks[11]
    assert all(remarks[number] for number in range(5, 10))
    assert targets() == {"/kept": "/x/", "/other": "/x/"}


def test_same_list_twice_changes_nothing() -> None:
    text = "/a/,/b/\n/b/,/c/\n/d,https://example.org/"
    import_redirects(text)
    before = list(Redirect.objects.values())

    found = import_redirects(text)

    assert not found.changes_something
    assert list(Redirect.objects.values()) == before


def test_lines_that_lead_to_each_other_become_one_step_and_none_a_circle() -> None:
    found = look_through("/a/,/b/\n/b/,/c/\n/c/,/a/\n/c/,/d/")

    assert [line.outcome for line in found.lines] == [
        *(Outcome.ADDED, Outcome.ADDED, Outcome.REFUSED, Outcome.ADDED)
    ]
    assert [line.new for line in found.lines] == ["/d/", "/d/", "/a/", "/d/"]


def test_line_that_leads_to_nothing_says_so() -> None:
    create_post(slug="levend")

    (page, nothing, elsewhere) = look_through(
        "/a/,/blog/levend/\n/b/,/blog/nergens/\n/c/,https://example.org/"
    ).lines

    assert (page.remark, elsewhere.remark) == ("", "")
    assert nothing.remark
    assert nothing.outcome is Outcome.ADDED


UNREADABLE = {
    "nothing": "",
    "spaces": " \n\n",
    "headings alone": "oud,nieuw",
    "too many lines": "/a/,/b/\n" * (MOST_LINES + 1),
    "a cell without an end": '/a/,"' + "x" * 200_000,
}


@pytest.mark.parametrize("text", UNREADABLE.values(), ids=UNREADABLE)
def test_list_that_cannot_be_read_says_why(text: str) -> None:
    with pytest.raises(UnreadableError):
        import_redirects(text)
    assert targets() == {}


def test_long_list_takes_little_time() -> None:
    posts = [create_post() for _number in range(5)]
    lines = [f"/oud-{number}/;/blog/{posts[number % 5].slug}/" for number in range(MOST_LINES)]

    started = time.process_time()
    found = import_redirects("\n".join(lines))

    assert time.process_time() - started < 3
    assert found.count(Outcome.ADDED) == MOST_LINES == Redirect.objects.count()
