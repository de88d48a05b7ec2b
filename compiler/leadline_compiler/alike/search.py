"""The smallest contact that two models score differently, out of one constraint model of both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from leadline_compiler.alike.shared import merged
from leadline_compiler.alike.ties import tie_alike, unequal
from leadline_compiler.analysis.analysis import Analysis
from leadline_compiler.analysis.solve.asking import Answer, Effort, Goal, ask
from leadline_compiler.analysis.solve.building import Literal, negation
from leadline_compiler.analysis.solve.encoding import Encoding
from leadline_compiler.analysis.solve.reading import Dating, Solution
from leadline_compiler.analysis.space import Space
from leadline_compiler.analysis.witness import contacts_around
from leadline_compiler.contacts import Contact
from leadline_compiler.ways import Cost
from leadline_compiler.ways.confirmed import Search, Searched, Shows

_DATINGS: tuple[Dating, ...] = ("at once", "new", "wanted", "apart", "meeting", "daily", "old", "varied")
_MOST_SOLUTIONS = 6


class Comparing:
    """One constraint model of an old and a new model."""

    def __init__(self, encoding: Encoding, effort: Effort) -> None:
        self._encoding = encoding
        self._effort = effort
        old, new = encoding.analyses
        schema = merged(old.model.schema, new.model.schema)
        self._space = Space(schema, (), False, (), old.as_of)
        if sees_alike(old, new):
            tie_alike(encoding, effort)
        self._differs = encoding.builder.either(self._differences())

    # ---- what differs

    def _differences(self) -> Iterator[Literal]:
        old, new = self._encoding.sides
        yield unequal(self._encoding, old.sums.total, new.sums.total)
        for name in old.sums.scores:
            if name in new.sums.scores:
                yield unequal(self._encoding, old.sums.of(name), new.sums.of(name))
        yield self._unlike(old.given.excluded, new.given.excluded)
        yield self._unlike(old.given.disqualified, new.given.disqualified)
        stages = [
            {stage.name: flag for stage, flag in zip(side.analysis.model.stages, side.given.stages, strict=True)}
            for side in (old, new)
        ]
        for name in dict.fromkeys((*stages[0], *stages[1])):
            yield self._unlike(stages[0].get(name, False), stages[1].get(name, False))
        both = {score for score, _ in old.letters} & {score for score, _ in new.letters}
        for key in dict.fromkeys((*old.letters, *new.letters)):
            if key[0] in both:
                yield self._unlike(old.letters.get(key, False), new.letters.get(key, False))

    def _unlike(self, one: Literal, other: Literal) -> Literal:
        builder = self._encoding.builder
        return builder.either((builder.both((one, negation(other))), builder.both((negation(one), other))))

    # ---- the search

    def is_empty(self) -> bool:
        """Whether it is proved that no contact keeps the assumptions of both."""
        return ask(self._encoding, (), self._effort).kind == "none"

    def search(self, shows: Shows) -> Searched:
        """The smallest contact that is scored differently."""
        return Search(self._smallest, self._contacts, self._unlike_solution, _MOST_SOLUTIONS).run(
            [self._differs], shows
        )

    def _smallest(self, required: Sequence[Literal]) -> tuple[Answer, Cost]:
        encoding = self._encoding
        events, facts = encoding.events(), encoding.known_facts()
        fewest = ask(encoding, required, self._effort, Goal(events, up=False))
        if fewest.value is None:
            return fewest, Cost(fewest.bound or 0, 0)
        told = [*required, negation(encoding.builder.at_least(events, fewest.value + 1))]
        plainest = ask(encoding, told, self._effort, Goal(facts, up=False))
        if plainest.solution is None:
            return fewest, Cost(fewest.bound or 0, 0)
        return plainest, Cost(fewest.bound or 0, (plainest.bound or 0) if fewest.is_best else 0)

    def _contacts(self, solution: Solution) -> Iterator[Contact]:
        """Contacts with the fields and events of both models."""
        cube = {key: one for key, one in solution.cube().items() if key.kind == "field"}
        variants = [contacts_around(self._space, cube, solution.events(self._space, dating)) for dating in _DATINGS]
        for several in zip_longest(*variants):
            yield from (contact for contact in several if contact is not None)

    def _unlike_solution(self, solution: Solution) -> Literal:
        return solution.unlike(one.times for one in self._encoding.histories.columns)


def sees_alike(old: Analysis, new: Analysis) -> bool:
    """Whether both models see the same events, and days in the same zone."""
    return old.model.ignored == new.model.ignored and old.model.zone == new.model.zone
