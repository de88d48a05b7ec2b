"""An explanation as a tree of short lines, for whoever shows it piece by piece."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from leadline.points import write_points
from leadline.reports.explanation import Explanation, RuleLine, ScoreSum
from leadline.reports.wording import Setting, say_value, say_whole_event, setting_of
from leadline.what_if import events_of
from leadline_compiler.numbers import THOUSAND
from leadline_compiler.resolve.scope import write_name

Kind = Literal[
    "heading",
    "fired",
    "cut",
    "sum",
    "missed",
    "stage",
    "exit",
    "event",
    "uncounted",
    "test",
    "because",
    "field",
    "happened",
]
_MOST_EVENTS = 100


@dataclass(frozen=True, slots=True)
class Twig:
    """A line of the tree. `points` are thousandths, None where the line is not about points. `name` is what it is
    about, `said` the why; `rule` names the rule to go to, `line` the line of a stage or an exit. `change` is how a
    change of this field or event begins, see `leadline.what_if`."""

    kind: Kind
    name: str
    said: str = ""
    points: int | None = None
    rule: str | None = None
    line: int | None = None
    twigs: tuple[Twig, ...] = ()
    change: str = ""


def twigs_of(explanation: Explanation) -> tuple[Twig, ...]:
    """The tree: what gave points, what was taken away, what adds up, what is missing, what takes contacts out."""
    setting = setting_of(explanation.outcome)
    gains = [line for line in explanation.missed if line.worth >= 0]
    costs = [line for line in explanation.missed if line.worth < 0]
    branches = (
        Twig("heading", "Points", twigs=tuple(_fired(line, setting) for line in explanation.reasons)),
        Twig("heading", "Taken away", twigs=tuple(_cuts(explanation))),
        Twig("heading", "Adds up", twigs=tuple(_sums(explanation))),
        Twig("heading", "Out", twigs=tuple(_exits(explanation))),
        Twig("heading", "Not there yet", twigs=(*_stages(explanation), *(_missed(line, setting) for line in gains))),
        Twig("heading", "Would cost points", twigs=tuple(_missed(line, setting) for line in costs)),
        Twig("heading", "Contact", twigs=(*_fields(explanation, setting), *_events(explanation, setting))),
    )
    return tuple(branch for branch in branches if branch.twigs)


def _fired(line: RuleLine, setting: Setting) -> Twig:
    return Twig("fired", line.rule, line.said, line.points, line.rule, twigs=tuple(_details(line, setting)))


def _missed(line: RuleLine, setting: Setting) -> Twig:
    return Twig("missed", line.rule, line.said, line.worth, line.rule, twigs=tuple(_details(line, setting)))


def _details(line: RuleLine, setting: Setting) -> Iterator[Twig]:
    for counted in line.counted:
        said = say_whole_event(counted.event, setting)
        yield Twig("event", counted.event.type, said, counted.points, line.rule)
    for left_out in line.left_out:
        count = len(left_out.events)
        said = f"{count} event{'' if count == 1 else 's'} not counted: {left_out.reason}"
        yield Twig("uncounted", "", said, rule=line.rule)
    for cut in line.cuts:
        yield Twig("cut", "", cut.said, rule=line.rule)
    if len(line.parts) > 1:
        for part in line.parts:
            yield Twig("test", "✓" if part.holds else "✗", part.said if not part.holds else part.text, rule=line.rule)
    if line.care.because:
        yield Twig("because", "because", line.care.because, rule=line.rule)


def _cuts(explanation: Explanation) -> Iterator[Twig]:
    for cut in explanation.cuts:
        yield Twig("cut", cut.name, cut.said, cut.points)


def _sums(explanation: Explanation) -> Iterator[Twig]:
    for score in explanation.sums:
        yield Twig("sum", score.score, _grade(score.letter), score.points, twigs=tuple(_lines(score)))
    outcome = explanation.outcome
    said = " + ".join(
        f"{term.score} {write_points(term.points)}"
        if term.weight == THOUSAND
        else f"{write_points(term.weight)} × {term.score} ({write_points(term.points)})"
        for term in explanation.terms
    )
    grade = _grade(dict(outcome.grades).get(None))
    yield Twig("sum", "total", f"{said}{', ' if said and grade else ''}{grade}", outcome.total)


def _lines(score: ScoreSum) -> Iterable[Twig]:
    for line in score.lines:
        is_rule = line.kind == "rule"
        yield Twig("fired" if is_rule else "cut", line.name, "", line.points, line.name if is_rule else None)


def _grade(letter: str | None) -> str:
    return f"grade {letter}" if letter is not None else ""


def _exits(explanation: Explanation) -> Iterator[Twig]:
    for exit_ in explanation.exits:
        if exit_.holds:
            yield Twig("exit", f"{exit_.kind} {exit_.name}", exit_.said, line=exit_.line)


def _stages(explanation: Explanation) -> Iterator[Twig]:
    for stage in explanation.stages:
        yield Twig("stage", f"stage {stage.stage}", stage.said, line=stage.line)


def _fields(explanation: Explanation, setting: Setting) -> Iterator[Twig]:
    schema, contact = explanation.outcome.model.schema, explanation.outcome.contact
    for item in schema.fields:
        said = say_value(contact.values.get(item.name), item.type, setting.now)
        change = "" if item.name == schema.identifier else f"{write_name(item.name)} = "
        yield Twig("field", item.name, said, change=change)


def _events(explanation: Explanation, setting: Setting) -> Iterator[Twig]:
    events = events_of(explanation.outcome.contact)
    for number, event in enumerate(events[:_MOST_EVENTS], 1):
        yield Twig("happened", f"{number} {event.type}", say_whole_event(event, setting), change=f"-{number}")
    if len(events) > _MOST_EVENTS:
        yield Twig("uncounted", "", f"and {len(events) - _MOST_EVENTS:,} earlier events")
