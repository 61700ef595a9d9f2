"""The drawings of the themes, each with the picture that is made of it."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import settings
from PIL import Image

from blog.models import Theme

FOLDER = Path(settings.BASE_DIR) / "templates" / "illustrations"
DRAWINGS = sorted(path.stem for path in FOLDER.glob("*.svg"))
MOST_BYTES = 120_000


@pytest.mark.parametrize("name", DRAWINGS)
def test_drawing_stands_on_its_own(name: str) -> None:
    drawing = ElementTree.parse(FOLDER / f"{name}.svg").getroot()

    assert drawing.tag == "{http://www.w3.org/2000/svg}svg"
    assert drawing.get("viewBox") == "0 0 400 500"


@pytest.mark.parametrize("name", DRAWINGS)
def test_no_heading_can_have_an_id_of_a_drawing(name: str) -> None:
    drawing = ElementTree.parse(FOLDER / f"{name}.svg").getroot()

    ids = [element.get("id", "") for element in drawing.iter() if element.get("id")]

    # Ids that are made from words are in lower case.
    assert [identifier for identifier in ids if identifier == identifier.lower()] == []


@pytest.mark.parametrize("name", DRAWINGS)
def test_drawing_has_a_picture_of_the_same_proportions(name: str) -> None:
    with Image.open(FOLDER / f"{name}.png") as picture:
        assert (picture.format, *picture.size) == ("PNG", 1200, 1500)
    assert (FOLDER / f"{name}.png").stat().st_size <= MOST_BYTES


@pytest.mark.parametrize("name", Theme.Illustration.values)
def test_drawing_that_a_theme_may_choose_is_there(name: str) -> None:
    assert name in DRAWINGS
