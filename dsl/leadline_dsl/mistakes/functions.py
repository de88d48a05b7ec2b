"""Functions of spreadsheets and databases, and `like` with its wildcards."""

from __future__ import annotations

from collections.abc import Iterator

from leadline_dsl.diagnostics import Edit
from leadline_dsl.mistakes.finding import Failure, Finding, Recogniser, quoted, replacement
from leadline_dsl.tokens import Piece, quote_text, text_value

_JOINING = {"and": " and ", "or": " or "}
_TESTS = {"isblank": "is missing", "isempty": "is missing", "isnull": "is missing", "isnotnull": "is known"}
_NEEDLESS = frozenset({"lower", "upper", "lcase", "ucase", "trim", "clean", "proper", "text", "value", "number"})
_AMOUNTS = {"count": "count of", "countif": "count of", "domain": "domain of", "days_since": "days since"}
_AGES = frozenset({"today", "now", "date", "datediff", "dateadd", "datedif", "date_diff", "days", "getdate", "curdate"})
_MEASURES = {"sum": "sum of", "sumif": "sum of", "avg": "average", "average": "average", "min": "lowest"} | {
    "max": "highest"
}


def _functions(failure: Failure) -> Iterator[Finding]:
    """`AND(a, b)`, `ISBLANK(email)`, `LOWER(country)`, `COUNT(page_view)`, `TODAY()`."""
    opened = next((i for i in (failure.index, failure.index - 1) if failure.at(i) == "("), None)
    if not opened or not failure.is_a(opened - 1, Piece.WORD) or not failure.touches(opened):
        return
    closed = _closing(failure, opened)
    if closed is None or failure.kind == "event_statement":
        return
    written, name = failure.at(opened - 1), failure.at(opened - 1).lower()
    span = failure.span(opened - 1, closed)
    message = f"the language has no functions such as {quoted(written + '()')}"
    right = _without_function(failure, name, opened, closed)
    if right:
        help = f"write {quoted(right, 200)}"
        if name in _NEEDLESS:
            help += ": texts are compared without regard to case and to spaces around them"
        yield Finding(message, span, help, (Edit(span, right),))
    elif name in _AGES:
        help = "the age of a date is `days since FIELD`, as in `days since signed_up <= 30`"
        yield Finding(message, span, help, ())
    elif name in _MEASURES:
        yield Finding(message, span, f"write `{_MEASURES[name]} PROPERTY of EVENT`", ())
    elif name == "if":
        yield Finding(message, span, 'what adds points is a rule of its own: `+5 "NAME" when CONDITION`', ())
    else:
        yield Finding(message, span, "say it with `is`, `contains`, `>=`, `count of`, `days since` …", ())


def _closing(failure: Failure, opened: int) -> int | None:
    depth = 0
    for index in range(opened, len(failure.raws)):
        depth += (failure.at(index) == "(") - (failure.at(index) == ")")
        if depth == 0:
            return index
    return None


def _without_function(failure: Failure, name: str, opened: int, closed: int) -> str:
    if closed == opened + 1:
        return ""
    inner = failure.written(opened + 1, closed - 1)
    arguments = _arguments(failure, opened, closed)
    if name in _JOINING and len(arguments) > 1:
        return "(" + _JOINING[name].join(arguments) + ")"
    if len(arguments) != 1:
        return ""
    if name in _TESTS:
        return f"{inner} {_TESTS[name]}"
    if name in _NEEDLESS:
        return inner
    is_event = failure.is_a(opened + 1, Piece.WORD, Piece.QUOTED_NAME)
    if name not in _AMOUNTS or not is_event:
        return ""
    tested = inner.partition(" where ")[2]
    inner = inner if not tested or tested.startswith("(") else inner.replace(tested, f"({tested})")
    return f"{_AMOUNTS[name]} {inner}"


def _arguments(failure: Failure, opened: int, closed: int) -> list[str]:
    """What stands between the commas of the outermost parentheses."""
    found: list[str] = []
    depth, first = 0, opened + 1
    for index in range(opened + 1, closed + 1):
        if depth == 0 and (failure.at(index) == "," or index == closed):
            if index == first:
                return []
            found.append(failure.written(first, index - 1))
            first = index + 1
        depth += (failure.at(index) == "(") - (failure.at(index) == ")")
    return found


_LIKE = ("like", "ilike", "rlike")
_WITH = {
    (True, True): ("contains", "does not contain"),
    (False, True): ("starts with", "does not start with"),
    (True, False): ("ends with", "does not end with"),
}


def _like(failure: Failure) -> Iterator[Finding]:
    """`like "%gmail%"`: the wildcards say which test is meant."""
    at = next((i for i in range(failure.index, failure.index + 3) if failure.at(i).lower() in _LIKE), None)
    at = failure.index - 1 if at is None and failure.at(failure.index - 1).lower() in _LIKE else at
    if at is None or not failure.is_a(at + 1, Piece.TEXT):
        return
    pattern = text_value(failure.at(at + 1))
    if not isinstance(pattern, str) or "%" not in pattern:
        return
    first = at
    while failure.at(first - 1).lower() in ("is", "not", "does"):
        first -= 1
    negated = any(failure.at(i).lower() == "not" for i in range(first, at))
    inner = pattern.strip("%")
    message = f"{quoted(failure.at(at))} with `%` is said in words here"
    test = _WITH.get((pattern.startswith("%"), pattern.endswith("%")))
    if "%" in inner or "_" in inner or not inner or test is None:
        help = 'for a pattern write `matches "REGEX"`, where `.*` stands for any text'
        yield Finding(message, failure.span(first, at + 1), help, ())
    else:
        yield replacement(failure, first, at + 1, f"{test[negated]} {quote_text(inner)}", message)


FUNCTIONS: tuple[Recogniser, ...] = (_functions, _like)
