"""What the sample files expect of a model, compared with what scoring gives."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Literal, TypeAlias

from leadline_compiler.numbers import MILLION, THOUSAND, parse_number, write_points
from leadline_compiler.outcome import Outcome, RuleOutcome
from leadline_compiler.resolve.scope import closest
from leadline_compiler.result import points_value
from leadline_dsl.normal_forms import normalise

Shown: TypeAlias = int | float | Decimal | str | None
"""An expected or a given value as JSON has it: points as numbers, all else as texts."""

What: TypeAlias = Literal["total", "scores", "grades", "stage", "status", "rules"]

_NONE = "none"
"""What may be written for no stage or no grade beside null, unless one of them bears this name."""
_STATUSES = ("scored", "disqualified", "excluded")


@dataclass(frozen=True, slots=True)
class Failure:
    """An expectation that does not hold. `what` is the key of `expect`, `name` the score or the rule.

    `is_mistake`: what stands there cannot be compared at all: an unknown name, or a text where points belong.
    `message` is a clause that says it all; `file` and `line` are where the rule stands.
    """

    what: str
    name: str | None
    expected: Shown
    got: Shown
    message: str
    is_mistake: bool = False
    file: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The expectations of one contact: how many there are, and those that do not hold."""

    count: int
    failures: tuple[Failure, ...]

    @property
    def wants_rules_shown(self) -> bool:
        """Whether points differ and no failure names the rule to blame."""
        differing = {failure.what for failure in self.failures if not failure.is_mistake}
        return bool(differing & {"total", "scores", "grades", "stage"}) and "rules" not in differing


def compare(outcome: Outcome, expect: Mapping[str, Any]) -> Comparison:
    """Compares an outcome with an `expect` as the samples' reader gives it: texts, None, mappings, lists.

    Only what is named there is compared; points compare as whole thousandths, texts exactly.
    """
    found: list[Failure | None] = []
    for key, expected in expect.items():
        comparer = _COMPARERS.get(key)
        if comparer is None:
            found.append(_unknown(key, "expectation", key, _COMPARERS))
        else:
            found += comparer(outcome, expected)
    return Comparison(len(found), tuple(failure for failure in found if failure is not None))


def fired_rules(outcome: Outcome) -> list[RuleOutcome]:
    """The rules that gave or took points, those with the most first."""
    return sorted((rule for rule in outcome.rules if rule.points), key=lambda rule: -abs(rule.points))


def _total(outcome: Outcome, expected: Any) -> Iterator[Failure | None]:
    yield _points("total", None, "total", expected, outcome.total)


def _scores(outcome: Outcome, expected: Any) -> Iterator[Failure | None]:
    known = {score.score.name: score.points for score in outcome.scores}

    def one(name: str, value: Any) -> Failure | None:
        return _points("scores", name, name, value, known[name])

    return _named("scores", "score", expected, known, one)


def _rules(outcome: Outcome, expected: Any) -> Iterator[Failure | None]:
    known = {rule.rule.name: rule for rule in outcome.rules}

    def one(name: str, value: Any) -> Failure | None:
        return _rule(known[name], value)

    return _named("rules", "rule", expected, known, one)


def _rule(rule: RuleOutcome, expected: Any) -> Failure | None:
    points = rule.points if rule.fired else 0
    how = "" if rule.fired else " (it did not fire)"
    if rule.fired and rule.times != 1:
        how = f" ({rule.times} times)"
    failure = _points("rules", rule.rule.name, f'rule "{rule.rule.name}"', expected, points, how)
    return failure and replace(failure, file=rule.rule.place.file, line=rule.rule.line)


def _grades(outcome: Outcome, expected: Any) -> Iterator[Failure | None]:
    known = {"total" if score is None else score: letter for score, letter in outcome.grades}
    letters = {
        "total" if grade.score is None else grade.score: [row.letter for row in grade.rows]
        for grade in outcome.model.grades
    }

    def one(name: str, value: Any) -> Failure | None:
        return _text("grades", name, f"grade of {name}", value, known[name], letters[name])

    return _named("grades", "grade of", expected, known, one)


def _stage(outcome: Outcome, expected: Any) -> Iterator[Failure | None]:
    names = [stage.name for stage in outcome.model.stages]
    failure = _text("stage", None, "stage", expected, outcome.stage, names)
    if failure is not None and failure.got is None and outcome.status != "scored":
        yield replace(failure, message=f"{failure.message} ({_said_status(outcome)})")
    else:
        yield failure


def _status(outcome: Outcome, expected: Any) -> Iterator[Failure | None]:
    failure = _text("status", None, "status", expected, outcome.status, _STATUSES)
    if failure is not None and outcome.reasons:
        failure = replace(failure, message=f"{failure.message} ({_said_status(outcome)})")
    yield failure


def _said_status(outcome: Outcome) -> str:
    return f"{outcome.status} by " + ", ".join(f'"{reason}"' for reason in outcome.reasons)


_COMPARERS: dict[str, Callable[[Outcome, Any], Iterator[Failure | None]]] = {
    "total": _total,
    "scores": _scores,
    "grades": _grades,
    "stage": _stage,
    "status": _status,
    "rules": _rules,
}


def _named(
    what: What, noun: str, expected: Any, known: Collection[str], one: Callable[[str, Any], Failure | None]
) -> Iterator[Failure | None]:
    """What stands under a key that takes names and values."""
    if not isinstance(expected, Mapping):
        message = f"`{what}` takes names and values, such as `{what}: {{{next(iter(known), 'name')}: …}}`"
        yield Failure(what, None, _shown(expected), None, message, is_mistake=True)
        return
    # Names of a rules file are composed, its texts are as written; an editor may have left a sample's in pieces.
    composed = {normalise("NFC", name): name for name in known}
    for name, value in expected.items():
        found = name if name in known else composed.get(normalise("NFC", name))
        yield _unknown(what, noun, name, known) if found is None else one(found, value)


def _unknown(what: str, noun: str, name: str, known: Collection[str]) -> Failure:
    quote = '"' if noun == "rule" else "`"
    close = closest(name, known)
    hint = f"; did you mean {quote}{close}{quote}?" if close else ""
    if not close and 0 < len(known) <= 8:
        hint = "; there is " + ", ".join(f"{quote}{other}{quote}" for other in known)
    message = f"there is no {noun} {quote}{name}{quote}{hint}"
    return Failure(what, None if what == name else name, None, None, message, is_mistake=True)


def _points(what: What, name: str | None, subject: str, expected: Any, got: int, how: str = "") -> Failure | None:
    millionths = parse_number(expected) if isinstance(expected, str) else None
    if millionths is None or millionths % (MILLION // THOUSAND):
        said = "points have at most three decimals" if millionths is not None else "that is no number"
        message = f"{subject} is expected to be {_written(expected)}: {said}"
        return Failure(what, name, _shown(expected), points_value(got), message, is_mistake=True)
    wanted = millionths // (MILLION // THOUSAND)
    if wanted == got:
        return None
    message = f"{subject} is {write_points(got)}{how}, expected {write_points(wanted)}"
    return Failure(what, name, points_value(wanted), points_value(got), message)


def _text(
    what: What, name: str | None, subject: str, expected: Any, got: str | None, known: Collection[str]
) -> Failure | None:
    wanted = None if expected == _NONE and _NONE not in known else expected
    if wanted == got:
        return None
    message = f"{subject} is {_written(got)}, expected {_written(wanted)}"
    is_mistake = wanted is not None and wanted not in known
    if is_mistake:
        close = closest(wanted, known) if isinstance(wanted, str) else None
        hint = f"did you mean {_written(close)}?" if close else f"there is {', '.join(known) or 'none'}"
        hint = f"for no {what.removesuffix('s')} write null without quotes" if wanted == "null" else hint
        message = f"{message}, which is no {subject}; {hint}"
    return Failure(what, name, _shown(wanted), got, message, is_mistake)


def _shown(expected: Any) -> Shown:
    return expected if expected is None or isinstance(expected, str) else str(expected)


def _written(expected: Any) -> str:
    return "none" if expected is None else f'"{expected}"'
