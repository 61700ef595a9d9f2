"""Links that somebody earns from say so to search engines, and no other link does."""

from __future__ import annotations

import re

import pytest

from blog.rendering import Known, is_affiliate_link, is_shop_link, render
from blog.rendering.sanitizer import sanitize

SHOPS = frozenset({"winkel.example.nl"})
TEXT = """Zie [de winkel](https://winkel.example.nl/thee), [de maker](https://maker.example.com/)
en [over ons](/over-ons/), [elders hier](https://www.example.org/blog/), <mailto:a@example.nl>.[^1]

PDS ![foto](https://foto.example.com/a.jpg)

*[PDS]: een [darm](https://darm.example.com/)

[^1]: Boek. <https://boek.example.com/>, https://winkel.example.nl/boek
"""


def sponsored(text: str, known: Known) -> set[str]:
    """The addresses on the page of a text that are marked."""
    rendered = render(text, known=known)
    page = [rendered.lead, rendered.html, *(source.html for source in rendered.sources)]
    page += [term.meaning for term in rendered.terms]
    links = re.findall(r"<a[^>]*>", "".join(page))
    return {re.findall(r'href="([^"]*)"', link)[0] for link in links if 'rel="sponsored"' in link}


@pytest.mark.parametrize(
    "address",
    [
        "https://www.awin1.com/cread.php?id=1",
        "https://AWIN1.com",
        "https:/tc.tradetracker.net/?c=1",
        "http://lt45.net./c/",
        "https://partner.bol.com/click/click?p=1",
        "https://amzn.to/3",
        "https://www.amazon.nl/dp/1?th=1&tag=rustpunt-21",
        "https://amazon.co.uk/dp/1?tag=rustpunt-21#top",
    ],
)
def test_affiliate_link_is_known_by_its_network(address: str) -> None:
    assert is_affiliate_link(address)


@pytest.mark.parametrize(
    "address",
    [
        "https://www.bol.com/nl/p/1",
        "https://notawin1.com/",
        "https://awin1.com.example.nl/",
        "https://example.nl/?to=https://awin1.com",
        "https://www.amazon.nl/dp/1?tag=",
        "https://www.amazon.example.nl/dp/1?tag=x",
        "/awin1.com",
        "mailto:x@awin1.com",
        "https://[1",
    ],
)
def test_link_elsewhere_is_no_affiliate_link(address: str) -> None:
    assert not is_affiliate_link(address)


def test_shop_link_leads_to_the_shop_or_below_it() -> None:
    assert is_shop_link("https://winkel.example.nl/thee", SHOPS)
    assert is_shop_link("https://user@nl.WINKEL.example.nl:443", SHOPS)
    assert is_shop_link("https://%77inkel%E3%80%82example.nl", SHOPS)
    assert is_shop_link("https://%EF%BD%97inkel.example.nl", SHOPS)
    assert not is_shop_link("https://example.nl/", SHOPS)
    assert not is_shop_link("https://mijnwinkel.example.nl/", SHOPS)
    assert not is_shop_link("/winkel.example.nl", SHOPS)


def test_links_to_the_shop_are_marked_wherever_they_stand() -> None:
    assert sponsored(TEXT, Known(shop_hosts=SHOPS)) == {
        "https://winkel.example.nl/thee",
        "https://winkel.example.nl/boek",
    }


def test_paid_text_marks_every_link_to_another_site_but_those_of_its_sources() -> None:
    assert sponsored(TEXT, Known(paid=True, own_host="www.example.org")) == {
        "https://winkel.example.nl/thee",
        "https://maker.example.com/",
        "https://foto.example.com/a.jpg",
        "https://darm.example.com/",
    }


def test_affiliate_link_is_marked_in_any_text() -> None:
    assert sponsored("[Thee](https://amzn.to/3)", Known()) == {"https://amzn.to/3"}


def test_sanitizer_lets_through_no_other_relation() -> None:
    html = sanitize('<a href="/" rel="opener">a</a><a href="/" rel="sponsored me">b</a>')

    assert html == '<a href="/">a</a><a href="/">b</a>'
