"""Statements whose parts stand in another order or shape than the language's."""

from __future__ import annotations

from collections.abc import Iterator

from leadline_dsl.diagnostics import Edit
from leadline_dsl.mistakes.finding import (
    Failure,
    Finding,
    Recogniser,
    comma_before,
    insertion,
    quoted,
    removal,
    replacement,
)
from leadline_dsl.source import Span
from leadline_dsl.tokens import Piece

_POINTED = ("rule_statement", "row_statement")


def _no_sign(failure: Failure) -> Iterator[Finding]:
    """`5 "Executive" when …`: points bear a sign."""
    if failure.kind in _POINTED and failure.index == 0 and failure.is_a(0, Piece.NUMBER):
        right = "+" + failure.here
        message = f"points bear a sign: {quoted(right)} adds, {quoted('-' + failure.here)} takes away"
        if not failure.here.strip("0."):
            message = f"points bear a sign: {quoted(right)}"
        yield replacement(failure, 0, 0, right, message)


def _points_last(failure: Failure) -> Iterator[Finding]:
    """`"Executive" +5 when …`, `+5: "Executive"`, `+5 points "Executive"`."""
    if failure.kind not in _POINTED:
        return
    if failure.is_a(0, Piece.TEXT) and failure.at(1) in ("+", "-") and failure.is_a(2, Piece.NUMBER):
        right = f"{failure.at(1)}{failure.at(2)} {failure.at(0)}"
        yield replacement(failure, 0, 2, right, f"the points stand first: {quoted(right)}")
    if failure.here in ("points", "point", "pts", "pt", "p", ":", ",", "=", "-", "%", "to") and failure.index <= 3:
        last = failure.index
        while failure.at(last + 1) in (":", "=", ",", "-", "for") and failure.is_a(last + 2, Piece.TEXT):
            last += 1
        message = f"{quoted(failure.written(failure.index, last))} is needless: the number is the points"
        yield removal(failure, failure.index, last, message)


def _rule_as_row(failure: Failure) -> Iterator[Finding]:
    """`+5 when 2 to 5` below `points`."""
    is_value = failure.is_a(3, Piece.TEXT, Piece.NUMBER) or failure.at(3) in ("missing", "yes", "no")
    if failure.kind == "rule_statement" and failure.index == 2 and is_value and failure.here in _ROW_WORDS:
        message = f"a row of `points` is written with `for`, not {quoted(failure.here)}"
        yield replacement(failure, 2, 2, "for", message, kind="row_statement")


def _title_late(failure: Failure) -> Iterator[Finding]:
    """`+5 when "Decides" decision_maker`."""
    is_late = failure.at(2) in ("when", "if") and failure.is_a(3, Piece.TEXT) and failure.is_a(4, Piece.WORD)
    if failure.kind == "rule_statement" and is_late and failure.at(4) not in ("and", "or", "because", "owner"):
        yield replacement(failure, 2, 3, f"{failure.at(3)} when", "the name of a rule stands before `when`")


def _bare_addend(failure: Failure) -> Iterator[Finding]:
    """`total = fit + 10`."""
    is_number = failure.is_a(failure.index - 1, Piece.NUMBER) and failure.at(failure.index - 2) in ("+", "-")
    if failure.kind == "total_statement" and is_number and failure.here in ("", "+", "-"):
        message = "a total is a sum of scores, to which no number is added"
        help = "give these points by a rule; a weight is written `0.4 * fit`"
        yield Finding(message, failure.span(failure.index - 1, failure.index - 1), help, ())


_MEASURES = frozenset({"lowest", "highest", "average", "latest", "earliest"})


def _measure_of_nothing(failure: Failure) -> Iterator[Finding]:
    """`sum of seconds > 60`: of which event?"""
    if failure.takes != {"OF"} or not failure.index:
        return
    first = failure.index - 2
    words = (failure.at(first - 1), failure.at(first)) if failure.at(first) == "of" else (failure.at(first),)
    if words == ("sum", "of") or words[0] in _MEASURES:
        span = failure.span(failure.index - len(words) - 1, failure.index - 1)
        written = failure.written(failure.index - len(words) - 1, failure.index - 1)
        help = f"write {quoted(written + ' of EVENT', 80)}, with a property of the event"
        yield Finding(f"{quoted(written)} does not say of which event", span, help, ())


def _row_of_dates(failure: Failure) -> Iterator[Finding]:
    """`+5 for 2026-01-01 to 2026-03-31`."""
    if failure.kind == "row_statement" and failure.is_a(failure.index, Piece.DATE):
        help = 'give points by the age, `points "NAME" by days since FIELD`, or write a rule for each range: '
        help += f'`+5 "NAME" when FIELD between {failure.here} and …`'
        yield Finding("a row takes texts, numbers, yes or no, but no dates", failure.place, help, ())


def _row_without_for(failure: Failure) -> Iterator[Finding]:
    """`+5 "US", "UK"`: several texts behind points are the values of a row."""
    texts = [index for index in range(2, len(failure.raws)) if failure.is_a(index, Piece.TEXT)]
    is_list = all(failure.at(index + 1) == "," for index in texts[:-1]) and len(texts) > 1 and texts[0] == 2
    if failure.kind == "rule_statement" and is_list and failure.here == "," and failure.is_a(1, Piece.NUMBER):
        yield insertion(failure, 2, "for", "a row of `points` is written with `for`", kind="row_statement")


_ROW_WORDS = frozenset({"when", "if", "is", "=", "at", "in"})


def _comma_before_limit(failure: Failure) -> Iterator[Finding]:
    """`… at most 3 times` straight behind an occurrence."""
    opens_limit = failure.here in ("at", "up", "after", "halving", "losing", "fading")
    if opens_limit and "COMMA" in failure.takes and failure.index:
        what = "the decay" if failure.here in ("halving", "losing", "fading") else "a limit"
        yield comma_before(failure, failure.index, f"a comma is missing before {what}")
    if failure.here == "and" and failure.at(failure.index + 1) in ("at", "up", "after", "halving", "losing", "fading"):
        span = failure.place
        edit = Edit(Span(failure.raws[failure.index - 1].end, span.end), ",")
        yield Finding("limits are set apart by commas", span, "write a comma instead of `and`", (edit,))


_ONE_OF = (
    (("is", "not"), "is none of"),
    (("is",), "is one of"),
    (("contains",), "contains any of"),
    (("contain",), "contain any of"),
    (("starts", "with"), "starts with any of"),
    (("ends", "with"), "ends with any of"),
    (("start", "with"), "start with any of"),
    (("end", "with"), "end with any of"),
    (("includes",), "includes any of"),
)


def _list_behind_is(failure: Failure) -> Iterator[Finding]:
    """`job_role is "CEO", "CMO"`."""
    first = failure.index
    while first > 1 and (failure.is_a(first - 1, Piece.TEXT, Piece.NUMBER) or failure.at(first - 1) == ","):
        first -= 1
    if first == failure.index:
        return
    edits = []
    for index in range(first, len(failure.raws) - 1):
        if not failure.is_a(index, Piece.TEXT, Piece.NUMBER):
            break
        if failure.is_a(index + 1, Piece.TEXT):
            edits.append(Edit(Span(failure.raws[index].end, failure.raws[index].end), ","))
    listed = one_of(failure, first)
    if listed:
        message = f"several values stand behind {quoted(listed.text)}"
        yield Finding(message, listed.span, f"write {quoted(listed.text)}", (listed, *edits))


def one_of(failure: Failure, first: int) -> Edit | None:
    """Makes of the test in front of the piece `first` the one that takes several values."""
    for words, right in _ONE_OF:
        start = first - len(words)
        if start > 0 and tuple(failure.at(start + i) for i in range(len(words))) == words:
            return Edit(failure.span(start, first - 1), right)
    return None


def _unless(failure: Failure) -> Iterator[Finding]:
    """`unless student`."""
    if failure.here != "unless" or failure.index + 1 >= len(failure.raws):
        return
    ends = (i for i in range(failure.index + 1, len(failure.raws)) if failure.at(i) in ("because", "owner", "review"))
    last = next(ends, len(failure.raws)) - 1
    if failure.at(last) == ",":
        last -= 1
    if last > failure.index:
        right = f"when not ({failure.written(failure.index + 1, last)})"
        yield replacement(failure, failure.index, last, right, "`unless` is written `when not`")


def _negated_afterwards(failure: Failure) -> Iterator[Finding]:
    """`email does not match "x"`: such tests are negated in front."""
    for wrong, right in ((("does", "not", "match"), "matches"), (("does", "not", "matches"), "matches")):
        for start in range(max(1, failure.index - 2), failure.index + 1):
            if tuple(failure.at(start + i) for i in range(3)) == wrong and failure.is_a(start - 1, Piece.WORD):
                name = failure.at(start - 1)
                yield replacement(failure, start - 1, start + 2, f"not {name} {right}")


def _stage_from(failure: Failure) -> Iterator[Finding]:
    """`stage "MQL" at 35`, `stage "MQL" >= 35`."""
    last = len(failure.raws) - 1
    if failure.kind != "stage_statement" or not 2 <= failure.index <= 3 or not failure.is_a(last, Piece.NUMBER):
        return
    if failure.is_a(1, Piece.TEXT) and all(failure.at(i) in _BEFORE_BOUND for i in range(2, last)):
        message = "a stage says which score it looks at"
        yield replacement(failure, 2, last, f"when total >= {failure.at(last)}", message)


_BEFORE_BOUND = frozenset(
    [
        "at",
        "from",
        "over",
        "above",
        "is",
        "least",
        "when",
        "if",
        "than",
        "or",
        "equal",
        "to",
        "minimum",
        "min",
        ">=",
        ">",
        "=",
        ":",
        "=>",
    ]
)


def _row_on_same_line(failure: Failure) -> Iterator[Finding]:
    """`grade fit "A" from 40`."""
    if failure.kind == "grade_statement" and failure.index == 2 and failure.here:
        before = failure.raws[1].end
        if "\n" in failure.text[before : failure.place.start]:
            return
        edit = Edit(Span(before, failure.place.start), "\n  ")
        message = "the rows of a grade stand on lines of their own"
        yield Finding(message, failure.place, "begin a line here", (edit,), tried=failure.text[:before])


def _any_of_events(failure: Failure) -> Iterator[Finding]:
    """`any of page_view, email_open`: the events stand in parentheses."""
    first = failure.index + (failure.here == "of")
    if (failure.at(first - 2), failure.at(first - 1)) != ("any", "of") or first >= len(failure.raws):
        return
    last = first
    while failure.at(last + 1) in (",", "or", "and") and failure.is_a(last + 2, Piece.WORD, Piece.QUOTED_NAME):
        last += 2
    names = ", ".join(failure.at(i) for i in range(first, last + 1, 2))
    yield replacement(failure, first, last, f"({names})", "the events behind `any of` stand in parentheses")


def _weights(failure: Failure) -> Iterator[Finding]:
    """`total = 40% * fit + engagement`, `(fit + engagement)`."""
    if failure.kind != "total_statement" or failure.here != "%" or not failure.is_a(failure.index - 1, Piece.NUMBER):
        return
    percent = failure.at(failure.index - 1)
    right = f"{float(percent) / 100:.3f}".rstrip("0").rstrip(".")
    star = " *" if failure.at(failure.index + 1) in ("of",) or failure.is_a(failure.index + 1, Piece.WORD) else ""
    last = failure.index + (failure.at(failure.index + 1) == "of")
    yield replacement(failure, failure.index - 1, last, right + star, f"a weight is a number: {percent}% is {right}")


SHAPES: tuple[Recogniser, ...] = (
    _title_late,
    _bare_addend,
    _measure_of_nothing,
    _row_of_dates,
    _row_without_for,
    _no_sign,
    _points_last,
    _rule_as_row,
    _comma_before_limit,
    _list_behind_is,
    _unless,
    _negated_afterwards,
    _stage_from,
    _row_on_same_line,
    _any_of_events,
    _weights,
)
