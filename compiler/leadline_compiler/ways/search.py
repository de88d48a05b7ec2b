"""The cheapest way into a stage out of the constraint model: the fewest new events, then the fewest fields."""

from __future__ import annotations

from collections.abc import Sequence

from leadline_compiler.analysis.confirm import shrink
from leadline_compiler.analysis.solve.asking import Answer, Effort, Goal, ask
from leadline_compiler.analysis.solve.building import Linear, Literal, negation
from leadline_compiler.analysis.solve.encoding import Encoding
from leadline_compiler.contacts import Contact
from leadline_compiler.outcome import Outcome
from leadline_compiler.ways.confirmed import Search, Searched, Shows
from leadline_compiler.ways.start import Started
from leadline_compiler.ways.way import Cost, Start

_MOST_SOLUTIONS = 8
"""Solutions that are looked at for one way, where the scorer confirms no contact of the first."""


class Searcher:
    """Searches one constraint model for ways from one start into some stages."""

    def __init__(self, encoding: Encoding, start: Start, stages: Sequence[str], effort: Effort) -> None:
        self._encoding = encoding
        self._start = start
        self._effort = effort
        self._started = Started(encoding, start)
        self._wanted: list[Literal] = [
            *self._started.required,
            encoding.builder.either(encoding.stage(stage) for stage in stages),
        ]

    @property
    def is_exact(self) -> bool:
        """Whether every solution is a contact, as far as is known."""
        return self._encoding.is_exact

    def search(self, shows: Shows) -> Searched:
        """The cheapest way that none of the ways left out before belongs to."""
        started = self._started
        return Search(self._cheapest, started.contacts, started.unlike, _MOST_SOLUTIONS).run(self._wanted, shows)

    def _cheapest(self, required: Sequence[Literal]) -> tuple[Answer, Cost]:
        """The cheapest solution, and what is proved of the cost of any."""
        started, builder = self._started, self._encoding.builder
        fewest = ask(self._encoding, required, self._effort, Goal(started.events, up=False))
        if fewest.value is None:
            return fewest, Cost(fewest.bound or 0, 0)
        most_old = fewest.value + 1
        told = [*required, negation(builder.at_least(started.events, fewest.value + 1))]
        goal = Goal(_weighed(started, most_old), up=False)
        plainest = ask(self._encoding, told, self._effort, goal)
        if plainest.solution is None:
            return fewest, Cost(fewest.bound or 0, 0)
        facts = (plainest.bound or 0) // most_old if fewest.is_best else 0
        return plainest, Cost(fewest.bound or 0, max(0, facts))

    def leave_out(self, before: Outcome, way: Outcome) -> None:
        """From now on only ways count in which one of the rules that earn in this way earns nothing more."""
        builder, sums = self._encoding.builder, self._encoding.sides[0].sums
        earning = [
            builder.at_least(sums.rules[id(now.rule)], was.points + 1)
            for was, now in zip(before.rules, way.rules, strict=True)
            if now.points > was.points
        ]
        used = earning or self._started.used(way.contact)
        self._wanted.append(builder.either(negation(one) for one in used))


def _weighed(started: Started, most_old: int) -> Linear:
    """Fields first; of ways that cost the same the one with the fewest events that cannot be of the last day."""
    return started.facts.times(most_old).plus(started.old)


def leaves_out(before: Outcome, way: Outcome, contact: Outcome) -> bool:
    """Whether one of the rules that earn in a way earns nothing more for a contact; true where no rule earns."""
    earning = [
        index for index, (was, now) in enumerate(zip(before.rules, way.rules, strict=True)) if now.points > was.points
    ]
    points, had = contact.rules, before.rules
    return not earning or any(points[index].points <= had[index].points for index in earning)


def shrunk(start: Start, contact: Contact, shows: Shows) -> Contact:
    """The contact with as little that is new as still shows it."""
    new = contact.events[len(start.contact.events) :]
    values = {name: value for name, value in contact.values.items() if value != start.contact.values.get(name)}

    def shows_with(added: Contact) -> bool:
        return shows(start.with_more(added.values, added.events))

    small = shrink(Contact(start.contact.id, values, new), shows_with)
    return start.with_more(small.values, small.events)
