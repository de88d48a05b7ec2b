"""Looking up many groups of neighbouring lanes at once, each in a memory of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import compress
from typing import Any, Generic, TypeVar

R = TypeVar("R")


class Memory(dict[int, R], Generic[R]):
    """What was worked out for a group by what its lanes hold; what was not is worked out when it is looked up.

    `find` works it out, and writes it into the memory.
    """

    __slots__ = ("_find",)

    def __init__(self, find: Callable[[int], R]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, lanes: int) -> R:
        return self._find(lanes)


def recall(memories: Iterable[Memory[R]], groups: Sequence[int]) -> list[R]:
    """What the groups are worth in which any lane holds something, from the memory of each."""
    # The interpreter takes no step for the others.
    return list(map(_look_up, compress(memories, groups), filter(None, groups)))


_look_up: Callable[[Any, int], Any] = dict.__getitem__
