"""Each check flags what it should, and leaves alone what only looks like it."""

from __future__ import annotations

import pytest

from blog.editorial import CHECKS
from tests.blog.editorial.pairs import SETS, Pair, read_pairs

PAIRS = [
    pytest.param(pair, id=f"{name}: {pair.check}: {pair.about}")
    for name in SETS
    for pair in read_pairs(name)
]


@pytest.mark.parametrize("pair", PAIRS)
def test_check_flags_the_one_and_leaves_the_other_alone(pair: Pair) -> None:
    flagged, clean = pair.flagged.found_by(pair.check), pair.clean.found_by(pair.check)

    assert flagged, "nothing was found in what is to be flagged"
    assert not clean, f"found in what is clean: {clean}"


@pytest.mark.parametrize("name", SETS)
def test_every_check_has_a_pair(name: str) -> None:
    tried = {pair.check for pair in read_pairs(name)}

    assert tried == {check.name for check in CHECKS}
