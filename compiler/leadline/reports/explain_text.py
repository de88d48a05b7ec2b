"""Explanations for people: a sentence, the reasons, what was cut, what is missing; as wide as the console.

Nothing is lost: what the first lines have no room for stands further down in full.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from leadline.reports.columns import Columns, Fragments, Row, count_lines, lay_out, measure, wrap
from leadline.reports.explanation import ExitLine, Explanation, RuleLine, ScoreSum, TermLine
from leadline.reports.first_lines import FIRST_LINES, FIRST_REASONS, Reason, lay_first
from leadline.reports.rules_explained import say_briefly
from leadline.reports.wording import setting_of
from leadline_compiler.conditions import Comparison, ScoreAmount
from leadline_compiler.numbers import THOUSAND, write_points

if TYPE_CHECKING:
    from rich.console import Console

_NARROWEST = 30
_WIDEST = 120
_PLUS, _MINUS, _QUIET, _TITLE = "green", "red", "dim", "bold"
_NEW_LINE = ("\n", "")


@dataclass(frozen=True, slots=True)
class _Section:
    """Rows under a title; `rest` are the names of those that are not shown."""

    title: str
    rows: tuple[Row, ...]
    rest: tuple[str, ...] = ()


def print_explanation(explanation: Explanation, console: Console, *, nearest: int | None = 10) -> None:
    """Prints an explanation; of what did not hold the `nearest` in full and the rest by name (None: all in full).

    Nothing in it is read as markup, and no control character reaches the terminal.
    """
    from rich.segment import Segment, Segments
    from rich.style import Style

    fragments = _fragments(explanation, max(_NARROWEST, min(console.width, _WIDEST)), nearest)
    segments = [Segment(text, Style.parse(style) if style else None) for text, style in fragments]
    console.print(Segments(segments), end="", soft_wrap=True)


def _fragments(explanation: Explanation, width: int, nearest: int | None) -> Fragments:
    outs = [_out(exit_) for exit_ in explanation.outs]
    reasons = [_reason(line, explanation) for line in explanation.reasons]
    sections = [
        _Section("Caps, limits and decay", tuple(_cuts(explanation))),
        _Section("Adds up", tuple(_sums(explanation))),
        _Section("Reached", tuple(_reached(explanation))),
        *_missed(explanation, nearest),
    ]
    rows = [reason.row for reason in (*outs, *reasons)]
    columns = measure([*rows, *chain.from_iterable(section.rows for section in sections)], width)
    first, rest = [*outs, *reasons[:FIRST_REASONS]], reasons[FIRST_REASONS:]
    fragments, shortened = _begin(explanation, first, columns, width)
    for reason in rest:
        fragments += lay_out(reason.row, columns)
    if not reasons:
        fragments += [("  No rule fired.", ""), _NEW_LINE]
    for section in (_Section("In full", shortened), *sections):
        fragments += _section(section, columns, width)
    return [*fragments, _NEW_LINE, *_lines(_footer(explanation), width, _QUIET)]


def _begin(
    explanation: Explanation, first: Sequence[Reason], columns: Columns, width: int
) -> tuple[Fragments, tuple[Row, ...]]:
    """The sentence and the first reasons, with an empty line between them where that costs no words."""
    sentence = _lines(explanation.sentence, width, _TITLE)
    room = FIRST_LINES - count_lines(sentence)
    roomy, tight = lay_first(first, columns, room - 1), lay_first(first, columns, room)
    if roomy.is_cut > tight.is_cut or len(roomy.shortened) > len(tight.shortened):
        return [*sentence, *tight.fragments], tight.shortened
    return [*sentence, _NEW_LINE, *roomy.fragments], roomy.shortened


def _footer(explanation: Explanation) -> str:
    """As of when and by what it was scored, and how much is known of the contact."""
    outcome = explanation.outcome
    known = f"{outcome.known} of {len(outcome.model.read_fields)} fields known"
    return f"As of {explanation.as_of} ({outcome.model.zone.name}); {known}; {outcome.model.name}"


def _lines(text: str, width: int, style: str) -> Fragments:
    return [fragment for line in wrap(text, width) for fragment in ((line, style), _NEW_LINE)]


# ---- reasons


def _out(line: ExitLine) -> Reason:
    def row(because: str | None) -> Row:
        return Row("out", line.name, line.said + _say_because(because), _MINUS)

    return Reason(row(line.because), lambda: row(None))


def _reason(line: RuleLine, explanation: Explanation) -> Reason:
    tag = f"{line.score} · " if len(explanation.sums) > 1 else ""

    def row(said: str) -> Row:
        return Row(_signed(line.points), line.rule, said, _colour(line.points), tag=tag)

    def shorten() -> Row:
        outcome = explanation.outcome
        rule = next(rule for rule in outcome.rules if rule.rule.name == line.rule)
        return row(say_briefly(rule, setting_of(outcome)))

    return Reason(row(line.said + _say_because(line.care.because)), shorten)


def _say_because(because: str | None) -> str:
    return f"; because {because}" if because is not None else ""


def _signed(points: int) -> str:
    return f"+{write_points(points)}" if points >= 0 else write_points(points)


def _colour(points: int) -> str:
    return _PLUS if points > 0 else _MINUS if points < 0 else _QUIET


# ---- what was cut, and the sums


def _cuts(explanation: Explanation) -> list[Row]:
    """The lines of the ledger with points in the margin, then the rules' own limits, already in their points."""
    several = len(explanation.sums) > 1
    shared = [
        Row(
            _signed(cut.points),
            cut.name,
            cut.said,
            _colour(cut.points),
            tag=f"{cut.score} · " if several and cut.kind == "group" else "",
        )
        for cut in explanation.cuts
    ]
    own = [Row("", line.rule, cut.said, said_style=_QUIET) for line in explanation.reasons for cut in line.cuts]
    return shared + own


def _sums(explanation: Explanation) -> list[Row]:
    rows = [_score_sum(score) for score in explanation.sums]
    outcome = explanation.outcome
    letter = dict(outcome.grades).get(None)
    terms = explanation.terms
    is_plain = len(terms) == 1 and terms[0].weight == THOUSAND and outcome.total == outcome.sum and letter is None
    if is_plain and len(rows) == 1:
        return rows
    cut = [outcome.total - outcome.sum] if outcome.total != outcome.sum else []
    said = _added([_say_term(term) for term in terms] + [_with_sign(points) for points in cut])
    return [*rows, Row(write_points(outcome.total), "total", said + _say_grade(letter))]


def _reached(explanation: Explanation) -> list[Row]:
    """The stage, where there is more to say of it than that its points are there."""
    reached, outcome = explanation.reached, explanation.outcome
    if reached is None:
        return []
    condition = outcome.model.stages[outcome.stages[-1]].condition
    is_plain = isinstance(condition, Comparison) and isinstance(condition.left, ScoreAmount)
    if is_plain and reached.because is None:
        return []
    return [Row("", f"stage {reached.stage}", reached.said + _say_because(reached.because))]


def _score_sum(score: ScoreSum) -> Row:
    by_size = sorted(score.lines, key=lambda line: (line.kind == "cut", -abs(line.points)))
    said = _added([_with_sign(line.points) for line in by_size])
    return Row(write_points(score.points), score.score, said + _say_grade(score.letter))


def _with_sign(points: int) -> tuple[str, str]:
    return ("-" if points < 0 else "+"), write_points(abs(points))


def _added(terms: Sequence[tuple[str, str]]) -> str:
    """`= 10 + 5 - 1`"""
    if not terms:
        return "no points"
    (sign, first), *rest = terms
    return " ".join([f"= {'-' if sign == '-' else ''}{first}", *(f"{sign} {said}" for sign, said in rest)])


def _say_term(term: TermLine) -> tuple[str, str]:
    """`fit 14`, or with a weight `0.4 × fit 14 (5.6)`."""
    if term.weight == THOUSAND:
        return "+", f"{term.score} {write_points(term.score_points)}"
    sign = "-" if term.weight < 0 else "+"
    share = write_points(term.points if term.weight >= 0 else -term.points)
    return sign, f"{write_points(abs(term.weight))} × {term.score} {write_points(term.score_points)} ({share})"


def _say_grade(letter: str | None) -> str:
    return "" if letter is None else f", grade {letter}"


# ---- what did not hold


def _missed(explanation: Explanation, nearest: int | None) -> list[_Section]:
    stages = tuple(Row("", f"stage {stage.stage}", stage.said) for stage in explanation.stages)
    gains = [line for line in explanation.missed if line.worth >= 0]
    costs = [line for line in explanation.missed if line.worth < 0]
    fewer = None if nearest is None else nearest // 2
    return [
        _Section("Not there yet", (*stages, *_missed_rows(gains[:nearest])), _names(gains, nearest)),
        _Section("Would cost points", _missed_rows(costs[:fewer]), _names(costs, fewer)),
    ]


def _missed_rows(lines: Sequence[RuleLine]) -> tuple[Row, ...]:
    return tuple(Row(f"({_signed(line.worth)})", line.rule, line.said, _QUIET, _QUIET) for line in lines)


def _names(lines: Sequence[RuleLine], shown: int | None) -> tuple[str, ...]:
    return () if shown is None else tuple(line.rule for line in lines[shown:])


def _section(section: _Section, columns: Columns, width: int) -> Fragments:
    if not section.rows and not section.rest:
        return []
    fragments: Fragments = [_NEW_LINE, (section.title, _TITLE), _NEW_LINE]
    for row in section.rows:
        fragments += lay_out(row, columns)
    if section.rest:
        said = f"and {len(section.rest)} more: {', '.join(section.rest)}"
        for line in wrap(said, width - columns.start):
            fragments += [(" " * columns.start, ""), (line, _QUIET), _NEW_LINE]
    return fragments
