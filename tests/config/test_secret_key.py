"""The secret key: made once, for its owner's eyes, and kept."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from config.secret_key import load_or_create

START = """
import sys
from pathlib import Path
from config.secret_key import load_or_create
print(load_or_create(Path(sys.argv[1])))
"""


def test_key_is_made_once_and_kept(tmp_path: Path) -> None:
    first = load_or_create(tmp_path / "secret-key")

    again = load_or_create(tmp_path / "secret-key")

    assert first == again
    assert len(first) >= 50


def test_only_its_owner_can_read_the_key(tmp_path: Path) -> None:
    load_or_create(tmp_path / "secret-key")

    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_two_sites_have_different_keys(tmp_path: Path) -> None:
    assert load_or_create(tmp_path / "a") != load_or_create(tmp_path / "b")


def test_processes_that_start_together_agree(tmp_path: Path) -> None:
    starts = [
        subprocess.Popen(
            [sys.executable, "-c", START, str(tmp_path / "secret-key")],
            cwd=settings.BASE_DIR,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _number in range(6)
    ]

    keys = {start.communicate(timeout=30)[0].strip() for start in starts}

    assert keys == {(tmp_path / "secret-key").read_text().strip()}


def test_nothing_else_is_left_in_the_folder(tmp_path: Path) -> None:
    load_or_create(tmp_path / "new" / "secret-key")

    assert [path.name for path in (tmp_path / "new").iterdir()] == ["secret-key"]
