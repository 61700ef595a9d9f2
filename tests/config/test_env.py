"""The readers of the environment: a wrong value stops the start and is called by its name."""

from __future__ import annotations

import ipaddress
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.env import (
    MailServer,
    default_sender,
    env_bool,
    env_folder,
    env_mail_address,
    env_mail_server,
    env_networks,
    env_site_url,
    env_text,
    is_loopback,
)

NAME = "LEESTAFEL_TEST"


@pytest.mark.parametrize(
    ("value", "expected"),
    [("1", True), ("true", True), ("Yes", True), (" ON ", True), ("0", False), ("off", False),
     ("", False), ("No", False)],
)  # fmt: skip
def test_yes_and_no_have_several_spellings(
    monkeypatch: pytest.MonkeyPatch, value: str, expected: bool
) -> None:
    monkeypatch.setenv(NAME, value)

    assert env_bool(NAME) is expected


@pytest.mark.parametrize("default", [True, False])
def test_unset_yes_or_no_has_its_default(default: bool) -> None:
    assert env_bool(NAME, default=default) is default


@pytest.mark.parametrize("value", ["ja", "2", "maybe", "truee"])
def test_other_word_for_yes_or_no_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv(NAME, value)

    with pytest.raises(ImproperlyConfigured, match=NAME):
        env_bool(NAME)


def test_text_loses_the_spaces_around_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "  $abc def  ")

    assert env_text(NAME) == "$abc def"


def test_relative_path_is_seen_from_where_the_command_starts(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(NAME, "data")

    assert env_folder(NAME, Path("/elsewhere")) == tmp_path / "data"


def test_home_folder_may_be_a_tilde(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv(NAME, "~/data")

    assert env_folder(NAME, Path("/elsewhere")) == tmp_path / "data"


def test_unset_path_has_its_default(tmp_path: Path) -> None:
    assert env_folder(NAME, tmp_path / "here") == tmp_path / "here"


def test_networks_are_written_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "127.0.0.1, 10.0.0.0/8 ,::1,")

    assert env_networks(NAME) == (
        ipaddress.ip_network("127.0.0.1/32"),
        ipaddress.ip_network("10.0.0.0/8"),
        ipaddress.ip_network("::1/128"),
    )


def test_no_networks_is_nobody() -> None:
    assert env_networks(NAME) == ()


@pytest.mark.parametrize("value", ["localhost", "10.0.0.0/33", "10.0.0.1/8", "1.2.3", "*"])
def test_wrong_network_stops_the_start(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv(NAME, value)

    with pytest.raises(ImproperlyConfigured, match=NAME):
        env_networks(NAME)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("https://www.example.org", "https://www.example.org"),
        ("https://www.example.org/", "https://www.example.org"),
        ("https://www.example.org:8443", "https://www.example.org:8443"),
        ("HTTPS://www.example.org", "https://www.example.org"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://127.0.0.2", "http://127.0.0.2"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_site_has_an_address(monkeypatch: pytest.MonkeyPatch, value: str, expected: str) -> None:
    monkeypatch.setenv(NAME, value)

    assert env_site_url(NAME, "http://127.0.0.1:8000") == expected


@pytest.mark.parametrize(
    "value",
    [
        "www.example.org", "example", "ftp://example.org", "https://", "https:///blog",
        "//example.org",
        "https://example.org/blog", "https://example.org?x=1", "https://example.org#x",
        "https://user@example.org", "https://user:pw@example.org", "https://example.org:abc",
        "https://example.org:99999", "https://[::1", "https://exa mple.org", "javascript:alert(1)",
    ],
)  # fmt: skip
def test_wrong_address_of_the_site_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv(NAME, value)

    with pytest.raises(ImproperlyConfigured, match=NAME):
        env_site_url(NAME, "http://127.0.0.1:8000")


@pytest.mark.parametrize(
    "value",
    ["http://example.org", "http://192.168.1.2", "http://0.0.0.0:8000", "http://localhost.example"],
)
def test_plain_http_is_for_this_machine_only(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv(NAME, value)

    with pytest.raises(ImproperlyConfigured, match=NAME):
        env_site_url(NAME, "http://127.0.0.1:8000")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.9.10", "::1"])
def test_host_is_this_machine(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["", "0.0.0.0", "example.org", "10.0.0.1", "localhost.example"])
def test_host_is_another_machine(host: str) -> None:
    assert not is_loopback(host)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("smtp://mail.example.org", MailServer("mail.example.org", 25)),
        ("smtp://mail.example.org/", MailServer("mail.example.org", 25)),
        ("smtp://localhost:2525", MailServer("localhost", 2525)),
        ("smtp://[::1]:2525", MailServer("::1", 2525)),
        ("smtp://mail.example.org?starttls=1", MailServer("mail.example.org", 587, starttls=True)),
        ("smtps://mail.example.org", MailServer("mail.example.org", 465, tls=True)),
        (
            "SMTP://joke%40example.org:p%40ss%2Fw%3Ard@mail.example.org:588?starttls=1",
            MailServer("mail.example.org", 588, "joke@example.org", "p@ss/w:rd", starttls=True),
        ),
        (
            "smtps://joke:geheim@mail.example.org:466",
            MailServer("mail.example.org", 466, "joke", "geheim", tls=True),
        ),
        ("smtp://joke:geheim@127.0.0.1", MailServer("127.0.0.1", 25, "joke", "geheim")),
    ],
)
def test_mail_server_has_a_url(
    monkeypatch: pytest.MonkeyPatch, value: str, expected: MailServer
) -> None:
    monkeypatch.setenv(NAME, value)

    assert env_mail_server(NAME) == expected


def test_no_mail_server_is_none() -> None:
    assert env_mail_server(NAME) is None


@pytest.mark.parametrize(
    "value",
    [
        "mail.example.org", "mail.example.org:25", "https://joke:geheim@mail.example.org",
        "smtp://", "smtp:///x", "smtp://joke:geheim@", "smtp://joke:geheim@mail.example.org:abc",
        "smtp://joke:geheim@mail.example.org:99999", "smtp://mail.example.org:0",
        "smtp://[::1", "smtp://joke:geheim@mail exam.org", "smtp://joke:ge#heim@mail.example.org",
        "smtps://joke:geheim@mail.example.org/x", "smtps://joke:geheim@mail.example.org#x",
        "smtp://joke:geheim@mail.example.org?starttls=ja", "smtps://joke@mail.example.org",
        "smtp://joke:geheim@mail.example.org?tls=1", "smtps://:geheim@mail.example.org",
        "smtp://joke:geheim@mail.example.org?starttls=1&x=geheim",
        "smtps://joke:geheim@mail.example.org?starttls=1", "smtp://mail.example.org?starttls",
    ],
)  # fmt: skip
def test_wrong_mail_server_stops_the_start_without_telling_the_password(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv(NAME, value)

    with pytest.raises(ImproperlyConfigured, match=NAME) as refusal:
        env_mail_server(NAME)

    assert "geheim" not in str(refusal.value)
    assert refusal.value.__suppress_context__ or refusal.value.__context__ is None


@pytest.mark.parametrize("host", ["mail.example.org", "10.0.0.1"])
def test_password_goes_to_another_machine_under_tls_only(
    monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    monkeypatch.setenv(NAME, f"smtp://joke:geheim@{host}")

    with pytest.raises(ImproperlyConfigured, match=r"starttls=1 .* smtps://"):
        env_mail_server(NAME)


def test_password_of_the_mail_server_is_not_shown() -> None:
    assert "geheim" not in repr(MailServer("mail.example.org", 25, "joke", "geheim"))


@pytest.mark.parametrize(
    "value",
    ["redactie@example.org", "Redactie <redactie@example.org>", '"Rust, punt" <a@example.org>'],
)
def test_mails_come_from_an_address(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv(NAME, value)

    assert env_mail_address(NAME, "default@example.org") == value


def test_mails_come_from_the_default_address() -> None:
    assert env_mail_address(NAME, "default@example.org") == "default@example.org"


@pytest.mark.parametrize(
    "value",
    [
        "redactie", "redactie@", "@example.org", "Redactie redactie@example.org",
        "a@example.org, b@example.org", "a@example.org b", "Redactie <a@example.org> x",
        "a@example.org <a@example.org>", "Redactie\nBcc: b <a@example.org>", "a@exam ple.org", "<>",
    ],
)  # fmt: skip
def test_wrong_address_of_mails_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv(NAME, value)

    with pytest.raises(ImproperlyConfigured, match=NAME):
        env_mail_address(NAME, "default@example.org")


@pytest.mark.parametrize(
    ("site_url", "expected"),
    [
        ("https://www.example.org", "noreply@example.org"),
        ("https://blog.example.org:8443", "noreply@blog.example.org"),
        ("https://WWW.Example.org", "noreply@example.org"),
        ("http://127.0.0.1:8000", "noreply@localhost"),
        ("http://localhost:8000", "noreply@localhost"),
        ("https://[2001:db8::1]", "noreply@localhost"),
    ],
)
def test_default_sender_is_at_the_domain_of_the_site(
    monkeypatch: pytest.MonkeyPatch, site_url: str, expected: str
) -> None:
    assert env_mail_address(NAME, default_sender(site_url)) == expected
