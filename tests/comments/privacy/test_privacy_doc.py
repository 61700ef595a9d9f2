"""What we say about privacy is what the code does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from blog.models import Moderation, Page, SiteSettings
from comments.privacy import retention

pytestmark = pytest.mark.django_db

DOCUMENT = Path(settings.BASE_DIR, "docs", "privacy.md")

# How the privacy statement of the example site names what has a term.
IN_DUTCH = {
    "UNPLACED_COMMENT": "Een reactie die we niet plaatsen, die spam is of die je introk",
    "EARLIER_WORDING": "Een eerdere tekst van een reactie die is veranderd",
    "UNCONFIRMED_ADDRESS": "Een e-mailadres dat niemand heeft bevestigd",
    "UNUSED_ADDRESS": "Een e-mailadres waarbij geen reactie meer hoort",
    "CONFIRMED_ADDRESS": "Een e-mailadres dat je hebt bevestigd",
    "STOPPED_ADDRESS": "Een e-mailadres waarvoor je alle mail hebt gestopt",
    "LINK": "Een link die we je mailden, behalve die om mail te stoppen",
    "NETWORK_HASH": "De code van je netwerk",
    "DECIDED_REPORT": "Een melding waarover is beslist",
    "MAIL": "Dat we een mail stuurden",
}


def terms() -> dict[str, int]:
    """The days of every term in the code, by its name."""
    return {
        name: value.days for name, value in vars(retention).items() if isinstance(value, timedelta)
    }


def rows(markdown: str, *, below: str) -> Iterator[list[str]]:
    """The cells of the first table below a heading, without its head."""
    section = markdown.split(f"## {below}\n")[1]
    table = re.search(r"(?:^\|.*\n)+", section, re.MULTILINE)
    assert table
    for line in table[0].splitlines()[2:]:
        yield [cell.strip() for cell in line.strip("|").split("|")]


def days(text: str) -> int | None:
    """The number of days in a cell."""
    number = re.match(r"(\d+) (?:days?|dag(?:en)?)\b", text)
    return int(number[1]) if number else None


@pytest.fixture
def statement() -> Page:
    """The privacy statement of the example site."""
    call_command("loaddata", "magnesium", "demo", verbosity=0)
    return Page._base_manager.get(slug="privacy")


def test_document_names_every_term_of_the_code_and_no_other() -> None:
    listed = rows(DOCUMENT.read_text(encoding="utf-8"), below="Terms")

    assert {name.strip("`"): days(term) for _what, term, name in listed} == terms()


def test_statement_of_the_example_site_names_every_term_of_the_code(statement: Page) -> None:
    listed = {
        what: days(term) for what, term in rows(statement.body, below="Hoe lang we iets bewaren")
    }

    assert {name: listed[what] for name, what in IN_DUTCH.items()} == terms()
    others = {what for what, term in listed.items() if term is not None} - set(IN_DUTCH.values())
    assert others == set()


def test_statement_promises_the_moderation_that_the_example_site_has(statement: Page) -> None:
    assert "Een redacteur leest je reactie voordat die op de site komt." in statement.body
    assert SiteSettings.objects.current().moderation == Moderation.ALL


def test_statement_leads_to_the_page_where_visitors_ask_for_their_data(
    client: Client, statement: Page
) -> None:
    (address,) = re.findall(r"\((/reacties/[a-z]+/)\)", statement.body)

    assert client.get(address).status_code == 200
    assert f'href="{address}"' in client.get(statement.get_absolute_url()).content.decode()


def test_document_names_commands_that_exist() -> None:
    named = re.findall(r"`python manage\.py (\w+)", DOCUMENT.read_text(encoding="utf-8"))

    folder = Path(settings.BASE_DIR, "comments", "management", "commands")
    assert named
    assert {name for name in named if not (folder / f"{name}.py").exists()} == set()
