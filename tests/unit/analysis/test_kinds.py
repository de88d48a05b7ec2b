"""Kinds of events: each event is of one, and like one of its cubes."""

from __future__ import annotations

from itertools import product

from leadline_compiler.analysis.fits import admits
from leadline_compiler.analysis.formulas import Lit, conj, disj
from leadline_compiler.analysis.sets import Choices, Items, Key, Ranges
from leadline_compiler.analysis.solve.kinds import kinds_of
from leadline_compiler.contacts import Value
from leadline_compiler.schema import Kind, ValueType

_SIZE, _ROLE, _TAGS = (Key("property", name) for name in ("size", "role", "tags"))
_TYPES = {
    _SIZE: ValueType(Kind.NUMBER),
    _ROLE: ValueType(Kind.CHOICE, ("a", "b", "c")),
    _TAGS: ValueType(Kind.LIST),
}
_SIZES: tuple[Value, ...] = (None, *range(13))
_ROLES: tuple[Value, ...] = (None, "a", "b", "c")
_LISTS: tuple[Value, ...] = (None, ("x",), ("y",), ("x", "y"), ("z",))


def test_an_event_is_like_one_cube_of_the_kind_that_passes_the_same() -> None:
    small = disj(Lit(_SIZE, Ranges(((number, number),), False, (0, 12))) for number in (2, 5, 9))
    first = Lit(_ROLE, Choices(0b0010, 0b1111))
    tagged = disj(Lit(_TAGS, Items(frozenset({tag}), frozenset(), None)) for tag in ("x", "y"))
    kinds = kinds_of([disj((conj((small, first)), tagged)), first])
    for size, role, tags in product(_SIZES, _ROLES, _LISTS):
        is_tagged = tags is not None and tags != ("z",)
        passes = is_tagged or (size in (2, 5, 9) and role == "a"), role == "a"
        values = {_SIZE: size, _ROLE: role, _TAGS: tags}
        alike = [
            kind.passed
            for kind in kinds
            for cube in kind.cubes
            if all(admits(one, values[key], _TYPES[key]) for key, one in cube.items())
        ]
        assert alike == [frozenset(index for index, passed in enumerate(passes) if passed)]
