"""A first scorecard for a schema: few rules, all of them valid, to be changed by somebody who knows better."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from leadline.inference.guess import EventGuess, FieldGuess, SchemaGuess
from leadline.inference.names import make_unique, write_name, write_text
from leadline.readers.headings import normalise_heading
from leadline_compiler.numbers import MILLION, write_number
from leadline_compiler.schema import Kind

_OUTCOMES = re.compile(
    r"(?:^|_)(?:converted|conversion|won|lost|closed|outcome|target|label|churn|churned|customer|status|stage|lifecycle"
    r"|deal|opportunity|quality|score|deleted|synced|y)(?:_|$)"
)
"""Columns that tell what came of a contact, or that only machines read: points for them would be cheating."""
_UNWELCOME = re.compile(
    r"(?:^|_)(?:not|no|opt|opted|out|unsubscribed|bounced|spam|default|test|archived|inactive|free|gmail|invalid)(?:_|$)"
)
"""Flags that speak against a contact as often as for it."""
_SERIAL = re.compile(r"(?:^|_)(?:number|no|nr|year|month|day|latitude|longitude)$")
_TELLING = re.compile(
    r"(?:^|_)(?:job|role|function|title|seniority|industry|sector|plan|segment|source|employees|staff|size|band|revenue"
    r"|visits|views|pages|sessions|seats|count|decides|decision_maker)(?:_|$)"
)
"""Fields that scorecards are mostly made of."""
_EMPTY_CHOICES = frozenset({"select", "unknown", "other", "others", "none", "n/a", "na", "nonexistent", "not set"})
_LABEL = 40
_FEWEST = 3
"""Rules of a first scorecard, where the data gives something to write them of."""


@dataclass(frozen=True, slots=True)
class RuleText:
    """The lines of a rule, and the most points it can give; `field` is the name of the one that it looks at."""

    lines: tuple[str, ...]
    most: int
    field: str = ""


def write_skeleton(guess: SchemaGuess) -> list[str]:
    """The scores with their rules and one stage."""
    used = {field.name for field in guess.fields}
    fit = _fit_rules(guess)
    engagement = _engagement_rules(guess, _FEWEST - len(fit))
    if len(fit) + len(engagement) < _FEWEST and guess.has_identifier:
        fit.append(RuleText((f'+1 "Known" when {write_name(guess.identifier)} is known',), 1))
    lines: list[str] = []
    if fit:
        lines += [f"score {_free('fit', used)}", *(line for rule in fit for line in rule.lines), ""]
    if engagement:
        lines += [f"score {_free('engagement', used)}", *(line for rule in engagement for line in rule.lines), ""]
    most = sum(rule.most for rule in (*fit, *engagement))
    line = max(1, most * 6 // 10)
    return [
        *lines,
        "# Whoever reaches this line is worth a call; `total` is the sum of all scores.",
        f'stage "Worth a call" when total >= {line}',
    ]


def _free(name: str, used: set[str]) -> str:
    return name if name not in used else make_unique(f"{name}_points", used)


def _engagement_rules(guess: SchemaGuess, fewest: int) -> list[RuleText]:
    """A rule of the most frequent event; up to `fewest` of others and of those who stay away, where they are asked."""
    rules = [_counted(event) for event in guess.events[: max(1, fewest)]]
    if rules and len(rules) < fewest:
        event = guess.events[0]
        title = write_text(f"No {_label(event.source)} for 90 days")
        lines = (
            "# Interest that has gone out weighs against a contact.",
            f"-5 {title} when no {write_name(event.name)} in the last 90 days",
        )
        rules.append(RuleText(lines, 0))
    return rules


def _counted(event: EventGuess) -> RuleText:
    title = write_text(_label(event.source))
    lines = (
        f"# Every {_label(event.source)} of the last 30 days counts, up to a limit that keeps one habit from deciding.",
        f"+2 {title} for each {write_name(event.name)} in the last 30 days, up to 10 points",
    )
    return RuleText(lines, 10)


def _fit_rules(guess: SchemaGuess) -> list[RuleText]:
    """A table, a threshold and a yes/no, as far as there are fields for them; else more of these, and what is known."""
    fields = [field for field in guess.fields if _may_earn_points(field, guess)]
    fields.sort(key=lambda field: _TELLING.search(normalise_heading(field.heading)) is None)
    kinds = [list(found) for found in (_tables(fields), _thresholds(fields), _flags(fields))]
    firsts = [rule for kind in kinds for rule in kind[:1]]
    others = [rule for kind in kinds for rule in kind[1:]]
    rules: list[RuleText] = []
    titles: set[str] = {_label(event.source) for event in guess.events}
    used: set[str] = set()
    wanted = _FEWEST - bool(guess.events)
    for title, rule in (*firsts, *others, *_known(fields)):
        if title not in titles and rule.field not in used and len(rules) < wanted:
            titles.add(title)
            used.add(rule.field)
            rules.append(rule)
    looked_at = {rule.field for _, rule in (*firsts, *others)}
    asked = [field for field in fields if field.name in used & looked_at]
    return [*rules, *map(_missing, asked[: wanted - len(rules)])]


def _missing(field: FieldGuess) -> RuleText:
    title = write_text(f"{_label(field.heading)} is missing")
    return RuleText((f"-1 {title} when {write_name(field.name)} is missing",), 0, field.name)


def _known(fields: list[FieldGuess]) -> Iterator[tuple[str, RuleText]]:
    for field in fields:
        title = f"{_label(field.heading)} is known"
        yield title, RuleText((f"+1 {write_text(title)} when {write_name(field.name)} is known",), 1, field.name)


def _may_earn_points(field: FieldGuess, guess: SchemaGuess) -> bool:
    return field.name != guess.identifier and _OUTCOMES.search(normalise_heading(field.heading)) is None


def _tables(fields: list[FieldGuess]) -> Iterator[tuple[str, RuleText]]:
    for field in fields:
        values = [value for value, _ in field.found.common if value.casefold() not in _EMPTY_CHOICES]
        if field.found.type.kind is Kind.CHOICE and len(values) > 1:
            title = _label(field.heading)
            first, second = map(write_text, values[:2])
            yield (
                title,
                RuleText(
                    (
                        "# One row at most applies; the most frequent values, to be replaced by the ones that buy.",
                        f"points {write_text(title)} by {write_name(field.name)}",
                        f"  +10 for {first}",
                        f"  +5 for {second}",
                        "  +0 otherwise",
                    ),
                    10,
                    field.name,
                ),
            )


def _thresholds(fields: list[FieldGuess]) -> Iterator[tuple[str, RuleText]]:
    for field in fields:
        middle = field.found.middle
        is_serial = _SERIAL.search(normalise_heading(field.heading)) is not None
        if field.found.type.kind is Kind.NUMBER and middle is not None and not is_serial:
            number = _round_down(middle)
            title = f"{_label(field.heading)}: {number} or more"
            yield (
                title,
                RuleText(
                    (
                        "# About half of the contacts have this much.",
                        f"+5 {write_text(title)} when {write_name(field.name)} >= {number}",
                    ),
                    5,
                    field.name,
                ),
            )


def _flags(fields: list[FieldGuess]) -> Iterator[tuple[str, RuleText]]:
    for field in fields:
        is_unwelcome = _UNWELCOME.search(normalise_heading(field.heading)) is not None
        if field.found.type.kind is Kind.YES_NO and not is_unwelcome:
            title = _label(field.heading)
            yield title, RuleText((f"+5 {write_text(title)} when {write_name(field.name)}",), 5, field.name)


def _round_down(millionths: int) -> str:
    """Two leading digits are enough for a line that somebody is to move."""
    whole = millionths // MILLION
    if whole < 10:
        return write_number(millionths)
    scale = 10 ** (len(str(whole)) - 2)
    return str(whole // scale * scale)


def _label(heading: str) -> str:
    """A heading as the name of a rule: one line, spaces for underscores, not too long."""
    text = " ".join("".join(c if c.isprintable() else " " for c in heading).replace("_", " ").split())
    text = text if len(text) <= _LABEL else text[:_LABEL].rstrip() + "…"
    return (text[:1].upper() + text[1:]) or "Value"
