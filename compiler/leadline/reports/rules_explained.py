"""The lines of rules: why each fired or did not, what counted, and what its own limits took away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from fractions import Fraction
from typing import Any, NamedTuple

from leadline.reports.conditions import say_facts, say_failure, say_no_event, say_test
from leadline.reports.explanation import EventLine, LeftOutLine, OwnCut, Part, ReadValue, RuleLine
from leadline.reports.moments import say_age
from leadline.reports.wording import (
    Setting,
    say_event,
    say_kinds,
    say_list,
    say_reading,
    say_sources,
    say_times,
)
from leadline_compiler import model as m
from leadline_compiler.conditions import CountAmount, Occurrence
from leadline_compiler.contacts import Event
from leadline_compiler.interpreter.distance import distance_to_event, distance_to_step, nearest_row
from leadline_compiler.interpreter.readings import Reading, left_out, occurrence_of, read
from leadline_compiler.interpreter.why import tests_of, trace
from leadline_compiler.numbers import write_number, write_points
from leadline_compiler.outcome import EachDetail, EveryDetail, RuleOutcome, TableDetail, UncountedEvent, WhenDetail
from leadline_compiler.typing import type_of


class _Why(NamedTuple):
    said: str
    distance: Fraction
    values: tuple[ReadValue, ...] = ()
    parts: tuple[Part, ...] = ()
    counted: tuple[EventLine, ...] = ()
    left_out: tuple[LeftOutLine, ...] = ()
    cuts: tuple[OwnCut, ...] = ()


def explain_rule(outcome: RuleOutcome, setting: Setting) -> RuleLine:
    """The line of a rule."""
    rule = outcome.rule
    why = _WHY[type(rule.body)](outcome, rule.body, outcome.detail, setting)
    return RuleLine(
        rule=rule.name,
        score=outcome.score,
        group=outcome.group,
        line=rule.line,
        text=" ".join(rule.text.split()),
        care=rule.care,
        fired=outcome.fired,
        points=outcome.points,
        times=outcome.times,
        worth=_worth(outcome),
        **why._asdict(),
    )


def say_briefly(outcome: RuleOutcome, setting: Setting) -> str:
    """Why a rule fired, in few words."""
    brief = replace(setting, is_brief=True)
    return _WHY[type(outcome.rule.body)](outcome, outcome.rule.body, outcome.detail, brief).said


def _worth(outcome: RuleOutcome) -> int:
    """What the rule gives once. Of a table: its row, else the nearest, else the best, else the worst."""
    rule, detail = outcome.rule, outcome.detail
    if not isinstance(rule.body, m.Table) or not isinstance(detail, TableDetail):
        return rule.points
    row = detail.row or nearest_row(rule.body, detail.value)[0]
    if row is not None:
        return row.points
    points = [row.points for row in rule.body.rows]
    best = max(points, default=0)
    return best if best > 0 else min(points, default=0)


# ---- when


def _when(outcome: RuleOutcome, body: m.When, detail: WhenDetail, setting: Setting) -> _Why:
    traced = trace(body.condition, setting.view)
    tests = tuple(tests_of(traced))
    readings = _different(reading for test in tests for reading in test.readings)
    said = say_facts(traced, setting) if traced.holds else say_failure(traced, setting)
    return _Why(
        said,
        traced.distance,
        _values(readings),
        tuple(Part(test.condition.text, test.holds, say_test(test, setting)) for test in tests),
        _event_lines(readings, setting),
        _all_near(readings, setting),
    )


def _different(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    return tuple({reading.amount.text: reading for reading in readings}.values())


def _values(readings: Iterable[Reading]) -> tuple[ReadValue, ...]:
    """The amounts that were read, and what they are reckoned from."""
    every = _different(each for reading in readings for each in (reading, *reading.parts))
    return tuple(ReadValue(reading.amount.text, type_of(reading.amount), reading.value) for reading in every)


def _event_lines(readings: Iterable[Reading], setting: Setting) -> tuple[EventLine, ...]:
    sources = (each for reading in readings for each in (reading, *reading.parts))
    events = {id(event): event for reading in sources for event in reading.events}
    newest_first = sorted(events.values(), key=lambda event: -event.at)
    return tuple(EventLine(event, say_age(event.at, setting.now), None) for event in newest_first)


def _all_near(readings: Iterable[Reading], setting: Setting) -> tuple[LeftOutLine, ...]:
    sources = (each.amount for reading in readings for each in (reading, *reading.parts))
    occurrences = [occurrence for amount in sources if (occurrence := occurrence_of(amount)) is not None]
    return tuple(line for occurrence in occurrences for line in _near(occurrence, setting))


def _near(occurrence: Occurrence, setting: Setting) -> tuple[LeftOutLine, ...]:
    found = left_out(occurrence, setting.view, setting.whole)
    said = (("ignored", found.ignored), ("outside of the window", found.outside), ("does not pass where", found.unlike))
    return tuple(LeftOutLine(reason, False, events) for reason, events in said if events)


# ---- for each


def _each(outcome: RuleOutcome, body: m.Each, detail: EachDetail, setting: Setting) -> _Why:
    occurrence = body.occurrence
    by_limit = _by_limit(detail.uncounted, body)
    if outcome.fired:
        said, distance = _say_counted(outcome, body, detail, setting), Fraction(0)
    elif by_limit:
        said, distance = f"{say_kinds(occurrence)}: {_say_left_out(by_limit)}", Fraction(1, 2)
    else:
        said, distance = say_no_event(occurrence, setting), distance_to_event(occurrence, setting.view)
    matching = read(CountAmount(occurrence, text=f"count of {occurrence.text}"), setting.view)
    return _Why(
        said,
        distance,
        values=_values([matching]),
        counted=tuple(
            EventLine(item.event, say_age(item.event.at, setting.now), item.points) for item in detail.counted
        ),
        left_out=by_limit + _near(occurrence, setting),
        cuts=_each_cuts(outcome, body, detail, by_limit),
    )


def _say_counted(outcome: RuleOutcome, body: m.Each, detail: EachDetail, setting: Setting) -> str:
    also = tuple(limit.property for limit in body.times if limit.property is not None)
    said = []
    for item in detail.counted[: setting.events_said]:
        event = say_event(item.event, body.occurrence, setting, also)
        said.append(event if body.decay is None else f"{event} gives {write_points(item.points)}")
    return f"{say_times(len(detail.counted))}: {say_list(said, len(detail.counted))}"


def _by_limit(uncounted: tuple[UncountedEvent, ...], body: m.Each) -> tuple[LeftOutLine, ...]:
    """The events that limits left out, by the limits that they broke."""
    found: dict[str, list[Event]] = defaultdict(list)
    for item in uncounted:
        reasons = [say_limit(limit) for limit in item.limits]
        reasons += [f"after the first {body.after_first}"] if item.among_first else []
        found[" and ".join(dict.fromkeys(reasons))].append(item.event)
    return tuple(LeftOutLine(reason, True, tuple(events)) for reason, events in found.items())


def say_limit(limit: m.TimesLimit) -> str:
    """A limit as it is written: `at most 1 time per day`."""
    per = "" if limit.per == "all" else f" per {limit.property or 'day'}"
    return f"at most {limit.times} time{'' if limit.times == 1 else 's'}{per}"


def _each_cuts(
    outcome: RuleOutcome, body: m.Each, detail: EachDetail, by_limit: tuple[LeftOutLine, ...]
) -> tuple[OwnCut, ...]:
    cuts = [OwnCut("limit", _say_left_out((line,)), None, None) for line in by_limit]
    if body.decay is not None and detail.earned != detail.undecayed:
        before, after = write_points(detail.undecayed), write_points(detail.earned)
        said = f"{say_decay(body.decay)}: {before} became {after}"
        cuts.append(OwnCut("decay", said, detail.undecayed, detail.earned))
    return (*cuts, *_up_to(body.up_to, detail.earned, outcome.points))


def _say_left_out(lines: tuple[LeftOutLine, ...]) -> str:
    said = []
    for line in lines:
        count = len(line.events)
        said.append(f"{count} event{'' if count == 1 else 's'} did not count ({line.reason})")
    return ", ".join(said)


def say_decay(decay: m.Decay) -> str:
    """A decay as it is written."""
    if decay.kind == "halving":
        return f"halving every {decay.every}"
    if decay.kind == "fading":
        return f"fading to 0 over {decay.every}"
    kept = "what is left" if decay.kind == "losing of rest" else "the original"
    millionths = decay.percent * 1_000_000
    return f"losing {write_number(int(millionths))}% of {kept} every {decay.every}"


def _up_to(up_to: int | None, earned: int, points: int) -> tuple[OwnCut, ...]:
    if up_to is None or earned == points:
        return ()
    said = f"up to {write_points(up_to)} points: {write_points(earned)} became {write_points(points)}"
    return (OwnCut("up to", said, earned, points),)


# ---- for every, points by


def _every(outcome: RuleOutcome, body: m.Every, detail: EveryDetail, setting: Setting) -> _Why:
    reading = read(body.amount, setting.view)
    step = write_number(body.step)
    said = say_reading(reading, setting)
    said += f", so {say_times(detail.steps)} (every {step})" if outcome.fired else f", needs {step} or more"
    said += say_sources(reading, setting) if outcome.fired else ""
    return _Why(
        said,
        Fraction(0) if outcome.fired else distance_to_step(detail.value, body.step),
        _values([reading]),
        counted=_event_lines([reading], setting),
        left_out=_all_near([reading], setting),
        cuts=_up_to(body.up_to, detail.earned, outcome.points),
    )


def _table(outcome: RuleOutcome, body: m.Table, detail: TableDetail, setting: Setting) -> _Why:
    reading = read(body.amount, setting.view)
    said, distance = say_reading(reading, setting), Fraction(0)
    if detail.row is None:
        row, distance = nearest_row(body, detail.value)
        said += ", no row for it" if row is None else f", nearest row: {_say_row(row)}"
    else:
        is_plain = isinstance(reading.value, int) and not isinstance(reading.value, bool)
        said += f" (row: {_say_row(detail.row)})" if is_plain or detail.row.otherwise else ""
        said += say_sources(reading, setting)
    return _Why(
        said,
        distance,
        _values([reading]),
        counted=_event_lines([reading], setting),
        left_out=_all_near([reading], setting),
    )


def _say_row(row: m.Row) -> str:
    """What a row takes, as written: `25 or more`, `otherwise`."""
    _, _, takes = row.text.partition(" ")
    return " ".join(takes.split()).removeprefix("for ")


_WHY: dict[type, Callable[[RuleOutcome, Any, Any, Setting], _Why]] = {
    m.When: _when,
    m.Each: _each,
    m.Every: _every,
    m.Table: _table,
}
