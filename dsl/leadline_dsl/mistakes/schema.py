"""Fields and properties: types by other names, and what is missing around them."""

from __future__ import annotations

from collections.abc import Iterator

from leadline_dsl.diagnostics import Edit
from leadline_dsl.mistakes.finding import Failure, Finding, Recogniser, insertion, quoted, removal, replacement
from leadline_dsl.mistakes.spelling import closest
from leadline_dsl.source import Span
from leadline_dsl.tokens import Piece

_TYPES = {
    "text": "string str strings texts varchar char txt email url phone str256 word any id uuid",
    "number": "integer int float double decimal numeric num numbers money currency real bigint amount percent",
    "yes/no": "bool boolean flag checkbox bit true/false yes/no/unknown y/n tickbox toggle",
    "date": "datetime timestamp time day moment dates date/time",
    "list of text": "array list tags multiselect list/text set texts/list lists multipicklist",
    "one of": "enum choice select dropdown picklist option options choices oneof any",
}
_TYPE_OF = {alias: type for type, aliases in _TYPES.items() for alias in aliases.split()}

_LONGER = (
    (
        "yes/no",
        ("yes", "or", "no"),
        ("yes", "no"),
        ("true", "/", "false"),
        ("y", "/", "n"),
        ("yes", ",", "no"),
        ("yes", "-", "no"),
    ),
    (
        "date",
        ("date", "time"),
        ("date", "and", "time"),
        ("date", "/", "time"),
        ("date", "or", "time"),
        ("date", "-", "time"),
    ),
    ("list of text", ("list", "of", "texts"), ("list", "of", "strings"), ("list", "of", "string"), ("list", "text")),
    ("list of text", ("list", "of", "number"), ("list", "of", "numbers"), ("text", "list"), ("list", "of", "words")),
    ("list of text", ("texts",), ("list", "of"), ("list",), ("lists", "of", "text"), ("list", "of", "one", "of")),
    (
        "list of text",
        ("array", "of", "text"),
        ("array", "of", "string"),
        ("array", "of", "strings"),
        ("text", "[", "]"),
    ),
    ("list of text", ("multi", "-", "select"), ("multi", "select"), ("list", "(", "text", ")"), ("string", "[", "]")),
    (
        "one of",
        ("any", "of"),
        ("either", "of"),
        ("either",),
        ("one",),
        ("choice", "of"),
        ("enum", "of"),
        ("one", "off"),
    ),
    ("one of", ("one", "of", ":"), ("one", "of", "the", "following"), ("select", "one", "of")),
    ("text", ("free", "text"), ("long", "text"), ("short", "text"), ("text", "field")),
    ("number", ("whole", "number"), ("whole", "numbers"), ("number", "field")),
)

_FIRST_OF_TYPES = ("text", "number", "yes", "date", "one", "list")
_KINDS = ("field_statement", "event_statement")


def _other_type(failure: Failure) -> Iterator[Finding]:
    """`string`, `bool`, `yes or no`, `list`, `enum`."""
    if failure.kind not in _KINDS:
        return
    start = next(
        (i + 1 for i in range(failure.index, max(-1, failure.index - 5), -1) if failure.at(i) in (":", "is")), None
    )
    if start is None or start >= len(failure.raws):
        return
    for right, *wrongs in _LONGER:
        for wrong in sorted(wrongs, key=len, reverse=True):
            if tuple(failure.at(start + i).lower() for i in range(len(wrong))) == wrong:
                yield _typed(failure, start, start + len(wrong) - 1, right)
    written = failure.at(start).lower()
    right = _TYPE_OF.get(written, "")
    if right:
        yield _typed(failure, start, start, right)
        yield from _with_options(failure, start)
    elif failure.is_a(start, Piece.WORD):
        for near in closest(written, ("text", "number", "date", "list", "one"), most=1):
            yield replacement(
                failure, start, start, near, _unknown(failure.at(start)) + f"; did you mean {quoted(near)}?"
            )


def _unknown(written: str) -> str:
    return f"there is no type {quoted(written)}"


def _typed(failure: Failure, first: int, last: int, right: str) -> Finding:
    written = failure.written(first, last)
    help = f"write {quoted(right)}; the types are `text`, `number`, `yes/no`, `date`, `one of …` and `list of text`"
    return replacement(failure, first, last, right, f"{_unknown(written)}; it is written {quoted(right)}", help)


def _with_options(failure: Failure, start: int) -> Iterator[Finding]:
    """`enum("a", "b")`, `varchar(255)`, `string[]`: the type with its brackets."""
    right = _TYPE_OF[failure.at(start).lower()]
    closing = {"(": ")", "[": "]", "<": ">", "{": "}"}.get(failure.at(start + 1), "")
    last = next((i for i in range(start + 2, len(failure.raws)) if closing and failure.at(i) == closing), None)
    if last is None:
        return
    if failure.is_a(start + 2, Piece.TEXT):
        yield replacement(
            failure, start, last, f"one of {failure.written(start + 2, last - 1)}", _unknown(failure.at(start))
        )
    else:
        is_list = closing == "]" or failure.at(start).lower() in ("list", "array")
        yield _typed(failure, start, last, "list of text" if is_list else right)


def _no_type(failure: Failure) -> Iterator[Finding]:
    """`email:`, `page_view with path`: a type is missing."""
    if failure.kind not in _KINDS:
        return
    end = failure.raws[failure.index - 1].end if failure.index else 0
    is_declared = failure.at(failure.index - 1) == ":"
    help = "write a type behind it: `text`, `number`, `yes/no`, `date`, `one of …` or `list of text`"
    if is_declared and (not failure.here or failure.here in (",", "from")):
        edits = (Edit(Span(end, end), " text"),)
        yield Finding(
            f"{quoted(failure.at(failure.index - 2))} has no type", failure.span(0, failure.index - 1), help, edits
        )
    if not is_declared and failure.takes == {"COLON"} and (not failure.here or failure.here in (",", "from", "and")):
        edits = (Edit(Span(end, end), ": text"),)
        span = failure.span(failure.index - 1, failure.index - 1)
        yield Finding(f"the property {quoted(failure.at(failure.index - 1))} has no type", span, help, edits)
    if is_declared and failure.is_a(failure.index, Piece.TEXT):
        yield insertion(
            failure, failure.index, "one of", "expected a type before the texts", "write `one of` before them"
        )


def _no_colon(failure: Failure) -> Iterator[Finding]:
    """`email text`, `email = text`, `path is text`."""
    if failure.kind not in _KINDS or not failure.index or "COLON" not in failure.takes:
        return
    if ":" in (failure.at(failure.index + i) for i in range(1, 5)):
        return
    name = failure.at(failure.index - 1)
    message = f"a colon is missing between {quoted(name)} and its type"
    end = failure.raws[failure.index - 1].end
    if failure.here in ("=", "-", "is", "as", "->", "–", "::", ";", "(", "of"):
        edits = (Edit(Span(end, failure.place.end), ":" if failure.text[failure.place.end :][:1] == " " else ": "),)
        yield Finding(message, failure.place, f"write {quoted(name + ':')}", edits)
    elif failure.is_a(failure.index, Piece.WORD):
        yield Finding(message, failure.place, f"write {quoted(name + ':')}", (Edit(Span(end, end), ":"),))


def _no_field(failure: Failure) -> Iterator[Finding]:
    """`decides: +5` and `A: 40`, which are no fields."""
    if failure.kind != "field_statement" or failure.index != 2:
        return
    name, span = failure.at(0), failure.span(0, len(failure.raws) - 1)
    if failure.here in ("+", "-") and failure.is_a(3, Piece.NUMBER):
        help = f'a rule is written `{failure.here}{failure.at(3)} "{name}" when {name}`'
        yield Finding("points stand first, and not behind a colon", span, help, ())
    elif failure.is_a(2, Piece.NUMBER):
        help = f'a row of a grade is written `"{name}" from {failure.here}`, a field `{name}: number`'
        yield Finding("a number stands where a field has its type", failure.place, help, ())


def _event_as_field(failure: Failure) -> Iterator[Finding]:
    """`page_view: path: text`, `event page_view`, `page_view path: text`."""
    if failure.kind == "field_statement" and failure.at(1) == failure.at(3) == ":" and failure.is_a(2, Piece.WORD):
        message = "the properties of an event follow `with`, not a colon"
        edit = Edit(Span(failure.raws[0].end, failure.raws[2].start), " with ")
        yield Finding(message, failure.span(1, 1), "write `with`", (edit,), "event_statement")
    if failure.kind == "event_statement" and failure.at(0) in ("event", "events", "-") and failure.index == 1:
        yield removal(failure, 0, 0, "inside `events` each line begins with the event's name")
    if failure.kind == "event_statement" and failure.index == 1 and failure.at(2) == ":":
        yield insertion(failure, 1, "with", "`with` is missing before the event's properties", "write `with`")
    if failure.kind == "event_statement" and failure.index == 1 and failure.at(2) in _FIRST_OF_TYPES:
        right = f"with {failure.here}:"
        yield replacement(failure, 1, 1, right, f"properties are declared as {quoted(right + ' ' + failure.at(2))}")
    if failure.kind == "field_statement" and failure.at(0) in ("total", "define", "list") and failure.at(1) == ":":
        yield replacement(failure, 1, 1, " =", kind=f"{failure.at(0)}_statement")


def _event_in_parentheses(failure: Failure) -> Iterator[Finding]:
    """`page_view (path: text)`."""
    last = len(failure.raws) - 1
    if failure.kind == "event_statement" and failure.here == "(" and failure.index == 1 and failure.at(last) == ")":
        right = f"with {failure.written(2, last - 1)}"
        yield replacement(failure, 1, last, right, "the properties of an event follow `with`, without parentheses")


def _source_name(failure: Failure) -> Iterator[Finding]:
    """`text as "Job Title"`, `text "Job Title"`, `text = "Job Title"`."""
    if failure.kind not in _KINDS or "FROM" not in failure.takes:
        return
    message = "the column in the data follows `from`"
    if failure.is_a(failure.index, Piece.TEXT) and not failure.is_a(failure.index - 1, Piece.TEXT):
        yield insertion(failure, failure.index, "from", message, "write `from` before it")
    elif failure.is_a(failure.index + 1, Piece.TEXT) and failure.here in (
        "as",
        "=",
        "in",
        "is",
        "of",
        "->",
        "(",
        "named",
    ):
        yield replacement(failure, failure.index, failure.index, "from", message)


SCHEMA: tuple[Recogniser, ...] = (
    _other_type,
    _no_type,
    _no_colon,
    _no_field,
    _event_as_field,
    _event_in_parentheses,
    _source_name,
)
