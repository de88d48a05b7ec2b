"""Draws a small model, and lists all its contacts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations_with_replacement, product
from random import Random

from leadline_compiler.contacts import Contact, Event, Value
from leadline_compiler.numbers import MILLION
from leadline_compiler.zones import DAY, UTC_ZONE, parse_as_of

AS_OF = parse_as_of("2026-11-21", UTC_ZONE) or 0


@dataclass(frozen=True, slots=True)
class Attribute:
    """A field: its declaration, all values worth telling apart, and the tests that are drawn."""

    name: str
    declared: str
    values: tuple[Value, ...]
    tests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SmallModel:
    """A rules file, its conditions as they stand in it, and all contacts that it can tell apart."""

    text: str
    conditions: tuple[str, ...]
    contacts: tuple[Contact, ...]


def _number(text: str) -> int:
    return round(float(text) * MILLION)


_NUMBERS: tuple[Value, ...] = (None, *(map(_number, ("-1", "0", "0.5", "1", "1.000001", "1.5", "2", "3", "3.5"))))
_AGES = (0, 1, 7 * DAY - 1, 7 * DAY, 30 * DAY - 1, 30 * DAY, 31 * DAY - 1, 31 * DAY, 45 * DAY)
_DATES: tuple[Value, ...] = (None, AS_OF + DAY, *(AS_OF - age for age in _AGES))
_TEXTS: tuple[Value, ...] = (
    None, "a", "AB", "ba", "abc", "c", "bc", "cab", "Cabc", "ab c", "xaxbx", "b@a", "a@b.c", "ab@b.c", "x", "x@x", "@x",
    "x@", "a@b", "ab@c", "cab@x", "xb.c", "b@b.c", "bxa@b", "bxa", "axbc", "c@ab", "abxc", "cxa@b.c", "b", "bxa@b.c",
    "ab@x", "abc@x", "a@x", "bc@x", "abc@b", "abc@b.c", "ab@b", "bc@b.c", "bc@b",
)  # fmt: skip

FIELDS = (
    Attribute(
        "size",
        "number",
        _NUMBERS,
        (
            "size {>|>=|<|<=} {0|1|2|3}",
            "size between {0|1} and {1|2|3}",
            "size {is|is not} {1|2}",
            "size {is known|is missing|is one of 1, 2|is none of 0, 1, 3}",
            "{size + 1 > 2|3 - size >= 1|2 > size|size - 1 + 2 <= 3}",
        ),
    ),
    Attribute(
        "role",
        'one of "CEO", "Chef", "Boss"',
        (None, "CEO", "chef", "Boss"),
        (
            'role {is "CEO"|is not "Chef"|is one of "CEO", "Boss"|is known|is missing}',
            'role {starts with "c"|contains "o"|does not contain "e"|is none of "Boss", "Chef"}',
        ),
    ),
    Attribute("paid", "yes/no", (None, True, False), ("{paid|not paid|paid is known|paid is no}",)),
    Attribute(
        "title",
        "text",
        _TEXTS,
        (
            'title {contains|starts with|ends with} "{a|ab|b|c}"',
            'title {is|is not} "{ab|abc|c}"',
            'domain of title {is|is not|contains} "{b.c|b}"',
            '{title is one of "ab", "c"|title is known|domain of title is known|title matches "^a.c$"}',
            'title {does not contain "b"|contains any of "ab", "c"|matches "a+b"}',
        ),
    ),
    Attribute(
        "tags",
        "list of text",
        (None, ("a",), ("b",), ("a", "B"), ("c",), ("a", "c"), ("b", "c"), ("a", "b", "c")),
        (
            'tags {includes "a"|includes any of "a", "b"|includes all of "a", "c"|is known}',
            'tags {does not include "b"|is missing|includes "c"}',
        ),
    ),
    Attribute(
        "born",
        "date",
        _DATES,
        (
            "days since born {>=|<|>|<=} {7|30|31}",
            "{born is known|born is missing|born >= 2026-10-22|born < 2026-10-22|days until born >= 1}",
            "{born is 2026-11-14|days since born between 7 and 30|born > 2026-11-21|born <= 2026-11-14}",
        ),
    ),
)

_VISITS = (
    *(
        Event("visit", AS_OF - age, {"path": path})
        for age in (0, 7 * DAY - 1, 7 * DAY, 30 * DAY - 1, 30 * DAY, 31 * DAY)
        for path in ("a", "ab")
    ),
    Event("visit", AS_OF - 7 * DAY + 1, {}),
)
_CALLS = (Event("call", AS_OF - 1, {}), Event("call", AS_OF - 30 * DAY, {}))

_OCCURRENCES = (
    "visit",
    "visit",
    'visit where path starts with "a"',
    'visit where path is "ab"',
    "visit where not (path is known)",
    "any of (visit, call)",
    "any event",
    "call",
)
_WINDOWS = ("", " in the last 7 days", " in the last 30 days", " more than 7 days ago", " in the last 1 month")

EVENT_TESTS = (
    "{has|no} OCCURRENCE",
    "count of OCCURRENCE {>=|<|>|<=} {1|2}",
    "days since {last|first} OCCURRENCE {>=|<} {7|30|0}",
    "days since last OCCURRENCE is {known|missing}",
)
_CHOICE = re.compile(r"\{([^{}]*)\}")


def fill(random: Random, template: str, occurrence: str) -> str:
    """Takes one of the choices in each pair of braces, and puts the occurrence in its place."""
    return _CHOICE.sub(lambda match: random.choice(match[1].split("|")), template).replace("OCCURRENCE", occurrence)


def _fill(random: Random, template: str) -> str:
    filled = _CHOICE.sub(lambda match: random.choice(match[1].split("|")), template)
    return filled.replace("OCCURRENCE", random.choice(_OCCURRENCES) + random.choice(_WINDOWS))


def draw_small_model(random: Random, conditions: int = 5) -> SmallModel:
    """A model whose rules all speak of the same one to three attributes."""
    fields = random.sample(FIELDS, random.choice((1, 1, 2)))
    has_events = random.random() < 0.6
    if has_events and len(fields) == 2 and max(len(field.values) for field in fields) > 20:
        fields = fields[:1]
    tests = [test for field in fields for test in field.tests] + list(EVENT_TESTS) * has_events
    drawn = tuple(_condition(random, tests, 2) for _ in range(conditions))
    assumed = _condition(random, tests, 1) if random.random() < 0.15 else None
    ignored = random.choice(('visit where path is "a"', "call in the last 7 days")) if random.random() < 0.15 else None
    text = _write(random, fields, drawn, assumed, ignored)
    return SmallModel(text, drawn, tuple(_contacts(random, fields, has_events)))


def _condition(random: Random, tests: list[str], depth: int) -> str:
    if depth == 0 or random.random() < 0.3:
        return _fill(random, random.choice(tests))
    parts = [_condition(random, tests, depth - 1) for _ in range(random.choice((2, 2, 3)))]
    joined = f" {random.choice(('and', 'and', 'or'))} ".join(f"({part})" for part in parts)
    return f"not ({joined})" if random.random() < 0.15 else joined


def _write(
    random: Random, fields: list[Attribute], conditions: tuple[str, ...], assumed: str | None, ignored: str | None
) -> str:
    lines = ['model "Small"', "contact", "  id: text", *(f"  {field.name}: {field.declared}" for field in fields)]
    lines += ["events", "  visit with path: text", "  call"]
    lines += [f"ignore {ignored}"] * bool(ignored) + [f"assume {assumed}"] * bool(assumed)
    lines += [random.choice(("score points", "score points", "score points at most 6", "score points between 1 and 9"))]
    lines += [
        f'  {random.choice("+++-")}{number} "Rule {number}" when {condition}'
        for number, condition in enumerate(conditions, 1)
    ]
    if random.random() < 0.5:
        low, high = sorted(random.sample(range(17), 2))
        lines += ["grade points", f'  "A" from {high}', f'  "B" from {low}', '  "C" otherwise']
        lines += [f'disqualify "Out" when {random.choice(conditions)}'] * (random.random() < 0.5)
        lines += [f'stage "One" when total >= {low}', f'stage "Two" when total >= {high - 2}']
        lines += [f'stage "Three" when total < {low} and ({random.choice(conditions)})']
    return "\n".join(lines) + "\n"


def _contacts(random: Random, fields: list[Attribute], has_events: bool) -> Iterator[Contact]:
    pool = (*random.sample(_VISITS, 6), *_CALLS) if has_events else ()
    most = 3 if max(len(field.values) for field in fields) < 12 else 2
    histories = [history for size in range(most + 1) for history in combinations_with_replacement(pool, size)]
    rows = product(*(field.values for field in fields))
    for number, (values, events) in enumerate(product(rows, histories)):
        known = {field.name: value for field, value in zip(fields, values, strict=True) if value is not None}
        yield Contact(str(number), known, events)
