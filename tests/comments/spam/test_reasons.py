"""What the filter found, in words."""

from __future__ import annotations

import inspect
import re

import pytest

from comments.spam import in_words
from comments.spam.examination import SIGNALS
from comments.spam.reasons import SENTENCES


def test_every_signal_has_its_sentence() -> None:
    modules = {inspect.getmodule(signal) for signal in SIGNALS}
    code = "".join(inspect.getsource(module) for module in modules if module)
    names = set(re.findall(r'Finding\(\s*"(\w+)"', code))
    names |= {f"listed_{where}" for where in ("word", "domain", "mail", "network")}

    assert names - {"links"} == set(SENTENCES)


@pytest.mark.parametrize(
    ("finding", "sentence"),
    [
        ({"signal": "links", "detail": "a.example"}, "1 link: a.example"),
        ({"signal": "links", "detail": "a.nl b.nl a.nl"}, "3 links: a.nl, b.nl"),
        ({"signal": "links", "detail": "a.nl b.nl c.nl d.nl"}, "4 links: a.nl, b.nl, c.nl, …"),
        ({"signal": "same_text", "detail": ""}, "Zelfde tekst elders"),
        ({"signal": "listed_word", "detail": "viagra"}, "Op de woordenlijst: viagra"),
        ({"signal": "listed_network", "detail": ""}, "Op de netwerkenlijst"),
        (
            {"signal": "like_spam", "detail": "100% <b>"},
            "De woorden lijken op die van spam: 100% <b>",
        ),
    ],
)
def test_finding_is_a_sentence(finding: dict[str, str], sentence: str) -> None:
    assert in_words([{"weight": 1.0, **finding}]) == [sentence]


@pytest.mark.parametrize("finding", [{}, {"signal": "moon"}, {"signal": None, "detail": 7}])
def test_finding_of_another_version_is_no_error(finding: dict[str, object]) -> None:
    (sentence,) = in_words([finding])

    assert sentence.startswith("Ander teken")


def test_no_findings_are_no_reasons() -> None:
    assert in_words([]) == []
