"""What the links in a comment say."""

from __future__ import annotations

import pytest

from comments.spam import Finding
from comments.spam.evidence import Evidence
from comments.spam.examination import weigh


def findings(**known: object) -> dict[str, Finding]:
    """What is found about a comment, by signal."""
    return {finding.signal: finding for finding in weigh(Evidence(**known)).findings}  # type: ignore[arg-type]


def test_one_link_is_not_suspicious_and_three_are() -> None:
    one = Evidence(text="https://a.example")
    three = Evidence(text="https://a.example https://b.example https://c.example")

    assert not weigh(one).is_suspicious
    assert weigh(three).is_suspicious
    assert findings(text=three.text)["links"].detail == "a.example b.example c.example"


def test_many_links_alone_are_no_spam() -> None:
    verdict = weigh(Evidence(text="https://a.example " * 50))

    assert verdict.is_suspicious
    assert not verdict.is_spam


def test_link_to_this_site_says_nothing() -> None:
    assert (
        findings(text="zie https://www.rustpunt.example/blog/", own_domain="rustpunt.example") == {}
    )


def test_disguised_link_is_suspicious() -> None:
    assert set(findings(text="hxxps://pillen.example")) == {"links", "disguised_link"}
    assert weigh(Evidence(text="pillen[.]example[.]com")).is_suspicious


@pytest.mark.parametrize("text", ["[URL=x]y[/URL]", '<A HREF="x">y</a>', "[link=x]y[/link]"])
def test_markup_of_links_is_suspicious(text: str) -> None:
    assert "link_markup" in findings(text=text)
    assert weigh(Evidence(text=text)).is_suspicious


def test_link_in_the_name_is_suspicious() -> None:
    assert "link_in_name" in findings(name="Goedkope pillen www.a.example")
    assert weigh(Evidence(name="a.example.com")).is_suspicious
