"""Draws small models with groups, caps, limits, decays, weights, letters, exits and stages, and contacts for them.

The contacts stand at the edges of what the rules speak of. They are not all that can be told apart, so they refute a
bound that is too low; that it is not too high is shown by a contact that reaches it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations_with_replacement, product
from random import Random

from leadline_compiler.contacts import Contact, Event, Value
from leadline_compiler.numbers import MILLION
from leadline_compiler.zones import DAY

from .draw import AS_OF, fill

_VALUES: dict[str, tuple[Value, ...]] = {
    "size": (None, *(number * MILLION for number in (0, 1, 2, 3, 5, 9))),
    "role": (None, "CEO", "Chef"),
    "paid": (None, True, False),
    "title": (None, "a", "ab", "ba", "axb", "c"),
}
_DECLARED = {"size": "number", "role": 'one of "CEO", "Chef"', "paid": "yes/no", "title": "text"}
_TESTS = {
    "size": ("size {>|>=|<} {0|1|2|3}", "size {is known|is missing|between 1 and 2}", "{size + 1 > 2|2 * size >= 4}"),
    "role": ('role {is "CEO"|is not "Chef"|is known}',),
    "paid": ("{paid|not paid|paid is known}",),
    "title": ('title {contains|starts with|ends with} "{a|b|ab}"', 'title {is "ab"|is one of "a", "c"|is known}'),
}
_TABLES = {
    "size": "points {name} by size\n    {+|-}{2|5} for 1 to 2\n    +{1|4} for 3 or more\n    {+|-}1 for missing",
    "role": 'points {name} by role\n    +{3|6} for "CEO"\n    {+|-}2 otherwise',
    "paid": "points {name} by paid\n    +{1|5} for yes\n    -{1|2} for no",
    "title": 'points {name} by title\n    +{2|5} for "a", "ab"\n    +1 otherwise',
}
_EVENT_TABLES = (
    "points {name} by count of OCCURRENCE\n    +{2|3} for 1\n    +{4|6} for 2 or more",
    "points {name} by days since last OCCURRENCE\n    {+|-}{2|4} for below 7\n    {+|-}1 for 7 to 29\n    -3 otherwise",
)
_OCCURRENCES = ("visit", 'visit where path is "a"', 'visit where path starts with "a"', "any of (visit, call)", "call")
_WINDOWS = ("", " in the last 7 days", " in the last 30 days", " more than 7 days ago")
_LIMITS = (
    ", at most {1|2} times",
    ", at most 1 time per day",
    ", after the first {1|2}",
    ", up to {3|5|8} points",
    ", halving every {7|30} days",
    ", losing {50|30}% of the original every 7 days",
    ", fading to 0 over {2|5} weeks",
)
_EVENT_TESTS = (
    "{has|no} OCCURRENCE",
    "count of OCCURRENCE {>=|<} {1|2|3}",
    "days since last OCCURRENCE {>=|<} {7|30}",
    "sum of seconds of visit {>=|<} {3|10}",
    "highest seconds of OCCURRENCE >= 5",
    "count of visit > count of call",
)
_AGES = (0, DAY - 1, DAY, 7 * DAY - 1, 7 * DAY, 29 * DAY, 30 * DAY)


@dataclass(frozen=True, slots=True)
class ScoredModel:
    """A rules file and contacts to try on it."""

    text: str
    contacts: tuple[Contact, ...]


@dataclass(slots=True)
class _Draw:
    random: Random
    fields: list[str]
    rules: int = 0

    def fill(self, template: str) -> str:
        occurrence = self.random.choice(_OCCURRENCES)
        if "highest" in template:
            occurrence = 'visit where path is "a"'
        return fill(self.random, template, occurrence + self.random.choice(_WINDOWS))

    def test(self) -> str:
        tests = [test for field in self.fields for test in _TESTS[field]] + list(_EVENT_TESTS)
        drawn = [self.fill(self.random.choice(tests)) for _ in range(self.random.choice((1, 1, 2)))]
        return self.random.choice((" and ", " or ")).join(f"({one})" for one in drawn)

    def name(self) -> str:
        self.rules += 1
        return f'"Rule {self.rules}"'

    def points(self) -> str:
        return f"{self.random.choice('+++-')}{self.random.choice(('1', '2', '3', '5', '2.5'))}"

    def rule(self) -> str:
        kind = self.random.choice(("when", "when", "each", "each", "every", "table"))
        if kind == "when":
            return f"{self.points()} {self.name()} when {self.test()}"
        if kind == "each":
            return f"{self.points()} {self.name()} for each {self.fill('OCCURRENCE')}{self.limits()}"
        if kind == "every":
            amount = self.random.choice(("count of visit", "size" if "size" in self.fields else "count of call"))
            return f"{self.points()} {self.name()} for every {self.random.choice((1, 2))} of {amount}, up to 5 points"
        tables = [_TABLES[field] for field in self.fields] + list(_EVENT_TABLES)
        return self.fill(self.random.choice(tables).replace("{name}", self.name()))

    def limits(self) -> str:
        chosen = [self.fill(limit) for limit in self.random.sample(_LIMITS[:4], self.random.choice((0, 1, 1, 2)))]
        if self.random.random() < 0.4:
            chosen.append(self.fill(self.random.choice(_LIMITS[4:])))
        if not chosen:
            chosen.append(", up to 9 points")
        return "".join(chosen)

    def bounds(self) -> str:
        return self.random.choice(("", "", " at most 6", " between -2 and 8", " at least -3"))


def draw_scored_model(random: Random) -> ScoredModel:
    """A model with one or two scores."""
    draw = _Draw(random, random.sample(list(_VALUES), random.choice((1, 2))))
    text = "\n".join([*_head(draw), *_scores(draw), *_tail(draw)]) + "\n"
    return ScoredModel(text, tuple(_contacts(random, draw.fields)))


def _head(draw: _Draw) -> Iterator[str]:
    yield from ('model "Scored"', "contact", "  id: text")
    yield from (f"  {field}: {_DECLARED[field]}" for field in draw.fields)
    yield from ("events", "  visit with path: text, seconds: number", "  call")
    if draw.random.random() < 0.15:
        yield 'ignore visit where path is "x"'
    if draw.random.random() < 0.2:
        yield f"assume count of visit <= {draw.random.choice((1, 2, 3))}"


def _scores(draw: _Draw) -> Iterator[str]:
    names = ["one", "two"][: draw.random.choice((1, 2))]
    for name in names:
        decay = ""
        if draw.random.random() < 0.15:
            decay = draw.fill(", {halving|losing 50% of the original} every {7|30} days without {any event|visit}")
        yield f"score {name}{draw.bounds()}{decay}"
        for group in range(draw.random.choice((1, 1, 2))):
            if draw.random.random() < 0.6:
                yield f'  group "{name} {group}"{draw.bounds()}'
            yield from (f"  {draw.rule()}" for _ in range(draw.random.choice((1, 2, 2, 3))))
    if len(names) > 1 and draw.random.random() < 0.5:
        yield draw.fill("total = {0.5 * one + two|one - two|one + 1.5 * two} {|at most 7}")


def _tail(draw: _Draw) -> Iterator[str]:
    low, high = sorted(draw.random.sample(range(-3, 16), 2))
    yield from ("grade total", f'  "A" from {high}', f'  "B" from {low}', '  "C" otherwise')
    if draw.random.random() < 0.4:
        yield f'{draw.random.choice(("disqualify", "exclude"))} "Out" when {draw.test()}'
    yield f'stage "Low" when total >= {low}'
    yield f'stage "High" when total >= {high} and ({draw.test()})'
    yield f'stage "Odd" when one < {low} or one between {high} and {high + 1}'


def _contacts(random: Random, fields: list[str]) -> Iterator[Contact]:
    pool = [
        Event("visit", AS_OF - age, {"path": path, "seconds": seconds * MILLION})
        for age in _AGES
        for path, seconds in (("a", 0), ("ab", 4), ("x", 10))
    ]
    events = [*random.sample(pool, 6), Event("call", AS_OF - random.choice(_AGES), {}), Event("visit", AS_OF, {})]
    histories = [history for size in range(4) for history in combinations_with_replacement(events, size)]
    histories += [tuple(random.choices(events, k=random.randint(4, 9))) for _ in range(30)]
    rows = product(*(_VALUES[field] for field in fields))
    for number, (values, history) in enumerate(product(rows, histories)):
        known = {field: value for field, value in zip(fields, values, strict=True) if value is not None}
        yield Contact(str(number), known, tuple(history))
