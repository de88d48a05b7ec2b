"""Events of one declared kind: which occurrences their properties pass."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from leadline_compiler.contacts import Value
from leadline_compiler.execute.run import Run
from leadline_compiler.schema import EventType, Property
from leadline_compiler.scorer.frame import Frame
from leadline_compiler.scorer.occurrences import Boundary, Occurrence, properties_of
from leadline_compiler.scorer.sieve import Sieve, Slots


class EventKind:
    """A declared kind of event with the occurrences that may mean it."""

    def __init__(self, frame: Frame, declared: tuple[int, EventType], occurrences: Sequence[Occurrence]) -> None:
        self.number, self.declared = declared
        self._frame = frame
        self._zone = frame.plan.schema.zone
        self._nodes = frame.plan.nodes
        self._occurrences = occurrences

    @cached_property
    def boundaries(self) -> set[Boundary]:
        """The ages at which something changes."""
        return set().union(*(occurrence.boundaries for occurrence in self._occurrences))

    @cached_property
    def sieve(self) -> Sieve[tuple[Occurrence, ...]]:
        """The occurrences by what their `where` asks for; made when the first event of the kind is met."""
        occurrences = self._occurrences
        return Sieve(
            self._frame.plan,
            self._frame.nodes,
            [occurrence.where for occurrence in occurrences],
            lambda numbers: tuple([occurrences[number] for number in numbers]),
            self._property_of,
        )

    @cached_property
    def read(self) -> list[Property]:
        """The properties at which tests look that look at no other."""
        named = {prop.name: prop for prop in self.declared.properties}
        return [named[name] for name in self.sieve.groups if name is not None]

    @property
    def moves(self) -> bool:
        """Whether some boundaries are of different ages at different instants."""
        return any(kind != "age" for occurrence in self._occurrences for (kind, _), _ in occurrence.windows)

    @property
    def is_classed(self) -> bool:
        """Whether every test looks at one property alone, so that each property can be classed by itself."""
        return None not in self.sieve.groups

    @property
    def ends(self) -> bool:
        """Whether nothing asks for events that are older than all boundaries."""
        return all(any(is_younger for _, is_younger in occurrence.windows) for occurrence in self._occurrences)

    @property
    def is_idle(self) -> bool:
        """Whether nothing asks for events of this kind."""
        return not self._occurrences

    def classify(self, prop: str, value: Value) -> Slots:
        """The tests of a property that its value passes."""
        return self.sieve.groups[prop].slots(self._run({prop: value}))

    def passed(self, values: Mapping[str, Value]) -> tuple[Occurrence, ...]:
        """The occurrences whose `where` an event passes. Of a classed kind, `sieve.find` tells it by the classes."""
        run = self._run(values)
        return self.sieve.find(tuple(group.slots(run) for group in self.sieve.groups.values()))

    def _run(self, values: Mapping[str, Value]) -> Run:
        return Run((), (), 0, self._zone, event=values)

    def _property_of(self, test: int) -> str | None:
        names = properties_of(self._nodes, test)
        return next(iter(names)) if len(names) == 1 else None
