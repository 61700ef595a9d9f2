"""All posts in the order in which they appeared, and the same by year and month."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect


@pytest.mark.long
def test_reader_goes_back_through_the_years_to_a_post(visitor: Page) -> None:
    main, heading = visitor.get_by_role("main"), visitor.get_by_role("heading", level=1)
    visitor.goto("/")

    for link, arrived in (
        ("Alle artikelen", "Alle artikelen"),
        ("archief", "Archief"),
        ("2024", "Artikelen uit 2024"),
        ("januari 2024", "Artikelen uit januari 2024"),
        ("Een stil uur in huis", "Een stil uur in huis"),
    ):
        main.get_by_role("link", name=link, exact=True).click()
        expect(heading).to_have_text(arrived)


@pytest.mark.long
def test_month_leads_to_the_months_beside_it_and_up_again(visitor: Page) -> None:
    heading = visitor.get_by_role("heading", level=1)
    periods = visitor.get_by_role("navigation", name="Andere periodes")
    crumbs = visitor.get_by_role("navigation", name="Kruimelpad")
    visitor.goto("/archief/2024/01/")

    periods.get_by_role("link", name="Ouder: november 2023").click()
    expect(heading).to_have_text("Artikelen uit november 2023")
    periods.get_by_role("link", name="Nieuwer: januari 2024").click()
    expect(heading).to_have_text("Artikelen uit januari 2024")
    crumbs.get_by_role("link", name="2024").click()
    expect(heading).to_have_text("Artikelen uit 2024")
    periods.get_by_role("link", name="Ouder: 2023").click()
    expect(heading).to_have_text("Artikelen uit 2023")
    crumbs.get_by_role("link", name="Archief").click()
    expect(heading).to_have_text("Archief")
