"""Conditions in words: what was there where they hold, and what failed and what it needs where they do not."""

from __future__ import annotations

from leadline.reports.wording import Setting, say_event, say_fact, say_reading
from leadline_compiler.conditions import (
    All,
    Comparison,
    Condition,
    CountAmount,
    Defined,
    Either,
    Has,
    Not,
    Occurrence,
    Truth,
)
from leadline_compiler.contacts import Event
from leadline_compiler.interpreter.distance import FAR
from leadline_compiler.interpreter.readings import LeftOut, amounts_of, left_out
from leadline_compiler.interpreter.why import Trace, decisive_tests, trace

_DEEPEST = 3
"""Defines inside one another that are still put into words."""
_PARTS_SAID = 3
_SEARCHED = 50
"""So many of the newest events are looked at for the closest."""
_NEEDS = (
    ("is one of ", "needs one of "),
    ("is none of ", "needs none of "),
    ("is in ", "needs to be in "),
    ("is not ", "must not be "),
    ("is missing", "needs to be missing"),
    ("is known", "needs to be known"),
    ("is ", "needs "),
    ("does not ", "must not "),
    ("contains ", "needs to contain "),
    ("starts with ", "needs to start with "),
    ("ends with ", "needs to end with "),
    ("matches ", "needs to match "),
    ("includes ", "needs to include "),
    ("", "needs "),
)
"""How what a test says of its amount becomes what the amount needs; the first beginning that fits."""


def say_facts(traced: Trace, setting: Setting) -> str:
    """The values and events that made a condition come out as it did."""
    said = [say_fact(reading, setting) for test in decisive_tests(traced) for reading in test.readings]
    return "; ".join(dict.fromkeys(said)) or traced.condition.text


def say_test(test: Trace, setting: Setting) -> str:
    """A single test: its values, and what they need where it failed."""
    return say_facts(test, setting) if test.holds else say_failure(test, setting)


def say_failure(traced: Trace, setting: Setting, depth: int = 0) -> str:
    """The part that failed and what it needs; the nearest first where any of several would do."""
    match traced.condition:
        case All():
            return _failed_parts(traced, setting, depth)
        case Either():
            return _no_way(traced, setting, depth)
        case Defined() if depth >= _DEEPEST:
            return f"{traced.condition.text} does not hold"
        case Defined():
            return f"{traced.condition.text}: {say_failure(traced.parts[0], setting, depth + 1)}"
        case Not():
            return _met_but_must_not(traced.parts[0], setting)
        case _:
            return _failed_test(traced, setting)


def _failed_parts(traced: Trace, setting: Setting, depth: int) -> str:
    failed = [part for part in traced.parts if not part.holds]
    said = [_grouped(part, say_failure(part, setting, depth), Either) for part in failed[:_PARTS_SAID]]
    if len(failed) > len(said):
        said.append(f"{len(failed) - len(said)} more")
    held = len(traced.parts) - len(failed)
    hold = f" ({held} of {len(traced.parts)} parts hold{'s' if held == 1 else ''})" if held else ""
    return "; and ".join(said) + hold


def _no_way(traced: Trace, setting: Setting, depth: int) -> str:
    nearest = sorted(traced.parts, key=lambda part: part.distance)[:_PARTS_SAID]
    said = [_grouped(part, say_failure(part, setting, depth), All) for part in nearest]
    more = len(traced.parts) - len(said)
    if more:
        said.append(f"{more} other way{'' if more == 1 else 's'}")
    return ", or ".join(said)


def _grouped(part: Trace, said: str, kind: type) -> str:
    inner: Condition = part.condition
    return f"({said})" if isinstance(inner, kind) else said


def _met_but_must_not(part: Trace, setting: Setting) -> str:
    needs = "needs no" if isinstance(part.condition, Truth) else "which must not be"
    return f"{say_facts(part, setting)}, {needs}"


def _failed_test(test: Trace, setting: Setting) -> str:
    condition = test.condition
    if isinstance(condition, Has):
        [reading] = test.readings
        if condition.negated:
            return f"{say_fact(reading, setting)}; needs none"
        return say_no_event(condition.occurrence, setting)
    said = ", ".join(say_reading(reading, setting) for reading in test.readings) or condition.text
    near = [
        found
        for reading in test.readings
        if isinstance(reading.amount, CountAmount) and not reading.events
        if (found := near_miss(reading.amount.occurrence, setting))
    ]
    return f"{said}, {_needs(condition)}{''.join(f' ({found})' for found in near)}"


def _needs(condition: Condition) -> str:
    """What a test asks of its amount, in the words of the rules file."""
    subject = amounts_of(condition)[0].text
    if isinstance(condition, Truth):
        return "needs yes"
    if not condition.text.startswith(subject) or (isinstance(condition, Comparison) and subject[:1].isdigit()):
        return f"needs {condition.text}"
    asked = condition.text[len(subject) :].strip()
    return next(needs + asked[len(said) :] for said, needs in _NEEDS if asked.startswith(said))


def say_no_event(occurrence: Occurrence, setting: Setting) -> str:
    """`no form_submit where form is "demo" in the last 90 days (last one: demo, 120 days ago (24 Jul))`."""
    near = near_miss(occurrence, setting)
    return f"no {occurrence.text.removeprefix('any ')}{f' ({near})' if near else ''}"


def near_miss(occurrence: Occurrence, setting: Setting) -> str:
    """The event that is only just not meant, in words; empty where none comes near."""
    found = left_out(occurrence, setting.view, setting.whole)
    for what, events in (
        ("last one", found.outside),
        ("ignored", found.ignored),
        ("closest", _closest(occurrence, found, setting)),
    ):
        if events:
            return f"{what}: {say_event(events[0], occurrence, setting)}"
    return ""


def _closest(occurrence: Occurrence, found: LeftOut, setting: Setting) -> tuple[Event, ...]:
    """The one of the newest events that passes most of a `where`; none where nothing of it is passed."""
    if occurrence.where is None:
        return ()
    traced = [
        (trace(occurrence.where, setting.view.at_event(event)).distance, event) for event in found.unlike[:_SEARCHED]
    ]
    near = [(distance, event) for distance, event in traced if distance < FAR]
    return (min(near, key=lambda pair: pair[0])[1],) if near else ()
