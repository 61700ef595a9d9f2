"""Dutch typography: what is typed, and what a reader sees."""

from __future__ import annotations

import pytest

from blog.rendering import render, typeset

# A no-break space is written as ~ below.
PRINTED = {
    "‘s avonds": "’s~avonds",
    "'s nachts": "’s~nachts",
    "`s morgens": "’s~morgens",
    "’s middags": "’s~middags",
    "'s-Hertogenbosch": "’s-Hertogenbosch",
    "'t is zo'n foto": "’t is zo’n foto",
    "zie 'm, pak 't.": "zie ’m, pak ’t.",
    "foto's en foto‘s": "foto’s en foto’s",
    "Els' boek": "Els’ boek",
    "sinds '98": "sinds ’98",
    "'10' tips": "‘10’ tips",
    '"Ja," zei ze': "“Ja,” zei ze",
    "'ja' of 'nee'": "‘ja’ of ‘nee’",
    "\"'Kom 's morgens', zei hij\"": "“‘Kom ’s~morgens’, zei hij”",
    '"\'t is laat"': "“’t is laat”",
    "(\"zo\") ['zo']": "(“zo”) [‘zo’]",
    "dit - dat -- zus": "dit – dat – zus",
    "slaap-waakritme, 5-10, a--b": "slaap-waakritme, 5-10, a--b",
    "wacht...": "wacht…",
    "wacht....": "wacht....",
    "375 mg en 2,5 µg": "375~mg en 2,5~µg",
    "4 min. of 2 uur": "4~min. of 2~uur",
    "10 % van € 5": "10~% van €~5",
    "8 magen, 5 grote": "8 magen, 5 grote",
    "17 januari 2023, in mei": "17~januari~2023, in mei",
    "vitamine B6, vitamines D3 en K2": "vitamine~B6, vitamines~D3 en K2",
    "https://a.nl/'s--... en 10.1234/'s": "https://a.nl/'s--... en 10.1234/'s",
}


@pytest.mark.parametrize("typed", PRINTED)
def test_typed_text_is_printed_in_dutch_typography(typed: str) -> None:
    assert typeset(typed) == PRINTED[typed].replace("~", "\u00a0")


@pytest.mark.parametrize("typed", PRINTED)
def test_printed_text_is_not_changed_again(typed: str) -> None:
    printed = typeset(typed)

    assert typeset(printed) == printed


def test_quotes_open_and_close_across_emphasis_links_and_lines() -> None:
    html = render('Hij zei: *"ja"*, **"[nee](/b)"** en "`code`"\n"zo".\n\nTwee').lead

    assert html == (
        'Hij zei: <em>“ja”</em>, <strong>“<a href="/b">nee</a>”</strong> en “<code>code</code>”'
        "\n“zo”."
    )


def test_numbers_stick_to_units_across_emphasis() -> None:
    assert render("*375* **mg**").lead == "<em>375</em>&nbsp;<strong>mg</strong>"


def test_code_and_what_has_a_backslash_stay_as_typed() -> None:
    assert render('`\'s "x" ...` \\"recht\\" 5\\\'').lead == (
        '<code>\'s "x" ...</code> "recht" 5\''
    )


def test_headings_captions_and_alternative_texts_are_set_as_well() -> None:
    rendered = render('## "Kop"\n\n![foto\'s](/a.jpg "\'s avonds")')

    assert rendered.sections[0].title == "“Kop”"
    assert 'alt="foto’s"' in rendered.html
    assert "<figcaption>’s&nbsp;avonds</figcaption>" in rendered.html
