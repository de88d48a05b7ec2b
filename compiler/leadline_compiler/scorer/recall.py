"""Looking up many groups of neighbouring lanes at once, each in a memory of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import chain, compress
from struct import Struct
from typing import Any

from leadline_compiler.scorer.frame import Outcome

_MOST_REMEMBERED = 30_000


class Memory(dict[int, Outcome]):
    """The outcomes of a group by what its lanes hold, which `find` works out."""

    __slots__ = ("_find",)

    def __init__(self, find: Callable[[int], Outcome]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, lanes: int) -> Outcome:
        outcome = self._find(lanes)
        self[lanes] = outcome
        return outcome


class Memories(list[Memory]):
    """A memory for each of some groups; they forget everything when they hold many outcomes together."""

    def __init__(self, groups: int, find: Callable[[int, int], Outcome]) -> None:
        """`find` works out what a group is worth, by its number and by what its lanes hold."""
        super().__init__([Memory(partial(self._work_out, group)) for group in range(groups)])
        self._find = find
        self._left = _MOST_REMEMBERED

    def _work_out(self, group: int, lanes: int) -> Outcome:
        if self._left <= 0:
            for memory in self:
                memory.clear()
            self._left = _MOST_REMEMBERED
        self._left -= 1
        return self._find(group, lanes)


class Recall:
    """Groups side by side in one number, some of 64 bits (`Q`) and some of 16 (`H`), with the memory of each."""

    def __init__(self, *parts: tuple[str, Sequence[Memory]]) -> None:
        self._memories = list(chain.from_iterable([memories for _, memories in parts]))
        lanes = Struct("<" + "".join([f"{len(memories)}{size}" for size, memories in parts]))
        self._size, self._unpack = lanes.size, lanes.unpack

    def find(self, lanes: int) -> list[Outcome]:
        """The outcomes of the groups; the interpreter takes no step for those in which nothing stands."""
        groups = self._unpack(lanes.to_bytes(self._size, "little"))
        return list(map(_look_up, compress(self._memories, groups), filter(None, groups)))


_look_up: Callable[[Any, int], Any] = dict.__getitem__
