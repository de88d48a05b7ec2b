"""A decorator for frozen, slotted classes of plain data, of which trees, models and plans have many.

It does what `dataclass(frozen=True, slots=True)` does for them, at an eighth of the time: a run of the command line
makes these classes anew each time, and would spend a quarter of itself on that.
"""

from __future__ import annotations

from operator import attrgetter
from typing import Any, NoReturn, TypeVar, dataclass_transform

_C = TypeVar("_C", bound=type)


class _Aside:
    """Marks a field that takes no part in comparisons; keyword-only with a default, where it has one."""

    def __init__(self, default: Any) -> None:
        self.default = default


_NOTHING = object()


def aside(*, default: Any = _NOTHING, kw_only: bool = False) -> Any:
    """A field that takes no part in comparisons, and is not shown, such as the place of a node."""
    return _Aside(default)


@dataclass_transform(frozen_default=True, field_specifiers=(aside,))
def node(cls: _C) -> _C:
    """Makes a class of its annotations: `__init__`, `__eq__`, `__hash__`, `__repr__`, and nothing can be changed."""
    names = tuple(cls.__annotations__)
    given = {name: vars(cls)[name] for name in names if name in vars(cls)}
    marks = {name: mark for name, mark in given.items() if isinstance(mark, _Aside)}
    kept = {key: value for key, value in vars(cls).items() if key not in (*given, "__dict__", "__weakref__")}
    made: Any = type(cls.__name__, cls.__bases__, {**kept, "__slots__": names, "__match_args__": names})
    compared = tuple(name for name in names if name not in marks)
    made.__init__ = _initialiser(made, names, given)
    made._compared, made._told = _getter(compared), compared
    made.__eq__, made.__hash__, made.__repr__ = _equal, _hashed, _shown
    made.__setattr__ = made.__delattr__ = _refuse
    made.__getstate__, made.__setstate__ = _state, _restore
    return made  # type: ignore[no-any-return]


def _getter(names: tuple[str, ...]) -> Any:
    if not names:
        return staticmethod(lambda item: ())
    return staticmethod(attrgetter(*names) if len(names) > 1 else attrgetter(names[0]))


def _initialiser(made: Any, names: tuple[str, ...], given: dict[str, Any]) -> Any:
    """`__init__`, written out once a first node is made: of the many classes a run needs but some."""

    def first(self: Any, *values: Any, **named: Any) -> None:
        made.__init__ = _written_out(made, names, given)
        made.__init__(self, *values, **named)

    return first


def _written_out(made: type, names: tuple[str, ...], given: dict[str, Any]) -> Any:
    """`__init__`, so that making a node costs no more than storing its fields."""
    asides = {name: mark.default for name, mark in given.items() if isinstance(mark, _Aside)}
    defaults = {name: value for name, value in {**given, **asides}.items() if value is not _NOTHING}
    shown = {name: f"{name}=_default_{name}" if name in defaults else name for name in names}
    keywords = [shown[name] for name in asides if name in defaults]
    positional = [parameter for parameter in shown.values() if parameter not in keywords]
    parameters = ", ".join(["self", *positional, *(["*", *keywords] if keywords else [])])
    body = "\n".join(f"    _set_{name}(self, {name})" for name in names) or "    pass"
    scope: dict[str, Any] = {f"_set_{name}": vars(made)[name].__set__ for name in names}
    scope.update({f"_default_{name}": value for name, value in defaults.items()})
    exec(f"def __init__({parameters}):\n{body}", scope)
    return scope["__init__"]


def _equal(self: Any, other: Any) -> bool:
    if self.__class__ is not other.__class__:
        return NotImplemented  # type: ignore[no-any-return]
    compared = self._compared
    return bool(compared(self) == compared(other))


def _hashed(self: Any) -> int:
    return hash((type(self), self._compared(self)))


def _shown(self: Any) -> str:
    shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in self._told)
    return f"{type(self).__name__}({shown})"


def _refuse(self: Any, name: str, *value: Any) -> NoReturn:
    raise AttributeError(f"{type(self).__name__} is frozen: {name} cannot be changed")


def _state(self: Any) -> tuple[Any, ...]:
    return tuple(getattr(self, name) for name in self.__slots__)


def _restore(self: Any, state: tuple[Any, ...]) -> None:
    for name, value in zip(self.__slots__, state, strict=True):
        object.__setattr__(self, name, value)


_N = TypeVar("_N")


def changed(item: _N, **changes: Any) -> _N:
    """A node like another, with some fields changed."""
    made = object.__new__(type(item))
    for name in item.__slots__:  # type: ignore[attr-defined]
        object.__setattr__(made, name, changes[name] if name in changes else getattr(item, name))
    return made
