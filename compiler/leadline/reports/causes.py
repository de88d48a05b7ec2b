"""Why a result is another one than a microsecond before: what happened, which window ended, which decay took a step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from leadline.reports.cause import Cause, CauseKind
from leadline.reports.cause_cuts import find_cuts_moved
from leadline.reports.conditions import say_facts, say_failure
from leadline.reports.moments import say_moment
from leadline.reports.rules_explained import explain_rule, say_decay
from leadline.reports.wording import Setting, say_list, say_times, say_value, say_what, setting_of
from leadline_compiler.conditions import Ago, DaysSinceAmount, DaysSinceEventAmount, Occurrence, Window, Within
from leadline_compiler.contacts import Event
from leadline_compiler.interpreter.amounts import value_of
from leadline_compiler.interpreter.occurrences import matching, span_of_windows
from leadline_compiler.interpreter.why import trace
from leadline_compiler.model import Each
from leadline_compiler.outcome import EachDetail, Outcome, RuleOutcome, ScoreOutcome
from leadline_compiler.typing import type_of
from leadline_dsl.walk import children

_Reason: TypeAlias = tuple[CauseKind, str]


def find_causes(before: Outcome, after: Outcome) -> tuple[Cause, ...]:
    """Why a contact's result differs between two instants next to each other, in the order of an explanation: rules,
    the largest change of points first, what decay, bounds and weights make of it, then exits and stages. The points
    of all add up to the change of the total.
    """
    was, now = setting_of(before), setting_of(after)
    rules = sorted(_rules(before, after, was, now), key=lambda cause: -abs(cause.points))
    cuts = (*_scores(before, after, was, now), *find_cuts_moved(before, after))
    return (*rules, *cuts, *_exits(before, after, was, now), *_stages(before, after, was, now))


def _rules(before: Outcome, after: Outcome, was: Setting, now: Setting) -> Iterator[Cause]:
    for old, new in zip(before.rules, after.rules, strict=True):
        if old.points != new.points:
            reasons = [*_reasons(new.rule.body, was, now), *_decay(old, new, now)]
            kind, said = _told(reasons) or ("other", explain_rule(new, now).said)
            points = new.points - old.points
            yield Cause(kind, "rule", new.rule.name, new.rule.line, old.points, new.points, points, said)


def _scores(before: Outcome, after: Outcome, was: Setting, now: Setting) -> Iterator[Cause]:
    """Scores of which decay takes more or less: by a step, by an event that ends it, or since there is more to take."""
    for old, new in zip(before.scores, after.scores, strict=True):
        points = (new.after_decay - new.sum) - (old.after_decay - old.sum)
        if points:
            kind, said = _score_decay(new, was, now)
            yield Cause(kind, "score", new.score.name, None, old.after_decay, new.after_decay, points, said)


def _exits(before: Outcome, after: Outcome, was: Setting, now: Setting) -> Iterator[Cause]:
    for index in sorted(set(before.exits) ^ set(after.exits)):
        exit_ = after.model.exits[index]
        traced = trace(exit_.condition, now.view)
        facts = say_facts(traced, now) if traced.holds else say_failure(traced, now)
        kind, said = _told(_reasons(exit_.condition, was, now)) or ("other", facts)
        yield Cause(kind, exit_.kind, exit_.name, exit_.line, None, None, 0, said)


def _stages(before: Outcome, after: Outcome, was: Setting, now: Setting) -> Iterator[Cause]:
    """Stages whose own conditions time has changed; what points do to them is told by the points."""
    for index in sorted(set(before.stages) ^ set(after.stages)):
        stage = after.model.stages[index]
        told = _told(_reasons(stage.condition, was, now))
        if told is not None:
            yield Cause(told[0], "stage", stage.name, stage.line, None, None, 0, told[1])


def _told(reasons: Iterable[_Reason]) -> _Reason | None:
    """One reason of several: the kind of the first, the words of all of that kind."""
    found = list(dict.fromkeys(reasons))
    if not found:
        return None
    kind = found[0][0]
    said = [words for other, words in found if other == kind]
    return kind, say_list(said[:2], len(said))


# ---- what time does to conditions and amounts


def _reasons(root: Any, was: Setting, now: Setting) -> list[_Reason]:
    """Why anything that depends on time below a condition, an amount or a rule's body is another one."""
    moving = list(_moving(root))
    found = [reason for item in moving if isinstance(item, Occurrence) for reason in _occurrence(item, was, now)]
    for amount in moving:
        if not isinstance(amount, Occurrence):
            value = value_of(amount, now.view)
            if value != value_of(amount, was.view):
                found.append(("days", f"{amount.text} is {say_value(value, type_of(amount), now.now)}"))
    # What has happened says more than the days that are counted from it.
    return sorted(found, key=lambda reason: reason[0] != "event")


def _moving(root: Any) -> Iterator[Occurrence | DaysSinceAmount | DaysSinceEventAmount]:
    open_ = [root]
    while open_:
        item = open_.pop()
        if isinstance(item, Occurrence | DaysSinceAmount | DaysSinceEventAmount):
            yield item
        # What stands in `where` is about one event, and has no value here.
        open_ += item.windows if isinstance(item, Occurrence) else children(item)


def _occurrence(occurrence: Occurrence, was: Setting, now: Setting) -> Iterator[_Reason]:
    old, new = matching(occurrence, was.view), matching(occurrence, now.view)
    known, kept = {id(event) for event in old}, {id(event) for event in new}
    entered = [event for event in new if id(event) not in known]
    left = [event for event in old if id(event) not in kept]
    happened = [event for event in entered if event.at == now.now.as_of]
    for event in happened:
        yield "event", say_what(event, occurrence, now)
    for event in (event for event in entered if event.at != now.now.as_of):
        yield "window", _say_window(event, _passed(occurrence, Ago, was, now), occurrence, now)
    for event in left:
        yield "window", _say_window(event, _passed(occurrence, Within, was, now), occurrence, now)


def _passed(occurrence: Occurrence, kind: type[Window], was: Setting, now: Setting) -> str:
    """The window of a kind whose edge has moved over an event: the narrowest of them, as it is written."""
    edges = [
        (span_of_windows((window,), now.view), window) for window in occurrence.windows if isinstance(window, kind)
    ]
    if not edges:
        return "no longer seen"
    if kind is Within:
        _, window = max(edges, key=lambda edge: edge[0][0])
        return f"no longer in the last {window.duration}" if isinstance(window, Within) else ""
    _, window = min(edges, key=lambda edge: edge[0][1])
    return f"now more than {window.duration} ago" if isinstance(window, Ago) else ""


def _say_window(event: Event, passed: str, occurrence: Occurrence, now: Setting) -> str:
    return f"{say_what(event, occurrence, now)} of {say_moment(event.at, now.now)} is {passed}"


# ---- decay


def _decay(old: RuleOutcome, new: RuleOutcome, now: Setting) -> Iterator[_Reason]:
    body = new.rule.body
    if not isinstance(body, Each) or body.decay is None:
        return
    assert isinstance(old.detail, EachDetail)
    assert isinstance(new.detail, EachDetail)
    points = {id(item.event): item.points for item in old.detail.counted}
    for item in new.detail.counted:
        if points.get(id(item.event), item.points) != item.points:
            event = say_what(item.event, body.occurrence, now)
            yield "decay", f"{say_decay(body.decay)}, {event} of {say_moment(item.event.at, now.now)}"


def _score_decay(score: ScoreOutcome, was: Setting, now: Setting) -> _Reason:
    decay = score.score.decay
    assert decay is not None, "only a score with a decay has steps"
    reasons = [reason for reason in _occurrence(decay.without, was, now) if reason[0] == "event"]
    how = f"{say_decay(decay.decay)} without {decay.without.text}"
    return _told(reasons) or ("decay", f"{how}: {say_times(score.steps) if score.steps else 'no longer'}")
