"""Whether a value meets a constraint, and an event a cube."""

from __future__ import annotations

from leadline_compiler.analysis.formulas import Cube
from leadline_compiler.analysis.sets import Choices, Constraint, Items, Ranges, Texts
from leadline_compiler.analysis.space import AT, Space
from leadline_compiler.analysis.tests import values_of
from leadline_compiler.analysis.texts import answers
from leadline_compiler.contacts import Event, Value
from leadline_compiler.schema import ValueType
from leadline_compiler.texts import fold


def admits(constraint: Constraint, value: Value, type_: ValueType) -> bool:
    """Whether a value, None where it is missing, meets a constraint on an attribute of its type."""
    match constraint:
        case Ranges(spans, missing):
            return missing if not isinstance(value, int) else any(low <= value <= high for low, high in spans)
        case Choices(mask):
            return bool(mask >> _bit(value, type_) & 1)
        case Texts(yes, no):
            return answers(value, yes, no) if isinstance(value, str) else not yes
        case Items(yes, no, known):
            items = {fold(item) for item in value} if isinstance(value, tuple) else set()
            return yes <= items and no.isdisjoint(items) and known in (None, bool(items))
        case _:
            return True


def _bit(value: Value, type_: ValueType) -> int:
    """The bit of a value of a type that has few; 0 is missing."""
    if value is None:
        return 0
    wanted = fold(value) if isinstance(value, str) else value
    listed = [fold(one) if isinstance(one, str) else one for one in values_of(type_)]
    return listed.index(wanted) + 1


def fits(event: Event, cube: Cube, space: Space) -> bool | None:
    """Whether an event is as a cube says; None where it hangs on something that nothing is known of."""
    types = {prop.name: prop.type for prop in space.events[event.type].properties}
    unsure = False
    for key, constraint in cube.items():
        if key == AT:
            assert isinstance(constraint, Ranges)
            if not any(low <= event.at <= high for low, high in constraint.spans):
                return False
        elif key.kind == "property":
            name = str(key.name)
            if not admits(constraint, event.values.get(name), types[name]):
                return False
        else:
            unsure = True
    return None if unsure else True
