"""Nodes of a plan as functions of a run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import takewhile
from typing import Any

from leadline_compiler.contacts import Event
from leadline_compiler.execute.run import Evaluate, Run
from leadline_compiler.numbers import MILLION, THOUSAND, bounded, divide, multiply, round_half_away
from leadline_compiler.patterns import Pattern, compile_pattern, parse_pattern
from leadline_compiler.plan import Plan
from leadline_compiler.plan.plan import Node
from leadline_compiler.texts import domain_of, fold, normalise_for_pattern
from leadline_compiler.values import rank
from leadline_compiler.zones import DAY, Duration, Unit

_FAR = 10**20


def build_nodes(plan: Plan) -> list[Evaluate]:
    """A function for each node of a plan."""
    built: list[Evaluate] = []
    lists = [frozenset(entries) for entries in plan.lists]
    for index, node in enumerate(plan.nodes):
        built.append(build_node(index, node, built, lists))
    return built


def build_node(index: int, node: Node, built: Built, lists: Lists) -> Evaluate:
    """A function for one node; those that it needs are taken from `built`."""
    return _BUILDERS[node[0]](index, node, built, lists)


Built = Sequence[Evaluate]
Lists = Sequence[frozenset[str]]


def _always(index: int, node: Node, built: Built, lists: Lists) -> Evaluate:
    return lambda run: True


def _never(index: int, node: Node, built: Built, lists: Lists) -> Evaluate:
    return lambda run: False


def _and(index: int, node: Node, built: Built, lists: Lists) -> Evaluate:
    parts = [built[part] for part in node[1]]
    return lambda run: all(part(run) for part in parts)


def _or(index: int, node: Node, built: Built, lists: Lists) -> Evaluate:
    parts = [built[part] for part in node[1]]
    return lambda run: any(part(run) for part in parts)


def _not(index: int, node: Node, built: Built, lists: Lists) -> Evaluate:
    part = built[node[1]]
    return lambda run: not part(run)


def _yes(index: int, node: Node, built: Built, lists: Lists) -> Evaluate:
    amount = built[node[1]]
    return lambda run: amount(run) is True


def _above(index: int, node: Node, built: Built, lists: Lists) -> Evaluate:
    left, right = built[node[1]], built[node[2]]

    def evaluate(run: Run) -> bool:
        one, other = left(run), right(run)
        return one is not None and other is not None and one > other

    return evaluate


def _least(index: int, node: Node, built: Built, lists: Lists) -> Evaluate:
    left, right = built[node[1]], built[node[2]]

    def evaluate(run: Run) -> bool:
        one, other = left(run), right(run)
        return one is not None and other is not None and one >= other

    return evaluate


def _one_of(index: int, node: Node, built: Built, lists: Lists) -> Evaluate:
    amount, values = built[node[1]], frozenset(node[2])

    def evaluate(run: Run) -> bool:
        value = amount(run)
        return value is not None and (fold(value) if isinstance(value, str) else value) in values

    return evaluate


def _in_list(index: int, node: Node, built: Built, lists: Lists) -> Evaluate:
    amount, entries = built[node[1]], lists[node[2]]

    def evaluate(run: Run) -> bool:
        value = amount(run)
        return value is not None and fold(value) in entries

    return evaluate


def _within(index: int, node: Node, built: Built, lists: Lists) -> Evaluate:
    amount, (first, last) = built[node[1]], node[2:]

    def evaluate(run: Run) -> bool:
        value = amount(run)
        return value is not None and first <= value <= last

    return evaluate


def _known(index: int, node: Node, built: Built, lists: Lists) -> Evaluate:
    amount = built[node[1]]
    return lambda run: amount(run) is not None


_TEXT_TESTS: dict[str, Callable[[str, str], bool]] = {
    "contains": lambda text, wanted: wanted in text,
    "starts": lambda text, wanted: text.startswith(wanted),
    "ends": lambda text, wanted: text.endswith(wanted),
}


def _text_test(index: int, node: Node, built: Built, lists: Lists) -> Evaluate:
    amount, texts, test = built[node[1]], node[2], _TEXT_TESTS[node[0]]

    def evaluate(run: Run) -> bool:
        value = amount(run)
        if value is None:
            return False
        folded = fold(value)
        return any(test(folded, wanted) for wanted in texts)

    return evaluate


def _matches(index: int, node: Node, built: Built, lists: Lists) -> Evaluate:
    amount = built[node[1]]
    pattern = parse_pattern(node[2])
    assert isinstance(pattern, Pattern), "a plan holds only patterns that can be read"
    matcher = compile_pattern(pattern)

    def evaluate(run: Run) -> bool:
        value = amount(run)
        return value is not None and matcher.found_in(normalise_for_pattern(value))

    return evaluate


def _includes(index: int, node: Node, built: Built, lists: Lists) -> Evaluate:
    amount, texts = built[node[1]], frozenset(node[2])
    every = node[0] == "includes_all"

    def evaluate(run: Run) -> bool:
        value = amount(run)
        if value is None:
            return False
        found = texts.intersection(map(fold, value))
        return len(found) == len(texts) if every else bool(found)

    return evaluate


def _has(index: int, node: Node, built: Built, lists: Lists) -> Evaluate:
    events = built[node[1]]
    return lambda run: bool(events(run))


def _number(index: int, node: Node, built: Built, lists: Lists) -> Evaluate:
    value = node[1]
    return lambda run: value


def _field(index: int, node: Node, built: Built, lists: Lists) -> Evaluate:
    place = node[1]
    return lambda run: run.fields[place]


def _property(index: int, node: Node, built: Built, lists: Lists) -> Evaluate:
    name = node[1]
    return lambda run: run.event.get(name)


def _score(index: int, node: Node, built: Built, lists: Lists) -> Evaluate:
    place, scale = node[1], MILLION // THOUSAND
    return lambda run: bounded((run.total if place is None else run.scores[place]) * scale)


def _grade(index: int, node: Node, built: Built, lists: Lists) -> Evaluate:
    place = node[1]
    return lambda run: run.grades[place]


def _count(index: int, node: Node, built: Built, lists: Lists) -> Evaluate:
    events = built[node[1]]
    return lambda run: len(events(run)) * MILLION


def _measure(index: int, node: Node, built: Built, lists: Lists) -> Evaluate:
    events, name, reckon = built[node[1]], node[2], _MEASURES[node[0]]

    def evaluate(run: Run) -> Any:
        return reckon([value for event in events(run) if (value := event.values.get(name)) is not None])

    return evaluate


_MEASURES: dict[str, Callable[[list[Any]], Any]] = {
    "sum": lambda known: bounded(sum(known)),
    "average": lambda known: bounded(round_half_away(sum(known), len(known))) if known else None,
    "lowest": lambda known: min(known, default=None),
    "highest": lambda known: max(known, default=None),
    "different": lambda known: len({fold(v) if isinstance(v, str) else v for v in known}) * MILLION,
}


def _at_the_end(index: int, node: Node, built: Built, lists: Lists) -> Evaluate:
    events, name, newest = built[node[1]], node[2], node[0] == "latest"

    def evaluate(run: Run) -> Any:
        found = events(run) if newest else events(run)[::-1]
        tied = takewhile(lambda event: event.at == found[0].at, found)
        return max((event.values.get(name) for event in tied), key=rank, default=None)

    return evaluate


def _days_since(index: int, node: Node, built: Built, lists: Lists) -> Evaluate:
    date, sign = built[node[1]], -1 if node[0] == "days_until" else 1

    def evaluate(run: Run) -> int | None:
        moment = date(run)
        return None if moment is None else (run.as_of - moment) * sign // DAY * MILLION

    return evaluate


def _days_since_event(index: int, node: Node, built: Built, lists: Lists) -> Evaluate:
    events, place = built[node[1]], 0 if node[0] == "days_since_last" else -1

    def evaluate(run: Run) -> int | None:
        found = events(run)
        return (run.as_of - found[place].at) // DAY * MILLION if found else None

    return evaluate


def _domain(index: int, node: Node, built: Built, lists: Lists) -> Evaluate:
    text = built[node[1]]

    def evaluate(run: Run) -> str | None:
        value = text(run)
        return None if value is None else domain_of(fold(value))

    return evaluate


_RECKONED: dict[str, Callable[[int, int], int | None]] = {
    "add": lambda left, right: bounded(left + right),
    "subtract": lambda left, right: bounded(left - right),
    "multiply": multiply,
    "divide": divide,
}


def _reckon(index: int, node: Node, built: Built, lists: Lists) -> Evaluate:
    left, right, reckon = built[node[1]], built[node[2]], _RECKONED[node[0]]

    def evaluate(run: Run) -> int | None:
        one, other = left(run), right(run)
        return None if one is None or other is None else reckon(one, other)

    return evaluate


def _events(index: int, node: Node, built: Built, lists: Lists) -> Evaluate:
    kinds = frozenset(node[1])
    where = None if node[2] is None else built[node[2]]
    windows = [_window(name, bound, built) for name, bound in node[3]]

    def evaluate(run: Run) -> list[Event]:
        found: list[Event] | None = run.memo.get(index)
        if found is None:
            first, last = -_FAR, run.as_of
            for window in windows:
                low, high = window(run)
                first, last = max(first, low), min(last, high)
            found = [event for event in run.events if event.type in kinds and first <= event.at <= last]
            if where is not None:
                found = [event for event in found if where(_inside(event, run))]
            run.memo[index] = found
        return found

    return evaluate


def _inside(event: Event, run: Run) -> Run:
    return Run((), (), run.as_of, run.zone, event=event.values)


def _window(name: str, bound: int, built: Built) -> Callable[[Run], tuple[int, int]]:
    if name in ("within", "ago"):
        if name == "within":
            return lambda run: (run.as_of - bound + 1, run.as_of)
        return lambda run: (-_FAR, run.as_of - bound)
    if name in ("within_months", "ago_months"):
        months = Duration(bound, Unit.MONTHS)
        if name == "within_months":
            return lambda run: (run.zone.back(run.as_of, months) + 1, run.as_of)
        return lambda run: (-_FAR, run.zone.back(run.as_of, months))
    if name == "since":
        return lambda run: (bound, run.as_of)
    if name == "before":
        return lambda run: (-_FAR, bound - 1)
    return _dated_window(name, built[bound])


def _dated_window(name: str, date: Evaluate) -> Callable[[Run], tuple[int, int]]:
    def span(run: Run) -> tuple[int, int]:
        moment = date(run)
        if moment is None:
            return 0, -1
        return (moment, run.as_of) if name == "since_date" else (-_FAR, moment - 1)

    return span


_BUILDERS: dict[str, Callable[[int, Node, Built, Lists], Evaluate]] = {
    "always": _always,
    "never": _never,
    "and": _and,
    "or": _or,
    "not": _not,
    "yes": _yes,
    "above": _above,
    "least": _least,
    "one_of": _one_of,
    "in_list": _in_list,
    "within": _within,
    "known": _known,
    "contains": _text_test,
    "starts": _text_test,
    "ends": _text_test,
    "matches": _matches,
    "includes_any": _includes,
    "includes_all": _includes,
    "has": _has,
    "number": _number,
    "moment": _number,
    "field": _field,
    "property": _property,
    "score": _score,
    "grade": _grade,
    "count": _count,
    "sum": _measure,
    "average": _measure,
    "lowest": _measure,
    "highest": _measure,
    "different": _measure,
    "latest": _at_the_end,
    "earliest": _at_the_end,
    "days_since": _days_since,
    "days_until": _days_since,
    "days_since_first": _days_since_event,
    "days_since_last": _days_since_event,
    "domain": _domain,
    "add": _reckon,
    "subtract": _reckon,
    "multiply": _reckon,
    "divide": _reckon,
    "events": _events,
}
