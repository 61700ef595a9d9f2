"""The stylesheet that every public page carries."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from blog.delivery.stylesheet import PARTS, stylesheet
from blog.models import Theme


def test_layers_have_the_order_of_the_parts() -> None:
    order = re.match(r"@layer ([\w, ]+);", stylesheet())

    assert order
    assert tuple(order[1].split(", ")) == PARTS


@pytest.mark.parametrize("part", PARTS)
def test_part_keeps_to_its_layer(part: str) -> None:
    css = Path(finders.find(f"css/{part}.css") or "").read_text(encoding="utf-8")
    rules = re.sub(r"/\*.*?\*/|@layer [\w, ]+;", "", css, flags=re.DOTALL)

    outermost = [line for line in rules.splitlines() if line and not line.startswith(" ")]

    assert outermost == [f"@layer {part} {{", "}"]


@pytest.mark.parametrize("colour", Theme.Colour.values)
def test_theme_colour_can_be_read_on_its_tint_in_light_and_in_dark(colour: str) -> None:
    css = stylesheet()
    names = re.search(
        rf"\.theme-{colour} {{ --theme: var\((\S+)\); --theme-tint: var\((\S+)\); }}", css
    )

    assert names
    words, tints = (re.findall(rf"{name}: #(\w{{6}});", css) for name in names.groups())
    assert len(words) == len(tints) == 2
    for word, tint in zip(words, tints, strict=True):
        assert contrast(word, tint) >= 4.5


def contrast(one: str, other: str) -> float:
    """The contrast between two colours, as WCAG 2 reckons it."""
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """How much light a colour gives, between 0 and 1."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
