"""The secret key: from the environment, or made once and kept beside the database."""

import os
import secrets
from pathlib import Path

from django.core.management.utils import get_random_secret_key


def load_or_create(path: Path) -> str:
    """The key in this file, readable by its owner only; a new one when there is no file yet."""
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return _create(path)


def _create(path: Path) -> str:
    key = get_random_secret_key()
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    path.parent.mkdir(parents=True, exist_ok=True)
    draft.touch(mode=0o600)
    draft.write_text(key + "\n", encoding="ascii")
    try:
        # A hard link appears whole or not at all, and never replaces another process's key.
        os.link(draft, path)
    except FileExistsError:
        return load_or_create(path)
    finally:
        draft.unlink()
    return key
