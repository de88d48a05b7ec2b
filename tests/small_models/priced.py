"""Draws a small model in which events, amounts and fields earn points with limits, and lists many of its contacts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations_with_replacement, product
from random import Random

from leadline_compiler.contacts import Contact, Event, Value
from leadline_compiler.numbers import MILLION
from leadline_compiler.zones import DAY
from small_models.draw import AS_OF

FIELDS: dict[str, tuple[Value, ...]] = {
    "size": (None, 0, MILLION, 2 * MILLION, 3 * MILLION, 10 * MILLION),
    "role": (None, "CEO", "Chef", "Boss"),
    "paid": (None, True, False),
}
_VISITS = tuple(
    Event("visit", AS_OF - age, {"path": path}) for age in (0, 3 * DAY, 7 * DAY, 40 * DAY) for path in ("a", "ab")
)
_BUYS = tuple(
    Event("buy", AS_OF - age, {"amount": amount * MILLION}) for age, amount in ((0, 1), (0, 6), (10 * DAY, 2))
)
EVENTS = (*_VISITS, *_BUYS, Event("visit", AS_OF - 1, {}))

_OCCURRENCES = (
    "visit",
    'visit where path is "a"',
    'visit where path starts with "a"',
    "buy",
    "buy where amount >= 2",
    "any of (visit, buy)",
    "any event",
)
_WINDOWS = ("", "", " in the last 7 days", " in the last 30 days", " more than 3 days ago")
_CONDITIONS = (
    "size >= 2",
    "size < 1",
    "size between 1 and 3",
    "size is missing",
    'role is "CEO"',
    "role is known",
    "paid",
    "not paid",
    'role is not "Chef"',
    "has {occurrence}",
    "no {occurrence}",
    "count of {occurrence} >= 2",
    "days since last {occurrence} < 7",
    "sum of amount of buy >= 5",
    "highest amount of buy >= 3",
)
_LIMITS = ("", "", ", at most 1 time", ", at most 1 time per day", ", after the first 1", ", up to 5 points")
_DECAYS = ("", "", "", ", halving every 7 days", ", fading to 0 over 20 days")


@dataclass(frozen=True, slots=True)
class PricedModel:
    text: str
    fields: tuple[str, ...]
    stages: tuple[str, ...]


def draw_priced_model(random: Random, *, shuts_out: bool = False) -> PricedModel:
    """A model of four to six rules, two stages, and perhaps an exit, over one or two fields and two kinds of events.

    `shuts_out`: there is an exit that asks for a field.
    """
    fields = tuple(random.sample(sorted(FIELDS), random.choice((1, 2))))
    lines = ['model "Priced"', "contact", "  id: text", "  size: number", '  role: one of "CEO", "Chef", "Boss"']
    lines += ["  paid: yes/no", "events", "  visit with path: text", "  buy with amount: number"]
    if random.random() < 0.15:
        lines.append(random.choice(('ignore visit where path is "ab"', "ignore buy where amount > 5")))
    if random.random() < 0.15:
        lines.append(f"assume {_condition(random, fields)}")
    bounds = random.choice(("", "", " at most 12", " between -4 and 9"))
    lines.append(f"score points{bounds}{random.choice(_SCORE_DECAYS) if random.random() < 0.2 else ''}")
    for number in range(random.choice((4, 5, 6))):
        if number == 2 and random.random() < 0.4:
            lines.append(f'  group "Second" at most {random.choice((4, 8))}')
        lines += _rule(random, fields, number)
    low, high = sorted(random.sample(range(2, 15), 2))
    extra = f" and {_condition(random, fields)}" if random.random() < 0.4 else ""
    if random.random() < 0.3:
        lines.append(f'disqualify "Out" when {_condition(random, fields)}')
    if shuts_out:
        asking = [one for one in _CONDITIONS if set(fields) & set(one.split())]
        lines.append(f'disqualify "Shut" when {random.choice(asking)}')
    lines += [f'stage "One" when total >= {low}{extra}', f'stage "Two" when total >= {high}']
    return PricedModel("\n".join(lines) + "\n", fields, ("One", "Two"))


_SCORE_DECAYS = (
    ", losing 25% of what is left every 7 days without any event",
    ", halving every 30 days without visit",
)


def _condition(random: Random, fields: tuple[str, ...]) -> str:
    known = [
        one for one in _CONDITIONS if "{" in one or "amount" in one or one.replace("not ", "").split()[0] in fields
    ]
    return random.choice(known).format(occurrence=_occurrence(random))


def _occurrence(random: Random) -> str:
    return random.choice(_OCCURRENCES) + random.choice(_WINDOWS)


def _rule(random: Random, fields: tuple[str, ...], number: int) -> list[str]:
    points, name = f"{random.choice('+++++-')}{random.choice((1, 2, 3, 5, 8))}", f'"Rule {number}"'
    match random.choice(("when", "when", "each", "each", "every", "table")):
        case "when":
            return [f"  {points} {name} when {_condition(random, fields)}"]
        case "each":
            return [f"  {points} {name} for each {_occurrence(random)}{random.choice(_LIMITS)}{random.choice(_DECAYS)}"]
        case "every":
            amount = random.choice((f"count of {_occurrence(random)}", "sum of amount of buy"))
            return [
                f"  {points} {name} for every {random.choice((2, 3))} of {amount}, up to {random.choice((4, 9))} points"
            ]
        case _:
            amount = random.choice((f"count of {_occurrence(random)}", f"days since last {_occurrence(random)}"))
            return [f"  points {name} by {amount}", "    +1 for 1 to 2", "    +4 for 3 or more", "    -1 otherwise"]


def contacts_from(
    model: PricedModel, start: Contact, held: frozenset[str], most: int, change: frozenset[str] = frozenset()
) -> Iterator[Contact]:
    """The start with up to `most` new events, with values in those missing fields that are not held, and with any
    value in the known ones that may change."""
    known_ones = {name for name in model.fields if start.values.get(name) is not None}
    open_ = {name: FIELDS[name] for name in model.fields if name not in known_ones | held}
    open_ |= {name: tuple(one for one in FIELDS[name] if one is not None) for name in change & known_ones}
    histories = [more for size in range(most + 1) for more in combinations_with_replacement(EVENTS, size)]
    for values in product(*open_.values()):
        known = {name: value for name, value in zip(open_, values, strict=True) if value is not None}
        for more in histories:
            yield Contact(start.id, {**start.values, **known}, (*start.events, *more))
