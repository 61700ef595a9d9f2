"""Words, domains and networks that editors put on a list."""

from __future__ import annotations

import pytest

from comments.models import SpamTerm
from comments.spam import Arrival, Verdict, examine, in_words
from tests.factories import create_comment

pytestmark = pytest.mark.django_db


def put_on_list(value: str, *, kind: str = "word", effect: str = "hold") -> SpamTerm:
    """An entry of a list."""
    return SpamTerm.objects.create(kind=kind, value=value, effect=effect)


def judged(text: str = "Een tekst.", *, network: str = "", **known: str) -> Verdict:
    """The verdict about a comment."""
    known.setdefault("name", "Joke")
    return examine(text=text, arrival=Arrival(network=network), **known)  # type: ignore[arg-type]


def hits_of(verdict: Verdict) -> list[tuple[str, str]]:
    """The entries of the lists that a verdict names."""
    return [(f.signal, f.detail) for f in verdict.findings if f.signal.startswith("listed")]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("viagra", "Koop VIAGRA!"),
        ("Viagra", "koop viágra"),
        ("viagra", "koop vi\u00adagra"),
        ("viagra", "koop viаgrа"),
        ("viagra", "koop ｖｉａｇｒａ"),
        ("zonder  recept", "Pillen, zónder\nrecept."),
        ("foto’s", "Kijk naar mijn foto's"),
        ("виагра", "купи Виагра"),
    ],
)
def test_word_or_phrase_is_found_whatever_its_form(value: str, text: str) -> None:
    put_on_list(value)

    verdict = judged(text)

    assert hits_of(verdict) == [("listed_word", value)]
    assert verdict.is_suspicious


@pytest.mark.parametrize("text", ["Specialist", "Cialissen", "ci alis", "recept zonder"])
def test_part_of_a_word_is_no_hit(text: str) -> None:
    put_on_list("cialis")
    put_on_list("zonder recept")

    assert hits_of(judged(text)) == []


def test_name_is_read_too_but_no_phrase_runs_on_into_it() -> None:
    put_on_list("casino")
    put_on_list("einde joke")

    assert hits_of(judged("Mooi", name="Casino Royale")) == [("listed_word", "casino")]
    assert hits_of(judged("Dit is het einde", name="Joke")) == []


@pytest.mark.parametrize(
    "text",
    [
        "zie https://www.pillen.example.com/x",
        "zie http://PILLEN.example.com",
        "zie winkel.pillen.example.com",
        "zie pillen[.]example[.]com",
        "mail naar info@pillen.example.com",
    ],
)
def test_domain_is_found_with_all_that_lies_below_it(text: str) -> None:
    put_on_list("pillen.example.com", kind="domain")

    assert hits_of(judged(text)) == [("listed_domain", "pillen.example.com")]


@pytest.mark.parametrize("text", ["zie https://example.com", "zie mijnpillen.example.com"])
def test_neighbour_of_a_domain_is_no_hit(text: str) -> None:
    put_on_list("pillen.example.com", kind="domain")

    assert hits_of(judged(text)) == []


def test_domain_of_the_mail_address_is_found_and_not_named() -> None:
    put_on_list("pillen.example.com", kind="domain")

    verdict = judged(email="piet@post.pillen.example.com")

    assert hits_of(verdict) == [("listed_mail", "")]


@pytest.mark.parametrize(
    ("value", "network"),
    [
        ("192.0.2.0/24", "192.0.2.0/24"),
        ("192.0.0.0/16", "192.0.2.0/24"),
        ("2001:db8::/32", "2001:db8:1::/48"),
    ],
)
def test_network_is_found_and_not_named(value: str, network: str) -> None:
    put_on_list(value, kind="network")

    assert hits_of(judged(network=network)) == [("listed_network", "")]


@pytest.mark.parametrize("network", ["", "198.51.100.0/24", "2001:db8:1::/48"])
def test_other_networks_are_no_hit(network: str) -> None:
    put_on_list("192.0.2.0/24", kind="network")

    assert hits_of(judged(network=network)) == []


@pytest.mark.parametrize("kind", ["word", "domain", "network"])
@pytest.mark.parametrize("value", ["", "!!!", "999.0.2.0/24", "192.0.2.0/99", "\ud7ff.." * 20])
def test_entry_that_means_nothing_hits_nothing(kind: str, value: str) -> None:
    put_on_list(value, kind=kind)

    verdict = judged("!!! https://a.example .", network="192.0.2.0/24", email="a@b.example")

    assert hits_of(verdict) == []


def test_two_entries_that_hold_are_both_named_and_are_no_spam() -> None:
    put_on_list("casino")
    put_on_list("roulette")
    put_on_list("192.0.2.0/24", kind="network")

    verdict = judged("Casino en roulette", network="192.0.2.0/24")

    assert len(hits_of(verdict)) == 3
    assert sum(f.weight for f in verdict.findings if f.signal.startswith("listed")) == 1.5


def test_entry_that_files_as_spam_does_so_among_those_that_hold() -> None:
    put_on_list("casino")
    put_on_list("roulette", effect="spam")

    verdict = judged("Roulette in het casino, ik vond het maar niks en ben naar huis gegaan.")

    assert verdict.is_spam
    assert "Op de woordenlijst: roulette" in in_words(f.as_json() for f in verdict.findings)


def test_hit_is_counted_with_its_moment(django_capture_on_commit_callbacks: object) -> None:
    hit, other = put_on_list("casino"), put_on_list("roulette")

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        judged("Casino, casino!")
        judged("Weer een casino")

    hit.refresh_from_db()
    other.refresh_from_db()
    assert (hit.hits, other.hits) == (2, 0)
    assert hit.last_hit_at is not None
    assert other.last_hit_at is None


@pytest.mark.django_db(transaction=True)
def test_comment_that_hits_a_list_counts_once_it_is_kept() -> None:
    term = put_on_list("casino")

    comment = create_comment(text="Op naar het casino", status="pending")

    term.refresh_from_db()
    assert term.hits == 1
    assert comment.spam_findings[0]["signal"] == "listed_word"
