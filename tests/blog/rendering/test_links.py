"""Links to own content follow what the caller knows."""

from __future__ import annotations

import pytest

from blog.rendering import Known, Target, TooComplexError, references_in, render

KNOWN = Known(
    {
        "author:mirjam": Target("/auteurs/mirjam/", public=True),
        "post:open": Target("/blog/nieuw/", public=True),
        "post:concept": Target("/blog/concept/", public=False),
        "image:maan": Target("/media/maan.jpg", public=True),
    }
)


def test_reference_to_a_public_target_becomes_its_address() -> None:
    assert render("[tekst](post:open)", known=KNOWN).lead == '<a href="/blog/nieuw/">tekst</a>'


def test_reference_to_what_is_not_public_or_missing_is_only_text() -> None:
    html = render("[een](post:concept) *[twee](post:weg)* ![drie](image:weg)", known=KNOWN).lead

    assert html == "een <em>twee</em> drie"


def test_unknown_picture_without_a_description_leaves_nothing_behind() -> None:
    assert render("Voor ![](image:weg) na", known=KNOWN).lead == "Voor  na"


def test_fragment_of_a_reference_is_kept() -> None:
    text = "[a](post:open#kop-1) [b](author:mirjam#artikelen) [c](post:open#) [d](post:concept#kop)"

    assert render(text, known=KNOWN).lead == (
        '<a href="/blog/nieuw/#kop-1">a</a> <a href="/auteurs/mirjam/#artikelen">b</a> '
        '<a href="/blog/nieuw/">c</a> d'
    )


def test_plain_address_of_a_post_follows_its_slug() -> None:
    text = "[a](/blog/open/) [b](/blog/open/#kop) [c](/blog/concept/) [d](/blog/concept/#kop)"

    assert render(text, known=KNOWN).lead == (
        '<a href="/blog/nieuw/">a</a> <a href="/blog/nieuw/#kop">b</a> c d'
    )


@pytest.mark.parametrize(
    "address",
    ["/blog/elders/", "/blog/elders/#kop", "/blog/", "/blog/open/reageren/", "/blog/open",
     "/blog/open/?op=1", "/auteurs/mirjam/", "/over-ons/", "#kop", "https://example.org/blog/open/"],
)  # fmt: skip
def test_any_other_address_stays_as_typed(address: str) -> None:
    assert render(f"[a]({address})", known=KNOWN).lead == f'<a href="{address}">a</a>'


@pytest.mark.parametrize(
    "address",
    ["post:", "post:#kop", "post:op en", "post:../../admin", "post://example.org", "post:é",
     "post:open?x=1", f"post:{'a' * 101}", "POST:open", "author:weg#kop", "image:weg#kop"],
)  # fmt: skip
def test_reference_that_means_nothing_is_only_text(address: str) -> None:
    assert render(f"[tekst](<{address}>) ![beeld](<{address}>)", known=KNOWN).lead == "tekst beeld"


@pytest.mark.parametrize(
    ("fragment", "written"),
    [
        (
            "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;",
            "%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
        ),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("//example.org", "//example.org"),
        ("a#b", "a#b"),
        ("a b", "a%20b"),
        ("&quot; onclick=x", "%22%20onclick=x"),
    ],
)
def test_hostile_fragment_stays_a_fragment(fragment: str, written: str) -> None:
    for address in ("post:open", "/blog/open/"):
        html = render(f"[a](<{address}#{fragment}>)", known=KNOWN).lead

        assert html == f'<a href="/blog/nieuw/#{written}">a</a>'


def test_references_are_named_once_in_the_order_of_the_text() -> None:
    text = (
        "[a](post:weg#kop) [b](post:open) ![c](image:maan) [d](/blog/weg/) [e](/blog/) [f](post:é)"
    )
    definitions = (
        "\n\n[^1] [f][r]\n\n[^1]: [g](author:mirjam)\n\n[r]: post:laatste"
        "\n*[PDS]: [h](/blog/darm/#kop)"
    )

    assert references_in(text + definitions) == (
        *("post:weg", "post:open", "image:maan", "post:laatste", "author:mirjam", "post:darm"),
    )


def test_rendering_names_the_same_references_whatever_is_known() -> None:
    text = "[a](post:open#kop) [b](/blog/concept/) [c](author:weg)"

    assert render(text).references == references_in(text)
    assert render(text, known=KNOWN).references == references_in(text)


def test_text_that_is_too_complex_has_no_references_to_name() -> None:
    with pytest.raises(TooComplexError):
        references_in("[" * 20_001)


def test_picture_of_our_own_is_loaded_and_one_from_elsewhere_is_a_link() -> None:
    own = render("![Maan](image:maan)", known=KNOWN).html
    foreign = render("![Maan](https://example.org/maan.jpg)").lead

    assert '<img src="/media/maan.jpg" alt="Maan" loading="lazy">' in own
    assert foreign == '<a href="https://example.org/maan.jpg">Maan</a>'
