"""Links to own content follow what the caller knows."""

from __future__ import annotations

from blog.rendering import Known, Target, render

KNOWN = Known(
    {
        "post:open": Target("/blog/open/", public=True),
        "post:concept": Target("/blog/concept/", public=False),
        "image:maan": Target("/media/maan.jpg", public=True),
    }
)


def test_reference_to_a_public_target_becomes_its_address() -> None:
    assert render("[tekst](post:open)", known=KNOWN).lead == '<a href="/blog/open/">tekst</a>'


def test_reference_to_what_is_not_public_or_missing_is_only_text() -> None:
    html = render("[een](post:concept) *[twee](post:weg)* ![drie](image:weg)", known=KNOWN).lead

    assert html == "een <em>twee</em> drie"


def test_references_are_named_once_in_the_order_of_the_text() -> None:
    text = "[a](post:weg) [b](post:open) ![c](image:maan) [d](post:weg) [e](/blog/)\n\n[^1] [f][r]"
    definitions = "\n\n[^1]: [g](author:mirjam)\n\n[r]: post:laatste"

    assert render(text + definitions, known=KNOWN).references == (
        *("post:weg", "post:open", "image:maan", "post:laatste", "author:mirjam"),
    )


def test_picture_of_our_own_is_loaded_and_one_from_elsewhere_is_a_link() -> None:
    own = render("![Maan](image:maan)", known=KNOWN).html
    foreign = render("![Maan](https://example.org/maan.jpg)").lead

    assert '<img src="/media/maan.jpg" alt="Maan" loading="lazy">' in own
    assert foreign == '<a href="https://example.org/maan.jpg">Maan</a>'
