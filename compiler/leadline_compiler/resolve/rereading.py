"""What statements that cannot be read were meant to say, once it is known what their names stand for.

The parser explains a statement by itself, so it takes `is vips` for a text without quotes and
`signed_up in the last 30 days` for an event. Here such faults are told anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from leadline_compiler.resolve.includes import Gathered
from leadline_compiler.resolve.scope import describe_type, write_name
from leadline_compiler.schema import EventType, Field, Kind
from leadline_dsl.diagnostics import Diagnostic, Edit
from leadline_dsl.parser import Document, ParsedStatement, parse_statement
from leadline_dsl.source import Span
from leadline_dsl.tokens import Piece, Token, name_value, quote_text, scan


@dataclass(frozen=True, slots=True)
class Known:
    """What is declared, as far as it decides how a faulty statement is to be read."""

    fields: dict[str, Field]
    events: dict[str, EventType]
    lists: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Faulty:
    """A statement with its fault and its pieces; `table` is what the `points … by` above it looks at, "" if there is
    none."""

    kind: str
    text: str
    fault: Diagnostic
    pieces: tuple[Token, ...]
    table: str

    def word(self, index: int) -> str:
        return self.pieces[index].text if 0 <= index < len(self.pieces) else ""

    def told(self, message: str, span: Span, help: str, edits: tuple[Edit, ...] = ()) -> Diagnostic:
        return replace(self.fault, message=message, span=span, help=help, edits=edits)


_MOST_REREAD = 40_000
"""Characters of faulty statements that are read again."""


def reread_faults(gathered: Gathered, known: Known) -> None:
    """Tells the faults of all files anew where names show what was meant."""
    told: dict[tuple[str, Span, str], Diagnostic] = {}
    left = _MOST_REREAD
    for document in gathered.documents.values():
        for item, table in _with_tables(document):
            fault = item.parsed.fault
            left -= len(item.statement.text) if fault is not None else 0
            again = _reread(item, table, known) if fault is not None and left > 0 else None
            if fault is not None and again is not None:
                start, file = item.statement.start, document.source.name
                told[file, fault.span.shifted(start), fault.message] = again.placed(file, start)
    if told:
        found = gathered.diagnostics
        found[:] = [told.get((item.file, item.span, item.message), item) for item in found]


def _with_tables(document: Document) -> Iterator[tuple[ParsedStatement, str]]:
    """Every statement, and what the `points … by` that it stands below looks at."""
    table = ""
    for item in document.statements:
        kind, is_faulty = item.statement.kind, item.parsed.fault is not None
        if kind == "points_statement":
            table = item.statement.text.partition(" by ")[2].partition("#")[0].strip() or "…"
        elif not (kind == "row_statement" or (kind == "rule_statement" and is_faulty)):
            table = ""
        yield item, table


def _reread(item: ParsedStatement, table: str, known: Known) -> Diagnostic | None:
    from leadline_dsl.mistakes.pieces import pieces_without_comments

    assert item.parsed.fault is not None
    text = item.statement.text
    faulty = _Faulty(item.statement.kind, text, item.parsed.fault, pieces_without_comments(text), table)
    for reading in (
        _as_row,
        _as_age,
        _as_contact,
        _as_yes_no,
        _as_list,
        _as_lists,
        _as_property,
        _as_measure,
        _as_event,
    ):
        told = reading(faulty, known)
        if told is not None:
            return told
    return None


def _as_row(faulty: _Faulty, known: Known) -> Diagnostic | None:
    """`+5 "US"`, `+5 when country is "US"` and `"US" +5` below `points`."""
    from leadline_dsl.mistakes.finding import quoted

    if not faulty.table or faulty.kind not in ("rule_statement", "row_statement"):
        return None
    pieces = list(faulty.pieces)
    if pieces[0].kind is Piece.TEXT and len(pieces) == 3:
        pieces = [*pieces[1:], pieces[0]]
    if len(pieces) < 3 or pieces[0].text not in ("+", "-") or pieces[1].kind is not Piece.NUMBER:
        return None
    is_text = any(edit.text.startswith('"') for edit in faulty.fault.edits)
    values = _values_of_row(pieces[2:], faulty.table, is_text)
    span = Span(faulty.pieces[0].start, faulty.pieces[-1].end)
    has_comment = any(span.start < token.start < span.end for token in scan(faulty.text) if token.kind is Piece.COMMENT)
    if not values or has_comment or values.strip('"') in known.lists:
        return None
    right = f"{pieces[0].text}{pieces[1].text} for {values}"
    if right.split() == faulty.text.split() or parse_statement("row_statement", right).fault is not None:
        return None
    message = f"a row of `points` is written {quoted(right, 80)}"
    return faulty.told(message, span, f"write {quoted(right, 80)}", (Edit(span, right),))


_BEFORE_VALUES = frozenset([":", "for", "when", "if", "where", "is", "=", "==", "equals", "in", "one", "of"])


def _values_of_row(pieces: list[Token], table: str, is_text: bool) -> str:
    """The values of a row, without what stands before them; texts without quotes get some."""
    while pieces and (pieces[0].text in _BEFORE_VALUES or pieces[0].text == table):
        pieces = pieces[1:]
    if is_text and pieces and all(piece.kind is Piece.WORD and piece.text not in _ROW_WORDS for piece in pieces):
        return quote_text(" ".join(piece.text for piece in pieces))
    return " ".join(piece.text for piece in pieces).replace(" ,", ",")


_ROW_WORDS = frozenset({"yes", "no", "missing", "above", "below", "otherwise", "each", "every"})


def _as_age(faulty: _Faulty, known: Known) -> Diagnostic | None:
    """`signed_up in the last 30 days`, of which only the names tell whether it is a date or an event."""
    from leadline_dsl.mistakes.ages import as_date, as_event, find_age, how_old
    from leadline_dsl.mistakes.finding import quoted

    span = faulty.fault.span
    near = next((i for i, piece in enumerate(faulty.pieces) if piece.start == span.start), None)
    age = find_age(faulty.pieces, near + 1) if near is not None else None
    if age is None or age.first != near or faulty.pieces[age.last].end != span.end:
        return None
    name = name_value(age.name)
    declared, written = known.fields.get(name), quoted(faulty.text[span.start : span.end], 80)
    if declared is not None and declared.type.kind is not Kind.DATE:
        what = describe_type(declared.type)
        message = f"{written} asks for the age of a date, and `{name}` is {what}"
        return faulty.told(message, span, f"if it holds dates, declare it so: `{write_name(name)}: date`")
    right = as_date(age) if declared is not None else as_event(age) if name in known.events else None
    if right is not None:
        message = f"{written} is written {quoted(right, 80)}"
        return faulty.told(message, span, f"write {quoted(right, 80)}", (Edit(span, right),))
    if declared is not None and age.kind != "compared":
        return faulty.told(f"{written} is not the way to ask for the age of a date", span, how_old(age))
    return None


def _as_contact(faulty: _Faulty, known: Known) -> Diagnostic | None:
    """`when has mail when opted_in`, where `opted_in` is a field and no property: a second condition, not a `where`."""
    edit = faulty.fault.edits[0] if len(faulty.fault.edits) == 1 else None
    at = _index_at(faulty, edit.span.start) if edit is not None and edit.text == "where" else None
    if at is None or edit is None:
        return None
    first = next((i for i in range(at + 1, len(faulty.pieces)) if faulty.word(i) not in ("not", "(")), at)
    name = name_value(faulty.word(first))
    if name not in known.fields or any(event.property_named(name) for event in known.events.values()):
        return None
    message = f"`where` tests properties of an event, and `{name}` is a field of the contact"
    words = [faulty.word(i) for i in range(len(faulty.pieces))]
    if "when" not in words[:at]:
        return faulty.told(message, edit.span, "a rule `for each` event has no test of the contact: write `when has …`")
    if "or" in words:
        return faulty.told(message, edit.span, "join the conditions by `and`, with parentheses around those with `or`")
    return faulty.told(message, edit.span, "write `and`", (Edit(edit.span, "and"),))


def _as_yes_no(faulty: _Faulty, known: Known) -> Diagnostic | None:
    """`opted_in is ja`, where `opted_in` is yes or no."""
    from leadline_compiler.resolve.literals import meant_yes_no

    edit = next((edit for edit in faulty.fault.edits if edit.text.startswith('"')), None)
    at = _index_at(faulty, edit.span.start) if edit is not None else None
    if at is None or edit is None or faulty.word(at - 1) not in ("is", "not", "="):
        return None
    subject = at - 2 if faulty.word(at - 1) != "not" else at - 3
    declared = known.fields.get(name_value(faulty.word(subject)))
    if declared is None or declared.type.kind is not Kind.YES_NO or faulty.pieces[at].end != edit.span.end:
        return None
    meant, name = meant_yes_no(faulty.word(at)), write_name(declared.name)
    if meant is None:
        message = f"`{declared.name}` is yes or no, and `{faulty.word(at)}` is neither"
        return faulty.told(message, edit.span, f"yes or no stands alone: `{name}`, `not {name}`")
    message = f"`{faulty.word(at)}` is written `{meant}`"
    return faulty.told(message, edit.span, f"write `{meant}`", (Edit(edit.span, meant),))


_IN = {("is",): "is in", ("is", "not"): "is not in", ("is", "one", "of"): "is in", ("is", "none", "of"): "is not in"}
_TESTS = frozenset({"contains", "with", "includes", "contain", "include", "of", "is", "not", "for"})


def _as_list(faulty: _Faulty, known: Known) -> Diagnostic | None:
    """`country is one of vips`, where `vips` is a list; `country is region`, where it is a field."""
    edit = next((edit for edit in faulty.fault.edits if edit.text.startswith('"')), None)
    at = next((i for i, piece in enumerate(faulty.pieces) if edit and piece.start == edit.span.start), None)
    if at is None or edit is None or faulty.pieces[at].end != edit.span.end or faulty.word(at - 1) not in _TESTS:
        return None
    name, written = name_value(faulty.word(at)), faulty.word(at)
    if name in known.lists:
        return _test_of_list(faulty, at, written)
    if name in known.fields and faulty.kind not in ("row_statement",):
        before = name_value(faulty.word(at - 2))
        if before in known.lists and faulty.word(at - 1) in ("contains", "includes"):
            right = f"{written} is in {faulty.word(at - 2)}"
            span = Span(faulty.pieces[at - 2].start, faulty.pieces[at].end)
            message = f"a list is what a text `is in`: `{right}`"
            return faulty.told(message, span, f"write `{right}`", (Edit(span, right),))
        message = f"a value belongs here, and `{name}` is a field"
        help = f'write the value, or `"{name}"` if that is the text; two texts cannot be compared'
        return faulty.told(message, edit.span, help)
    return None


def _test_of_list(faulty: _Faulty, at: int, written: str) -> Diagnostic:
    span = Span(faulty.pieces[at].start, faulty.pieces[at].end)
    message = f"`{name_value(written)}` is a list, which is tested by `is in`"
    if faulty.kind == "row_statement":
        help = f'no row takes a list: write a rule, `+5 "NAME" when {faulty.table} is in {written}`'
        return faulty.told(message, span, help)
    for length in (3, 2, 1):
        words = tuple(faulty.word(i) for i in range(at - length, at))
        if words in _IN:
            right = f"{_IN[words]} {written}"
            span = Span(faulty.pieces[at - length].start, span.end)
            return faulty.told(message, span, f"write `{right}`", (Edit(span, right),))
    if "includes" in (faulty.word(at - 1), faulty.word(at - 3)):
        return faulty.told(message, span, 'name the texts here: `includes any of "…", "…"`')
    return faulty.told(message, span, f"name the texts here, or test the whole value: `is in {written}`")


_BEGINS = frozenset({"when", "if", "and", "or", "not"})


def _as_property(faulty: _Faulty, known: Known) -> Diagnostic | None:
    """`page_view.path is "/pricing"`."""
    for at in range(len(faulty.pieces) - 3):
        event, dot, name = (faulty.word(at + i) for i in range(3))
        declared = known.events.get(event)
        if dot != "." or declared is None or declared.property_named(name) is None:
            continue
        span = Span(faulty.pieces[at].start, faulty.pieces[at + 2].end)
        message = f"a property of an event is tested behind `where`: `has {event} where {name} …`"
        right = f"has {event} where {name}"
        edits = (Edit(span, right),) if faulty.word(at - 1) in _BEGINS else ()
        return faulty.told(message, span, f"write `{right}`", edits)
    return None


def _as_lists(faulty: _Faulty, known: Known) -> Diagnostic | None:
    """`email is in vips, partners`: one list a test."""
    from leadline_dsl.mistakes.pieces import subject, written

    at = _index_at(faulty, faulty.fault.span.start)
    at = at + 1 if at is not None and faulty.word(at) == "," else at
    if at is None or faulty.word(at - 1) != "," or not {name_value(faulty.word(at - i)) for i in (0, 2)} <= known.lists:
        return None
    looks_at = subject(faulty.pieces, at - 3)
    if looks_at is None or faulty.word(at - 3) != "in":
        return None
    is_negated = faulty.word(at - 4) == "not"
    test = f"{written(faulty.text, faulty.pieces, *looks_at)} is {'not ' if is_negated else ''}in {faulty.word(at)}"
    right = f"{'and' if is_negated else 'or'} {test}"
    span = Span(faulty.pieces[at - 1].start, faulty.pieces[at].end)
    is_alone = not {"and", "or", "not"} & {faulty.word(i) for i in range(len(faulty.pieces)) if i != at - 4}
    edits = (Edit(span, f" {right}"),) if is_alone else ()
    return faulty.told("`is in` takes one list", span, f"write `{right}` behind the first", edits)


def _index_at(faulty: _Faulty, start: int) -> int | None:
    return next((i for i, piece in enumerate(faulty.pieces) if piece.start == start), None)


def _as_measure(faulty: _Faulty, known: Known) -> Diagnostic | None:
    """`sum of seconds > 60`, where one event alone has such a property; `sum of page_view`."""
    span = faulty.fault.span
    if not faulty.fault.message.endswith("does not say of which event"):
        return None
    last = next((piece for piece in faulty.pieces if piece.end == span.end), None)
    name = name_value(last.text) if last is not None else ""
    owners = [write_name(event.name) for event in known.events.values() if event.property_named(name)]
    if len(owners) == 1:
        right = f"{faulty.text[span.start : span.end]} of {owners[0]}"
        edits = (Edit(Span(span.end, span.end), f" of {owners[0]}"),)
        return faulty.told(faulty.fault.message, span, f"write `{right}`", edits)
    if name in known.events:
        event = known.events[name]
        numbers = [write_name(prop.name) for prop in event.properties if prop.type.kind is Kind.NUMBER]
        summed = f"`sum of {numbers[0]} of {write_name(name)}` adds up a property, " if numbers else ""
        message = f"`{name}` is an event, and has no value of its own"
        return faulty.told(message, span, f"{summed}`count of {write_name(name)}` counts the events")
    return None


def _as_event(faulty: _Faulty, known: Known) -> Diagnostic | None:
    """`+5 "Reader" page_view`."""
    pieces = faulty.pieces
    if faulty.kind != "rule_statement" or len(pieces) < 4 or pieces[2].kind is not Piece.TEXT:
        return None
    name = name_value(pieces[3].text)
    if name not in known.events or faulty.fault.span.start != pieces[3].start:
        return None
    message = f"`{name}` is an event: say whether it counts every time or once"
    help = f"write `for each {pieces[3].text}` for points every time, `when has {pieces[3].text}` for points once"
    return faulty.told(message, Span(pieces[3].start, pieces[3].end), help)


_READINGS = (
    *(_as_row, _as_age, _as_contact, _as_yes_no, _as_list),
    *(_as_lists, _as_property, _as_measure, _as_event),
)
