"""Corrections in the form: rows of a day, a section and a text, of which no word is lost."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from blog.admin.sittings import content_of
from blog.content import Correction
from blog.models import Page, Post, Sitting
from tests.blog.admin.desk import change_address, errors_of, form_of, send
from tests.factories import create_draft, create_user, fresh, newest, save_draft_of
from tests.instants import NOON
from tests.pages import all_with_class, form_values, parse, visible_text, with_class

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

BODY = "Lead.\n\n## Hoeveel neem je?\n\n375 mg.\n\n### 1. Nora's advies\n\nMeer."
DOSE = Correction(on=date(2026, 1, 2), text="Het is 375 mg.", section="hoeveel-neem-je")
TODAY = date(2026, 3, 2)


@pytest.fixture
def today() -> Any:
    """Time stands still."""
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def post() -> Post:
    """A draft with two headings and one correction."""
    return create_draft(body=BODY, corrections=(DOSE,))


def row(number: int, day: str = "", text: str = "", section: str = "") -> dict[str, str]:
    """What somebody types in one row."""
    first = 3 * (number - 1)
    values = enumerate([day, text, section], start=first)
    return {f"corrections_{place}": value for place, value in values}


def holds(values: dict[str, Any], typed: dict[str, str]) -> bool:
    """Whether the inputs of a form show what was typed."""
    return all(values[name] == [value] for name, value in typed.items())


@pytest.mark.parametrize("kind", [Post, Page])
def test_form_shows_what_there_is_and_one_empty_row(desk: Client, kind: type[Post]) -> None:
    post = create_draft(kind=kind, body=BODY, corrections=(DOSE,))
    address = f"/admin/blog/{post.kind}/{post.pk}/change/"

    form = form_of(desk.get(address, follow=True))

    values = form_values(form)
    assert len(all_with_class(form, "correction-row")) == 2
    assert holds(values, row(1, "2026-01-02", "Het is 375 mg.", "hoeveel-neem-je"))
    assert holds(values, row(2))
    (choices,) = [e for e in form.iter("datalist") if e.get("id") == "sections-of-text"]
    assert [(o.get("value"), o.text) for o in choices] == [
        ("hoeveel-neem-je", "Hoeveel neem je?"),
        ("noras-advies", "Nora’s advies"),
    ]


@pytest.mark.parametrize(
    "typed", ["noras-advies", "#noras-advies", "Nora's advies", " nora’s ADVIES "]
)
def test_section_is_typed_as_an_id_or_a_title(desk: Client, post: Post, typed: str) -> None:
    send(desk, change_address(post), **row(2, "2026-02-03", "Nora zei dat niet.", typed))

    added = Correction(on=date(2026, 2, 3), text="Nora zei dat niet.", section="noras-advies")
    assert newest(post).content.corrections == (DOSE, added)


def test_section_may_be_one_that_is_written_in_the_same_save(desk: Client, post: Post) -> None:
    body = BODY + "\n\n## Nieuw deel"

    send(desk, change_address(post), body=body, **row(2, "", "Dit was vergeten.", "Nieuw deel"))

    assert newest(post).content.corrections[1].section == "nieuw-deel"


def test_section_that_went_stays_with_its_correction(desk: Client, post: Post) -> None:
    send(desk, change_address(post), body="Alles is anders.")
    send(desk, change_address(post), body="En weer anders.")

    assert newest(post).number == 3
    assert newest(post).content.corrections == (DOSE,)


def test_correction_without_a_day_is_of_today_and_they_stand_in_order(
    desk: Client, post: Post
) -> None:
    changes = {**row(1, "", "Eerst."), **row(2, "2026-03-01", "Gisteren.\r\nVroeg.")}

    send(desk, change_address(post), **changes)

    assert newest(post).content.corrections == (
        Correction(on=date(2026, 3, 1), text="Gisteren.\nVroeg."),
        Correction(on=TODAY, text="Eerst."),
    )


def test_correction_goes_when_its_text_is_emptied(desk: Client, post: Post) -> None:
    send(desk, change_address(post), corrections_1=" ")

    assert newest(post).content.corrections == ()


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (row(2, "2026-03-03", "Morgen."), "Correctie 2: Deze dag moet nog komen."),
        (row(2, "31-02-2026", "Nooit."), "Correctie 2: "),
        (row(2, "", "x" * 501), "Correctie 2: Gebruik hooguit 500 tekens; dit zijn er 501."),
        (row(2, "", "Waar?", "Nergens"), "De tekst heeft geen kop “Nergens”."),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_nothing_is_lost(
    desk: Client, post: Post, typed: dict[str, str], message: str
) -> None:
    response = send(desk, change_address(post), **typed)

    (error,) = errors_of(response)["corrections"]
    assert message in error
    field = with_class(form_of(response), "field-corrections")
    assert visible_text(with_class(field, "errorlist"))
    assert holds(form_values(form_of(response)), typed)
    assert newest(post).number == 1


@pytest.mark.parametrize("day", ["2026-03-03", "overmorgen", ""])
def test_recovery_copy_keeps_a_correction_that_the_form_refuses(
    desk: Client, post: Post, day: str
) -> None:
    values = form_values(form_of(desk.get(change_address(post), follow=True)))
    typed = row(2, day, "Dit is " + "heel " * 100 + "lang.", "Nergens")

    desk.post(
        "/admin/blog/post/zitting/", values | typed | {"doing": "typing", "post": str(post.pk)}
    )

    sitting = Sitting.objects.get()
    assert typed["corrections_4"] in [note.text for note in content_of(sitting).corrections]
    again = desk.get(change_address(post), {"verder": str(sitting.key)}, follow=True)
    assert holds(form_values(form_of(again)), typed)


def test_stale_form_shows_both_and_keeps_every_row(desk: Client, post: Post) -> None:
    values = form_values(form_of(desk.get(change_address(post), follow=True)))
    save_draft_of(post, corrections=(), title="Van hen")
    typed = {**values, **row(2, "2026-02-03", "Van mij."), **row(3, "2026-02-04", "Ook.")}

    response = desk.post(change_address(post), typed | {"_save": "1"})

    assert "Van mij." in visible_text(with_class(parse(response.content), "stale"))
    assert holds(form_values(form_of(response)), row(3, "2026-02-04", "Ook."))


def test_who_may_only_look_reads_the_corrections(client: Client, post: Post) -> None:
    client.force_login(create_user(may=["view_post"]))

    page = parse(client.get(change_address(fresh(post))).content)

    shown = visible_text(with_class(page, "field-drafted_corrections"))
    assert "2 januari 2026 (#hoeveel-neem-je): Het is 375 mg." in shown
