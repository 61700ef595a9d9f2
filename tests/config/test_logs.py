"""The log of the site says what went wrong, and nothing of what visitors gave us."""

import logging

import pytest

from config.logs import DiscreetFormatter

KEY = "Zk3v9T1q_wAe-7mXc2RbNd"


def written(message: str, *words: object) -> str:
    """A message as the log has it."""
    record = logging.LogRecord("django.request", logging.ERROR, "", 0, message, words, None)
    return DiscreetFormatter().format(record)


@pytest.mark.parametrize(
    "address", [f"/reacties/{KEY}/", f"/reacties/{KEY}/wijzigen/", f"/reacties/stoppen/{KEY}/"]
)
def test_key_in_an_address_is_cut_off(address: str) -> None:
    assert written("Internal Server Error: %s", address) == "Internal Server Error: /reacties/…"


def test_key_of_a_preview_is_cut_off() -> None:
    assert written("Gone: %s", f"/voorbeeld/{KEY}/") == "Gone: /voorbeeld/…"


def test_other_addresses_stay() -> None:
    assert written("Internal Server Error: %s", "/blog/thee/") == (
        "Internal Server Error: /blog/thee/"
    )


def test_e_mail_address_is_cut_out() -> None:
    assert written("No mail to anna@example.org today.") == "No mail to … today."


def test_row_that_the_database_quotes_is_cut_out() -> None:
    line = written("IntegrityError: no\nDETAIL:  Failing row contains (Anna, mijn geheim\nmeer).\n")

    assert "IntegrityError" in line
    assert "geheim" not in line
    assert "meer" not in line


def test_long_word_is_no_work() -> None:
    assert written("x" * 200_000) == "x" * 200_000
