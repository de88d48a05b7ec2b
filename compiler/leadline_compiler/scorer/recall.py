"""Looking up many groups of neighbouring lanes at once, each in a memory of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain, compress
from struct import Struct
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


class Recall(Generic[R]):
    """Groups side by side in one number, some of 64 bits (`Q`) and some of 8 (`B`), with the memory of each."""

    def __init__(self, *parts: tuple[str, Sequence[Memory[R]]]) -> None:
        self._memories = list(chain.from_iterable([memories for _, memories in parts]))
        lanes = Struct("<" + "".join([f"{len(memories)}{size}" for size, memories in parts]))
        self._size, self._unpack = lanes.size, lanes.unpack

    def find(self, number: int) -> list[R]:
        """What the groups are worth in which anything stands; the interpreter takes no step for the others."""
        groups = self._unpack(number.to_bytes(self._size, "little"))
        return list(map(_look_up, compress(self._memories, groups), filter(None, groups)))


_look_up: Callable[[Any, int], Any] = dict.__getitem__
