"""Explanations for people: a sentence, the reasons, what was cut, what is missing; as wide as the console."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from leadline.reports.columns import Columns, Fragments, Row, lay_out, measure, wrap
from leadline.reports.explanation import Explanation, RuleLine, ScoreSum, TermLine
from leadline_compiler.numbers import THOUSAND, write_points

if TYPE_CHECKING:
    from rich.console import Console

_FIRST_LINES = 8
"""The sentence and the three largest reasons stand in so many lines."""
_FIRST_REASONS = 3
_LINES_OF_A_SENTENCE = 3
_LINES_OF_A_FIRST_ROW = 2
_LINES_OF_A_ROW = 3
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
    reasons = [_reason(line, explanation) for line in explanation.reasons]
    sections = [
        _Section("Caps, limits and decay", tuple(_cuts(explanation))),
        _Section("Adds up", tuple(_sums(explanation))),
        *_missed(explanation, nearest),
    ]
    columns = measure([*reasons, *chain.from_iterable(section.rows for section in sections)], width)
    fragments = _head(explanation, width)
    fragments += _first_reasons(reasons, columns, _FIRST_LINES - _lines(fragments))
    for section in sections:
        fragments += _section(section, columns, width)
    return fragments


def _lines(fragments: Fragments) -> int:
    return sum(text.count("\n") for text, _ in fragments)


def _head(explanation: Explanation, width: int) -> Fragments:
    """The sentence, when and by what it was scored, and why the contact is out; then an empty line if there is room."""
    outcome = explanation.outcome
    lines = [(line, _TITLE) for line in wrap(explanation.sentence, width, _LINES_OF_A_SENTENCE)]
    known, of = outcome.known, len(outcome.model.read_fields)
    when = f"As of {explanation.as_of} ({outcome.model.zone.name}); {known} of {of} fields known; {outcome.model.name}"
    lines += [(line, _QUIET) for line in wrap(when, width, 1)]
    kind = {"excluded": "exclude", "disqualified": "disqualify"}.get(outcome.status)
    why = dict.fromkeys(exit_.said for exit_ in explanation.exits if exit_.holds and exit_.kind == kind)
    if why:
        lines += [(line, "") for line in wrap(f"{outcome.status.capitalize()} because {'; '.join(why)}", width, 1)]
    if len(lines) + 1 + _FIRST_REASONS + 2 <= _FIRST_LINES:
        lines.append(("", ""))
    return [fragment for line in lines for fragment in (line, _NEW_LINE)]


# ---- reasons


def _reason(line: RuleLine, explanation: Explanation) -> Row:
    several = len(explanation.sums) > 1
    because = f"; because {line.care.because}" if line.care.because is not None else ""
    return Row(
        _signed(line.points),
        line.rule,
        line.said + because,
        _colour(line.points),
        tag=f"{line.score} · " if several else "",
    )


def _first_reasons(reasons: Sequence[Row], columns: Columns, room: int) -> Fragments:
    """All reasons, the first three cut so that they stand in the room there is, each in a line at least."""
    if not reasons:
        return [("  No rule fired.", ""), _NEW_LINE]
    limits = [_LINES_OF_A_ROW] * len(reasons)
    if not columns.stacked:
        first = reasons[:_FIRST_REASONS]
        spare = room - len(first)
        for index, row in enumerate(first):
            more = min(_LINES_OF_A_FIRST_ROW, _lines(lay_out(row, columns))) - 1
            limits[index] = 1 + max(0, min(more, spare))
            spare -= more
    laid = [lay_out(row, columns, limit) for row, limit in zip(reasons, limits, strict=True)]
    return list(chain.from_iterable(laid))


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
