"""The settings as a process reads them from its environment."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.running_site import strangers_environment

ROOT = Path(settings.BASE_DIR)
READ = """
import json
from config import settings
names = [name for name in dir(settings) if name.isupper() and name != "LANGUAGES"]
print(json.dumps({name: getattr(settings, name) for name in names}, default=str))
"""


def start(data_dir: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Read the settings in a process of their own."""
    return subprocess.run(
        [sys.executable, "-c", READ],
        cwd=ROOT,
        env=strangers_environment() | {"DATA_DIR": str(data_dir)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def read(data_dir: Path, **environment: str) -> dict[str, Any]:
    """The settings of a process that starts well."""
    result = start(data_dir, **environment)
    assert result.returncode == 0, result.stderr
    values: dict[str, Any] = json.loads(result.stdout)
    return values


def test_site_on_this_machine_needs_no_settings(tmp_path: Path) -> None:
    values = read(tmp_path)

    assert values["SITE_URL"] == "http://127.0.0.1:8000"
    assert values["DEBUG"] is False
    assert values["SESSION_COOKIE_SECURE"] is values["CSRF_COOKIE_SECURE"] is False
    assert values["SECURE_HSTS_SECONDS"] == 0
    assert set(values["ALLOWED_HOSTS"]) == {"127.0.0.1", "localhost", "[::1]"}
    assert values["DATABASES"]["default"]["NAME"] == str(tmp_path / "db.sqlite3")


def test_https_turns_on_secure_cookies_and_hsts(tmp_path: Path) -> None:
    values = read(tmp_path, SITE_URL="https://www.example.org")

    assert values["SESSION_COOKIE_SECURE"] is values["CSRF_COOKIE_SECURE"] is True
    assert values["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert values["ALLOWED_HOSTS"] == ["www.example.org", "127.0.0.1", "localhost", "[::1]"]
    assert values["CSRF_TRUSTED_ORIGINS"] == ["https://www.example.org"]
    assert "SECURE_PROXY_SSL_HEADER" not in values


def test_proxy_is_believed_about_https_only_when_it_is_named(tmp_path: Path) -> None:
    values = read(tmp_path, SITE_URL="https://www.example.org", TRUSTED_PROXIES="127.0.0.1")

    assert values["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]


def test_site_at_another_loopback_address_answers_there(tmp_path: Path) -> None:
    values = read(tmp_path, SITE_URL="http://127.0.0.2:8000")

    assert "127.0.0.2" in values["ALLOWED_HOSTS"]


def test_site_at_a_bare_ipv6_address_answers_there(tmp_path: Path) -> None:
    values = read(tmp_path, SITE_URL="https://[2001:db8::1]")

    assert "[2001:db8::1]" in values["ALLOWED_HOSTS"]


def test_secret_key_is_made_in_the_data_folder_and_kept(tmp_path: Path) -> None:
    first, second = read(tmp_path)["SECRET_KEY"], read(tmp_path)["SECRET_KEY"]

    assert first == second == (tmp_path / "secret-key").read_text().strip()


def test_secret_key_of_the_environment_leaves_no_file(tmp_path: Path) -> None:
    values = read(tmp_path, SECRET_KEY="$from-the-environment")

    assert values["SECRET_KEY"] == "$from-the-environment"
    assert not (tmp_path / "secret-key").exists()


def test_sqlite_survives_several_writers_and_a_power_cut(tmp_path: Path) -> None:
    options = read(tmp_path)["DATABASES"]["default"]["OPTIONS"]

    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] >= 20
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        assert f"PRAGMA {pragma}" in options["init_command"]


def test_database_url_chooses_postgresql(tmp_path: Path) -> None:
    values = read(tmp_path, DATABASE_URL="postgres://u:p%40w@db.example:5433/site")

    database = values["DATABASES"]["default"]
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["HOST"], database["PORT"], database["PASSWORD"]) == ("db.example", 5433, "p@w")


def test_mails_land_in_a_folder_until_a_mail_server_is_named(tmp_path: Path) -> None:
    values = read(tmp_path, SITE_URL="https://www.example.org")

    assert values["EMAIL_BACKEND"] == "django.core.mail.backends.filebased.EmailBackend"
    assert values["EMAIL_FILE_PATH"] == str(tmp_path / "mail")
    assert values["DEFAULT_FROM_EMAIL"] == "noreply@example.org"


def test_mail_server_takes_the_mails(tmp_path: Path) -> None:
    values = read(
        tmp_path,
        SMTP_URL="smtp://joke:p%40ss@mail.example.org?starttls=1",
        MAIL_FROM="Redactie <redactie@example.org>",
    )

    assert values["EMAIL_BACKEND"] == "comments.mail.server.SmtpBackend"
    assert (values["EMAIL_HOST"], values["EMAIL_PORT"]) == ("mail.example.org", 587)
    assert (values["EMAIL_HOST_USER"], values["EMAIL_HOST_PASSWORD"]) == ("joke", "p@ss")
    assert (values["EMAIL_USE_TLS"], values["EMAIL_USE_SSL"]) == (True, False)
    assert 0 < values["EMAIL_TIMEOUT"] < 60
    assert values["DEFAULT_FROM_EMAIL"] == "Redactie <redactie@example.org>"


def test_wrong_mail_server_shows_no_password(tmp_path: Path) -> None:
    result = start(tmp_path, SMTP_URL="smtp://joke:geheim@mail.example.org:x")

    assert result.returncode != 0
    assert "SMTP_URL" in result.stderr
    assert "geheim" not in result.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "maybe"),
        ("SMTP_URL", "mail.example.org"),
        ("MAIL_FROM", "redactie"),
        ("SITE_URL", "http://www.example.org"),
        ("SITE_URL", "https://[::1"),
        ("TRUSTED_PROXIES", "everybody"),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "mysqlite:///x"),
        ("DATA_DIR", "/dev/null/data"),
    ],
)
def test_wrong_value_stops_the_start_and_is_called_by_its_name(
    tmp_path: Path, name: str, value: str
) -> None:
    result = start(tmp_path, **{name: value})

    assert result.returncode != 0
    last = result.stderr.strip().splitlines()[-1]
    assert "ImproperlyConfigured" in last
    assert name in last


def test_cookies_belong_to_the_admin() -> None:
    assert settings.SESSION_COOKIE_PATH == settings.CSRF_COOKIE_PATH == "/admin/"


def test_deploy_check_of_a_public_site_is_clean(tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=strangers_environment()
        | {
            "DATA_DIR": str(tmp_path),
            "SITE_URL": "https://www.example.org",
            "TRUSTED_PROXIES": "127.0.0.1",
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 0, result.stderr
