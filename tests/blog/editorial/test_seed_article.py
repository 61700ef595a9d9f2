"""The first article is the hard case: the checks find what is there, and nothing else."""

from __future__ import annotations

import json
import re
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

from django.conf import settings

from blog.content import PostContent
from blog.editorial import Finding, Known, Manuscript, Severity, findings, readability

FIXTURE = Path(settings.BASE_DIR, "fixtures", "magnesium.json")
KNOWN = Known(today=date(2026, 11, 23))


def article() -> PostContent:
    """The content of the fixture's one revision."""
    rows = json.loads(FIXTURE.read_text(encoding="utf-8"))
    (revision,) = [row for row in rows if row["model"] == "blog.revision"]
    return PostContent.from_json(revision["fields"]["snapshot"])


def told(found: list[Finding]) -> list[tuple[str, str]]:
    """What each finding is, and the words to which it leads."""
    return [(finding.check, finding.place.words) for finding in found]


def test_article_has_these_findings_and_no_others() -> None:
    content = article()

    found = findings(content, KNOWN)

    assert sorted(told(found)) == sorted(
        [
            ("title_length", content.title),
            ("bare_mark", "[1]"),
            ("opening_quote", "‘s avonds"),
            ("opening_quote", "‘s ochtends"),
            ("opening_quote", "‘s nachts"),
            ("unsourced_study", "Onderzoek lijkt erop te wijzen"),
            ("own_product", "Ons magnesium supplement"),
            ("own_product", "ons natuurlijke slaapmiddel"),
            ("product_praise", "verkozen"),
            ("medicinal_word", "ons natuurlijke slaapmiddel"),
            ("medicinal_word", "Dit slaapmiddel"),
            *(told(only("long_sentence", found))),
            *(told(only("health_claim", found))),
        ]
    )
    assert [words[:25] for _check, words in told(only("long_sentence", found))] == [
        "Dit mineraal is namelijk ",
        "Wel lijkt er bewijs te zi",
    ]
    assert {re.findall("“(.+?)”", claim.reason)[0] for claim in only("health_claim", found)} == {
        *("slaap", "stress", "GABA", "melatonine", "rusteloze benen"),
    }


def test_nothing_in_the_article_keeps_it_from_being_live() -> None:
    found = findings(article(), KNOWN)

    assert {finding.severity for finding in found} == {Severity.WARNING}


def test_undefined_footnote_is_an_error_where_a_bare_mark_is_not() -> None:
    content = article()

    found = findings(replace(content, body=content.body.replace("[1]", "[^1]")), KNOWN)

    assert told([finding for finding in found if finding.severity == Severity.ERROR]) == [
        ("undefined_source", "[^1]")
    ]


def test_without_section_four_numbering_and_title_are_both_found() -> None:
    content = article()
    start, end = content.body.index("### 4."), content.body.index("### 5.")

    found = findings(replace(content, body=content.body[:start] + content.body[end:]), KNOWN)

    assert ("title_count", "5 voordelen") in told(found)
    assert ("numbering", "### 5. Magnesium voor rusteloze benen") in told(found)


def test_claims_are_held_against_the_list_only_where_something_is_sold() -> None:
    found = findings(replace(article(), discloses_own_products=False), KNOWN)

    assert not {"health_claim", "medicinal_word"} & {finding.check for finding in found}


def test_claim_is_told_with_the_wordings_that_are_on_the_list() -> None:
    claims = only("health_claim", findings(article(), KNOWN))

    assert all("Magnesium draagt bij tot de elektrolytenbalans" in c.instead for c in claims)
    assert not any("illegal" in claim.reason + claim.hint for claim in claims)


def test_every_finding_leads_to_its_words() -> None:
    content = article()

    for finding in findings(content, KNOWN):
        place = finding.place

        assert getattr(content, place.field)[place.start : place.end] == place.words


def test_all_checks_take_less_than_fifty_milliseconds() -> None:
    content = article()
    findings(content, KNOWN)

    # The best of many: noise only lengthens.
    times = []
    for _attempt in range(10):
        start = time.process_time()
        findings(content, KNOWN)
        times.append(time.process_time() - start)

    assert min(times) < 0.05


def test_readability_is_that_of_plain_dutch() -> None:
    read = readability(Manuscript(article()))

    # Another implementation of the same formula gives 56.9.
    assert read
    assert 54 <= read.score <= 59
    assert len(read.hardest) == 5


def only(check: str, found: list[Finding]) -> list[Finding]:
    """What one check found."""
    return [finding for finding in found if finding.check == check]
