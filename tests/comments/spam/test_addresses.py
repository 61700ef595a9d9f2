"""Links and mail addresses are found in a text, however they are written."""

from __future__ import annotations

import pytest

from comments.spam.addresses import linked_domains, mail_domains, undisguised, without_addresses


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("Zie https://www.example.com/pad?x=1#y.", "example.com"),
        ("HTTP://EXAMPLE.COM", "example.com"),
        ("kijk op www.pillen.example eens", "pillen.example"),
        ("kijk op example.com, daar staat het", "example.com"),
        ("(example.nl/pad)", "example.nl"),
        ("[url=https://a.example]x[/url]", "a.example"),
        ('<a href="https://a.example/b">x</a>', "a.example"),
        ("http://naam:wachtwoord@a.example:8080/", "a.example"),
        ("https://münchen.example", "xn--mnchen-3ya.example"),
        ("http://192.0.2.7/x", "192.0.2.7"),
    ],
)
def test_link_leads_to_its_domain(text: str, domain: str) -> None:
    assert linked_domains(text) == [domain]


@pytest.mark.parametrize(
    "text",
    [
        "Ik sliep slecht.Maar nu gaat het.",
        "Heerlijk geslapen.Top artikel",
        "Dat is fijn.de rest komt nog, het is goed.nu verder",
        "om 12.30 uur, voor 3.50 en bijv.dit",
        "mail mij op joke@example.com",
        "http:// en https://...",
        "Einde zin (punt). Op dat punt nl. was het een punt net als toen",
    ],
)
def test_ordinary_text_holds_no_link(text: str) -> None:
    assert linked_domains(undisguised(text)) == []


def test_domain_in_capitals_is_a_link() -> None:
    assert linked_domains("KIJK OP EXAMPLE.COM") == ["example.com"]


@pytest.mark.parametrize(
    "text",
    [
        "hxxps://pillen.example/x",
        "pillen[.]example.com",
        "pillen(.)example(.)com",
        "pillen [dot] example [punt] com",
        "example dot com",
        "example punt com",
    ],
)
def test_disguised_link_is_a_link(text: str) -> None:
    assert len(linked_domains(undisguised(text))) == 1
    assert linked_domains(text) != linked_domains(undisguised(text))


def test_every_link_counts_and_what_stands_in_another_does_not() -> None:
    text = "https://a.example https://a.example/x https://b.example/?naar=https://c.example"

    assert linked_domains(text) == ["a.example", "a.example", "b.example"]


def test_words_stay_when_links_and_addresses_are_taken_out() -> None:
    text = "Dag @Ria, zie www.a.example of mail joke@b.example voor meer.Top stuk"

    assert without_addresses(text) == "Dag @Ria, zie of mail voor meer.Top stuk"


def test_no_domain_is_longer_than_one_can_be() -> None:
    (domain,) = linked_domains(f"http://{'a.' * 500}example")

    assert len(domain) == 253


def test_mail_address_leads_to_its_domain() -> None:
    assert mail_domains("mail Joke@Post.Example.com of @ria") == ["post.example.com"]
