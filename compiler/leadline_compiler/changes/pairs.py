"""Things of two models paired by their names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

_T = TypeVar("_T")


def pair_by_name(
    old: Sequence[_T], new: Sequence[_T], name: Callable[[_T], str]
) -> Iterator[tuple[str, _T | None, _T | None]]:
    """Name, what was and what is: first all that is, in its order, then what no longer is."""
    before = {name(item): item for item in old}
    for item in new:
        yield name(item), before.pop(name(item), None), item
    for left, item in before.items():
        yield left, item, None
