"""Draws small models that mix the whole language, and lists contacts for them.

Each is made of few things, so that the contacts are all that stand at the edges of what its rules speak of: a few raw
values for each field, and all short histories out of a few raw events. What can be said of a model is told by its
`constructs`, among them those that are hard to prove anything of.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations_with_replacement, product
from random import Random
from typing import Any

from leadline_compiler.contacts import Contact, Event, Value
from leadline_compiler.numbers import MILLION
from leadline_compiler.zones import DAY, HOUR, Zone, parse_as_of

from .draw import fill

HARD = frozenset(("arithmetic", "average", "pattern"))
"""Constructs of which some questions may stay open: arithmetic between amounts, averages, patterns of listed values
and of domains."""

_FIELDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "size": ("number", ("", "0", "1", "1.5", "2", "3", "5")),
    "staff": ("number", ("", "0", "1", "2", "4")),
    "role": ('one of "CEO", "Chef", "Boss"', ("", "CEO", "Chef", "Boss")),
    "paid": ("yes/no", ("", "yes", "no")),
    "title": ("text", ("", "a", "ab", "c", "a@b.c", "ab@x.c", "x")),
    "tags": ("list of text", ("", "a", "b", "a;b", "c")),
    "born": ("date", ("", "1 after", "0", "7 less", "7", "30", "60", "400")),
    "seen": ("date", ("", "1", "7", "45")),
}
_TESTS: dict[str, tuple[tuple[str, str], ...]] = {
    "size": (
        ("field", "size {>|>=|<|<=} {0|1|2|3}"),
        ("field", "size {is known|is missing|is 2|is one of 1, 3|between 1 and 2}"),
        ("field", "{size + 1 > 2|3 - size >= 1|2 > size}"),
        ("two fields", "size {>|>=|<|<=} staff"),
        ("arithmetic", "{size + staff >= 3|size - staff > 1|2 * size > staff + 1|size * staff >= 4|size / staff > 1}"),
    ),
    "staff": (
        ("field", "staff {>|<=} {0|1|2}"),
        ("arithmetic", "{staff * size < 2|staff - size between 0 and 1|count of visit * 2 > staff}"),
    ),
    "role": (
        ("field", 'role {is "CEO"|is not "Chef"|is one of "CEO", "Boss"|is known|starts with "C"}'),
        ("pattern", 'role matches "{^C|s}"'),
    ),
    "paid": (("field", "{paid|not paid|paid is known|paid is no}"),),
    "title": (
        ("field", 'title {contains|starts with|ends with} "{a|ab|b|c}"'),
        ("field", 'title {is "ab"|is not "a"|is in named|is not in named|is known|contains any of "b", "c"}'),
        ("domain", 'domain of title {is "b.c"|is known|ends with "c"|contains "x"}'),
        ("regex", 'title matches "{^a|b$|a.?b|^[ab]+$|@}"'),
        ("pattern", 'domain of title matches "{^b|c$}"'),
    ),
    "tags": (("field", 'tags {includes "a"|includes any of "a", "c"|includes all of "a", "b"|does not include "b"}'),),
    "born": (
        ("field", "days since born {>=|<|>} {0|7|30}"),
        ("field", "{born is known|born >= 2026-10-22|born < 2026-11-14|born is 2026-11-14|days until born >= 1}"),
        ("two fields", "born {<|>=} seen"),
        ("arithmetic", "days since born - days since seen {>|<} {0|7}"),
        ("window of a field", "{has|no} visit {since|before} born"),
    ),
    "seen": (
        ("field", "days since seen {>=|<} {7|30}"),
        ("window of a field", "count of OCCURRENCE {since|before} seen >= {1|2}"),
    ),
}
_EVENT_TESTS = (
    ("events", "{has|no} OCCURRENCE"),
    ("events", "count of OCCURRENCE {>=|<|>} {1|2}"),
    ("events", "days since {last|first} OCCURRENCE {>=|<} {1|7|30}"),
    ("events", "days since last OCCURRENCE is {known|missing}"),
    ("sum", "sum of seconds of SEEN {>=|<|>} {0|4|10}"),
    ("extreme", "{highest|lowest} seconds of SEEN {>=|<} {0|4|10}"),
    ("different", "number of different {path|seconds} of SEEN {>=|<|>} {1|2}"),
    ("latest", '{latest|earliest} path of SEEN {is "a"|is known|contains "b"}'),
    ("latest", "{latest|earliest} seconds of SEEN {>|<=} {0|4}"),
    ("two amounts", "count of visit {>|>=} count of call"),
    ("average", "average seconds of SEEN {>=|<} {2|4|7}"),
    ("arithmetic", "{count of visit + count of call >= 3|sum of seconds of visit / count of visit > 3}"),
    ("define", "{often|busy >= 2|not often}"),
)
_WHERES = (
    "",
    "",
    ' where path is "a"',
    ' where path starts with "a"',
    " where seconds >= 4",
    " where not (path is known)",
    " where (first and seconds < 5)",
    ' where kind is "buy"',
    " where (first)",
)
_WINDOWS = (
    *("", "", " in the last 7 days", " in the last 30 days", " more than 7 days ago", " in the last 1 month"),
    *(" in the last 36 hours", " since 2026-10-22", " before 2026-11-14", " in the last 6 weeks more than 1 day ago"),
)
_LIMITS = (
    *(", at most {1|2} times", ", at most 1 time per day", ", at most {1|2} times per path", ", after the first {1|2}"),
    *(", at most 1 time per kind", ", up to {3|5|8} points"),
)
_DECAYS = (
    ", halving every {7|30} days",
    ", fading to 0 over {2|5} weeks",
    ", losing {50|30}% of the original every 7 days",
    ", losing {50|10}% of what is left every {2 weeks|36 hours}",
)
_TABLES = {
    "size": "points {name} by size\n    {+|-}{2|5} for 1 to 2\n    +{1|4} for 3 or more\n    {+|-}1 for missing",
    "role": 'points {name} by role\n    +{3|6} for "CEO"\n    {+|-}2 otherwise',
    "paid": "points {name} by paid\n    +{1|5} for yes\n    -{1|2} for no",
    "title": 'points {name} by title\n    +{2|5} for "a", "ab"\n    +1 otherwise',
    "born": "points {name} by days since born\n    +{2|5} for below 7\n    +1 for 7 to 29\n    -{1|2} for missing",
}
_EVENT_TABLES = (
    "points {name} by count of OCCURRENCE\n    +{2|3} for 1\n    +{4|6} for 2 or more",
    "points {name} by days since last OCCURRENCE\n    {+|-}{2|4} for below 7\n    {+|-}1 for 7 to 29\n    -3 otherwise",
    "points {name} by highest seconds of SEEN\n    +{1|2} for below 4\n    +3 for 4 or more",
)
_ZONES = ("UTC", "UTC", "Asia/Tokyo", "America/New_York")


@dataclass(frozen=True, slots=True)
class MixedModel:
    """A rules file, the instant that it is judged at, what it is made of, and contacts to try on it."""

    text: str
    as_of: int
    constructs: frozenset[str]
    contacts: tuple[Contact, ...]

    @property
    def is_hard(self) -> bool:
        return bool(self.constructs & HARD)


@dataclass(slots=True)
class _Draw:
    random: Random
    fields: list[str]
    constructs: set[str] = field(default_factory=set)
    rules: int = 0

    def fill(self, template: str) -> str:
        seen = "visit" + self.random.choice(_WHERES) + self.random.choice(_WINDOWS)
        return fill(self.random, template.replace("SEEN", seen), self.occurrence(seen, "of visit" in template))

    def occurrence(self, seen: str, only_visits: bool) -> str:
        if only_visits or self.random.random() < 0.6:
            return seen
        return self.random.choice(("call", "any of (visit, call)", "any event")) + self.random.choice(_WINDOWS)

    def one_test(self, *, plain: bool = False) -> str:
        tests = [test for name in self.fields for test in _TESTS[name]] + list(_EVENT_TESTS)
        if plain:
            tests = [test for test in tests if test[0] not in HARD]
        construct, template = self.random.choice([one for one in tests if self._is_known(one[1])])
        self.constructs.add(construct)
        return self.fill(template)

    def _is_known(self, template: str) -> bool:
        """Whether all the fields of a test are declared."""
        return all(name in self.fields or name not in template.split() for name in _FIELDS)

    def test(self, *, plain: bool = False) -> str:
        parts = [self.one_test(plain=plain) for _ in range(self.random.choice((1, 1, 2, 2, 3)))]
        joined = self.random.choice((" and ", " or ")).join(f"({one})" for one in parts)
        return f"not ({joined})" if self.random.random() < 0.15 else joined

    def name(self) -> str:
        self.rules += 1
        return f'"Rule {self.rules}"'

    def points(self) -> str:
        return f"{self.random.choice('+++-')}{self.random.choice(('1', '2', '3', '5', '2.5'))}"

    def rule(self) -> str:
        kind = self.random.choice(("when", "when", "when", "each", "each", "every", "table"))
        self.constructs.add(kind)
        if kind == "when":
            return f"{self.points()} {self.name()} when {self.test()}"
        if kind == "each":
            seen = self.fill("OCCURRENCE of visit").removesuffix(" of visit")
            return f"{self.points()} {self.name()} for each {seen}{self.limits()}"
        if kind == "every":
            amount = self.random.choice(("count of visit", "sum of seconds of visit", *(set(self.fields) & {"size"})))
            return f"{self.points()} {self.name()} for every {self.random.choice((1, 2))} of {amount}, up to 5 points"
        tables = [_TABLES[name] for name in self.fields if name in _TABLES] + list(_EVENT_TABLES)
        return self.fill(self.random.choice(tables).replace("{name}", self.name()))

    def limits(self) -> str:
        chosen = [self.fill(limit) for limit in self.random.sample(_LIMITS, self.random.choice((0, 1, 1, 2)))]
        if self.random.random() < 0.4:
            chosen.append(self.fill(self.random.choice(_DECAYS)))
            self.constructs.add("decay")
        if not any(" up to " in one or (" at most" in one and " per " not in one) for one in chosen):
            chosen.append(", up to 9 points")
        return "".join(chosen)

    def bounds(self) -> str:
        return self.random.choice(("", "", " at most 6", " between -2 and 8", " at least -3"))


def draw_mixed_model(random: Random) -> MixedModel:
    """A model of one or two scores, with rules, exits, letters and stages of any kind."""
    draw = _Draw(random, random.sample(list(_FIELDS), random.choice((1, 1, 2))))
    zone = random.choice(_ZONES)
    lines = [*_head(draw, zone), *_scores(draw), *_tail(draw)]
    as_of = parse_as_of("2026-11-21", Zone(zone)) or 0
    contacts = list(_contacts(random, draw.fields, as_of))
    if random.random() < 0.4:
        hours = random.choice(_HOURS)
        rules, stages = _parted_day(draw, hours)
        after = next(number for number, line in enumerate(lines, 1) if line.startswith("score "))
        lines = [*lines[:after], *rules, *lines[after:], *stages]
        contacts += _contacts_around(random, draw.fields, as_of, hours)
    return MixedModel("\n".join(lines) + "\n", as_of, frozenset(draw.constructs), tuple(contacts))


def _head(draw: _Draw, zone: str) -> Iterator[str]:
    yield from (f'model "Mixed", time zone "{zone}"', "contact", "  id: text")
    yield from (f"  {name}: {_FIELDS[name][0]}" for name in draw.fields)
    yield "events"
    yield '  visit with path: text, seconds: number, first: yes/no, kind: one of "look", "buy"'
    yield "  call"
    yield 'list named = "ab", "c", "a@b.c"'
    yield "define often = count of visit >= 2"
    yield "define busy = count of any event"
    if draw.random.random() < 0.15:
        yield draw.fill("ignore {visit where first|visit where seconds > 8|call in the last 7 days}")
    if draw.random.random() < 0.15:
        few = f"count of visit <= {draw.random.choice((1, 2, 3))}"
        yield f"assume {draw.random.choice((few, draw.one_test(plain=True)))}"


def _scores(draw: _Draw) -> Iterator[str]:
    names = ["one", "two"][: draw.random.choice((1, 1, 2))]
    for name in names:
        decay = ""
        if draw.random.random() < 0.15:
            shrinks = "{halving|losing 50% of the original|losing 20% of what is left}"
            decay = draw.fill(f", {shrinks} every {{7|30}} days without {{any event|visit}}")
        yield f"score {name}{draw.bounds()}{decay}"
        for group in range(draw.random.choice((1, 1, 2))):
            if draw.random.random() < 0.6:
                yield f'  group "{name} {group}"{draw.bounds()}'
            yield from (f"  {draw.rule()}" for _ in range(draw.random.choice((1, 2, 2, 3))))
    if len(names) > 1 and draw.random.random() < 0.5:
        yield draw.fill("total = {0.5 * one + two|one - two|one + 1.5 * two} {|at most 7|between -2 and 6}")


def _tail(draw: _Draw) -> Iterator[str]:
    low, high = sorted(draw.random.sample(range(-3, 14), 2))
    yield from ("grade total", f'  "A" from {high}', f'  "B" from {low}', '  "C" otherwise')
    if draw.random.random() < 0.5:
        yield from ("grade one", f'  "Fine" from {low + 1}')
    else:
        yield from ("grade one", '  "Fine" from 2', '  "Poor" otherwise')
    for word in draw.random.sample(("disqualify", "exclude"), draw.random.choice((0, 0, 1, 2))):
        yield f'{word} "{word}d" when {draw.test()}'
    yield f'stage "Low" when total >= {low}'
    yield f'stage "High" when total >= {high} and ({draw.test()})'
    ways = f"one < {low} or one between {high} and {high + 1}", f'grade of one is "Fine" and total < {high}'
    yield f'stage "Odd" when {draw.random.choice(ways)}'


# ---- windows that part a day


def _parted_day(draw: _Draw, hours: tuple[int, ...]) -> tuple[list[str], list[str]]:
    """Rules that count days, rules that look for events between the hours, and a stage for some of their points."""
    draw.constructs.add("parted day")
    random = draw.random
    seen = random.choice(("visit", "visit", 'visit where path is "a"', "any event"))
    all_of_it = random.choice((" in the last 10 days", " in the last 30 days", f" in the last {max(hours) + 10} hours"))
    daily = random.choice(("at most 1 time per day", "at most 1 time per day", "at most 2 times per day"))
    sign, other = random.choice(("+-", "-+"))
    many = random.choice(("1", "2", "2.5", "5"))
    rules = [f"  {sign}{many} {draw.name()} for each {seen}{all_of_it}, {daily}, up to 30 points"]
    if random.random() < 0.3:
        older = f"visit more than {min(hours)} hours ago"
        rules.append(f"  {draw.points()} {draw.name()} for each {older}, {daily}, up to 8 points")
    for low, high in zip((None, *hours), (*hours, None), strict=True):
        since = all_of_it if high is None else f" in the last {high} hours"
        window = since if low is None else f"{since} more than {low} hours ago"
        test = random.choice((*("has visit{}",) * 4, "count of visit{} >= 2", "no visit{}")).format(window)
        if None in (low, high) or random.random() < 0.6:
            # Against the points for days: then few days are the best, and what is found on them.
            opposed = random.choice((*(other,) * 4, sign))
            rules.append(f"  {opposed}{random.choice((3, 7, 10))} {draw.name()} when {test}")
    least = random.choice((1, 4, 8, 11, 15, 21))
    return rules, [f'stage "Hourly" when one between {least} and {least + 1}'] * (random.random() < 0.7)


_HOURS = ((30, 36), (30, 36), (20,), (12, 20), (30,), (36,), (20, 30), (25, 40), (26, 30, 47), (460, 475), (480, 490))
"""Where windows begin; nineteen days before lies, in one of the zones, a day of 25 hours."""


def _contacts_around(random: Random, fields: list[str], as_of: int, hours: tuple[int, ...]) -> Iterator[Contact]:
    """Contacts whose events lie on both sides of the hours, and on the days before and after."""
    ages = {age for hour in hours for age in (hour * HOUR - 1, hour * HOUR, (hour - 1) * HOUR, (hour + 2) * HOUR)}
    ages |= {age for hour in hours for age in (hour * HOUR // DAY * DAY, (hour * HOUR // DAY + 1) * DAY)}
    pool = [_visit(as_of, age, random.choice(("a", "a", "c")), 4) for age in sorted(ages)]
    histories = [history for size in range(1, 4) for history in combinations_with_replacement(pool, size)]
    histories += [tuple(random.choices(pool, k=random.randint(4, 7))) for _ in range(40)]
    choices = [[_value(name, raw, as_of) for raw in _FIELDS[name][1]] for name in fields]
    kept = random.sample(histories, min(len(histories), 100))
    for number, (values, history) in enumerate(product(product(*choices), kept)):
        known = {name: value for name, value in zip(fields, values, strict=True) if value is not None}
        yield Contact(f"around {number}", known, history)


# ---- contacts


def _contacts(random: Random, fields: list[str], as_of: int) -> Iterator[Contact]:
    pool = [*random.sample(list(_visits(as_of)), 5), Event("call", as_of - random.choice(_AGES), {})]
    if random.random() < 0.3:
        pool.append(Event("call", as_of + 1, {}))
    most = 3 if len(fields) == 1 else 2
    histories = [history for size in range(most + 1) for history in combinations_with_replacement(pool, size)]
    histories += [tuple(random.choices(pool, k=random.randint(4, 9))) for _ in range(10)]
    choices = [[_value(name, raw, as_of) for raw in _FIELDS[name][1]] for name in fields]
    for number, (values, history) in enumerate(product(product(*choices), histories)):
        known = {name: value for name, value in zip(fields, values, strict=True) if value is not None}
        yield Contact(str(number), known, tuple(history))


_AGES = (0, DAY - 1, DAY, DAY + DAY // 2, 7 * DAY - 1, 7 * DAY, 29 * DAY, 30 * DAY, 31 * DAY, 43 * DAY, 400 * DAY)


def _visits(as_of: int) -> Iterator[Event]:
    for age, path, seconds in product(_AGES, ("a", "ab", "c", None), (0, 4, 4.5, 10, None)):
        yield _visit(as_of, age, path, seconds)


def _visit(as_of: int, age: int, path: str | None, seconds: float | None) -> Event:
    first, kind = (age + len(path or "")) % 3, "buy" if path == "a" else "look"
    values: dict[str, Any] = {"path": path, "kind": kind, "first": (None, True, False)[first]}
    values["seconds"] = None if seconds is None else round(seconds * MILLION)
    return Event("visit", as_of - age, {name: value for name, value in values.items() if value is not None})


def _value(name: str, raw: str, as_of: int) -> Value:
    match _FIELDS[name][0], raw:
        case _, "":
            return None
        case "number", _:
            return round(float(raw) * MILLION)
        case "yes/no", _:
            return raw == "yes"
        case "list of text", _:
            return tuple(raw.split(";"))
        case "date", _:
            days, *more = raw.split()
            return as_of + (DAY if more == ["after"] else -int(days) * DAY + (more == ["less"]))
        case _:
            return raw
