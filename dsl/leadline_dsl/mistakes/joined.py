"""What stands beside `and`, `or` and commas without being whole: tests that do not say what they look at, several
tests of an event without parentheses, several events of one rule."""

from __future__ import annotations

from collections.abc import Iterator

from leadline_dsl.diagnostics import Edit
from leadline_dsl.mistakes.finding import Failure, Finding, Recogniser, quoted, replacement
from leadline_dsl.mistakes.phrases import words_of_wordings
from leadline_dsl.mistakes.pieces import RELATIONS, TESTS, subject
from leadline_dsl.source import Span
from leadline_dsl.tokens import Piece
from leadline_grammars import language_words

_SAID = {("at", "most"): "<=", ("at", "least"): ">=", ("less", "than"): "<", ("fewer", "than"): "<"}
_SAID |= {("more", "than"): ">", ("greater", "than"): ">"}


def _no_subject(failure: Failure) -> Iterator[Finding]:
    """`employees > 5 and < 10`, `email contains "a" or contains "b"`: each test says what it looks at."""
    for at in (failure.index + 1, failure.index, failure.index - 1):
        if failure.at(at) in TESTS and failure.at(at - 1) in ("and", "or"):
            first = subject(failure.raws, at - 2)
            if first is not None:
                yield from _with_subject(failure, first, at)
        sign = _SAID.get((failure.at(at), failure.at(at + 1)))
        if sign and failure.at(at - 1) in ("and", "or") and failure.is_a(at + 2, Piece.NUMBER):
            looks_at = subject(failure.raws, at - 2)
            about = failure.written(*looks_at) if looks_at else ""
            right = f"{about} {sign} {failure.at(at + 2)}"
            if about and failure.at(looks_at[0] - 1 if looks_at else 0) != "where":
                message = f"{quoted(failure.written(at, at + 2))} does not say what it looks at"
                yield replacement(failure, at, at + 2, right, message)


def _with_subject(failure: Failure, looks_at: tuple[int, int], at: int) -> Iterator[Finding]:
    first, last = looks_at
    written = " ".join(failure.written(first, last).split())
    start, end = failure.raws[at].start, at
    while end < at + 3 and failure.at(end + 1) not in ("", "and", "or", ",", ")"):
        end += 1
    message = f"{quoted(failure.written(at, end))} does not say what it looks at"
    help = f"write {quoted(written + ' ' + failure.written(at, end), 200)}"
    insert = Edit(Span(start, start), f"{written} ")
    span = failure.span(at, end)
    if failure.at(first - 1) != "where":
        yield Finding(message, span, help, (insert,))
        return
    opened = Edit(Span(failure.raws[first].start, failure.raws[first].start), "(")
    for closed in range(at + 1, min(at + 8, len(failure.raws))):
        ends = failure.raws[closed].end
        yield Finding(message, span, help, (opened, insert, Edit(Span(ends, ends), ")")))


def _nor(failure: Failure) -> Iterator[Finding]:
    """`is none of "US" nor "UK"`, which is what `is neither` becomes."""
    is_value = failure.is_a(failure.index + 1, Piece.TEXT, Piece.NUMBER)
    if failure.here == "nor" and failure.index and is_value:
        before = failure.raws[failure.index - 1].end
        edit = Edit(Span(before, failure.place.end), ",")
        yield Finding("values are set apart by commas", failure.place, "write a comma instead of `nor`", (edit,))


_IN = (("is", "not", "in"), ("not", "in"), ("is", "in"), ("in",))


def _in_brackets(failure: Failure) -> Iterator[Finding]:
    """`country in ("US", "UK")`, `NOT IN (…)`: a list of values has a form of its own and no brackets."""
    opened = next((i for i in range(failure.index, failure.index + 3) if failure.at(i) in ("(", "[")), None)
    if opened is None or not failure.is_a(opened + 1, Piece.TEXT, Piece.NUMBER, Piece.STRAY):
        return
    closed = next((i for i in range(opened, len(failure.raws)) if failure.at(i) in (")", "]")), None)
    if closed is None or closed == opened + 1:
        return
    for words in _IN:
        first = opened - len(words)
        if first > 0 and tuple(failure.at(i).lower() for i in range(first, opened)) == words:
            test = "is none of" if "not" in words else "is one of"
            values = failure.written(opened + 1, closed - 1)
            right = f"{test} {values}"
            written = " ".join(words).upper() if failure.at(first).isupper() else " ".join(words)
            message = f"{quoted(written + ' (…)')} is written {quoted(test + ' …')}"
            yield replacement(failure, first, closed, right, message)
            return


def _open_where(failure: Failure) -> Iterator[Finding]:
    """`for each page_view where path is "/a" and seconds > 10`: two tests of an event need parentheses."""
    wheres = [i for i in range(failure.index) if failure.at(i) == "where"]
    if not wheres or failure.at(wheres[-1] + 1) == "(":
        return
    first = wheres[-1] + 1
    joins = any(failure.at(i) in ("and", "or") for i in range(first, failure.index))
    if failure.here in ("and", "or"):
        last = next((i for i in range(failure.index, len(failure.raws)) if _ends_where(failure, i)), -1)
        last = (last if last >= 0 else len(failure.raws)) - 1
    elif joins and (_ends_where(failure, failure.index) or failure.here in RELATIONS):
        last = failure.index - 1
    else:
        return
    if last <= first:
        return
    inner = failure.span(first, last)
    edits = (Edit(Span(inner.start, inner.start), "("), Edit(Span(inner.end, inner.end), ")"))
    message = "several tests of an event stand in parentheses behind `where`"
    yield Finding(message, inner, f"write {quoted('(' + failure.written(first, last) + ')', 200)}", edits)


def _half_in_parentheses(failure: Failure) -> Iterator[Finding]:
    """`for each order where (amount - 1) >= 2`: what stands in parentheses behind `where` is the whole test."""
    opened = _opened_by_where(failure, failure.index - 1)
    if opened is None or failure.here not in (*TESTS, "+", "-", "*", "/"):
        return
    last = _end_of_test(failure, failure.index)
    test = failure.span(opened, last)
    edits = (Edit(Span(test.start, test.start), "("), Edit(Span(test.end, test.end), ")"))
    message = "parentheses behind `where` hold the whole test"
    yield Finding(message, test, f"write {quoted('(' + failure.written(opened, last) + ')', 200)}", edits)


def _end_of_test(failure: Failure, start: int) -> int:
    """The last piece of the one test that goes on at an index."""
    is_range = False
    for index in range(start, len(failure.raws)):
        joins = failure.at(index) == "or" or (failure.at(index) == "and" and not is_range)
        if joins or _ends_where(failure, index):
            return index - 1
        is_range = failure.at(index) == "between" or (is_range and failure.at(index) != "and")
    return len(failure.raws) - 1


def _opened_by_where(failure: Failure, closed: int) -> int | None:
    """The parenthesis right behind a `where` that the one at an index closes."""
    if failure.at(closed) != ")":
        return None
    depth = 0
    for index in range(closed, 0, -1):
        depth += {")": 1, "(": -1}.get(failure.at(index), 0)
        if depth == 0:
            return index if failure.at(index - 1) == "where" else None
    return None


def _ends_where(failure: Failure, index: int) -> bool:
    following = failure.at(index + 1)
    return (
        (failure.at(index), following) in (("in", "the"), ("more", "than"))
        or failure.at(index) in ("since", "before", "because", "owner", "review")
        or (failure.at(index) == "," and not failure.is_a(index + 1, Piece.TEXT))
    )


def _several_events(failure: Failure) -> Iterator[Finding]:
    """`for each page_view or email_open`, `for each page_view, for each email_open`, `has page_view, email_open`."""
    first = next((i for i in range(failure.index, -1, -1) if _opens_events(failure, i)), None)
    if first is None:
        return
    names, last = _named_events(failure, first)
    if len(names) < 2 or not first < failure.index <= last or failure.at(last + 1) not in _BEHIND_EVENTS:
        return
    right = f"any of ({', '.join(names)})"
    if failure.at(first - 1) == "has":
        both = " and ".join(f"has {name}" for name in names)
        message = f"`has` takes one event, and here stand {len(names)}"
        help = f"write {quoted(f'has {right}', 200)} if one of them suffices, {quoted(both, 200)} if not"
        yield Finding(message, failure.span(first, last), help, ())
    else:
        yield replacement(failure, first, last, right, f"several events are written {quoted(right, 80)}")


def _named_events(failure: Failure, first: int) -> tuple[list[str], int]:
    """The events that are named one after the other from `first` on, and where the last of them stands."""
    names, last = [failure.at(first)], first
    while failure.at(last + 1) in _BETWEEN_EVENTS:
        following = last + 1
        while failure.at(following) in (*_BETWEEN_EVENTS, "each", "every", "has"):
            following += 1
        is_word = failure.at(following) in language_words() or failure.at(following) in words_of_wordings()
        if is_word or not failure.is_a(following, Piece.WORD, Piece.QUOTED_NAME):
            break
        names.append(failure.at(following))
        last = following
    return names, last


_BETWEEN_EVENTS = ("or", "and", ",", "for")
_BEHIND_EVENTS = frozenset({"", ",", ")", "where", "in", "more", "since", "before", "and", "or", "because", "owner"})
_BEHIND_EVENTS |= RELATIONS


def _opens_events(failure: Failure, index: int) -> bool:
    before = failure.at(index - 1)
    opens = (failure.at(index - 2), before) in (("for", "each"), ("count", "of"), ("since", "last"), ("since", "first"))
    is_name = failure.is_a(index, Piece.WORD, Piece.QUOTED_NAME) and failure.at(index) != "any"
    return is_name and (opens or before in ("has", "no"))


JOINED: tuple[Recogniser, ...] = (
    *(_in_brackets, _no_subject, _nor, _open_where, _half_in_parentheses),
    _several_events,
)
