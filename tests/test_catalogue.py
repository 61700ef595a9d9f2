"""The Dutch catalogue is complete, compiled, and says what its originals say."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT: Path = settings.BASE_DIR
FOLDERS = ["config", "authors", "blog", "comments", "templates"]
CATALOGUES = sorted(ROOT.glob("locale/nl/LC_MESSAGES/*.po")) + sorted(
    ROOT.glob("*/locale/nl/LC_MESSAGES/*.po")
)
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%%")


def catalogue(path: Path) -> Catalog:
    """One .po file."""
    with path.open("rb") as file:
        return read_po(file, locale="nl")


def messages() -> Iterator[Message]:
    """Every text of every catalogue."""
    for path in CATALOGUES:
        yield from (message for message in catalogue(path) if message.id)


def sources() -> Iterator[Path]:
    """Every file that can hold a text for people."""
    for folder in FOLDERS:
        yield from (ROOT / folder).rglob("*.py")
        yield from (ROOT / folder).rglob("*.html")
        yield from (ROOT / folder).rglob("*.txt")


def texts_in(path: Path) -> set[str]:
    """The texts that a file marks for translation, found without the gettext tools."""
    code = path.read_text(encoding="utf-8")
    if path.suffix in {".html", ".txt"}:
        code = templatize(code)
    found = extract("python", io.BytesIO(code.encode()), keywords=KEYWORDS)
    return {
        text if isinstance(text, str) else text[0] for _line, text, _comments, _context in found
    }


def test_every_app_and_the_root_have_a_catalogue() -> None:
    assert {str(path.relative_to(ROOT)) for path in CATALOGUES} == {
        f"{folder}locale/nl/LC_MESSAGES/django.po"
        for folder in ("", "authors/", "blog/", "comments/", "config/")
    }


def test_every_text_for_people_has_its_dutch() -> None:
    known = {as_tuple(msg.id)[0] for msg in messages()}

    missing = {
        f"{path.relative_to(ROOT)}: {text}" for path in sources() for text in texts_in(path) - known
    }

    assert not missing, "run `make messages` and translate what is new"


def test_catalogue_has_no_text_that_nobody_uses() -> None:
    used = {text for path in sources() for text in texts_in(path)}

    unused = {msg.id for msg in messages() if (as_tuple(msg.id)[0]) not in used}

    assert not unused, "run `make messages`"


def test_no_translation_is_empty_or_doubtful() -> None:
    for message in messages():
        assert all(as_tuple(message.string)), message.id
        assert not message.fuzzy, message.id


def test_translation_keeps_the_placeholders() -> None:
    for message in messages():
        for original, string in zip(as_tuple(message.id), as_tuple(message.string), strict=True):
            wanted = set(PLACEHOLDER.findall(original))
            assert set(PLACEHOLDER.findall(string)) == wanted, message.id


def test_dutch_is_informal() -> None:
    formal = re.compile(r"\b(u|uw)\b", re.IGNORECASE)

    for message in messages():
        # "U" is also a key of the moderators' queue.
        if not re.search(r"\bU\b", str(message.id)):
            assert not formal.search(str(message.string)), message.id


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(ROOT)))
def test_compiled_catalogue_equals_its_source(path: Path) -> None:
    with path.with_suffix(".mo").open("rb") as file:
        compiled = read_mo(file)

    assert as_dict(compiled) == as_dict(catalogue(path)), "run `make messages`"


def as_dict(catalog: Catalog) -> dict[object, object]:
    """Originals and translations, to compare."""
    return {
        (message.context, as_tuple(message.id)): as_tuple(message.string)
        for message in catalog
        if message.id
    }


def as_tuple(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """One text or its plural forms, in one shape."""
    return (text,) if isinstance(text, str) else tuple(text or ("",))
