"""What is far from any change may be folded away; what stands beside one tells where it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TypeVar

T = TypeVar("T")


def folded(rows: Sequence[tuple[bool, T]], *, near: int) -> Iterator[tuple[bool, list[T]]]:
    """Rows in groups that are far from any change or not; each row says whether it changed."""
    changed = [False] * near + [changed for changed, _row in rows] + [False] * near
    far = (not any(changed[place : place + 2 * near + 1]) for place in range(len(rows)))
    for is_far, group in groupby(zip(far, rows, strict=True), key=lambda pair: pair[0]):
        yield is_far, [row for _far, (_changed, row) in group]
