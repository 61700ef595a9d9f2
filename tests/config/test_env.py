"""The readers of the environment: a wrong value stops the start and is called by its name."""

from __future__ import annotations

import ipaddress
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.env import env_bool, env_folder, env_networks, env_site_url, env_text, is_loopback

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
