"""Mail addresses for single use."""

from __future__ import annotations

import pytest

from comments.spam.evidence import Evidence
from comments.spam.examination import weigh


@pytest.mark.parametrize(
    "email", ["joke@mailinator.com", "joke@MAILINATOR.com", "joke@post.mailinator.com"]
)
def test_disposable_address_is_found_and_alone_not_suspicious(email: str) -> None:
    verdict = weigh(Evidence(email=email))

    assert [finding.signal for finding in verdict.findings] == ["disposable_mail"]
    assert not verdict.is_suspicious


@pytest.mark.parametrize("email", ["", "joke@example.com", "joke@mijnmailinator.nl", "geen adres"])
def test_ordinary_address_says_nothing(email: str) -> None:
    assert weigh(Evidence(email=email)).findings == ()


def test_finding_does_not_tell_the_address() -> None:
    (finding,) = weigh(Evidence(email="joke@mailinator.com")).findings

    assert finding.detail == ""
